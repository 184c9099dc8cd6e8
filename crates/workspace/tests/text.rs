//! Checking one text.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use statuslint_config::{Configs, Overrides};
use statuslint_languages::Language;
use statuslint_workspace::{
    Checked, Manifests, Options, Problem, check_bytes, check_text, run, with_stack,
};

fn check(path: &Path, bytes: &[u8]) -> Result<Option<Checked>, Problem> {
    check_bytes(path, bytes, None, &Configs::discover(), &Overrides::default())
}

#[test]
fn a_text_is_checked_as_the_file_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.py");
    let text = "\u{feff}import requests\nassert requests.get(url).status_code == 404\n";
    fs::write(&path, text).unwrap();
    fs::write(folder.path().join("statuslint.toml"), "allow = [404]").unwrap();
    let of_file = run(&Options { paths: vec![path.clone()], ..Options::default() });
    let [of_file] = &of_file.files[..] else { panic!("one file: {of_file:?}") };
    let of_text = check(&path, text.as_bytes()).unwrap().unwrap();
    assert_eq!(of_text.path, of_file.path);
    assert_eq!(of_text.text, of_file.text);
    assert_eq!(of_text.report, of_file.report);
    assert_eq!(of_text.settings.allow, of_file.settings.allow);
    assert_eq!(of_text.settings.context.path, "app.py");
}

#[test]
fn the_language_can_be_given() {
    let (configs, overrides) = (Configs::isolated(), Overrides::default());
    let given = |language| {
        check_text(
            Path::new("untitled:1"),
            Arc::default(),
            language,
            &configs,
            &overrides,
            &Manifests::default(),
            &Arc::default(),
        )
        .unwrap()
    };
    assert!(given(None).is_none());
    let go = Language::from_id("go");
    assert_eq!(given(go).and_then(|checked| checked.language), go);
}

#[test]
fn bytes_that_are_no_text_are_a_note() {
    for (bytes, message) in [
        (&b"\xE9"[..], "a.py: is not UTF-8, skipped"),
        (b"\xFF\xFE4\0", "a.py: is not UTF-8 but UTF-16, skipped"),
        (b"\0", "a.py: is binary, skipped"),
    ] {
        let problem = check(Path::new("./a.py"), bytes).unwrap_err();
        assert_eq!(problem.to_string(), message);
    }
}

#[test]
fn a_bad_configuration_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("statuslint.toml"), "evidence = 1").unwrap();
    let problem = check(&folder.path().join("a.py"), b"").unwrap_err();
    assert_eq!(problem.place.map(|place| (place.line, place.column)), Some((1, 12)));
    assert!(problem.path.ends_with("statuslint.toml"));
}

#[test]
fn nesting_does_not_overflow_the_stack() {
    let nested = format!("x = {}{}\n", "(".repeat(100_000), ")".repeat(100_000));
    assert!(check(Path::new("deep.py"), nested.as_bytes()).unwrap().is_some());
    assert_eq!(with_stack(|| 7), 7);
}
