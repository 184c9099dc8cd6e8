//! What an editor's settings say counts where the project says nothing, and is read as the file is.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests, too")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use statuslint_config::{Configs, Overrides, PREFERENCES, Preferences};
use statuslint_languages::Language;
use statuslint_lint::Settings;

/// Every key, in JSON and in TOML.
const FULL: &str = r#"
vendors = ["nginx"]
allow = [402, 299]
exclude = ["vendor/**"]
evidence = "likely"
test-severity = "off"
rules = { unknown-code = "hint", unused-code = "off" }
call = [{ name = "respond_with", argument = 1 }, { name = "fail", keyword = "status" }]
name = [{ pattern = "rc" }]
code = [{ code = 470, name = "Tenant Suspended" }]

[[override]]
paths = ["src/**"]
vendors = ["cloudflare"]
allow = [298]
evidence = "certain"
test-severity = "hint"
rules = { unknown-code = "off", magic-code = "error" }
"#;

fn full() -> Value {
    toml::from_str(FULL).unwrap()
}

fn preferences(said: &Value) -> Preferences {
    let (preferences, complaints) = Preferences::read(said.as_object().unwrap().clone());
    assert_eq!(complaints, []);
    preferences
}

fn settings(configs: &Configs, path: &Path) -> Settings {
    let python = Language::from_id("python").unwrap();
    configs.for_path(path).unwrap().settings(path, python, &Overrides::default())
}

/// The settings of a file of a project with this configuration and of a user with these preferences.
fn both(file: Option<&str>, said: &Value, path: &str) -> (Settings, bool) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::create_dir(root.join(".git")).unwrap();
    if let Some(file) = file {
        fs::write(root.join("statuslint.toml"), file).unwrap();
    }
    let configs = Configs::discover().with_preferences(preferences(said));
    let excluded = configs.for_folder(&root).unwrap().excludes(&root.join("vendor/a.py"));
    (settings(&configs, &root.join(path)), excluded)
}

fn assert_same(left: &(Settings, bool), right: &(Settings, bool), what: &str) {
    assert_eq!(format!("{left:?}"), format!("{right:?}"), "{what}");
}

#[test]
fn every_key_means_what_it_means_in_the_file() {
    assert_eq!(full().as_object().unwrap().len(), PREFERENCES.len());
    for path in ["src/app.py", "app.py"] {
        let alone = both(None, &full(), path);
        assert_same(&alone, &both(Some(FULL), &json!({}), path), path);
        assert!(alone.1 && alone.0.codes.len() == 1, "{alone:?}");
    }
}

#[test]
fn what_the_file_says_wins_key_by_key() {
    for (said, contrary) in [
        ("vendors = []", json!({"vendors": ["nginx"]})),
        ("allow = [418]", json!({"allow": [402]})),
        ("exclude = []", json!({"exclude": ["vendor"]})),
        ("evidence = \"certain\"", json!({"evidence": "likely"})),
        ("test-severity = \"hint\"", json!({"test-severity": "off"})),
        ("rules.magic-code = \"hint\"", json!({"rules": {"magic-code": "error"}})),
        (
            "call = [{ name = \"a\", argument = 0 }]",
            json!({"call": [{"name": "b", "argument": 1}]}),
        ),
        ("name = []", json!({"name": [{"pattern": "rc"}]})),
        ("code = []", json!({"code": [{"code": 470, "name": "Tenant Suspended"}]})),
        ("allow = [418]", json!({"override": [{"paths": ["**"], "allow": [402]}]})),
        (
            "override = [{ paths = [\"src\"], rules = { magic-code = \"off\" } }]",
            json!({
                "rules": {"magic-code": "hint"},
                "override": [{"paths": ["**"], "rules": {"magic-code": "hint"}}],
            }),
        ),
    ] {
        let file = both(Some(said), &json!({}), "src/app.py");
        assert_same(&both(Some(said), &contrary, "src/app.py"), &file, said);
        // What is contrary is no empty word.
        let without = both(None, &contrary, "src/app.py");
        assert_ne!(format!("{without:?}"), format!("{:?}", both(None, &json!({}), "src/app.py")));
    }
    // An override counts where it is for the file, each rule is a key, and the rest is the user's.
    let file = "rules.magic-code = \"hint\"\noverride = [{ paths = [\"tests\"], allow = [418] }]";
    let user = json!({"rules": {"magic-code": "off", "unknown-code": "off"}, "allow": [402]});
    let (settings, _) = both(Some(file), &user, "src/app.py");
    let (expected, _) = both(
        Some("rules = { magic-code = \"hint\", unknown-code = \"off\" }\nallow = [402]"),
        &json!({}),
        "src/app.py",
    );
    assert_eq!(format!("{settings:?}"), format!("{expected:?}"));
}

#[test]
fn patterns_count_from_the_folder_they_are_said_for() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::create_dir(root.join("inner")).unwrap();
    fs::write(root.join("inner/statuslint.toml"), "").unwrap();
    let user = preferences(&json!({"exclude": ["/inner/a.py"]})).in_folder(&root);
    let configs = Configs::discover().with_preferences(user);
    let excludes = |path: &str| {
        let path = root.join(path);
        configs.for_path(&path).unwrap().excludes(&path)
    };
    assert_eq!((excludes("inner/a.py"), excludes("a.py")), (true, false));
}

#[test]
fn mistakes_are_told_by_their_keys() {
    for (said, told) in [
        (json!({"vendors": "x"}), "vendors: expected an array such as [\"nginx\"], found a string"),
        (
            json!({"vendors": ["nginx", "ngnix"]}),
            "vendors[1]: there is no vendor catalogue \"ngnix\"; did you mean \"nginx\"?",
        ),
        (
            json!({"allow": [u64::MAX]}),
            "allow[0]: 18446744073709551615 is out of range; use 0 to 65535",
        ),
        (
            json!({"rules": []}),
            "rules: expected an object such as { \"magic-code\": \"hint\" }, found an array",
        ),
        (json!({"call": {}}), "call: expected an array of objects, found an object"),
        (json!({"call": [7]}), "call[0]: expected an object, found a whole number"),
        (
            json!({"call": [{"name": "f"}]}),
            "call[0]: does not say where the status is: \"argument\": 0 (the first)",
        ),
        (
            json!({"code": [{"code": 470}]}),
            "code[0]: lacks the meaning: \"name\": \"Tenant Suspended\"",
        ),
        (json!({"name": [{"patern": "x"}]}), "name[0]: lacks the identifier: \"pattern\": \"rc\""),
        (
            json!({"override": [{"paths": ["**"]}, {"rules": {}}]}),
            "override[1]: does not say for which files: \"paths\": [\"tests/**\"]",
        ),
    ] {
        let (_, complaints) = Preferences::read(said.as_object().unwrap().clone());
        let wrong: Vec<_> = complaints.iter().filter(|complaint| !complaint.is_unknown).collect();
        let [complaint] = wrong[..] else { panic!("{said}: {complaints:?}") };
        assert_eq!(format!("{}: {}", complaint.key, complaint.message), told);
    }
}
