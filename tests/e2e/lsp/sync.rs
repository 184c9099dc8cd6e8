//! Edits, many and odd, in every encoding: the server's text must stay the editor's.

use serde_json::{Value, json};
use statuslint_tests::Dice;

use crate::client::{Client, uri};
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
    let typed = TYPED[dice.below(TYPED.len())];
    let mut place = range(text, &(a..b), encoding);
    if dice.below(8) == 0 {
        place = json!({"start": place["end"], "end": place["start"]});
    }
    text.replace_range(a..b, typed);
    json!({"range": place, "text": typed})
}

#[test]
fn random_edits_leave_the_text_the_editor_has() {
    for (encoding, seed) in ENCODINGS.into_iter().flat_map(|it| [(it, 1), (it, 2), (it, 3)]) {
        let here = tempfile::tempdir().unwrap();
        let uri = uri(&here.path().join("api.py"));
        let mut client = Client::with_encoding(here.path(), encoding);
        let mut text = [BEFORE, AFTER].concat();
        client.open(&uri, "python", &text);
        let mut dice = Dice::new(seed);
        for version in 2..=300 {
            let edits: Vec<_> =
                (0..=dice.below(3)).map(|_| edit(&mut text, &mut dice, encoding)).collect();
            client.change(&uri, version, &json!(edits));
            if version % 50 == 0 {
                let found = client.diagnostics(&uri, version);
                assert_eq!(found.len(), 1, "{encoding}, seed {seed}: {text:?}");
                assert_eq!(
                    found[0]["range"],
                    range_of(&text, "306", encoding),
                    "{encoding}, seed {seed}: {text:?}"
                );
            }
        }
    }
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
