//! From byte offsets to the lines and columns people read.

use serde::Serialize;

/// How many bytes lie between two counts of scalars that the index keeps.
const STRIDE: usize = 1024;

/// A place in a document as the output formats give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Position {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in Unicode scalars, from 1. A byte order mark is not a column.
    pub(crate) column: usize,
    /// The bytes before it, from the start of the file.
    pub(crate) byte: usize,
}

/// The lines of a text. `\n`, `\r\n` and a lone `\r` end one, as in the language server protocol.
///
/// A look-up costs the same wherever it is, also in a line of many megabytes.
#[derive(Debug)]
pub(crate) struct LineIndex<'a> {
    text: &'a str,
    /// Where each line starts, the first behind a byte order mark.
    starts: Vec<usize>,
    /// How many scalars start before byte `n * STRIDE`.
    scalars: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Reads the text once.
    pub(crate) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }];
        let mut scalars = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if at % STRIDE == 0 {
                scalars.push(count);
            }
            count += usize::from(starts_scalar(byte));
            let ends_line = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends_line {
                starts.push(at + 1);
            }
        }
        if bytes.len().is_multiple_of(STRIDE) {
            scalars.push(count);
        }
        Self { text, starts, scalars }
    }

    /// The place of a byte offset; one beyond the end is the end.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let byte = offset.min(self.text.len());
        let line = self.line(byte);
        let start = self.starts[line];
        let column = self.scalars_before(byte).saturating_sub(self.scalars_before(start));
        Position { line: line + 1, column: column + 1, byte }
    }

    /// The bytes of the line a byte offset is in, without its end.
    pub(crate) fn line_range(&self, offset: usize) -> std::ops::Range<usize> {
        let line = self.line(offset);
        let start = self.starts[line];
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + content.len()
    }

    /// The line of a byte offset, from 0; offsets within a byte order mark are in the first one.
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn scalars_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let since = &self.text.as_bytes()[stride * STRIDE..offset];
        self.scalars[stride] + since.iter().filter(|byte| starts_scalar(**byte)).count()
    }
}

/// Whether a byte of UTF-8 begins a scalar.
fn starts_scalar(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::hostile_texts;

    /// The obvious way, slow: walks from the start of the text.
    fn walked(text: &str, offset: usize) -> (usize, usize) {
        let (mut line, mut column) = (1, 1);
        let mut previous = ' ';
        for (at, c) in text.char_indices() {
            if at != 0 && (previous == '\n' || (previous == '\r' && c != '\n')) {
                (line, column) = (line + 1, 1);
            }
            if at >= offset {
                return (line, column);
            }
            column += usize::from(!(at == 0 && c == '\u{feff}'));
            previous = c;
        }
        if previous == '\n' || previous == '\r' { (line + 1, 1) } else { (line, column) }
    }

    #[test]
    fn every_position_is_that_of_walking_there() {
        let long = "é漢x".repeat(700) + "\r" + &"y".repeat(3000) + "\n𝄞";
        let texts = ["", "\n", "\r", "\r\n\r\r\n", "\u{feff}", "\u{feff}é\nb", "a\u{2028}b", &long];
        for text in hostile_texts().iter().map(String::as_str).chain(texts) {
            let index = LineIndex::new(text);
            for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let Position { line, column, byte } = index.position(offset);
                assert_eq!((line, column, byte), {
                    let (line, column) = walked(text, offset);
                    (line, column, offset)
                });
            }
        }
    }

    #[test]
    fn lines_come_without_their_ends() {
        let text = "\u{feff}one\r\ntwo\rthree\n\nlast";
        let index = LineIndex::new(text);
        let lines: Vec<&str> = ["one", "two", "three", "last"]
            .iter()
            .map(|word| &text[index.line_range(text.find(word).unwrap() + 1)])
            .collect();
        assert_eq!(lines, ["one", "two", "three", "last"]);
        assert_eq!(index.line_range(0), 3..6);
    }
}
