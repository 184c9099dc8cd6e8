//! What the command line finds, and how the server says the same.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use statuslint_tests::binary;

use crate::place::range;

/// What the command line finds in the files of a folder, by path.
pub(crate) fn in_folder(folder: &Path) -> BTreeMap<String, Vec<Value>> {
    let mut findings: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for finding in check(folder, &["."], "") {
        let path = finding["path"].as_str().unwrap().trim_start_matches("./").to_owned();
        findings.entry(path).or_default().push(finding);
    }
    findings
}

/// What the command line finds in a text that is given on standard input, under this path.
pub(crate) fn in_text(folder: &Path, path: &str, text: &str) -> Vec<Value> {
    check(folder, &["-", "--stdin-filename", path], text)
}

/// The findings that a check in a folder reports.
fn check(folder: &Path, what: &[&str], text: &str) -> Vec<Value> {
    let mut command = Command::new(binary());
    command.args(["check", "--output-format", "json"]).args(what).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    // Who takes nothing from standard input closes it.
    let _ = writer.join().unwrap();
    let mut report: Value = serde_json::from_slice(&output.stdout).unwrap();
    match report["findings"].take() {
        Value::Array(findings) => findings,
        other => panic!("{what:?} in {}: {other}", folder.display()),
    }
}

/// A finding of the command line as the server's diagnostic.
pub(crate) fn as_diagnostic(finding: &Value, text: &str, encoding: &str) -> Value {
    let severities = ["error", "warning", "info", "hint"];
    let severity = severities.iter().position(|&it| finding["severity"] == it).unwrap() + 1;
    let mut diagnostic = json!({
        "range": range(text, &bytes(&finding["start"]["byte"], &finding["end"]["byte"]), encoding),
        "severity": severity,
        "code": finding["rule"],
        "codeDescription": {"href": finding["url"]},
        "source": "statuslint",
        "message": finding["message"],
    });
    if finding["rule"] == "deprecated-code" {
        diagnostic["tags"] = json!([2]);
    }
    diagnostic
}

/// The fixes of a finding as the server's code actions.
pub(crate) fn as_actions(finding: &Value, text: &str, encoding: &str, uri: &str) -> Vec<Value> {
    let fixes = finding["fixes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let edit = |edit: &Value| {
        let range = range(text, &bytes(&edit["start"], &edit["end"]), encoding);
        json!({"range": range, "newText": edit["text"]})
    };
    let action = |(index, fix): (usize, &Value)| {
        let edits: Vec<_> = fix["edits"].as_array().unwrap().iter().map(edit).collect();
        json!({
            "title": fix["title"],
            "kind": "quickfix",
            "diagnostics": [as_diagnostic(finding, text, encoding)],
            "edit": {"changes": {uri: edits}},
            "isPreferred": index == 0 && fix["safety"] == "safe",
        })
    };
    fixes.iter().enumerate().map(action).collect()
}

fn bytes(start: &Value, end: &Value) -> Range<usize> {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    number(start)..number(end)
}
