//! What checking gives: documents with their reports, and what could not be checked.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use statuslint_config::Place;
use statuslint_languages::Language;
use statuslint_lint::{Report, Settings};

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The documents that have sites or findings, by path.
    pub files: Vec<Checked>,
    /// What could not be checked, and why, by path.
    pub problems: Vec<Problem>,
    /// How many documents were analysed, those without any site included.
    pub checked: usize,
}

/// One analysed document.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Its path as people see it: as given, or below the folder as given.
    pub path: String,
    /// Its text. A byte order mark stays in it, so offsets count from the start of the file.
    pub text: Arc<String>,
    /// Its language; `None` for a configuration.
    pub language: Option<Language>,
    /// The settings it was judged by.
    pub settings: Arc<Settings>,
    /// What was found.
    pub report: Report,
}

/// A file that was not checked, or a configuration that cannot be used.
///
/// It displays as `path: message`, or `path:line:column: message` where it has a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path as people see it: of the file, or of the configuration.
    pub path: String,
    /// The place in a configuration.
    pub place: Option<Place>,
    /// How bad that is.
    pub severity: ProblemSeverity,
    /// What happened, without the path.
    pub message: String,
}

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemSeverity {
    /// Worth saying: the file is not one to check.
    Note,
    /// The file should have been checked and was not.
    Error,
}

impl Problem {
    pub(crate) fn note(path: impl Into<String>, message: impl Into<String>) -> Self {
        let (path, message) = (path.into(), message.into());
        Self { path, place: None, severity: ProblemSeverity::Note, message }
    }

    pub(crate) fn error(path: impl Into<String>, message: impl Into<String>) -> Self {
        let (path, message) = (path.into(), message.into());
        Self { path, place: None, severity: ProblemSeverity::Error, message }
    }
}

impl From<statuslint_config::Error> for Problem {
    fn from(error: statuslint_config::Error) -> Self {
        let (path, message) = (error.shown_path(), error.text());
        Self { path, place: error.place, severity: ProblemSeverity::Error, message }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(Place { line, column, .. }) => {
                write!(f, "{}:{line}:{column}: {}", self.path, self.message)
            }
            None => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

/// The path as people see it: without `.` in it.
pub(crate) fn shown(path: &Path) -> String {
    let plain: PathBuf = path.components().collect();
    let short = plain.strip_prefix(".").unwrap_or(&plain);
    if short.as_os_str().is_empty() { path } else { short }.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_given() {
        for (path, expected) in [
            ("./a.py", "a.py"),
            ("a/./b//c.py", "a/b/c.py"),
            ("../a.py", "../a.py"),
            ("./../a.py", "../a.py"),
            ("/a/./b.py", "/a/b.py"),
            (".", "."),
            ("", ""),
        ] {
            assert_eq!(shown(Path::new(path)), expected);
        }
    }
}
