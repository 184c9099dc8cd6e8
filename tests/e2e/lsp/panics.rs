//! A handler or a rule that fails costs one answer: failpoints make each of them fail.

#![cfg(debug_assertions)]

use serde_json::{Value, json};

use crate::client::{Client, uri};

/// The requests about a document, with what they ask beside it.
fn requests() -> Vec<(&'static str, Value)> {
    let at = json!({"line": 1, "character": 17});
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    vec![
        ("textDocument/hover", json!({"position": at})),
        ("textDocument/completion", json!({"position": at})),
        ("textDocument/documentHighlight", json!({"position": at})),
        (
            "textDocument/references",
            json!({"position": at, "context": {"includeDeclaration": true}}),
        ),
        ("textDocument/documentLink", json!({})),
        ("textDocument/inlayHint", json!({"range": range})),
        ("textDocument/codeAction", json!({"range": range, "context": {"diagnostics": []}})),
        ("textDocument/diagnostic", json!({})),
    ]
}

const SOURCE: &str = "import requests\nr.status_code == 306\n";

fn poisoned(name: &str) -> String {
    format!("{SOURCE}# statuslint-failpoint: {name}\n")
}

#[test]
fn a_handler_that_fails_costs_one_answer() {
    let here = tempfile::tempdir().unwrap();
    let mut client = Client::with_encoding(here.path(), "utf-8");
    let sound = uri(&here.path().join("sound.py"));
    client.open(&sound, "python", SOURCE);
    for (method, params) in requests() {
        let uri = uri(&here.path().join("poisoned.py"));
        client.open(&uri, "python", &poisoned(method));
        let expected = client.ask(method, &sound, &params);
        let mut whole = params.clone();
        whole["textDocument"] = json!({"uri": uri});
        let answer = client.request(method, &whole);
        assert_eq!(answer["error"]["code"], -32603, "{method}: {answer}");
        assert_eq!(client.ask(method, &sound, &params), expected, "{method}");
        client.change(&uri, 2, &json!([{"text": SOURCE}]));
        let mended = client.request(method, &whole);
        assert!(mended.get("error").is_none(), "{method}: {mended}");
        client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    }
}

#[test]
fn a_document_on_which_a_rule_fails_is_left_alone_after_the_second_time() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-8");
    client.notify("$/setTrace", &json!({"value": "messages"}));
    client.open(&uri, "python", &poisoned("unused-code"));
    assert_eq!(client.diagnostics(&uri, 1), [Value::Null; 0]);
    let told = client.notification("window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("unused-code"), "{told}");
    // Once may be chance: the document is tried again.
    client.change(&uri, 2, &json!([{"text": SOURCE}]));
    assert_eq!(client.diagnostics(&uri, 2).len(), 1);
    client.change(&uri, 3, &json!([{"text": poisoned("range-boundary")}]));
    assert_eq!(client.diagnostics(&uri, 3), [Value::Null; 0]);
    client.change(&uri, 4, &json!([{"text": SOURCE}]));
    assert_eq!(client.diagnostics(&uri, 4), [Value::Null; 0]);
    let hover = json!({"position": {"line": 1, "character": 17}});
    assert_eq!(client.ask("textDocument/hover", &uri, &hover), Value::Null);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    client.open(&uri, "python", SOURCE);
    assert_eq!(client.diagnostics(&uri, 1).len(), 1);
}
