//! Diagnostics of the whole workspace.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, uri};

const WRONG: &str = "from fastapi import HTTPException\n\nerror = HTTPException(306)\n";
const RIGHT: &str = "from fastapi import HTTPException\n\nerror = HTTPException(404)\n";

fn started(folder: &Path) -> Client {
    let capabilities = json!({
        "textDocument": {"diagnostic": {}},
        "workspace": {"diagnostics": {"refreshSupport": true}},
    });
    Client::initialized(folder, &capabilities, &Value::Null)
}

/// A folder with so many files that have one finding each, and one that has none.
fn project(count: usize) -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    for number in 0..count {
        fs::write(here.path().join(format!("{number:03}.py")), WRONG).unwrap();
    }
    fs::write(here.path().join("right.py"), RIGHT).unwrap();
    here
}

/// The reports of the workspace, by address.
fn pull(client: &mut Client, previous: &Value) -> BTreeMap<String, Value> {
    let answer = client.request("workspace/diagnostic", &json!({"previousResultIds": previous}));
    by_uri(answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{answer}")))
}

fn by_uri(items: &[Value]) -> BTreeMap<String, Value> {
    let reports: BTreeMap<_, _> =
        items.iter().map(|it| (it["uri"].as_str().unwrap().to_owned(), it.clone())).collect();
    assert_eq!(reports.len(), items.len(), "each document once");
    reports
}

/// What a client sends back of the reports it got.
fn ids(reports: &BTreeMap<String, Value>) -> Value {
    let ids = reports.iter().map(|(uri, it)| json!({"uri": uri, "value": it["resultId"]}));
    ids.filter(|it| it["value"].is_string()).collect()
}

#[test]
fn every_document_with_findings_is_told_of_once() {
    let here = project(3);
    let mut client = started(here.path());
    let open = uri(&here.path().join("002.py"));
    client.open(&open, "python", &WRONG.repeat(2));
    let first = pull(&mut client, &json!([]));
    let of = |name: &str| uri(&here.path().join(name));
    let names: Vec<_> = first.keys().cloned().collect();
    assert_eq!(names, ["000.py", "001.py", "002.py"].map(of));
    assert_eq!(first[&of("000.py")]["items"][0]["code"], "unused-code");
    assert_eq!(first[&of("000.py")].get("version"), Some(&Value::Null));
    assert_eq!(
        (&first[&open]["version"], first[&open]["items"].as_array().unwrap().len()),
        (&json!(1), 2)
    );
    // The diagnostics of a closed file are those it has when it is open.
    client.open(&of("000.py"), "python", WRONG);
    let pulled = client.ask("textDocument/diagnostic", &of("000.py"), &json!({}));
    assert_eq!(pulled["items"], first[&of("000.py")]["items"]);
    assert_eq!(pulled["resultId"], first[&of("000.py")]["resultId"]);
}

#[test]
fn what_the_client_has_is_not_told_again() {
    let here = project(3);
    let mut client = started(here.path());
    let first = pull(&mut client, &json!([]));
    let again = pull(&mut client, &ids(&first));
    assert_eq!(again.len(), 3);
    assert!(again.values().all(|it| it["kind"] == "unchanged"), "{again:#?}");
    let of = |name: &str| uri(&here.path().join(name));
    fs::write(here.path().join("000.py"), RIGHT).unwrap();
    fs::remove_file(here.path().join("001.py")).unwrap();
    fs::write(here.path().join("right.py"), WRONG.repeat(2)).unwrap();
    let changed = pull(&mut client, &ids(&again));
    let items = |name: &str| changed[&of(name)]["items"].as_array().unwrap().len();
    assert_eq!((items("000.py"), items("001.py"), items("right.py")), (0, 0, 2));
    assert_eq!(changed[&of("002.py")]["kind"], "unchanged");
    // The settings count as much as the text.
    fs::write(here.path().join("statuslint.toml"), "[rules]\nunused-code = \"off\"\n").unwrap();
    let settings = json!({"changes": [{"uri": of("statuslint.toml"), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", &settings);
    let silent = pull(&mut client, &ids(&changed));
    assert_eq!(silent.len(), 2);
    assert!(silent.values().all(|it| it["items"] == json!([])), "{silent:#?}");
}

#[test]
fn who_wants_parts_and_progress_gets_them() {
    let here = project(200);
    let mut client = started(here.path());
    let params = json!({
        "previousResultIds": [], "partialResultToken": "parts", "workDoneToken": 7,
    });
    let answer = client.request("workspace/diagnostic", &params);
    assert_eq!(answer["result"], json!({"items": []}));
    let told = client.unread().iter().filter(|it| it["method"] == "$/progress");
    let told: Vec<_> = told.map(|it| it["params"].clone()).collect();
    let parts = told.iter().filter(|it| it["token"] == "parts");
    let items: Vec<_> =
        parts.flat_map(|it| it["value"]["items"].as_array().unwrap().clone()).collect();
    assert_eq!(by_uri(&items).len(), 200);
    let progress: Vec<_> =
        told.iter().filter(|it| it["token"] == 7).map(|it| &it["value"]).collect();
    assert_eq!(progress[0]["kind"], "begin");
    assert_eq!(progress[progress.len() - 1], &json!({"kind": "end"}));
    let percentages: Vec<_> = progress.iter().filter_map(|it| it["percentage"].as_u64()).collect();
    assert!(percentages.is_sorted() && percentages.ends_with(&[100]), "{percentages:?}");
}

#[test]
fn who_has_enough_can_stop_it() {
    let here = project(400);
    for stop in ["$/cancelRequest", "window/workDoneProgress/cancel"] {
        let mut client = started(here.path());
        let params = json!({"previousResultIds": [], "workDoneToken": "work"});
        let id = client.begin("workspace/diagnostic", &params);
        client.notify(stop, &json!({"id": id, "token": "work"}));
        let answer = client.answer_to(&id);
        assert_eq!(answer["error"]["code"], -32800, "{stop}: {answer}");
        // What was stopped leaves the rest as it was.
        assert_eq!(pull(&mut client, &json!([])).len(), 400);
    }
}

#[test]
fn files_that_change_on_disk_count_as_they_are() {
    let here = tempfile::tempdir().unwrap();
    let of = |name: &str| here.path().join(name);
    fs::create_dir(of(".git")).unwrap();
    fs::write(of(".gitignore"), "built/\n").unwrap();
    fs::create_dir(of("built")).unwrap();
    fs::write(of("a.py"), RIGHT).unwrap();
    let mut client = started(here.path());
    // The workspace was read when it can be told of.
    pull(&mut client, &json!([]));
    let found = |client: &mut Client| -> Vec<String> {
        let symbols = client.request("workspace/symbol", &json!({"query": "404"}));
        let symbols = symbols["result"].as_array().unwrap().clone();
        let name = |it: &Value| {
            it["location"]["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
        };
        symbols.iter().map(name).collect()
    };
    assert_eq!(found(&mut client), ["a.py"]);
    fs::write(of("b.py"), RIGHT).unwrap();
    fs::write(of("built/c.py"), RIGHT).unwrap();
    fs::remove_file(of("a.py")).unwrap();
    let changes = ["a.py", "b.py", "built/c.py"]
        .map(|name| json!({"uri": uri(&of(name)), "type": if name == "a.py" { 3 } else { 1 }}));
    client.notify("workspace/didChangeWatchedFiles", &json!({"changes": changes}));
    let begun = std::time::Instant::now();
    while found(&mut client) != ["b.py"] {
        assert!(begun.elapsed().as_secs() < 20, "{:?}", found(&mut client));
    }
    // What is written into an open document and never saved is gone when it is closed.
    client.open(&uri(&of("b.py")), "python", &RIGHT.replace("404", "410"));
    assert_eq!(found(&mut client), [""; 0]);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri(&of("b.py"))}}));
    while found(&mut client) != ["b.py"] {
        assert!(begun.elapsed().as_secs() < 40, "{:?}", found(&mut client));
    }
}
