//! Every byte and every position of many texts, against a model that goes by characters.

use lsp_types::{
    ClientCapabilities, GeneralClientCapabilities, Position, PositionEncodingKind, Range,
};

use statuslint_tests::{Dice, full};

use super::{Encoding, Positions};

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// What the texts are made of: line ends and what is none, one to four bytes, a combining mark, a
/// BOM.
const PIECES: [&str; 11] =
    ["\n", "\r\n", "\r", "a", "é", "€", "🦀", "e\u{301}", "\u{feff}", "\0", "\u{2028}"];

/// A text as the protocol sees it, written down unit by unit.
struct Model {
    /// The position of each byte and of the end of the text.
    positions: Vec<Position>,
    /// For each unit of each line the byte where its character begins, then the line's end.
    lines: Vec<Vec<usize>>,
}

impl Model {
    fn of(text: &str, encoding: Encoding) -> Self {
        let (mut positions, mut lines) = (Vec::new(), vec![Vec::new()]);
        let mut characters = text.char_indices().peekable();
        while let Some((byte, character)) = characters.next() {
            let here = Self::end(&lines);
            let line = lines.last_mut().unwrap();
            if matches!(character, '\n' | '\r') {
                let pair = character == '\r' && characters.next_if(|&(_, it)| it == '\n').is_some();
                positions.extend(std::iter::repeat_n(here, if pair { 2 } else { 1 }));
                line.push(byte);
                lines.push(Vec::new());
            } else {
                let units = match encoding {
                    Encoding::Utf8 => character.len_utf8(),
                    Encoding::Utf16 => character.len_utf16(),
                    Encoding::Utf32 => 1,
                };
                positions.extend(std::iter::repeat_n(here, character.len_utf8()));
                line.extend(std::iter::repeat_n(byte, units));
            }
        }
        positions.push(Self::end(&lines));
        lines.last_mut().unwrap().push(text.len());
        Self { positions, lines }
    }

    /// Where the next character will stand.
    fn end(lines: &[Vec<usize>]) -> Position {
        let units = lines.last().unwrap().len();
        Position::new(u32::try_from(lines.len() - 1).unwrap(), u32::try_from(units).unwrap())
    }

    /// The position of a byte; beyond the text that of its end.
    fn position(&self, byte: usize) -> Position {
        *self.positions.get(byte).or(self.positions.last()).unwrap()
    }

    /// The byte of a position; beyond a line its end, beyond the text the text's.
    fn byte(&self, position: Position) -> usize {
        let line = self.lines.get(usize::try_from(position.line).unwrap());
        let unit = usize::try_from(position.character).unwrap();
        match line {
            Some(line) => line[unit.min(line.len() - 1)],
            None => *self.lines.last().unwrap().last().unwrap(),
        }
    }
}

/// Compares every byte and every position of a text, and some beyond; how many these are.
fn compare(text: &str, order: &mut Dice) -> usize {
    let mut compared = 0;
    for encoding in ENCODINGS {
        let positions = Positions::new(text, encoding);
        let model = Model::of(text, encoding);
        let same_at = |byte| {
            assert_eq!(
                positions.position(byte),
                model.position(byte),
                "byte {byte} of {text:?} in {encoding:?}"
            );
        };
        (0..text.len() + 3).for_each(same_at);
        // What was asked before must not matter.
        (0..text.len().min(100)).for_each(|_| same_at(order.below(text.len() + 3)));
        for line in 0..model.lines.len() + 2 {
            let units = model.lines.get(line).map_or(0, Vec::len);
            for unit in 0..units + 3 {
                let [line, unit] = [line, unit].map(|it| u32::try_from(it).unwrap());
                let position = Position::new(line, unit);
                assert_eq!(
                    positions.byte(position),
                    model.byte(position),
                    "{position:?} of {text:?} in {encoding:?}"
                );
                compared += 1;
            }
        }
        compared += text.len() + 3;
        for byte in (0..=text.len()).filter(|&byte| text.is_char_boundary(byte)) {
            let in_line_end = text[..byte].ends_with('\r') && text[byte..].starts_with('\n');
            let back = positions.byte(positions.position(byte));
            assert_eq!(back, byte - usize::from(in_line_end), "{text:?} in {encoding:?}");
        }
    }
    compared
}

/// Every text of up to so many pieces.
fn texts(longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..longest {
        last = last.iter().flat_map(|text| PIECES.map(|piece| format!("{text}{piece}"))).collect();
        all.extend(last.iter().cloned());
    }
    all
}

#[test]
fn agrees_with_the_model_on_every_short_text() {
    let texts = texts(if full() { 5 } else { 4 });
    let mut order = Dice::new(1);
    let compared: usize = texts.iter().map(|text| compare(text, &mut order)).sum();
    println!("{} texts, {compared} bytes and positions", texts.len());
    assert!(compared > 50 * texts.len());
}

#[test]
fn agrees_with_the_model_on_generated_documents() {
    let count = if full() { 2_000 } else { 60 };
    let mut compared = 0;
    for seed in 1..=count {
        let mut dice = Dice::new(seed);
        let mut text = String::new();
        if seed % 20 == 0 {
            // Long lines are counted in steps, and a character may stand across their border.
            let filling = dice.pick(&PIECES[3..]);
            text = filling.repeat((super::STEP - dice.below(9)) / filling.len());
        }
        for _ in 0..dice.below(300) {
            text += dice.pick(&PIECES);
        }
        compared += compare(&text, &mut dice);
    }
    println!("{count} documents, {compared} bytes and positions");
    assert!(compared > 100 * usize::try_from(count).unwrap());
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
