//! What is wrong with the status codes of a document, and everything there is to say about one.
//!
//! [`analyze`] is the only way in, for the command line and for editors alike. It cannot fail.

mod report;
mod settings;

pub use report::{Edit, Finding, Fix, Report, Rule, Safety, Severity};
pub use settings::{PrivateCode, Settings};

use statuslint_languages::Language;

/// Finds the status codes of a document and judges them.
pub fn analyze(text: &str, language: Language, settings: &Settings) -> Report {
    let usage = statuslint_languages::usage(text, language, &settings.context);
    Report { usage, findings: Vec::new() }
}

/// Every rule, in the order of the documentation.
pub fn rules() -> &'static [Rule] {
    &[]
}
