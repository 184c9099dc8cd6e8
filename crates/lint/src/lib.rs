//! What is wrong with the status codes of a document, and everything there is to say about one.
//!
//! [`analyze`] is the only way in, for the command line and for editors alike. It cannot fail.

mod allow;
mod completions;
mod constants;
mod engine;
mod facts;
mod failpoint;
mod imports;
mod intervals;
mod logic;
mod quote;
mod report;
mod rules;
mod settings;
mod spelling;
mod suppressions;
mod versions;
mod ways;

pub use allow::allow_on_line;
pub use completions::{Completion, Completions, Known, completions};
pub use constants::rewrites;
pub use engine::respects_allow;
pub use facts::{
    Explanation, Fact, Hover, InlayHint, NamedConstant, Subject, explain_class, explain_code,
    hover, inlay_hints, site_at, subject,
};
pub use failpoint::failpoint;
pub use report::{Edit, Finding, Fix, Report, Rule, Safety, Severity};
pub use rules::unused_allowance;
pub use settings::{PrivateCode, Settings};
pub use versions::{Version, Versions};

use statuslint_languages::Language;

/// Finds the status codes of a document and judges them.
pub fn analyze(text: &str, language: Language, settings: &Settings) -> Report {
    let usage = statuslint_languages::usage(text, language, &settings.context);
    let findings = engine::judge(text, language, settings, &usage);
    Report { usage, findings }
}

/// Every rule, in the order of the documentation.
pub fn rules() -> &'static [Rule] {
    rules::RULES
}
