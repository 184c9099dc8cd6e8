//! `check`: what is found, in which order, with which exit status.

use crate::Folder;
use crate::folder::CLEAN;

const ALL: [(&str, &str); 3] =
    [("src/pay.py", "reserved-code"), ("wrong.go", "invalid-code"), ("wrong.go", "unknown-code")];

#[test]
fn the_exit_status_says_whether_something_was_found() {
    let folder = Folder::sample();
    for (arguments, status) in [
        ("", 1),
        (".", 1),
        ("wrong.go", 1),
        ("src/clean.rs", 0),
        ("--fail-on error", 1),
        ("--fail-on error src", 0),
        ("--fail-on warning src", 1),
        ("--fail-on hint src/clean.rs", 0),
        ("--exit-zero", 0),
        ("--exit-zero missing.py wrong.go", 2),
        ("--select reserved-code src", 1),
        ("--select reserved-code wrong.go", 0),
        ("--ignore reserved-code src", 0),
        ("--ignore all", 0),
        ("--ignore invalid-code,unknown-code wrong.go", 0),
        ("--ignore invalid-code --ignore unknown-code wrong.go", 0),
        ("--no-cache -j 1 -q", 1),
    ] {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let outcome = folder.run(&[&["check"], arguments.as_slice()].concat());
        assert_eq!(outcome.status, status, "{arguments:?}: {outcome:?}");
    }
}

#[test]
fn findings_come_in_the_order_of_paths_and_places() {
    let folder = Folder::sample();
    for arguments in [&[][..], &["wrong.go", "src"], &["src", "wrong.go", "."], &["-j", "7"]] {
        let outcome = folder.run(&[&["check", "--output-format", "concise"], arguments].concat());
        assert_eq!(outcome.rules(), ALL, "{arguments:?}");
        assert_eq!(outcome.stderr, "");
    }
}

#[test]
fn the_last_line_sums_up() {
    let folder = Folder::sample();
    for (arguments, last) in [
        (&["check"][..], Some("Found 3 problems (1 error, 2 warnings) in 3 files.")),
        (&["check", "src/pay.py"], Some("Found 1 problem (1 warning) in 1 file.")),
        (&["check", "src/clean.rs"], Some("No problems in 1 file.")),
        (&["check", "src/clean.rs", "--statistics"], Some("No problems in 1 file.")),
        (&["check", "src/clean.rs", "--quiet"], None),
    ] {
        assert_eq!(folder.run(arguments).stdout.lines().last(), last, "{arguments:?}");
    }
}

#[test]
fn statistics_take_the_place_of_findings() {
    let folder = Folder::sample();
    folder.write("again.py", crate::folder::RESERVED.as_bytes());
    insta::assert_snapshot!(folder.run(&["check", "--statistics"]).stdout, @r"
    2  warning  reserved-code
    1  error    invalid-code
    1  warning  unknown-code
    Found 4 problems (1 error, 3 warnings) in 4 files.
    ");
    let json = folder.run(&["check", "--statistics", "--output-format", "json"]).json();
    assert_eq!(json["statistics"][0]["rule"], "reserved-code");
    assert_eq!(json["statistics"][0]["count"], 2);
}

#[test]
fn an_empty_tree_has_no_files_to_check() {
    let folder = Folder::new(&[("notes.txt", "404")]);
    let outcome = folder.run(&["check"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, "warning: No files to check\n"));
    assert_eq!(folder.run(&["check", "-q"]).stderr, "");
}

#[test]
fn ignored_and_hidden_files_are_looked_at_when_asked() {
    let folder = Folder::new(&[
        (".gitignore", "built.py\n"),
        (".hidden/pay.py", crate::folder::RESERVED),
        ("built.py", crate::folder::RESERVED),
        ("clean.rs", CLEAN),
    ]);
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let hidden = if cfg!(windows) { ".hidden\\pay.py" } else { ".hidden/pay.py" };
    for (arguments, found) in [
        (&[][..], &[][..]),
        (&["--hidden"], &[hidden]),
        (&["--no-ignore"], &["built.py"]),
        (&["--no-ignore", "--hidden"], &[hidden, "built.py"]),
        (&["built.py"], &["built.py"]),
    ] {
        let outcome = folder.run(&[&["check", "--output-format", "concise"], arguments].concat());
        let paths: Vec<&str> = outcome.rules().into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, found, "{arguments:?}");
    }
}

#[test]
fn likely_evidence_is_for_those_who_ask() {
    let source = "# an HTTP code\ndef check(code):\n    return code == 306\n";
    let folder = Folder::new(&[("likely.py", source)]);
    let likely = folder.run(&["sites", "--output-format", "json"]).json();
    assert_eq!(likely["sites"][0]["evidence"], "likely", "the premise: {likely}");
    assert_eq!(folder.run(&["check"]).status, 0);
    assert_eq!(folder.run(&["check", "--evidence", "certain"]).status, 0);
    assert_eq!(folder.run(&["check", "--evidence", "likely"]).status, 1);
}

#[test]
fn verbose_says_what_was_used() {
    let folder = Folder::sample();
    let plain = folder.run(&["check", "-v"]);
    assert!(plain.stderr.contains("note: no configuration file was used\n"), "{}", plain.stderr);
    folder.write("statuslint.toml", b"");
    let configured = folder.run(&["check", "--verbose"]);
    assert!(configured.stderr.contains("used the configuration "), "{}", configured.stderr);
    assert!(configured.stderr.contains("statuslint.toml\n"), "{}", configured.stderr);
}

#[test]
fn verbose_says_what_each_stage_took() {
    let helper = "function deny(reply, reason, statusCode) {\n  reply.end(reason);\n}\n";
    let caller = "// over HTTP\nfunction close(reply) { deny(reply, 'closed', 306); }\n";
    let allowed = "import requests\n\nGONE = 1  # statuslint: allow(reserved-code)\n";
    let folder = Folder::new(&[("a.js", helper), ("b.js", caller), ("c.py", allowed)]);
    for (arguments, stages) in [
        (
            &["check"][..],
            &[
                "collected 3 files in ",
                "read and analysed 3 files in ",
                "joined them, and analysed 1 file again, in ",
                "wrote the result, about 2 files, in ",
                "looked at 3 files in ",
            ][..],
        ),
        (
            &["check", "--fix", "c.py"],
            &[
                "collected 1 file in ",
                "read and analysed 1 file in ",
                "joined them, and analysed 0 files again, in ",
                "changed 1 file in ",
                "wrote the result, about 1 file, in ",
                "looked at 1 file in ",
            ],
        ),
        (
            &["sites", "a.js"],
            &[
                "collected 1 file in ",
                "read and analysed 1 file in ",
                "joined them, and analysed 0 files again, in ",
                "wrote the result, about 0 files, in ",
                "looked at 1 file in ",
            ],
        ),
    ] {
        let outcome = folder.run(&[arguments, &["-v", "--no-cache"]].concat());
        let notes = outcome.stderr.lines().skip(1).map(|line| line.strip_prefix("note: ").unwrap());
        let notes: Vec<&str> = notes.collect();
        assert_eq!(notes.len(), stages.len(), "{arguments:?}: {notes:?}");
        for (note, stage) in notes.iter().zip(stages) {
            let took = note.strip_prefix(stage).unwrap_or_else(|| panic!("{note}: {stage}"));
            assert!(took.ends_with('s') && took.starts_with(char::is_numeric), "{note}");
        }
    }
    for arguments in [&["check"][..], &["check", "--output-format", "json"], &["sites"]] {
        let plain = folder.run(arguments);
        let verbose = folder.run(&[arguments, &["--verbose"]].concat());
        assert_eq!((verbose.status, verbose.stdout), (plain.status, plain.stdout));
    }
}

#[test]
fn named_files_are_left_out_as_found_ones_where_asked_for() {
    let folder = Folder::sample();
    folder.write("notes.txt", b"404");
    folder.write("statuslint.toml", b"exclude = [\"src/**\"]\n");
    let named = ["check", "src/pay.py", "notes.txt", "wrong.go", "--output-format", "concise"];
    let all = folder.run(&named);
    assert_eq!(all.rules().len(), 3);
    assert!(all.stderr.contains("notes.txt: is of no language"), "{}", all.stderr);
    let outcome = folder.run(&[&named[..], &["--force-exclude"]].concat());
    assert_eq!((outcome.rules().len(), outcome.stderr.as_str()), (2, ""));
}
