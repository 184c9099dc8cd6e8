//! A quick look that spares documents without any status from being parsed.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(["tatus", "http", "Http", "HTTP", "esponse"])
        .expect("a handful of short words")
});

/// Whether the document may hold a status: a run of three digits, or a word that names of codes
/// stand beside. `tatus` is in every suppression comment too.
pub(crate) fn admits(text: &str) -> bool {
    has_three_digits(text.as_bytes()) || WORDS.is_match(text)
}

fn has_three_digits(bytes: &[u8]) -> bool {
    let mut run = 0_u8;
    bytes.iter().any(|byte| {
        run = if byte.is_ascii_digit() { run + 1 } else { 0 };
        run == 3
    })
}

#[cfg(test)]
mod tests {
    use super::admits;

    #[test]
    fn documents_without_numbers_or_words_are_spared() {
        assert!(admits("x = 404"));
        assert!(admits("StatusCode::OK"));
        assert!(!admits("fn main() { let x = 12; }"));
        assert!(!admits("1 2 3 45 67"));
    }
}
