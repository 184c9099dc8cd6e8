//! The one place where byte offsets become editor positions and back, in every encoding.

use std::ops::Range as Bytes;

use lsp_types::{ClientCapabilities, Position, PositionEncodingKind, Range};

/// What the `character` of a position counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the protocol's default.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The best encoding the client offers: UTF-8, else UTF-16, else UTF-32.
    pub(crate) fn negotiate(capabilities: &ClientCapabilities) -> Self {
        let offered =
            capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let offers =
            |kind: &PositionEncodingKind| offered.is_some_and(|kinds| kinds.contains(kind));
        if offers(&PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if offered.is_none_or(<[_]>::is_empty) || offers(&PositionEncodingKind::UTF16) {
            Self::Utf16
        } else if offers(&PositionEncodingKind::UTF32) {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// Its name in the protocol.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many units the text takes.
    fn width(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        }
    }

    /// The byte at which the given unit of the line begins: rounded down inside a character,
    /// the end of the line where the line is shorter.
    fn byte(self, line: &str, unit: usize) -> usize {
        match self {
            Self::Utf8 => line.floor_char_boundary(unit),
            Self::Utf32 => line.char_indices().nth(unit).map_or(line.len(), |(byte, _)| byte),
            Self::Utf16 => {
                let mut units = 0;
                for (byte, character) in line.char_indices() {
                    units += character.len_utf16();
                    if units > unit {
                        return byte;
                    }
                }
                line.len()
            }
        }
    }
}

/// The lines of one text, for converting between bytes and positions.
#[derive(Debug)]
pub(crate) struct Positions<'a> {
    text: &'a str,
    encoding: Encoding,
    /// The byte each line begins at; never empty.
    starts: Vec<usize>,
}

impl<'a> Positions<'a> {
    /// Finds the lines of a text; `\n`, `\r\n` and `\r` each end one.
    pub(crate) fn new(text: &'a str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |at: usize| {
            bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
        };
        let ends = (0..bytes.len()).filter(|&at| ends_line(at)).map(|at| at + 1);
        Self { text, encoding, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The position of a byte; inside a character or a line end it is where that begins,
    /// beyond the text it is the end of the text.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|&start| start <= byte) - 1;
        let content = self.content(line);
        let before = &self.text[content.start..byte.min(content.end)];
        Position::new(number(line), number(self.encoding.width(before)))
    }

    /// The byte of a position; beyond its line it is the line's end, beyond the text the text's.
    pub(crate) fn byte(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        if line >= self.starts.len() {
            return self.text.len();
        }
        let content = self.content(line);
        let unit = usize::try_from(position.character).unwrap_or(usize::MAX);
        content.start + self.encoding.byte(&self.text[content.clone()], unit)
    }

    /// The positions of a range of bytes.
    pub(crate) fn range(&self, bytes: &Bytes<usize>) -> Range {
        Range::new(self.position(bytes.start), self.position(bytes.end))
    }

    /// The bytes of a range of positions, ends in ascending order whatever the client sent.
    pub(crate) fn bytes(&self, range: Range) -> Bytes<usize> {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        start.min(end)..start.max(end)
    }

    /// The bytes of a line without its line end.
    fn content(&self, line: usize) -> Bytes<usize> {
        let start = self.starts[line];
        let Some(&next) = self.starts.get(line + 1) else {
            return start..self.text.len();
        };
        let line = &self.text[start..next];
        let ending = if line.ends_with("\r\n") { 2 } else { 1 };
        start..next - ending
    }
}

/// A line or column as the protocol's number, which holds any text of under 4 GiB.
fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
