//! A quick look that spares documents from being parsed: data files are many, long, and mostly hold
//! no status.

use aho_corasick::AhoCorasick;

use super::rows::{Form, Place};
use crate::vocabulary::Vocabulary;

/// Parts of keys that by themselves say status: `statusCode`, `http_code`, `ResponseCode`.
const PARTS: &[&str] = &["tatus", "ttp", "TTP", "esponse"];

/// Letters that may follow such a part, and signs between a key and its value.
const BETWEEN: usize = 64;

/// The keys of a vocabulary, ready to be looked for.
#[derive(Debug)]
pub(crate) struct Hints {
    words: AhoCorasick,
    keys: Vec<&'static str>,
}

impl Hints {
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let mut keys: Vec<&'static str> = vocabulary.keys().filter(|key| *key != "*").collect();
        keys.sort_unstable();
        keys.dedup();
        let words = AhoCorasick::new(PARTS.iter().chain(&keys)).expect("a few hundred short words");
        Self { words, keys }
    }

    /// Whether a document may hold an entry that is a status, or code.
    pub(crate) fn admit(&self, vocabulary: &Vocabulary, text: &str, path: &str) -> bool {
        let fits = |place: &Place| may_fit(place, text, path);
        if vocabulary.scripts("*").any(|script| fits(&script.place)) {
            return true;
        }
        // Whether the rows of a key fit is asked once; most keys of a document are none.
        let mut asked: Vec<Option<Asked>> = vec![None; self.keys.len()];
        self.words.find_overlapping_iter(text).any(|found| {
            let rest = &text.as_bytes()[found.end()..];
            let Some(at) = found.pattern().as_usize().checked_sub(PARTS.len()) else {
                let letters =
                    |byte: &&u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-');
                let named = rest.iter().take(BETWEEN).take_while(letters).count();
                return is_valued(&rest[named..]);
            };
            let before = text.as_bytes()[..found.start()].last();
            let is_key = before.is_none_or(|byte| b" \t\n\"'{,-".contains(byte))
                && rest.iter().find(|byte| !b"\"' ".contains(byte)) == Some(&b':');
            if !is_key {
                return false;
            }
            let key = self.keys[at];
            let asked = asked[at].get_or_insert_with(|| Asked {
                valued: vocabulary.entries(key).iter().any(|entry| fits(&entry.place)),
                loose: vocabulary
                    .entries(key)
                    .iter()
                    .any(|entry| entry.form != Form::Codes && fits(&entry.place))
                    || vocabulary.scripts(key).any(|script| fits(&script.place)),
            });
            asked.loose || (asked.valued && is_valued(rest))
        })
    }
}

/// What was found out about the rows of a key.
#[derive(Clone, Copy)]
struct Asked {
    /// Some may hold here.
    valued: bool,
    /// Some may hold here whose codes stand anywhere in the value.
    loose: bool,
}

/// Whether the document has what a row wants around its key.
fn may_fit(place: &Place, text: &str, path: &str) -> bool {
    let any = |list: &[String], holds: &dyn Fn(&str) -> bool| {
        list.is_empty() || list.iter().any(|one| holds(one))
    };
    any(&place.file, &|end| path.ends_with(end))
        && any(&place.text, &|wanted| text.contains(wanted))
        && any(&place.under, &|keys| keys.split('.').all(|key| key == "*" || text.contains(key)))
        && any(&place.beside, &|key| text.contains(key.split('=').next().unwrap_or(key)))
}

/// Whether a code or class follows: `": 404`, `:\n  - "5xx"`.
fn is_valued(rest: &[u8]) -> bool {
    let sign = |byte: &&u8| b"\"': [\t\r\n-".contains(byte);
    let signs = rest.iter().take(BETWEEN).take_while(sign).count();
    let value = &rest[signs..];
    let value = value.strip_prefix(b"HTTP_").unwrap_or(value);
    let code = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'x' | b'X');
    signs > 0
        && value.first().is_some_and(|byte| matches!(byte, b'1'..=b'9'))
        && value.iter().take_while(|byte| code(byte)).count() == 3
}

#[cfg(test)]
mod tests {
    use crate::Language;

    #[test]
    fn documents_of_other_data_are_spared() {
        let admits = |id, text| {
            let vocabulary = &Language::from_id(id).unwrap().0.tables().vocabulary;
            vocabulary.hints().admit(vocabulary, text, "some/data")
        };
        assert!(admits("json", r#"{"statusCode": 404}"#));
        assert!(admits("yaml", "http_status:\n  - 404\n"));
        assert!(admits("yaml", "matcher:\n  HttpCode: 200-299\n"));
        assert!(!admits("json", r#"[{"id": 404, "status": "active", "http": "https://x/404"}]"#));
        assert!(!admits("yaml", "status: open\ncount: 404\n"));
        assert!(!admits("json", r#"{"max": 404, "type": 301, "key": "run"}"#));
    }
}
