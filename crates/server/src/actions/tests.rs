use lsp_types::{CodeActionKind, Position, Range};
use serde_json::{Value, json};
use statuslint_languages::Evidence;
use statuslint_lint::{Edit, Finding, Fix, Safety, Severity};

use super::{quick_fixes, touched};
use crate::abilities::Abilities;
use crate::documents::Snapshot;
use crate::positions::Encoding;

fn offered(line: u32, from: u32, to: u32, abilities: Abilities) -> Vec<Value> {
    let edit = Edit { range: 7..10, text: "404".to_owned() };
    let safe = Fix { title: "Safe".to_owned(), safety: Safety::Safe, edits: vec![edit.clone()] };
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
    let findings = [finding];
    quick_fixes(&touched(&findings, range, &snapshot), &snapshot, abilities)
        .into_iter()
        .map(|action| serde_json::to_value(action).unwrap())
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
    let versioned = json!({"textDocument": {"uri": "file:///a.py", "version": 4}, "edits": [edit]});
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
