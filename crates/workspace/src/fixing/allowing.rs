//! Suppression comments for what was found: how a project that has findings begins without them.

use std::sync::Arc;

use statuslint_languages::syntax_errors;
use statuslint_lint::{Report, allow_on_line, analyze};

use super::{Destination, Fixed, apply, change};
use crate::{Checked, Outcome, Progress};

/// Writes a comment that allows it beside each finding, where one certainly silences it.
///
/// Gives the texts that changed. The documents of the outcome are then those after it, with the
/// findings that no comment can silence.
pub fn allow(outcome: &mut Outcome, destination: Destination, progress: &Progress) -> Vec<Fixed> {
    change(outcome, destination, progress, allowed)
}

fn allowed(file: &Checked) -> Result<Option<(Fixed, Report)>, String> {
    let Some(language) = file.language else { return Ok(None) };
    let settings = &file.settings;
    let (mut text, mut report) = (Arc::clone(&file.text), file.report.clone());
    // Findings before this one are those that take no comment.
    let mut at = 0;
    while let Some(finding) = report.findings.get(at) {
        let Some(comment) = allow_on_line(&text, language, settings, &report, finding) else {
            at += 1;
            continue;
        };
        let next: Arc<String> = apply(&text, &comment.edits).into();
        let then = analyze(&next, language, settings);
        if then.findings.len() >= report.findings.len() {
            at += 1;
            continue;
        }
        (text, report) = (next, then);
    }
    if text == file.text {
        return Ok(None);
    }
    if syntax_errors(&text, language) > syntax_errors(&file.text, language) {
        return Err("was left as it is: the comments would break its syntax".to_owned());
    }
    let findings = file.report.findings.len() - report.findings.len();
    let (path, before) = (file.path.clone(), Arc::clone(&file.text));
    Ok(Some((Fixed { path, before, after: text, findings }, report)))
}
