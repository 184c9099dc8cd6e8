//! Checking one text: the one way from a text to its report.

use std::path::Path;
use std::sync::Arc;

use statuslint_config::{Configs, Overrides};
use statuslint_languages::Language;

use crate::{Checked, Problem, ProblemSeverity};

/// The stack in bytes a thread needs that analyses documents: deep nesting means deep recursion.
pub const STACK_SIZE: usize = 16 * 1024 * 1024;

/// Checks a text that is, or may one day be, the file at `path`, which is not read.
///
/// The language is the given one, else told from the path and the text; `None` comes back when
/// it is none we know. The problem is a bad configuration, or an analysis that panicked.
pub fn check_text(
    path: &Path,
    text: Arc<str>,
    language: Option<Language>,
    configs: &Configs,
    overrides: &Overrides,
) -> Result<Option<Checked>, Problem> {
    let name = path.display().to_string();
    let Some(language) = language.or_else(|| Language::detect(&name, &text)) else {
        return Ok(None);
    };
    let config = configs.for_path(path).map_err(|error| Problem {
        path: error.path.display().to_string(),
        place: error.place.clone(),
        severity: ProblemSeverity::Error,
        message: error.to_string(),
    })?;
    let settings = Arc::new(config.settings(path, language, overrides));
    let report = statuslint_lint::analyze(&text, language, &settings);
    Ok(Some(Checked { path: name, text, language, settings, report }))
}

/// Checks bytes like [`check_text`], which must be text in UTF-8 and not too many: standard input.
pub fn check_bytes(
    path: &Path,
    bytes: Vec<u8>,
    language: Option<Language>,
    configs: &Configs,
    overrides: &Overrides,
) -> Result<Option<Checked>, Problem> {
    let text = String::from_utf8(bytes).map_err(|_| Problem {
        path: path.display().to_string(),
        place: None,
        severity: ProblemSeverity::Note,
        message: "is not UTF-8, skipped".to_owned(),
    })?;
    check_text(path, text.into(), language, configs, overrides)
}
