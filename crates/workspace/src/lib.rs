//! Many files: walking, ignore rules, decoding and parallel analysis.
//!
//! [`run`] checks files and folders, [`check_text`] one text that is already in memory; both go
//! the same way from a text to its report.

mod collect;
mod document;
mod outcome;
mod run;
mod text;

pub use document::SIZE_LIMIT;
pub use outcome::{Checked, Outcome, Problem, ProblemSeverity};
pub use run::{Options, run};
pub use text::{STACK_SIZE, check_bytes, check_text, with_stack};
