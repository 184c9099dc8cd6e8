//! Which documents a change was for that cannot be read: from then on the editor's text and ours
//! may differ, so nothing may be shown about them until the whole text comes again.

use lsp_types::{DidChangeTextDocumentParams, Url};
use serde::Deserialize;
use serde_json::Value;

/// The notification whose loss matters.
pub(crate) const METHOD: &str = "textDocument/didChange";

/// Changes that are lost.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// Of these documents.
    Of(Vec<Url>),
    /// Of documents that are not named, so that it may be any.
    Any,
}

/// What is lost with bytes that are no message, if changes may have been among it.
///
/// A key or a method cannot be mistaken for a part of a text: there its quotes are escaped.
pub(crate) fn in_bytes(bytes: &[u8]) -> Option<Lost> {
    let text = String::from_utf8_lossy(bytes);
    let signs =
        ["\"textDocument/didChange\"", "\"textDocument\\/didChange\"", "\"contentChanges\""];
    let cut_short =
        text.rfind("\"textDocument/").is_some_and(|at| signs[0].starts_with(&text[at..]));
    if !cut_short && !signs.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let uri = |(at, key): (usize, &str)| {
        let value = text[at + key.len()..].trim_start().strip_prefix(':')?;
        // The value may end where the bytes do.
        serde_json::Deserializer::from_str(value).into_iter::<String>().next()?.ok()
    };
    Some(of(text.match_indices("\"uri\"").filter_map(uri)))
}

/// What is lost with a change whose parameters are not of the right shape.
pub(crate) fn in_params(params: Option<&Value>) -> Lost {
    of(params.and_then(|params| params["textDocument"]["uri"].as_str()).map(str::to_owned))
}

fn of(uris: impl IntoIterator<Item = String>) -> Lost {
    let mut uris = uris.into_iter().peekable();
    match uris.peek() {
        // No document is open under what is no URL.
        Some(_) => Lost::Of(uris.filter_map(|uri| Url::parse(&uri).ok()).collect()),
        None => Lost::Any,
    }
}

/// Whether the parameters of a change can be read. Its text is not copied for that.
pub(crate) fn readable(params: Option<&Value>) -> bool {
    let Some(params) = params else { return false };
    let Some(changes) = params["contentChanges"].as_array() else { return false };
    // An empty list stands for the changes: they are looked at one by one.
    let document = serde_json::json!({
        "textDocument": params["textDocument"], "contentChanges": [],
    });
    let range = |change: &Value| {
        let range = change.get("range").unwrap_or(&Value::Null);
        change["text"].is_string() && Option::<lsp_types::Range>::deserialize(range).is_ok()
    };
    DidChangeTextDocumentParams::deserialize(&document).is_ok() && changes.iter().all(range)
}

#[cfg(test)]
mod tests {
    use lsp_types::Url;
    use serde_json::{Value, json};

    use super::{Lost, in_bytes, in_params, readable};

    fn change() -> Value {
        json!({
            "textDocument": {"uri": "file:///a.py", "version": 2},
            "contentChanges": [{
                "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}},
                "text": "{\"uri\": \"file:///other.py\"} \"textDocument/didOpen\"",
            }],
        })
    }

    fn of(urls: &[&str]) -> Lost {
        Lost::Of(urls.iter().map(|url| Url::parse(url).unwrap()).collect())
    }

    #[test]
    fn a_change_is_seen_in_what_is_left_of_it() {
        let body =
            json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": change()});
        let body = body.to_string();
        let whole = [body.as_str(), &body[..body.len() - 1], &body[30..]];
        for bytes in whole {
            assert_eq!(in_bytes(bytes.as_bytes()), Some(of(&["file:///a.py"])), "{bytes}");
        }
        let batch = format!("[{body},{}]", body.replace("a.py", "b.py"));
        assert_eq!(in_bytes(batch.as_bytes()), Some(of(&["file:///a.py", "file:///b.py"])));
        for unnamed in [
            r#"{"jsonrpc":"2.0","method":"textDocument/didChange","#,
            r#"{"jsonrpc":"2.0","method":"textDocument\/didChange","params":{"uri":7"#,
            r#"{"jsonrpc":"2.0","method":"textDocument/di"#,
            r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a"#,
        ] {
            assert_eq!(in_bytes(unnamed.as_bytes()), Some(Lost::Any), "{unnamed}");
        }
    }

    #[test]
    fn other_messages_lose_no_change() {
        for other in [
            "",
            "{",
            "not json",
            r#"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a"#,
            r#"{"method":"textDocument/didOpen","params":{"textDocument":{"text":"\"textDocument/didChange\"""#,
        ] {
            assert_eq!(in_bytes(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_from_what_can() {
        assert!(readable(Some(&change())));
        let with = |pointer: &str, value: Value| {
            let mut change = change();
            *change.pointer_mut(pointer).unwrap() = value;
            change
        };
        assert!(readable(Some(&with("/contentChanges", json!([])))));
        assert!(readable(Some(&with("/contentChanges/0/range", Value::Null))));
        for (pointer, value) in [
            ("", json!({"nonsense": true})),
            ("", json!([])),
            ("/textDocument", json!("file:///a.py")),
            ("/textDocument/uri", json!("not a uri")),
            ("/contentChanges", json!({})),
            ("/contentChanges/0", json!("text")),
            ("/contentChanges/0/text", Value::Null),
            ("/contentChanges/0/range", json!({})),
            ("/contentChanges/0/range/start/line", json!(-1)),
            ("/contentChanges/0/range/end/character", json!(1.5)),
        ] {
            assert!(!readable(Some(&with(pointer, value.clone()))), "{pointer} {value}");
        }
        assert!(!readable(None));
        assert_eq!(in_params(Some(&change())), of(&["file:///a.py"]));
        assert_eq!(in_params(Some(&json!({"nonsense": true}))), Lost::Any);
        assert_eq!(in_params(None), Lost::Any);
        assert_eq!(
            in_params(Some(&with("/textDocument/uri", json!("not a uri")))),
            Lost::Of(vec![])
        );
    }
}
