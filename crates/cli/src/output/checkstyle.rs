//! `--output-format checkstyle`: the report of Checkstyle, which many servers and editors read.
//!
//! Its severities are `error`, `warning`, `info` and `ignore`; a hint becomes an info, the least
//! that is shown. A file that could not be read is an error with the source `statuslint`, as those
//! of other tools without a rule are; its line is 0 where there is none.

use std::io::{self, Write};

use statuslint_lint::{Finding, Severity};
use statuslint_workspace::{Checked, Outcome, Problem};

use super::errors;
use super::escape::slashed;
use super::lines::LineIndex;
use super::xml::{Document, document, plain};

/// The version of Checkstyle that other tools name in such reports; nobody reads it, but it has to
/// be there.
const VERSION: &str = "4.3";

/// Writes the findings of a run.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    document(out, |document| {
        let root = document.create_element("checkstyle").with_attribute(("version", VERSION));
        root.write_inner_content(|document| {
            errors(run).try_for_each(|problem| unread(document, problem))?;
            let found = run.files.iter().filter(|file| !file.report.findings.is_empty());
            found.into_iter().try_for_each(|checked| file(document, checked))
        })?;
        Ok(())
    })
}

fn file(document: &mut Document<'_>, file: &Checked) -> io::Result<()> {
    let lines = LineIndex::new(&file.text);
    named(document, &file.path, |document| {
        file.report.findings.iter().try_for_each(|each| finding(document, &lines, each))
    })
}

fn finding(
    document: &mut Document<'_>,
    lines: &LineIndex<'_>,
    finding: &Finding,
) -> io::Result<()> {
    let start = lines.position(finding.range.start);
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "info",
    };
    let message = match &finding.help {
        Some(help) => format!("{}; {help}", finding.message),
        None => finding.message.clone(),
    };
    let source = format!("statuslint.{}", finding.rule);
    error(document, (start.line, start.column), severity, &message, &source)
}

/// What kept the run from doing its whole job.
fn unread(document: &mut Document<'_>, problem: &Problem) -> io::Result<()> {
    let place = problem.place.as_ref().map_or((0, 0), |place| (place.line, place.column));
    named(document, &problem.path, |document| {
        error(document, place, "error", &problem.message, "statuslint")
    })
}

fn named(
    document: &mut Document<'_>,
    path: &str,
    write: impl FnOnce(&mut Document<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let name = slashed(path);
    let element = document.create_element("file").with_attribute(("name", plain(&name)));
    element.write_inner_content(write)?;
    Ok(())
}

fn error(
    document: &mut Document<'_>,
    (line, column): (usize, usize),
    severity: &str,
    message: &str,
    source: &str,
) -> io::Result<()> {
    let mut element =
        document.create_element("error").with_attribute(("line", line.to_string().as_str()));
    // Checkstyle leaves the column out where there is none.
    if column > 0 {
        element = element.with_attribute(("column", column.to_string().as_str()));
    }
    let element = element.with_attribute(("severity", severity));
    element
        .with_attribute(("message", plain(message)))
        .with_attribute(("source", source))
        .write_empty()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{file, finding, hostile_texts, run, sample, written};
    use crate::output::xml::tests::is_harmless;

    #[test]
    fn a_sample_reads_well() {
        insta::assert_snapshot!(written(|out| findings(out, &sample())));
    }

    #[test]
    fn an_empty_run_is_a_document_too() {
        insta::assert_snapshot!(written(|out| findings(out, &Outcome::default())));
    }

    #[test]
    fn a_finding_is_one_element_whatever_it_says() {
        for text in hostile_texts() {
            let source = format!("{text}404");
            let found = finding(&source, "404", Severity::Error, &text);
            let output =
                written(|out| findings(out, &run(vec![file(&text, &source, vec![found])])));
            assert!(is_harmless(&output), "{output:?}");
            assert_eq!((output.lines().count(), output.matches('<').count()), (6, 6), "{output}");
        }
    }
}
