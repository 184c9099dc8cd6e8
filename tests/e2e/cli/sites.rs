//! `sites`: the raw detection.

use serde_json::{Value, json};

use crate::Folder;

#[test]
fn the_list_reads_well() {
    let outcome = Folder::sample().run(&["sites"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(outcome.stdout, @r"
    src/clean.rs:4:17  200  name emit certain  StatusCode::OK  OK
    src/clean.rs:4:41  404  name emit certain  StatusCode::NOT_FOUND  Not Found
    src/pay.py:4:33  402  number emit certain  402  Payment Required
    wrong.go:6:50  2000  number emit certain  2000
    wrong.go:7:16  209  number emit certain  209
    ");
}

#[test]
fn concise_is_text() {
    let folder = Folder::sample();
    let concise = folder.run(&["sites", "--output-format", "concise"]).stdout;
    assert_eq!(concise, folder.run(&["sites"]).stdout);
}

#[test]
fn json_has_every_field() {
    let source =
        r#"{"openapi": "3.0.0", "paths": {"/a": {"get": {"responses": {"4XX": {}, "404": {}}}}}}"#;
    let byte = source.find("\"404\"").unwrap();
    let folder = Folder::new(&[("openapi.json", source)]);
    let outcome = folder.run(&["sites", "--output-format", "json"]);
    let sites = &outcome.json()["sites"];
    assert_eq!((&sites[0]["code"], &sites[0]["class"]), (&Value::Null, &json!(4)));
    assert_eq!(
        sites[1],
        json!({
            "path": "openapi.json", "text": "\"404\"", "kind": "string", "code": 404,
            "role": "declare", "language": "json", "api": "openapi", "evidence": "certain",
            "start": {"line": 1, "column": byte + 1, "byte": byte},
            "end": {"line": 1, "column": byte + 6, "byte": byte + 5},
        })
    );
    let lines = folder.run(&["sites", "--output-format", "jsonl"]).stdout;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(sites, &Value::Array(lines));
}

#[test]
fn evidence_can_be_asked_for() {
    let source = "# an HTTP code\ndef check(code):\n    return code == 404\n";
    let folder = Folder::new(&[("likely.py", source)]);
    let number = |options: &[&str]| {
        let outcome = folder.run(&[&["sites", "--output-format", "jsonl"], options].concat());
        outcome.stdout.lines().count()
    };
    assert_eq!(number(&[]), 1);
    assert_eq!(number(&["--evidence", "likely"]), 1);
    assert_eq!(number(&["--evidence", "certain"]), 0);
}

#[test]
fn functions_of_other_files_are_known() {
    let helper = "export function deny(reply, reason, statusCode) {\n  reply.end(reason);\n}\n";
    let caller = "import { deny } from './deny.js';\n\nexport const closed = (reply) => deny(reply, 'closed', 200);\n";
    let folder = Folder::new(&[("src/deny.js", helper), ("src/caller.js", caller)]);
    let sites = |folder: &Folder| folder.run(&["sites", "--output-format", "jsonl"]).stdout;
    // Nothing shows HTTP, and 200 is a round number.
    assert!(sites(&folder).contains("\"evidence\":\"likely\""), "{}", sites(&folder));
    folder.write("src/caller.js", caller.replace("200", "451").as_bytes());
    let found = sites(&folder);
    assert!(found.contains("\"code\":451") && found.contains("\"api\":\"project\""), "{found}");
    // A function of another project is another function.
    let folder = Folder::new(&[
        ("a/package.json", "{}"),
        ("a/deny.js", helper),
        ("b/package.json", "{}"),
        ("b/caller.js", &caller.replace("200", "451")),
    ]);
    assert_eq!(sites(&folder).lines().count(), 0);
}
