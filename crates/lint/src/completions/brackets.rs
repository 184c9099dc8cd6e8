//! Brackets that are open at the end of a text which nobody has finished.

use statuslint_languages::Language;

/// Signs that begin a comment up to the end of its line.
fn comment(language: Language) -> &'static str {
    match language.id() {
        "python" | "ruby" | "elixir" | "yaml" | "bash" | "perl" | "nginx" | "hcl" | "http" => "#",
        "lua" | "haskell" => "--",
        "clojure" => ";",
        _ => "//",
    }
}

/// What closes the brackets that are open, the last opened first. Strings count where they end on
/// their line.
pub(crate) fn closers(text: &str, language: Language) -> String {
    let comment = comment(language);
    let mut open = Vec::new();
    for line in text.split('\n') {
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            let begins = rest.starts_with(comment) && !(comment == "//" && is_address(line, rest));
            if begins {
                break;
            }
            rest = match c {
                '"' | '\'' | '`' => string(after, c).unwrap_or(after),
                _ => after,
            };
            match c {
                '(' => open.push(')'),
                '[' => open.push(']'),
                '{' => open.push('}'),
                ')' | ']' | '}' if open.last() == Some(&c) => {
                    open.pop();
                }
                _ => {}
            }
        }
    }
    open.into_iter().rev().collect()
}

/// What follows a string that ends on its line.
fn string(after: &str, quote: char) -> Option<&str> {
    let mut escaped = false;
    for (at, c) in after.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(&after[at + 1..]),
            _ => {}
        }
    }
    None
}

/// Whether the slashes are those of `https://`.
fn is_address(line: &str, rest: &str) -> bool {
    line[..line.len() - rest.len()].ends_with(':')
}

#[cfg(test)]
mod tests {
    use statuslint_languages::Language;

    use super::closers;

    #[test]
    fn what_is_open_is_closed_in_turn() {
        for (language, text, expected) in [
            ("python", "f(a, [1, {", "}])"),
            ("python", "f(')') # (", ""),
            ("go", "f(\"https://x\", // (\n", ")"),
            ("rust", "fn f<'a>(x: &'a str) { g(", ")}"),
            ("javascript", "f(a) }", ""),
        ] {
            let language = Language::from_id(language).unwrap();
            assert_eq!(closers(text, language), expected, "{text}");
        }
    }
}
