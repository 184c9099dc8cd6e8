//! Many files: walking, ignore rules, decoding and parallel analysis.
//!
//! [`run`] checks files and folders, [`check_text`] one text that is already in memory; both go
//! the same way from a text to its report.

mod run;
mod text;

pub use run::{Checked, Options, Outcome, Problem, ProblemSeverity, run};
pub use text::{STACK_SIZE, check_bytes, check_text};
