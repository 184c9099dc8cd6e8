//! The comment that silences a finding silences that, in every language, and nothing else.

#[expect(dead_code, reason = "shared with other tests")]
mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::Sample;
use statuslint_languages::Language;
use statuslint_lint::{
    Edit, Finding, Settings, Severity, allow_on_line, analyze, respects_allow, rules,
};
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

#[test]
fn a_finding_of_every_fixture_is_allowed_alone() {
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    let mut missed = String::new();
    // Every third document, and one finding of it, but in the full form.
    let step = if full() { 1 } else { 3 };
    for (language, settings, text) in fixtures().into_iter().step_by(step) {
        let findings = analyze(&text, language, &settings).findings;
        for at in (0..findings.len()).step_by(if full() { 1 } else { usize::MAX }) {
            let offered = is_allowed(language, &settings, &text, at);
            let share = shares.entry(language.id()).or_default();
            share.of += 1;
            share.offered += usize::from(offered);
            if !offered && language.id() != "json" {
                let line = text[findings[at].range.start..].lines().next().unwrap_or_default();
                let _ = writeln!(missed, "{} {}: {line}", language.id(), findings[at].rule);
            }
        }
    }
    for (language, share) in &shares {
        println!("{language}: {} of {}", share.offered, share.of);
        // JSON has no comments.
        let enough = if *language == "json" { 0 } else { share.of - share.of / 20 };
        assert!(share.offered >= enough, "{language}: {} of {}\n{missed}", share.offered, share.of);
    }
    assert!(shares.len() > 20 && shares.get("json").is_none_or(|share| share.offered == 0));
    print!("{missed}");
}

/// The text that allowing its only finding makes of it, if that is offered.
fn allowed(id: &str, text: &str) -> Option<String> {
    let language = Language::from_id(id).expect("a language");
    let settings = Settings::default();
    let report = analyze(text, language, &settings);
    let unused = |it: &&Finding| it.rule == "unused-code";
    let findings: Vec<&Finding> = report.findings.iter().filter(unused).collect();
    assert_eq!(findings.len(), 1, "{text}: {:#?}", report.findings);
    let fix = allow_on_line(text, language, &settings, &report, findings[0])?;
    Some(edited(text, &fix.edits))
}

/// Asserts that the comment goes where `~` stands.
#[track_caller]
fn goes(id: &str, expected: &str, comment: &str) {
    let text = expected.replace('~', "");
    assert_eq!(allowed(id, &text), Some(expected.replace('~', comment)), "{text}");
}

const PYTHON: &str = "from fastapi import HTTPException\n";
const HASH: &str = "  # statuslint: allow(unused-code)";
const ABOVE: &str = "# statuslint: allow(unused-code)\n";

#[test]
fn the_comment_stands_where_it_is_one() {
    let python = |rest: &str, comment: &str| goes("python", &format!("{PYTHON}{rest}"), comment);
    python("raise HTTPException(306)~\n", HASH);
    python("raise HTTPException(306)~", HASH);
    // The line is as it was, white space at its end too.
    python("raise HTTPException(306)~  \n", HASH);
    // Behind another comment it would be part of that one.
    python("~raise HTTPException(306)  # so be it\n", ABOVE);
    let inner = &format!("        {ABOVE}");
    python("def f():\n    if x:\n~        raise HTTPException(306)  # so\n", inner);
    // The string goes on.
    python("~raise HTTPException(306, \"\"\"\n  none\n\"\"\")\n", ABOVE);
    // So does the line; the one above does not.
    python("~raise HTTPException(306, \\\n  'none')\n", ABOVE);
    // A long line grows no longer.
    python(&format!("~raise HTTPException(306, '{}')\n", "x".repeat(60)), ABOVE);
}

#[test]
fn line_breaks_stay_what_they_are() {
    let text = format!("{PYTHON}raise HTTPException(306)~\n").replace('\n', "\r\n");
    goes("python", &text, HASH);
    let text = format!("{PYTHON}~raise HTTPException(306) # so\n").replace('\n', "\r\n");
    goes("python", &text, &ABOVE.replace('\n', "\r\n"));
    let only = format!("{PYTHON}raise HTTPException(306)\n").replace('\n', "\r");
    assert_eq!(allowed("python", &only), None);
}

#[test]
fn code_in_strings_and_continued_lines_takes_no_line_comment() {
    let both = format!("{PYTHON}if ok: \\\n  raise HTTPException(306, \\\n 'none')\n");
    assert_eq!(allowed("python", &both), None);
    let shell = "[ \"$(curl -so x -w '%{http_code}' u)\" = \\\n  306 ] \\\n  && echo\n";
    assert_eq!(allowed("bash", shell), None);
    let within = " /* statuslint: allow(unused-code) */";
    goes("javascript", "const s = `a\n${res.statusCode === 306~}\nb`;\n", within);
    goes("c", "#define GONE(r) \\\n  do { r.status_code = 306~; \\\n  } while (0)\n", within);
}

#[test]
fn each_piece_of_a_document_has_its_own_comments() {
    let slashes = " // statuslint: allow(unused-code)";
    goes("html", "<p>\n<script>\nif (res.status === 306) f();~\n</script>\n", slashes);
    let markup = "  <!-- statuslint: allow(unused-code) -->\n";
    goes("vue", "<template>\n~  <p v-if=\"res.status === 306\">no</p>\n</template>\n", markup);
    let within = " /* statuslint: allow(unused-code) */";
    goes("vue", "<template>\n<p\n v-if=\"res.status === 306~\">no</p>\n</template>\n", within);
    goes("markdown", "# A\n\n```js\nif (res.status === 306) f();~\n```\n", slashes);
    goes("markdown", "```py\nif response.status_code == 306: f()~\n```\n", HASH);
    goes("markdown", "> ```py\n> if response.status_code == 306: f()~\n> ```\n", HASH);
    let jsx = "  {/* statuslint: allow(unused-code) */}\n";
    let text = "const a = <p>\n~  no {res.status === 306 && <b/>} is it\n</p>;\n";
    goes("javascript", text, jsx);
    let text = "const a = <p>\n  no\n  so {res.status === 306~ && <b/>}\n</p>;\n";
    goes("javascript", text, within);
}

#[test]
fn an_allowance_that_covers_the_line_takes_the_rule_in() {
    let more = ", unused-code";
    let line = "raise HTTPException(306)  # statuslint: allow(reserved-code~) -- a\n";
    goes("python", &format!("{PYTHON}{line}"), more);
    let above = format!("{PYTHON}# statuslint: allow(reserved-code~)\nraise HTTPException(306)\n");
    goes("python", &above, more);
    // One that covers the line before does not.
    let before = format!("{PYTHON}x = 1 # statuslint: allow(a)\nraise HTTPException(306)~\n");
    goes("python", &before, HASH);
}

#[test]
fn a_long_document_takes_the_same_comment() {
    let function =
        "def f(x):\n    \"\"\"Tells: it's\n    none.\"\"\"\n    return [x, \"\"\"\n\"\"\"]\n\n";
    let many = function.repeat(700);
    assert!(many.len() > 40_000);
    for (before, after) in [(many.as_str(), ""), ("", many.as_str()), (&many, &many)] {
        let line = "def g():\n    raise HTTPException(306)~\n";
        goes("python", &format!("{PYTHON}{before}{line}{after}"), HASH);
        let line = "def g():\n~    raise HTTPException(306, \"\"\"\n\"\"\")\n";
        goes("python", &format!("{PYTHON}{before}{line}{after}"), &format!("    {ABOVE}"));
    }
}

#[test]
fn an_allowed_code_silences_the_rules_that_say_so() {
    let mut silenced = BTreeMap::new();
    for (language, settings, text) in fixtures() {
        if language.id() != "go" {
            continue;
        }
        for finding in analyze(&text, language, &settings).findings {
            let Some(code) = finding.code else { continue };
            let mut settings = settings.clone();
            settings.allow.push(code);
            let left = analyze(&text, language, &settings).findings;
            let is_left =
                left.iter().any(|it| (it.rule, &it.range) == (finding.rule, &finding.range));
            assert_eq!(respects_allow(finding.rule), !is_left, "{} {code}", finding.rule);
            *silenced.entry(finding.rule).or_insert(0) += usize::from(!is_left);
        }
    }
    assert_eq!(silenced.values().filter(|count| **count > 0).count(), 5, "{silenced:?}");
}
