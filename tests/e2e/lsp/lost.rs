//! Changes that cannot be read: nothing is shown in the wrong place, and the next whole text mends
//! it.

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::place::range_of;

const TEXT: &str = "from fastapi import HTTPException\nraise HTTPException(status_code=306)\n";

/// A client whose document shows a finding.
fn started(uri: &str, folder: &std::path::Path) -> Client {
    let mut client = Client::with_encoding(folder, "utf-16");
    client.open(uri, "python", TEXT);
    assert_eq!(client.diagnostics(uri, 1).len(), 1);
    client
}

/// Nothing is shown and nothing is answered about the document.
fn assert_silent(client: &mut Client, uri: &str, how: &str) {
    assert_eq!(client.diagnostics(uri, Value::Null), [Value::Null; 0], "{how}");
    let place = range_of(TEXT, "306", "utf-16");
    let position = json!({"position": place["start"]});
    assert_eq!(client.ask("textDocument/hover", uri, &position), Value::Null, "{how}");
    let range = json!({"range": place, "context": {"diagnostics": []}});
    assert_eq!(client.ask("textDocument/codeAction", uri, &range), Value::Null, "{how}");
    let pulled = client.ask("textDocument/diagnostic", uri, &json!({}));
    assert_eq!(pulled["items"], json!([]), "{how}");
}

#[test]
fn a_document_is_silent_from_a_lost_change_to_the_next_whole_text() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let start = json!({"line": 0, "character": 0});
    let range = json!({"start": start, "end": start});
    let change = |change: &Value| {
        let document = json!({"uri": uri, "version": 2});
        let params = json!({"textDocument": document, "contentChanges": [change]});
        json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}).to_string()
    };
    let good = change(&json!({"range": range, "text": "\n"}));
    let with_header = |header: &str, body: &str| format!("{header}\r\n\r\n{body}").into_bytes();
    let framed = |body: &str| with_header(&format!("Content-Length: {}", body.len()), body);
    let lost: [(&str, Vec<u8>); 6] = [
        ("the end is missing", framed(&good[..good.len() - 2])),
        ("the length is too small", with_header("Content-Length: 60", &good)),
        ("the length is no number", with_header("Content-Length: ?", &good)),
        ("a line below zero", framed(&good.replacen("\"line\":0", "\"line\":-1", 1))),
        ("no text", framed(&change(&json!({"range": range})))),
        ("no document", framed(&good.replace("\"uri\"", "\"url\""))),
    ];
    for (at, (how, bytes)) in lost.iter().enumerate() {
        let mut client = started(&uri, here.path());
        client.bytes(bytes);
        // What belongs to no message is seen for what it is when the next message begins.
        client.notify("$/none", &json!({}));
        assert_silent(&mut client, &uri, how);
        // The next change fits a text that nobody here knows.
        client.change(&uri, 3, &json!([{"range": range, "text": "x"}]));
        let (by, version) = [("save", 3), ("replace", 3), ("open", 1)][at % 3];
        let saved = json!({"textDocument": {"uri": uri}, "text": TEXT});
        match by {
            "save" => client.notify("textDocument/didSave", &saved),
            "replace" => client.change(&uri, version, &json!([{"text": TEXT}])),
            _ => client.open(&uri, "python", TEXT),
        }
        let found = client.diagnostics(&uri, version);
        assert_eq!(found.len(), 1, "{how}, {by}");
        assert_eq!(found[0]["range"], range_of(TEXT, "306", "utf-16"), "{how}, {by}");
    }
}

#[test]
fn a_save_tells_when_the_texts_differ() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = started(&uri, here.path());
    let other = format!("\n\n{TEXT}");
    let params = json!({"textDocument": {"uri": uri}, "text": other});
    client.notify("textDocument/didSave", &params);
    let found = client.diagnostics(&uri, 1);
    assert_eq!(found[0]["range"], range_of(&other, "306", "utf-16"));
    let message = client.notification("window/logMessage")["params"]["message"].clone();
    assert!(message.as_str().unwrap().contains("was not what the editor has"), "{message}");
}

#[test]
fn other_bad_messages_silence_no_document() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = started(&uri, here.path());
    client.bytes(b"Content-Length: 9\r\n\r\nnot JSON!");
    client.bytes(b"Content-Length: none\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"x\"}\r\n");
    client.change("not a uri", 2, &json!([{"text": ""}]));
    client.notify("textDocument/didClose", &json!({"nonsense": true}));
    let position = json!({"position": range_of(TEXT, "306", "utf-16")["start"]});
    assert!(client.ask("textDocument/hover", &uri, &position).is_object());
}
