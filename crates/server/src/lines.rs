//! Where the lines of a text begin, kept while the text changes: an edit of a long document costs
//! what the edit is long, not what the document is.

use std::ops::Range;

/// The byte each line of a text begins at.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    /// Ascending; the first is 0.
    starts: Vec<usize>,
}

impl Default for Lines {
    fn default() -> Self {
        Self { starts: vec![0] }
    }
}

impl Clone for Lines {
    fn clone(&self) -> Self {
        Self { starts: self.starts.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.starts.clone_from(&source.starts);
    }
}

impl Lines {
    /// Finds the lines of a text; `\n`, `\r\n` and `\r` each end one.
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).map(|at| at + 1);
        let starts = ends.filter(|&start| begins(bytes, start));
        Self { starts: std::iter::once(0).chain(starts).collect() }
    }

    /// Follows an edit: `text` is the whole text after it, in which `length` bytes replaced
    /// the old ones.
    pub(crate) fn edited(&mut self, old: Range<usize>, length: usize, text: &str) {
        // Whether a line begins at a byte depends on it and on the one before.
        let first = self.starts.partition_point(|&start| start < old.start.max(1));
        let after = self.starts.partition_point(|&start| start <= old.end).max(first);
        let bytes = text.as_bytes();
        let end = old.start + length;
        let new: Vec<usize> =
            (old.start.max(1)..=end).filter(|&start| begins(bytes, start)).collect();
        for start in &mut self.starts[after..] {
            *start = *start - old.end + end;
        }
        self.starts.splice(first..after, new);
    }

    /// How many lines there are: one more than line ends.
    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line a byte belongs to.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte) - 1
    }

    /// The bytes of a line with its end, if there is such a line.
    pub(crate) fn bytes(&self, line: usize, text: &str) -> Option<Range<usize>> {
        let start = *self.starts.get(line)?;
        Some(start..self.starts.get(line + 1).copied().unwrap_or(text.len()))
    }
}

/// Whether a line begins at a byte that is not the first.
fn begins(bytes: &[u8], start: usize) -> bool {
    match bytes.get(start - 1) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(start) != Some(&b'\n'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn each_line_end_ends_one_line() {
        let lines = Lines::of("a\nb\r\nc\rd\n\re\r");
        assert_eq!(lines.starts, [0, 2, 5, 7, 9, 10, 12]);
        assert_eq!((lines.count(), lines.line(0), lines.line(4), lines.line(12)), (7, 0, 1, 6));
        assert_eq!(lines.bytes(1, "a\nb\r\nc\rd\n\re\r"), Some(2..5));
        assert_eq!(lines.bytes(6, "a\nb\r\nc\rd\n\re\r"), Some(12..12));
        assert_eq!(lines.bytes(7, "a\nb\r\nc\rd\n\re\r"), None);
        assert_eq!(Lines::of("").starts, [0]);
    }

    /// Every edit of every short text made of what matters.
    #[test]
    fn following_an_edit_is_finding_the_lines_anew() {
        let texts = |length: usize| {
            let alphabet = ['x', '\n', '\r'];
            (0..alphabet.len().pow(u32::try_from(length).unwrap())).map(move |mut number| {
                let mut text = String::new();
                for _ in 0..length {
                    text.push(alphabet[number % alphabet.len()]);
                    number /= alphabet.len();
                }
                text
            })
        };
        let mut edits = 0;
        for before in (0..=4).flat_map(texts) {
            for typed in (0..=2).flat_map(texts) {
                for start in 0..=before.len() {
                    for end in start..=before.len() {
                        let mut after = before.clone();
                        after.replace_range(start..end, &typed);
                        let mut lines = Lines::of(&before);
                        lines.edited(start..end, typed.len(), &after);
                        assert_eq!(lines, Lines::of(&after), "{before:?} {start}..{end} {typed:?}");
                        edits += 1;
                    }
                }
            }
        }
        assert!(edits > 20_000, "{edits} edits");
    }
}
