//! The one place where byte offsets become editor positions and back, in every encoding.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range as Bytes;

use lsp_types::{ClientCapabilities, Position, PositionEncodingKind, Range};

use crate::lines::Lines;

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

    /// How many units the bytes of a text take; counted without decoding, as lines may be long.
    fn width(self, bytes: &[u8]) -> usize {
        let characters = || bytes.iter().filter(|&&byte| !is_continuation(byte)).count();
        match self {
            Self::Utf8 => bytes.len(),
            Self::Utf16 => characters() + bytes.iter().filter(|&&byte| byte >= 0xF0).count(),
            Self::Utf32 => characters(),
        }
    }

    /// The byte at which the given unit of the line begins: rounded down inside a character,
    /// the end of the line where the line is shorter.
    fn byte(self, line: &str, unit: usize) -> usize {
        if self == Self::Utf8 {
            return line.floor_char_boundary(unit);
        }
        let (mut units, mut start) = (0, 0);
        for step in line.as_bytes().chunks(STEP) {
            let width = self.width(step);
            if units + width > unit {
                break;
            }
            units += width;
            start += step.len();
        }
        // A character that began before is complete only here.
        start = line.ceil_char_boundary(start);
        for (at, character) in line[start..].char_indices() {
            units += if self == Self::Utf16 { character.len_utf16() } else { 1 };
            if units > unit {
                return start + at;
            }
        }
        line.len()
    }
}

/// So many bytes of a line are passed over at once.
const STEP: usize = 4096;

/// Whether a byte of UTF-8 continues a character.
fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// A text and its lines, for converting between bytes and positions.
#[derive(Debug)]
pub(crate) struct Positions<'a> {
    text: &'a str,
    encoding: Encoding,
    lines: Cow<'a, Lines>,
    /// A byte and its unit in its line: what comes after it is counted from there.
    last: Cell<(usize, usize)>,
}

impl<'a> Positions<'a> {
    /// Finds the lines of a text.
    pub(crate) fn new(text: &'a str, encoding: Encoding) -> Self {
        Self { text, encoding, lines: Cow::Owned(Lines::of(text)), last: Cell::default() }
    }

    /// Takes the lines of a text as they are known.
    pub(crate) fn with_lines(text: &'a str, lines: &'a Lines, encoding: Encoding) -> Self {
        Self { text, encoding, lines: Cow::Borrowed(lines), last: Cell::default() }
    }

    /// The position of a byte; inside a character or a line end it is where that begins,
    /// beyond the text it is the end of the text.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.lines.line(byte);
        let content = self.content(line);
        let byte = byte.min(content.end);
        let known = self.last.get();
        let (from, units) =
            if (content.start..=byte).contains(&known.0) { known } else { (content.start, 0) };
        let unit = units + self.encoding.width(&self.text.as_bytes()[from..byte]);
        self.last.set((byte, unit));
        Position::new(number(line), number(unit))
    }

    /// The byte of a position; beyond its line it is the line's end, beyond the text the text's.
    pub(crate) fn byte(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        if line >= self.lines.count() {
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
        let end = self.text.len();
        let Some(bytes) = self.lines.bytes(line, self.text) else { return end..end };
        let ending = match &self.text.as_bytes()[bytes.clone()] {
            [.., b'\r', b'\n'] => 2,
            [.., b'\r' | b'\n'] => 1,
            _ => 0,
        };
        bytes.start..bytes.end - ending
    }
}

/// A line or column as the protocol's number, which holds any text of under 4 GiB.
fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
