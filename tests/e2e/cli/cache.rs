//! What is remembered of earlier runs never changes what is found.

use std::path::Path;

use crate::{Folder, Outcome};

/// Every fixture of the rules: texts with findings and without, in all languages.
fn fixtures() -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/lint/fixtures");
    let folder = Folder::sample();
    let mut folders = vec![root.clone()];
    while let Some(here) = folders.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                folder.write(name, &std::fs::read(&path).unwrap());
            }
        }
    }
    folder
}

const COMMANDS: [&[&str]; 4] = [
    &["check", "--output-format", "json", "--evidence", "likely", "--select", "all"],
    &["check", "--output-format", "json", "--config", "other.toml"],
    &["check", "--output-format", "json"],
    &["sites", "--output-format", "json"],
];

fn assert_same(folder: &Folder, commands: &[&[&str]], when: &str) {
    for command in commands {
        let anew = folder.run(&[command, &["--no-cache"][..]].concat());
        for run in ["first", "second"] {
            let Outcome { status, stdout, stderr } = folder.run(command);
            let same = (status, &stdout, &stderr) == (anew.status, &anew.stdout, &anew.stderr);
            assert!(same, "{when}, {run} time: {command:?}");
        }
    }
}

/// How many files a run knew from an earlier one.
fn recalled(folder: &Folder, arguments: &[&str]) -> usize {
    let said = folder.run(&[&["check", "-v"], arguments].concat()).stderr;
    let line = said.lines().find(|line| line.contains("had nothing to tell in an earlier run"));
    let number = line.and_then(|line| line.split(' ').find_map(|word| word.parse().ok()));
    number.unwrap_or_default()
}

#[test]
fn runs_with_and_without_find_the_same() {
    let folder = fixtures();
    folder.write("other.toml", b"allow = [402]\n[rules]\nmagic-code = \"hint\"\n");
    assert_same(&folder, &COMMANDS, "as it is");
    assert!(recalled(&folder, &[]) > 200, "those without findings are known");
    assert_eq!(recalled(&folder, &["--no-cache"]), 0);

    // Other texts in known files, and a configuration that was not there.
    let clean = folder.read("src/clean.rs");
    folder.write("src/clean.rs", folder.read("src/pay.py").as_bytes());
    folder.write("src/pay.py", folder.read("wrong.go").as_bytes());
    folder.write("new.rs", clean.as_bytes());
    assert_same(&folder, &COMMANDS[2..], "with other texts");
    folder.write("src/statuslint.toml", b"allow = [402, 444]\n[[name]]\npattern = \"flag\"\n");
    assert_same(&folder, &COMMANDS[2..], "with a configuration");
    std::fs::remove_file(folder.path().join("src/statuslint.toml")).unwrap();
    assert_same(&folder, &COMMANDS[2..], "without it");
}

#[test]
fn what_files_tell_each_other_is_remembered_too() {
    let folder = Folder::new(&[
        ("package.json", "{}"),
        ("deny.py", "def deny(reason, status_code):\n    return {'error': reason}\n"),
        ("call.py", "# http\ndeny('no', 402)\n"),
        ("fine.py", "# http\ndeny('no', 404)\n"),
        ("statuslint.toml", "allow = [451]\n"),
        ("law.py", "from flask import abort\nabort(451)\n"),
    ]);
    let found = |folder: &Folder| {
        let outcome = folder.run(&["check", "--output-format", "concise"]);
        let rules = outcome.rules();
        rules.iter().map(|(path, rule)| format!("{path} {rule}")).collect::<Vec<_>>()
    };
    for _ in 0..3 {
        assert_eq!(found(&folder), ["call.py reserved-code"]);
    }
    assert_eq!(recalled(&folder, &[]), 5, "the call, too, as long as nobody else is asked");
    folder.write("deny.py", b"def deny(reason, retries):\n    return {'error': reason}\n");
    for _ in 0..2 {
        assert_eq!(found(&folder), [""; 0]);
    }
    folder.write("law.py", b"");
    for _ in 0..2 {
        assert_eq!(found(&folder), ["statuslint.toml unused-allow"]);
    }
}

#[test]
#[cfg(unix)]
fn without_a_place_for_it_nothing_is_remembered() {
    let folder = Folder::sample();
    for place in ["/dev/null/none", "/proc"] {
        for _ in 0..2 {
            let mut command = folder.command(&["check", "-v"]);
            let outcome = Outcome::of({
                command.env("STATUSLINT_CACHE_DIR", place);
                command
            });
            assert_eq!(outcome.status, 1, "{}", outcome.stderr);
            assert!(!outcome.stderr.contains("earlier run"), "{}", outcome.stderr);
        }
    }
}
