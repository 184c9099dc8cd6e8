//! What a baseline knows again.

use std::sync::Arc;

use statuslint_languages::Language;
use statuslint_lint::{Settings, analyze};

use super::*;
use crate::Checked;

const PAY: &str = "from starlette.responses import Response\n\ndef pay():\n    return Response(status_code=402)\n";

fn run(files: &[(&str, &str)]) -> Outcome {
    let language = Language::from_id("python").unwrap();
    let settings = Arc::new(Settings::default());
    let files = files.iter().map(|(path, text)| Checked {
        path: (*path).to_owned(),
        text: Arc::new((*text).to_owned()),
        language: Some(language),
        report: analyze(text, language, &settings),
        settings: Arc::clone(&settings),
    });
    Outcome { files: files.collect(), ..Outcome::default() }
}

fn here() -> Vec<PathBuf> {
    vec![absolute(Path::new("."))]
}

/// A baseline of these files.
fn baseline(files: &[(&str, &str)]) -> Baseline {
    let mut baseline = Baseline::new(Path::new("baseline.json"));
    baseline.update(&run(files), &here());
    baseline
}

/// How many findings are left, how many were held back and how many are gone.
fn left(baseline: &Baseline, files: &[(&str, &str)]) -> (usize, usize, usize) {
    let mut outcome = run(files);
    let HeldBack { findings, gone } = baseline.hold_back(&mut outcome, &here());
    (outcome.files.iter().map(|file| file.report.findings.len()).sum(), findings, gone)
}

#[test]
fn findings_are_known_again_wherever_they_move_in_their_file() {
    let known = baseline(&[("src/a.py", PAY)]);
    assert_eq!(known.len(), 1);
    let moved = PAY.replace("def pay", "# new\n\n\nclass A:\n  pass\n\ndef pay");
    let indented = PAY.replace("    return", "\treturn");
    for text in [PAY, &moved, &indented, &PAY.replace('\n', "\r\n")] {
        assert_eq!(left(&known, &[("src/a.py", text)]), (0, 1, 0), "{text}");
    }
    assert_eq!(left(&known, &[("src/b.py", PAY)]), (1, 0, 1));
    assert_eq!(left(&known, &[("src/a.py", &PAY.replace("402", "306"))]), (1, 0, 1));
    assert_eq!(left(&known, &[("src/a.py", "")]), (0, 0, 1));
}

#[test]
fn one_more_of_the_same_is_new() {
    let twice = format!("{PAY}\ndef again():\n    return Response(status_code=402)\n");
    assert_eq!(left(&baseline(&[("a.py", PAY)]), &[("a.py", &twice)]), (1, 1, 0));
    assert_eq!(left(&baseline(&[("a.py", &twice)]), &[("a.py", PAY)]), (0, 1, 1));
}

#[test]
fn what_was_not_looked_at_stays() {
    let mut known = baseline(&[("a/x.py", PAY), ("b/x.py", PAY)]);
    let only_a = [absolute(Path::new("a"))];
    known.update(&run(&[]), &only_a);
    assert_eq!(known, baseline(&[("b/x.py", PAY)]));
    let held = known.hold_back(&mut run(&[("a/x.py", PAY)]), &only_a);
    assert_eq!(held, HeldBack::default());
}

#[test]
fn what_is_written_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("baseline.json");
    let path = folder.path().join("src/é \"\n.py").display().to_string();
    let mut known = Baseline::new(&file);
    known.update(&run(&[(&path, PAY)]), &[]);
    let written = known.to_json();
    let entry = r#"{"path":"src/é \"\n.py","rule":"reserved-code","text":"return Response(status_code=402)","count":1}"#;
    assert_eq!(written, format!("{{\"version\":1,\"findings\":[\n{entry}\n]}}\n"));
    assert_eq!(Baseline::read(&file).unwrap(), None);
    std::fs::write(&file, written).unwrap();
    assert_eq!(Baseline::read(&file).unwrap(), Some(known));
    assert_eq!(Baseline::new(&file).to_json(), "{\"version\":1,\"findings\":[]}\n");
}

#[test]
fn what_is_no_baseline_is_said_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("baseline.json");
    for (text, expected) in [
        ("", ":1:1: is no baseline: "),
        ("{\"version\":1,\n\"findings\":[{}]}", ":2:"),
        ("{\"version\":2,\"findings\":[]}", ": is a baseline of version 2, of a newer statuslint"),
    ] {
        std::fs::write(&file, text).unwrap();
        let problem = Baseline::read(&file).unwrap_err().to_string();
        assert!(problem.contains(expected), "{problem}");
    }
}

#[test]
fn a_long_line_is_known_by_what_is_around() {
    let line = |before: usize| {
        let filler = "é".repeat(before);
        format!("{filler} return 402 {}", "漢".repeat(300))
    };
    let range = |text: &str| {
        let at = text.find("402").unwrap();
        at..at + 3
    };
    let (one, two) = (line(400), line(500));
    assert_eq!(text_of(&one, &range(&one)), text_of(&two, &range(&two)));
    assert!(text_of(&one, &range(&one)).len() < LONG);
    assert_eq!(
        text_of(&one, &(0..one.len())).len(),
        one.split_whitespace().collect::<Vec<_>>().join(" ").len()
    );
}
