//! What lets an old code base begin: a baseline, only what changed, and comments that allow.

use std::process::Command;

use crate::Folder;
use crate::folder::{RESERVED, WRONG};

const BASELINE: [&str; 3] = ["check", "--baseline", "known.json"];

fn check<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["check", "--output-format", "concise"], arguments].concat()
}

fn git(folder: &Folder, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "-c",
        "init.defaultBranch=main",
    ]);
    git.args(arguments).current_dir(folder.path()).env("HOME", folder.path());
    let output = git.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(folder: &Folder) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "a"]);
}

#[test]
fn what_a_baseline_has_is_not_told_and_what_is_new_is() {
    let folder = Folder::sample();
    let missing = folder.run(&BASELINE);
    assert_eq!((missing.status, missing.stdout.as_str()), (2, ""));
    assert!(missing.stderr.contains("there is no baseline known.json"), "{}", missing.stderr);

    let written = folder.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!((written.status, written.stdout.as_str()), (0, ""));
    assert_eq!(written.stderr, "Wrote 3 findings to known.json.\n");
    let known = folder.run(&BASELINE);
    assert_eq!((known.status, known.stderr.as_str()), (0, ""), "{}", known.stdout);

    folder.write("src/pay.py", format!("# above\n\n\n{RESERVED}").as_bytes());
    assert_eq!(folder.run(&BASELINE).status, 0);
    folder.write("src/new.py", RESERVED.as_bytes());
    let new = folder.run(&check(&BASELINE[1..]));
    assert_eq!((new.status, new.rules()), (1, vec![("src/new.py", "reserved-code")]));

    folder.write("wrong.go", b"package main\n");
    let gone = folder.run(&BASELINE);
    assert!(gone.stderr.contains("2 findings of the baseline no longer found"), "{}", gone.stderr);
    assert_eq!(folder.run(&["check", "src", "--baseline", "known.json"]).stderr, "");
    assert_eq!(folder.run(&["check", "-q", "--baseline", "known.json"]).stderr, "");
}

#[test]
fn a_baseline_is_of_its_folder_and_written_in_part() {
    let folder = Folder::sample();
    folder.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    let before = folder.read("known.json");
    let mut inside = folder.command(&["check", "pay.py", "--baseline", "../known.json"]);
    inside.current_dir(folder.path().join("src"));
    assert_eq!(crate::Outcome::of(inside).status, 0);

    folder.write("src/pay.py", b"");
    folder.write("wrong.go", b"");
    folder.run(&["check", "src", "--baseline", "known.json", "--write-baseline"]);
    let after = folder.read("known.json");
    assert!(before.contains("pay.py") && !after.contains("pay.py"), "{after}");
    assert!(after.contains("wrong.go"), "it was not looked at: {after}");
}

#[test]
fn a_baseline_is_kept_when_something_cannot_be_checked() {
    let folder = Folder::sample();
    folder.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    let before = folder.read("known.json");
    folder.write("statuslint.toml", b"allow = 7");
    let outcome = folder.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.contains("known.json is as it was"), "{}", outcome.stderr);
    assert_eq!(folder.read("known.json"), before);
}

#[test]
fn only_what_stands_on_changed_lines_is_told_of_changes() {
    let folder =
        Folder::new(&[("old.py", RESERVED), ("both.py", RESERVED), ("renamed.py", RESERVED)]);
    git(&folder, &["init", "-q"]);
    commit(&folder);
    git(&folder, &["checkout", "-q", "-b", "topic"]);
    folder.write(
        "both.py",
        format!("# above\n{RESERVED}\ndef gone():\n    return Response(status_code=306)\n")
            .as_bytes(),
    );
    git(&folder, &["mv", "renamed.py", "moved.py"]);
    commit(&folder);
    // What happens on the other branch meanwhile did not change here.
    git(&folder, &["checkout", "-q", "main"]);
    folder.write("old.py", b"");
    commit(&folder);
    git(&folder, &["checkout", "-q", "topic"]);
    folder.write("new\n.py", RESERVED.as_bytes());

    let all = folder.run(&check(&[]));
    assert_eq!(all.rules().len(), 5);
    let changed = folder.run(&check(&["--changed-since", "main"]));
    assert_eq!(changed.status, 1, "{}", changed.stderr);
    let expected = [("both.py", "unused-code"), ("new\\u{a}.py", "reserved-code")];
    assert_eq!(changed.rules(), expected);
    commit(&folder);
    assert_eq!(folder.run(&check(&["--changed-since", "main"])).rules(), expected);
    assert_eq!(folder.run(&check(&["--changed-since", "HEAD"])).status, 0);
}

#[test]
fn a_commit_that_is_not_known_is_an_error() {
    let folder = Folder::sample();
    let outside = folder.run(&["check", "--changed-since", "main"]);
    assert_eq!((outside.status, outside.stdout.as_str()), (2, ""));
    assert!(outside.stderr.contains("is in no git repository"), "{}", outside.stderr);
    git(&folder, &["init", "-q"]);
    for revision in ["main", "--all", "-h", "x y"] {
        let unknown = folder.run(&["check", &format!("--changed-since={revision}")]);
        assert_eq!((unknown.status, unknown.stdout.as_str()), (2, ""));
        let said = format!("git knows no commit `{revision}`");
        assert!(unknown.stderr.contains(&said), "{}", unknown.stderr);
    }
}

#[test]
fn comments_allow_what_was_found() {
    let folder = Folder::sample();
    let shown = folder.run(&["check", "--add-allow", "--diff"]);
    assert_eq!((shown.status, shown.stderr.as_str()), (1, "Would allow 3 findings in 2 files.\n"));
    assert_eq!(
        (folder.read("wrong.go").as_str(), folder.read("src/pay.py").as_str()),
        (WRONG, RESERVED)
    );

    let outcome = folder.run(&["check", "--add-allow"]);
    assert_eq!(outcome.status, 0, "{}", outcome.stdout);
    assert!(outcome.stdout.ends_with("Allowed 3 findings in 2 files.\n"), "{}", outcome.stdout);
    assert_eq!(
        folder.read("src/pay.py"),
        RESERVED.replace("402)", "402)  # statuslint: allow(reserved-code)")
    );
    assert_eq!(
        folder.read("wrong.go"),
        WRONG
            .replace("2000) }", "2000) } // statuslint: allow(invalid-code)")
            .replace("(209)", "(209) // statuslint: allow(unknown-code)")
    );
    assert_eq!(folder.run(&["check"]).status, 0);
    let again = folder.run(&["check", "--add-allow", "--diff"]);
    assert_eq!((again.status, again.stdout.as_str()), (0, ""));
}

#[test]
fn only_selected_rules_are_allowed() {
    let folder = Folder::sample();
    folder.run(&["check", "--add-allow", "--select", "unknown-code"]);
    let left = folder.run(&check(&[]));
    assert_eq!(left.rules(), [("src/pay.py", "reserved-code"), ("wrong.go", "invalid-code")]);
    let passed = folder.run_with_input(
        &["check", "--add-allow", "-", "--stdin-filename", "a.py"],
        RESERVED.as_bytes(),
    );
    assert_eq!(passed.status, 0);
    assert!(passed.stdout.contains("402)  # statuslint: allow(reserved-code)"), "{passed:?}");
}
