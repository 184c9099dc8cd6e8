//! Every byte and every position of many small texts, against a model that goes by characters.

use lsp_types::{
    ClientCapabilities, GeneralClientCapabilities, Position, PositionEncodingKind, Range,
};

use super::{Encoding, Positions};

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// What the texts are made of: line ends, ASCII, two to four bytes, a combining mark, a BOM.
const PIECES: [&str; 9] = ["\n", "\r\n", "\r", "a", "é", "€", "🦀", "e\u{301}", "\u{feff}"];

/// A cell of the naive model: one character or line end with the position it stands at.
struct Cell {
    byte: usize,
    line: u32,
    units: u32,
    width: u32,
    ends_line: bool,
}

/// Walks a text character by character; the last cell is the end of the text.
fn model(text: &str, encoding: Encoding) -> Vec<Cell> {
    let (mut line, mut units) = (0, 0);
    let mut cells = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((byte, character)) = characters.next() {
        let ends_line = matches!(character, '\n' | '\r');
        if character == '\r' && characters.peek().is_some_and(|&(_, next)| next == '\n') {
            characters.next();
        }
        let width = match encoding {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        };
        let width = u32::try_from(width).unwrap();
        cells.push(Cell { byte, line, units, width, ends_line });
        if ends_line {
            (line, units) = (line + 1, 0);
        } else {
            units += width;
        }
    }
    cells.push(Cell { byte: text.len(), line, units, width: 0, ends_line: true });
    cells
}

/// Where the model sees a byte: the last cell that does not begin after it.
fn model_position(cells: &[Cell], byte: usize) -> Position {
    let cell = cells.iter().rev().find(|cell| cell.byte <= byte).unwrap();
    Position::new(cell.line, cell.units)
}

/// Which byte the model means by a position.
fn model_byte(cells: &[Cell], position: Position) -> usize {
    let on_line = |cell: &&Cell| cell.line == position.line;
    let reaches = |cell: &&Cell| cell.ends_line || cell.units + cell.width > position.character;
    let end = cells.last().unwrap();
    cells.iter().filter(on_line).find(reaches).unwrap_or(end).byte
}

/// Every text of up to five pieces.
fn texts() -> Vec<String> {
    let mut all = vec![String::new()];
    let mut longest = all.clone();
    for _ in 0..5 {
        longest =
            longest.iter().flat_map(|text| PIECES.map(|piece| format!("{text}{piece}"))).collect();
        all.extend(longest.iter().cloned());
    }
    all
}

#[test]
fn agrees_with_the_model_everywhere() {
    let texts = texts();
    assert_eq!(texts.len(), 1 + 9 + 81 + 729 + 6_561 + 59_049);
    for text in &texts {
        for encoding in ENCODINGS {
            let positions = Positions::new(text, encoding);
            let cells = model(text, encoding);
            for byte in 0..=text.len() + 2 {
                assert_eq!(
                    positions.position(byte),
                    model_position(&cells, byte),
                    "{text:?} {encoding:?} byte {byte}"
                );
            }
            let lines = cells.last().unwrap().line + 3;
            for (line, character) in
                (0..lines).flat_map(|line| (0..22).map(move |character| (line, character)))
            {
                let position = Position::new(line, character);
                assert_eq!(
                    positions.byte(position),
                    model_byte(&cells, position),
                    "{text:?} {encoding:?} {position:?}"
                );
            }
        }
    }
}

#[test]
fn round_trips_every_character() {
    for text in &texts() {
        for encoding in ENCODINGS {
            let positions = Positions::new(text, encoding);
            for cell in model(text, encoding) {
                assert_eq!(
                    positions.byte(positions.position(cell.byte)),
                    cell.byte,
                    "{text:?} {encoding:?}"
                );
            }
        }
    }
}

#[test]
fn clamps_the_largest_positions() {
    let positions = Positions::new("a🦀\r\nb", Encoding::Utf16);
    assert_eq!(positions.byte(Position::new(0, u32::MAX)), 5);
    assert_eq!(positions.byte(Position::new(u32::MAX, 0)), 8);
    assert_eq!(positions.position(usize::MAX), Position::new(1, 1));
}

#[test]
fn normalises_an_inverted_range() {
    let positions = Positions::new("abc\ndef\n", Encoding::Utf8);
    let inverted = Range::new(Position::new(1, 2), Position::new(0, 1));
    assert_eq!(positions.bytes(inverted), 1..6);
    assert_eq!(positions.range(&(1..6)), Range::new(Position::new(0, 1), Position::new(1, 2)));
}

#[test]
fn prefers_utf_8_then_utf_16_then_utf_32() {
    let negotiated = |kinds: Option<Vec<&'static str>>| {
        let position_encodings =
            kinds.map(|kinds| kinds.into_iter().map(PositionEncodingKind::new).collect());
        let general = Some(GeneralClientCapabilities { position_encodings, ..Default::default() });
        Encoding::negotiate(&ClientCapabilities { general, ..Default::default() })
    };
    assert_eq!(negotiated(Some(vec!["utf-32", "utf-16", "utf-8"])), Encoding::Utf8);
    assert_eq!(negotiated(Some(vec!["utf-32", "utf-16"])), Encoding::Utf16);
    assert_eq!(negotiated(Some(vec!["utf-32"])), Encoding::Utf32);
    assert_eq!(negotiated(Some(vec!["utf-7"])), Encoding::Utf16);
    assert_eq!(negotiated(Some(vec![])), Encoding::Utf16);
    assert_eq!(negotiated(None), Encoding::Utf16);
    assert_eq!(Encoding::negotiate(&ClientCapabilities::default()), Encoding::Utf16);
}
