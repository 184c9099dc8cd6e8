//! `--output-format gitlab`: the Code Quality report that GitLab compares between branches and
//! shows in merge requests.
//!
//! GitLab has five severities, two of which (`critical`, `blocker`) say more than a linter of
//! statuses knows: an error is `major`, a warning `minor`, infos and hints are `info`. A file that
//! could not be read is no violation on a line, so it is not in the report; standard error and the
//! exit status tell of it.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use statuslint_lint::{Finding, Severity};
use statuslint_workspace::{Checked, Outcome};

use super::escape::slashed;
use super::fingerprint::Fingerprints;
use super::lines::LineIndex;

/// Writes the findings of a run: an array, each finding on a line of its own within.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    write!(out, "[")?;
    let mut separator = "\n";
    for file in &run.files {
        let lines = LineIndex::new(&file.text);
        let mut prints = Fingerprints::new(file, &lines);
        for finding in &file.report.findings {
            out.write_all(separator.as_bytes())?;
            separator = ",\n";
            let violation = Violation::new(file, &lines, finding, prints.of(finding));
            serde_json::to_writer(&mut *out, &violation)?;
        }
    }
    writeln!(out, "\n]")
}

/// A finding, its fields named as GitLab's documentation names them.
#[derive(Debug, Serialize)]
struct Violation<'a> {
    description: Cow<'a, str>,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

/// Where it is: GitLab reads the first line from `lines`, others have the columns as well.
#[derive(Debug, Serialize)]
struct Location<'a> {
    path: Cow<'a, str>,
    lines: Span<usize>,
    positions: Span<Position>,
}

#[derive(Debug, Serialize)]
struct Span<T> {
    begin: T,
    end: T,
}

#[derive(Debug, Serialize)]
struct Position {
    line: usize,
    column: usize,
}

impl<'a> Violation<'a> {
    fn new(
        file: &'a Checked,
        lines: &LineIndex<'_>,
        finding: &'a Finding,
        fingerprint: String,
    ) -> Self {
        let (start, end) = (lines.position(finding.range.start), lines.position(finding.range.end));
        Self {
            description: match &finding.help {
                Some(help) => format!("{}; {help}", finding.message).into(),
                None => finding.message.as_str().into(),
            },
            check_name: finding.rule,
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info | Severity::Hint => "info",
            },
            location: Location {
                path: slashed(&file.path),
                lines: Span { begin: start.line, end: end.line },
                positions: Span {
                    begin: Position { line: start.line, column: start.column },
                    end: Position { line: end.line, column: end.column },
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{file, finding, hostile_texts, run, sample, written};

    #[test]
    fn a_sample_reads_well() {
        insta::assert_snapshot!(written(|out| findings(out, &sample())));
    }

    #[test]
    fn an_empty_run_is_an_empty_array() {
        let text = written(|out| findings(out, &Outcome::default()));
        assert_eq!(serde_json::from_str::<Vec<()>>(&text).unwrap(), []);
    }

    #[test]
    fn hostile_texts_are_read_back_as_written() {
        for text in hostile_texts() {
            let source = format!("{text}404");
            let found = finding(&source, "404", Severity::Error, &text);
            let output =
                written(|out| findings(out, &run(vec![file(&text, &source, vec![found])])));
            let report: serde_json::Value = serde_json::from_str(&output).unwrap();
            assert_eq!(report[0]["description"], text.as_str());
            assert_eq!(report[0]["location"]["path"], &*slashed(&text));
        }
    }
}
