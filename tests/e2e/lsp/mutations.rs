//! Frames that went wrong on the way: headers, lengths, JSON, bytes and their order.

use serde_json::{Value, json};
use statuslint_tests::Dice;

const URIS: [&str; 6] =
    ["file:///a.py", "file:///b.js", "file:///c.go", "untitled:d", "", "not a uri"];
const TEXTS: [&str; 5] = [
    "raise HTTPException(status_code=404)\n",
    "res.status(200).send()\n",
    "a🦀\u{0}b\r\nc\rd",
    "",
    "Content-Length: 12\r\n\r\n{}",
];
const HEADERS: [&str; 12] = [
    "content-length: N\r\n\r\n",
    "CONTENT-LENGTH:N\r\n\r\n",
    "Content-Length: N\n\n",
    "Content-Length: N\r\nContent-Length: N\r\n\r\n",
    "Content-Type: x; charset=\"latin-1\"\r\nContent-Length: N\r\n\r\n",
    "Content-Length: N; x=1\r\n\r\n",
    "Content-Length: +N\r\n\r\n",
    "Content-Length: 0xN\r\n\r\n",
    "Content-Length: -N\r\n\r\n",
    "Content-Length: N.0\r\n\r\n",
    "Content-Length N\r\n\r\n",
    "Content-Length: N\r\n",
];
const GARBAGE: [&[u8]; 7] = [
    b"\xef\xbb\xbf",
    b"\r\n\r\n",
    b"Content-Length: ",
    b"\0\xff\xfe garbage {",
    b"X-Header",
    b"{\"jsonrpc\":",
    b"Content-Length: 1000000000\r\n\r\n",
];

/// One frame or a little more.
pub(crate) fn mutation(dice: &mut Dice) -> Vec<u8> {
    let mut body = message(dice).to_string().into_bytes();
    while dice.once_in(2) {
        mutate_json(&mut body, dice);
    }
    let mut length = body.len();
    if dice.once_in(4) {
        let off = dice.below(40);
        length = if dice.once_in(2) { length + off } else { length.saturating_sub(off) };
    } else if dice.once_in(40) {
        length = dice.pick(&[0, 1 << 16, 1 << 20, 1 << 29, usize::MAX]);
    }
    let header = if dice.once_in(4) { dice.pick(&HEADERS) } else { "Content-Length: N\r\n\r\n" };
    let header = header.replace('N', &length.to_string()).into_bytes();
    match dice.below(24) {
        0 => [body, header].concat(),
        1 => header,
        2 => body,
        3 => [dice.pick(&GARBAGE), &header, &body].concat(),
        4 => [header.as_slice(), dice.pick(&GARBAGE), &body].concat(),
        5 => {
            let mut frame = [header, body].concat();
            frame.truncate(dice.below(frame.len() + 1));
            frame
        }
        6 => vec![dice.pick(b"x{\n\0"); 1 + dice.below(100_000)],
        _ => [header, body].concat(),
    }
}

/// A message of an editor, but for the one that ends the server.
fn message(dice: &mut Dice) -> Value {
    let document = json!({"uri": dice.pick(&URIS)});
    let mut position = || json!({"line": dice.below(4), "character": dice.below(60)});
    let (start, end) = (position(), position());
    let text = dice.pick(&TEXTS);
    let version = dice.below(1_000);
    let (method, params) = match dice.below(12) {
        0 | 1 => (
            "textDocument/didOpen",
            json!({"textDocument": {
                "uri": document["uri"], "languageId": "python", "version": version, "text": text,
            }}),
        ),
        2..=4 => (
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": document["uri"], "version": version},
                "contentChanges": [{"range": {"start": start, "end": end}, "text": text}],
            }),
        ),
        5 => ("textDocument/didClose", json!({"textDocument": document})),
        6 => ("textDocument/didSave", json!({"textDocument": document, "text": text})),
        7 => ("$/cancelRequest", json!({"id": dice.below(100)})),
        8 => ("workspace/didChangeConfiguration", json!({"settings": {"statuslint": text}})),
        9 => ("initialize", json!({"processId": null, "rootUri": null, "capabilities": {}})),
        10 => (
            "textDocument/codeAction",
            json!({
                "textDocument": document, "range": {"start": start, "end": end},
                "context": {"diagnostics": []},
            }),
        ),
        _ => ("textDocument/hover", json!({"textDocument": document, "position": start})),
    };
    let mut message = json!({"jsonrpc": "2.0", "method": method, "params": params});
    if matches!(method, "textDocument/hover" | "textDocument/codeAction" | "initialize")
        || dice.once_in(20)
    {
        message["id"] = json!(dice.below(100));
    }
    message
}

/// Damages a body.
fn mutate_json(body: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(body.len() + 1);
    let mut insert = |bytes: &[u8]| drop(body.splice(at..at, bytes.iter().copied()));
    match dice.below(12) {
        0 => insert(b"\\ud83d"),
        1 => insert(&[0xC3]),
        2 => insert(&[0xED, 0xA0, 0x80]),
        3 => insert(b"\0"),
        4 => insert("[".repeat(300).as_bytes()),
        5 => insert(b"null"),
        6 => insert(b"99999999999999999999999"),
        7 => insert(b"\r\nContent-Length: 20\r\n\r\n"),
        8 => body.truncate(at),
        9 => {
            let end = (at + dice.below(20)).min(body.len());
            body.drain(at..end);
        }
        10 => {
            if let Some(byte) = body.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
        _ => *body = [b"[", &body[..], b"]"].concat(),
    }
}
