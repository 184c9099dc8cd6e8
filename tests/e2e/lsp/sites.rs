//! `statuslint/sites` and `statuslint/sitesChanged`: every place of a status, for an editor's tree.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::place::{ENCODINGS, range_of};

const SOURCE: &str = "\
from fastapi import HTTPException, status

if '🦀é': raise HTTPException(status_code=404)
raise HTTPException(status.HTTP_410_GONE)
";
const CALLS: &str = "import requests\nassert requests.get('/').status_code == 402\n";
const API: &str = "openapi: 3.0.0\npaths:\n  /:\n    get:\n      responses:\n        4XX:\n          description: no\n";

fn client(folders: &[&Path], capabilities: &Value) -> Client {
    let mut client = Client::start(folders.first().unwrap_or(&Path::new("/")));
    let named: Value =
        folders.iter().map(|folder| json!({"uri": uri(folder), "name": "folder"})).collect();
    let params = json!({
        "processId": null, "rootUri": null, "workspaceFolders": named, "capabilities": capabilities,
    });
    let answer = client.request("initialize", &params);
    let experimental = &answer["result"]["capabilities"]["experimental"];
    assert_eq!(experimental, &json!({"statuslint": {"sites": true}}));
    client.notify("initialized", &json!({}));
    client
}

/// A client that wants to know of changes.
fn following(folder: &Path) -> Client {
    client(&[folder], &json!({"experimental": {"statuslint": {"sites": true}}}))
}

fn sites(client: &mut Client, params: &Value) -> Vec<Value> {
    let answer = client.request("statuslint/sites", params);
    let result = &answer["result"];
    assert!(result.get("truncated").is_none(), "{answer}");
    result["sites"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
}

/// The last part of the address and what is written, of each place.
fn written(sites: &[Value]) -> Vec<String> {
    let file = |site: &Value| site["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    sites.iter().map(|it| format!("{} {}", file(it), it["text"].as_str().unwrap())).collect()
}

#[test]
fn every_place_is_told_with_what_it_is() {
    for encoding in ENCODINGS {
        let here = tempfile::tempdir().unwrap();
        let at = |name: &str| here.path().join(name);
        fs::write(at("calls.py"), CALLS).unwrap();
        fs::write(at("openapi.yaml"), API).unwrap();
        fs::write(at("api.py"), SOURCE.replace("404", "500")).unwrap();
        let mut client = Client::with_encoding(here.path(), encoding);
        client.open(&uri(&at("api.py")), "python", SOURCE);
        let place =
            |name: &str, text: &str, piece: &str| (uri(&at(name)), range_of(text, piece, encoding));
        let (api, range) = place("api.py", SOURCE, "404");
        let not_found = json!({
            "uri": api, "range": range, "code": 404, "class": 4, "name": "Not Found", "text": "404",
            "kind": "number", "role": "emit", "evidence": "certain",
        });
        let (api, range) = place("api.py", SOURCE, "status.HTTP_410_GONE");
        let gone = json!({
            "uri": api, "range": range, "code": 410, "class": 4, "name": "Gone",
            "text": "status.HTTP_410_GONE", "kind": "name", "role": "emit", "evidence": "certain",
        });
        let (calls, range) = place("calls.py", CALLS, "402");
        let paid = json!({
            "uri": calls, "range": range, "code": 402, "class": 4, "name": "Payment Required",
            "text": "402", "kind": "number", "role": "expect", "evidence": "certain",
        });
        let (openapi, range) = place("openapi.yaml", API, "4XX");
        let any = json!({
            "uri": openapi, "range": range, "code": null, "class": 4, "name": null, "text": "4XX",
            "kind": "string", "role": "declare", "evidence": "certain",
        });
        let all = [not_found, gone, paid.clone(), any.clone()];
        assert_eq!(sites(&mut client, &json!({})), all, "{encoding}");
        assert_eq!(sites(&mut client, &json!({"uri": api})), all[..2]);
        assert_eq!(sites(&mut client, &json!({"uri": calls})), [paid]);
        assert_eq!(sites(&mut client, &json!({"uri": openapi})), [any]);
        assert_eq!(sites(&mut client, &json!({"uri": "file:///etc/passwd"})), [Value::Null; 0]);
        assert_eq!(sites(&mut client, &json!({"uri": "untitled:a"})), [Value::Null; 0]);
    }
}

#[test]
fn what_is_edited_and_what_changes_on_disk_is_followed() {
    let here = tempfile::tempdir().unwrap();
    let at = |name: &str| here.path().join(name);
    fs::write(at("calls.py"), CALLS).unwrap();
    let mut client = following(here.path());
    // The first reading of the workspace is news already.
    client.notification("statuslint/sitesChanged");
    let api = uri(&at("api.py"));
    client.open(&api, "python", SOURCE);
    client.notification("statuslint/sitesChanged");
    let all = ["api.py 404", "api.py status.HTTP_410_GONE", "calls.py 402"];
    assert_eq!(written(&sites(&mut client, &json!({}))), all);

    client.change(&api, 2, &json!([{"text": SOURCE.replace("404", "307")}]));
    client.notification("statuslint/sitesChanged");
    assert_eq!(written(&sites(&mut client, &json!({})))[0], "api.py 307");
    fs::write(at("calls.py"), CALLS.replace("402", "4020 or r.status_code == 403")).unwrap();
    let changes = json!({"changes": [{"uri": uri(&at("calls.py")), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changes);
    client.notification("statuslint/sitesChanged");
    let found = written(&sites(&mut client, &json!({})));
    assert!(found.contains(&"calls.py 403".to_owned()), "{found:?}");
    // What was never saved goes with its document.
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": api}}));
    client.notification("statuslint/sitesChanged");
    let found = written(&sites(&mut client, &json!({})));
    assert!(found.iter().all(|it| it.starts_with("calls.py")), "{found:?}");
    // So do those a configuration excludes.
    let file = at("statuslint.toml");
    fs::write(&file, "exclude = [\"calls.py\"]\n").unwrap();
    let changes = json!({"changes": [{"uri": uri(&file), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", &changes);
    client.notification("statuslint/sitesChanged");
    assert_eq!(sites(&mut client, &json!({})), [Value::Null; 0]);
}

#[test]
fn a_burst_is_told_of_seldom_and_what_changes_nothing_never() {
    let here = tempfile::tempdir().unwrap();
    let api = uri(&here.path().join("api.py"));
    let mut client = following(here.path());
    let told = |client: &mut Client| {
        client.unread().iter().filter(|it| it["method"] == "statuslint/sitesChanged").count()
    };
    client.open(&api, "python", SOURCE);
    client.notification("statuslint/sitesChanged");
    let begun = Instant::now();
    for version in 2..100 {
        let code = 400 + version % 10;
        client.change(&api, version, &json!([{"text": SOURCE.replace("404", &code.to_string())}]));
        client.ask("textDocument/hover", &api, &json!({"position": {"line": 0, "character": 0}}));
    }
    let most = usize::try_from(begun.elapsed().as_millis() / 300).unwrap() + 2;
    let last = SOURCE.replace("404", "451");
    client.change(&api, 100, &json!([{"text": last}]));
    rests(&mut client, &api);
    let count = told(&mut client);
    assert!((1..=most).contains(&count), "{count} of at most {most}");
    let longer = format!("{last}# the end\n");
    client.change(&api, 101, &json!([{"text": longer}]));
    assert_eq!(client.diagnostics(&api, 101), [Value::Null; 0]);
    rests(&mut client, &api);
    assert_eq!(told(&mut client), count);
}

/// Waits for longer than the server waits to tell.
fn rests(client: &mut Client, api: &str) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(1200) {
        sites(client, &json!({"uri": api}));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn who_did_not_ask_is_not_told() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("calls.py"), CALLS).unwrap();
    let api = uri(&here.path().join("api.py"));
    for experimental in
        [json!(null), json!({"statuslint": {"sites": false}}), json!({"statuslint": 7})]
    {
        let mut client = client(&[here.path()], &json!({"experimental": experimental}));
        client.open(&api, "python", SOURCE);
        assert_eq!(written(&sites(&mut client, &json!({}))).len(), 3);
        rests(&mut client, &api);
        let told = |it: &&Value| it["method"] == "statuslint/sitesChanged";
        assert_eq!(client.unread().iter().filter(told).count(), 0);
    }
}

#[test]
fn each_folder_has_its_settings_and_a_document_needs_none() {
    let here = tempfile::tempdir().unwrap();
    let at = |name: &str| here.path().join(name);
    for folder in ["one", "two", "outside"] {
        fs::create_dir(at(folder)).unwrap();
        fs::write(at(folder).join("calls.py"), CALLS).unwrap();
    }
    fs::write(at("one/statuslint.toml"), "code = [{ code = 402, name = \"Pay\" }]\n").unwrap();
    let (one, two) = (at("one"), at("two"));
    let mut several = client(&[&one, &two], &json!({}));
    let open = uri(&at("outside/api.py"));
    several.open(&open, "python", SOURCE);
    let found = sites(&mut several, &json!({}));
    let names: Vec<_> = found.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Pay", "Not Found", "Gone", "Payment Required"]);
    // A file outside is nobody's business once it is closed.
    several.notify("textDocument/didClose", &json!({"textDocument": {"uri": open}}));
    assert_eq!(sites(&mut several, &json!({})).len(), 2);

    let mut none = client(&[], &json!({}));
    none.open(&open, "python", SOURCE);
    none.open("untitled:Untitled-1", "python", CALLS);
    let all = ["api.py 404", "api.py status.HTTP_410_GONE", "untitled:Untitled-1 402"];
    assert_eq!(written(&sites(&mut none, &json!({}))), all);
}
