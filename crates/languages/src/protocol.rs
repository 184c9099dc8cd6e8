//! Which protocol a document speaks: HTTP, or another whose replies look alike.

use std::collections::BTreeSet;
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
    "ngx.status",
    "ngx.exit",
];

/// Other protocols with three-digit replies, and what else tells that they are spoken.
#[rustfmt::skip]
const OTHER_PROTOCOLS: &[&str] = &[
    "smtp", "lmtp", "ftp", "nntp", "sip", "jssip", "pjsip", "rtsp", "imap", "pop3", "telnet",
    "xmpp", "irc", "nodemailer", "rfc3261", "rfc5321", "rfc2821", "rfc959", "rfc3977", "rfc2326",
];

/// What is counted on the side of HTTP when another protocol is spoken too.
const SPOKEN: &[&str] =
    &["http", "/api/", ".post(", ".put(", "fetch(", ".to_return(", "send_resp("];

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
fn mentions_http(text: &str) -> bool {
    HTTP.find_iter(text).any(|found| {
        let rest = &text[found.end()..];
        found.pattern().as_usize() < HTTP_WORDS.len()
            || !(rest.starts_with("://") || rest.starts_with("s://"))
    })
}

/// What a document speaks of, counted once however many pieces of code it holds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Whether it speaks of HTTP at all.
    pub(crate) mentions_http: bool,
    /// How often of HTTP, where that is weighed against other protocols.
    http: usize,
    /// How often of other protocols.
    others: usize,
    /// Whether it reads or writes status lines.
    lines: bool,
    /// Whether it imports a library that speaks HTTP.
    pub(crate) imported: bool,
}

impl Spoken {
    /// Counts what a document speaks of.
    pub fn of(text: &str) -> Self {
        let lines = text.contains("\"HTTP/");
        let mut spoken =
            Self { mentions_http: mentions_http(text), http: 0, others: 0, lines, imported: false };
        for found in COUNTED.find_iter(text) {
            if found.pattern().as_usize() >= OTHER_PROTOCOLS.len() {
                spoken.http += 1;
            } else if starts_word(text, found.start()) {
                spoken.others += 1;
            }
        }
        spoken
    }

    /// What a document speaks of with a part that may have changed since.
    #[must_use]
    pub fn with_part(&self, part: &str) -> Self {
        let part = Self::of(part);
        Self {
            mentions_http: self.mentions_http || part.mentions_http,
            http: self.http.max(part.http),
            others: self.others.max(part.others),
            lines: self.lines || part.lines,
            imported: self.imported,
        }
    }

    /// Whether it speaks of HTTP, in words or by a library it imports.
    pub fn tells_http(&self) -> bool {
        self.mentions_http || self.imported
    }

    /// Whether name and text say HTTP, whatever else they say: `FTPHTTPClient` speaks one protocol
    /// through a proxy of the other.
    pub(crate) fn is_of_http(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.lines && name.to_ascii_lowercase().contains("http")
    }

    /// Whether a piece of code in the document speaks another protocol whose replies look alike.
    ///
    /// The path or the imports say so, or the document speaks of the other protocol more than of
    /// HTTP; a library of the vocabulary among the imports outweighs that.
    pub(crate) fn is_foreign(&self, path: &str, imports: &BTreeSet<String>, http: Http) -> bool {
        if self.is_of_http(path) {
            return false;
        }
        if names_protocol(path) {
            return self.http < 2 * self.others.max(1);
        }
        if http == Http::Imported {
            return self.others > 2 * self.http;
        }
        if imports.iter().any(|import| names_protocol(import)) {
            return self.http < 2 * self.others.max(1);
        }
        (self.others >= 3 && self.others > self.http) || (self.others >= 2 && self.http == 0)
    }
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
    use std::collections::BTreeSet;

    use super::{Spoken, mentions_http};
    use crate::facts::Http;

    #[test]
    fn the_scheme_of_an_address_is_no_mention() {
        assert!(!mentions_http("see https://example.org and http://example.org"));
        assert!(mentions_http("an HTTP client"));
        assert!(mentions_http("const response = 1"));
    }

    #[test]
    fn other_protocols_are_told_by_path_imports_and_words() {
        let foreign = |text, path, http| Spoken::of(text).is_foreign(path, &BTreeSet::new(), http);
        assert!(foreign("if code == 250:", "src/smtp/client.py", Http::No));
        assert!(!foreign("ftp ftp ftp \"HTTP/\"", "src/ftp/FTPHTTPClient.java", Http::No));
        assert!(foreign("ftp ftp ftp \"HTTP/\"", "src/ftp/FTPClient.java", Http::No));
        assert!(foreign("SIP sip SIP reply", "a.js", Http::Mentioned));
        assert!(!foreign("gossip gossip gossip", "a.js", Http::Mentioned));
        assert!(!foreign("smtp smtp smtp http http http", "a.js", Http::Mentioned));
        assert!(!foreign("smtp smtp http", "a.js", Http::Imported));
        assert!(Spoken::of("reply").is_foreign(
            "a.py",
            &BTreeSet::from(["aiosmtpd.controller".to_owned()]),
            Http::No
        ));
    }
}
