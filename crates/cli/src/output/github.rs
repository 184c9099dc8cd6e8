//! `--output-format github`: a workflow command for each finding, which GitHub Actions turns into
//! an annotation at the line.
//!
//! The message repeats place and rule, because the job's log shows nothing else of a command.

use std::io::{self, Write};

use statuslint_lint::Severity;
use statuslint_workspace::Outcome;

use super::escape::{github_data, github_property};
use super::lines::LineIndex;

/// Writes the findings of a run.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    for file in &run.files {
        let lines = LineIndex::new(&file.text);
        for finding in &file.report.findings {
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Hint => "notice",
            };
            let start = lines.position(finding.range.start);
            let end = lines.position(finding.range.end);
            let path = github_property(&file.path);
            let title = github_property(&format!("statuslint ({})", finding.rule));
            write!(out, "::{command} title={title},file={path},line={}", start.line)?;
            // Columns are only allowed where the annotation is on one line.
            if start.line == end.line {
                write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column)?;
            } else {
                write!(out, ",endLine={}", end.line)?;
            }
            let place = format!("{}:{}:{}", file.path, start.line, start.column);
            let mut message = format!("{place}: {}: {}", finding.rule, finding.message);
            if let Some(help) = &finding.help {
                message.push_str("\nhelp: ");
                message.push_str(help);
            }
            writeln!(out, "::{}", github_data(&message))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::escape::is_hidden;
    use crate::output::testing::{file, finding, hostile_texts, run, sample, written};

    #[test]
    fn a_sample_reads_well() {
        insta::assert_snapshot!(written(|out| findings(out, &sample())));
    }

    #[test]
    fn a_finding_is_one_command_whatever_it_says() {
        for text in hostile_texts() {
            let source = format!("{text}404");
            let found = finding(&source, "404", Severity::Error, &text);
            let output =
                written(|out| findings(out, &run(vec![file(&text, &source, vec![found])])));
            let line = output.strip_suffix('\n').unwrap();
            assert!(!line.contains(is_hidden), "{line:?}");
            let command = line.strip_prefix("::error ").unwrap();
            let (properties, _) = command.split_once("::").unwrap();
            let names: Vec<_> =
                properties.split(',').map(|each| each.split_once('=').unwrap().0).collect();
            assert_eq!(names, ["title", "file", "line", "col", "endLine", "endColumn"]);
        }
    }
}
