//! The commands people are told to run are the ones the machines run.

use crate::{read, root};

/// The lines of the fenced shell blocks of a Markdown text.
fn shell_lines(markdown: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut shell = false;
    for line in markdown.lines() {
        if let Some(info) = line.trim().strip_prefix("```") {
            shell = matches!(info, "sh" | "bash" | "console");
        } else if shell {
            lines.push(line.trim());
        }
    }
    lines
}

/// The `cargo` commands of a script, without redirections.
fn cargo_lines(script: &str) -> Vec<&str> {
    script
        .lines()
        .filter_map(|line| {
            let line = line.trim().trim_start_matches("if ! ");
            let command = line.split(" 2>&1").next().unwrap_or(line);
            let first = command.split_whitespace().nth(1)?;
            (command.starts_with("cargo ") && matches!(first, "fmt" | "clippy" | "test"))
                .then_some(command)
        })
        .filter(|command| !command.contains("--version"))
        .collect()
}

#[test]
fn ci_runs_the_test_command_of_the_readme() {
    let readme = read(&root().join("README.md"));
    let mut told = shell_lines(&readme);
    told.retain(|line| line.starts_with("cargo test"));
    assert_eq!(told, ["cargo test --workspace"], "the README tells one test command");
    let ci = read(&root().join(".ci/run"));
    let mut run = cargo_lines(&ci);
    run.retain(|line| line.starts_with("cargo test"));
    assert_eq!(run, told, ".ci/run runs another test command than the README tells");
}

#[test]
fn just_ready_runs_what_ci_runs() {
    let justfile = read(&root().join("justfile"));
    let mut recipes: Vec<_> = justfile.lines().map(str::trim).collect();
    recipes.retain(|line| !line.starts_with('#'));
    for command in cargo_lines(&read(&root().join(".ci/run"))) {
        assert!(recipes.contains(&command), "the justfile does not run `{command}`");
    }
    let ready = recipes.iter().find_map(|line| line.strip_prefix("ready: "));
    let ready: Vec<_> = ready.expect("a recipe `ready`").split_whitespace().collect();
    for recipe in ["format-check", "lint", "test", "editors", "clients", "deny"] {
        assert!(ready.contains(&recipe), "`just ready` does not run `{recipe}`");
    }
}

#[test]
fn the_readme_lints_the_examples() {
    let readme = read(&root().join("README.md"));
    let lines = shell_lines(&readme);
    assert_eq!(lines.first(), Some(&"cargo run --release -- check examples/"));
}

#[test]
fn commands_are_read_as_written() {
    let script =
        "cargo fmt --version || x\nif ! cargo test --all 2>&1 | tee log; then\ncargo build\n";
    assert_eq!(cargo_lines(script), ["cargo test --all"]);
    assert_eq!(shell_lines("a\n```sh\ncargo x\n```\nb\n```toml\nc\n```\n"), ["cargo x"]);
}
