//! Clients as they introduce themselves: each starts, is told what is wrong, has it mended in its
//! own way, and leaves.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::place::{ENCODINGS, byte, range_of};

/// The parameters of `initialize` by client; the README beside the files says where from.
const CLIENTS: [(&str, &str); 13] = [
    ("ale", include_str!("initialize/ale.json")),
    ("eglot-emacs-28", include_str!("initialize/eglot-emacs-28.json")),
    ("eglot-emacs-30", include_str!("initialize/eglot-emacs-30.json")),
    ("helix", include_str!("initialize/helix.json")),
    ("intellij", include_str!("initialize/intellij.json")),
    ("kakoune", include_str!("initialize/kakoune.json")),
    ("kate", include_str!("initialize/kate.json")),
    ("lsp-mode", include_str!("initialize/lsp-mode.json")),
    ("neovim-0.7", include_str!("initialize/neovim-0.7.json")),
    ("neovim-0.11", include_str!("initialize/neovim-0.11.json")),
    ("sublime", include_str!("initialize/sublime.json")),
    ("vscode", include_str!("initialize/vscode.json")),
    ("zed", include_str!("initialize/zed.json")),
];

const SOURCE: &str = "\
from fastapi import Response


def answer(kind: str, response: Response) -> None:
    if kind == 'é🦀': response.status_code = 209
    response.status_code = 404
";

/// What the server may ask, or register, only with clients that offered it, and where they do.
const OFFERS: [(&str, &str); 6] = [
    ("window/workDoneProgress/create", "/window/workDoneProgress"),
    ("workspace/configuration", "/workspace/configuration"),
    ("workspace/diagnostic/refresh", "/workspace/diagnostics/refreshSupport"),
    ("workspace/didChangeConfiguration", "/workspace/didChangeConfiguration/dynamicRegistration"),
    ("workspace/didChangeWatchedFiles", "/workspace/didChangeWatchedFiles/dynamicRegistration"),
    ("workspace/inlayHint/refresh", "/workspace/inlayHint/refreshSupport"),
];

#[test]
fn every_client_is_served_in_its_own_way() {
    for (name, params) in CLIENTS {
        play(name, &client(params));
    }
}

#[test]
fn every_client_is_told_of() {
    let readme = include_str!("initialize/README.md");
    for (name, _) in CLIENTS {
        assert!(readme.contains(&format!("| `{name}.json` |")), "{name}");
    }
    assert_eq!(readme.matches(".json` |").count(), CLIENTS.len());
}

/// The parameters of a client of the zoo, with the process it would name.
pub(crate) fn client(params: &str) -> Value {
    let mut params: Value = serde_json::from_str(params).unwrap();
    if params.get("processId") == Some(&Value::Null) {
        params["processId"] = json!(std::process::id());
    }
    params
}

/// The parameters VS Code sends, for those who change them.
pub(crate) fn vscode() -> Value {
    client(include_str!("initialize/vscode.json"))
}

/// Plays a client from the first message to the last.
pub(crate) fn play(name: &str, params: &Value) {
    let folder = tempfile::tempdir().unwrap();
    let params = placed(params, folder.path());
    let nothing = json!({});
    let capabilities = params.get("capabilities").unwrap_or(&nothing);
    let document = uri(&folder.path().join("api.py"));

    let mut client = Client::start(folder.path());
    let answer = client.request("initialize", &params);
    let encoding = answer["result"]["capabilities"]["positionEncoding"].as_str();
    let encoding = encoding.unwrap_or_else(|| panic!("{name}: {answer}")).to_owned();
    assert_eq!(encoding, expected_encoding(capabilities), "{name}");
    client.notify("initialized", &json!({}));

    let pulls = capabilities.pointer("/textDocument/diagnostic").is_some_and(Value::is_object);
    client.open(&document, "python", SOURCE);
    let found = diagnostics(&mut client, &document, 1, pulls);
    assert_eq!(found.len(), 1, "{name}: {found:#?}");
    assert_eq!(found[0]["code"], "unknown-code", "{name}");
    assert_eq!(found[0]["range"], range_of(SOURCE, "209", &encoding), "{name}");

    let context = json!({"diagnostics": found, "only": ["quickfix"]});
    let place = json!({"range": found[0]["range"], "context": context});
    let actions = client.ask("textDocument/codeAction", &document, &place);
    let edits = edits(name, &actions[0], &document, capabilities);
    let (text, changes) = applied(SOURCE, &edits, &encoding);
    assert_eq!(text, SOURCE.replace("209", "208"), "{name}");
    client.change(&document, 2, &changes);
    assert_eq!(diagnostics(&mut client, &document, 2, pulls), [Value::Null; 0], "{name}");

    let refreshes = offered(capabilities, "workspace/diagnostic/refresh");
    if pulls && refreshes {
        // The reading of the workspace may have changed what is to be said.
        client.notification("workspace/diagnostic/refresh");
    }
    assert_eq!(client.request("shutdown", &Value::Null)["result"], Value::Null, "{name}");
    for message in client.unread() {
        let method = message["method"].as_str().unwrap_or_default();
        assert!(!pulls || method != "textDocument/publishDiagnostics", "{name}: {message}");
        let asks = message.get("id").is_some() && !method.is_empty();
        assert!(!asks || may_ask(capabilities, message), "{name}: {message}");
    }
    client.notify("exit", &Value::Null);
    assert_eq!(client.status().code(), Some(0), "{name}");
}

/// The parameters with the folder in the place of what stands for it.
fn placed(params: &Value, folder: &Path) -> Value {
    match params {
        Value::String(text) => json!(text.replace("/workspace", &folder.display().to_string())),
        Value::Array(items) => items.iter().map(|item| placed(item, folder)).collect(),
        Value::Object(entries) => {
            let placed = entries.iter().map(|(key, entry)| (key.clone(), placed(entry, folder)));
            Value::Object(placed.collect())
        }
        other => other.clone(),
    }
}

/// UTF-8 where it is offered, else what is; UTF-16 is always understood.
fn expected_encoding(capabilities: &Value) -> &'static str {
    let offered = capabilities.pointer("/general/positionEncodings").and_then(Value::as_array);
    let offers = |encoding: &str| {
        offered.is_none_or(Vec::is_empty) && encoding == "utf-16"
            || offered.is_some_and(|it| it.contains(&json!(encoding)))
    };
    ENCODINGS.into_iter().find(|encoding| offers(encoding)).unwrap_or("utf-16")
}

/// The diagnostics of a version, asked for by who asks.
fn diagnostics(client: &mut Client, document: &str, version: i32, pulls: bool) -> Vec<Value> {
    if pulls {
        let report = client.ask("textDocument/diagnostic", document, &json!({}));
        assert_eq!(report["kind"], "full");
        return report["items"].as_array().unwrap().clone();
    }
    client.diagnostics(document, version)
}

/// The edits of an action, in the form that the client takes.
fn edits(name: &str, action: &Value, document: &str, capabilities: &Value) -> Vec<Value> {
    let versioned = capabilities.pointer("/workspace/workspaceEdit/documentChanges");
    let edits = if versioned == Some(&json!(true)) {
        let change = &action["edit"]["documentChanges"][0];
        let identifier = json!({"uri": document, "version": 1});
        assert_eq!(change["textDocument"], identifier, "{name}: {action}");
        &change["edits"]
    } else {
        &action["edit"]["changes"][document]
    };
    edits.as_array().unwrap_or_else(|| panic!("{name}: {action}")).clone()
}

/// A text after edits, and the edits as changes, the last first.
fn applied(text: &str, edits: &[Value], encoding: &str) -> (String, Value) {
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| {
            let at = |end: &str| byte(text, &edit["range"][end], encoding);
            (at("start")..at("end"), edit)
        })
        .collect();
    edits.sort_by_key(|(bytes, _)| std::cmp::Reverse(bytes.start));
    let mut text = text.to_owned();
    let mut changes = Vec::new();
    for (bytes, edit) in edits {
        let new = edit["newText"].as_str().unwrap();
        text.replace_range(bytes, new);
        changes.push(json!({"range": edit["range"], "text": new}));
    }
    (text, Value::Array(changes))
}

/// Whether the client offered what a request asks of it.
fn may_ask(capabilities: &Value, request: &Value) -> bool {
    let Some(registrations) = request.pointer("/params/registrations") else {
        return offered(capabilities, request["method"].as_str().unwrap());
    };
    let mut registrations = registrations.as_array().unwrap().iter();
    registrations.all(|it| offered(capabilities, it["method"].as_str().unwrap()))
}

fn offered(capabilities: &Value, method: &str) -> bool {
    let offer = OFFERS.iter().find(|(known, _)| *known == method);
    let (_, place) = offer.unwrap_or_else(|| panic!("{method} is asked of nobody"));
    capabilities.pointer(place) == Some(&json!(true))
}
