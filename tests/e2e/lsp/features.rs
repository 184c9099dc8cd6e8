//! What an editor shows: diagnostics, hovers, inlay hints, quick fixes.

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::place::{ENCODINGS, range_of};

const SOURCE: &str = "\
from fastapi import HTTPException


def answer(kind: str) -> None:
    if kind == '🦀': raise HTTPException(status_code=404)
    if kind == 'é🦀': raise HTTPException(status_code=306)
";

fn here() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn shows_what_is_wrong_until_it_is_mended() {
    for encoding in ENCODINGS {
        let here = here();
        let uri = uri(&here.path().join("api.py"));
        let mut client = Client::with_encoding(here.path(), encoding);
        client.open(&uri, "python", SOURCE);
        let diagnostics = client.diagnostics(&uri, 1);
        assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
        let found = &diagnostics[0];
        let range = range_of(SOURCE, "306", encoding);
        assert_eq!(found["range"], range, "{encoding}");
        assert_eq!(
            (&found["source"], &found["code"]),
            (&json!("statuslint"), &json!("unused-code"))
        );
        assert_eq!(found["severity"], 2);
        let page = found["codeDescription"]["href"].as_str().unwrap();
        assert!(page.ends_with("/unused_code.md"), "{page}");

        client.change(&uri, 2, &json!([{"range": range, "text": "404"}]));
        assert_eq!(client.diagnostics(&uri, 2), [Value::Null; 0]);
        client.change(&uri, 3, &json!([{"text": SOURCE}]));
        assert_eq!(client.diagnostics(&uri, 3).len(), 1);
        client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
        assert_eq!(client.diagnostics(&uri, Value::Null), [Value::Null; 0]);
    }
}

#[test]
fn publishes_nothing_about_a_past_state() {
    let here = here();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-16");
    client.open(&uri, "python", SOURCE);
    for version in 2..=400 {
        let code = if version % 2 == 0 { "404" } else { "306" };
        client.change(&uri, version, &json!([{"text": SOURCE.replace("306", code)}]));
    }
    assert_eq!(client.diagnostics(&uri, 400), [Value::Null; 0]);
    let published = client.unread().iter().filter_map(|it| it["params"]["version"].as_i64());
    let versions: Vec<_> = published.collect();
    assert!(versions.is_sorted(), "{versions:?}");
}

#[test]
fn explains_what_is_pointed_at() {
    for (formats, kind, title) in [
        (json!(["markdown", "plaintext"]), "markdown", "### 404 Not Found"),
        (json!(["plaintext"]), "plaintext", "404 Not Found\n"),
    ] {
        let here = here();
        let uri = uri(&here.path().join("api.py"));
        let capabilities = json!({"textDocument": {"hover": {"contentFormat": formats}}});
        let mut client = Client::initialized(here.path(), &capabilities, &Value::Null);
        client.open(&uri, "python", SOURCE);
        let range = range_of(SOURCE, "404", "utf-16");
        let hover = client.ask("textDocument/hover", &uri, &json!({"position": range["start"]}));
        assert_eq!(hover["range"], range);
        assert_eq!(hover["contents"]["kind"], kind);
        let text = hover["contents"]["value"].as_str().unwrap();
        assert!(text.starts_with(title), "{text}");
        assert!(text.contains("RFC 9110 section 15.5.5"), "{text}");

        let wrong = range_of(SOURCE, "306", "utf-16");
        let hover = client.ask("textDocument/hover", &uri, &json!({"position": wrong["end"]}));
        assert!(hover["contents"]["value"].as_str().unwrap().contains("unused-code"), "{hover}");
        let elsewhere = json!({"position": {"line": 0, "character": 0}});
        assert_eq!(client.ask("textDocument/hover", &uri, &elsewhere), Value::Null);
    }
}

#[test]
fn writes_reason_phrases_beside_the_numbers_asked_for() {
    for encoding in ENCODINGS {
        let here = here();
        let uri = uri(&here.path().join("api.py"));
        let mut client = Client::with_encoding(here.path(), encoding);
        client.open(&uri, "python", SOURCE);
        let whole =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
        let hints = client.ask("textDocument/inlayHint", &uri, &json!({"range": whole}));
        let hints = hints.as_array().unwrap();
        assert!(!hints.is_empty());
        assert_eq!(hints[0]["label"], "Not Found");
        assert_eq!(hints[0]["position"], range_of(SOURCE, "404", encoding)["end"], "{encoding}");
        let imports =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}});
        assert_eq!(
            client.ask("textDocument/inlayHint", &uri, &json!({"range": imports})),
            json!([])
        );
    }
}

const OPENAPI: &str = "\
openapi: 3.1.0
info: {title: '🦀', version: '1'}
paths:
  /orders:
    get:
      responses:
        '200': {description: Orders}
        404: {description: No such order}
";

#[test]
fn mends_what_can_be_mended() {
    for documents_changes in [false, true] {
        let here = here();
        let uri = uri(&here.path().join("openapi.yaml"));
        let edits = json!({"documentChanges": documents_changes});
        let mut client = Client::initialized(
            here.path(),
            &json!({"workspace": {"workspaceEdit": edits}}),
            &Value::Null,
        );
        client.open(&uri, "yaml", OPENAPI);
        let diagnostics = client.diagnostics(&uri, 1);
        assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
        assert_eq!(diagnostics[0]["code"], "unquoted-code");
        let range = range_of(OPENAPI, "404", "utf-16");
        // As one client does: the cursor alone, and no diagnostics beside it.
        let cursor = json!({"start": range["end"], "end": range["end"]});
        let place = json!({"range": cursor, "context": {"diagnostics": []}});
        let actions = client.ask("textDocument/codeAction", &uri, &place);
        let preferred = |action: &&Value| action["isPreferred"] == true;
        assert_eq!(actions.as_array().unwrap().iter().filter(preferred).count(), 1, "{actions:#}");
        assert_eq!(
            (&actions[0]["kind"], &actions[0]["isPreferred"]),
            (&json!("quickfix"), &json!(true))
        );
        let edit = &actions[0]["edit"];
        let changes = if documents_changes {
            assert_eq!(
                edit["documentChanges"][0]["textDocument"],
                json!({"uri": uri, "version": 1})
            );
            &edit["documentChanges"][0]["edits"]
        } else {
            &edit["changes"][uri.as_str()]
        };
        client.change(&uri, 2, &with_text(changes));
        assert_eq!(client.diagnostics(&uri, 2), [Value::Null; 0]);

        let refactoring = json!({"range": cursor, "context": {"diagnostics": [], "only": ["source.organizeImports"]}});
        assert_eq!(client.ask("textDocument/codeAction", &uri, &refactoring), Value::Null);
    }
}

/// Edits of an answer as changes to send, last first so that none moves another.
fn with_text(edits: &Value) -> Value {
    let change = |edit: &Value| json!({"range": edit["range"], "text": edit["newText"]});
    edits.as_array().expect("a list of edits").iter().rev().map(change).collect()
}

#[test]
fn knows_the_functions_of_files_that_are_not_open() {
    let helper = "function deny(reply, reason, statusCode) {\n  reply.end(reason);\n}\n";
    let caller = "// over HTTP\nfunction close(reply) { deny(reply, 'closed', 306); }\n";
    let here = here();
    std::fs::write(here.path().join("deny.js"), helper).unwrap();
    let (uri, other) = (uri(&here.path().join("caller.js")), uri(&here.path().join("deny.js")));
    let mut client = Client::with_encoding(here.path(), "utf-16");
    client.open(&uri, "javascript", caller);
    // The workspace is read in the background: at first nothing may be known.
    while client.diagnostics(&uri, 1).is_empty() {}
    // What is being written counts, not what is on the disk.
    client.open(&other, "javascript", &helper.replace("statusCode", "retries"));
    while !client.diagnostics(&uri, 1).is_empty() {}
    client.change(&other, 2, &json!([{"text": helper}]));
    while client.diagnostics(&uri, 1).is_empty() {}
}
