//! Source text inside of sentences: short, on one line, and unable to break out of its quotes.

/// The longest piece of source a sentence quotes, in characters.
const LONGEST: usize = 48;

/// A piece of source in backticks, fit for messages and for Markdown.
///
/// Backticks inside become straight quotes: a code span must end where we end it.
pub(crate) fn quoted(source: &str) -> String {
    let mut text = String::from("`");
    for (count, c) in source.trim().chars().enumerate() {
        if count == LONGEST {
            text.push('…');
            break;
        }
        match c {
            '`' => text.push('\''),
            c if c.is_control() || c.is_whitespace() => text.push(' '),
            c if is_direction_control(c) => text.push('\u{fffd}'),
            c => text.push(c),
        }
    }
    text.push('`');
    text
}

/// Whether a character makes others appear in another order than they stand in the source.
fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_leaves_the_code_span() {
        assert_eq!(quoted("a`b\n[x](y)\u{202e}"), "`a'b [x](y)\u{fffd}`");
    }

    #[test]
    fn long_source_is_cut() {
        assert_eq!(quoted(&"é".repeat(60)).chars().count(), 48 + 3);
    }
}
