//! Annotated sources: carets in a comment say where, the text after them says what.
//!
//! ```text
//! return JSONResponse({"ok": True}, status_code=204)
//! #                                             ^^^ body-not-allowed
//! ```
//!
//! The comments stay part of the text that is analysed.

use std::fmt::Write as _;
use std::ops::Range;

/// One expectation of an annotated source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The annotated line, from 1.
    pub line: usize,
    /// The annotated bytes of the source.
    pub range: Range<usize>,
    /// What must be found there.
    pub text: String,
}

/// The comment leaders of all formats; a line without one may be an annotation too.
const LEADERS: [&str; 6] = ["//", "#", "--", ";", "<!--", ""];

/// The annotations of a source, in the order they are written.
///
/// Several annotation lines may follow one line; columns count characters.
///
/// # Panics
/// When carets have no text, no line above them, or reach past the end of that line.
pub fn annotations(source: &str) -> Vec<Annotation> {
    let mut found = Vec::new();
    let mut target: Option<(usize, usize, &str)> = None;
    let mut start = 0;
    for (index, line) in source.split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        if let Some((columns, text)) = carets(content) {
            let here = index + 1;
            assert!(!text.is_empty(), "line {here}: these carets say nothing: {content}");
            let (number, offset, above) =
                target.unwrap_or_else(|| panic!("line {here}: these carets have no line above"));
            let range = bytes(above, &columns)
                .unwrap_or_else(|| panic!("line {here}: these carets reach past line {number}"));
            found.push(Annotation {
                line: number,
                range: offset + range.start..offset + range.end,
                text: text.to_owned(),
            });
        } else {
            target = Some((index + 1, start, content));
        }
        start += line.len();
    }
    found
}

/// The columns of a line's carets and the text after them, when the line is an annotation.
fn carets(line: &str) -> Option<(Range<usize>, &str)> {
    let indented = line.trim_start();
    let rest = LEADERS.iter().find_map(|leader| {
        let rest = indented.strip_prefix(leader)?.trim_start();
        rest.starts_with('^').then_some(rest)
    })?;
    let text = rest.trim_start_matches('^');
    if !(text.is_empty() || text.starts_with(char::is_whitespace)) {
        return None;
    }
    let before = line[..line.len() - rest.len()].chars().count();
    let width = rest.len() - text.len();
    let text = text.trim();
    Some((before..before + width, text.strip_suffix("-->").unwrap_or(text).trim_end()))
}

/// The bytes of a line that columns cover, when the line is long enough.
fn bytes(line: &str, columns: &Range<usize>) -> Option<Range<usize>> {
    let at = |column| line.char_indices().map(|(at, _)| at).chain([line.len()]).nth(column);
    Some(at(columns.start)?..at(columns.end)?)
}

/// Fails with a readable difference unless exactly what a source's annotations say was found.
///
/// # Panics
/// When something is missing or unexpected.
pub fn assert_exact(path: &str, source: &str, found: Vec<(Range<usize>, String)>) {
    if let Some(difference) = difference(source, found) {
        panic!("{path}\n{difference}");
    }
}

/// What is missing and what is unexpected, or `None` when all is as annotated.
pub fn difference(source: &str, mut found: Vec<(Range<usize>, String)>) -> Option<String> {
    let mut missing = Vec::new();
    for annotation in annotations(source) {
        let wanted = (annotation.range, annotation.text);
        match found.iter().position(|one| *one == wanted) {
            Some(at) => drop(found.swap_remove(at)),
            None => missing.push(wanted),
        }
    }
    let mut all: Vec<_> = missing.into_iter().map(|one| ("missing", one)).collect();
    all.extend(found.into_iter().map(|one| ("unexpected", one)));
    all.sort_by_key(|(_, (range, _))| (range.start, range.end));
    let mut out = String::new();
    for (what, (range, text)) in &all {
        describe(source, what, range, text, &mut out);
    }
    (!out.is_empty()).then_some(out)
}

/// One line of a difference with its source line and carets.
fn describe(source: &str, what: &str, range: &Range<usize>, text: &str, out: &mut String) {
    let start = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = source[range.start..].find('\n').map_or(source.len(), |at| range.start + at);
    let line = source[..start].matches('\n').count() + 1;
    let indent = source[start..range.start].chars().count();
    let width = source[range.start..range.end.min(end).max(range.start)].chars().count().max(1);
    let _ = writeln!(out, "  line {line}: {what}: {text}");
    let _ = writeln!(out, "    {}", &source[start..end]);
    let _ = writeln!(out, "    {}{} {text}", " ".repeat(indent), "^".repeat(width));
}

#[cfg(test)]
mod tests {
    use super::{Annotation, annotations, difference};

    fn read(source: &str) -> Vec<(usize, &str, String)> {
        annotations(source)
            .into_iter()
            .map(|Annotation { line, range, text }| (line, &source[range], text))
            .collect()
    }

    #[test]
    fn every_leader_points_at_the_line_above() {
        for (leader, trailer) in
            [("//", ""), ("#", ""), ("--", ""), (";", ""), ("<!--", " -->"), ("", "")]
        {
            let source = format!("abcdef 404 x\n{leader:7}^^^ emit 404{trailer}\n");
            assert_eq!(read(&source), [(1, "404", "emit 404".to_owned())], "{leader:?}");
        }
    }

    #[test]
    fn several_annotations_share_a_line_and_columns_count_characters() {
        let source = "x\r\n  é(404, 200)\r\n  # ^^^ one\r\n  #      ^^^ two\r\n";
        assert_eq!(read(source), [(2, "404", "one".to_owned()), (2, "200", "two".to_owned())]);
    }

    #[test]
    fn carets_in_code_and_prose_are_no_annotation() {
        assert_eq!(read("a\n// see a^b\n//^=2\nx ^ y\n"), []);
    }

    #[test]
    fn a_difference_names_both_ways_with_the_line() {
        let source = "send(404)\n//   ^^^ emit 404\nsend(500)\n";
        let found = vec![(23 + 9..35, "emit 500".to_owned())];
        let text = difference(source, found).expect("they differ");
        assert!(text.contains("line 1: missing: emit 404\n    send(404)\n         ^^^ "), "{text}");
        assert!(text.contains("line 3: unexpected: emit 500\n    send(500)\n"), "{text}");
        assert_eq!(difference(source, vec![(5..8, "emit 404".to_owned())]).as_deref(), None);
    }
}
