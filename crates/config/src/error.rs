//! What can be wrong with a configuration, with its place.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::paths::shown;

/// A place in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalars, from 1.
    pub column: usize,
    /// The bytes it covers.
    pub range: Range<usize>,
}

/// A configuration that cannot be used.
///
/// It displays as `file:line:column: key: what; what to do`, the file from the current folder
/// when it is in there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", display(path, place.as_ref(), key.as_deref(), message))]
pub struct Error {
    /// The file it is in.
    pub path: PathBuf,
    /// Where in the file, unless the file could not be read.
    pub place: Option<Place>,
    /// The key it is about (`rules.magic-code`), when there is one.
    pub key: Option<String>,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Something in a configuration that has no effect. It displays like an [`Error`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", display(path, Some(place), Some(key), message))]
pub struct Warning {
    /// The file it is in.
    pub path: PathBuf,
    /// Where in the file.
    pub place: Place,
    /// The key it is about.
    pub key: String,
    /// What is odd and what may have been meant.
    pub message: String,
}

impl Error {
    /// The path for people: from the current folder when it is in there.
    pub fn shown_path(&self) -> String {
        shown(&self.path)
    }

    /// What is wrong, after the key it is about.
    pub fn text(&self) -> String {
        let key = self.key.as_ref().map_or_else(String::new, |key| format!("{key}: "));
        format!("{key}{}", self.message)
    }
}

fn display(path: &Path, place: Option<&Place>, key: Option<&str>, message: &str) -> String {
    let place = place.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
    let key = key.map_or_else(String::new, |key| format!(": {key}"));
    format!("{}{place}{key}: {message}", shown(path))
}
