//! What somebody asks about: a code, a class or a rule, however it is written.

use statuslint_codes::{Class, StatusCode, code_of_name, words};

use crate::{Rule, rules};

/// Something that can be explained.
#[derive(Debug, Clone, Copy)]
pub enum Subject {
    /// A code, registered or not, valid or not.
    Code(StatusCode),
    /// A whole class.
    Class(Class),
    /// A rule.
    Rule(&'static Rule),
}

/// What a piece of text asks about: `404`, `4xx`, `not found`, `StatusCode::NOT_FOUND`,
/// `404 Not Found`, `client error`, `unknown-code`.
pub fn subject(input: &str) -> Option<Subject> {
    let input = input.trim().trim_matches(['"', '\'', '`']).trim();
    if let Ok(number) = input.parse() {
        return Some(Subject::Code(StatusCode::new(number)));
    }
    if let Some(rule) = rules::RULES.iter().find(|rule| rule.name.eq_ignore_ascii_case(input)) {
        return Some(Subject::Rule(rule));
    }
    class(input)
        .map(Subject::Class)
        .or_else(|| code_of_name(input).map(Subject::Code))
        .or_else(|| code_of_line(input).map(Subject::Code))
}

/// The class of a wildcard (`4xx`) or of its title (`client error`).
fn class(input: &str) -> Option<Class> {
    if let [digit, rest @ ..] = input.as_bytes()
        && rest.eq_ignore_ascii_case(b"xx")
    {
        return Class::from_digit(digit.wrapping_sub(b'0'));
    }
    let asked = words(input);
    Class::ALL.into_iter().find(|class| words(title(*class)) == asked)
}

/// The code a status line starts with: `HTTP/1.1 404 Not Found`.
fn code_of_line(input: &str) -> Option<StatusCode> {
    let mut parts = input.split_whitespace();
    let first = parts.next()?;
    let first = if first.starts_with("HTTP/") { parts.next()? } else { first };
    (first.len() == 3).then(|| first.parse().ok().map(StatusCode::new)).flatten()
}

/// The title of a class without its number: `Client Error`.
pub(super) const fn title(class: Class) -> &'static str {
    match class {
        Class::Informational => "Informational",
        Class::Successful => "Successful",
        Class::Redirection => "Redirection",
        Class::ClientError => "Client Error",
        Class::ServerError => "Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::{Subject, subject};

    fn said(input: &str) -> Option<String> {
        subject(input).map(|subject| match subject {
            Subject::Code(code) => code.to_string(),
            Subject::Class(class) => format!("{}xx", class.digit()),
            Subject::Rule(rule) => rule.name.to_owned(),
        })
    }

    #[test]
    fn every_spelling_is_understood() {
        for (input, expected) in [
            ("404", "404"),
            ("2000", "2000"),
            ("4xx", "4xx"),
            ("'5XX'", "5xx"),
            ("client error", "4xx"),
            ("NOT_FOUND", "404"),
            ("StatusCode::NOT_FOUND", "404"),
            ("\"not found\"", "404"),
            ("http.StatusNotFound", "404"),
            ("404 Not Found", "404"),
            ("HTTP/1.1 503 Slow Down", "503"),
            ("unknown-code", "unknown-code"),
        ] {
            assert_eq!(said(input).as_deref(), Some(expected), "{input}");
        }
        for input in ["", "6xx", "é", "70000", "no such thing", "xx", "404s", "12 x"] {
            assert_eq!(said(input), None, "{input}");
        }
    }
}
