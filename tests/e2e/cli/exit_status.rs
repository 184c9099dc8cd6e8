//! The exit status, row by row: 0 where nothing was found, 1 where something was, 2 where the job
//! could not be done, or not all of it.

mod streams;

use crate::Folder;
use crate::folder::{CLEAN, RESERVED, WRONG};

/// The files of a folder.
type Tree = &'static [(&'static str, &'static str)];

/// Files, arguments, the exit status, and how standard error begins; nothing is nothing at all.
type Row = (Tree, &'static str, i32, &'static str);

const NOTHING: Tree = &[];
const FINE: Tree = &[("a.rs", CLEAN)];
const WARNING: Tree = &[("a.py", RESERVED)];
const ERROR: Tree = &[("a.go", WRONG)];
const INFO: Tree = &[("a.py", "import flask\n\ndef tea():\n    return flask.abort(418)\n")];
const FIXABLE: Tree = &[("a.py", "import flask\n# statuslint: allow(reserved-code)\n")];
const BOTH: Tree = &[("a.py", RESERVED), ("b.py", FIXABLE[0].1)];
const BROKEN: Tree = &[("a.rs", CLEAN), ("statuslint.toml", "\nallow = 1\n")];
const NO_TOML: Tree = &[("a.rs", CLEAN), ("statuslint.toml", "allow = [402]\nallow\n")];
const UNKNOWN_KEY: Tree = &[("a.rs", CLEAN), ("statuslint.toml", "\nalow = [402]\n")];
const UNKNOWN_RULE: Tree = &[("a.rs", CLEAN), ("statuslint.toml", "[rules]\nunknwon = 'off'\n")];
const NO_BASE: Tree = &[("a.rs", CLEAN), ("statuslint.toml", "extends = \"gone.toml\"\n")];
const BINARY: Tree = &[("a.rs", CLEAN), ("b.py", "404\0")];
/// What `check --output-format jsonl` says of a file like that of [`WARNING`].
const LINE: &str = r#"{"path":"a.py","rule":"reserved-code","severity":"warning","message":"m","start":{"line":4,"column":33,"byte":92},"end":{"line":4,"column":36,"byte":95},"evidence":"certain","fixes":[]}"#;
const LINES: Tree = &[("a.py", RESERVED), ("one", LINE), ("none", ""), ("other", "{\n")];
const LISTS: Tree = &[
    ("a.py", RESERVED),
    ("all", "a.py\n"),
    ("more", "a.py\ngone.py\n"),
    ("none", ""),
    ("other", "all\n"),
];

/// Runs each row in a folder of its own, and says all that is not as it should be.
fn hold(rows: &[Row]) {
    none(rows.iter().filter_map(|(files, arguments, status, stderr)| {
        let folder = Folder::new(files);
        let outcome = folder.run(&arguments.split_whitespace().collect::<Vec<_>>());
        defect(arguments, &outcome, *status, stderr)
    }));
}

/// Fails with a line for each defect.
fn none(defects: impl Iterator<Item = String>) {
    let defects: Vec<String> = defects.collect();
    assert!(defects.is_empty(), "{}", defects.join("\n"));
}

/// What is wrong with an outcome, in a few lines.
fn defect(row: &str, outcome: &crate::Outcome, status: i32, stderr: &str) -> Option<String> {
    let said = &outcome.stderr;
    let right = if stderr.is_empty() { said.is_empty() } else { said.starts_with(stderr) };
    let right = right && outcome.status == status;
    (!right).then(|| format!("`{row}`: {} for {status}, {said:?} for {stderr:?}", outcome.status))
}

#[test]
fn findings_count_from_a_severity_on() {
    hold(&[
        (FINE, "check", 0, ""),
        (FINE, "check --fail-on hint", 0, ""),
        (WARNING, "check", 1, ""),
        (WARNING, "check -q", 1, ""),
        (WARNING, "check -v", 1, "note: "),
        (WARNING, "check --fail-on error", 0, ""),
        (WARNING, "check --fail-on warning", 1, ""),
        (WARNING, "check --fail-on info", 1, ""),
        (ERROR, "check --fail-on error", 1, ""),
        (INFO, "check", 0, ""),
        (INFO, "check --fail-on info", 1, ""),
        (INFO, "check --fail-on hint", 1, ""),
        (WARNING, "check --exit-zero", 0, ""),
        (ERROR, "check --exit-zero --fail-on hint", 0, ""),
        // The last one counts: scripts add theirs to what somebody gave.
        (WARNING, "check --exit-zero --exit-zero", 0, ""),
        (WARNING, "check --fail-on hint --fail-on error", 0, ""),
        (WARNING, "check -q --quiet", 1, ""),
        (WARNING, "check --exit-zero gone.py a.py", 2, "error: gone.py: "),
        (WARNING, "check --statistics", 1, ""),
        (WARNING, "check --output-format sarif", 1, ""),
        (WARNING, "check -o out.txt", 1, ""),
        (WARNING, "check --ignore reserved-code", 0, ""),
        (WARNING, "check --select unknown-code", 0, ""),
        (ERROR, "sites", 0, ""),
        (ERROR, "report -o out.html", 0, ""),
    ]);
}

#[test]
fn fixes_count_by_what_they_leave_and_a_diff_by_what_it_shows() {
    hold(&[
        (FIXABLE, "check", 1, ""),
        (FIXABLE, "check --fix", 0, ""),
        (BOTH, "check --fix", 1, ""),
        (BOTH, "check --fix --exit-zero", 0, ""),
        (BOTH, "check --fix a.py gone.py", 2, "error: gone.py: "),
        (FIXABLE, "check --diff", 1, "Would fix 1 finding in 1 file.\n"),
        (FIXABLE, "check --diff -q", 1, ""),
        (FIXABLE, "check --diff --exit-zero", 0, "Would fix 1 finding in 1 file.\n"),
        (FIXABLE, "check --diff a.py gone.py", 2, "error: gone.py: "),
        (WARNING, "check --diff", 0, ""),
        (FINE, "check --diff", 0, ""),
        (FINE, "check --diff --fix --unsafe-fixes", 0, ""),
        (NOTHING, "check --diff", 0, "warning: No files to check\n"),
    ]);
}

#[test]
fn an_old_code_base_is_held_to_what_is_new() {
    hold(&[
        (WARNING, "check --baseline gone.json", 2, "error: there is no baseline gone.json"),
        (WARNING, "check --baseline a.py", 2, "error: a.py:1:"),
        (WARNING, "check --write-baseline", 2, "error: the following required arguments"),
        (WARNING, "check --baseline b.json --write-baseline", 0, "Wrote 1 finding to b.json.\n"),
        (WARNING, "check --baseline b.json --write-baseline gone.py", 2, "error: gone.py: "),
        (WARNING, "check --add-allow", 0, ""),
        (WARNING, "check --add-allow --diff", 1, "Would allow 1 finding in 1 file.\n"),
        (WARNING, "check --add-allow gone.py", 2, "error: gone.py: "),
        (WARNING, "check --changed-since HEAD", 2, "error: "),
        (WARNING, "check --shard 1/1", 1, ""),
        (WARNING, "check --shard 2/2", 0, "warning: No files to check\n"),
        (WARNING, "check --shard 3/2", 2, "error: invalid value '3/2'"),
        (LINES, "merge one", 1, ""),
        (LINES, "merge one none --fail-on error", 0, ""),
        (LINES, "merge one --exit-zero", 0, ""),
        (LINES, "merge none", 0, ""),
        (LINES, "merge one gone", 2, "error: cannot read gone: "),
        (LINES, "merge other one", 2, "error: other:1: is no line of --output-format jsonl"),
    ]);
}

#[test]
fn what_cannot_be_read_is_2_and_what_need_not_be_is_not() {
    hold(&[
        (FINE, "check gone.py", 2, "error: gone.py: "),
        (FINE, "sites gone.py", 2, "error: gone.py: "),
        (FINE, "report gone -o out.html", 2, "error: gone: "),
        (FINE, "init gone", 2, "error: gone is no folder; "),
        (FINE, "init a.rs", 2, "error: a.rs is no folder; "),
        (BINARY, "check", 0, ""),
        (BINARY, "check b.py", 0, "note: b.py: is binary, skipped\n"),
        (BINARY, "check b.py -q", 0, ""),
        (BINARY, "check b.py a.rs", 0, "note: b.py: is binary, skipped\n"),
        (NOTHING, "check", 0, "warning: No files to check\n"),
        (NOTHING, "check -q", 0, ""),
        (NOTHING, "check --output-format json", 0, "warning: No files to check\n"),
        (NOTHING, "sites", 0, "warning: No files to check\n"),
        (NOTHING, "report -o out.html", 0, "warning: No files to check\n"),
        (NOTHING, "init", 0, "warning: No files to check\n"),
        (LISTS, "check --files-from all", 1, ""),
        (LISTS, "check --files-from none", 0, "warning: No files to check\n"),
        (LISTS, "check --files-from other", 0, "warning: No files to check\n"),
        (LISTS, "check --files-from more", 2, "error: gone.py: "),
        (LISTS, "check --files-from gone", 2, "error: cannot read the list gone: "),
        (LISTS, "check --files-from .", 2, "error: cannot read the list .: "),
        (LISTS, "sites --files-from gone", 2, "error: cannot read the list gone: "),
    ]);
}

#[test]
fn a_configuration_with_a_wrong_value_is_2_and_one_with_an_unknown_key_is_not() {
    let wrong = "error: statuslint.toml:2:9: allow: ";
    hold(&[
        (BROKEN, "check", 2, wrong),
        (BROKEN, "check -q", 2, wrong),
        (BROKEN, "check a.rs", 2, wrong),
        (BROKEN, "check --exit-zero", 2, wrong),
        (BROKEN, "check --isolated", 0, ""),
        (BROKEN, "sites", 2, wrong),
        (BROKEN, "report -o out.html", 2, wrong),
        (BROKEN, "check --config statuslint.toml", 2, wrong),
        (BROKEN, "explain 404", 0, "warning: statuslint.toml:2:9: allow: "),
        (NO_BASE, "check", 2, "error: statuslint.toml:1:11: extends: "),
        (NO_TOML, "check", 2, "error: statuslint.toml:2:"),
        (UNKNOWN_KEY, "check", 0, "warning: statuslint.toml:2:1: "),
        (UNKNOWN_KEY, "check -q", 0, ""),
        (UNKNOWN_KEY, "sites", 0, "warning: statuslint.toml:2:1: "),
        (UNKNOWN_RULE, "check", 2, "error: statuslint.toml:2:1: rules.unknwon: there is no rule"),
        (FINE, "check --config gone.toml", 2, "error: gone.toml: "),
        (FINE, "check --config .", 2, "error: .: "),
        (BROKEN, "init", 2, "error: statuslint.toml is there already"),
    ]);
}

#[test]
fn bad_usage_is_2() {
    hold(&[
        (FINE, "", 2, "Finds wrong, outdated"),
        (FINE, "chekc", 2, "error: unrecognized subcommand 'chekc'"),
        (FINE, "check --fail-on fatal", 2, "error: invalid value 'fatal'"),
        (FINE, "check --output-format", 2, "error: a value is required"),
        (FINE, "check --isolated --config a.toml", 2, "error: the argument '--isolated' cannot"),
        (FINE, "check -q -v", 2, "error: the argument '--quiet' cannot be used"),
        (FINE, "check --select nothing", 2, "error: there is no rule \"nothing\""),
        (FINE, "check --ignore nothing", 2, "error: there is no rule \"nothing\""),
        (FINE, "check --statistics --output-format jsonl", 2, "error: --statistics can be"),
        (FINE, "check --stdin-filename a.py", 2, "error: --stdin-filename names what"),
        (FINE, "check -j 0", 2, "error: invalid value '0'"),
        (FINE, "sites --fix", 2, "error: unexpected argument '--fix'"),
        (FINE, "explain", 2, "error: the following required arguments"),
        (FINE, "explain nothing-at-all", 2, "error: there is no status code, class or rule"),
        (FINE, "explain 99999", 2, "error: 99999 is not a status code"),
        (FINE, "codes --vendor nobody", 2, "error: there is no vendor catalogue \"nobody\""),
        (FINE, "codes --class 4xx --state unused", 0, ""),
        (FINE, "codes --class 5xx --state unused", 0, "warning: No code is like that\n"),
        (FINE, "completions tcsh", 2, "error: invalid value 'tcsh'"),
        (FINE, "man nothing", 2, "error: there is no command \"nothing\""),
        (FINE, "--help", 0, ""),
        (FINE, "help check", 0, ""),
        (FINE, "--version", 0, ""),
    ]);
}

#[test]
fn with_2_what_was_found_is_still_printed() {
    for (files, row) in [
        (WARNING, "check gone.py a.py"),
        (WARNING, "check gone.py a.py --output-format json"),
        (WARNING, "check gone.py a.py --output-format github --exit-zero"),
        (BOTH, "check --fix gone.py a.py b.py"),
        (LISTS, "check --files-from more"),
        (LINES, "merge gone one other"),
        (LINES, "merge one other --output-format concise"),
    ] {
        let outcome = Folder::new(files).run(&row.split(' ').collect::<Vec<_>>());
        assert_eq!(outcome.status, 2, "{row}: {outcome:?}");
        assert!(outcome.stdout.contains("reserved-code"), "{row}: {outcome:?}");
    }
}

#[test]
#[cfg(unix)]
fn links_that_lead_nowhere_are_2_where_they_are_named() {
    use std::os::unix::fs::symlink;
    none(
        [
            (
                "check gone.py",
                2,
                "error: gone.py: is a symbolic link that leads nowhere (nothing)\n",
            ),
            ("check round.py a.rs", 2, "error: round.py: "),
            ("sites gone.py", 2, "error: gone.py: is a symbolic link that leads nowhere"),
            ("check --files-from list", 2, "error: gone.py: is a symbolic link that leads nowhere"),
            ("check gone.toml --config gone.toml", 2, "error: gone.toml: "),
            ("init -o gone.py", 2, "error: gone.py is there already"),
            // Nobody asked for these.
            ("check", 0, ""),
            ("sites", 0, ""),
        ]
        .into_iter()
        .filter_map(|(row, status, stderr)| {
            let folder = Folder::new(&[("a.rs", CLEAN), ("list", "gone.py\n")]);
            for (from, to) in
                [("gone.py", "nothing"), ("round.py", "round.py"), ("gone.toml", "no")]
            {
                symlink(to, folder.path().join(from)).unwrap();
            }
            let outcome = folder.run(&row.split(' ').collect::<Vec<_>>());
            defect(row, &outcome, status, stderr)
        }),
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_fails_while_it_is_read_is_2() {
    // Even root cannot read the first page of the memory of a process.
    let folder = Folder::new(WARNING);
    std::os::unix::fs::symlink("/proc/self/mem", folder.path().join("memory.py")).unwrap();
    for row in ["check memory.py a.py", "check --exit-zero memory.py", "sites memory.py"] {
        let outcome = folder.run(&row.split(' ').collect::<Vec<_>>());
        assert_eq!(defect(row, &outcome, 2, "error: memory.py: "), None);
        assert_eq!(outcome.stdout.contains("reserved-code"), row.contains("a.py"));
    }
}

/// Files and folders that the user may not read. Root may read all, so the rows of root are run as
/// somebody else; where that one cannot reach the binary, the rows are not run.
#[test]
#[cfg(unix)]
fn what_the_user_may_not_read_is_2() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    none(
        [
            ("check", 2, "error: closed: permission denied\nerror: secret.py: permission denied\n"),
            ("check --exit-zero", 2, "error: closed: permission denied\n"),
            ("check secret.py", 2, "error: secret.py: permission denied\n"),
            ("check closed", 2, "error: closed: permission denied\n"),
            ("check closed/a.py", 2, "error: closed/a.py: permission denied\n"),
            ("check a.py", 1, ""),
            ("sites", 2, "error: closed: permission denied\n"),
            ("report", 2, "error: closed: permission denied\n"),
            ("init --stdout", 2, "error: closed: permission denied\n"),
            ("check --config secret.py", 2, "error: secret.py: "),
            ("check --files-from secret.py", 2, "error: cannot read the list secret.py: "),
            ("check --fix b.py", 2, "error: b.py: was left as it is: "),
            ("check -o out.txt", 2, "error: cannot write out.txt: Permission denied"),
        ]
        .into_iter()
        .filter_map(|(row, status, stderr)| {
            let mine = [("secret.py", CLEAN), ("closed/a.py", RESERVED)];
            let folder = Folder::new(&[&mine, BOTH].concat());
            let allow = |name: &str, mode| {
                let permissions = std::fs::Permissions::from_mode(mode);
                std::fs::set_permissions(folder.path().join(name), permissions).unwrap();
            };
            let modes = [("secret.py", 0), ("closed", 0), ("b.py", 0o444), (".", 0o555)];
            for (name, mode) in modes {
                allow(name, mode);
            }
            let mut command = folder.command(&row.split(' ').collect::<Vec<_>>());
            if std::fs::read(folder.path().join("secret.py")).is_ok() {
                command.uid(65_534).gid(65_534);
            }
            let output = command.output();
            // So that the folder can be removed.
            allow("closed", 0o755);
            allow(".", 0o755);
            match output {
                Ok(output) => defect(row, &output.into(), status, stderr),
                Err(error) => {
                    eprintln!("`{row}` was not run as another user: {error}");
                    None
                }
            }
        }),
    );
}
