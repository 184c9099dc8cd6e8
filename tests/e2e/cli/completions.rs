//! `completions`: each script is taken by its shell, and completes what the commands know.

use std::process::{Command, Stdio};

use crate::{Folder, Outcome};

/// The script of a shell.
fn script(folder: &Folder, shell: &str) -> String {
    let outcome = folder.run(&["completions", shell]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{shell}");
    outcome.stdout
}

/// The names that a list of the binary has.
fn names(folder: &Folder, list: &str, key: &str) -> Vec<String> {
    let listed = folder.run(&[list, "--output-format", "json"]).json();
    let objects = listed[list].as_array().unwrap();
    let names = objects.iter().filter_map(|object| object[key].as_str());
    let mut names: Vec<_> = names.map(str::to_owned).collect();
    names.sort();
    names.dedup();
    assert!(names.len() > 10, "{names:?}");
    names
}

/// What a shell says to its arguments; `None` where there is no such shell.
fn told(folder: &Folder, shell: &str, arguments: &[&str]) -> Option<Outcome> {
    let mut command = Command::new(shell);
    command.args(arguments).current_dir(folder.path()).stdin(Stdio::null());
    command.env("HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path());
    let output = command.output().ok();
    if output.is_none() {
        eprintln!("{shell} is not on this machine, so it was not asked");
    }
    output.map(Outcome::from)
}

#[test]
fn every_shell_learns_the_commands_rules_and_vendors() {
    let folder = Folder::new(&[]);
    let (rules, vendors) = (names(&folder, "rules", "name"), names(&folder, "codes", "vendor"));
    let commands = ["check", "sites", "report", "explain", "completions", "man", "lsp"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = script(&folder, shell);
        for command in commands {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
        // These two generators write no values of options.
        if !matches!(shell, "powershell" | "elvish") {
            for name in rules.iter().chain(&vendors) {
                assert!(script.contains(name.as_str()), "{shell} does not know {name}");
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn bash_completes() {
    let folder = Folder::new(&[]);
    folder.write("it.bash", script(&folder, "bash").as_bytes());
    let read = told(&folder, "bash", &["-n", "it.bash"]).unwrap();
    assert_eq!((read.status, read.stderr.as_str()), (0, ""));
    let starting = |start: &str| -> Vec<String> {
        let rules = names(&folder, "rules", "name");
        rules.into_iter().filter(|name| name.starts_with(start)).collect()
    };
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    for (line, expected) in [
        ("check --select un", starting("un")),
        ("check --ignore redir", starting("redir")),
        ("check --output-format js", owned(&["json", "jsonl"])),
        ("check --fail-on w", owned(&["warning"])),
        ("codes --vendor clou", owned(&["cloudflare"])),
        ("codes --state dep", owned(&["deprecated"])),
        ("explain 41", (410..=418).map(|code| code.to_string()).collect()),
        ("completions p", owned(&["powershell"])),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let [.., before, word] = words[..] else { panic!("{line}") };
        let ask = format!(
            ". ./it.bash; COMP_WORDS=(statuslint {line}); COMP_CWORD={}; \
             _statuslint statuslint {word} {before}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.len()
        );
        let outcome = told(&folder, "bash", &["-c", &ask]).unwrap();
        let mut offered: Vec<&str> = outcome.stdout.lines().collect();
        offered.sort_unstable();
        assert_eq!(offered, expected, "{line}: {}", outcome.stderr);
    }
}

#[test]
fn zsh_and_fish_take_theirs() {
    let folder = Folder::new(&[]);
    for shell in ["zsh", "fish"] {
        let name = format!("it.{shell}");
        folder.write(&name, script(&folder, shell).as_bytes());
        let Some(read) = told(&folder, shell, &["-n", &name]) else { continue };
        assert_eq!((read.status, read.stderr.as_str()), (0, ""), "{shell}");
    }
    let ask = "source it.fish; complete -C 'statuslint check --select unkn'";
    if let Some(outcome) = told(&folder, "fish", &["-c", ask]) {
        let offered = outcome.stdout.lines().filter_map(|line| line.split('\t').next());
        assert_eq!(offered.collect::<Vec<_>>(), ["unknown-code", "unknown-name"]);
    }
}
