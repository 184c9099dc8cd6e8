//! One body of the protocol, judged: a request, a notification, a response, or an error to answer.

use std::borrow::Cow;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use crate::frames::header_begun;
use crate::lenient;
use crate::lost::{self, Lost};

/// A message from the client.
#[derive(Debug, PartialEq)]
pub(crate) enum Message {
    /// Wants exactly one answer.
    Request(Id, Request),
    /// Wants none.
    Notification(Request),
    /// Answers a request of ours.
    Response(Response),
    /// Is none of these; this is the answer to it.
    Invalid(Response),
    /// Changed documents in a way that cannot be read.
    Lost(Lost),
}

/// Reads the first message of a body, and tells how many bytes after it belong to no message:
/// where a length was too large, they are the beginning of the next header.
pub(crate) fn read(body: &[u8]) -> (Message, usize) {
    let text = String::from_utf8_lossy(body);
    let mut values = serde_json::Deserializer::from_str(&text).into_iter();
    if let Some(Ok(value)) = values.next() {
        let rest = text[values.byte_offset()..].trim_start().len();
        return (judge(value), if matches!(text, Cow::Borrowed(_)) { rest } else { 0 });
    }
    let repaired = serde_json::from_str(&without_lone_surrogates(&text));
    let invalid = |error: serde_json::Error| {
        refuse(Id::Null, Error { message: error.to_string().into(), ..Error::parse_error() })
    };
    let rest = if repaired.is_err() { header_begun(body) } else { 0 };
    (repaired.map_or_else(invalid, judge), rest)
}

/// The same request or notification of ours, without parameters where they are `null`: a message
/// has an object, a list, or none.
pub(crate) fn without_null(request: Request) -> Request {
    if request.params() != Some(&Value::Null) {
        return request;
    }
    let (method, id, _) = request.into_parts();
    let builder = Request::build(method);
    if let Some(id) = id { builder.id(id).finish() } else { builder.finish() }
}

/// Tells what a JSON value is as a message.
fn judge(value: Value) -> Message {
    let Value::Object(mut object) = value else {
        return invalid(Id::Null, "a message is one JSON object");
    };
    let id = match object.remove("id").map(serde_json::from_value::<Id>) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return invalid(Id::Null, "an id is a whole number or a string"),
    };
    let answer_to = id.clone().unwrap_or_default();
    if object.get("jsonrpc").is_none_or(|version| version != "2.0") {
        return invalid(answer_to, "jsonrpc must be \"2.0\"");
    }
    let Some(method) = object.remove("method") else {
        return response(id, object.remove("result"), object.remove("error"));
    };
    let Value::String(method) = method else {
        return invalid(answer_to, "a method is a string");
    };
    let takes_none = matches!(method.as_str(), "shutdown" | "exit");
    let params = object.remove("params");
    let params = match method.as_str() {
        "initialize" => Some(lenient::initialize(params.unwrap_or_default())),
        "textDocument/didOpen" => params.map(lenient::open),
        lost::METHOD => params.map(lenient::change),
        _ => params,
    };
    if method == lost::METHOD {
        if id.is_some() {
            return invalid(answer_to, "a change is told without an id");
        }
        if !lost::readable(params.as_ref()) {
            return Message::Lost(lost::in_params(params.as_ref()));
        }
    }
    let builder = match params {
        Some(params @ (Value::Object(_) | Value::Array(_))) if !takes_none => {
            Request::build(method).params(params)
        }
        None | Some(Value::Null | Value::Object(_) | Value::Array(_)) => Request::build(method),
        Some(_) => return invalid(answer_to, "params must be an object or an array"),
    };
    match id {
        Some(id) => Message::Request(id.clone(), builder.id(id).finish()),
        None => Message::Notification(builder.finish()),
    }
}

/// A message without a method can only be an answer.
fn response(id: Option<Id>, result: Option<Value>, error: Option<Value>) -> Message {
    let Some(id) = id.filter(|_| result.is_some() || error.is_some()) else {
        return invalid(Id::Null, "neither a method nor a result");
    };
    Message::Response(match (result, error) {
        (_, Some(error)) if !error.is_null() => {
            let error = serde_json::from_value(error).unwrap_or_else(|_| Error::internal_error());
            Response::from_error(id, error)
        }
        (result, _) => Response::from_ok(id, result.unwrap_or_default()),
    })
}

fn invalid(id: Id, why: &'static str) -> Message {
    refuse(id, Error { message: why.into(), ..Error::invalid_request() })
}

fn refuse(id: Id, error: Error) -> Message {
    Message::Invalid(Response::from_error(id, error))
}

/// The JSON with each `\ud800`–`\udfff` that has no partner as `\ufffd`: some editors send a half
/// of an emoji while the user deletes the other, and one such character must not cost the message.
fn without_lone_surrogates(json: &str) -> Cow<'_, str> {
    let mut repaired = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        at += found;
        let half = |at| surrogate(json, at);
        match (half(at), half(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(_), _) => {
                repaired.push_str(&json[copied..at]);
                repaired.push_str("\\ufffd");
                at += 6;
                copied = at;
            }
            // The escaped character is skipped too: it may be a backslash.
            (None, _) => at = json.len().min(at + 2),
        }
        at = json.ceil_char_boundary(at);
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    repaired.push_str(&json[copied..]);
    Cow::Owned(repaired)
}

/// The surrogate whose escape stands at the byte, if one does.
fn surrogate(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok().filter(|unit| (0xD800..=0xDFFF).contains(unit))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tower_lsp::jsonrpc::{Error, Id, Request, Response};

    use super::{Message, read, without_null};
    use crate::lost::Lost;

    /// The code of the error a body is answered with.
    fn refusal(body: &str) -> (i64, Id) {
        match read(body.as_bytes()).0 {
            Message::Invalid(response) => {
                (response.error().unwrap().code.code(), response.id().clone())
            }
            other => panic!("{body} is taken as {other:?}"),
        }
    }

    #[test]
    fn tells_the_three_kinds_apart() {
        let (message, rest) = read(br#"{"jsonrpc":"2.0","id":"a","method":"m","params":[1]}"#);
        let request = Request::build("m").params(json!([1])).id("a").finish();
        assert_eq!((message, rest), (Message::Request("a".into(), request), 0));
        let (message, _) = read(br#"{"jsonrpc":"2.0","method":"m","params":null}"#);
        assert_eq!(message, Message::Notification(Request::build("m").finish()));
        let (message, _) = read(br#"{"jsonrpc":"2.0","id":3,"result":null}"#);
        assert_eq!(message, Message::Response(Response::from_ok(3.into(), Value::Null)));
        let (message, _) =
            read(br#"{"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"x"}}"#);
        let error = Error { message: "x".into(), ..Error::method_not_found() };
        assert_eq!(message, Message::Response(Response::from_error(3.into(), error)));
        let (message, _) = read(br#"{"jsonrpc":"2.0","id":3,"error":"odd"}"#);
        assert_eq!(
            message,
            Message::Response(Response::from_error(3.into(), Error::internal_error()))
        );
    }

    #[test]
    fn refuses_what_is_no_message() {
        for body in ["", "{", "not json", &format!("{}{}", "[".repeat(200), "]".repeat(200))] {
            assert_eq!(refusal(body), (-32700, Id::Null), "{body}");
        }
        for body in [
            "null",
            "[]",
            "{}",
            r#"{"jsonrpc":"2.0","id":1}"#,
            r#"{"jsonrpc":"2.0","result":1}"#,
            r#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#,
            r#"{"jsonrpc":"2.0","id":true,"method":"m"}"#,
            r#"{"jsonrpc":"2.0","id":99999999999999999999,"method":"m"}"#,
        ] {
            assert_eq!(refusal(body), (-32600, Id::Null), "{body}");
        }
        for rest in [
            r#""jsonrpc":"1.0","method":"m""#,
            r#""method":"m""#,
            r#""jsonrpc":"2.0","method":1"#,
            r#""jsonrpc":"2.0","method":"m","params":"s""#,
        ] {
            assert_eq!(
                refusal(&format!(r#"{{"id":9,{rest}}}"#)),
                (-32600, Id::Number(9)),
                "{rest}"
            );
        }
    }

    #[test]
    fn ignores_the_params_of_shutdown() {
        for params in ["null", "{}", "[]"] {
            let (message, _) = read(
                format!(r#"{{"jsonrpc":"2.0","id":1,"method":"shutdown","params":{params}}}"#)
                    .as_bytes(),
            );
            assert_eq!(
                message,
                Message::Request(1.into(), Request::build("shutdown").id(1).finish())
            );
        }
    }

    #[test]
    fn tells_which_changes_are_lost() {
        let change =
            |rest: &str| format!(r#"{{"jsonrpc":"2.0","method":"textDocument/didChange"{rest}}}"#);
        for rest in [r#","params":{"nonsense":1}"#, r#","params":[]"#, ""] {
            assert_eq!(read(change(rest).as_bytes()).0, Message::Lost(Lost::Any), "{rest}");
        }
        assert_eq!(refusal(&change(r#","id":4,"params":{}"#)), (-32600, Id::Number(4)));
    }

    #[test]
    fn says_nothing_instead_of_null() {
        let asked = |params: Value| Request::build("m").id(7).params(params).finish();
        assert_eq!(without_null(asked(Value::Null)), Request::build("m").id(7).finish());
        assert_eq!(without_null(asked(json!([null]))), asked(json!([null])));
        let told = Request::build("m").params(Value::Null).finish();
        assert_eq!(without_null(told), Request::build("m").finish());
    }

    #[test]
    fn tells_what_a_too_large_length_took() {
        let (message, rest) = read(b"{\"jsonrpc\":\"2.0\",\"method\":\"m\"}\nCon");
        assert_eq!((message, rest), (Message::Notification(Request::build("m").finish()), 3));
        assert_eq!(read(b"{\"jsonrpc\":\"2.0\",\"method\":\"m\"} \n").1, 0);
        for (bad, begun) in
            [("{", ""), ("{\"", "c"), ("[", "CONTENT-LENGTH"), ("", "Content-Length: 1")]
        {
            assert_eq!(read([bad, begun].concat().as_bytes()).1, begun.len(), "{bad}{begun}");
        }
    }

    #[test]
    fn repairs_text_that_is_no_text() {
        let params = |body: &[u8]| match read(body).0 {
            Message::Notification(request) => {
                request.params().unwrap()["a"].as_str().unwrap().to_owned()
            }
            other => panic!("{other:?}"),
        };
        let body =
            |text: &str| format!(r#"{{"jsonrpc":"2.0","method":"m","params":{{"a":"{text}"}}}}"#);
        for (sent, taken) in [
            (r"x\ud83d", "x\u{fffd}"),
            (r"\ude00y", "\u{fffd}y"),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
            (r"\ud83d\n", "\u{fffd}\n"),
            (r"\\ud83d\ud83d€", "\\ud83d\u{fffd}€"),
            (r"\ud83d\\", "\u{fffd}\\"),
        ] {
            assert_eq!(params(body(sent).as_bytes()), taken, "{sent}");
        }
        let bad =
            [&b"{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"a\":\"\xff\"}}"[..]].concat();
        assert_eq!(params(&bad), "\u{fffd}");
    }
}
