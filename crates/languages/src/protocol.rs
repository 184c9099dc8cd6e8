//! Which protocol a document speaks: HTTP, or another whose replies look alike.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use statuslint_codes::words;

use crate::facts::Http;

/// Words of documents that do HTTP, in the letters they are written in.
const HTTP_WORDS: &[&str] = &[
    "fetch(",
    "axios",
    "XMLHttpRequest",
    "esponse",
    "equest(",
    "status_code",
    "statusCode",
    "StatusCode",
    "req, res",
];

/// Other protocols with three-digit replies, and what else tells that they are spoken.
#[rustfmt::skip]
const OTHER_PROTOCOLS: &[&str] = &[
    "smtp", "lmtp", "ftp", "nntp", "sip", "jssip", "pjsip", "rtsp", "imap", "pop3", "telnet",
    "xmpp", "irc", "nodemailer", "rfc3261", "rfc5321", "rfc2821", "rfc959", "rfc3977", "rfc2326",
];

/// What is counted on the side of HTTP when another protocol is spoken too.
const SPOKEN: &[&str] = &["http", "/api/", ".post(", ".put(", "fetch("];

static HTTP: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(HTTP_WORDS.iter().chain(&["http", "Http", "HTTP"]))
        .expect("a handful of short words")
});

/// The other protocols first, then what is spoken of HTTP.
static COUNTED: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(OTHER_PROTOCOLS.iter().chain(SPOKEN))
        .expect("a handful of short words")
});

/// Whether a document speaks of HTTP; the scheme of an address alone does not count.
pub(crate) fn mentions_http(text: &str) -> bool {
    HTTP.find_iter(text).any(|found| {
        let rest = &text[found.end()..];
        found.pattern().as_usize() < HTTP_WORDS.len()
            || !(rest.starts_with("://") || rest.starts_with("s://"))
    })
}

/// Whether the document speaks another protocol whose replies look alike.
///
/// Its path or its imports say so, or it speaks of the other protocol more than of HTTP; a library
/// of the vocabulary among the imports outweighs that.
pub(crate) fn is_foreign(text: &str, path: &str, imports: &[String], http: Http) -> bool {
    let (mut others, mut spoken) = (0_usize, 0_usize);
    for found in COUNTED.find_iter(text) {
        if found.pattern().as_usize() >= OTHER_PROTOCOLS.len() {
            spoken += 1;
        } else if starts_word(text, found.start()) {
            others += 1;
        }
    }
    if names_protocol(path) {
        return spoken < 2 * others.max(1);
    }
    if http == Http::Imported {
        return others > 2 * spoken;
    }
    if imports.iter().any(|import| names_protocol(import)) {
        return spoken < 2 * others.max(1);
    }
    (others >= 3 && others > spoken) || (others >= 2 && spoken == 0)
}

/// Whether a word starts there: `SIP` in `JsSIP` does, `sip` in `gossip` does not.
fn starts_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let capital = text[at..].starts_with(|c: char| c.is_ascii_uppercase());
    before.is_none_or(|c| !c.is_ascii_alphabetic() || (capital && c.is_ascii_lowercase()))
}

/// Whether a path or module names one of the other protocols: `src/smtp/client.rs`, `suppaftp`.
fn names_protocol(text: &str) -> bool {
    words(text).iter().any(|word| {
        OTHER_PROTOCOLS.iter().any(|protocol| word.starts_with(protocol))
            || ["smtp", "ftp", "ftpd", "smtpd"].iter().any(|end| word.ends_with(end))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_foreign, mentions_http};
    use crate::facts::Http;

    #[test]
    fn the_scheme_of_an_address_is_no_mention() {
        assert!(!mentions_http("see https://example.org and http://example.org"));
        assert!(mentions_http("an HTTP client"));
        assert!(mentions_http("const response = 1"));
    }

    #[test]
    fn other_protocols_are_told_by_path_imports_and_words() {
        let foreign = |text, path, http| is_foreign(text, path, &[], http);
        assert!(foreign("if code == 250:", "src/smtp/client.py", Http::No));
        assert!(foreign("SIP sip SIP reply", "a.js", Http::Mentioned));
        assert!(!foreign("gossip gossip gossip", "a.js", Http::Mentioned));
        assert!(!foreign("smtp smtp smtp http http http", "a.js", Http::Mentioned));
        assert!(!foreign("smtp smtp http", "a.js", Http::Imported));
        assert!(is_foreign("reply", "a.py", &["aiosmtpd.controller".to_owned()], Http::No));
    }
}
