//! The comment that silences a finding silences that, in every language, and nothing else.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::Sample;
use statuslint_languages::Language;
use statuslint_lint::{Edit, Finding, Settings, Severity, allow_on_line, analyze, rules};
use statuslint_tests::full;

/// The findings of how many places can be allowed, of so many.
#[derive(Default)]
struct Share {
    offered: usize,
    of: usize,
}

/// Every fixture: language, settings, text.
fn fixtures() -> Vec<(Language, Settings, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found = Vec::new();
    for rule in rules() {
        let Ok(entries) = fs::read_dir(folder.join(rule.name)) else { continue };
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| !path.to_string_lossy().contains(".fixed."));
        paths.sort();
        for path in paths {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a UTF-8 name");
            let id = name.split(['.', '_']).next().expect("the first piece of a text");
            let language = Language::from_id(id).expect("a fixture is named for its language");
            let text = fs::read_to_string(&path).expect("a fixture is text");
            let first = text.lines().next().unwrap_or_default().to_owned();
            let words = first.split_once("settings:").map_or("", |(_, words)| words);
            let words = words.trim_end_matches("-->").trim_end_matches("*/");
            let words = words.split_whitespace().collect();
            let mut settings = Sample { language, words, text: String::new() }.settings();
            if rule.severity.is_none() {
                settings.rules.insert(rule.name, Some(Severity::Warning));
            }
            found.push((language, settings, text));
        }
    }
    found
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.range.clone(), &edit.text);
    }
    text
}

/// The number of the line of a byte.
fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count()
}

/// What each finding is about, without where that is.
fn said<'t>(text: &'t str, findings: &[&Finding]) -> Vec<(&'static str, &'t str)> {
    findings.iter().map(|it| (it.rule, &text[it.range.clone()])).collect()
}

/// Asserts that the comment for a finding, if there is one, takes it away and nothing else.
fn is_allowed(language: Language, settings: &Settings, text: &str, at: usize) -> bool {
    let report = analyze(text, language, settings);
    let finding = &report.findings[at];
    let Some(fix) = allow_on_line(text, language, settings, &report, finding) else { return false };
    assert_eq!(fix.title, format!("Allow {} on this line", finding.rule));
    let after = edited(text, &fix.edits);
    let left = analyze(&after, language, settings).findings;
    let own = line(text, finding.range.start);
    let others = |it: &&Finding| it.rule != finding.rule || line(text, it.range.start) != own;
    let expected: Vec<&Finding> = report.findings.iter().filter(others).collect();
    let left: Vec<&Finding> = left.iter().collect();
    // A finding that begins above the comment may go on behind it.
    let plain = |text: &str| text.lines().filter(|it| !it.contains("statuslint:")).count();
    let short = |said: Vec<(&'static str, &str)>| -> Vec<_> {
        said.iter().map(|(rule, text)| (*rule, text.chars().take(3).collect::<String>())).collect()
    };
    assert_eq!(short(said(&after, &left)), short(said(text, &expected)), "{after}");
    assert!(plain(&after) + 1 >= plain(text));
    true
}

fn report(shares: &BTreeMap<&str, Share>) -> String {
    let line = |(language, share): (&&str, &Share)| {
        format!("{language}: {} of {}\n", share.offered, share.of)
    };
    shares.iter().map(line).collect()
}

#[test]
fn a_finding_of_every_fixture_is_allowed_alone() {
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    let mut missed = String::new();
    for (language, settings, text) in fixtures() {
        let findings = analyze(&text, language, &settings).findings;
        let step = if full() { 1 } else { 3 };
        for at in (0..findings.len()).step_by(step) {
            let offered = is_allowed(language, &settings, &text, at);
            let share = shares.entry(language.id()).or_default();
            share.of += 1;
            share.offered += usize::from(offered);
            if !offered {
                let range = &findings[at].range;
                let line = text[range.start..].lines().next().unwrap_or_default();
                missed += &format!("{} {}: {line}\n", language.id(), findings[at].rule);
            }
        }
    }
    println!("{}{missed}", report(&shares));
}
