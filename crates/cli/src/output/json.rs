//! `--output-format json`: one object, each finding or site on a line of its own within.

use std::io::{self, Write};

use serde::Serialize;
use statuslint_languages::{Language, Site, Value};
use statuslint_lint::{Edit, Finding, Fix};
use statuslint_workspace::{Checked, Outcome, Problem};

use super::lines::{LineIndex, Position};
use super::{all_findings, count, errors, notes};

/// The version of the objects; fields may be added without a new one.
const VERSION: u8 = 1;

/// Writes the findings of a run.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"findings\":[")?;
    let mut separator = "\n";
    each_finding(run, |finding| {
        out.write_all(separator.as_bytes())?;
        separator = ",\n";
        serde_json::to_writer(&mut *out, finding).map_err(io::Error::from)
    })?;
    write!(out, "\n],\n\"errors\":")?;
    list(out, errors(run))?;
    write!(out, ",\n\"notes\":")?;
    list(out, notes(run))?;
    write!(out, ",\n\"summary\":")?;
    serde_json::to_writer(&mut *out, &SummaryObject::new(run))?;
    writeln!(out, "}}")
}

/// Writes the sites of a run.
pub(super) fn sites(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"sites\":[")?;
    let mut separator = "\n";
    each_site(run, |site| {
        out.write_all(separator.as_bytes())?;
        separator = ",\n";
        serde_json::to_writer(&mut *out, site).map_err(io::Error::from)
    })?;
    write!(out, "\n],\n\"errors\":")?;
    list(out, errors(run))?;
    write!(out, ",\n\"notes\":")?;
    list(out, notes(run))?;
    writeln!(out, "}}")
}

/// Hands every finding to `write` as the object JSON has for it.
pub(super) fn each_finding(
    run: &Outcome,
    mut write: impl FnMut(&FindingObject<'_>) -> io::Result<()>,
) -> io::Result<()> {
    for file in run.files.iter().filter(|file| !file.report.findings.is_empty()) {
        let lines = LineIndex::new(&file.text);
        for finding in &file.report.findings {
            write(&FindingObject::new(file, &lines, finding))?;
        }
    }
    Ok(())
}

/// Hands every site to `write` as the object JSON has for it.
pub(super) fn each_site(
    run: &Outcome,
    mut write: impl FnMut(&SiteObject<'_>) -> io::Result<()>,
) -> io::Result<()> {
    for file in run.files.iter().filter(|file| !file.report.usage.sites.is_empty()) {
        let lines = LineIndex::new(&file.text);
        for site in &file.report.usage.sites {
            write(&SiteObject::new(file, &lines, site))?;
        }
    }
    Ok(())
}

fn list<'a>(out: &mut dyn Write, problems: impl Iterator<Item = &'a Problem>) -> io::Result<()> {
    let objects: Vec<ProblemObject<'_>> = problems.map(ProblemObject::new).collect();
    Ok(serde_json::to_writer(&mut *out, &objects)?)
}

/// A finding as JSON has it.
#[derive(Debug, Serialize)]
pub(super) struct FindingObject<'a> {
    path: &'a str,
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    code: Option<u16>,
    start: Position,
    end: Position,
    language: Option<&'a str>,
    evidence: &'a str,
    url: Option<String>,
    fixes: Vec<FixObject<'a>>,
}

#[derive(Debug, Serialize)]
struct FixObject<'a> {
    title: &'a str,
    safety: &'a str,
    edits: Vec<EditObject<'a>>,
}

#[derive(Debug, Serialize)]
struct EditObject<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// A site as JSON has it.
#[derive(Debug, Serialize)]
pub(super) struct SiteObject<'a> {
    path: &'a str,
    start: Position,
    end: Position,
    text: &'a str,
    kind: &'a str,
    code: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<u8>,
    role: &'a str,
    language: Option<&'a str>,
    api: Option<&'a str>,
    evidence: &'a str,
}

#[derive(Debug, Serialize)]
struct ProblemObject<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct SummaryObject {
    files: usize,
    findings: usize,
    error: usize,
    warning: usize,
    info: usize,
    hint: usize,
}

impl<'a> FindingObject<'a> {
    fn new(file: &'a Checked, lines: &LineIndex<'_>, finding: &'a Finding) -> Self {
        Self {
            path: &file.path,
            rule: finding.rule,
            severity: finding.severity.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            code: finding.code.map(statuslint_codes::StatusCode::get),
            start: lines.position(finding.range.start),
            end: lines.position(finding.range.end),
            language: file.language.map(Language::id),
            evidence: finding.evidence.as_str(),
            url: super::rule(finding.rule).map(statuslint_lint::Rule::url),
            fixes: finding.fixes.iter().map(FixObject::new).collect(),
        }
    }
}

impl<'a> FixObject<'a> {
    fn new(fix: &'a Fix) -> Self {
        let edits = fix.edits.iter().map(EditObject::new).collect();
        Self { title: &fix.title, safety: fix.safety.as_str(), edits }
    }
}

impl<'a> EditObject<'a> {
    fn new(edit: &'a Edit) -> Self {
        Self { start: edit.range.start, end: edit.range.end, text: &edit.text }
    }
}

impl<'a> SiteObject<'a> {
    fn new(file: &'a Checked, lines: &LineIndex<'_>, site: &'a Site) -> Self {
        let class = match site.value {
            Value::Class(class) => Some(class.digit()),
            Value::Code(_) | Value::Malformed => None,
        };
        Self {
            path: &file.path,
            start: lines.position(site.range.start),
            end: lines.position(site.range.end),
            text: &file.text[site.range.clone()],
            kind: site.kind.as_str(),
            code: site.code().map(statuslint_codes::StatusCode::get),
            class,
            role: site.role.as_str(),
            language: file.language.map(Language::id),
            api: site.api,
            evidence: site.evidence.as_str(),
        }
    }
}

impl<'a> ProblemObject<'a> {
    fn new(problem: &'a Problem) -> Self {
        Self {
            path: &problem.path,
            line: problem.place.as_ref().map(|place| place.line),
            column: problem.place.as_ref().map(|place| place.column),
            message: &problem.message,
        }
    }
}

impl SummaryObject {
    fn new(run: &Outcome) -> Self {
        use statuslint_lint::Severity::{Error, Hint, Info, Warning};
        Self {
            files: run.checked,
            findings: all_findings(run).count(),
            error: count(run, Error),
            warning: count(run, Warning),
            info: count(run, Info),
            hint: count(run, Hint),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{file, finding, hostile_texts, run, sample, written};
    use statuslint_lint::Severity;

    #[test]
    fn a_sample_reads_well() {
        insta::assert_snapshot!(written(|out| findings(out, &sample())));
    }

    #[test]
    fn sites_of_a_sample_read_well() {
        insta::assert_snapshot!(written(|out| sites(out, &sample())));
    }

    #[test]
    fn an_empty_run_is_an_object_too() {
        let text = written(|out| findings(out, &Outcome::default()));
        let object: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(object["findings"].as_array().map(Vec::len), Some(0));
        assert_eq!(object["summary"]["files"], 0);
    }

    #[test]
    fn hostile_texts_are_read_back_as_written() {
        for text in hostile_texts() {
            let source = format!("{text}404");
            let found = finding(&source, "404", Severity::Error, &text);
            let output =
                written(|out| findings(out, &run(vec![file(&text, &source, vec![found])])));
            let object: serde_json::Value = serde_json::from_str(&output).unwrap();
            let finding = &object["findings"][0];
            assert_eq!(
                (&finding["path"], &finding["message"]),
                (&text.clone().into(), &text.into())
            );
        }
    }
}
