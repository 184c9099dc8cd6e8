//! What can be done with a status: a constant for a number, the number for a constant, the nearest
//! code for one that nobody registered.

use std::process::Command;

use serde_json::{Value, json};
use statuslint_tests::binary;

use crate::client::{Client, uri};
use crate::place::range_of;

const PYTHON: &str = "\
from fastapi import FastAPI, HTTPException
from http import HTTPStatus

app = FastAPI()


def missing(name: str):
    raise HTTPException(404, name)


def gone(response):
    return response.status_code == HTTPStatus.GONE


def odd(response):
    response.status_code = 209
";

/// The actions offered at a piece of the document, as titles, kinds and the text they make of it.
fn offered(at: &str) -> Vec<(String, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("app.py"));
    let mut client = Client::with_encoding(folder.path(), "utf-16");
    client.open(&uri, "python", PYTHON);
    let range = range_of(PYTHON, at, "utf-16");
    let cursor = json!({"start": range["end"], "end": range["end"]});
    let place = json!({"range": cursor, "context": {"diagnostics": []}});
    let actions = client.ask("textDocument/codeAction", &uri, &place);
    let text = |key: &Value| key.as_str().unwrap_or_default().to_owned();
    let all = actions.as_array().expect("a list of actions").iter();
    all.map(|action| {
        let made = edited(&action["edit"]["changes"][uri.as_str()]);
        (text(&action["title"]), text(&action["kind"]), made)
    })
    .collect()
}

/// The document with edits made; each is within a line, and of ASCII.
fn edited(edits: &Value) -> String {
    let starts: Vec<usize> =
        std::iter::once(0).chain(PYTHON.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let offset = |position: &Value| {
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        starts[number(&position["line"])] + number(&position["character"])
    };
    let mut text = PYTHON.to_owned();
    for edit in edits.as_array().expect("a list of edits").iter().rev() {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().unwrap());
    }
    text
}

#[test]
fn a_number_becomes_the_constant_of_the_library_with_its_import() {
    let expected = PYTHON
        .replace("FastAPI, HTTPException", "FastAPI, HTTPException, status")
        .replace("404", "status.HTTP_404_NOT_FOUND");
    let title = "Replace 404 with status.HTTP_404_NOT_FOUND and import it".to_owned();
    assert_eq!(offered("404"), [(title, "refactor.rewrite".to_owned(), expected)]);
}

#[test]
fn a_constant_becomes_the_number() {
    let expected = PYTHON.replace("HTTPStatus.GONE", "410");
    let title = "Replace HTTPStatus.GONE with 410".to_owned();
    assert_eq!(offered("HTTPStatus.GONE"), [(title, "refactor.rewrite".to_owned(), expected)]);
}

#[test]
fn an_unknown_code_becomes_the_nearest() {
    let expected = PYTHON.replace("209", "208");
    let title = "Replace 209 with 208 Already Reported".to_owned();
    let kind = "quickfix".to_owned();
    let allowed = PYTHON.replace("= 209", "= 209  # statuslint: allow(unknown-code)");
    let allow = ("Allow unknown-code on this line".to_owned(), kind.clone(), allowed);
    assert_eq!(offered("209"), [(title, kind, expected), allow]);
}

#[test]
fn the_command_line_makes_the_same_change() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("app.py"), PYTHON).unwrap();
    std::fs::write(folder.path().join("statuslint.toml"), "[rules]\nmagic-code = \"warning\"\n")
        .unwrap();
    let mut command = Command::new(binary());
    command.args(["check", "--output-format", "json", "."]).current_dir(folder.path());
    let report: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let own: Vec<_> = findings.iter().filter(|it| it["rule"] == "magic-code").collect();
    assert_eq!(own.len(), 1, "{report:#}");
    let fix = &own[0]["fixes"][0];
    let mut text = PYTHON.to_owned();
    for edit in fix["edits"].as_array().unwrap().iter().rev() {
        let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
        text.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
    }
    let (title, _, made) = offered("404").into_iter().next().unwrap();
    assert_eq!((text, fix["title"].as_str()), (made, Some(title.as_str())));
}

#[test]
fn all_safe_fixes_come_at_once_for_who_asks() {
    let allowance = "    # statuslint: allow(reserved-code, unused-code)\n";
    let text = PYTHON.replacen("    return", &format!("{allowance}    return"), 1);
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("app.py"));
    let mut client = Client::with_encoding(folder.path(), "utf-16");
    client.open(&uri, "python", &text);
    let mut ask = |context: Value| {
        let place = json!({"range": range_of(&text, "app = ", "utf-16"), "context": context});
        client.ask("textDocument/codeAction", &uri, &place)
    };
    let line = text[..text.find(allowance).unwrap()].matches('\n').count();
    let range = json!({
        "start": {"line": line, "character": 0}, "end": {"line": line + 1, "character": 0},
    });
    let all = json!({
        "title": "Apply all safe fixes of statuslint",
        "kind": "source.fixAll.statuslint",
        "edit": {"changes": {uri.as_str(): [{"range": range, "newText": ""}]}},
    });
    for kind in ["source.fixAll", "source.fixAll.statuslint"] {
        assert_eq!(ask(json!({"diagnostics": [], "only": [kind]})), json!([all]));
    }
    let others = json!({"diagnostics": [], "only": ["source.fixAll.other"]});
    assert!(ask(others).as_array().is_none_or(Vec::is_empty));
    assert!(!ask(json!({"diagnostics": []})).to_string().contains("fixAll"));
}
