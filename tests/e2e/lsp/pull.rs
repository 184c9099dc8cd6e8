//! Diagnostics for clients that ask for them.

use std::fs;

use serde_json::{Value, json};

use crate::client::{Client, uri};

const SOURCE: &str = "from fastapi import HTTPException\n\nerror = HTTPException(306)\n";

fn pulling(folder: &std::path::Path) -> Client {
    let capabilities = json!({
        "textDocument": {"diagnostic": {}},
        "workspace": {"diagnostics": {"refreshSupport": true}, "configuration": false},
    });
    Client::initialized(folder, &capabilities, &Value::Null)
}

#[test]
fn who_asks_is_told_once_and_not_on_its_own() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = pulling(here.path());
    client.open(&uri, "python", SOURCE);
    let first = client.ask("textDocument/diagnostic", &uri, &json!({}));
    assert_eq!(first["kind"], "full");
    assert_eq!(first["items"][0]["code"], "unused-code");
    let id = first["resultId"].clone();
    assert!(id.is_string(), "{first}");

    let again = json!({"previousResultId": id});
    let unchanged = json!({"kind": "unchanged", "resultId": id});
    assert_eq!(client.ask("textDocument/diagnostic", &uri, &again), unchanged);
    client.change(&uri, 2, &json!([{"text": SOURCE.replace("306", "404")}]));
    let mended = client.ask("textDocument/diagnostic", &uri, &again);
    assert_eq!((&mended["kind"], &mended["items"]), (&json!("full"), &json!([])));
    client.change(&uri, 3, &json!([{"text": SOURCE}]));
    assert_eq!(client.ask("textDocument/diagnostic", &uri, &again), unchanged);

    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    let closed = client.ask("textDocument/diagnostic", &uri, &again);
    assert_eq!((&closed["kind"], &closed["items"]), (&json!("full"), &json!([])));
    let pushed = |message: &&Value| message["method"] == "textDocument/publishDiagnostics";
    assert_eq!(client.unread().iter().find(pushed), None);
}

#[test]
fn who_asks_is_asked_to_ask_again_when_the_settings_change() {
    let here = tempfile::tempdir().unwrap();
    let uri_of = |name: &str| uri(&here.path().join(name));
    let (api, settings) = (uri_of("api.py"), uri_of("statuslint.toml"));
    let mut client = pulling(here.path());
    client.open(&api, "python", SOURCE);
    // The first refresh comes when the workspace has been read.
    client.notification("workspace/diagnostic/refresh");
    let before = client.ask("textDocument/diagnostic", &api, &json!({}));
    assert_eq!(before["items"].as_array().unwrap().len(), 1);

    fs::write(here.path().join("statuslint.toml"), "allow = [306]\n").unwrap();
    let change = json!({"changes": [{"uri": settings, "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", &change);
    client.notification("workspace/diagnostic/refresh");
    let after = client.ask("textDocument/diagnostic", &api, &json!({}));
    assert_eq!(after["items"], json!([]));
}
