//! `--output-format junit`: JUnit XML, which servers show among the tests of a build.
//!
//! There is a suite for each file and in it a test for each finding, as ruff and ESLint have it. A
//! server counts a failure against the build, so only what fails a run by default is one: errors
//! and warnings. Infos and hints are tests that were skipped, which is how servers show what does
//! not count. A file that could not be read is a test that ended with an error. Where there is
//! nothing to say, one test passes: some servers refuse a report without any.

use std::io::{self, Write};

use quick_xml::events::BytesText;
use statuslint_lint::{Finding, Severity};
use statuslint_workspace::{Checked, Outcome, Problem};

use super::escape::slashed;
use super::lines::{LineIndex, Position};
use super::xml::{Document, document, plain};
use super::{all_findings, errors};

/// How many tests of each end there are.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    failures: usize,
    errors: usize,
    skipped: usize,
    passed: usize,
}

/// Writes the findings of a run.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    let mut all = Counts::of(all_findings(run).map(|(_, finding)| finding));
    all.errors = errors(run).count();
    all.passed = usize::from(all.tests() == 0);
    document(out, |document| {
        counted(document, "testsuites", "statuslint", all, |document| {
            if all.passed > 0 {
                return counted(document, "testsuite", "statuslint", all, passed);
            }
            errors(run).try_for_each(|problem| unread(document, problem))?;
            let mut found = run.files.iter().filter(|file| !file.report.findings.is_empty());
            found.try_for_each(|checked| file(document, checked))
        })
    })
}

impl Counts {
    fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let (failures, skipped): (Vec<_>, Vec<_>) = findings.partition(|finding| fails(finding));
        Self { failures: failures.len(), skipped: skipped.len(), ..Self::default() }
    }

    fn tests(self) -> usize {
        self.failures + self.errors + self.skipped + self.passed
    }
}

/// Whether a finding counts against a build, as it does against a run without `--fail-on`.
fn fails(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning
}

/// A suite, or all of them, with how many tests of each end are in it.
fn counted(
    document: &mut Document<'_>,
    element: &str,
    name: &str,
    counts: Counts,
    write: impl FnOnce(&mut Document<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let element = document.create_element(element).with_attributes([
        ("name", name),
        ("tests", &counts.tests().to_string()),
        ("failures", &counts.failures.to_string()),
        ("errors", &counts.errors.to_string()),
        ("skipped", &counts.skipped.to_string()),
    ]);
    element.write_inner_content(write)?;
    Ok(())
}

/// The one test of a run that has nothing to say.
fn passed(document: &mut Document<'_>) -> io::Result<()> {
    let test = document.create_element("testcase");
    test.with_attributes([("name", "No findings"), ("classname", "statuslint")]).write_empty()?;
    Ok(())
}

fn file(document: &mut Document<'_>, file: &Checked) -> io::Result<()> {
    let (path, lines) = (slashed(&file.path), LineIndex::new(&file.text));
    let (path, counts) = (plain(&path), Counts::of(file.report.findings.iter()));
    counted(document, "testsuite", &path, counts, |document| {
        file.report.findings.iter().try_for_each(|each| test(document, &path, &lines, each))
    })
}

/// What kept the run from doing its whole job.
fn unread(document: &mut Document<'_>, problem: &Problem) -> io::Result<()> {
    let path = slashed(&problem.path);
    let path = plain(&path);
    let place = problem.place.as_ref().map(|place| format!(" ({}:{})", place.line, place.column));
    let name = format!("error{}", place.unwrap_or_default());
    let counts = Counts { errors: 1, ..Counts::default() };
    counted(document, "testsuite", &path, counts, |document| {
        let test = document.create_element("testcase");
        let test = test.with_attributes([("name", &*name), ("classname", &path), ("file", &path)]);
        test.write_inner_content(|document| {
            let message = plain(&problem.message);
            let error = document.create_element("error").with_attribute(("type", "error"));
            error.with_attribute(("message", message)).write_empty()?;
            Ok(())
        })?;
        Ok(())
    })
}

/// A finding. Servers take tests of one name for one test, so the place is in its name.
fn test(
    document: &mut Document<'_>,
    path: &str,
    lines: &LineIndex<'_>,
    finding: &Finding,
) -> io::Result<()> {
    let Position { line, column, .. } = lines.position(finding.range.start);
    let name = format!("{} ({line}:{column})", finding.rule);
    let severity = finding.severity.as_str();
    let test = document.create_element("testcase").with_attributes([
        ("name", name.as_str()),
        ("classname", path),
        ("file", path),
        ("line", line.to_string().as_str()),
    ]);
    test.write_inner_content(|document| {
        let message = plain(&finding.message);
        let end = document.create_element(if fails(finding) { "failure" } else { "skipped" });
        let end = end.with_attribute(("type", severity)).with_attribute(("message", &*message));
        let mut body = format!("{path}:{line}:{column}: {severity}[{}]: {message}", finding.rule);
        if let Some(help) = &finding.help {
            body.push_str("\nhelp: ");
            body.push_str(&plain(help));
        }
        end.write_text_content(BytesText::new(&body))?;
        Ok(())
    })?;
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
    fn an_empty_run_has_one_test_that_passes() {
        insta::assert_snapshot!(written(|out| findings(out, &Outcome::default())));
    }

    #[test]
    fn a_finding_is_one_test_whatever_it_says() {
        for text in hostile_texts() {
            let source = format!("{text}404");
            let found = finding(&source, "404", Severity::Error, &text);
            let output =
                written(|out| findings(out, &run(vec![file(&text, &source, vec![found])])));
            assert!(is_harmless(&output), "{output:?}");
            assert_eq!((output.lines().count(), output.matches('<').count()), (8, 9), "{output}");
        }
    }
}
