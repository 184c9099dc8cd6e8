//! Usage: help, version, and mistakes on the command line.

use crate::Folder;

#[test]
fn help_and_version_are_no_failures() {
    let folder = Folder::new(&[]);
    for arguments in [&["--help"][..], &["-h"], &["help", "check"], &["check", "--help"]] {
        let outcome = folder.run(arguments);
        assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(outcome.stdout.contains("Usage: statuslint"), "{}", outcome.stdout);
    }
    let version = folder.run(&["--version"]);
    assert_eq!(version.status, 0);
    assert!(version.stdout.starts_with("statuslint "), "{}", version.stdout);
}

#[test]
fn mistakes_are_exit_status_2() {
    let folder = Folder::sample();
    for (arguments, said) in [
        (&[][..], "Usage: statuslint"),
        (&["chekc"], "unrecognized subcommand 'chekc'"),
        (&["check", "--colour"], "unexpected argument"),
        (&["check", "--output-format", "xml"], "possible values: text, concise, json"),
        (&["sites", "--output-format", "sarif"], "possible values: text, concise, json, jsonl"),
        (&["sites", "--output-format", "junit"], "possible values: text, concise, json, jsonl"),
        (&["check", "--fail-on", "fatal"], "possible values: error, warning, info, hint"),
        (&["check", "-j", "0"], "invalid value '0'"),
        (&["check", "--config", "a", "--isolated"], "cannot be used with"),
        (&["check", "-q", "-v"], "cannot be used with"),
        (&["check", "--statistics", "--output-format", "sarif"], "--statistics"),
        (&["check", "--statistics", "--output-format", "junit"], "--statistics"),
        (&["explain"], "required arguments"),
    ] {
        let outcome = folder.run(arguments);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(outcome.stderr.contains(said), "{arguments:?}: {}", outcome.stderr);
    }
}

#[test]
fn what_does_nothing_is_taken_but_not_in_the_help() {
    let folder = Folder::sample();
    for (command, option) in [("lsp", "--stdio")] {
        // A server whose client says nothing ends with 1, a check of the sample as well.
        let outcome = folder.run(&[command, option]);
        assert_ne!(outcome.status, 2, "{command} {option}: {}", outcome.stderr);
        let help = folder.run(&[command, "--help"]);
        assert!(!help.stdout.contains(option), "{}", help.stdout);
    }
}
