//! The pages of the rules are their tests: fenced blocks are analysed, and exactly what their
//! annotations say must be found.
//!
//! A block's info string is the language, then words: `path=`, `vendors=`, `allow=` set the
//! settings, `on` switches on a rule that is off, `severity` puts the severity before each rule, and
//! `fixed` makes the block what the one before it becomes when its safe fixes are applied.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use common::Sample;
use statuslint_languages::Language;
use statuslint_lint::{Rule, Safety, rules};
use statuslint_tests::annotations;

/// A fenced block of a page.
struct Block<'a> {
    line: usize,
    sample: Sample<'a>,
}

/// The blocks of a page that are in a supported language.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
        let text: String = inside.flat_map(|line| [line, "\n"]).collect();
        let mut words = info.split_whitespace();
        if let Some(language) = words.next().and_then(Language::from_id) {
            let sample = Sample { language, words: words.collect(), text };
            blocks.push(Block { line: index + 1, sample });
        }
    }
    blocks
}

fn page_path(rule: &Rule) -> PathBuf {
    folder().join(rule.name.replace('-', "_")).with_extension("md")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")
}

#[test]
fn every_example_is_as_annotated() {
    let mut report = String::new();
    for rule in rules() {
        let place = |line| format!("{}:{line}\n", page_path(rule).display());
        let mut previous: Option<Sample> = None;
        for Block { line, sample } in blocks(rule.page) {
            let settings = sample.settings();
            if sample.words.contains(&"fixed") {
                let before = previous.take().expect("a fixed block stands behind another");
                let fixed = before.fixed(&before.settings(), |_, fix| fix.safety == Safety::Safe);
                if fixed != sample.text {
                    let _ = write!(report, "{}  fixed, it is\n{fixed}", place(line));
                }
                let again = sample.fixed(&settings, |_, fix| fix.safety == Safety::Safe);
                assert_eq!(again, sample.text, "{}fixing twice changes more", place(line));
            } else {
                if let Some(difference) = sample.difference(&settings) {
                    let _ = write!(report, "{}{difference}", place(line));
                }
                previous = Some(sample);
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_page_shows_the_mistake() {
    for rule in rules() {
        let found = blocks(rule.page)
            .iter()
            .flat_map(|block| annotations(&block.sample.text))
            .any(|annotation| annotation.text.ends_with(rule.name));
        assert!(found, "no example of {} has the mistake", rule.name);
    }
}

#[test]
fn every_page_has_the_same_parts() {
    for rule in rules() {
        let severity = rule.severity.map_or("off", statuslint_lint::Severity::as_str);
        let start = format!("# {}\n\nDefault severity: **{severity}**", rule.name);
        assert!(rule.page.starts_with(&start), "{} does not start with {start:?}", rule.name);
        let none = rule.page.contains("Fix: none.");
        assert_eq!(none, !rule.fixable, "{}: the page and the rule differ about fixes", rule.name);
        let mut rest = rule.page;
        for part in
            ["What it finds", "Why it matters", "Examples", "When to allow it", "Configuration"]
        {
            let heading = format!("\n## {part}\n");
            rest =
                rest.split_once(&heading).unwrap_or_else(|| panic!("{}: no {part}", rule.name)).1;
        }
        let why =
            rule.page.split("## Why it matters").nth(1).and_then(|why| why.split("\n## ").next());
        let why = why.expect("the part is there");
        assert!(why.contains("RFC ") || why.contains("OpenAPI "), "{}: no reference", rule.name);
    }
}

#[test]
fn the_list_is_the_folder() {
    let mut files: Vec<String> = fs::read_dir(folder())
        .expect("the folder of rules is there")
        .map(|entry| entry.expect("it can be listed").file_name().into_string().expect("UTF-8"))
        .collect();
    files.sort();
    let mut expected: Vec<String> = rules()
        .iter()
        .flat_map(|rule| ["md", "rs"].map(|ext| format!("{}.{ext}", rule.name.replace('-', "_"))))
        .collect();
    expected.sort();
    assert_eq!(files, expected, "a rule is a .rs and a .md beside it, listed in rules.rs");
}

#[test]
fn the_index_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    let index = index();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &index).expect("the index can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        written, index,
        "docs/rules.md is out of date; run: UPDATE=1 cargo test -p statuslint-lint --test pages"
    );
}

/// The index of the rules for readers of the documentation.
fn index() -> String {
    let mut out = String::from(
        "# Rules\n\n<!-- Written by `UPDATE=1 cargo test -p statuslint-lint --test pages`. -->\n\n\
         Each rule has a page with its reasons and examples; `statuslint explain RULE` shows it in \
         the terminal.\n\n| rule | default | in tests | fix | finds |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in rules() {
        let severity = rule.severity.map_or("off", statuslint_lint::Severity::as_str);
        let _ = writeln!(
            out,
            "| [`{}`](../crates/lint/src/rules/{}.md) | {severity} | {} | {} | {} |",
            rule.name,
            rule.name.replace('-', "_"),
            if rule.quiet_in_tests { "info" } else { severity },
            if rule.fixable { "yes" } else { "" },
            rule.summary,
        );
    }
    out
}
