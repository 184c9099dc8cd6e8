//! What fails on one document must not cost another: failpoints make each rule fail.

#![cfg(debug_assertions)]

use serde_json::Value;

use crate::Folder;
use crate::folder::RESERVED;

/// So many files are checked in all.
const FILES: usize = 1_000;

/// The names of all rules.
fn rules(folder: &Folder) -> Vec<String> {
    let listed = folder.run(&["rules", "--output-format", "json"]).json();
    let rules = listed["rules"].as_array().unwrap();
    rules.iter().map(|rule| rule["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_rule_that_fails_costs_only_its_document() {
    let folder = Folder::new(&[]);
    for number in 0..FILES {
        folder.write(&format!("{number:04}.py"), RESERVED.as_bytes());
    }
    let before = folder.run(&["check", "--output-format", "json"]).json();
    assert_eq!(before["findings"].as_array().unwrap().len(), FILES);
    let rules = rules(&folder);
    assert!(rules.len() > 20, "{rules:?}");
    let poisoned: Vec<String> =
        (0..rules.len()).map(|number| format!("{:04}.py", number * 37)).collect();
    for (path, rule) in poisoned.iter().zip(&rules) {
        let text = format!("# statuslint-failpoint: {rule}\n{RESERVED}");
        folder.write(path, text.as_bytes());
    }
    let outcome = folder.run(&["check", "--output-format", "json"]);
    assert_eq!(outcome.status, 2);
    let after = outcome.json();
    let is_poisoned = |it: &Value| poisoned.iter().any(|path| it["path"] == path.as_str());
    let left: Vec<&Value> =
        before["findings"].as_array().unwrap().iter().filter(|it| !is_poisoned(it)).collect();
    assert_eq!(after["findings"].as_array().unwrap().iter().collect::<Vec<_>>(), left);
    let errors = after["errors"].as_array().unwrap();
    assert_eq!(errors.len(), poisoned.len());
    for (error, (path, rule)) in errors.iter().zip(poisoned.iter().zip(&rules)) {
        assert_eq!(&error["path"], path.as_str());
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&format!("asks {rule} to fail")), "{message}");
    }
}
