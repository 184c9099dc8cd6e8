//! What an identifier says about its value: a status for sure, perhaps, or nothing.

use statuslint_codes::words;

/// How much a name says that its value is a status code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Says {
    /// Nothing, or that it is something else.
    Nothing,
    /// `code`: some code.
    Code,
    /// `status`: some status, most often a code.
    Status,
    /// `statusCode`, `http_status`, `response_code`, `resp.status`.
    StatusCode,
}

/// Words that make a status or code something else than HTTP's.
#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    "exit", "smtp", "ftp", "sip", "nntp", "rtsp", "imap", "job", "order", "process", "payment",
    "build", "thread", "git", "grpc", "rpc", "close", "errno", "country", "zip", "postal",
    "key", "char", "language", "lang", "currency", "area", "qr", "source", "byte", "bytes",
    "op", "bar", "text", "message", "msg", "name", "string", "str", "reason", "phrase",
    "class", "bit", "flags", "line", "signal", "promo", "coupon", "product", "device", "poll",
    "marital", "shell", "tty", "wait", "child", "sys", "sdk", "gl", "cuda", "mysql", "sql",
    "db", "vm", "cpu", "battery", "disk", "len", "length", "size", "count", "width", "height",
    "offset", "index", "timeout", "time", "delay", "ms", "port", "max", "total",
];

/// Words that may stand before `code` without making it another code.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "expect", "expected", "want", "wanted", "got", "actual", "default", "redirect", "retry",
    "retryable", "success", "the", "my", "ok", "valid", "allowed", "test", "resp", "res",
    "response", "result", "error", "err", "http", "n", "with", "set", "get", "is", "has", "to",
    "from", "as", "make", "new", "code", "codes", "retriable", "transient", "accepted",
    "acceptable", "extra", "fatal", "httperror", "rejected", "assert", "check", "verify",
    "should",
];

/// What people call a response, or what carries one.
#[rustfmt::skip]
const RESPONSES: &[&str] = &[
    "res", "resp", "response", "responses", "rsp", "rv", "recorder", "rec", "rr", "xhr",
    "request", "req", "reply", "fetch", "http", "ctx", "client",
];

/// Words of a function's name that say what its number measures.
const MEASURES: &[&str] = &["timeout", "delay", "interval", "size", "length"];

/// Words in the names of functions that answer with, throw or check a status.
#[rustfmt::skip]
const RESPONDERS: &[&str] = &[
    "err", "error", "errors", "abort", "fail", "respond", "response", "reply", "redirect",
    "responses", "halt", "throw", "reject", "http", "exception", "status", "statuses", "json",
];

/// What a name says by itself.
pub(crate) fn says(name: &str) -> Says {
    let words = words(name);
    let words: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !is_number(word)).collect();
    let has = |word: &str| words.contains(&word);
    // `soup_message_get_status` asks a message for its status.
    let asks = words.windows(2).any(|pair| matches!(pair, ["get" | "set", "status"]));
    let foreign = |word: &&str| FOREIGN.contains(word) && !(asks && *word == "message");
    if words.is_empty() || words.len() > 6 || words.iter().any(foreign) {
        return Says::Nothing;
    }
    let status = has("status") || has("statuses");
    let code = has("code") || has("codes");
    let http = has("http") || has("https");
    let response = has("response") || has("resp") || has("res");
    if (status && (code || http || response)) || (code && (http || response)) {
        return Says::StatusCode;
    }
    if words.iter().any(|word| {
        matches!(
            *word,
            "statuscode"
                | "statuscodes"
                | "httpcode"
                | "httpstatus"
                | "httpstatuscode"
                | "respcode"
        )
    }) {
        return Says::StatusCode;
    }
    if code && has("redirect") {
        return Says::Status;
    }
    if status {
        let ends = matches!(words.last(), Some(&("status" | "statuses")));
        let begins = matches!(words.first(), Some(&("status" | "statuses")));
        return if ends || begins { Says::Status } else { Says::Nothing };
    }
    if code && matches!(words.last(), Some(&("code" | "codes"))) {
        let plain = words[..words.len() - 1].iter().all(|word| PLAIN.contains(word));
        return if plain { Says::Code } else { Says::Nothing };
    }
    Says::Nothing
}

/// Whether a name says that its value is something else: `HTTP_MAX_HEADERS`, `STATUS_BAR_WIDTH`.
pub(crate) fn is_other(name: &str) -> bool {
    words(name).iter().any(|word| FOREIGN.contains(&word.as_str()))
}

/// Whether a name is what people call a response, or what carries one.
pub(crate) fn is_response(name: &str) -> bool {
    let words = words(name);
    let Some(last) = words.iter().map(String::as_str).rfind(|word| !is_number(word)) else {
        return false;
    };
    RESPONSES.contains(&last)
}

/// Whether a name says that its value is what a test wants, or that it checks.
pub(crate) fn expects(name: &str) -> bool {
    let words = words(name);
    // `matchStatus = 404` of hspec-wai
    let matches = words == ["match", "status"];
    let expected = words.iter().any(|word| {
        matches!(
            word.as_str(),
            "want"
                | "wanted"
                | "wants"
                | "exp"
                | "should"
                | "expect"
                | "expects"
                | "expected"
                | "assert"
                | "check"
                | "require"
                | "verify"
        )
    });
    matches || expected
}

/// Whether a name is like a pattern of the configuration, in which `*` stands for anything.
pub(crate) fn is_like(name: &str, pattern: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return name == pattern };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = name.find(part) else { return false };
        name = &name[at + part.len()..];
    }
    name.ends_with(last)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a function's name says that it answers with, throws or checks a status.
pub(crate) fn is_responder(name: &str) -> bool {
    let words = words(name);
    // `responseTimeout(500)` takes milliseconds.
    !words.iter().any(|word| MEASURES.contains(&word.as_str()))
        && words.iter().any(|word| RESPONDERS.contains(&word.as_str()))
}

/// Whether a name is what people call something that writes a log: `log.error("…", 500)`.
pub(crate) fn is_logger(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| matches!(word.as_str(), "log" | "logger" | "logging" | "console" | "slog"))
}

#[cfg(test)]
mod tests {
    use super::{Says, is_like, says};

    #[test]
    fn a_star_stands_for_anything() {
        for (name, pattern, expected) in [
            ("rc", "rc", true),
            ("rc2", "rc", false),
            ("http_rc", "*rc", true),
            ("rc_http", "rc*", true),
            ("rc", "*", true),
            ("last_rc_of", "*_rc_*", true),
            ("rc_of", "*_rc_*", false),
            ("aba", "ab*ba", false),
        ] {
            assert_eq!(is_like(name, pattern), expected, "{name} {pattern}");
        }
    }

    #[test]
    fn names_say_what_they_hold() {
        let cases = [
            (
                Says::StatusCode,
                &[
                    "statusCode",
                    "status_code",
                    "StatusCode",
                    "http_status",
                    "httpCode",
                    "HTTP_CODE",
                    "response_code",
                    "expectedStatusCode",
                    "STATUS_CODES",
                    "res_status",
                    "icon_redirect_http_code",
                ][..],
            ),
            (
                Says::Status,
                &[
                    "status",
                    "Status",
                    "expected_status",
                    "statuses",
                    "wantStatus",
                    "status_forcelist",
                ],
            ),
            (Says::Code, &["code", "Code", "expectCode", "codes", "error_code"]),
            (
                Says::Nothing,
                &[
                    "exit_status",
                    "exit_code",
                    "keyCode",
                    "statusText",
                    "status_bar",
                    "smtp_code",
                    "port",
                    "retries",
                    "countryCode",
                    "charCode",
                    "status_len",
                    "language_code",
                ],
            ),
        ];
        for (expected, names) in cases {
            for name in names {
                assert_eq!(says(name), expected, "{name}");
            }
        }
    }
}
