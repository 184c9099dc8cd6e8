//! The formats as the binary writes them.

use serde_json::{Value, json};

use crate::Folder;

/// All of them.
pub(crate) const FORMATS: [&str; 9] =
    ["text", "concise", "json", "jsonl", "github", "sarif", "gitlab", "junit", "checkstyle"];

#[test]
fn the_list_above_is_that_of_the_binary() {
    let outcome = Folder::new(&[]).run(&["check", "--output-format", "none"]);
    let (_, list) = outcome.stderr.split_once("[possible values: ").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    let list: Vec<_> = list.split(", ").map(str::trim).collect();
    assert_eq!(list, FORMATS);
}

fn written(format: &str) -> String {
    let outcome = Folder::sample().run(&["check", "--output-format", format]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (1, ""), "{format}");
    outcome.stdout
}

#[test]
fn formats_for_people_read_well() {
    insta::assert_snapshot!("check_text", written("text"));
    insta::assert_snapshot!("check_concise", written("concise"));
    insta::assert_snapshot!("check_github", written("github"));
}

#[test]
fn json_counts_lines_and_columns_from_one_and_bytes_from_the_start_of_the_file() {
    let log: Value = serde_json::from_str(&written("json")).unwrap();
    assert_eq!(log["version"], 1);
    assert_eq!(
        log["summary"],
        json!({"files": 3, "findings": 3, "error": 1, "warning": 2, "info": 0, "hint": 0})
    );
    let finding = &log["findings"][1];
    assert_eq!(finding["path"], "wrong.go");
    assert_eq!(finding["rule"], "invalid-code");
    assert_eq!((&finding["code"], &finding["severity"]), (&json!(2000), &json!("error")));
    assert_eq!((&finding["language"], &finding["evidence"]), (&json!("go"), &json!("certain")));
    let source = crate::folder::WRONG;
    let byte = source.find("2000").unwrap();
    assert_eq!(finding["start"], json!({"line": 6, "column": 50, "byte": byte}));
    assert_eq!(finding["end"], json!({"line": 6, "column": 54, "byte": byte + 4}));
    assert!(finding["url"].as_str().unwrap().ends_with("/invalid_code.md"));
}

#[test]
fn the_edits_of_a_fix_are_bytes_of_the_file() {
    let source = "\u{feff}openapi: 3.0.0\npaths:\n  /ü:\n    get:\n      responses:\n        '4xx':\n          description: no\n";
    let folder = Folder::new(&[("openapi.yaml", source)]);
    let log = folder.run(&["check", "--output-format", "json"]).json();
    let finding = &log["findings"][0];
    let fix = &finding["fixes"][0];
    assert_eq!(fix["safety"], "safe", "{log}");
    let edit = &fix["edits"][0];
    let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
    let mut mended = source.to_owned();
    mended.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
    assert_eq!(mended, source.replace("4xx", "4XX"));
}

#[test]
fn jsonl_has_the_findings_of_json() {
    let log: Value = serde_json::from_str(&written("json")).unwrap();
    let lines: Vec<Value> =
        written("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(log["findings"], Value::Array(lines));
}

#[test]
fn sarif_says_the_same_as_json() {
    let log: Value = serde_json::from_str(&written("json")).unwrap();
    let sarif: Value = serde_json::from_str(&written("sarif")).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(
        (&sarif["version"], &run["columnKind"]),
        (&json!("2.1.0"), &json!("unicodeCodePoints"))
    );
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = run["results"].as_array().unwrap();
    let findings = log["findings"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(findings) {
        assert_eq!((&result["ruleId"], &result["level"]), (&finding["rule"], &finding["severity"]));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], finding["path"]);
        let (start, end) = (&finding["start"], &finding["end"]);
        let length = end["byte"].as_u64().unwrap() - start["byte"].as_u64().unwrap();
        assert_eq!(
            place["region"],
            json!({
                "startLine": start["line"], "startColumn": start["column"],
                "endLine": end["line"], "endColumn": end["column"],
                "byteOffset": start["byte"], "byteLength": length,
            })
        );
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        let rule = &run["tool"]["driver"]["rules"][index];
        assert_eq!((&rule["id"], &rule["helpUri"]), (&finding["rule"], &finding["url"]));
    }
}

#[test]
fn a_file_gets_what_standard_output_would() {
    let folder = Folder::sample();
    for format in FORMATS {
        let shown = folder.run(&["check", "--output-format", format]);
        // The file is in the tree that is checked, and of a language we know.
        let outcome = folder.run(&["check", "--output-format", format, "-o", "out.json"]);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (1, ""), "{format}");
        assert_eq!(folder.read("out.json"), shown.stdout, "{format}");
        std::fs::remove_file(folder.path().join("out.json")).unwrap();
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::sample();
    for number in 0..40 {
        folder.write(&format!("many/{number}.go"), crate::folder::WRONG.as_bytes());
    }
    let one = folder.run(&["check", "-j", "1", "--output-format", "jsonl"]).stdout;
    assert_eq!(one.lines().count(), 83);
    for jobs in ["2", "5", "16"] {
        let many = folder.run(&["check", "-j", jobs, "--output-format", "jsonl"]).stdout;
        assert_eq!(one, many, "{jobs}");
    }
}
