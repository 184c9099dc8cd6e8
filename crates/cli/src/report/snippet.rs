//! The piece of a line that a place stands in.

use std::ops::Range;

use serde::Serialize;

use crate::output::LineIndex;

/// How many scalars are shown on either side of a place.
const AROUND: usize = 72;

/// How many scalars of the place itself.
const WITHIN: usize = 120;

/// What stands before a place in its line, there, and behind it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Snippet(String, String, String);

impl Snippet {
    /// Cuts it out; of what goes over several lines only the first is shown.
    pub(super) fn new(text: &str, lines: &LineIndex<'_>, place: &Range<usize>) -> Self {
        let line = lines.line_range(place.start);
        let start = place.start.clamp(line.start, line.end);
        let end = place.end.clamp(start, line.end);
        let before = last(text[line.start..start].trim_start(), AROUND);
        let behind = first(text[end..line.end].trim_end(), AROUND);
        Self(before, first(&text[start..end], WITHIN), behind)
    }
}

/// The first so many scalars.
fn first(text: &str, number: usize) -> String {
    match text.char_indices().nth(number) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The last so many scalars.
fn last(text: &str, number: usize) -> String {
    match text.char_indices().rev().nth(number) {
        Some((at, c)) => format!("…{}", &text[at + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cuts(text: &str, place: Range<usize>, parts: [&str; 3]) {
        let [before, within, behind] = parts.map(str::to_owned);
        let snippet = Snippet::new(text, &LineIndex::new(text), &place);
        assert_eq!(snippet, Snippet(before, within, behind));
    }

    #[test]
    fn a_line_is_cut_around_the_place() {
        cuts("a\n  return 404;  \nb", 11..14, ["return ", "404", ";"]);
        cuts("a(404,\n b)", 1..9, ["a", "(404,", ""]);
        cuts("404", 0..3, ["", "404", ""]);
        cuts("", 0..0, ["", "", ""]);
        let long = format!("{}404{}", "é".repeat(100), "漢".repeat(100));
        let (before, behind) = ("é".repeat(AROUND), "漢".repeat(AROUND));
        cuts(&long, 200..203, [&format!("…{before}"), "404", &format!("{behind}…")]);
    }
}
