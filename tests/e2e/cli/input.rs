//! Standard input, and lists of files.

use crate::Folder;
use crate::folder::{CLEAN, RESERVED, WRONG};

#[test]
fn standard_input_is_checked_under_its_name() {
    let folder = Folder::new(&[]);
    let arguments = ["check", "--output-format", "concise", "--stdin-filename", "src/app.py", "-"];
    let outcome = folder.run_with_input(&arguments, RESERVED.as_bytes());
    assert_eq!(outcome.status, 1, "{outcome:?}");
    assert_eq!(outcome.rules(), [("src/app.py", "reserved-code")]);
    assert!(outcome.stdout.starts_with("src/app.py:4:33: warning[reserved-code]: "));
}

#[test]
fn standard_input_is_judged_like_the_file() {
    let folder = Folder::new(&[("wrong.go", WRONG)]);
    let file = folder.run(&["check", "wrong.go", "--output-format", "json"]);
    let arguments = ["check", "--output-format", "json", "--stdin-filename", "wrong.go", "-"];
    assert_eq!(folder.run_with_input(&arguments, WRONG.as_bytes()).stdout, file.stdout);
}

#[test]
fn the_configuration_holds_for_standard_input() {
    let folder = Folder::new(&[]);
    folder.write("src/statuslint.toml", b"[rules]\nreserved-code = \"off\"\n");
    for (name, status) in [("src/app.py", 0), ("app.py", 1)] {
        let arguments = ["check", "--stdin-filename", name, "-"];
        assert_eq!(folder.run_with_input(&arguments, RESERVED.as_bytes()).status, status, "{name}");
    }
}

#[test]
fn the_language_of_standard_input_must_be_known() {
    let folder = Folder::new(&[]);
    let nameless = folder.run_with_input(&["check", "-"], CLEAN.as_bytes());
    assert_eq!(nameless.status, 2);
    assert!(nameless.stderr.contains("--stdin-filename"), "{}", nameless.stderr);
    let script = "#!/usr/bin/env python3\n".to_owned() + RESERVED;
    let script = folder.run_with_input(&["check", "-"], script.as_bytes());
    assert_eq!(script.status, 1, "{script:?}");
    let unknown = folder.run_with_input(&["check", "--stdin-filename", "notes.txt", "-"], b"404\n");
    assert_eq!(unknown.status, 0);
    assert!(unknown.stderr.contains("notes.txt"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("No files to check"), "{}", unknown.stderr);
}

#[test]
fn standard_input_that_is_no_text_is_a_note() {
    let folder = Folder::new(&[]);
    let outcome =
        folder.run_with_input(&["check", "--stdin-filename", "a.py", "-"], b"\xe9 == 404");
    assert_eq!(outcome.status, 0);
    assert!(outcome.stderr.contains("a.py: is not UTF-8"), "{}", outcome.stderr);
}

#[test]
fn standard_input_stands_alone() {
    let folder = Folder::sample();
    for arguments in [
        &["check", "-", "src"][..],
        &["check", "-", "--files-from", "list"],
        &["check", "--stdin-filename", "a.py"],
        &["check", "--stdin-filename", "a.py", "src"],
    ] {
        let outcome = folder.run_with_input(arguments, b"");
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(outcome.stderr.starts_with("error: "), "{}", outcome.stderr);
    }
}

#[test]
fn a_list_names_the_files() {
    let folder = Folder::sample();
    let expected = [("src/pay.py", "reserved-code")];
    for list in [
        "src/pay.py\nsrc/clean.rs\n",
        "src/pay.py\r\n\r\n",
        "src/pay.py",
        "src/clean.rs\0src/pay.py\0",
    ] {
        folder.write("list", list.as_bytes());
        let options = ["check", "--output-format", "concise", "--files-from"];
        let from_file = folder.run(&[&options[..], &["list"]].concat());
        assert_eq!(from_file.rules(), expected, "{list:?}");
        let from_input = folder.run_with_input(&[&options[..], &["-"]].concat(), list.as_bytes());
        assert_eq!(from_input.rules(), expected, "{list:?}");
    }
}

#[test]
fn an_empty_list_means_no_files() {
    let folder = Folder::sample();
    for command in ["check", "sites"] {
        let outcome = folder.run_with_input(&[command, "--files-from", "-"], b"");
        assert_eq!(outcome.status, 0, "{outcome:?}");
        assert_eq!(outcome.stderr, "warning: No files to check\n");
    }
}

#[test]
fn a_list_adds_to_the_paths() {
    let folder = Folder::sample();
    let arguments = ["check", "wrong.go", "--files-from", "-", "--output-format", "concise"];
    assert_eq!(folder.run_with_input(&arguments, b"src/pay.py\n").rules().len(), 3);
}

#[test]
fn what_a_list_names_must_exist() {
    let folder = Folder::sample();
    let outcome = folder.run_with_input(&["check", "--files-from", "-"], b"gone.py\nsrc/pay.py\n");
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.contains("gone.py"), "{}", outcome.stderr);
    assert!(outcome.stdout.contains("reserved-code"), "{}", outcome.stdout);
    let missing = folder.run(&["check", "--files-from", "missing.txt"]);
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("missing.txt"), "{}", missing.stderr);
}
