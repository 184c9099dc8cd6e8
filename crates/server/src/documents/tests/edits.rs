//! Random edits, many and odd: the text must stay the one of an editor that goes by characters.

use lsp_types::{Position, Range, TextDocumentContentChangeEvent};
use statuslint_languages::Language;
use statuslint_lint::{Settings, analyze};
use statuslint_tests::{Dice, full};

use super::{opened, url};
use crate::documents::Snapshot;
use crate::lines::Lines;
use crate::positions::Encoding;

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// What is typed: characters of every width, every line end and what makes one of two, marks that
/// combine, statuses, and nothing at all.
const TYPED: [&str; 19] = [
    "",
    "",
    "",
    "a",
    "404",
    "é",
    "€",
    "🦀",
    "e\u{301}",
    "👩‍🚒",
    "\n",
    "\r\n",
    "\r",
    "\n\r",
    "\u{feff}",
    "\0",
    "\u{2028}",
    "\nraise HTTPException(306)\r\n",
    "\n\"\"\"",
];

/// What documents begin as, with each kind of line end, and with all of them.
const TEXTS: [&str; 6] = [
    "",
    "\u{feff}from fastapi import HTTPException\r\nraise HTTPException(306)\r\nx = '🦀'\r\n",
    "from fastapi import HTTPException\nraise HTTPException(306)  # né\nx = '👩‍🚒'\n\n",
    "from fastapi import HTTPException\rraise HTTPException(306)\rx = 'e\u{301}'",
    "from fastapi import HTTPException\n\rraise HTTPException(306)\r\r\nx = 1\n\r\n\r",
    "one\ttwo",
];

/// Edits of one document.
const EDITS: usize = 1_000;

/// An editor that knows a text as characters and nothing about bytes.
struct Editor {
    text: Vec<char>,
    encoding: Encoding,
}

impl Editor {
    /// Where the line that begins at an index ends, and where the next begins, if there is one.
    fn line(&self, start: usize) -> (usize, Option<usize>) {
        for at in start..self.text.len() {
            match (self.text[at], self.text.get(at + 1)) {
                ('\r', Some('\n')) => return (at, Some(at + 2)),
                ('\r' | '\n', _) => return (at, Some(at + 1)),
                _ => {}
            }
        }
        (self.text.len(), None)
    }

    fn units(&self, at: usize) -> u32 {
        let units = match self.encoding {
            Encoding::Utf8 => self.text[at].len_utf8(),
            Encoding::Utf16 => self.text[at].len_utf16(),
            Encoding::Utf32 => 1,
        };
        u32::try_from(units).unwrap()
    }

    /// The character at a position.
    fn index(&self, position: Position) -> usize {
        let (mut start, mut units) = (0, 0);
        for _ in 0..position.line {
            let (_, Some(next)) = self.line(start) else { return self.text.len() };
            start = next;
        }
        let (end, _) = self.line(start);
        for at in start..end {
            units += self.units(at);
            if units > position.character {
                return at;
            }
        }
        end
    }

    /// The position of a character.
    fn position(&self, index: usize) -> Position {
        let (mut start, mut line) = (0, 0);
        while let (_, Some(next)) = self.line(start)
            && next <= index
        {
            (start, line) = (next, line + 1);
        }
        let end = self.line(start).0.min(index);
        Position::new(line, (start..end).map(|at| self.units(at)).sum())
    }

    /// The byte at which a character begins.
    fn byte(&self, index: usize) -> usize {
        self.text[..index].iter().map(|character| character.len_utf8()).sum()
    }

    /// The position of a byte at which a character begins.
    fn position_of_byte(&self, byte: usize) -> Position {
        let mut bytes = 0;
        let begins = self.text.iter().position(|character| {
            bytes += character.len_utf8();
            bytes > byte
        });
        self.position(begins.unwrap_or(self.text.len()))
    }

    /// A place of the text, sometimes written as nobody should.
    fn place(&self, index: usize, dice: &mut Dice) -> Position {
        let mut place = self.position(index.min(self.text.len()));
        match dice.below(24) {
            0 => place.character += u32::try_from(dice.below(200)).unwrap(),
            1 => place.character = u32::MAX - place.line,
            2 => place.line += u32::try_from(dice.below(20)).unwrap(),
            3 => place.line = u32::MAX - place.character,
            // Inside a character that takes several units.
            4..=7 => place.character += 1,
            _ => {}
        }
        place
    }

    /// Edits the text at random, as the change to send.
    fn edit(&mut self, dice: &mut Dice) -> TextDocumentContentChangeEvent {
        let too_long = self.text.len() > 400;
        if too_long || dice.once_in(200) {
            let text = dice.pick(&TEXTS);
            self.text = text.chars().collect();
            return TextDocumentContentChangeEvent {
                range: None,
                range_length: None,
                text: text.into(),
            };
        }
        let from = dice.below(self.text.len() + 1);
        let reach = if dice.once_in(60) { self.text.len() + 1 } else { 5 };
        let length = dice.below(reach);
        let mut range = Range::new(self.place(from, dice), self.place(from + length, dice));
        if dice.once_in(8) {
            std::mem::swap(&mut range.start, &mut range.end);
        }
        let (a, b) = (self.index(range.start), self.index(range.end));
        let typed = dice.pick(&TYPED);
        self.text.splice(a.min(b)..a.max(b), typed.chars());
        // It is deprecated, and whatever it says does not count.
        let range_length = dice.once_in(16).then(|| u32::try_from(dice.below(9)).unwrap());
        TextDocumentContentChangeEvent { range: Some(range), range_length, text: typed.into() }
    }
}

/// Compares some positions of a document, in an order of their own.
fn compare_positions(snapshot: &Snapshot, editor: &Editor, dice: &mut Dice, seed: u64) {
    let positions = snapshot.positions();
    let index = dice.below(editor.text.len() + 1);
    let byte = editor.byte(index);
    assert_eq!(positions.position(byte), editor.position(index), "seed {seed}, byte {byte}");
    let place = editor.place(index, dice);
    assert_eq!(positions.byte(place), editor.byte(editor.index(place)), "seed {seed}, {place:?}");
}

/// Compares where the statuses and findings of a fresh analysis stand; how many these are.
fn compare_findings(snapshot: &Snapshot, editor: &Editor, seed: u64) -> usize {
    let text: String = editor.text.iter().collect();
    let python = Language::from_id("python").expect("Python is a language");
    let report = analyze(&text, python, &Settings::default());
    let ranges = report.usage.sites.iter().map(|site| &site.range);
    let ranges: Vec<_> = ranges.chain(report.findings.iter().map(|it| &it.range)).collect();
    let positions = snapshot.positions();
    for range in &ranges {
        let [start, end] = [range.start, range.end].map(|byte| editor.position_of_byte(byte));
        assert_eq!(positions.range(range), Range::new(start, end), "seed {seed}, {range:?}");
    }
    ranges.len()
}

/// Edits one document; how many places were compared in analyses of its states.
fn edit_one(seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let encoding = dice.pick(&ENCODINGS);
    let text = dice.pick(&TEXTS);
    let documents = opened(encoding, text);
    let mut editor = Editor { text: text.chars().collect(), encoding };
    let (mut edits, mut version, mut compared, mut held) = (0, 1, 0, Vec::new());
    while edits < EDITS {
        let changes: Vec<_> = (0..=dice.below(4)).map(|_| editor.edit(&mut dice)).collect();
        edits += changes.len();
        version += 1;
        assert!(documents.change(&url(), version, changes));
        let snapshot = documents.snapshot(&url()).unwrap();
        assert!(
            snapshot.text.chars().eq(editor.text.iter().copied()),
            "seed {seed}, version {version}: {:?} is not {:?}",
            snapshot.text,
            editor.text.iter().collect::<String>()
        );
        compare_positions(&snapshot, &editor, &mut dice, seed);
        if version % 10 == 0 {
            compared += compare_findings(&snapshot, &editor, seed);
        }
        // Some are read for long, and some only until the next change.
        if held.len() < 3 {
            held.push((snapshot.text.to_string(), snapshot));
        } else {
            let (text, before) = held.swap_remove(dice.below(held.len()));
            assert_eq!(*before.text, text, "seed {seed}, before version {version}");
            assert_eq!(*before.lines, Lines::of(&text), "seed {seed}, before version {version}");
        }
    }
    compared
}

#[test]
fn random_edits_leave_the_text_of_the_editor() {
    let documents = if full() { 1_000 } else { 50 };
    let compared: usize = (1..=documents).map(edit_one).sum();
    println!("{documents} documents, {EDITS} edits each, {compared} places in analyses");
    assert!(compared > 0);
}
