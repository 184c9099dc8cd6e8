//! Allowing what was found: on its line, or in the configuration file, which is made if need be.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::place::{ENCODINGS, range_of};

const SOURCE: &str = "\
from fastapi import HTTPException

def answer(kind):
    if kind == '🦀': raise HTTPException(499, '🦀')
    raise HTTPException(status_code=306)
";

/// A client that takes edits which create files, or only edits of documents.
fn client(folder: &Path, encoding: &str, creates: bool) -> Client {
    let operations = if creates { json!(["create", "rename", "delete"]) } else { json!([]) };
    let edits = json!({"documentChanges": true, "resourceOperations": operations});
    let capabilities = json!({
        "workspace": {"workspaceEdit": edits}, "general": {"positionEncodings": [encoding]},
    });
    Client::initialized(folder, &capabilities, &Value::Null)
}

/// The quick fixes at a piece of the document.
fn fixes(client: &mut Client, uri: &str, at: &str, encoding: &str) -> Vec<Value> {
    let cursor = range_of(SOURCE, at, encoding)["end"].clone();
    let context = json!({"diagnostics": [], "only": ["quickfix"]});
    let place = json!({"range": {"start": cursor, "end": cursor}, "context": context});
    client.ask("textDocument/codeAction", uri, &place).as_array().expect("a list").clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"] == title);
    found.unwrap_or_else(|| panic!("no {title:?} in {:?}", titles(actions)))
}

/// A text of ASCII in its edited parts, with the edits of a document made.
fn edited(text: &str, change: &Value) -> String {
    let edits = change["edits"].as_array().expect("a list of edits");
    assert_eq!(edits.len(), 1, "{edits:?}");
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let offset = |position: &Value| {
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        starts[number(&position["line"])] + number(&position["character"])
    };
    let range = &edits[0]["range"];
    let mut text = text.to_owned();
    text.replace_range(
        offset(&range["start"])..offset(&range["end"]),
        edits[0]["newText"].as_str().unwrap(),
    );
    text
}

#[test]
fn a_comment_allows_what_is_on_its_line() {
    for encoding in ENCODINGS {
        let here = tempfile::tempdir().unwrap();
        let uri = uri(&here.path().join("api.py"));
        let mut client = client(here.path(), encoding, false);
        client.open(&uri, "python", SOURCE);
        assert_eq!(client.diagnostics(&uri, 1).len(), 2);
        let actions = fixes(&mut client, &uri, "499", encoding);
        let allow = titled(&actions, "Allow unknown-code on this line");
        assert_eq!(allow["kind"], "quickfix");
        assert_eq!(allow["diagnostics"][0]["code"], "unknown-code");
        assert!(allow.get("isPreferred").is_none(), "{allow}");
        let change = &allow["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({"uri": uri, "version": 1}));
        let edit = &change["edits"][0];
        let after = range_of(SOURCE, "499, '🦀')", encoding)["end"].clone();
        assert_eq!(edit["range"], json!({"start": after, "end": after}), "{encoding}");
        assert_eq!(edit["newText"], "  # statuslint: allow(unknown-code)");
        client.change(&uri, 2, &json!([{"range": edit["range"], "text": edit["newText"]}]));
        let left = client.diagnostics(&uri, 2);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0]["code"], "unused-code");
    }
}

#[test]
fn a_configuration_is_made_where_there_is_none() {
    for (title, made) in [
        ("Allow 499 in a new statuslint.toml", "allow = [499]\n"),
        ("Allow the codes of nginx in a new statuslint.toml", "vendors = [\"nginx\"]\n"),
        ("Turn off unknown-code in a new statuslint.toml", "[rules]\nunknown-code = \"off\"\n"),
    ] {
        let here = tempfile::tempdir().unwrap();
        let (document, file) =
            (uri(&here.path().join("api.py")), here.path().join("statuslint.toml"));
        let mut client = client(here.path(), "utf-16", true);
        client.open(&document, "python", SOURCE);
        assert_eq!(client.diagnostics(&document, 1).len(), 2);
        let actions = fixes(&mut client, &document, "499", "utf-16");
        let changes = &titled(&actions, title)["edit"]["documentChanges"];
        let create = json!({
            "kind": "create", "uri": uri(&file),
            "options": {"overwrite": false, "ignoreIfExists": true},
        });
        assert_eq!(changes[0], create);
        assert_eq!(changes[1]["textDocument"], json!({"uri": uri(&file), "version": null}));
        assert_eq!(edited("", &changes[1]), made);
        fs::write(&file, made).unwrap();
        client.notify("textDocument/didSave", &json!({"textDocument": {"uri": uri(&file)}}));
        let left = client.diagnostics(&document, 1);
        assert_eq!(left.len(), 1, "{title}");
        assert_eq!(left[0]["code"], "unused-code");
    }
}

#[test]
fn the_fix_comes_before_what_allows() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join(".statuslint.toml"), "").unwrap();
    let document = uri(&here.path().join("api.py"));
    let mut client = client(here.path(), "utf-16", false);
    client.open(&document, "python", SOURCE);
    let actions = fixes(&mut client, &document, "306", "utf-16");
    assert_eq!(
        titles(&actions),
        [
            "Allow unused-code on this line",
            "Allow 306 in .statuslint.toml",
            "Turn off unused-code in .statuslint.toml",
        ]
    );
    let actions = fixes(&mut client, &document, "499", "utf-16");
    let first = titles(&actions).iter().position(|title| title.starts_with("Allow"));
    let fixes = actions.iter().filter(|action| action.get("isPreferred").is_some()).count();
    assert_eq!(first, Some(fixes), "{:?}", titles(&actions));
}

#[test]
fn nothing_is_made_for_who_cannot_or_outside_of_all_folders() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (folder, creates, file) in [
        (here.path(), false, here.path().join("api.py")),
        (here.path(), true, there.path().join("api.py")),
    ] {
        let mut client = client(folder, "utf-16", creates);
        let document = uri(&file);
        client.open(&document, "python", SOURCE);
        let actions = fixes(&mut client, &document, "306", "utf-16");
        assert_eq!(titles(&actions), ["Allow unused-code on this line"]);
    }
    fs::write(here.path().join("statuslint.toml"), "allow = 7\n").unwrap();
    let mut client = client(here.path(), "utf-16", true);
    let document = uri(&here.path().join("api.py"));
    client.open(&document, "python", SOURCE);
    let actions = fixes(&mut client, &document, "306", "utf-16");
    assert_eq!(titles(&actions), ["Allow unused-code on this line"]);
}

#[test]
fn what_is_being_written_in_the_configuration_stays() {
    let here = tempfile::tempdir().unwrap();
    let file = here.path().join("statuslint.toml");
    fs::write(&file, "allow = [418]\n").unwrap();
    let document = uri(&here.path().join("api.py"));
    let mut client = client(here.path(), "utf-16", false);
    client.open(&document, "python", SOURCE);
    let written = "# 🦀\nallow = [\n  418, # 🦀\n]\n\n[rules] # none\n";
    client.open(&uri(&file), "toml", written);
    let actions = fixes(&mut client, &document, "306", "utf-16");
    let change = |title: &str| titled(&actions, title)["edit"]["documentChanges"][0].clone();
    let allow = change("Allow 306 in statuslint.toml");
    assert_eq!(allow["textDocument"], json!({"uri": uri(&file), "version": 1}));
    assert_eq!(edited(written, &allow), written.replace("🦀\n]", "🦀\n  306,\n]"));
    let off = change("Turn off unused-code in statuslint.toml");
    assert_eq!(edited(written, &off), format!("{written}unused-code = \"off\"\n"));
}
