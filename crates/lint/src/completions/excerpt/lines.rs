//! The lines around a place, and those they stand in.

use std::ops::Range;

use statuslint_languages::Language;

use crate::completions::brackets::closers;

/// Lines right before the place, and bytes.
const BEFORE: usize = 40;
const BEFORE_BYTES: usize = 3_000;

/// Lines after it, and bytes.
const AFTER: usize = 12;
const AFTER_BYTES: usize = 800;

/// How far the lines are sought that a place stands in, and how much of them is taken.
const UPWARDS: usize = 256_000;
const AROUND: usize = 2_000;

/// Lines among which a document of keys and values says what it is.
const TOP: usize = 12;

/// A document whose lines count from an offset on.
pub(crate) struct Lines<'t> {
    pub(crate) text: &'t str,
    pub(crate) first: usize,
}

impl<'t> Lines<'t> {
    /// The line before the one that starts at an offset, with its start.
    fn before(&self, start: usize) -> Option<(usize, &'t str)> {
        if start <= self.first {
            return None;
        }
        let end = start - 1;
        let first = memchr_before(self.text, end).max(self.first);
        Some((first, self.text.get(first..end)?))
    }
}

/// Where the line begins that ends at an offset.
fn memchr_before(text: &str, end: usize) -> usize {
    text.as_bytes()[..end].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
}

/// How far a line is indented; `None` when it is blank.
pub(crate) fn indent(line: &str) -> Option<usize> {
    let content = line.trim_start();
    (!content.is_empty()).then(|| line.len() - content.len())
}

/// The lines right before the line that starts at an offset, from one of the least indentation
/// on, so that no block is begun in its midst.
pub(crate) fn preceding(lines: &Lines<'_>, start: usize) -> Range<usize> {
    let (mut at, mut count) = (start, 0);
    let (mut least, mut first) = (usize::MAX, start);
    while let Some((line_start, line)) = lines.before(at) {
        if count == BEFORE || start - line_start > BEFORE_BYTES {
            break;
        }
        (at, count) = (line_start, count + 1);
        if let Some(indent) = indent(line)
            && indent <= least
            && !continues(line)
        {
            (least, first) = (indent, at);
        }
    }
    if at == lines.first { at..start } else { first..start }
}

/// Whether a line belongs to the one before it, of the same indentation.
fn continues(line: &str) -> bool {
    let content = line.trim_start();
    let word = content.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    content.starts_with([')', ']', '}', '.'])
        || matches!(
            word,
            "else"
                | "elif"
                | "except"
                | "finally"
                | "catch"
                | "rescue"
                | "ensure"
                | "end"
                | "elsif"
        )
}

/// The lines that those from an offset on stand in: each of less indentation than all after it.
/// Of a document of keys and values also the entries at its top that say what it is.
pub(crate) fn around(
    lines: &Lines<'_>,
    first: usize,
    start: usize,
    least: usize,
    language: Language,
) -> String {
    let near = lines.text[first..start].lines().filter_map(indent);
    let mut least = near.fold(least, usize::min);
    let (mut found, mut taken) = (Vec::new(), 0);
    let mut at = first;
    while let Some((line_start, line)) = lines.before(at) {
        if least == 0 || first - line_start > UPWARDS || taken + line.len() > AROUND {
            break;
        }
        at = line_start;
        let Some(indent) = indent(line).filter(|indent| *indent < least) else { continue };
        found.push(line);
        taken += line.len() + 1;
        // `) {` closes what a line of the same indentation begins.
        least = if continues(line) { indent + 1 } else { indent };
    }
    let mut out = if language.is_code() { String::new() } else { top(lines, at, language) };
    for line in found.iter().rev() {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The entries at the top of a document that stand on one line each.
fn top(lines: &Lines<'_>, until: usize, language: Language) -> String {
    let text = &lines.text[lines.first..until.max(lines.first)];
    let mut out = String::new();
    let mut least = usize::MAX;
    for (count, line) in text.split_inclusive('\n').take(TOP).enumerate() {
        let content = line.trim();
        let opens = count == 0 && matches!(content, "{" | "---");
        let Some(indent) = indent(line).filter(|_| line.len() < AROUND) else { continue };
        if opens {
            out.push_str(line);
            continue;
        }
        least = least.min(indent);
        let whole = closers(content, language).is_empty()
            && !content.starts_with(['}', ']', '-', '#'])
            && !content.ends_with([':', '{', '['])
            && content.contains(':');
        if indent == least && whole {
            out.push_str(line);
        }
    }
    out
}

/// Where the lines end that follow the line which ends at an offset, and do not begin another
/// block.
pub(crate) fn following(text: &str, end: usize, last: usize) -> usize {
    let last = last.max(end).min(text.len());
    let mut until = end;
    for (count, line) in text[end..last].split_inclusive('\n').enumerate() {
        let top = indent(line) == Some(0) && !continues(line);
        if count > AFTER || until + line.len() - end > AFTER_BYTES || (count > 1 && top) {
            break;
        }
        until += line.len();
    }
    until
}
