//! Edits, many and odd, in every encoding: the server's text must stay the editor's.

use serde_json::{Value, json};
use statuslint_tests::{Dice, full};

use crate::client::{Client, uri};
use crate::findings::{as_diagnostic, in_text};
use crate::place::{ENCODINGS, position, range, range_of};

/// What is typed: characters of every width, every line end, and nothing at all.
const TYPED: [&str; 10] = ["a", "é", "€", "🦀", "e\u{301}", "👩‍🚒", "\n", "\r\n", "\r", ""];

/// What stands before and after the text that is edited; it has one finding.
pub(crate) const BEFORE: &str = "from fastapi import HTTPException\nx = \"\"\"";
pub(crate) const AFTER: &str = "\"\"\"; raise HTTPException(status_code=306)\n";

/// Edits the text between the quotes at random, as the change to send.
pub(crate) fn edit(text: &mut String, dice: &mut Dice, encoding: &str) -> Value {
    let places: Vec<usize> =
        (BEFORE.len()..=text.len() - AFTER.len()).filter(|&at| text.is_char_boundary(at)).collect();
    let (a, b) = (dice.below(places.len()), dice.below(places.len().min(4)));
    let (a, b) = (places[a], places[(a + b).min(places.len() - 1)]);
    // Between the two halves of a line end no position lies.
    let halves = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
    let (a, b) = (a - usize::from(halves(a)), b + usize::from(halves(b)));
    let typed = dice.pick(&TYPED);
    let mut place = range(text, &(a..b), encoding);
    if text[b..].starts_with(['\n', '\r']) && dice.once_in(2) {
        // Beyond the end of a line is its end.
        place["end"]["character"] = json!(u32::MAX);
    }
    if dice.once_in(8) {
        place = json!({"start": place["end"], "end": place["start"]});
    }
    text.replace_range(a..b, typed);
    json!({"range": place, "text": typed})
}

/// Edits a document that has one finding, which is looked at now and then; in the end the command
/// line says the same about the text. How many edits these were.
fn edit_one(encoding: &str, seed: u64) -> usize {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), encoding);
    let mut text = [BEFORE, AFTER].concat();
    client.open(&uri, "python", &text);
    let mut dice = Dice::new(seed);
    let mut count = 0;
    for version in 2..=450 {
        let edits: Vec<_> =
            (0..=dice.below(4)).map(|_| edit(&mut text, &mut dice, encoding)).collect();
        count += edits.len();
        client.change(&uri, version, &json!(edits));
        if version % 50 == 0 {
            let found = client.diagnostics(&uri, version);
            assert_eq!(found.len(), 1, "{encoding}, seed {seed}: {text:?}");
            let place = range_of(&text, "306", encoding);
            assert_eq!(found[0]["range"], place, "{encoding}, seed {seed}: {text:?}");
            if version == 450 {
                let said = in_text(here.path(), "api.py", &text);
                let said: Vec<_> =
                    said.iter().map(|it| as_diagnostic(it, &text, encoding)).collect();
                assert_eq!(found, said, "{encoding}, seed {seed}: {text:?}");
            }
        }
    }
    count
}

#[test]
fn random_edits_leave_the_text_the_editor_has() {
    let seeds = if full() { 40 } else { 3 };
    let all = (1..=seeds).flat_map(|seed| ENCODINGS.map(|encoding| (encoding, seed)));
    let edits: usize = all.map(|(encoding, seed)| edit_one(encoding, seed)).sum();
    println!("{edits} edits");
    assert!(edits > 10_000, "{edits} edits");
}

#[test]
fn ten_thousand_changes_in_a_burst_are_applied_in_order() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-16");
    let mut text = [BEFORE, AFTER].concat();
    client.open(&uri, "python", &text);
    for version in 2..=10_000 {
        let typed = TYPED[usize::try_from(version).unwrap() % 5];
        let at = position(&text, BEFORE.len(), "utf-16");
        client.change(&uri, version, &json!([{"range": {"start": at, "end": at}, "text": typed}]));
        text.insert_str(BEFORE.len(), typed);
    }
    let found = client.diagnostics(&uri, 10_000);
    assert_eq!(found[0]["range"], range_of(&text, "306", "utf-16"));
}
