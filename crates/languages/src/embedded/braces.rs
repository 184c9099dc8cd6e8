//! Finding the brace that closes another, over strings and nested braces.

/// Longer expressions are none: an opening brace in prose.
const LONGEST: usize = 20_000;

/// The bytes from the opening brace that a text begins with to behind the one that closes it.
pub(crate) fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(open), _) if byte == open => quote = None,
            (Some(b'"' | b'\''), b'\n') => quote = None,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::closing;

    #[test]
    fn braces_close_over_strings_and_other_braces() {
        let cases = [
            ("{a}b", Some(3)),
            ("{{ a }} }", Some(7)),
            ("{ '}' }x", Some(7)),
            ("{ `${a}` }", Some(10)),
            ("{ don't }", None),
            ("{ don't\n }", Some(10)),
            ("{ open", None),
        ];
        for (text, expected) in cases {
            assert_eq!(closing(text), expected, "{text}");
        }
    }
}
