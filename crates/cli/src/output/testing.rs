//! Hand-made runs and hostile texts for the tests of the formats.

use std::ops::Range;
use std::sync::Arc;

use super::Look;
use statuslint_codes::{Class, StatusCode};
use statuslint_languages::{Evidence, Kind, Language, Role, Site, Usage, Value};
use statuslint_lint::{Edit, Finding, Fix, Report, Safety, Settings, Severity};
use statuslint_workspace::{Checked, Outcome, Problem, ProblemSeverity};

/// Texts made of everything that has ever broken an output, the same on every run.
pub(crate) fn hostile_texts() -> Vec<String> {
    const PIECES: [&str; 40] = [
        "\u{0}",
        "\u{7}",
        "\u{8}",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u{1b}]0;title\u{7}",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{85}",
        "\u{9b}31m",
        "\u{2028}",
        "\u{2029}",
        "\u{202e}",
        "\u{2066}",
        "\u{2069}",
        "\u{200f}",
        "\u{61c}",
        "\u{feff}",
        "%",
        "%0A",
        "%25",
        ":",
        "::error::x",
        ",",
        ";",
        "\"",
        "'",
        "\\",
        "/",
        "<",
        "&amp;",
        "{0}",
        "[a](b)",
        "é",
        "漢",
        "🏳️‍🌈",
        "e\u{301}",
        " x ",
    ];
    // A linear congruential generator: Knuth's constants for 64 bits.
    let mut state: u64 = 2026;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    (0..2000).map(|_| (0..next(12)).map(|_| PIECES[next(PIECES.len())]).collect()).collect()
}

/// How outputs look in tests: no colours, as wide as when there is no terminal.
pub(crate) fn look() -> Look {
    Look { color: false, width: 140, summary: true }
}

/// A finding about the first place this text stands in the source.
pub(crate) fn finding(source: &str, marked: &str, severity: Severity, message: &str) -> Finding {
    Finding {
        rule: "invalid-code",
        severity,
        message: message.to_owned(),
        help: None,
        code: marked.parse().ok().map(StatusCode::new),
        range: place(source, marked),
        evidence: Evidence::Certain,
        fixes: Vec::new(),
    }
}

/// A file with these findings.
pub(crate) fn file(path: &str, source: &str, findings: Vec<Finding>) -> Checked {
    Checked {
        path: path.to_owned(),
        text: Arc::new(source.to_owned()),
        language: Language::from_id("python"),
        settings: Arc::new(Settings::default()),
        report: Report { usage: Usage::default(), findings },
    }
}

/// A run over these files.
pub(crate) fn run(files: Vec<Checked>) -> Outcome {
    Outcome { checked: files.len() + 10, files, problems: Vec::new() }
}

/// A run with a bit of everything.
pub(crate) fn sample() -> Outcome {
    let api = "\u{feff}def create(request):\r\n\treturn Response(body, status=2000)\r\n";
    let wrong = Finding {
        help: Some("did you mean 200?".to_owned()),
        ..finding(api, "2000", Severity::Error, "2000 is not a status code: they end at 599")
    };
    let wild = "responses:\n  # 漢字 ok\n  \"漢\": 4xx, 5xX\n";
    let lower = Finding {
        rule: "unquoted-code",
        code: None,
        fixes: vec![Fix {
            title: "Replace 4xx with 4XX".to_owned(),
            safety: Safety::Safe,
            edits: vec![Edit { range: place(wild, "4xx"), text: "4XX".to_owned() }],
        }],
        ..finding(wild, "4xx", Severity::Warning, "`4xx` is not a wildcard here")
    };
    let hint = Finding {
        rule: "unknown-code",
        evidence: Evidence::Likely,
        ..finding(wild, "5xX", Severity::Hint, "not\nseen")
    };
    let mut outcome = run(vec![
        file("src/api.py", api, vec![wrong]),
        file("a b,c:é.yaml", wild, vec![lower, hint]),
    ]);
    outcome.files[0].report.usage.sites.push(site(api, "2000", Value::Code(StatusCode::new(2000))));
    outcome.files[1].report.usage.sites.extend([
        site(wild, "4xx", Value::Class(Class::ClientError)),
        site(wild, "5xX", Value::Malformed),
    ]);
    outcome.problems = vec![
        problem("data.bin.py", ProblemSeverity::Note, "is binary, skipped"),
        problem("locked.py", ProblemSeverity::Error, "cannot be read: permission denied"),
    ];
    outcome
}

/// Where a text stands first in the source.
pub(crate) fn place(source: &str, marked: &str) -> Range<usize> {
    let start = source.find(marked).unwrap();
    start..start + marked.len()
}

/// What a format writes.
pub(crate) fn written(
    write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn site(source: &str, marked: &str, value: Value) -> Site {
    Site {
        api: Some("starlette"),
        ..Site::new(place(source, marked), Kind::Number, value, Role::Emit, Evidence::Certain)
    }
}

fn problem(path: &str, severity: ProblemSeverity, message: &str) -> Problem {
    Problem { path: path.to_owned(), place: None, severity, message: message.to_owned() }
}
