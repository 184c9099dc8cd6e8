//! The configuration of an editor session: files, watched, and the editor's own settings.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, uri};

const SOURCE: &str = "from fastapi import HTTPException\nraise HTTPException(status_code=306)\n";
const OFF: &str = "[rules]\nunused-code = \"off\"\n";

fn open(client: &mut Client, folder: &Path) -> (String, Vec<Value>) {
    let uri = uri(&folder.join("api.py"));
    client.open(&uri, "python", SOURCE);
    let diagnostics = client.diagnostics(&uri, 1);
    (uri, diagnostics)
}

#[test]
fn the_nearest_file_rules_and_its_changes_count_at_once() {
    let here = tempfile::tempdir().unwrap();
    let file = here.path().join("statuslint.toml");
    let capabilities =
        json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let mut client = Client::initialized(here.path(), &capabilities, &Value::Null);
    let registered = client.notification("client/registerCapability");
    assert_eq!(
        registered["params"]["registrations"][0]["method"],
        "workspace/didChangeWatchedFiles"
    );
    let (document, diagnostics) = open(&mut client, here.path());
    assert_eq!(diagnostics.len(), 1);

    fs::write(&file, OFF).unwrap();
    let changed = |kind| json!({"changes": [{"uri": uri(&file), "type": kind}]});
    client.notify("workspace/didChangeWatchedFiles", &changed(1));
    assert_eq!(client.diagnostics(&document, 1), [Value::Null; 0]);
    fs::remove_file(&file).unwrap();
    client.notify("workspace/didChangeWatchedFiles", &changed(3));
    assert_eq!(client.diagnostics(&document, 1).len(), 1);

    // Another file is none of its business.
    client.notify(
        "workspace/didChangeWatchedFiles",
        &json!({"changes": [{"uri": document, "type": 2}]}),
    );
    client.request("statuslint/nothing", &json!({}));
    let published = |it: &&Value| it["method"] == "textDocument/publishDiagnostics";
    assert_eq!(client.unread().iter().filter(published).count(), 0);
}

#[test]
fn a_saved_configuration_counts_where_nobody_watches() {
    let here = tempfile::tempdir().unwrap();
    let mut client = Client::with_encoding(here.path(), "utf-8");
    let (document, diagnostics) = open(&mut client, here.path());
    assert_eq!(diagnostics.len(), 1);
    let file = here.path().join(".statuslint.toml");
    fs::write(&file, OFF).unwrap();
    client.notify("textDocument/didSave", &json!({"textDocument": {"uri": uri(&file)}}));
    assert_eq!(client.diagnostics(&document, 1), [Value::Null; 0]);
}

#[test]
fn a_bad_configuration_is_told_once_and_the_defaults_rule() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("statuslint.toml"), "evidence = 7\n").unwrap();
    let mut client = Client::with_encoding(here.path(), "utf-8");
    let (document, diagnostics) = open(&mut client, here.path());
    assert_eq!(diagnostics.len(), 1);
    let told = client.notification("window/showMessage");
    assert_eq!(told["params"]["type"], 1);
    let text = told["params"]["message"].as_str().unwrap();
    assert!(text.contains("statuslint.toml") && text.contains("evidence"), "{text}");
    client.change(&document, 2, &json!([{"text": SOURCE}]));
    assert_eq!(client.diagnostics(&document, 2).len(), 1);
    client.request("statuslint/nothing", &json!({}));
    let again = client.unread().iter().filter(|it| it["method"] == "window/showMessage").count();
    assert_eq!(again, 0);
}

#[test]
fn the_editor_may_name_the_configuration_file() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("own.toml"), OFF).unwrap();
    for options in [
        json!({"config": "own.toml"}),
        json!({"statuslint": {"config": here.path().join("own.toml")}}),
    ] {
        let mut client = Client::initialized(here.path(), &json!({}), &options);
        assert_eq!(open(&mut client, here.path()).1, [Value::Null; 0], "{options}");
    }
    let mut client = Client::initialized(here.path(), &json!({}), &json!({"config": "none.toml"}));
    let told = client.notification("window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("none.toml"), "{told}");
}

#[test]
fn the_editor_tells_its_settings_when_asked() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("own.toml"), OFF).unwrap();
    let mut client = Client::initialized(
        here.path(),
        &json!({"workspace": {"configuration": true}}),
        &Value::Null,
    );
    client.settings = json!({"config": "own.toml"});
    let asked = client.notification("workspace/configuration");
    assert_eq!(asked["params"]["items"], json!([{"section": "statuslint"}]));
    client.request("statuslint/nothing", &json!({}));
    let (document, mut diagnostics) = open(&mut client, here.path());
    while !diagnostics.is_empty() {
        diagnostics = client.diagnostics(&document, 1);
    }
    client.settings = json!({"evidence": "maybe"});
    client.notify("workspace/didChangeConfiguration", &json!({"settings": {}}));
    // A list from before the change may still be on its way.
    while diagnostics.len() != 1 {
        diagnostics = client.diagnostics(&document, 1);
    }
    let told = client.notification("window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("maybe"), "{told}");
}

#[test]
fn what_the_editor_began_with_counts_while_it_has_no_settings() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("own.toml"), OFF).unwrap();
    let capabilities = json!({"workspace": {"configuration": true}});
    let options = json!({"config": "own.toml"});
    let mut client = Client::initialized(here.path(), &capabilities, &options);
    // Asked, it answers `null`, as editors do when nothing is set.
    client.notification("workspace/configuration");
    client.request("statuslint/nothing", &json!({}));
    assert_eq!(open(&mut client, here.path()).1, [Value::Null; 0]);
    fs::write(here.path().join("other.toml"), "").unwrap();
    client.settings = json!({"config": "other.toml"});
    client.notify("workspace/didChangeConfiguration", &json!({"settings": null}));
    let mut diagnostics = Vec::new();
    while diagnostics.is_empty() {
        diagnostics = client.diagnostics(&uri(&here.path().join("api.py")), 1);
    }
}

#[test]
fn settings_pushed_by_the_editor_count_too() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("own.toml"), OFF).unwrap();
    let mut client = Client::with_encoding(here.path(), "utf-8");
    let (document, diagnostics) = open(&mut client, here.path());
    assert_eq!(diagnostics.len(), 1);
    let settings = json!({"settings": {"statuslint": {"config": "own.toml"}}});
    client.notify("workspace/didChangeConfiguration", &settings);
    assert_eq!(client.diagnostics(&document, 1), [Value::Null; 0]);
}

#[test]
fn excluded_files_are_quiet_in_the_editor_too() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("statuslint.toml"), "exclude = [\"api.py\"]\n").unwrap();
    let mut client = Client::with_encoding(here.path(), "utf-8");
    assert_eq!(open(&mut client, here.path()).1, [Value::Null; 0]);
}

#[test]
fn a_huge_document_is_not_checked_and_the_user_is_told() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-8");
    client.open(&uri, "python", &SOURCE.repeat(10_000_000 / SOURCE.len() + 1));
    assert_eq!(client.diagnostics(&uri, 1), [Value::Null; 0]);
    let told = client.notification("window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("not checked"), "{told}");
}

#[test]
fn the_editor_says_what_the_project_leaves_open() {
    let here = tempfile::tempdir().unwrap();
    let mut client = Client::with_encoding(here.path(), "utf-8");
    let (document, diagnostics) = open(&mut client, here.path());
    assert_eq!(diagnostics.len(), 1);
    let set = |client: &mut Client, said: &Value| {
        let settings = json!({"settings": {"statuslint": said}});
        client.notify("workspace/didChangeConfiguration", &settings);
    };
    set(&mut client, &json!({"rules": {"unused-code": "off"}}));
    assert_eq!(client.diagnostics(&document, 1), [Value::Null; 0]);
    set(&mut client, &json!({"rules": {"unused-code": "error"}, "vendors": ["nginx"]}));
    assert_eq!(client.diagnostics(&document, 1)[0]["severity"], 1);
    set(&mut client, &json!({"exclude": ["/*.py"], "test-severity": 7}));
    assert_eq!(client.diagnostics(&document, 1), [Value::Null; 0]);
    let told = client.notification("window/showMessage");
    let text = told["params"]["message"].as_str().unwrap();
    assert!(text.starts_with("statuslint.test-severity: expected one of"), "{text}");

    // What the project says, it says to everybody.
    let file = here.path().join("statuslint.toml");
    fs::write(&file, "exclude = []\n[rules]\nunused-code = \"info\"\n").unwrap();
    let changed = json!({"changes": [{"uri": uri(&file), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert_eq!(client.diagnostics(&document, 1)[0]["severity"], 3);
    set(&mut client, &json!({"rules": {"unused-code": "off"}, "exclude": ["/*.py"]}));
    client.change(&document, 2, &json!([{"text": SOURCE}]));
    assert_eq!(client.diagnostics(&document, 2)[0]["severity"], 3);
    // A configuration that cannot be read says nothing.
    fs::write(&file, "rules = 7\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert_eq!(client.diagnostics(&document, 2), [Value::Null; 0]);
}
