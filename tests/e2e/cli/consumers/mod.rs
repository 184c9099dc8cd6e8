//! Every format for programs, read by what reads it: its published schema, a parser that others
//! wrote, or the rules of its one consumer. What was read is compared with `json`.

mod checkstyle;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod schema;
mod subjects;
mod xml;

use serde_json::Value;

use subjects::{Subject, subjects};

/// What `json` says of a run.
#[derive(Debug)]
struct Said {
    findings: Vec<Finding>,
    errors: Vec<Failure>,
}

/// A finding as `json` has it.
#[derive(Debug, PartialEq)]
struct Finding {
    path: String,
    rule: String,
    severity: String,
    message: String,
    help: Option<String>,
    /// Line and column.
    start: (u64, u64),
    end: (u64, u64),
}

/// Something that could not be done, as `json` has it.
#[derive(Debug, PartialEq)]
struct Failure {
    path: String,
    message: String,
    line: Option<u64>,
    column: Option<u64>,
}

impl Said {
    /// What `json` says of this run.
    fn of(subject: &Subject) -> Self {
        let log: Value = serde_json::from_str(&subject.written("json")).unwrap();
        let each = |key: &str| log[key].as_array().unwrap().clone();
        let findings = each("findings").iter().map(Finding::new).collect();
        let errors = each("errors").iter().map(Failure::new).collect();
        Self { findings, errors }
    }

    /// The findings under names that one format has for our severities.
    fn mapped<'n, R>(
        &self,
        severities: [(&str, &'n str); 4],
        row: impl Fn(&Finding, &'n str) -> R,
    ) -> Vec<R> {
        let named = |ours: &str| severities.iter().find(|(name, _)| *name == ours).unwrap().1;
        self.findings.iter().map(|finding| row(finding, named(&finding.severity))).collect()
    }
}

impl Finding {
    fn new(object: &Value) -> Self {
        let text = |key: &str| object[key].as_str().unwrap().to_owned();
        let place = |key: &str| {
            let number = |part: &str| object[key][part].as_u64().unwrap();
            (number("line"), number("column"))
        };
        Self {
            path: text("path"),
            rule: text("rule"),
            severity: text("severity"),
            message: text("message"),
            help: object["help"].as_str().map(str::to_owned),
            start: place("start"),
            end: place("end"),
        }
    }

    /// The message and what helps, if there is something, with this between them.
    fn joined(&self, between: &str) -> String {
        let parts = [Some(&*self.message), self.help.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(between)
    }
}

impl Failure {
    fn new(object: &Value) -> Self {
        let text = |key: &str| object[key].as_str().unwrap().to_owned();
        Self {
            path: text("path"),
            message: text("message"),
            line: object["line"].as_u64(),
            column: object["column"].as_u64(),
        }
    }
}

/// A path as servers know it.
fn slashed(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

/// Whether a character acts on a terminal, or is none that XML knows.
fn is_hidden(c: char) -> bool {
    let separators = ['\u{2028}', '\u{2029}', '\u{fffe}', '\u{ffff}'];
    let directions =
        ['\u{61c}', '\u{200e}', '\u{200f}'].contains(&c) || ('\u{202a}'..='\u{202e}').contains(&c);
    let isolates = ('\u{2066}'..='\u{2069}').contains(&c);
    c.is_control() || separators.contains(&c) || directions || isolates
}

/// The text as formats show it: hidden characters as their code points.
fn visible(text: &str, hidden: impl Fn(char) -> bool) -> String {
    let shown = |c: char| if hidden(c) { c.escape_unicode().to_string() } else { c.to_string() };
    text.chars().map(shown).collect()
}
