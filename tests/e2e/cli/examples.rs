//! The examples of the repository: every mistake in them is found, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::{Folder, Outcome};

/// The binary, run on the examples as the README tells.
fn checked(format: &str) -> Outcome {
    let mut command =
        Folder::new(&[]).command(&["check", "--isolated", "--output-format", format, "examples/"]);
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap());
    Outcome::of(command)
}

#[test]
fn every_mistake_is_found_and_nothing_else() {
    let outcome = checked("concise");
    assert_eq!((outcome.status, outcome.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("examples", outcome.stdout);
}

#[test]
fn unused_and_reserved_codes_are_found_in_every_language() {
    let log = checked("json").json();
    let mut codes: BTreeMap<&str, BTreeSet<(u64, &str)>> = BTreeMap::new();
    for finding in log["findings"].as_array().unwrap() {
        let text = |key: &str| finding[key].as_str().unwrap();
        if let Some(code) = finding["code"].as_u64() {
            codes.entry(text("language")).or_default().insert((code, text("rule")));
        }
    }
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/languages/languages");
    let folders = std::fs::read_dir(folders).unwrap().map(|entry| entry.unwrap().file_name());
    // The file of TypeScript stands for TSX.
    for language in folders.filter(|id| id != "tsx") {
        let language = language.to_str().unwrap();
        let found = codes.get(language);
        for wanted in [(306, "unused-code"), (402, "reserved-code")] {
            assert!(found.is_some_and(|it| it.contains(&wanted)), "{language}: {wanted:?}");
        }
    }
}
