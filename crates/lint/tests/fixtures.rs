//! What each rule finds in each language, and what it passes over.
//!
//! `fixtures/<rule>/<language>.<extension>` is annotated as the pages are: exactly what the
//! annotations say is found. A rule that is off by default is on in its own folder. The first line may hold
//! `settings:` and the words that pages put behind the language of a block. Where
//! `<language>.fixed.<extension>` stands beside it, the fixes of that rule, unsafe ones too, make that of the
//! text, and change nothing more when applied again.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use common::Sample;
use statuslint_languages::Language;
use statuslint_lint::{Rule, Settings, Severity, rules};
use statuslint_tests::annotations;

/// One rule of `fixtures/matrix.toml`: the languages its mistake can be written in.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// The formats, beside the programming languages.
    #[serde(default)]
    also: Vec<String>,
    /// The programming languages it cannot be written in, each with the reason.
    #[serde(default)]
    except: BTreeMap<String, String>,
    /// The only languages, where they are few.
    #[serde(default)]
    only: Vec<String>,
    /// Why they are so few.
    why: Option<String>,
}

/// One file of a rule's folder.
struct Fixture {
    rule: &'static Rule,
    path: PathBuf,
    language: Language,
    text: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Every fixture, in the order of rules and paths.
fn fixtures() -> Vec<Fixture> {
    let mut found = Vec::new();
    for rule in rules() {
        let Ok(entries) = fs::read_dir(folder().join(rule.name)) else { continue };
        let mut paths: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a UTF-8 name");
            let id = name.split(['.', '_']).next().expect("the first piece of a text");
            let language = Language::from_id(id)
                .unwrap_or_else(|| panic!("{}: no language is called {id}", path.display()));
            let text = fs::read_to_string(&path).expect("a fixture is text");
            found.push(Fixture { rule, path, language, text });
        }
    }
    found
}

impl Fixture {
    fn is_fixed(&self) -> bool {
        self.path.to_string_lossy().contains(".fixed.")
    }

    fn sample(&self) -> Sample<'_> {
        let first = self.text.lines().next().unwrap_or_default();
        let words = first.split_once("settings:").map_or("", |(_, words)| words);
        let words = words.trim_end_matches("-->").trim_end_matches("*/");
        let words = words.split_whitespace().collect();
        Sample { language: self.language, words, text: self.text.clone() }
    }

    fn settings(&self, sample: &Sample<'_>) -> Settings {
        let mut settings = sample.settings();
        if self.rule.severity.is_none() {
            settings.rules.insert(self.rule.name, Some(Severity::Warning));
        }
        settings
    }
}

#[test]
fn every_fixture_is_as_annotated() {
    let mut report = String::new();
    for fixture in fixtures().iter().filter(|fixture| !fixture.is_fixed()) {
        let sample = fixture.sample();
        if let Some(difference) = sample.difference(&fixture.settings(&sample)) {
            let _ = write!(report, "{}\n{difference}", fixture.path.display());
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn fixes_make_of_a_fixture_what_stands_beside_it() {
    let all = fixtures();
    for fixed in all.iter().filter(|fixture| fixture.is_fixed()) {
        let before = fixed.path.to_string_lossy().replace(".fixed.", ".");
        let before = all.iter().find(|fixture| fixture.path == Path::new(&before));
        let before = before.unwrap_or_else(|| panic!("{}: of what?", fixed.path.display()));
        let own = |finding: &statuslint_lint::Finding, _: &statuslint_lint::Fix| {
            finding.rule == fixed.rule.name
        };
        for (fixture, times) in [(before, "once"), (fixed, "twice")] {
            let sample = fixture.sample();
            let made = sample.fixed(&fixture.settings(&sample), own);
            assert_eq!(made, fixed.text, "{} fixed {times}", before.path.display());
        }
    }
}

/// The programming languages, dialects aside.
const PROGRAMMING: &[&str] = &[
    "c",
    "clojure",
    "cpp",
    "csharp",
    "dart",
    "elixir",
    "go",
    "haskell",
    "java",
    "javascript",
    "kotlin",
    "lua",
    "perl",
    "php",
    "python",
    "ruby",
    "rust",
    "scala",
    "swift",
    "typescript",
];

#[test]
fn every_rule_is_shown_where_its_mistake_can_be_written() {
    let text = fs::read_to_string(folder().join("matrix.toml")).expect("the matrix is there");
    let matrix: BTreeMap<String, Row> = toml::from_str(&text).expect("the matrix is TOML");
    let all = fixtures();
    let mut missing = String::new();
    for rule in rules() {
        let Some(row) = matrix.get(rule.name) else {
            panic!("{} has no row in matrix.toml", rule.name);
        };
        assert_eq!(row.only.is_empty(), row.why.is_none(), "{}: only goes with why", rule.name);
        let programming = PROGRAMMING.iter().filter(|id| !row.except.contains_key(**id));
        let languages: Vec<&str> = if row.only.is_empty() {
            programming.copied().chain(row.also.iter().map(String::as_str)).collect()
        } else {
            row.only.iter().map(String::as_str).collect()
        };
        for id in languages {
            let own = || {
                let of_rule = all.iter().filter(|it| it.rule.name == rule.name && !it.is_fixed());
                of_rule.filter(|it| it.language.id() == id)
            };
            let found = own().any(|it| {
                let said = annotations(&it.text);
                said.iter().any(|said| said.text.ends_with(rule.name))
            });
            let silent = own().any(|it| it.text.contains("silent"));
            if !found || !silent {
                let what = if found { "stays silent" } else { "is found" };
                let _ = writeln!(missing, "{}: nothing {what} in {id}", rule.name);
            }
        }
        for id in row.except.keys() {
            let shown = all.iter().any(|it| it.rule.name == rule.name && it.language.id() == id);
            assert!(!shown, "{}: {id} is an exception and shown", rule.name);
        }
    }
    assert!(missing.is_empty(), "\n{missing}");
}
