//! Code actions: what would mend the findings in a range or a document, and other ways to write.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
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
    let mut offered = Vec::new();
    if wanted.fixes {
        offered.extend(quick_fixes(&checked.report.findings, range, snapshot, abilities));
    }
    if wanted.rewrites {
        offered.extend(rewrites(checked, range, snapshot, abilities));
    }
    if wanted.all {
        offered.extend(fix_all(checked, snapshot, abilities));
    }
    Some(offered)
}

/// The fixes of the findings that touch a range, in the order of the findings.
///
/// What the client says about its diagnostics is not asked: some say nothing.
fn quick_fixes(
    findings: &[Finding],
    range: Range,
    snapshot: &Snapshot,
    abilities: Abilities,
) -> Vec<CodeActionOrCommand> {
    let positions = snapshot.positions();
    let asked = positions.bytes(range);
    let touches =
        |finding: &&Finding| finding.range.start <= asked.end && asked.start <= finding.range.end;
    let actions = findings.iter().filter(touches).flat_map(|finding| {
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
    actions.map(CodeActionOrCommand::CodeAction).collect()
}

/// The other ways to write the statuses that touch a range: a constant for a number, a number for
/// a constant. What a finding offers already is not offered twice.
fn rewrites(
    checked: &Checked,
    range: Range,
    snapshot: &Snapshot,
    abilities: Abilities,
) -> Vec<CodeActionOrCommand> {
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
    actions.map(CodeActionOrCommand::CodeAction).collect()
}

/// All safe fixes of a document at once, as `check --fix` makes them.
fn fix_all(
    checked: &Checked,
    snapshot: &Snapshot,
    abilities: Abilities,
) -> Option<CodeActionOrCommand> {
    let fixed = fixed_safely(checked)?;
    let title = "Apply all safe fixes of statuslint".to_owned();
    let fix = Fix { title, safety: Safety::Safe, edits: vec![difference(&fixed)] };
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title: fix.title.clone(),
        kind: Some(FIX_ALL),
        edit: Some(workspace_edit(&fix, snapshot, &snapshot.positions(), abilities)),
        ..CodeAction::default()
    }))
}

/// The one edit from a text to the fixed one: what both begin and end with stays, in whole lines,
/// so that no editor sees half of a line end or of a character.
fn difference(fixed: &Fixed) -> Edit {
    let (before, after) = (&*fixed.before, &*fixed.after);
    let same = |(a, b): &(&str, &str)| a == b;
    let lines = |text| str::split_inclusive(text, '\n');
    let start: usize =
        lines(before).zip(lines(after)).take_while(same).map(|(line, _)| line.len()).sum();
    let (old, new) = (&before[start..], &after[start..]);
    let end: usize =
        lines(old).rev().zip(lines(new).rev()).take_while(same).map(|(line, _)| line.len()).sum();
    let range = start..before.len() - end;
    Edit { range, text: new[..new.len() - end].to_owned() }
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
mod tests {
    use lsp_types::{CodeActionKind, CodeActionOrCommand, Position, Range};
    use serde_json::{Value, json};
    use statuslint_languages::Evidence;
    use statuslint_lint::{Edit, Finding, Fix, Safety, Severity};

    use super::quick_fixes;
    use crate::abilities::Abilities;
    use crate::documents::Snapshot;
    use crate::positions::Encoding;

    fn offered(line: u32, from: u32, to: u32, abilities: Abilities) -> Vec<Value> {
        let edit = Edit { range: 7..10, text: "404".to_owned() };
        let safe =
            Fix { title: "Safe".to_owned(), safety: Safety::Safe, edits: vec![edit.clone()] };
        let other = Fix { title: "Other".to_owned(), safety: Safety::Unsafe, edits: vec![edit] };
        let finding = Finding {
            rule: "unquoted-code",
            severity: Severity::Warning,
            message: "what".to_owned(),
            help: None,
            code: None,
            range: 7..10,
            evidence: Evidence::Certain,
            fixes: vec![safe, other],
        };
        let snapshot = Snapshot::of("file:///a.py", 1, "🦀\né306x", Encoding::Utf16);
        let range = Range::new(Position::new(line, from), Position::new(line, to));
        quick_fixes(&[finding], range, &snapshot, abilities)
            .into_iter()
            .map(|action| match action {
                CodeActionOrCommand::CodeAction(action) => serde_json::to_value(action).unwrap(),
                CodeActionOrCommand::Command(command) => panic!("{command:?}"),
            })
            .collect()
    }

    #[test]
    fn offers_fixes_where_the_range_touches() {
        for (from, to, count) in
            [(1, 1, 2), (2, 3, 2), (4, 4, 2), (0, 9, 2), (3, 1, 2), (0, 0, 0), (5, 9, 0)]
        {
            assert_eq!(offered(1, from, to, Abilities::default()).len(), count, "{from}..{to}");
        }
        assert_eq!(offered(0, 0, 1, Abilities::default()).len(), 0);
    }

    #[test]
    fn edits_in_the_form_the_client_takes() {
        let edit = json!({
            "newText": "404",
            "range": {"start": {"line": 1, "character": 1}, "end": {"line": 1, "character": 4}},
        });
        let plain = offered(1, 2, 2, Abilities::default());
        assert_eq!(plain[0]["edit"], json!({"changes": {"file:///a.py": [edit]}}));
        let abilities = Abilities { document_changes: true, ..Abilities::default() };
        let versioned =
            json!({"textDocument": {"uri": "file:///a.py", "version": 4}, "edits": [edit]});
        assert_eq!(offered(1, 2, 2, abilities)[0]["edit"], json!({"documentChanges": [versioned]}));
    }

    #[test]
    fn prefers_only_the_first_safe_fix() {
        let actions = offered(1, 2, 2, Abilities::default());
        let seen: Vec<_> =
            actions.iter().map(|action| (&action["title"], &action["isPreferred"])).collect();
        assert_eq!(seen, [(&json!("Safe"), &json!(true)), (&json!("Other"), &json!(false))]);
        assert_eq!(actions[0]["kind"], "quickfix");
        assert_eq!(actions[0]["diagnostics"][0]["message"], "what");
    }

    #[test]
    fn respects_the_kinds_asked_for() {
        let wants = |kinds: &[&'static str]| {
            let kinds: Vec<_> = kinds.iter().map(|&kind| CodeActionKind::new(kind)).collect();
            let wants = |kind| super::wants(Some(&kinds), &kind);
            (wants(CodeActionKind::QUICKFIX), wants(CodeActionKind::REFACTOR_REWRITE))
        };
        assert!(super::wants(None, &CodeActionKind::QUICKFIX));
        for (kinds, expected) in [
            (&["source", "quickfix"][..], (true, false)),
            (&[""], (true, true)),
            (&["refactor"], (false, true)),
            (&["refactor.rewrite"], (false, true)),
            (&["refactor.extract", "quickfix.other", "ref"], (false, false)),
            (&[], (false, false)),
        ] {
            assert_eq!(wants(kinds), expected, "{kinds:?}");
        }
    }
}
