//! Reading a literal: the code, class or nonsense it says.

use statuslint_codes::{Class, State, StatusCode};

use crate::{Kind, Value};

/// The code a numeric literal says, with separators and a type suffix: `404`, `4_04u16`, `404n`.
///
/// Decimal integers only: statuses are never written in hexadecimal, octal or with a fraction.
pub(crate) fn number(literal: &str) -> Option<StatusCode> {
    let digits_end =
        literal.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(literal.len());
    let (digits, suffix) = literal.split_at(digits_end);
    if !suffix.chars().all(|c| c.is_ascii_alphanumeric())
        || suffix.starts_with(['x', 'X', 'o', 'O', 'b', 'B', 'e', 'E', 'f'])
    {
        return None;
    }
    let digits: String = digits.chars().filter(|c| *c != '_').collect();
    if digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    digits.parse().ok().map(StatusCode::new)
}

/// What the content of a string or a bare scalar says: `404`, `4XX`.
pub(crate) fn string(content: &str) -> Option<Value> {
    let bytes = content.as_bytes();
    if bytes.len() != 3 {
        return None;
    }
    if bytes.iter().all(u8::is_ascii_digit) {
        return (bytes[0] != b'0')
            .then(|| content.parse().ok())
            .flatten()
            .map(StatusCode::new)
            .map(Value::Code);
    }
    let class = Class::from_digit(bytes[0].wrapping_sub(b'0'))?;
    matches!(&bytes[1..], b"XX" | b"xx").then_some(Value::Class(class))
}

/// The code a status line says: `404 Not Found`, whatever the phrase is of; `HTTP/1.1 404` with any
/// phrase or none. The version may be a variable: `$protocol 404 Not Found`.
pub(crate) fn line(content: &str) -> Option<StatusCode> {
    let versioned = status_line(content);
    let rest = versioned
        .or_else(|| content.strip_prefix("Status: "))
        .or_else(|| content.strip_prefix(' '))
        .or_else(|| content.strip_prefix(['$', '{'])?.split_once(' ').map(|(_, rest)| rest))
        .unwrap_or(content);
    let (code, phrase) = match rest.split_once(' ') {
        Some(parts) => parts,
        None => (versioned?, ""),
    };
    let code = number(code).filter(|code| code.is_valid() && rest.len() < 50)?;
    (versioned.is_some() || statuslint_codes::code_of_phrase(phrase).is_some()).then_some(code)
}

/// What follows the version of a status line: `404 Not Found` of `HTTP/1.1 404 Not Found`.
pub(crate) fn status_line(content: &str) -> Option<&str> {
    let (version, rest) = content.strip_prefix("HTTP/")?.split_once(' ')?;
    let is_version =
        version.len() <= 3 && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_version.then(|| rest.trim_end())
}

/// The text between the quotes of a string literal, prefixes such as `b` or `r#` left out.
pub(crate) fn unquote(literal: &str) -> &str {
    let start = literal.find(['"', '\'', '`']).unwrap_or(0);
    let body = &literal[start..];
    let Some(quote) = body.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
        return literal;
    };
    let body = body.trim_end_matches('#');
    let triple: String = std::iter::repeat_n(quote, 3).collect();
    if body.len() >= 6 && body.starts_with(&triple) && body.ends_with(&triple) {
        return &body[3..body.len() - 3];
    }
    let inner = &body[1..];
    inner.strip_suffix(quote).unwrap_or(inner)
}

/// Whether the code is one that stands in ordinary code: registered, or known of a vendor.
pub(crate) fn is_known(value: Value) -> bool {
    match value {
        Value::Code(code) => {
            code.entry().is_some() || (code.is_valid() && code.vendors().next().is_some())
        }
        Value::Class(_) => true,
        Value::Malformed => false,
    }
}

/// Whether the value tells that it is a status even beside a vague name: in use, an error or
/// redirection, and not round as sizes and times are. What a rule would flag tells nothing.
pub(crate) fn is_telling(value: Value) -> bool {
    match value {
        Value::Code(code) => {
            let in_use = code.entry().is_some_and(|entry| entry.state == State::Registered);
            code.get() > 300 && !code.get().is_multiple_of(100) && in_use
        }
        Value::Class(_) => true,
        Value::Malformed => false,
    }
}

/// Whether the code is the first or last of a class, as ranges have it.
pub(crate) fn is_edge(value: Value) -> bool {
    let Value::Code(code) = value else { return false };
    matches!(code.get(), 100 | 199 | 200 | 299 | 300 | 399 | 400 | 499 | 500 | 599 | 600)
}

/// Whether a literal of this kind and value is worth climbing from.
pub(crate) fn is_candidate(kind: Kind, value: Value) -> bool {
    match (kind, value) {
        (Kind::Number, Value::Code(code)) => code.get() == 0 || code.get() >= 100,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_separators_and_suffixes() {
        for literal in ["404", "4_04", "404u16", "4_04_u16", "404n", "404L", "404i32"] {
            assert_eq!(number(literal), Some(StatusCode::new(404)), "{literal}");
        }
        for literal in ["0x194", "0o624", "404.0", "4e2", "1.5", "0404", "99999", "404f32", ""] {
            assert_eq!(number(literal), None, "{literal}");
        }
    }

    #[test]
    fn strings_say_codes_and_classes() {
        assert_eq!(string("404"), Some(Value::Code(StatusCode::new(404))));
        assert_eq!(string("4XX"), Some(Value::Class(Class::ClientError)));
        assert_eq!(string("4xx"), Some(Value::Class(Class::ClientError)));
        for content in ["", "40", "4040", "4Xx", "6XX", "4x4", "007", "abc"] {
            assert_eq!(string(content), None, "{content}");
        }
    }

    #[test]
    fn status_lines_say_their_code() {
        for content in [
            "404 Not Found",
            "HTTP/1.1 404 Not Found",
            "HTTP/2 404",
            "HTTP/1.0 404 No such order",
            "Status: 404 Not Found",
            " 404 Not Found",
            "$protocol 404 Not Found",
            "{$_SERVER['SERVER_PROTOCOL']} 404 Not Found",
        ] {
            assert_eq!(line(content), Some(StatusCode::new(404)), "{content}");
        }
        for content in
            ["404", "404 files", "HTTP/1.1", "HTTP/1.1 GET", "HTTP/x 404 Not Found", "$n 404"]
        {
            assert_eq!(line(content), None, "{content}");
        }
    }

    #[test]
    fn quotes_and_prefixes_come_off() {
        for literal in ["\"404\"", "'404'", "`404`", "b\"404\"", "r#\"404\"#", "'''404'''"] {
            assert_eq!(unquote(literal), "404", "{literal}");
        }
        assert_eq!(unquote("404"), "404");
        assert_eq!(unquote("\"404"), "404");
    }
}
