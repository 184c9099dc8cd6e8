//! What cannot be done is said, named, and does not stop the rest.

use std::process::Stdio;

use crate::Folder;
use crate::formats::FORMATS;

#[test]
fn a_path_that_does_not_exist_is_named() {
    let folder = Folder::sample();
    for arguments in [&["check", "missing.py"][..], &["sites", "missing.py"]] {
        let outcome = folder.run(arguments);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(outcome.stderr.starts_with("error: missing.py: "), "{}", outcome.stderr);
    }
}

#[test]
fn what_was_found_is_still_printed() {
    let folder = Folder::sample();
    let outcome = folder.run(&["check", "missing.py", "src", "--output-format", "concise"]);
    assert_eq!(outcome.status, 2);
    assert_eq!(outcome.rules(), [("src/pay.py", "reserved-code")]);
    let json = folder.run(&["check", "missing.py", "src", "--output-format", "json"]).json();
    assert_eq!(json["findings"][0]["rule"], "reserved-code");
    assert_eq!(json["errors"][0]["path"], "missing.py");
    let sarif = folder.run(&["check", "missing.py", "src", "--output-format", "sarif"]).json();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn a_file_that_is_no_text_is_a_note_and_the_others_are_checked() {
    let folder = Folder::sample();
    folder.write("latin1.py", b"# caf\xe9\nimport requests\nr.status_code == 306\n");
    folder.write("utf16.py", b"\xff\xfex\0 \0=\0 \x001\0");
    let outcome = folder.run(&["check", "--output-format", "concise"]);
    assert_eq!(outcome.status, 1);
    assert_eq!(outcome.rules().len(), 3);
    for name in ["latin1.py", "utf16.py"] {
        assert!(outcome.stderr.contains(&format!("note: {name}: is not UTF-8")), "{outcome:?}");
    }
    assert_eq!(folder.run(&["check", "-q"]).stderr, "");
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_read_is_an_error() {
    let folder = Folder::sample();
    std::os::unix::fs::symlink("loop.py", folder.path().join("loop.py")).unwrap();
    let outcome = folder.run(&["check", "loop.py", "src"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.starts_with("error: loop.py: "), "{}", outcome.stderr);
    assert!(outcome.stdout.contains("reserved-code"), "{}", outcome.stdout);
}

#[test]
#[cfg(unix)]
fn a_hostile_name_cannot_reach_the_terminal() {
    let folder = Folder::new(&[]);
    for name in ["evil\u{1b}]0;owned\u{7}\n::error::forged\u{202e}.py", " ::error::forged.py"] {
        folder.write(name, crate::folder::RESERVED.as_bytes());
    }
    folder.write("caf\u{e9}\u{1b}[31m.py", b"\xe9");
    for format in FORMATS {
        let outcome = folder.run(&["check", "--output-format", format]);
        assert_eq!(outcome.status, 1, "{outcome:?}");
        for text in [&outcome.stdout, &outcome.stderr] {
            assert!(!text.contains(['\u{1b}', '\u{7}']), "{format}: {text:?}");
            assert!(
                !text.lines().any(|line| line.trim_start().starts_with("::error")),
                "{format}: {text}"
            );
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::sample();
    for format in FORMATS {
        let mut command =
            folder.command(&["check", "--files-from", "-", "--output-format", format]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        // The binary waits for its list while the reader goes away.
        drop(child.stdout.take());
        let mut list = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut list, b"wrong.go\n").unwrap();
        drop(list);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let folder = Folder::sample();
    for arguments in [&["check"][..], &["codes"], &["explain", "404"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = folder.command(arguments);
        let outcome: crate::Outcome = command.stdout(full).output().unwrap().into();
        assert_eq!(outcome.status, 2, "{arguments:?}");
        assert!(outcome.stderr.starts_with("error: cannot write to standard output: "));
    }
}

#[test]
fn an_output_file_that_cannot_be_written_is_named() {
    let folder = Folder::sample();
    let outcome = folder.run(&["check", "-o", "missing/out.txt"]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""));
    assert!(outcome.stderr.contains("cannot write missing/out.txt"), "{}", outcome.stderr);
}
