//! Many files: walking, ignore rules, decoding and parallel analysis.
//!
//! [`run`] checks files and folders, [`check_text`] one text that is already in memory; both go
//! the same way from a text to its report. [`fix`] mends what was found.

mod allowances;
mod baseline;
mod cache;
mod changes;
mod clock;
mod collect;
mod document;
mod fixing;
mod manifests;
mod mentions;
mod outcome;
mod progress;
mod projects;
mod run;
mod shard;
mod text;
mod writer;

pub use baseline::{Baseline, HeldBack};
pub use cache::Cache;
pub use changes::Changes;
pub use clock::thread_time;
pub use document::SIZE_LIMIT;
pub use fixing::{Choice, Destination, Fixed, allow, apply, choose, fix, fixable, fixed_safely};
pub use manifests::Manifests;
pub use mentions::Mentions;
pub use outcome::{Checked, Outcome, Problem, ProblemSeverity};
pub use progress::{Now, Past, Progress, Stage};
pub use projects::Surveys;
pub use run::{Options, Told, each, run, survey};
pub use shard::Shard;
pub use text::{STACK_SIZE, check_bytes, check_text, with_stack};
