//! SARIF 2.1.0, by the schema of the standard as the package of the crate serde-sarif holds it.
//!
//! Its types would not do: they take fields the standard does not know.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::schema::Schema;
use super::{Said, slashed, subjects};

/// Where cargo put the package; it is there, for the tests were built with it.
fn package() -> PathBuf {
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        let output = command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let version = cargo(&["--version", "--verbose"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata =
        cargo(&["metadata", "--format-version=1", "--offline", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    PathBuf::from(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

fn schema() -> Schema {
    let text = std::fs::read_to_string(package().join("src/schema.json")).unwrap();
    let mut schema = serde_json::from_str(&text).unwrap();
    // Two patterns have a bracket too many and are no patterns to a validator; what they are of,
    // the language of messages, is not written.
    for owner in ["run", "toolComponent"] {
        let language = format!("/definitions/{owner}/properties/language");
        let language: &mut Value = Value::pointer_mut(&mut schema, &language).unwrap();
        assert_eq!(language["pattern"], "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
        language.as_object_mut().unwrap().remove("pattern");
    }
    Schema::new(&schema)
}

/// A path as it was before it became part of a URI.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first == b'%' {
            let digits = std::str::from_utf8(&tail[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Path, line and column of the first location.
fn place(result: &Value) -> (String, Option<u64>, Option<u64>) {
    let place = &result["locations"][0]["physicalLocation"];
    let path = decoded(place["artifactLocation"]["uri"].as_str().unwrap());
    let region = &place["region"];
    (path, region["startLine"].as_u64(), region["startColumn"].as_u64())
}

#[test]
fn the_log_is_as_the_standard_has_it_and_says_what_json_says() {
    let schema = schema();
    for subject in subjects() {
        let log: Value = serde_json::from_str(&subject.written("sarif")).unwrap();
        schema.accepts(&log, subject.name);
        let said = Said::of(&subject);
        let levels =
            [("error", "error"), ("warning", "warning"), ("info", "note"), ("hint", "note")];
        let expected = said.mapped(levels, |it, level| {
            let place = (slashed(&it.path), Some(it.start.0), Some(it.start.1));
            (place, it.rule.clone(), level.to_owned(), it.joined("\n"))
        });
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap().iter().map(|it| {
            let text = |pointer| it.pointer(pointer).unwrap().as_str().unwrap().to_owned();
            (place(it), text("/ruleId"), text("/level"), text("/message/text"))
        });
        assert_eq!(results.collect::<Vec<_>>(), expected, "{}", subject.name);
        let notifications = run["invocations"][0]["toolExecutionNotifications"].as_array();
        let errors = notifications
            .unwrap()
            .iter()
            .filter(|it| it["level"] == "error")
            .map(|it| (place(it), it["message"]["text"].as_str().unwrap().to_owned()));
        let expected = said
            .errors
            .iter()
            .map(|it| ((slashed(&it.path), it.line, it.column), it.message.clone()));
        assert_eq!(errors.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{}", subject.name);
    }
}

#[test]
fn the_schema_refuses_what_the_standard_does_not_know() {
    let schema = schema();
    let subject = subjects().remove(0);
    let log: Value = serde_json::from_str(&subject.written("sarif")).unwrap();
    for (pointer, wrong) in [
        ("/version", Value::from("2.0.0")),
        ("/runs/0/results/0", serde_json::json!({"ruleId": "no message"})),
        ("/runs/0/results/0/level", Value::from("hint")),
        ("/runs/0/results/0/locations/0", serde_json::json!({"place": {}})),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", Value::from(0)),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", Value::from("a b")),
    ] {
        let mut log = log.clone();
        *log.pointer_mut(pointer).unwrap() = wrong;
        assert!(!schema.is_valid(&log), "{pointer}");
    }
}
