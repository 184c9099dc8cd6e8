//! What an analysis gives: the sites of a document and the findings about them.

use std::ops::Range;

use statuslint_codes::StatusCode;
use statuslint_languages::{Evidence, Usage};

use crate::engine::Check;

/// The result of analysing one document.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Where statuses stand.
    pub usage: Usage,
    /// What is wrong, ascending by position, then by rule.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name (`unknown-code`).
    pub rule: &'static str,
    /// How bad it is, settings applied.
    pub severity: Severity,
    /// What is wrong and why it matters, on one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The code it is about, when there is one.
    pub code: Option<StatusCode>,
    /// The bytes it points at.
    pub range: Range<usize>,
    /// How sure it is that this is a status at all.
    pub evidence: Evidence,
    /// What would mend it, the best first.
    pub fixes: Vec<Fix>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth offering, not worth showing in a list.
    Hint,
    /// Worth knowing.
    Info,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative (`Replace 4xx with 4XX`).
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The edits, ascending and without overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Keeps run-time behaviour exactly.
    Safe,
    /// May change behaviour, or rests on something the document does not prove.
    Unsafe,
}

/// A replacement of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace.
    pub range: Range<usize>,
    /// What to put there.
    pub text: String,
}

/// A rule as people see it.
#[derive(Debug)]
pub struct Rule {
    /// Its name (`unknown-code`).
    pub name: &'static str,
    /// Its default severity, or `None` when it is off by default.
    ///
    /// Single codes may differ from it; the page says which.
    pub severity: Option<Severity>,
    /// Whether it can offer a fix.
    pub fixable: bool,
    /// What it flags, in one line.
    pub summary: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
    /// Whether it drops to the settings' test severity in tests, which send strange codes on
    /// purpose.
    pub quiet_in_tests: bool,
    /// What it looks at.
    pub(crate) check: Check,
}

impl Rule {
    /// Where the page can be read on the web.
    pub fn url(&self) -> String {
        let base = "https://github.com/statuslint/statuslint/blob/main/crates/lint/src/rules";
        format!("{base}/{}.md", self.name.replace('-', "_"))
    }
}

impl Severity {
    /// As the configuration and the JSON output spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Safety {
    /// As the JSON output spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}
