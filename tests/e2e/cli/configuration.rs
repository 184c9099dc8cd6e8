//! The options that choose the configuration, and what is wrong with one.

use crate::Folder;

#[test]
fn the_configuration_is_found_chosen_or_left_out() {
    let folder = Folder::sample();
    folder.write("statuslint.toml", b"[rules]\nreserved-code = \"off\"\n");
    folder.write("other.toml", b"[rules]\nreserved-code = \"error\"\n");
    for (options, severity) in [
        (&[][..], None),
        (&["--isolated"], Some("warning")),
        (&["--config", "other.toml"], Some("error")),
    ] {
        let outcome = folder.run(&[&["check", "src", "--output-format", "json"], options].concat());
        let severities = outcome.json()["findings"][0]["severity"].as_str().map(str::to_owned);
        assert_eq!(severities.as_deref(), severity, "{options:?}");
    }
}

#[test]
fn a_wrong_value_names_file_line_and_key() {
    let folder = Folder::sample();
    folder.write("src/statuslint.toml", b"[rules]\n\nreserved-code = \"loud\"\n");
    let outcome = folder.run(&["check", "--output-format", "concise"]);
    assert_eq!(outcome.status, 2);
    let place = if cfg!(windows) { "src\\statuslint.toml:3:" } else { "src/statuslint.toml:3:" };
    assert!(outcome.stderr.contains(place), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("reserved-code"), "{}", outcome.stderr);
    // What the broken configuration does not concern is still checked.
    assert!(outcome.rules().contains(&("wrong.go", "invalid-code")), "{}", outcome.stdout);
}

#[test]
fn a_wrong_value_in_a_chosen_file_names_file_line_and_key() {
    let folder = Folder::sample();
    folder.write("other.toml", b"evidence = 7\n");
    for input in [&["check", "--config", "other.toml"][..], &["sites", "--config", "other.toml"]] {
        let outcome = folder.run(input);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""));
        assert!(outcome.stderr.contains("other.toml:1:"), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("evidence"), "{}", outcome.stderr);
    }
    let missing = folder.run(&["check", "--config", "missing.toml"]);
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("missing.toml"), "{}", missing.stderr);
}

#[test]
fn an_unknown_key_is_a_warning_with_its_place() {
    let folder = Folder::sample();
    folder.write("statuslint.toml", b"evidense = \"likely\"\n");
    let outcome = folder.run(&["check", "src/clean.rs"]);
    assert_eq!(outcome.status, 0);
    assert!(outcome.stderr.starts_with("warning: "), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("statuslint.toml:1:1"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("evidense"), "{}", outcome.stderr);
    assert_eq!(folder.run(&["check", "src/clean.rs", "-q"]).stderr, "");
}

#[test]
fn an_unknown_rule_is_a_mistake_with_a_suggestion() {
    let folder = Folder::sample();
    for option in ["--select", "--ignore"] {
        let outcome = folder.run(&["check", option, "unknwon-code"]);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""));
        assert!(outcome.stderr.contains("unknwon-code"), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("unknown-code"), "{}", outcome.stderr);
    }
}
