//! The suppression comment that silences a finding, where it is certain that it would.
//!
//! A line can end inside of a string, a continued command or markup. So a comment is offered only
//! when a reading of the text with it has it as a comment, the finding as silenced and all else as
//! it was: of the whole text where that is short, else of the lines around.

mod reading;

use std::ops::Range;

use statuslint_languages::Language;

use crate::suppressions::{Scope, Suppression, Suppressions, line_end, line_start};
use crate::{Edit, Finding, Fix, Report, Safety, Settings};
use reading::Reading;

/// Beyond so many columns a comment stands on a line of its own rather.
const WIDE: usize = 100;

/// What opens a comment between elements.
const JSX: &str = "{/*";

/// A document as it was analysed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Analysed<'a> {
    pub(crate) text: &'a str,
    pub(crate) language: Language,
    pub(crate) settings: &'a Settings,
    pub(crate) report: &'a Report,
}

/// One way to write a comment.
#[derive(Debug, Clone, Copy)]
struct Style {
    open: &'static str,
    close: &'static str,
    /// Whether it may stand behind code.
    behind: bool,
}

/// The edit that silences a finding by a comment, if there is one that certainly does.
///
/// This reads some kilobytes of code anew, for each place that may take the comment.
pub fn allow_on_line(
    text: &str,
    language: Language,
    settings: &Settings,
    report: &Report,
    finding: &Finding,
) -> Option<Fix> {
    let document = Analysed { text, language, settings, report };
    let edit = edits(document, finding).find(|edit| {
        let reading = Reading::of(document, finding, edit);
        reading.is_some_and(|reading| reading.silences(finding))
    })?;
    let title = format!("Allow {} on this line", finding.rule);
    Some(Fix { title, safety: Safety::Safe, edits: vec![edit] })
}

/// What may silence a finding, the best first.
fn edits(document: Analysed<'_>, finding: &Finding) -> impl Iterator<Item = Edit> {
    let known = extended(document, finding);
    let line = Line::of(document.text, finding.range.start).filter(|_| known.is_none());
    let placed = line.into_iter().flat_map(move |line| {
        let styles = styles(document, finding.range.start);
        let beside = styles.clone().into_iter().flat_map(move |style| line.beside(style, finding));
        let within = styles.into_iter().filter_map(move |style| line.within(style, finding));
        beside.chain(within)
    });
    known.into_iter().chain(placed)
}

/// The edit that names the rule in a comment that covers the finding already.
fn extended(document: Analysed<'_>, finding: &Finding) -> Option<Edit> {
    let suppressions = Suppressions::read(document.text, &document.report.usage.comments);
    let covers = |suppression: &&Suppression| match &suppression.scope {
        Scope::Lines(lines) => lines.contains(&finding.range.start),
        Scope::File | Scope::TooLate(_) | Scope::Unclear => false,
    };
    // The nearest one: the others may cover it only because nothing else is between.
    let suppression = suppressions.comments.iter().rfind(covers)?;
    let end = suppression.rules.last()?.range.end;
    Some(Edit { range: end..end, text: format!(", {}", finding.rule) })
}

/// How a comment may be written at a place.
fn styles(document: Analysed<'_>, offset: usize) -> Vec<Style> {
    let inner = document.report.usage.language_at(offset);
    let language = inner.unwrap_or(document.language);
    let behind = !language.comments_stand_alone();
    let styles = |language: Language, behind| {
        language.comments().map(move |(open, close)| {
            // Behind text, the space before it would count.
            Style { open, close, behind: behind && open != JSX }
        })
    };
    if document.language.is_markup() && !in_script(document.text, offset) {
        // In a template a comment of code may end the code that the framework makes of it; only
        // one within the expression does not.
        let template = styles(document.language, false);
        return template
            .chain(styles(language, behind).filter(|style| style.open == "/*"))
            .collect();
    }
    styles(language, behind).collect()
}

/// Whether a place of markup is in a script, or in the code at the top of it.
fn in_script(text: &str, offset: usize) -> bool {
    let before = &text[..offset];
    let frontmatter = || {
        let rest = text.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r']))?;
        Some(text.len() - rest.len() + rest.find("\n---")?)
    };
    let opened = before.rfind("<script").map_or(0, |at| at + 1);
    let closed = before.rfind("</script").map_or(0, |at| at + 1);
    opened > closed || frontmatter().is_some_and(|end| offset < end)
}

/// The line a finding starts on.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    start: usize,
    /// Before the line break and the white space there.
    end: usize,
    newline: &'a str,
}

impl<'a> Line<'a> {
    /// The line of an offset; `None` where a line break is none for suppressions.
    fn of(text: &'a str, offset: usize) -> Option<Self> {
        let (start, whole) = (line_start(text, offset), line_end(text, offset));
        let content = text[start..whole].trim_end_matches('\n');
        let newline = if content.ends_with('\r') { "\r\n" } else { "\n" };
        let content = content.strip_suffix('\r').unwrap_or(content);
        let end = start + content.trim_end().len();
        (!content.contains('\r')).then_some(Self { text, start, end, newline })
    }

    /// The comment behind the line and above it, in the order they suit.
    fn beside(self, style: Style, finding: &Finding) -> impl Iterator<Item = Edit> {
        let behind = self.behind(style, finding);
        let above = self.above(style, finding);
        let is_wide = |edit: &Edit| {
            let line = &self.text[self.start..self.end];
            line.chars().count() + edit.text.chars().count() > WIDE
        };
        let wide = behind.as_ref().is_some_and(is_wide);
        let order = if wide { [above, behind] } else { [behind, above] };
        order.into_iter().flatten()
    }

    fn behind(self, style: Style, finding: &Finding) -> Option<Edit> {
        let content = &self.text[self.start..self.end];
        // A line that a backslash continues takes no comment, nor does the place below it.
        let fits = style.behind && !content.ends_with('\\');
        // The style guide of Python and the linter of YAML want two spaces.
        let gap = if style.open == "#" { "  " } else { " " };
        let text = format!("{gap}{}", comment(style, finding));
        fits.then_some(Edit { range: self.end..self.end, text })
    }

    fn above(self, style: Style, finding: &Finding) -> Option<Edit> {
        let content = &self.text[self.start..self.end];
        let before = self.text[..self.start].trim_end_matches('\n').trim_end_matches('\r');
        let continued = before.ends_with('\\');
        // Two lines of text would lose the space that stands for the line break between them.
        let parts = style.open == JSX
            && !before.trim_end().ends_with(['>', '}'])
            && !content.trim_start().starts_with(['<', '{']);
        let indent = &content[..content.len() - content.trim_start().len()];
        let text = format!("{indent}{}{}", comment(style, finding), self.newline);
        (!continued && !parts).then_some(Edit { range: self.start..self.start, text })
    }

    /// The comment right behind what the finding is about.
    fn within(self, style: Style, finding: &Finding) -> Option<Edit> {
        let at = finding.range.end;
        let fits = style.open == "/*" && style.behind && at <= self.end;
        let text = format!(" {}", comment(style, finding));
        fits.then_some(Edit { range: at..at, text })
    }
}

/// A comment of a style that names the rule of a finding.
fn comment(style: Style, finding: &Finding) -> String {
    let Style { open, close, .. } = style;
    format!("{open} statuslint: allow({}) {close}", finding.rule).trim_end().to_owned()
}

/// Moves a range of a text to where it is after an edit that only inserts.
fn moved(range: &Range<usize>, edit: &Edit) -> Range<usize> {
    let by = edit.text.len();
    let at = edit.range.start;
    // What ends where the edit begins stays; what begins there moves.
    let start = if range.start >= at { range.start + by } else { range.start };
    let end = if range.end > at { range.end + by } else { range.end };
    start..end.max(start)
}
