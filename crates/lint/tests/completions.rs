//! Where statuses are offered, and what is put there.
//!
//! A line of `fixtures/completion/<language>.<extension>` with a cursor (`‸`) is a case, in which
//! the other cases are not there. After `⇒` stands what is put there for 404, or for the code
//! before a colon; ` + ` and the import that comes with it; ` | ` and the second item of the code;
//! or `nothing`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use statuslint_languages::Language;
use statuslint_lint::{Completions, Known, Settings, analyze, completions};
use statuslint_tests::{Dice, full};

/// The sign of the cursor, and what stands before the expectation.
const CURSOR: char = '‸';
const EXPECTED: &str = "⇒";

struct Fixture {
    path: PathBuf,
    language: Language,
    text: String,
}

/// One line with a cursor.
struct Case {
    line: usize,
    text: String,
    /// The document before the line was written.
    before: String,
    offset: usize,
    expected: String,
}

fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/completion");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a UTF-8 name");
        let id = name.split(['.', '_']).next().expect("the first piece of a text");
        let language = Language::from_id(id).unwrap_or_else(|| panic!("{name}: of no language"));
        let text = fs::read_to_string(&path).expect("a fixture is text");
        Fixture { path, language, text }
    };
    paths.into_iter().map(read).collect()
}

/// The cases of a fixture.
fn cases(fixture: &str) -> Vec<Case> {
    let is_case = |line: &str| line.contains(CURSOR);
    let lines: Vec<&str> = fixture.split_inclusive('\n').collect();
    let mut cases = Vec::new();
    for (number, case) in lines.iter().enumerate().filter(|(_, line)| is_case(line)) {
        let (mut text, mut before, mut offset) = (String::new(), String::new(), 0);
        let (written, expected) = case.split_once(EXPECTED).expect("a case says what is expected");
        let written = written.trim_end_matches(' ');
        for (other, line) in lines.iter().enumerate() {
            if other == number {
                let at = written.find(CURSOR).expect("it is a case");
                offset = text.len() + at;
                text.push_str(&written.replace(CURSOR, ""));
                text.push('\n');
            } else if !is_case(line) {
                text.push_str(line);
                before.push_str(line);
            }
        }
        let expected = expected.trim().to_owned();
        cases.push(Case { line: number + 1, text, before, offset, expected });
    }
    cases
}

/// What is offered for the code of an expectation, as an expectation is written.
fn told(found: Option<&Completions>, expected: &str) -> String {
    let Some(found) = found else { return "nothing".to_owned() };
    let (code, said) = match expected.split_once(": ") {
        Some((code, _)) if code.len() == 3 => (code, true),
        _ => ("404", false),
    };
    let items = found.items.iter().filter(|item| item.code.to_string() == code);
    let shown = items.map(|item| match &item.import {
        Some(import) => format!("{} + {}", item.text, import.text.trim()),
        None => item.text.clone(),
    });
    let shown: Vec<String> = shown.collect();
    let shown = if shown.is_empty() { "no such code".to_owned() } else { shown.join(" | ") };
    if said { format!("{code}: {shown}") } else { shown }
}

#[test]
fn every_fixture_offers_what_it_says() {
    let mut report = String::new();
    for fixture in fixtures() {
        let settings = Settings::default();
        for case in cases(&fixture.text) {
            let report_before = analyze(&case.before, fixture.language, &settings);
            let known = Known { text: &case.before, usage: &report_before.usage };
            let found =
                completions(&case.text, fixture.language, &settings, Some(known), case.offset);
            let told = told(found.as_ref(), &case.expected);
            if told != case.expected {
                let path = fixture.path.display();
                let _ = writeln!(report, "{path}:{}: {told}, not {}", case.line, case.expected);
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_language_has_places_and_look_alikes() {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for fixture in fixtures() {
        let count = counts.entry(fixture.language.id()).or_default();
        for case in cases(&fixture.text) {
            if case.expected == "nothing" { count.1 += 1 } else { count.0 += 1 }
        }
    }
    for language in Language::all() {
        let (found, silent) = counts.get(language.id()).copied().unwrap_or_default();
        assert!(found > 1 && silent > 1, "{}: {found} found, {silent} silent", language.id());
    }
}

/// The annotated sources of every language.
fn sources() -> Vec<(Language, String)> {
    let languages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../languages/languages");
    let mut sources = Vec::new();
    for language in Language::all() {
        let folder = languages.join(language.id()).join("fixtures");
        let entries = fs::read_dir(folder).expect("every language has fixtures");
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let text = |path: PathBuf| Some((language, fs::read_to_string(path).ok()?));
        sources.extend(paths.into_iter().filter_map(text));
    }
    sources
}

#[test]
fn anywhere_in_any_text_it_answers_and_in_comments_with_nothing() {
    let (mut dice, mut asked, mut commented, mut found) = (Dice::new(404), 0, 0, 0);
    let settings = Settings::default();
    let every = if full() { 12 } else { 400 };
    for (language, text) in sources() {
        let report = analyze(&text, language, &settings);
        let known = Known { text: &text, usage: &report.usage };
        let mut offset = dice.below(every);
        while offset <= text.len() {
            let known = (asked % 3 > 0).then_some(known);
            let offered = completions(&text, language, &settings, known, offset);
            let inside =
                |range: &&std::ops::Range<usize>| range.start < offset && offset < range.end;
            if let Some(comment) = report.usage.comments.iter().find(inside) {
                let comment = &text[comment.clone()];
                assert!(offered.is_none(), "{} at {offset}: {comment}", language.id());
                commented += 1;
            }
            if let Some(offered) = offered {
                let range = offered.range;
                assert!(range.start <= offset && offset <= range.end && !offered.items.is_empty());
                assert!(text.get(range).is_some_and(|typed| !typed.contains('\n')));
                found += 1;
            }
            asked += 1;
            offset += 1 + dice.below(2 * every - 1);
        }
    }
    println!("{asked} places, {commented} in comments, {found} with a list");
    assert!(commented > 50 && found > 10, "{asked} places, {commented} in comments, {found}");
}

#[test]
fn broken_texts_are_answered_too() {
    let (mut dice, mut asked) = (Dice::new(410), 0);
    let settings = Settings::default();
    let rounds = if full() { 10 } else { 1 };
    for (language, text) in sources().into_iter().step_by(if full() { 1 } else { 4 }) {
        for _ in 0..rounds {
            let start = text.floor_char_boundary(dice.below(text.len().max(1)));
            let end = text.floor_char_boundary(start + dice.below(40));
            let broken = format!("{}4{}", &text[..start], &text[end.max(start)..]);
            let report = analyze(&text, language, &settings);
            let known = Known { text: &text, usage: &report.usage };
            completions(&broken, language, &settings, Some(known), start + 1);
            completions(&broken, language, &settings, None, start);
            asked += 1;
        }
    }
    assert!(asked > 20);
}

/// The processor time of this thread: on a busy machine the time of the day tells little.
#[cfg(unix)]
fn time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.try_into().unwrap_or_default()
}

#[cfg(not(unix))]
fn time() -> Duration {
    static BEGUN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    BEGUN.get_or_init(std::time::Instant::now).elapsed()
}

/// A document of so many lines that begins with a fixture.
fn long(fixture: &Fixture, lines: usize) -> String {
    let of_language = |(language, text): (Language, String)| {
        (language == fixture.language && language.is_code() && !language.is_markup())
            .then_some(text)
    };
    let plain: String =
        fixture.text.split_inclusive('\n').filter(|line| !line.contains(CURSOR)).collect();
    let mut filler: Vec<String> = sources().into_iter().filter_map(of_language).collect();
    filler.push(plain.clone());
    let (mut text, mut count) = (plain, 0);
    for more in filler.iter().cycle() {
        if count >= lines {
            break;
        }
        count += more.lines().count();
        text.push_str(more);
        text.push('\n');
    }
    text
}

#[test]
fn long_documents_are_answered_in_time() {
    let (lines, rounds) = if full() { (10_000, 20) } else { (300, 1) };
    let settings = Settings::default();
    for fixture in fixtures() {
        let text = long(&fixture, lines);
        let report = analyze(&text, fixture.language, &settings);
        let known = Known { text: &text, usage: &report.usage };
        let mut times = Vec::new();
        for case in cases(&fixture.text) {
            let start = case.text[..case.offset].rfind('\n').map_or(0, |at| at + 1);
            let line = case.text[start..].lines().next().expect("the line of the case");
            let written = format!("{}{line}\n{}", &text[..start], &text[start..]);
            for _ in 0..rounds {
                let begun = time();
                completions(&written, fixture.language, &settings, Some(known), case.offset);
                times.push((time().saturating_sub(begun), case.line));
            }
        }
        times.sort_unstable();
        let ((middle, _), (late, line)) = (times[times.len() / 2], times[times.len() * 99 / 100]);
        let id = fixture.language.id();
        println!("{id}: half within {middle:?}, 99 of 100 within {late:?} (line {line})");
        assert!(middle < Duration::from_secs(1), "{id}: {middle:?}");
    }
}
