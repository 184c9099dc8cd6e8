//! Fixing: which fixes go together, what they make of a text, and whether that may be written.

mod allowing;
mod choice;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use statuslint_languages::syntax_errors;
use statuslint_lint::{Finding, Report, Safety, analyze};

pub use allowing::allow;
pub use choice::{Choice, apply, choose};

use crate::text::guarded;
use crate::writer::write;
use crate::{Checked, Outcome, Problem, Progress, Stage, with_stack};

/// Fixes that make room for other fixes: more rounds than this no text needs.
const ROUNDS: usize = 32;

/// A document before and after its fixes.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// Its path as people see it.
    pub path: String,
    /// Its text before.
    pub before: Arc<String>,
    /// Its text after.
    pub after: Arc<String>,
    /// How many findings were fixed.
    pub findings: usize,
}

/// What to do with the fixed texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// Write them to the files they came from.
    Files,
    /// Hand them back, and touch nothing.
    Nowhere,
}

/// Fixes what can be fixed, as far as `most` allows, and gives the texts that changed.
///
/// The documents of the outcome are then those after fixing; one whose fixes are refused, or that
/// could not be written, stays as it was, and a problem says why.
pub fn fix(
    outcome: &mut Outcome,
    most: Safety,
    destination: Destination,
    progress: &Progress,
) -> Vec<Fixed> {
    change(outcome, destination, progress, |file| fixed(file, most))
}

/// Changes documents as `change` says, and gives those that it changed.
fn change(
    outcome: &mut Outcome,
    destination: Destination,
    progress: &Progress,
    change: impl Fn(&Checked) -> Result<Option<(Fixed, Report)>, String> + Sync,
) -> Vec<Fixed> {
    progress.begin(Stage::Changing);
    progress.expect(outcome.files.len());
    let mut changed = Vec::new();
    for file in &mut outcome.files {
        progress.count();
        let done = with_stack(|| guarded(|| change(file)))
            .unwrap_or_else(|message| Err(format!("was left as it is: {message}")));
        let (fixed, report) = match done {
            Ok(Some(done)) => done,
            Ok(None) => continue,
            Err(message) => {
                outcome.problems.push(Problem::note(&file.path, message));
                continue;
            }
        };
        if destination == Destination::Files {
            let path = Path::new(&file.path);
            if let Err(error) = write(path, fixed.before.as_bytes(), fixed.after.as_bytes()) {
                outcome.problems.push(Problem::error(&file.path, error.to_string()));
                continue;
            }
        }
        file.text = Arc::clone(&fixed.after);
        file.report = report;
        changed.push(fixed);
    }
    progress.end(changed.len());
    changed
}

/// What the safe fixes make of a document that is in memory, as [`fix`] would; `None` where they
/// change nothing, or are refused.
pub fn fixed_safely(file: &Checked) -> Option<Fixed> {
    let done = guarded(|| fixed(file, Safety::Safe));
    done.and_then(|done| done).ok().flatten().map(|(fixed, _)| fixed)
}

/// The text that fixing makes of a document, with its report, when it changes anything; or why
/// its fixes are refused.
fn fixed(file: &Checked, most: Safety) -> Result<Option<(Fixed, Report)>, String> {
    let Some(language) = file.language else { return Ok(None) };
    let (mut text, mut report) = (Arc::clone(&file.text), file.report.clone());
    let mut tally = Tally::default();
    for round in 0.. {
        let choice = choose(&text, &report.findings, most);
        if choice.edits.is_empty() {
            break;
        }
        if round == ROUNDS {
            return Err("was left as it is: its fixes do not come to an end".to_owned());
        }
        choice.rules.iter().for_each(|rule| *tally.fixed.entry(rule).or_default() += 1);
        text = apply(&text, &choice.edits).into();
        report = analyze(&text, language, &file.settings);
    }
    if text == file.text {
        return Ok(None);
    }
    if syntax_errors(&text, language) > syntax_errors(&file.text, language) {
        let rules = tally.fixed.keys().copied().collect::<Vec<_>>().join(", ");
        return Err(format!("was left as it is: the fixes of {rules} would break its syntax"));
    }
    tally.compare(&file.report.findings, &report.findings)?;
    let findings = tally.fixed.values().sum();
    let (path, before) = (file.path.clone(), Arc::clone(&file.text));
    Ok(Some((Fixed { path, before, after: text, findings }, report)))
}

/// How many findings of each rule were fixed.
#[derive(Debug, Default)]
struct Tally {
    fixed: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// Refuses a text that has findings it did not have before.
    fn compare(&self, before: &[Finding], after: &[Finding]) -> Result<(), String> {
        let (before, after) = (by_rule(before), by_rule(after));
        for (rule, count) in after {
            let fixed = self.fixed.get(rule).copied().unwrap_or_default();
            if count + fixed > before.get(rule).copied().unwrap_or_default() {
                let rules = self.fixed.keys().copied().collect::<Vec<_>>().join(", ");
                return Err(format!(
                    "was left as it is: the fixes of {rules} would bring a new finding of {rule}"
                ));
            }
        }
        Ok(())
    }
}

fn by_rule(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.rule).or_default() += 1;
    }
    counts
}

/// How many findings have a fix that this safety allows, and how many one that it does not.
pub fn fixable(outcome: &Outcome, most: Safety) -> (usize, usize) {
    let findings = outcome.files.iter().flat_map(|file| &file.report.findings);
    let first = findings.filter_map(|finding| finding.fixes.first());
    first.fold((0, 0), |(allowed, refused), fix| {
        if choice::allows(most, fix.safety) {
            (allowed + 1, refused)
        } else {
            (allowed, refused + 1)
        }
    })
}

#[cfg(test)]
mod tests;
