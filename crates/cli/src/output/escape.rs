//! Making names and messages harmless for the place they are printed in.
//!
//! A file name or a quoted piece of source may hold anything: terminal sequences, line breaks that
//! forge a second finding, marks that turn the direction of text. Every format escapes here.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character would act on a terminal instead of being seen on it.
///
/// These are the C0 and C1 controls, DEL, the Unicode line and paragraph separators and the marks
/// that steer the direction of text.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{061C}' | '\u{200E}' | '\u{200F}' |
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        )
}

/// Appends a character, a hidden one as `\u{1b}`.
pub(crate) fn push_visible(out: &mut String, c: char) {
    if is_hidden(c) {
        push_escaped(out, c);
    } else {
        out.push(c);
    }
}

/// Appends a character as its code point: `\u{1b}`.
pub(crate) fn push_escaped(out: &mut String, c: char) {
    write!(out, "\\u{{{:x}}}", u32::from(c)).expect("writing to a String cannot fail");
}

/// The text with every hidden character as `\u{1b}`, on one line for certain.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| push_visible(&mut out, c));
    Cow::Owned(out)
}

/// The data of a GitHub workflow command: what stands after `::`.
pub(crate) fn github_data(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            _ => push_visible(&mut out, c),
        }
    }
    out
}

/// The value of a property of a GitHub workflow command, where `:` and `,` separate.
pub(crate) fn github_property(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in github_data(text).chars() {
        match c {
            ':' => out.push_str("%3A"),
            ',' => out.push_str("%2C"),
            _ => out.push(c),
        }
    }
    out
}

/// A path for the start of a line, made visible. One that starts with `::` gets a `./` before it:
/// the runner of GitHub Actions would take it for a command, whatever format it stands in.
pub(crate) fn leading(path: &str) -> Cow<'_, str> {
    let path = visible(path);
    if path.trim_start().starts_with("::") { format!("./{path}").into() } else { path }
}

/// A path as servers know it, whatever system the run was on: with `/` between its parts, and
/// without a `./` before them.
pub(crate) fn slashed(path: &str) -> Cow<'_, str> {
    let path = if cfg!(windows) { path.replace('\\', "/").into() } else { Cow::Borrowed(path) };
    match path {
        Cow::Borrowed(path) => path.strip_prefix("./").unwrap_or(path).into(),
        Cow::Owned(path) => path.strip_prefix("./").map(str::to_owned).unwrap_or(path).into(),
    }
}

/// A path as the path of a URI (RFC 3986 section 3.3); `\` separates as well on Windows.
pub(crate) fn uri_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 16);
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            b'\\' if cfg!(windows) => out.push('/'),
            _ => write!(out, "%{byte:02X}").expect("writing to a String cannot fail"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::hostile_texts;

    #[test]
    fn visible_leaves_nothing_hidden_and_keeps_the_rest() {
        for text in hostile_texts() {
            let shown = visible(&text);
            assert!(!shown.contains(is_hidden), "{text:?} became {shown:?}");
            let kept: String = text.chars().filter(|c| !is_hidden(*c)).collect();
            let hidden = text.chars().filter(|c| is_hidden(*c)).count();
            let mut rest = shown.to_string();
            for c in text.chars().filter(|c| is_hidden(*c)) {
                rest = rest.replacen(&format!("\\u{{{:x}}}", u32::from(c)), "", 1);
            }
            assert_eq!((rest.as_str(), hidden > 0), (kept.as_str(), text != *shown));
        }
    }

    #[test]
    fn visible_writes_code_points() {
        assert_eq!(visible("plain — ünï 漢"), "plain — ünï 漢");
        assert_eq!(
            visible("a\u{1b}[31mb\n\u{202e}c\u{9b}"),
            "a\\u{1b}[31mb\\u{a}\\u{202e}c\\u{9b}"
        );
    }

    #[test]
    fn no_path_starts_a_command() {
        assert_eq!(leading("::error::forged.py"), "./::error::forged.py");
        assert_eq!(leading(" ::error::forged.py"), "./ ::error::forged.py");
        assert_eq!((&*leading("a::b.py"), &*leading(":a\n.py")), ("a::b.py", ":a\\u{a}.py"));
    }

    #[test]
    fn github_data_is_read_back_as_written() {
        for text in hostile_texts() {
            let data = github_data(&text);
            assert!(!data.contains(is_hidden), "{data:?}");
            let read = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
            let expected: String = text
                .split_inclusive(['\r', '\n'])
                .map(|line| {
                    let end = line.len() - usize::from(line.ends_with(['\r', '\n']));
                    visible(&line[..end]).into_owned() + &line[end..]
                })
                .collect();
            assert_eq!(read, expected);
        }
    }

    #[test]
    fn github_properties_hold_no_separator() {
        for text in hostile_texts() {
            let value = github_property(&text);
            assert!(!value.contains([':', ',', '\n', '\r']), "{value:?}");
        }
        // The runner reads back these, and would leave `%3B` as it is.
        assert_eq!(github_property("a:b,c;d%\n"), "a%3Ab%2Cc;d%25%0A");
    }

    #[test]
    fn uris_are_ascii_and_read_back_as_written() {
        for text in hostile_texts() {
            let uri = uri_path(&text);
            let mut bytes = Vec::new();
            let mut rest = uri.as_bytes();
            while let Some((&first, tail)) = rest.split_first() {
                if first == b'%' {
                    let digits = std::str::from_utf8(&tail[..2]).unwrap();
                    bytes.push(u8::from_str_radix(digits, 16).unwrap());
                    rest = &tail[2..];
                } else {
                    assert!(first.is_ascii_alphanumeric() || b"-._~/".contains(&first), "{uri}");
                    bytes.push(first);
                    rest = tail;
                }
            }
            assert_eq!(String::from_utf8(bytes).unwrap(), text);
        }
    }
}
