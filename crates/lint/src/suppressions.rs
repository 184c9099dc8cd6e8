//! Comments that silence rules: `statuslint: allow(rule, …)` and `statuslint: allow-file(rule, …)`.

use std::ops::Range;

use crate::Finding;

/// How far down `allow-file` may stand, in lines.
pub(crate) const FILE_LINES: usize = 20;

/// The suppression comments of a document.
pub(crate) struct Suppressions {
    /// In the order of the document.
    pub(crate) comments: Vec<Suppression>,
}

/// One suppression comment.
pub(crate) struct Suppression {
    /// Its bytes.
    pub(crate) comment: Range<usize>,
    /// What it says it does.
    pub(crate) scope: Scope,
    /// The rules it names.
    pub(crate) rules: Vec<Named>,
}

/// What a suppression comment covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// These bytes: whole lines.
    Lines(Range<usize>),
    /// The whole document.
    File,
    /// Nothing: `allow-file` on this line, too far down.
    TooLate(usize),
    /// Nothing: the comment is not understood.
    Unclear,
}

/// A rule named in a suppression comment.
pub(crate) struct Named {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// The name as written.
    pub(crate) name: String,
    /// Whether it silenced something.
    pub(crate) used: bool,
}

impl Suppressions {
    /// Reads the suppressions among a document's comments.
    pub(crate) fn read(text: &str, comments: &[Range<usize>]) -> Self {
        if !text.contains("statuslint:") {
            return Self { comments: Vec::new() };
        }
        let read = |comment: &Range<usize>| Suppression::read(text, comments, comment);
        Self { comments: comments.iter().filter_map(read).collect() }
    }

    /// Whether a finding is silenced; the comment that does so counts as used.
    pub(crate) fn silence(&mut self, finding: &Finding) -> bool {
        let mut silenced = false;
        for suppression in &mut self.comments {
            let covers = match &suppression.scope {
                Scope::Lines(lines) => lines.contains(&finding.range.start),
                Scope::File => true,
                Scope::TooLate(_) | Scope::Unclear => false,
            };
            for named in suppression.rules.iter_mut().filter(|named| named.name == finding.rule) {
                named.used |= covers;
                silenced |= covers;
            }
        }
        silenced
    }
}

impl Suppression {
    fn read(text: &str, comments: &[Range<usize>], comment: &Range<usize>) -> Option<Self> {
        let source = text.get(comment.clone())?.trim_end();
        let comment = &(comment.start..comment.start + source.len());
        let said = source.trim_start_matches(|c: char| "/*#!-;<{".contains(c) || c.is_whitespace());
        let said = said.strip_prefix("statuslint:")?.trim_start();
        let unclear = Self { comment: comment.clone(), scope: Scope::Unclear, rules: Vec::new() };
        let (in_file, list) = match (said.strip_prefix("allow-file"), said.strip_prefix("allow")) {
            (Some(list), _) => (true, list),
            (None, Some(list)) => (false, list),
            (None, None) => return Some(unclear),
        };
        let Some(list) = list.trim_start().strip_prefix('(') else { return Some(unclear) };
        let start = comment.end - list.len();
        let Some((list, _reason)) = list.split_once(')') else { return Some(unclear) };
        let rules = named(list, start);
        if rules.is_empty() {
            return Some(unclear);
        }
        let scope = if in_file {
            match text[..comment.start].matches('\n').count() + 1 {
                ..=FILE_LINES => Scope::File,
                line => Scope::TooLate(line),
            }
        } else {
            Scope::Lines(lines(text, comments, comment))
        };
        Some(Self { comment: comment.clone(), scope, rules })
    }
}

/// The rules of a list that starts at an offset of the text.
fn named(list: &str, mut start: usize) -> Vec<Named> {
    let mut rules = Vec::new();
    for item in list.split(',') {
        let name = item.trim();
        let at = start + (item.len() - item.trim_start().len());
        if !name.is_empty() {
            rules.push(Named { range: at..at + name.len(), name: name.to_owned(), used: false });
        }
        start += item.len() + 1;
    }
    rules
}

/// The lines a comment covers: its own and, when it stands alone there, the first one below that
/// is not all comment.
fn lines(text: &str, comments: &[Range<usize>], comment: &Range<usize>) -> Range<usize> {
    let start = line_start(text, comment.start);
    let mut end = line_end(text, comment.end);
    if stands_alone(text, comment) {
        loop {
            let next = end;
            end = line_end(text, next);
            let first = next + (text[next..end].len() - text[next..end].trim_start().len());
            let is_comment = comments.binary_search_by_key(&first, |comment| comment.start).is_ok();
            if next == end || !is_comment {
                break;
            }
        }
    }
    start..end
}

/// Whether nothing but white space (and the brace that opens a comment in JSX) is before it.
pub(crate) fn stands_alone(text: &str, comment: &Range<usize>) -> bool {
    let before = &text[line_start(text, comment.start)..comment.start];
    before.chars().all(|c| c.is_whitespace() || c == '{')
}

/// Where the line of an offset starts.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of an offset ends, its line break included.
pub(crate) fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}
