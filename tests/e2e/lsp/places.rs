//! Where a code stands in a document, and where its meaning is written down.

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::place::{ENCODINGS, position, range};

const SOURCE: &str = "\
from fastapi import HTTPException, status

EMPTY = '🦀'; NOT_FOUND = 404


def answer(kind: str, response) -> None:
    if kind == '🦀': raise HTTPException(status_code=404)
    if response.status_code >= 404 or response.status_code == 404:
        raise HTTPException(status.HTTP_404_NOT_FOUND)
    raise HTTPException(status_code=410)
";

/// Every place of a piece of the text, with the kind of its highlight.
fn expected(pieces: &[(&str, usize, u8)], encoding: &str) -> Value {
    let place = |(piece, count, kind): &(&str, usize, u8)| {
        let (start, _) = SOURCE.match_indices(piece).nth(*count).expect("it stands there");
        json!({"range": range(SOURCE, &(start..start + piece.len()), encoding), "kind": kind})
    };
    pieces.iter().map(place).collect()
}

#[test]
fn every_spelling_of_a_code_is_highlighted() {
    for encoding in ENCODINGS {
        let here = tempfile::tempdir().unwrap();
        let uri = uri(&here.path().join("api.py"));
        let mut client = Client::with_encoding(here.path(), encoding);
        client.open(&uri, "python", SOURCE);
        let mut highlights = |piece: &str, count: usize| {
            let (at, _) = SOURCE.match_indices(piece).nth(count).expect("it stands there");
            let place = json!({"position": position(SOURCE, at + 1, encoding)});
            client.ask("textDocument/documentHighlight", &uri, &place)
        };
        let all =
            [("404", 0, 3), ("404", 1, 3), ("404", 3, 2), ("status.HTTP_404_NOT_FOUND", 0, 3)];
        let all = expected(&all, encoding);
        for (piece, count) in [("404", 0), ("404", 1), ("404", 3), ("HTTP_404_NOT_FOUND", 0)] {
            assert_eq!(highlights(piece, count), all, "{encoding}: {piece} {count}");
        }
        // The end of a range is no code.
        assert_eq!(highlights("404", 2), expected(&[("404", 2, 2)], encoding));
        assert_eq!(highlights("410", 0), expected(&[("410", 0, 3)], encoding));
        assert_eq!(highlights("kind", 0), Value::Null);
    }
}

#[test]
fn numbers_lead_to_the_section_that_defines_them() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-16");
    client.open(&uri, "python", SOURCE);
    let links = client.ask("textDocument/documentLink", &uri, &json!({}));
    let links: Vec<_> = links.as_array().unwrap().iter().collect();
    let lines: Vec<_> = links.iter().map(|link| &link["range"]["start"]["line"]).collect();
    assert_eq!(lines, [&json!(2), &json!(6), &json!(7), &json!(9)], "names are no links");
    let target = "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5";
    assert_eq!(links[0]["target"], target);
    assert_eq!(links[0]["tooltip"], "RFC 9110 section 15.5.5");
}
