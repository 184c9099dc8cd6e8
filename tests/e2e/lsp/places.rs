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
    let capabilities = json!({"textDocument": {"documentLink": {"tooltipSupport": true}}});
    let mut client = Client::initialized(here.path(), &capabilities, &Value::Null);
    client.open(&uri, "python", SOURCE);
    let links = client.ask("textDocument/documentLink", &uri, &json!({}));
    let links: Vec<_> = links.as_array().unwrap().iter().collect();
    let starts: Vec<_> = links.iter().map(|link| &link["range"]["start"]["line"]).collect();
    assert_eq!(starts, [&json!(2), &json!(6), &json!(7), &json!(9)], "names are no links");
    let target = "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5";
    assert_eq!(links[0]["target"], target);
    assert_eq!(links[0]["tooltip"], "RFC 9110 section 15.5.5");
}

/// A workspace of two files, one of which is open with other text than the other has on disk.
fn shop() -> (tempfile::TempDir, Client, String, String) {
    let here = tempfile::tempdir().unwrap();
    let closed = "package shop\n\nimport \"net/http\"\n\nfunc f(w http.ResponseWriter) {\n\tw.WriteHeader(http.StatusNotFound)\n\tw.WriteHeader(410)\n}\n";
    std::fs::write(here.path().join("shop.go"), closed).unwrap();
    std::fs::write(here.path().join("plain.py"), "print(404)\n").unwrap();
    std::fs::write(here.path().join("api.py"), "").unwrap();
    let (api, shop) = (uri(&here.path().join("api.py")), uri(&here.path().join("shop.go")));
    let mut client = Client::with_encoding(here.path(), "utf-16");
    client.open(&api, "python", SOURCE);
    (here, client, api, shop)
}

#[test]
fn references_are_found_in_the_whole_workspace() {
    let (_here, mut client, api, shop) = shop();
    let (at, _) = SOURCE.match_indices("404").nth(3).unwrap();
    let mut references = |declarations: bool| {
        let place = json!({
            "position": position(SOURCE, at, "utf-16"),
            "context": {"includeDeclaration": declarations},
        });
        let found = client.ask("textDocument/references", &api, &place);
        let line = |it: &Value| (it["uri"].clone(), it["range"]["start"]["line"].clone());
        found.as_array().unwrap().iter().map(line).collect::<Vec<_>>()
    };
    let expected = |lines: &[(&str, u32)]| {
        lines.iter().map(|(uri, line)| (json!(uri), json!(line))).collect::<Vec<_>>()
    };
    let all = expected(&[(&api, 2), (&api, 6), (&api, 7), (&api, 8), (&shop, 5)]);
    // The workspace is read in the background.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while references(true) != all {
        assert!(std::time::Instant::now() < deadline, "{:?}", references(true));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(references(false), all[1..]);
}

#[test]
fn symbols_are_found_by_number_and_by_name() {
    let (_here, mut client, api, shop) = shop();
    let mut symbols = |query: &str| {
        let answer = client.request("workspace/symbol", &json!({"query": query}));
        let symbol = |it: &Value| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let at = &it["location"];
            (text(&it["name"]), text(&it["containerName"]), text(&at["uri"]))
        };
        answer["result"].as_array().unwrap().iter().map(symbol).collect::<Vec<_>>()
    };
    let gone = [("410 Gone", "410", &api), ("410 Gone", "410", &shop)];
    let gone = gone.map(|(name, written, uri)| (name.to_owned(), written.to_owned(), uri.clone()));
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while symbols("410") != gone {
        assert!(std::time::Instant::now() < deadline, "{:?}", symbols("410"));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(symbols("gone"), gone);
    let spelled: Vec<_> = symbols("not found").into_iter().map(|(_, written, _)| written).collect();
    let names = ["404", "404", "404", "status.HTTP_404_NOT_FOUND", "http.StatusNotFound"];
    assert_eq!(spelled, names);
    assert_eq!(symbols("x"), []);
}
