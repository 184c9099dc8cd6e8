//! Bad input: whatever comes, the next good request is answered.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use statuslint_tests::{Dice, full};

use crate::mutations::mutation;
use crate::wire::{Wire, frame, limit};

/// How long an answer may take before the server counts as hanging.
const HANGS: Duration = Duration::from_secs(2);
/// Mutated frames between two probes.
const ROUND: usize = 25;

fn params() -> Value {
    json!({"processId": null, "rootUri": null, "capabilities": {}})
}

/// A body with its header.
fn body(body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    with_header(format!("Content-Length: {}\r\n\r\n", body.len()), body)
}

fn with_header(header: impl AsRef<[u8]>, body: impl AsRef<[u8]>) -> Vec<u8> {
    [header.as_ref(), body.as_ref()].concat()
}

fn notification(method: &str, params: &Value) -> Vec<u8> {
    frame(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
}

fn open(uri: &str, text: &str) -> Vec<u8> {
    let document = json!({"uri": uri, "languageId": "python", "version": 1, "text": text});
    notification("textDocument/didOpen", &json!({"textDocument": document}))
}

fn change(uri: &str, [a, b, c, d]: [u32; 4]) -> Vec<u8> {
    let range = json!({"start": {"line": a, "character": b}, "end": {"line": c, "character": d}});
    let changes = json!([{"range": range, "text": "y"}]);
    let document = json!({"uri": uri, "version": 2});
    let params = json!({"textDocument": document, "contentChanges": changes});
    notification("textDocument/didChange", &params)
}

/// Inputs that have ended or silenced servers.
fn bad_inputs() -> Vec<(&'static str, Vec<u8>)> {
    let good = r#"{"jsonrpc":"2.0","method":"$/none"}"#;
    let length = |length: usize| format!("Content-Length: {length}\r\n\r\n");
    let whole = good.len();
    let deep = format!(
        r#"{{"jsonrpc":"2.0","method":"$/none","params":{{"a":{}{}}}}}"#,
        "[".repeat(200),
        "]".repeat(200)
    );
    vec![
        ("a body that is cut short", body(r#"{"jsonrpc":"2.0","method":"#)),
        (
            "bytes that are no UTF-8",
            body(b"{\"jsonrpc\":\"2.0\",\"method\":\"$/none\",\"params\":[\"\xfe\xff\"]}"),
        ),
        (
            "half of a surrogate pair",
            body(r#"{"jsonrpc":"2.0","method":"$/none","params":["\ud83d"]}"#),
        ),
        ("a length in letters", with_header("Content-Length: ten\r\n\r\n", "{}")),
        ("a length below zero", with_header("Content-Length: -7\r\n\r\n", "")),
        (
            "a length beyond any memory",
            with_header(format!("Content-Length: {}\r\n\r\n", "9".repeat(30)), ""),
        ),
        ("a header without a length", with_header("X-Other: 3\r\n\r\n", "")),
        ("a header in small letters", with_header(length(whole).to_lowercase(), good)),
        (
            "a header of three lines",
            with_header(
                format!(
                    "X-Other: 3\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n{}",
                    length(whole)
                ),
                good,
            ),
        ),
        ("line ends of Unix", with_header(length(whole).replace('\r', ""), good)),
        (
            "a content type without a charset",
            with_header(format!("Content-Type: application/json\r\n{}", length(whole)), good),
        ),
        ("a line of something else", with_header("Starting...\n", body(good))),
        ("a byte order mark", with_header("\u{feff}", body(good))),
        ("a length that is too small", with_header(length(whole - 3), good)),
        ("a length that is too large", with_header(length(whole + 3), good)),
        ("an empty body", body("")),
        ("a batch", body(format!("[{good}]"))),
        ("an empty object", body("{}")),
        ("null", body("null")),
        ("an id with a fraction", body(r#"{"jsonrpc":"2.0","id":0.5,"method":"none"}"#)),
        ("an id that is true", body(r#"{"jsonrpc":"2.0","id":true,"method":"none"}"#)),
        (
            "an id of 80 bits",
            body(r#"{"jsonrpc":"2.0","id":1208925819614629174706175,"method":"none"}"#),
        ),
        (
            "params that are a string",
            body(r#"{"jsonrpc":"2.0","id":5,"method":"textDocument/hover","params":"here"}"#),
        ),
        ("another version of JSON-RPC", body(r#"{"jsonrpc":"1.0","id":5,"method":"none"}"#)),
        ("an answer to no question", body(r#"{"jsonrpc":"2.0","id":4711,"result":[]}"#)),
        ("brackets in brackets", body(deep)),
        ("a change of what is not open", change("file:///closed.py", [7, 7, 1, 0])),
        ("a change without changes", notification("textDocument/didChange", &json!({"y": 1}))),
        ("a name that is no URI", open("no uri at all", "x")),
        (
            "a document opened twice",
            [open("file:///a.py", "x"), open("file:///a.py", "y")].concat(),
        ),
        (
            "the end of what is not open",
            notification(
                "textDocument/didClose",
                &json!({"textDocument": {"uri": "file:///z.py"}}),
            ),
        ),
        (
            "a range beyond the end",
            [open("file:///b.py", "a🦀\n"), change("file:///b.py", [800, 3, u32::MAX, u32::MAX])]
                .concat(),
        ),
        (
            "a range from back to front",
            [open("file:///c.py", "one\ntwo\n"), change("file:///c.py", [1, 2, 0, 1])].concat(),
        ),
        (
            "a place inside a character",
            [open("file:///d.py", "a🦀b\n"), change("file:///d.py", [0, 2, 0, 2])].concat(),
        ),
    ]
}

#[test]
fn the_next_request_is_answered_after_any_bad_input() {
    let here = tempfile::tempdir().unwrap();
    let inputs = bad_inputs();
    assert_eq!(inputs.len(), 34);
    let mut slowest = Duration::ZERO;
    for (what, bytes) in inputs {
        let mut wire = Wire::initialized(here.path(), &params());
        wire.bytes(&bytes).unwrap();
        let begun = Instant::now();
        wire.request(&json!("probe"), "statuslint/none", &json!({}));
        let answer = wire.answer(&json!("probe"), limit(HANGS));
        let answer = answer.unwrap_or_else(|| panic!("no answer after {what}"));
        assert_eq!(answer.message["error"]["code"], -32601, "{what}");
        slowest = slowest.max(answer.at - begun);
        let errors = wire.errors();
        assert!(!errors.contains("panicked"), "{what}: {errors}");
    }
    eprintln!("34 of 34 bad inputs survived, the slowest answer after them took {slowest:?}");
}

#[test]
fn the_next_request_is_answered_after_generated_input() {
    let (seeds, rounds) = if full() { (20, 200) } else { (2, 40) };
    let (mut frames, mut lost, mut slowest) = (0, 0, Duration::ZERO);
    for seed in 1..=seeds {
        eprintln!("seed {seed}");
        let here = tempfile::tempdir().unwrap();
        // Some clients say who they are too late, in some frame that happens to arrive.
        let mut wire = if seed % 2 == 0 {
            Wire::start(here.path())
        } else {
            Wire::initialized(here.path(), &params())
        };
        probe(&mut wire, "at the start");
        let at_first = wire.most_memory();
        let mut dice = Dice::new(seed);
        let mut largest = 0;
        for round in 0..rounds {
            for _ in 0..ROUND {
                let bytes = mutation(&mut dice);
                largest = largest.max(bytes.len());
                frames += 1;
                wire.bytes(&bytes).unwrap_or_else(|error| {
                    panic!("seed {seed}, round {round}: {error}: {}", wire.errors())
                });
            }
            let (again, took) = probe(&mut wire, &format!("seed {seed}, round {round}"));
            lost += again;
            slowest = slowest.max(took);
        }
        let errors = wire.errors();
        assert!(!errors.contains("panicked"), "seed {seed}: {errors}");
        let most = wire.most_memory();
        eprintln!("memory: {at_first} KiB at first, {most} KiB at most, {largest} bytes at once");
        let payload = u64::try_from(largest >> 10).unwrap();
        assert!(most < (64 << 10) + payload, "seed {seed}: {most} KiB");
    }
    eprintln!("{frames} frames, {lost} probes lost with what came before, slowest {slowest:?}");
}

/// Asks until there is an answer: the end of what came before may take the first question with it.
/// Tells how many questions that cost, and how long the answered one took.
fn probe(wire: &mut Wire, when: &str) -> (usize, Duration) {
    for again in 0..3 {
        let id = json!(format!("probe {again}"));
        let begun = Instant::now();
        wire.request(&id, "statuslint/none", &json!({}));
        // A question that was taken for something else is never answered: ask again soon.
        let patience = if again == 0 { HANGS / 4 } else { limit(HANGS) };
        if let Some(heard) = wire.answer(&id, patience) {
            return (again, heard.at - begun);
        }
    }
    panic!("{when}: no answer; {}", wire.errors());
}
