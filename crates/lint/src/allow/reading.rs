//! A reading of a text with a comment added, to see whether it is one and what it does.

use std::collections::BTreeSet;
use std::ops::Range;

use statuslint_languages::{Kind, Role, Site, Usage, Value, usage};

use super::{Analysed, moved};
use crate::suppressions::{Scope, Suppression, Suppressions, line_end, line_start};
use crate::{Edit, Finding, Severity, analyze};

/// A text of up to so many bytes is read as a whole.
const WHOLE: usize = 4 * 1024;

/// How much of the start of a longer text is read: what it imports.
const HEAD: usize = 1024;

/// How much of a longer text is read before and after a place.
const AROUND: usize = 1024;

/// A document, or the lines of it that matter, with an edit made.
pub(super) struct Reading<'a> {
    document: Analysed<'a>,
    edit: &'a Edit,
    /// The bytes of the document that were not read, which end before the edit.
    left_out: Range<usize>,
    /// Where the reading ends in the document.
    end: usize,
    text: String,
}

impl<'a> Reading<'a> {
    /// The text with the edit made, or the lines around it in a longer one.
    pub(super) fn of(document: Analysed<'a>, finding: &Finding, edit: &'a Edit) -> Option<Self> {
        let text = document.text;
        let (left_out, end) = if text.len() <= WHOLE {
            (0..0, text.len())
        } else {
            let around = around(text, finding.range.start.min(edit.range.start)..finding.range.end);
            let head = line_start(text, text.floor_char_boundary(HEAD)).min(around.start);
            (head..around.start, around.end)
        };
        let at = edit.range.start;
        let fits = left_out.end <= at && at <= end && finding.range.end <= end;
        let parts = fits.then(|| {
            let (head, rest) = (&text[..left_out.start], &text[left_out.end..at]);
            [head, rest, &edit.text, &text[at..end]]
        })?;
        Some(Self { document, edit, left_out, end, text: parts.concat() })
    }

    /// Whether the comment is one, and silences the finding and nothing else.
    pub(super) fn silences(&self, finding: &Finding) -> bool {
        if !self.is_whole() {
            let read = self.usage();
            let sites = self.sites(&self.document.report.usage);
            let about = |site: &SiteKey| overlap(&site.0, &self.placed(&finding.range));
            let kept = sites
                .iter()
                .filter(|site| about(site))
                .all(|site| read.sites.iter().any(|known| key(known) == *site));
            return kept && !self.shifts_others() && self.covered(&read, finding).is_some();
        }
        let Analysed { language, settings, report, .. } = self.document;
        let read = analyze(&self.text, language, settings);
        let Some(lines) = self.covered(&read.usage, finding) else { return false };
        let silenced =
            |rule: &str, range: &Range<usize>| rule == finding.rule && lines.contains(&range.start);
        let before =
            report.findings.iter().map(|it| (it.rule, self.placed(&it.range), it.severity));
        let expected: Vec<(&str, Range<usize>, Severity)> =
            before.filter(|(rule, range, _)| !silenced(rule, range)).collect();
        let after = read.findings.iter().map(|it| (it.rule, it.range.clone(), it.severity));
        let sites: Vec<SiteKey> = read.usage.sites.iter().map(key).collect();
        after.eq(expected) && sites == self.sites(&report.usage)
    }

    /// The lines the comment covers, when every comment is where it should be, this one included,
    /// and the finding is on those lines.
    fn covered(&self, read: &Usage, finding: &Finding) -> Option<Range<usize>> {
        let body = self.left_out.start..self.text.len();
        let ends = |range: &Range<usize>| {
            let comment = self.text.get(range.clone()).unwrap_or_default();
            (range.start, range.start + comment.trim_end().len())
        };
        let found: BTreeSet<_> =
            read.comments.iter().filter(|range| body.start <= range.start).map(ends).collect();
        let known = self.document.report.usage.comments.iter();
        let known = known.filter(|it| self.left_out.end <= it.start && it.end <= self.end);
        let mut expected: BTreeSet<_> = known.map(|range| ends(&self.placed(range))).collect();
        expected.extend(self.own());
        if found != expected {
            return None;
        }
        let start = self.placed(&finding.range).start;
        let covers = |suppression: Suppression| match suppression.scope {
            Scope::Lines(lines) if lines.contains(&start) => {
                suppression.rules.iter().any(|named| named.name == finding.rule).then_some(lines)
            }
            _ => None,
        };
        Suppressions::read(&self.text, &read.comments).comments.into_iter().find_map(covers)
    }

    /// The bytes of the comment, unless it was there before.
    fn own(&self) -> Option<(usize, usize)> {
        let inserted = &self.edit.text;
        let comment = inserted.trim();
        let comment = comment.strip_prefix('{').map_or(comment, |it| it.trim_end_matches('}'));
        let start = self.placed_start() + inserted.find(comment)?;
        (!inserted.starts_with(',')).then_some((start, start + comment.len()))
    }

    fn usage(&self) -> Usage {
        usage(&self.text, self.document.language, &self.document.settings.context)
    }

    fn is_whole(&self) -> bool {
        self.left_out.is_empty() && self.end == self.document.text.len()
    }

    /// Where the edit begins in this reading.
    fn placed_start(&self) -> usize {
        self.edit.range.start - self.left_out.len()
    }

    /// Where a range of the document is in this reading.
    fn placed(&self, range: &Range<usize>) -> Range<usize> {
        let moved = moved(range, self.edit);
        let by = self.left_out.len();
        moved.start.saturating_sub(by)..moved.end.saturating_sub(by)
    }

    fn sites(&self, usage: &Usage) -> Vec<SiteKey> {
        let placed = |site: &Site| {
            let (_, kind, value, role) = key(site);
            (self.placed(&site.range), kind, value, role)
        };
        usage.sites.iter().map(placed).collect()
    }

    /// Whether an `allow-file` further down moves, which may be too far.
    fn shifts_others(&self) -> bool {
        let Analysed { text, report, .. } = self.document;
        let suppressions = Suppressions::read(text, &report.usage.comments).comments;
        let below =
            |it: &Suppression| it.scope == Scope::File && it.comment.start >= self.edit.range.start;
        self.edit.text.contains('\n') && suppressions.iter().any(below)
    }
}

/// What must not change about a site.
type SiteKey = (Range<usize>, Kind, Value, Role);

fn key(site: &Site) -> SiteKey {
    (site.range.clone(), site.kind, site.value, site.role)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The lines around a place that belong together: from one that begins a block, so far as that
/// can be told by the indentation, to where the block ends.
fn around(text: &str, place: Range<usize>) -> Range<usize> {
    let earliest = line_end(text, text.floor_char_boundary(place.start.saturating_sub(AROUND)));
    let (mut start, mut least) = (line_start(text, place.start), usize::MAX);
    let mut line = start;
    loop {
        if let Some(indentation) = opening(&text[line..line_end(text, line)])
            && indentation < least
        {
            (start, least) = (line, indentation);
        }
        if least == 0 || line == 0 || line_start(text, line - 1) < earliest {
            break;
        }
        line = line_start(text, line - 1);
    }
    // As much as there may be: what looks like the next block may be in a string.
    let latest = text.floor_char_boundary(place.end.saturating_add(AROUND));
    let mut end = line_end(text, place.end);
    let mut line = end;
    while line < latest {
        let next = line_end(text, line);
        let ends = opening(&text[line..next]).is_some_and(|indentation| indentation <= least);
        end = if ends { line } else { end };
        line = next;
    }
    start..if line == text.len() { line } else { end }
}

/// The indentation of a line that may begin something; `None` for one that is empty, or ends or
/// goes on with what began above.
fn opening(line: &str) -> Option<usize> {
    let content = line.trim();
    let begins = content.starts_with(|c: char| c.is_alphanumeric() || "_@#[<(:%$&/-*".contains(c));
    let goes_on =
        ["end", "else", "elif", "elsif", "except", "catch", "finally", "rescue", "fi", "done"];
    let word = content.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (begins && !goes_on.contains(&word)).then(|| line.len() - line.trim_start().len())
}
