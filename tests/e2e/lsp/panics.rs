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

#[test]
fn a_request_about_the_workspace_that_fails_costs_one_answer() {
    let here = tempfile::tempdir().unwrap();
    let mut client = Client::with_encoding(here.path(), "utf-8");
    let query = json!({"query": "statuslint-failpoint:workspace/symbol"});
    let answer = client.request("workspace/symbol", &query);
    assert_eq!(answer["error"]["code"], -32603, "{answer}");
    let failing = json!({"uri": "untitled:statuslint-failpoint:statuslint/sites"});
    let answer = client.request("statuslint/sites", &failing);
    assert_eq!(answer["error"]["code"], -32603, "{answer}");
    let uri = uri(&here.path().join("poisoned.py"));
    client.open(&uri, "python", &poisoned("workspace/diagnostic"));
    let previous = json!({"previousResultIds": []});
    let answer = client.request("workspace/diagnostic", &previous);
    assert_eq!(answer["error"]["code"], -32603, "{answer}");
    client.change(&uri, 2, &json!([{"text": SOURCE}]));
    let answer = client.request("workspace/diagnostic", &previous);
    assert_eq!(answer["result"]["items"][0]["items"][0]["code"], "unused-code", "{answer}");
    let answer = client.request("workspace/symbol", &json!({"query": "306"}));
    assert_eq!(answer["result"][0]["location"]["uri"], uri.as_str(), "{answer}");
    let answer = client.request("statuslint/sites", &json!({}));
    assert_eq!(answer["result"]["sites"][0]["uri"], uri.as_str(), "{answer}");
}

#[test]
fn a_change_that_fails_hides_the_document_until_its_text_comes_again() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-8");
    client.open(&uri, "python", SOURCE);
    assert_eq!(client.diagnostics(&uri, 1).len(), 1);
    let start = json!({"line": 0, "character": 0});
    let poison = "# statuslint-failpoint: textDocument/didChange\n";
    let change = json!([{"range": {"start": start, "end": start}, "text": poison}]);
    client.change(&uri, 2, &change);
    assert_eq!(client.diagnostics(&uri, Value::Null), [Value::Null; 0]);
    let place = json!({"position": {"line": 1, "character": 17}});
    assert_eq!(client.ask("textDocument/hover", &uri, &place), Value::Null);
    client.change(&uri, 3, &json!([{"text": SOURCE}]));
    assert_eq!(client.diagnostics(&uri, 3).len(), 1);
    assert!(client.ask("textDocument/hover", &uri, &place).is_object());
}

#[test]
fn a_notification_that_fails_costs_itself() {
    let here = tempfile::tempdir().unwrap();
    let sound = uri(&here.path().join("sound.py"));
    let mut client = Client::with_encoding(here.path(), "utf-8");
    client.open(&sound, "python", SOURCE);
    let place = json!({"position": {"line": 1, "character": 17}});
    let expected = client.ask("textDocument/hover", &sound, &place);
    assert!(expected.is_object());
    let poison = |method: &str| format!("statuslint-failpoint:{method}");
    let address = |method: &str| format!("file:///a?{}", poison(method));
    let document = json!({
        "uri": uri(&here.path().join("a.py")), "languageId": "python", "version": 1,
        "text": poison("textDocument/didOpen"),
    });
    for (method, params) in [
        ("textDocument/didOpen", json!({"textDocument": document})),
        (
            "textDocument/didSave",
            json!({"textDocument": {"uri": sound}, "text": poison("textDocument/didSave")}),
        ),
        (
            "textDocument/didClose",
            json!({"textDocument": {"uri": address("textDocument/didClose")}}),
        ),
        (
            "workspace/didChangeWatchedFiles",
            json!({"changes": [{"uri": address("workspace/didChangeWatchedFiles"), "type": 1}]}),
        ),
        (
            "workspace/didChangeWorkspaceFolders",
            json!({"event": {"added": [], "removed": [
                {"uri": address("workspace/didChangeWorkspaceFolders"), "name": ""},
            ]}}),
        ),
        (
            "workspace/didChangeConfiguration",
            json!({"settings": {"statuslint": poison("workspace/didChangeConfiguration")}}),
        ),
    ] {
        client.notify(method, &params);
        assert_eq!(client.ask("textDocument/hover", &sound, &place), expected, "{method}");
        assert_eq!(client.panics(), 1, "{method} did not fail");
    }
}
