//! Code actions: what would mend the findings in a range or a document, what would allow them, and
//! other ways to write.

mod allow;

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use statuslint_config::replacement;
use statuslint_lint::{Edit, Finding, Fix, Safety};
use statuslint_workspace::{Checked, Fixed, fixed_safely};

use crate::abilities::Abilities;
use crate::analysis::Analysis;
use crate::diagnostics::diagnostic;
use crate::documents::Snapshot;
use crate::positions::Positions;
use crate::session::Session;

/// Beyond this many other ways to write what is selected, nobody reads the list.
const MOST: usize = 16;

/// The kind of the action that applies all safe fixes: a `source.fixAll`, and ours alone.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.statuslint");

/// The kinds of actions a client asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    fixes: bool,
    rewrites: bool,
    /// All at once is for who asks for it: on saving.
    all: bool,
}

impl Wanted {
    /// Reads the kinds a request names, if one of them is ours; without names it wants all but
    /// the greatest.
    pub(crate) fn of(only: Option<&[CodeActionKind]>) -> Option<Self> {
        let wanted = Self {
            fixes: wants(only, &CodeActionKind::QUICKFIX),
            rewrites: wants(only, &CodeActionKind::REFACTOR_REWRITE),
            all: only.is_some() && wants(only, &FIX_ALL),
        };
        (wanted.fixes || wanted.rewrites || wanted.all).then_some(wanted)
    }
}

/// The actions for a range of a document.
pub(crate) fn offered(
    session: &Session,
    snapshot: &Snapshot,
    analysis: &Analysis,
    range: Range,
    wanted: Wanted,
) -> Option<Vec<CodeActionOrCommand>> {
    let checked = analysis.checked.as_ref().filter(|_| !analysis.excluded)?;
    let abilities = session.abilities();
    let mut offered: Vec<CodeAction> = Vec::new();
    if wanted.fixes {
        let findings = touched(&checked.report.findings, range, snapshot);
        offered.extend(quick_fixes(&findings, snapshot, abilities));
        offered.extend(allow::on_lines(session, snapshot, checked, &findings));
        offered.extend(allow::in_configuration(session, snapshot, &findings));
    }
    if wanted.rewrites {
        offered.extend(rewrites(checked, range, snapshot, abilities));
    }
    if wanted.all {
        offered.extend(fix_all(checked, snapshot, abilities));
    }
    Some(offered.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// The findings that touch a range, in their order.
///
/// What the client says about its diagnostics is not asked: some say nothing.
fn touched<'f>(findings: &'f [Finding], range: Range, snapshot: &Snapshot) -> Vec<&'f Finding> {
    let asked = snapshot.positions().bytes(range);
    let touches =
        |finding: &&Finding| finding.range.start <= asked.end && asked.start <= finding.range.end;
    findings.iter().filter(touches).collect()
}

/// The fixes of findings, in their order.
fn quick_fixes(
    findings: &[&Finding],
    snapshot: &Snapshot,
    abilities: Abilities,
) -> Vec<CodeAction> {
    let positions = snapshot.positions();
    let actions = findings.iter().flat_map(|finding| {
        let diagnostic = diagnostic(finding, snapshot, &positions, abilities);
        let positions = &positions;
        finding.fixes.iter().enumerate().map(move |(index, fix)| CodeAction {
            title: fix.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic.clone()]),
            edit: Some(workspace_edit(fix, snapshot, positions, abilities)),
            is_preferred: Some(index == 0 && fix.safety == Safety::Safe),
            ..CodeAction::default()
        })
    });
    actions.collect()
}

/// The other ways to write the statuses that touch a range: a constant for a number, a number for
/// a constant. What a finding offers already is not offered twice.
fn rewrites(
    checked: &Checked,
    range: Range,
    snapshot: &Snapshot,
    abilities: Abilities,
) -> Vec<CodeAction> {
    let positions = snapshot.positions();
    let asked = positions.bytes(range);
    let Checked { report, language, .. } = checked;
    let Some(language) = *language else { return Vec::new() };
    let fixed = |fix: &Fix| {
        let mut known = report.findings.iter().flat_map(|finding| &finding.fixes);
        known.any(|known| known.edits == fix.edits)
    };
    let rewrites = statuslint_lint::rewrites(&snapshot.text, language, report, &asked);
    let actions = rewrites.iter().filter(|fix| !fixed(fix)).take(MOST).map(|fix| CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::REFACTOR_REWRITE),
        edit: Some(workspace_edit(fix, snapshot, &positions, abilities)),
        ..CodeAction::default()
    });
    actions.collect()
}

/// All safe fixes of a document at once, as `check --fix` makes them.
fn fix_all(checked: &Checked, snapshot: &Snapshot, abilities: Abilities) -> Option<CodeAction> {
    let fixed = fixed_safely(checked)?;
    let title = "Apply all safe fixes of statuslint".to_owned();
    let fix = Fix { title, safety: Safety::Safe, edits: vec![difference(&fixed)] };
    Some(CodeAction {
        title: fix.title.clone(),
        kind: Some(FIX_ALL),
        edit: Some(workspace_edit(&fix, snapshot, &snapshot.positions(), abilities)),
        ..CodeAction::default()
    })
}

/// The one edit from a text to the fixed one, in whole lines, so that no editor sees half of a
/// line end or of a character.
fn difference(fixed: &Fixed) -> Edit {
    let (range, text) = replacement(&fixed.before, &fixed.after);
    Edit { range, text: text.to_owned() }
}

/// Whether a request for these kinds of actions wants those of a kind: `refactor` is all of
/// `refactor.rewrite`, and `refactor.rewrite.x` less than it.
fn wants(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let wanted = |asked: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        asked.as_str().is_empty()
            || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|kinds| kinds.iter().any(wanted))
}

fn workspace_edit(
    fix: &Fix,
    snapshot: &Snapshot,
    positions: &Positions<'_>,
    abilities: Abilities,
) -> WorkspaceEdit {
    let edits =
        fix.edits.iter().map(|edit| TextEdit::new(positions.range(&edit.range), edit.text.clone()));
    if !abilities.document_changes {
        return WorkspaceEdit::new(HashMap::from([(snapshot.url.clone(), edits.collect())]));
    }
    // With the version, the client refuses an edit of a text that has changed since.
    let version = Some(snapshot.version);
    let document = OptionalVersionedTextDocumentIdentifier { uri: snapshot.url.clone(), version };
    let change =
        TextDocumentEdit { text_document: document, edits: edits.map(OneOf::Left).collect() };
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(vec![change])),
        ..WorkspaceEdit::default()
    }
}

#[cfg(test)]
mod tests;
