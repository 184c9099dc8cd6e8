//! Positions by walking the text character by character: slow, and nothing the server uses.

use std::ops::Range;

use serde_json::{Value, json};

/// The encodings of the protocol.
pub(crate) const ENCODINGS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

/// The position of a byte.
pub(crate) fn position(text: &str, byte: usize, encoding: &str) -> Value {
    let (mut line, mut character) = (0, 0);
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if at >= byte {
            break;
        }
        let before_newline = rest.peek().is_some_and(|&(_, next)| next == '\n');
        if c == '\n' || (c == '\r' && !before_newline) {
            (line, character) = (line + 1, 0);
        } else {
            character += match encoding {
                "utf-8" => c.len_utf8(),
                "utf-16" => c.len_utf16(),
                "utf-32" => 1,
                other => panic!("no encoding {other}"),
            };
        }
    }
    json!({"line": line, "character": character})
}

/// The positions of a range of bytes.
pub(crate) fn range(text: &str, bytes: &Range<usize>, encoding: &str) -> Value {
    let at = |byte| position(text, byte, encoding);
    json!({"start": at(bytes.start), "end": at(bytes.end)})
}

/// The range of the only place where a piece of the text stands.
pub(crate) fn range_of(text: &str, piece: &str, encoding: &str) -> Value {
    let start = text.find(piece).expect("the piece is in the text");
    assert_eq!(text.matches(piece).count(), 1, "the piece stands once");
    range(text, &(start..start + piece.len()), encoding)
}

/// The byte of a position, which must be one where a character begins or the text ends.
pub(crate) fn byte(text: &str, wanted: &Value, encoding: &str) -> usize {
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let mut found = starts.filter(|&at| &position(text, at, encoding) == wanted);
    found.next().expect("the position is in the text")
}
