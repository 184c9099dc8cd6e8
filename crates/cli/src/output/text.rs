//! `--output-format text`: the source line with the place marked, in the manner of rustc.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer};
use anstyle::Style;
use statuslint_lint::{Finding, Severity};
use statuslint_workspace::{Checked, Outcome};

use super::escape::{push_visible, visible};
use super::lines::LineIndex;
use super::{Look, SEVERITIES, all_findings, count, counted, paint};

/// How many lines of a finding that spans several are shown.
const MOST_LINES: usize = 6;

/// Writes the findings of a run.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome, look: Look) -> io::Result<()> {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.hyperlink(false).term_width(look.width);
    for file in &run.files {
        let lines = LineIndex::new(&file.text);
        for finding in &file.report.findings {
            write_finding(out, &renderer, file, &lines, finding, look)?;
        }
    }
    summary(out, run, look)
}

/// Writes the line that sums a run up.
pub(super) fn summary(out: &mut dyn Write, run: &Outcome, look: Look) -> io::Result<()> {
    // That nothing was there to check is said on standard error, and is no good news.
    if !look.summary || run.checked == 0 {
        return Ok(());
    }
    let files = counted(run.checked, "file");
    let total = all_findings(run).count();
    if total == 0 {
        return writeln!(out, "No problems in {files}.");
    }
    let parts: Vec<String> = SEVERITIES
        .into_iter()
        .map(|severity| (count(run, severity), severity))
        .filter(|(number, _)| *number > 0)
        .map(|(number, severity)| match severity {
            Severity::Info => format!("{number} info"),
            _ => counted(number, severity.as_str()),
        })
        .collect();
    writeln!(out, "Found {} ({}) in {files}.", counted(total, "problem"), parts.join(", "))
}

/// The colour of a severity.
pub(super) fn level_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => renderer::DEFAULT_ERROR_STYLE,
        Severity::Warning => renderer::DEFAULT_WARNING_STYLE,
        Severity::Info => renderer::DEFAULT_INFO_STYLE,
        Severity::Hint => renderer::DEFAULT_HELP_STYLE,
    }
}

fn write_finding(
    out: &mut dyn Write,
    renderer: &Renderer,
    file: &Checked,
    lines: &LineIndex<'_>,
    finding: &Finding,
    look: Look,
) -> io::Result<()> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let place = lines.position(finding.range.start);
    let excerpt = Excerpt::new(&file.text, lines, &finding.range, look.width);
    let last_line = place.line + excerpt.text.matches('\n').count();
    let snippet = Snippet::source(excerpt.text)
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(excerpt.span));
    let title = level.primary_title(visible(&finding.message)).id(finding.rule);
    let mut group = title.element(snippet);
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let shown = renderer.render(&[group]);
    // The renderer would count the column in the excerpt, so the place is written here.
    let (title, rest) = shown.split_once('\n').unwrap_or((&shown, ""));
    let arrow = paint(look, renderer::DEFAULT_LINE_NUM_STYLE, "-->");
    let indent = last_line.to_string().len();
    let path = visible(&file.path);
    writeln!(out, "{title}\n{:indent$}{arrow} {path}:{}:{}\n{rest}\n", "", place.line, place.column)
}

/// The lines of a finding, made fit to be shown: hidden characters are visible, and of a long
/// line only the surroundings of the place are there, so that a minified file costs no more than
/// any other.
struct Excerpt {
    text: String,
    span: Range<usize>,
}

impl Excerpt {
    fn new(text: &str, lines: &LineIndex<'_>, range: &Range<usize>, width: usize) -> Self {
        let first = lines.line_range(range.start);
        let last = lines.line_range(range.end.max(range.start + 1) - 1);
        let shown = first.start..last.end.max(first.end);
        let reach = width * 4;
        let few_lines = text[shown.clone()].lines().count() <= MOST_LINES;
        let shown = if few_lines && shown.len() <= reach * MOST_LINES { shown } else { first };
        let marked = range.start.clamp(shown.start, shown.end)..range.end.min(shown.end);
        let marked = marked.start..marked.end.max(marked.start);
        let marked = marked.start..marked.end.min(floor(text, marked.start + reach));
        let start = shown.start.max(floor(text, marked.start.saturating_sub(reach)));
        let end = shown.end.min(floor(text, marked.end + reach));
        let mut excerpt = Self { text: String::new(), span: 0..0 };
        excerpt.push(&text[start..marked.start]);
        excerpt.span.start = excerpt.text.len();
        excerpt.push(&text[marked.clone()]);
        excerpt.span.end = excerpt.text.len();
        excerpt.push(&text[marked.end..end]);
        excerpt
    }

    fn push(&mut self, source: &str) {
        // Line ends of every kind become `\n`, so that lines are counted here as everywhere.
        let source: Cow<'_, str> = if source.contains('\r') {
            source.replace("\r\n", "\n").replace('\r', "\n").into()
        } else {
            source.into()
        };
        for c in source.chars() {
            match c {
                '\t' | '\n' => self.text.push(c),
                _ => push_visible(&mut self.text, c),
            }
        }
    }
}

/// The start of the scalar a byte offset is in, within the text.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::escape::is_hidden;
    use crate::output::testing::{file, finding, hostile_texts, look, place, run, sample, written};

    fn shown(source: &str, marked: &str) -> String {
        let found = finding(source, marked, Severity::Warning, "see the marked place");
        let run = run(vec![file("src/app.py", source, vec![found])]);
        written(|out| findings(out, &run, Look { summary: false, ..look() }))
    }

    #[test]
    fn a_sample_reads_well() {
        insta::assert_snapshot!(written(|out| findings(out, &sample(), look())));
    }

    #[test]
    fn colours_are_only_where_they_belong() {
        let look = Look { color: true, ..look() };
        insta::assert_snapshot!(
            written(|out| findings(out, &sample(), look)).replace('\u{1b}', "␛")
        );
    }

    #[test]
    fn carets_stand_under_the_place() {
        insta::assert_snapshot!(
            [
                shown("\tif\tx == 209:\n", "209"),
                shown("s = \"漢字 🏳️‍🌈\", 209\n", "209"),
                shown("a\rb 209\rc", "209"),
                shown("x = '\u{1b}[31m\u{202e}', 209", "209"),
                shown("status(\n  209,\n  {},\n)\n", "(\n  209,\n  {},\n)"),
                shown("no line end 209", "209"),
            ]
            .concat()
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}s=209;{}", "let é=1;".repeat(300_000), "漢();".repeat(300_000));
        insta::assert_snapshot!(shown(&line, "209"));
        let whole = shown(&line, &line);
        assert!(whole.lines().all(|line| line.chars().count() < 1000), "{}", whole.len());
    }

    #[test]
    fn an_empty_place_and_the_end_of_the_text_can_be_shown() {
        for source in ["", "\n", "x", "x\r\n", "\u{feff}"] {
            let mut found = finding(source, source, Severity::Info, "here");
            for at in [0, source.len()] {
                found.range = at..at;
                let run = run(vec![file("a.py", source, vec![found.clone()])]);
                let output = written(|out| findings(out, &run, look()));
                assert!(output.contains("--> a.py:"), "{output}");
            }
        }
    }

    #[test]
    fn nothing_hidden_gets_through() {
        for text in hostile_texts() {
            let source = format!("{text}404{text}");
            let mut found = finding(&source, "404", Severity::Error, &text);
            found.help = Some(text.clone());
            let mut wide = found.clone();
            wide.range = 0..source.len();
            let run = run(vec![file(&text, &source, vec![found, wide])]);
            let output = written(|out| findings(out, &run, Look { summary: false, ..look() }));
            assert!(!output.replace('\n', "").contains(is_hidden), "{output:?}");
            let headers = output.lines().filter(|line| line.starts_with("error[")).count();
            assert_eq!(headers, 2, "{output}");
        }
    }

    #[test]
    fn the_excerpt_marks_the_same_text() {
        for text in hostile_texts() {
            let source = format!("{text}404 {text}");
            let range = place(&source, "404");
            let excerpt = Excerpt::new(&source, &LineIndex::new(&source), &range, 140);
            assert_eq!(&excerpt.text[excerpt.span], "404");
        }
    }

    #[test]
    fn the_summary_counts() {
        let of = |outcome: &Outcome| written(|out| summary(out, outcome, look()));
        assert_eq!(of(&Outcome::default()), "");
        assert_eq!(of(&Outcome { checked: 1, ..Outcome::default() }), "No problems in 1 file.\n");
        let found = |severity| finding("1", "1", severity, "");
        let files = vec![
            file("a", "1", vec![found(Severity::Warning), found(Severity::Error)]),
            file("b", "1", vec![found(Severity::Warning)]),
        ];
        assert_eq!(of(&run(files)), "Found 3 problems (1 error, 2 warnings) in 12 files.\n");
        let files = vec![file("a", "1", vec![found(Severity::Info)])];
        assert_eq!(of(&run(files)), "Found 1 problem (1 info) in 11 files.\n");
    }
}
