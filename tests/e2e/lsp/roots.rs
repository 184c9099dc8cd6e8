//! Several folders in one editor, each with its own configuration and its own settings.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, uri};

const SOURCE: &str = "from fastapi import HTTPException\nraise HTTPException(status_code=306)\n";
const OFF: &str = "[rules]\nunused-code = \"off\"\n";

/// A folder with two projects, in the first of which the rule is off.
fn projects() -> TempDir {
    let here = tempfile::tempdir().unwrap();
    for project in ["one", "two", "two/inner", "outside"] {
        fs::create_dir(here.path().join(project)).unwrap();
    }
    fs::write(here.path().join("one/statuslint.toml"), OFF).unwrap();
    here
}

/// A client with these folders open.
fn client(folders: &[&Path], capabilities: &Value, options: &Value) -> Client {
    let mut client = Client::start(folders[0]);
    let named: Value =
        folders.iter().map(|folder| json!({"uri": uri(folder), "name": "folder"})).collect();
    let params = json!({
        "processId": null, "rootUri": null, "workspaceFolders": named,
        "capabilities": capabilities, "initializationOptions": options,
    });
    client.request("initialize", &params);
    client.notify("initialized", &json!({}));
    client
}

/// Opens a document of a project; how much is found there.
fn open(client: &mut Client, project: &Path) -> (String, usize) {
    let uri = uri(&project.join("api.py"));
    client.open(&uri, "python", SOURCE);
    let found = client.diagnostics(&uri, 1).len();
    (uri, found)
}

/// How much is found in a document now.
fn found(client: &mut Client, uri: &str) -> usize {
    let report = client.ask("textDocument/diagnostic", uri, &json!({}));
    report["items"].as_array().expect("a full report").len()
}

/// Waits until so much is found in a document.
fn becomes(client: &mut Client, uri: &str, count: usize) {
    let begun = Instant::now();
    while found(client, uri) != count {
        assert!(begun.elapsed() < Duration::from_secs(30), "{uri} has no {count} findings");
    }
}

#[test]
fn each_folder_has_its_own_configuration() {
    let here = projects();
    let at = |project: &str| here.path().join(project);
    let mut client = client(&[&at("one"), &at("two"), &at("two/inner")], &json!({}), &Value::Null);
    assert_eq!(open(&mut client, &at("one")).1, 0);
    let (two, count) = open(&mut client, &at("two"));
    assert_eq!(count, 1);
    let (inner, count) = open(&mut client, &at("two/inner"));
    assert_eq!(count, 1);
    let (outside, count) = open(&mut client, &at("outside"));
    assert_eq!(count, 1);

    // A file counts for the folder and for the one within, until that has its own.
    let tell = |client: &mut Client, file: &Path, kind: u8| {
        let changes = json!({"changes": [{"uri": uri(file), "type": kind}]});
        client.notify("workspace/didChangeWatchedFiles", &changes);
    };
    let (file, own) = (at("two/statuslint.toml"), at("two/inner/statuslint.toml"));
    fs::write(&file, OFF).unwrap();
    tell(&mut client, &file, 1);
    becomes(&mut client, &two, 0);
    becomes(&mut client, &inner, 0);
    fs::write(&own, "").unwrap();
    tell(&mut client, &own, 1);
    becomes(&mut client, &inner, 1);
    fs::write(&file, "").unwrap();
    tell(&mut client, &file, 2);
    becomes(&mut client, &two, 1);
    fs::remove_file(&own).unwrap();
    fs::write(&file, OFF).unwrap();
    tell(&mut client, &own, 3);
    becomes(&mut client, &inner, 0);
    assert_eq!(found(&mut client, &outside), 1);
}

#[test]
fn each_folder_has_its_own_settings() {
    let here = projects();
    let at = |project: &str| here.path().join(project);
    fs::write(at("two/own.toml"), OFF).unwrap();
    let capabilities = json!({"workspace": {"configuration": true}});
    let mut client =
        client(&[&at("two"), &at("outside")], &capabilities, &json!({"evidence": "likely"}));
    client.settings = json!({"inlayHints": true});
    client.folders.insert(uri(&at("two")), json!({"config": "own.toml", "inlayHints": false}));
    let asked = client.notification("workspace/configuration");
    let scoped = |project: &str| json!({"scopeUri": uri(&at(project)), "section": "statuslint"});
    let all = json!([{"section": "statuslint"}, scoped("two"), scoped("outside")]);
    assert_eq!(asked["params"]["items"], all);
    let hints = |client: &mut Client, uri: &str| {
        let whole =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
        let hints = client.ask("textDocument/inlayHint", uri, &json!({"range": whole}));
        hints.as_array().map_or(0, Vec::len)
    };
    let (two, _) = open(&mut client, &at("two"));
    let (outside, _) = open(&mut client, &at("outside"));
    client.request("statuslint/nothing", &json!({}));
    while hints(&mut client, &two) > 0 {}
    assert_eq!(hints(&mut client, &outside), 1);
    becomes(&mut client, &two, 0);

    // A folder that comes is asked for too, and one that goes takes its settings along.
    let folder = |project: &str| json!([{"uri": uri(&at(project)), "name": "folder"}]);
    client.folders.insert(uri(&at("one")), json!({"ignore": ["unused-code"]}));
    let event = json!({"event": {"added": folder("one"), "removed": folder("two")}});
    client.notify("workspace/didChangeWorkspaceFolders", &event);
    let asked = client.notification("workspace/configuration");
    let all = json!([{"section": "statuslint"}, scoped("outside"), scoped("one")]);
    assert_eq!(asked["params"]["items"], all);
    becomes(&mut client, &two, 1);
    fs::remove_file(at("one/statuslint.toml")).unwrap();
    let (one, _) = open(&mut client, &at("one"));
    becomes(&mut client, &one, 0);
}

/// The messages shown, each with its type: 1 is an error, 2 a warning.
fn shown(client: &mut Client) -> Vec<(u64, String)> {
    client.request("statuslint/nothing", &json!({}));
    let messages = client.unread().iter().filter(|it| it["method"] == "window/showMessage");
    let shown = messages.map(|it| {
        let text = it["params"]["message"].as_str().unwrap().to_owned();
        (it["params"]["type"].as_u64().unwrap(), text)
    });
    shown.collect()
}

#[test]
fn what_is_wrong_in_the_settings_is_named_and_the_rest_holds() {
    let here = projects();
    let two = here.path().join("two");
    let options = json!({"evidence": 7, "ignore": ["unused-code"], "inlayHint": true});
    let mut client = client(&[&two], &json!({}), &options);
    let (document, found) = open(&mut client, &two);
    assert_eq!(found, 0);
    let wrong =
        "statuslint.evidence: expected one of \"certain\", \"likely\", found a whole number"
            .to_owned();
    let unknown =
        "there is no setting statuslint.inlayHint; did you mean \"inlayHints\"?".to_owned();
    let mut told = shown(&mut client);
    told.sort_unstable();
    assert_eq!(told, [(1, wrong), (2, unknown)]);

    // The user was warned of that.
    let settings = json!({"settings": {"statuslint": {"ignore": [], "inlayHint": true}}});
    client.notify("workspace/didChangeConfiguration", &settings);
    assert_eq!(client.diagnostics(&document, 1).len(), 1);
    assert_eq!(shown(&mut client).len(), 2);
    // What is no longer said holds as it was said at the start.
    client.notify("workspace/didChangeConfiguration", &json!({"settings": {"statuslint": {}}}));
    assert_eq!(client.diagnostics(&document, 1).len(), 0);
}

#[test]
fn an_editor_without_settings_keeps_those_of_the_start() {
    let here = projects();
    let two = here.path().join("two");
    let capabilities =
        json!({"workspace": {"configuration": true, "inlayHint": {"refreshSupport": true}}});
    let options = json!({"statuslint": {"ignore": ["all"]}});
    let mut client = client(&[&two], &capabilities, &options);
    client.notification("workspace/configuration");
    client.request("statuslint/nothing", &json!({}));
    let (document, found) = open(&mut client, &two);
    assert_eq!(found, 0);
    client.settings = json!({"ignore": [], "inlayHints": false});
    client.notify("workspace/didChangeConfiguration", &json!({"settings": null}));
    becomes(&mut client, &document, 1);
    client.notification("workspace/inlayHint/refresh");
}
