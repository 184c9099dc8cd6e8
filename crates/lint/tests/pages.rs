//! The pages of the rules are their tests: fenced blocks are analysed, and exactly what their
//! annotations say must be found.
//!
//! A block's info string is the language, then words: `path=`, `vendors=`, `allow=` set the
//! settings, `severity` puts the severity before each rule, and `fixed` makes the block what the
//! one before it becomes when its safe fixes are applied.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use statuslint_codes::StatusCode;
use statuslint_languages::Language;
use statuslint_lint::{Finding, Rule, Safety, Settings, analyze, rules};
use statuslint_tests::{annotations, difference};

/// A fenced block of a page.
struct Block<'a> {
    line: usize,
    language: Language,
    words: Vec<&'a str>,
    text: String,
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
            blocks.push(Block { line: index + 1, language, words: words.collect(), text });
        }
    }
    blocks
}

impl Block<'_> {
    fn setting(&self, key: &str) -> impl Iterator<Item = &str> {
        let values = self.words.iter().filter_map(move |word| word.strip_prefix(key));
        values.filter_map(|value| value.strip_prefix('=')).flat_map(|value| value.split(','))
    }

    fn settings(&self) -> Settings {
        let path = self.setting("path").next().unwrap_or_default();
        let mut settings = Settings {
            vendors: self.setting("vendors").map(str::to_owned).collect(),
            in_test: self.language.is_test_path(path),
            ..Settings::default()
        };
        for number in self.setting("allow") {
            settings.allow.push(StatusCode::new(number.parse().expect("allow holds numbers")));
        }
        path.clone_into(&mut settings.context.path);
        settings
    }

    fn findings(&self, text: &str) -> Vec<Finding> {
        analyze(text, self.language, &self.settings()).findings
    }

    fn difference(&self) -> Option<String> {
        let with_severity = self.words.contains(&"severity");
        let found = self.findings(&self.text).into_iter().map(|finding| {
            let severity = finding.severity.as_str();
            let rule = finding.rule;
            let said = if with_severity { format!("{severity} {rule}") } else { rule.to_owned() };
            (finding.range, said)
        });
        difference(&self.text, found.collect())
    }

    /// The text without its annotations, every safe fix applied.
    fn fixed(&self) -> String {
        let mut text = without_annotations(&self.text);
        let findings = self.findings(&text);
        let fixes = findings.iter().flat_map(|finding| &finding.fixes);
        let safe = fixes.filter(|fix| fix.safety == Safety::Safe);
        let mut edits: Vec<_> = safe.flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|edit| edit.range.start);
        for edit in edits.into_iter().rev() {
            text.replace_range(edit.range.clone(), &edit.text);
        }
        text
    }
}

fn without_annotations(text: &str) -> String {
    let is_annotation = |line: &str| !annotations(&format!("{:200}\n{line}\n", "")).is_empty();
    text.lines().filter(|line| !is_annotation(line)).flat_map(|line| [line, "\n"]).collect()
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
        let mut previous: Option<Block> = None;
        for block in blocks(rule.page) {
            if block.words.contains(&"fixed") {
                let before = previous.take().expect("a fixed block stands behind another");
                let fixed = before.fixed();
                if fixed != block.text {
                    let _ = write!(report, "{}  fixed, it is\n{fixed}", place(block.line));
                }
                let again = block.fixed();
                assert_eq!(again, block.text, "{}fixing twice changes more", place(block.line));
            } else {
                if let Some(difference) = block.difference() {
                    let _ = write!(report, "{}{difference}", place(block.line));
                }
                previous = Some(block);
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_page_shows_the_rule_in_every_language() {
    for rule in rules() {
        for ids in [
            ["rust"].as_slice(),
            &["go"],
            &["python"],
            &["javascript", "typescript"],
            &["yaml", "json"],
        ] {
            let shown = blocks(rule.page).iter().any(|block| ids.contains(&block.language.id()));
            assert!(shown, "{} has no example in {ids:?}", rule.name);
        }
        let found = blocks(rule.page)
            .iter()
            .flat_map(|block| annotations(&block.text))
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
