//! What comes fast comes in order: nothing is shown or answered about a past state.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use statuslint_tests::{Dice, full};

use crate::client::{Client, uri};

/// What the server may answer instead: the document has changed meanwhile.
const CONTENT_MODIFIED: i64 = -32801;
/// The codes a text is given in turn, so that versions differ.
const CODES: [u16; 6] = [400, 404, 409, 410, 418, 503];

const BEFORE: &str = "from fastapi import HTTPException\nraise HTTPException(status_code=";

/// Sends many changes at once, with requests between them, and judges what comes back: how
/// many answers and how many publications these were.
fn burst(seed: u64, changes: i32) -> (usize, usize) {
    let mut dice = Dice::new(seed);
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-8");
    // What the server does beside its work must not matter either.
    client.notify("$/setTrace", &json!({"value": dice.pick(&["off", "messages", "verbose"])}));
    let filling = "x = 1\n".repeat(dice.below(300));
    client.open(&uri, "python", &format!("{BEFORE}306)\n{filling}"));
    let number = json!({"line": 1, "character": 34});
    let place = json!({
        "start": {"line": 1, "character": 32}, "end": {"line": 1, "character": 35},
    });
    let mut code = 306;
    let (mut asked, mut answered) = (Vec::new(), 0);
    for version in 2..=changes {
        code = if version == changes { 306 } else { dice.pick(&CODES) };
        client.change(&uri, version, &json!([{"range": place, "text": code.to_string()}]));
        // Who waits for the answer gets one, who writes on may be told that it is too late.
        if dice.once_in(30) {
            let place = json!({"position": number});
            let said = client.ask("textDocument/hover", &uri, &place)["contents"]["value"].take();
            let said = said.as_str().unwrap_or_default();
            assert!(said.contains(&code.to_string()), "seed {seed}, version {version}: {said}");
            answered += 1;
        } else if dice.once_in(10) {
            let params = json!({"textDocument": {"uri": uri}, "position": number});
            asked.push((client.begin("textDocument/hover", &params), code, version));
        }
        if dice.once_in(500) {
            thread::sleep(Duration::from_millis(40));
        }
    }
    assert_eq!(code, 306);
    for (id, code, version) in asked {
        let answer = client.answer_to(&id);
        if answer["error"]["code"] == CONTENT_MODIFIED {
            continue;
        }
        let said = answer["result"]["contents"]["value"].as_str().unwrap_or_default();
        assert!(said.contains(&code.to_string()), "seed {seed}, version {version}: {answer}");
        answered += 1;
    }
    let shown = last_shown(&mut client, &uri, changes, seed);
    (answered, shown)
}

/// Waits for the diagnostics of the last version, and for what may come after it; all that were
/// shown must ascend. How many there were.
fn last_shown(client: &mut Client, uri: &str, last: i32, seed: u64) -> usize {
    let is_last = |message: &Value| version_shown(message, uri) == Some(i64::from(last));
    client.place_of("the last version", is_last);
    // An analysis that still runs would have ended by then.
    thread::sleep(Duration::from_millis(300));
    client.request("shutdown", &Value::Null);
    let messages = client.take_unread();
    let shown: Vec<_> = messages.iter().filter_map(|it| version_shown(it, uri)).collect();
    assert!(shown.is_sorted_by(|a, b| a < b), "seed {seed}: {shown:?}");
    assert_eq!(shown.last(), Some(&i64::from(last)), "seed {seed}");
    let last = messages.iter().rfind(|it| version_shown(it, uri).is_some()).expect("there is one");
    let found = &last["params"]["diagnostics"];
    assert_eq!(found.as_array().map(Vec::len), Some(1), "seed {seed}: {last}");
    assert_eq!(found[0]["code"], "unused-code", "seed {seed}");
    shown.len()
}

/// The version of a document whose diagnostics a message shows.
fn version_shown(message: &Value, uri: &str) -> Option<i64> {
    let is_it =
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri;
    is_it.then(|| message["params"]["version"].as_i64().expect("a version"))
}

#[test]
fn nothing_is_shown_or_answered_about_a_past_state() {
    let (seeds, changes) = if full() { (100, 10_000) } else { (2, 3_000) };
    for seed in 1..=seeds {
        let (answered, shown) = burst(seed, changes);
        println!("seed {seed}: {changes} changes, {answered} answers, shown {shown} times");
        assert!(answered > 50, "seed {seed}: {answered} answers");
    }
}
