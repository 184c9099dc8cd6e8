//! The exit status when standard input, standard output or standard error is not what it should be.

use super::{BOTH, FINE, FIXABLE, LINE, NOTHING, WARNING, defect, hold, none};
use crate::Folder;
use crate::folder::{CLEAN, RESERVED};

/// Arguments of each command that write something to standard output, with the exit status.
const WRITING: &[(&str, i32)] = &[
    ("check --output-format text", 1),
    ("check --output-format json", 1),
    ("check --statistics", 1),
    ("check --diff -q", 1),
    ("sites", 0),
    ("report -o -", 0),
    ("merge one", 1),
    ("explain 404", 0),
    ("codes", 0),
    ("rules --output-format json", 0),
    ("init --stdout", 0),
    ("schema", 0),
    ("completions bash", 0),
    ("man", 0),
    ("help check", 0),
    ("--help", 0),
    ("--version", 0),
];

/// The folder they are run in.
fn folder() -> Folder {
    let folder = Folder::new(BOTH);
    folder.write("one", LINE.as_bytes());
    folder
}

#[test]
fn every_command_is_in_the_table_and_refuses_what_it_does_not_know() {
    let folder = Folder::new(FINE);
    let mut listed = folder.commands();
    for command in &listed {
        let outcome = folder.run(&[command, "--no-such-option"]);
        let refused = "error: unexpected argument '--no-such-option' found\n";
        assert_eq!(defect(command, &outcome, 2, refused), None);
    }
    listed.retain(|command| !WRITING.iter().any(|(row, _)| row.split(' ').next() == Some(command)));
    // What the server says is the protocol; its exit status is another table, in `lsp/endings.rs`.
    assert_eq!(listed, ["lsp"]);
}

#[test]
fn a_reader_that_went_away_is_silent() {
    none(WRITING.iter().filter_map(|(row, status)| {
        let folder = folder();
        let mut command = folder.command(&row.split(' ').collect::<Vec<_>>());
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command.stdout(writer).output().unwrap();
        defect(row, &output.into(), *status, "")
    }));
}

#[test]
fn nobody_to_complain_to_changes_nothing() {
    for (row, status) in [("check", 1), ("check gone.py", 2), ("check -v --exit-zero", 0)] {
        let folder = folder();
        let mut command = folder.command(&row.split(' ').collect::<Vec<_>>());
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command.stderr(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{row}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_2() {
    none(WRITING.iter().filter_map(|(row, _)| {
        let folder = folder();
        let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = folder.command(&row.split(' ').collect::<Vec<_>>());
        let outcome = command.stdout(full()).output().unwrap().into();
        defect(row, &outcome, 2, "error: cannot write to standard output: ")
    }));
    hold(&[
        (WARNING, "check -o /dev/full", 2, "error: cannot write /dev/full: "),
        (WARNING, "report -o /dev/full", 2, "error: cannot write /dev/full: "),
    ]);
}

#[test]
fn an_output_that_cannot_be_written_is_2() {
    hold(&[
        (WARNING, "check -o gone/out.txt", 2, "error: cannot write gone/out.txt: "),
        (WARNING, "check -o .", 2, "error: cannot write .: "),
        (WARNING, "check --exit-zero -o .", 2, "error: cannot write .: "),
        (FIXABLE, "check --diff -o .", 2, "error: cannot write .: "),
        (WARNING, "check --baseline gone/b.json --write-baseline", 2, "error: "),
        (WARNING, "sites -o gone/out.txt", 2, "error: cannot write gone/out.txt: "),
        (WARNING, "report -o gone/out.html", 2, "error: cannot write gone/out.html: "),
        (WARNING, "init -o gone/out.toml", 2, "error: cannot write gone/out.toml: "),
        (WARNING, "init -o a.py", 2, "error: a.py is there already"),
        (WARNING, "man --output-dir a.py", 2, "error: cannot create a.py: "),
    ]);
}

#[test]
fn standard_input_is_judged_like_a_file() {
    for (arguments, input, status, stderr) in [
        ("check -", CLEAN.as_bytes(), 2, "error: the language of standard input is not known"),
        ("check --stdin-filename a.rs -", CLEAN.as_bytes(), 0, ""),
        ("check --stdin-filename a.py -", RESERVED.as_bytes(), 1, ""),
        ("check --stdin-filename a.py --exit-zero -", RESERVED.as_bytes(), 0, ""),
        ("check --stdin-filename a.py --fail-on error -", RESERVED.as_bytes(), 0, ""),
        ("check --stdin-filename a.py -", b"", 0, ""),
        ("check --stdin-filename a.py -", b"404\0", 0, "note: a.py: is binary, skipped\n"),
        ("check --stdin-filename a.py -", b"\xe9", 0, "note: a.py: is not UTF-8, skipped\n"),
        ("check --stdin-filename a.odt -", b"404", 0, "note: a.odt: is of no language"),
        ("check --stdin-filename a.py --fix -", b"\xe9", 2, "note: a.py: is not UTF-8"),
        ("check --stdin-filename a.py --fix -", FIXABLE[0].1.as_bytes(), 0, ""),
        ("check --stdin-filename a.py --fix -", RESERVED.as_bytes(), 1, "warning[reserved-code]"),
        ("check --stdin-filename a.py --diff -", FIXABLE[0].1.as_bytes(), 1, "Would fix 1"),
        ("check - a.py", b"", 2, "error: `-` stands alone"),
        ("check --files-from -", b"a.py\n", 2, "error: a.py: no such file or directory\n"),
        ("check --files-from -", b"", 0, "warning: No files to check\n"),
        ("sites --stdin-filename a.py -", RESERVED.as_bytes(), 0, ""),
        ("report --stdin-filename a.py -", RESERVED.as_bytes(), 0, ""),
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let outcome = Folder::new(NOTHING).run_with_input(&words, input);
        assert_eq!(defect(arguments, &outcome, status, stderr), None);
    }
}

#[test]
#[cfg(unix)]
fn standard_input_that_cannot_be_read_is_2() {
    for row in ["check --stdin-filename a.py -", "check --files-from -", "sites -"] {
        let folder = Folder::new(WARNING);
        let mut command = folder.command(&row.split(' ').collect::<Vec<_>>());
        let outcome = command.stdin(std::fs::File::open(folder.path()).unwrap()).output().unwrap();
        let said = "error: cannot read standard input: ";
        assert_eq!(defect(row, &outcome.into(), 2, said), None);
    }
}
