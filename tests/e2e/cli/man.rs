//! `man`: a page for each command, which the readers of manual pages take without a warning.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::{Folder, Outcome};

/// The long options that the help of a command lists.
fn options(folder: &Folder, command: &str) -> BTreeSet<String> {
    let help = folder.run(&[command, "-h"]).stdout;
    let rows = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let names = rows.filter_map(|row| row.split_whitespace().find(|word| word.starts_with("--")));
    let names: BTreeSet<_> = names.map(str::to_owned).collect();
    assert!(names.contains("--help"), "{help}");
    names
}

#[test]
fn every_command_has_a_page_with_its_options() {
    let folder = Folder::new(&[]);
    let written = folder.run(&["man", "--output-dir", "share/man1"]);
    assert_eq!((written.status, written.stdout.as_str(), written.stderr.as_str()), (0, "", ""));
    let pages = folder.commands().into_iter().map(|name| format!("statuslint-{name}.1"));
    let mut expected: Vec<String> = pages.chain(["statuslint.1".to_owned()]).collect();
    expected.sort();
    let entries = fs::read_dir(folder.path().join("share/man1")).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, expected);
    for command in folder.commands() {
        let page = folder.run(&["man", &command]);
        assert_eq!(page.status, 0, "{page:?}");
        assert_eq!(page.stdout, folder.read(&format!("share/man1/statuslint-{command}.1")));
        let text = page.stdout.replace("\\-", "-");
        for option in options(&folder, &command) {
            assert!(text.contains(&format!("\\fB{option}\\fR")), "{command} lacks {option}");
        }
        assert!(text.contains(".SH \"EXIT STATUS\"\n"), "{text}");
    }
    assert_eq!(folder.run(&["man"]).stdout, folder.read("share/man1/statuslint.1"));
}

#[test]
fn readers_of_manual_pages_take_them() {
    let folder = Folder::new(&[]);
    folder.run(&["man", "--output-dir", "."]);
    let readers: [&[&str]; 3] = [
        &["groff", "-man", "-ww", "-z"],
        &["man", "--warnings", "-l"],
        &["mandoc", "-T", "lint", "-W", "error"],
    ];
    for reader in readers {
        for entry in fs::read_dir(folder.path()).unwrap() {
            let page = entry.unwrap().path();
            let mut command = Command::new(reader[0]);
            command.args(&reader[1..]).arg(&page).env("MANPAGER", "cat").env("LC_ALL", "C.UTF-8");
            let Ok(output) = command.output() else {
                eprintln!("{} is not on this machine, so it was not asked", reader[0]);
                break;
            };
            let outcome = Outcome::from(output);
            assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{reader:?} {page:?}");
        }
    }
}

#[test]
fn a_page_that_is_not_there_is_a_mistake() {
    let folder = Folder::new(&[("taken", "")]);
    for (arguments, said) in [
        (&["man", "chekc"][..], "error: there is no command \"chekc\"; did you mean \"check\"?"),
        (&["man", "x"], "error: there is no command \"x\"; there are check, sites, "),
        (&["man", "--output-dir", "taken"], "error: cannot create taken: "),
        (&["man", "check", "--output-dir", "."], "error: the argument '[COMMAND]' cannot be used"),
    ] {
        let outcome = folder.run(arguments);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(outcome.stderr.starts_with(said), "{}", outcome.stderr);
    }
}
