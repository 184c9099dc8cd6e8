//! Quick fixes: what would mend the findings in a range.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use statuslint_lint::{Finding, Fix, Safety};

use crate::abilities::Abilities;
use crate::diagnostics::diagnostic;
use crate::documents::Snapshot;
use crate::positions::Positions;

/// The fixes of the findings that touch a range, in the order of the findings.
///
/// What the client says about its diagnostics is not asked: some say nothing.
pub(crate) fn quick_fixes(
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

/// Whether a request for these kinds of actions wants quick fixes; `quickfix.x` is narrower.
pub(crate) fn wants_quick_fixes(only: Option<&[CodeActionKind]>) -> bool {
    only.is_none_or(|kinds| {
        kinds.iter().any(|kind| *kind == CodeActionKind::QUICKFIX || kind.as_str().is_empty())
    })
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
    use lsp_types::{CodeActionKind, CodeActionOrCommand, Position, Range, Url};
    use serde_json::{Value, json};
    use statuslint_languages::Evidence;
    use statuslint_lint::{Edit, Finding, Fix, Safety, Severity};

    use super::{quick_fixes, wants_quick_fixes};
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
        let snapshot = Snapshot {
            url: Url::parse("file:///a.py").unwrap(),
            language_id: "python".to_owned(),
            version: 4,
            revision: 1,
            text: "🦀\né306x".into(),
            encoding: Encoding::Utf16,
        };
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
            wants_quick_fixes(Some(&kinds))
        };
        assert!(wants_quick_fixes(None) && wants(&["source", "quickfix"]) && wants(&[""]));
        assert!(!wants(&["refactor"]) && !wants(&["quickfix.other"]) && !wants(&[]));
    }
}
