//! Statuses inside of longer texts: status lines of responses, and names beside a code.

use std::ops::Range;

use statuslint_codes::code_of_phrase;

use crate::names::{Says, says};
use crate::{Evidence, Kind, Role, Site, Value, value};

/// The sites in a part of a text: `HTTP/1.1 404 Not Found`, `Status: 404`, `.status_code >= 500`,
/// `"statusCode": 404`.
pub(crate) fn sites(text: &str, part: Range<usize>, role: Role, api: &'static str) -> Vec<Site> {
    let mut sites = Vec::new();
    for range in numbers(text, part.clone()) {
        let Some(code) = value::number(&text[range.clone()]) else { continue };
        let before = &text[part.start..range.start];
        let told = if follows_protocol(before) {
            Some(role)
        } else {
            compared(before, Value::Code(code), role)
        };
        let line = phrase(&text[range.end..part.end]);
        // `Status: 404 Not Found` of CGI; a number alone after it may be that of a process.
        let told = told.or(line.filter(|_| is_header(before)).map(|_| role));
        let Some(role) = told else { continue };
        let line = line.filter(|_| role != Role::Bound);
        let (kind, end) = match line {
            Some(length) => (Kind::Line, range.end + length),
            None => (Kind::Number, range.end),
        };
        let site = Site::new(range.start..end, kind, Value::Code(code), role, Evidence::Certain);
        sites.push(Site { api: (!api.is_empty()).then_some(api), ..site });
    }
    sites
}

/// The codes of a part of a text that their reason phrases follow: `200 OK`.
pub(crate) fn phrased(text: &str, part: Range<usize>) -> Vec<Site> {
    let site = |range: Range<usize>| {
        let code = value::number(&text[range.clone()])?;
        let end = range.end + phrase(&text[range.end..part.end])?;
        let value = Value::Code(code);
        Some(Site::new(range.start..end, Kind::Line, value, Role::Emit, Evidence::Certain))
    };
    numbers(text, part.clone()).into_iter().filter_map(site).collect()
}

/// The codes that a command within a text searches for in what `curl` reports:
/// `curl -w '%{http_code}' … | grep 404`.
pub(crate) fn searched(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    if !text[part.clone()].contains("http_code}") {
        return Vec::new();
    }
    let follows = |range: &Range<usize>| {
        let before = text[part.start..range.start].trim_end_matches(['"', '\'', '\\', '^']);
        let options = [" -q ", " -E ", " -qE ", " -Eq ", " "];
        options.iter().any(|option| {
            before.strip_suffix(option).is_some_and(|command| command.ends_with("grep"))
        })
    };
    numbers(text, part.clone()).into_iter().filter(follows).collect()
}

/// The numbers of three digits in a part of a text that stand for themselves.
pub(crate) fn numbers(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let bytes = &text.as_bytes()[..part.end];
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
    let mut found = Vec::new();
    let mut at = part.start;
    while at < part.end {
        let length = bytes[at..].iter().take_while(|byte| is_word(byte)).count();
        let digits = length == 3 && bytes[at..at + 3].iter().all(u8::is_ascii_digit);
        let fraction = |byte: Option<&u8>, beyond: Option<&u8>| {
            byte == Some(&b'.') && beyond.is_some_and(u8::is_ascii_digit)
        };
        let before = at.checked_sub(1).map(|before| &bytes[before]);
        let beyond = at.checked_sub(2).map(|before| &bytes[before]);
        if digits
            && bytes[at] != b'0'
            && !fraction(before, beyond)
            && !fraction(bytes.get(at + 3), bytes.get(at + 4))
        {
            found.push(at..at + 3);
        }
        at += length.max(1);
    }
    found
}

/// The codes in an expression that is matched against a status: `^(200|204)$`, `4[0-9][0-9]` has
/// none.
pub(crate) fn codes_of_expression(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    numbers(text, part)
        .into_iter()
        .filter(|range| !text[range.end..].starts_with(['*', '?', '+', '{', '-', ']']))
        .filter(|range| !text[..range.start].ends_with(['[', '-']))
        .collect()
}

/// Whether what stands before a code is the start of a status line: `HTTP/1.1 `, `HTTP/[0-9.]* (`,
/// or the header that CGI has for it.
pub(crate) fn follows_protocol(before: &str) -> bool {
    let line = before.rsplit(['\n', '\r']).next().unwrap_or(before);
    let start = line.char_indices().rev().nth(39).map_or(0, |(at, _)| at);
    let near = &line[start..];
    let Some(at) = near.rfind("HTTP") else { return false };
    let between = near[at + 4..].replace("[[:space:]]", " ").replace("[[:digit:]]", "1");
    let versioned = between.starts_with(['/', '.', '[', '(', '\\']);
    // A version, blanks, and what an expression has for either; other codes of alternatives.
    let fitting =
        |c: char| c.is_ascii_digit() || c.is_ascii_whitespace() || "/.[]()*+?|\\^:-s".contains(c);
    versioned
        && between.chars().all(fitting)
        && between.ends_with([' ', '(', '|', '*', '+', ']', 's', '.', '?'])
        && between.len() > 1
}

/// Whether what stands before a code is the header that CGI has for it.
fn is_header(before: &str) -> bool {
    before.strip_suffix("Status: ").is_some_and(|line| {
        let line = line.trim_end_matches([' ', '\t']);
        line.is_empty() || line.ends_with(['\n', '"', '\'']) || line.ends_with("\\n")
    })
}

/// What a code does after a name that says status and an operator or colon.
fn compared(before: &str, value: Value, role: Role) -> Option<Role> {
    let quotes = ['"', '\'', '\\'];
    let before = before.trim_end().trim_end_matches(quotes).trim_end();
    let operators: [(&str, bool); 12] = [
        ("===", false),
        ("!==", false),
        ("==", false),
        ("!=", false),
        (">=", true),
        ("<=", true),
        ("-eq", false),
        ("-ne", false),
        (">", true),
        ("<", true),
        ("=", false),
        (":", false),
    ];
    let (operator, order) =
        operators.into_iter().find(|(operator, _)| before.ends_with(operator))?;
    let left = before[..before.len() - operator.len()].trim_end().trim_end_matches(quotes);
    let (left, braced) = left.strip_suffix('}').map_or((left, false), |left| (left, true));
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let start = left.rfind(|c: char| !is_name(c)).map_or(0, |at| at + 1);
    let name = &left[start..];
    let taken = braced || left[..start].ends_with('.');
    let enough = match says(name) {
        Says::StatusCode => true,
        Says::Status => taken && !matches!(operator, "=" | ":") && value::is_known(value),
        Says::Nothing | Says::Code => false,
    };
    let plausible = value::is_known(value) || (order && value::is_edge(value));
    let role = match operator {
        _ if order => Role::Bound,
        "=" | ":" => role,
        _ if role == Role::Emit => Role::Compare,
        _ => role,
    };
    (enough && plausible && name.len() < 60).then_some(role)
}

/// The length of a blank and the reason phrase that follow a code.
fn phrase(after: &str) -> Option<usize> {
    let rest = after.strip_prefix(' ')?;
    let end = rest
        .find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '\'')))
        .unwrap_or(rest.len())
        .min(40);
    let mut end = (0..=end).rev().find(|end| rest.is_char_boundary(*end))?;
    loop {
        let words = rest[..end].trim_end_matches([' ', '\'', '-']);
        if words.is_empty() {
            return None;
        }
        if code_of_phrase(words).is_some() {
            return Some(1 + words.len());
        }
        end = words.rfind(' ').unwrap_or(0);
    }
}
