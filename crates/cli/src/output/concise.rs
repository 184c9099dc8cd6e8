//! `--output-format concise`: a line for each finding or site, as compilers have always had it.

use std::io::{self, Write};

use anstyle::Style;
use statuslint_languages::Value;
use statuslint_workspace::Outcome;

use super::escape::{leading, visible};
use super::lines::LineIndex;
use super::text::{level_style, summary};
use super::{Look, paint};

/// Writes the findings of a run.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome, look: Look) -> io::Result<()> {
    for file in &run.files {
        let lines = LineIndex::new(&file.text);
        let path = paint(look, Style::new().bold(), &leading(&file.path));
        for finding in &file.report.findings {
            let place = lines.position(finding.range.start);
            let severity = finding.severity;
            let label = format!("{}[{}]", severity.as_str(), finding.rule);
            let label = paint(look, level_style(severity), &label);
            let message = visible(&finding.message);
            writeln!(out, "{path}:{}:{}: {label}: {message}", place.line, place.column)?;
        }
    }
    summary(out, run, look)
}

/// Writes the sites of a run: place, code, kind, role, evidence, text and reason phrase.
pub(super) fn sites(out: &mut dyn Write, run: &Outcome, look: Look) -> io::Result<()> {
    for file in &run.files {
        let lines = LineIndex::new(&file.text);
        let path = paint(look, Style::new().bold(), &leading(&file.path));
        for site in &file.report.usage.sites {
            let place = lines.position(site.range.start);
            let (code, phrase) = match site.value {
                Value::Code(code) => (code.to_string(), code.entry().map(|entry| entry.name)),
                Value::Class(class) => (format!("{}XX", class.digit()), None),
                Value::Malformed => ("-".to_owned(), None),
            };
            let (kind, role) = (site.kind.as_str(), site.role.as_str());
            let evidence = site.evidence.as_str();
            let text = visible(&file.text[site.range.clone()]);
            let code = paint(look, Style::new().bold(), &code);
            write!(out, "{path}:{}:{}  {code}  ", place.line, place.column)?;
            write!(out, "{kind} {role} {evidence}  {text}")?;
            match phrase {
                Some(phrase) => {
                    writeln!(out, "  {}", paint(look, Style::new().dimmed(), phrase))?;
                }
                None => writeln!(out)?,
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::escape::is_hidden;
    use crate::output::testing::{file, finding, hostile_texts, look, run, sample, written};
    use statuslint_lint::Severity;

    #[test]
    fn a_sample_reads_well() {
        insta::assert_snapshot!(written(|out| findings(out, &sample(), look())));
        insta::assert_snapshot!(written(|out| sites(out, &sample(), look())));
    }

    #[test]
    fn colours_are_only_where_they_belong() {
        let look = Look { color: true, ..look() };
        insta::assert_snapshot!(
            written(|out| findings(out, &sample(), look)).replace('\u{1b}', "␛")
        );
    }

    #[test]
    fn a_finding_is_one_line_whatever_it_says() {
        for text in hostile_texts() {
            let source = format!("{text}404");
            let found = finding(&source, "404", Severity::Error, &text);
            let run = run(vec![file(&text, &source, vec![found])]);
            let output = written(|out| findings(out, &run, Look { summary: false, ..look() }));
            assert!(!output.strip_suffix('\n').unwrap().contains(is_hidden), "{output:?}");
        }
    }
}
