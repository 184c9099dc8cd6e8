//! Comparisons with codes inside of a string or line that no grammar reads: `$statusCode == 201`.

use std::ops::Range;

use statuslint_codes::StatusCode;

use crate::Role;

/// One code that a text compares something with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Comparison<'t> {
    /// The code's bytes, quotes included.
    pub(crate) range: Range<usize>,
    pub(crate) code: StatusCode,
    /// The last name of what is compared.
    pub(crate) name: &'t str,
    pub(crate) role: Role,
}

/// Signs and words between what is compared and a code; longer ones first.
#[rustfmt::skip]
const OPERATORS: &[(&str, Role)] = &[
    ("===", Role::Compare), ("!==", Role::Compare), ("==", Role::Compare), ("!=", Role::Compare),
    ("<=", Role::Bound), (">=", Role::Bound), ("<", Role::Bound), (">", Role::Bound),
    ("=", Role::Compare), ("ShouldEqual", Role::Compare), ("ShouldNotEqual", Role::Compare),
    ("equals", Role::Compare), ("eq", Role::Compare), ("ne", Role::Compare),
    ("is not", Role::Compare), ("is", Role::Compare), ("not in", Role::Compare),
    ("in", Role::Compare),
    ("isIn", Role::Compare), ("ShouldBeIn", Role::Compare), ("oneOf", Role::Compare),
];

/// Filters of templates that change only the type of what stands before them.
const FILTERS: &[&str] = &["int", "string", "float", "number"];

/// The comparisons of a text, in their order.
pub(crate) fn comparisons(text: &str) -> Vec<Comparison<'_>> {
    codes(text).filter_map(|(range, code)| comparison(text, range, code)).collect()
}

/// Every number of three digits that stands alone, with its bytes.
pub(crate) fn codes(text: &str) -> impl Iterator<Item = (Range<usize>, StatusCode)> {
    let bytes = text.as_bytes();
    let joins = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_-.%\\".contains(byte))
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
            let run = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            at = start + run;
            let before = start.checked_sub(1).and_then(|before| bytes.get(before));
            // The end of a sentence or range belongs to no number.
            let after = match bytes.get(at) {
                Some(b'.' | b'-') => bytes.get(at + 1).filter(|next| next.is_ascii_digit()),
                after => after,
            };
            if run == 3 && bytes[start] != b'0' && !joins(before) && !joins(after) {
                let code = text[start..at].parse().ok()?;
                return Some((start..at, StatusCode::new(code)));
            }
        }
    })
}

fn comparison(text: &str, digits: Range<usize>, code: StatusCode) -> Option<Comparison<'_>> {
    let range = quoted(text, digits);
    let mut before = text[..range.start].trim_end();
    if before.ends_with(['[', '(', ',']) {
        let inside = |c: char| c.is_ascii_digit() || c.is_whitespace() || ",'\"".contains(c);
        before = before.trim_end_matches(inside).strip_suffix(['[', '('])?.trim_end();
        // Gatus: `[STATUS] == any(200, 429)`.
        before = before.strip_suffix("any").unwrap_or(before).trim_end();
    }
    let (operand, role) = OPERATORS.iter().find_map(|(operator, role)| {
        let operand = before.strip_suffix(operator)?;
        let is_word = operator.starts_with(|c: char| c.is_ascii_alphabetic());
        let apart = !is_word || operand.ends_with([' ', ')', ']']);
        apart.then(|| (operand.trim_end(), *role))
    })?;
    let name = last_name(operand)?;
    Some(Comparison { range, code, name, role })
}

/// With the quotes around, where there are.
fn quoted(text: &str, digits: Range<usize>) -> Range<usize> {
    let before = text[..digits.start].chars().next_back();
    match before {
        Some(quote @ ('"' | '\'')) if text[digits.end..].starts_with(quote) => {
            digits.start - 1..digits.end + 1
        }
        _ => digits,
    }
}

/// The last name before an operator: `status` of `response['status'] | int`.
fn last_name(operand: &str) -> Option<&str> {
    let operand = operand.trim_end_matches(|c: char| c.is_whitespace() || "()[]{}'\"".contains(c));
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let rest = operand.trim_end_matches(is_name);
    let name = &operand[rest.len()..];
    if FILTERS.contains(&name)
        && let Some(filtered) = rest.trim_end().strip_suffix('|')
    {
        return last_name(filtered.trim_end());
    }
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::comparisons;

    #[test]
    fn comparisons_are_read_in_the_ways_tools_write_them() {
        let cases: &[(&str, &[(&str, &str)])] = &[
            ("[STATUS] == any(200, 429)", &[("STATUS", "200"), ("STATUS", "429")]),
            ("$statusCode == 201", &[("statusCode", "201")]),
            ("[STATUS] == 200", &[("STATUS", "200")]),
            ("result.status not in [200, 204]", &[("status", "200"), ("status", "204")]),
            ("r['status_code'] | int != 404", &[("status_code", "404")]),
            ("steps.probe.outputs.http-code == '503'", &[("http-code", "'503'")]),
            ("status >= 200 && status < 300", &[("status", "200"), ("status", "300")]),
            ("result.statuscode ShouldEqual 200", &[("statuscode", "200")]),
            ("{status=\"500\"}", &[("status", "\"500\"")]),
            ("took 200 ms at 10.200.300", &[]),
            ("version == 1.200", &[]),
        ];
        for (text, expected) in cases {
            let found = comparisons(text);
            let found: Vec<(&str, &str)> =
                found.iter().map(|one| (one.name, &text[one.range.clone()])).collect();
            assert_eq!(&found, expected, "{text}");
        }
    }
}
