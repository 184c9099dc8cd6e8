//! Names: splitting identifiers into words and finding the code a name stands for.

use crate::StatusCode;
use crate::generated::{LOOSE_NAMES, NAMES, PHRASES, VENDOR_NAMES};

/// The lower-case words of an identifier or phrase: `NotFound`, `NOT_FOUND` and `not found` are
/// all `not`, `found`.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next_is_lower = chars.peek().is_some_and(|next| next.is_lowercase());
        let starts = c.is_alphanumeric()
            && (!previous.is_alphanumeric()
                || (c.is_uppercase() && (!previous.is_uppercase() || next_is_lower))
                || (c.is_ascii_digit() != previous.is_ascii_digit()));
        if starts {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        previous = c;
    }
    words
}

/// The code a name stands for, in any spelling: `not found`, `NOT_FOUND`, `NotFound`,
/// `http.StatusNotFound`, `HTTP_404_NOT_FOUND`, older names and library aliases included.
///
/// Of a path only the last part counts. Words of the trade at either end (`Status`, `SC`, `Err`)
/// and digits that agree with the code are ignored; any other word beside the name is not, so
/// `NotFoundHandler` is no name of a code. Whether `ok` or `found` mean a status is the caller's
/// decision. `HTTP_404` and `status404` stand for the code in their digits.
pub fn code_of_name(name: &str) -> Option<StatusCode> {
    let parts = Parts::of(name)?;
    parts.resolve(&NAMES).or_else(|| parts.resolve_loose()).or_else(|| parts.resolve_digits())
}

/// The code a vendor's name stands for (`CLIENT_CLOSED_REQUEST`, `PageExpired`), spelled as freely
/// as for [`code_of_name`]; too general names (`invalid token`) tell none.
pub fn code_of_vendor_name(name: &str) -> Option<StatusCode> {
    Parts::of(name)?.resolve(&VENDOR_NAMES)
}

/// The code whose reason phrase, current or of an earlier RFC, the whole text is; letter case and
/// punctuation do not count.
pub fn code_of_phrase(text: &str) -> Option<StatusCode> {
    if text.len() > LONGEST {
        return None;
    }
    let plain: String = text.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    look_up(&PHRASES, &words.join(" "))
}

/// The code in the digits of an identifier: `HTTP_404_NOT_FOUND` and `status404` are 404.
///
/// Only a run of exactly three digits within 100–599 counts, and two different runs say nothing.
pub fn digits_in_name(name: &str) -> Option<StatusCode> {
    let mut codes = name
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 3)
        .filter_map(|run| run.parse().ok())
        .map(StatusCode::new)
        .filter(|code| code.is_valid());
    let first = codes.next()?;
    codes.all(|other| other == first).then_some(first)
}

/// Whether this is one of the names of this code, too general ones included.
pub(crate) fn names_code(name: &str, code: StatusCode) -> bool {
    let Some(parts) = Parts::of(name) else { return false };
    let is_name = |candidate: Candidate| {
        look_up(&NAMES, &candidate.key) == Some(code)
            || LOOSE_NAMES.contains(&(candidate.key.as_str(), code.get()))
    };
    parts.digits.is_none_or(|digits| digits == code) && parts.candidates().any(is_name)
}

/// A name without its spelling of spaces: letters and digits, in lower case.
pub(crate) fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// No name is longer, whatever stands around it; longer texts are not worth taking apart.
const LONGEST: usize = 160;

/// Words in front of a name that say what kind of name it is.
const BEFORE: &[&str] = &[
    "code",
    "codes",
    "const",
    "constants",
    "e",
    "err",
    "error",
    "errors",
    "http",
    "https",
    "k",
    "mhd",
    "ngx",
    "rc",
    "response",
    "sc",
    "soup",
    "status",
    "statuscode",
    "statuscodes",
    "webdav",
];

/// Words behind a name that say what kind of name it is.
const BEHIND: &[&str] =
    &["code", "const", "err", "error", "exception", "http", "status", "statuscode"];

/// Those of them that go with 4xx and 5xx alone: an `errorFound` is no 302.
const OF_ERRORS: &[&str] = &["e", "err", "error", "errors", "exception"];

/// A name taken apart.
struct Parts {
    /// Its words in lower case, without digits.
    words: Vec<String>,
    /// The code in its digits.
    digits: Option<StatusCode>,
}

/// One reading of a name, with some words at its ends left out.
struct Candidate {
    key: String,
    /// Whether a word left out says that this is an error.
    error: bool,
}

impl Parts {
    /// Takes a name apart; digits that are no code make it the name of something else.
    fn of(name: &str) -> Option<Self> {
        if name.len() > LONGEST {
            return None;
        }
        let mut words = words(last_part(name));
        if let [first, second, ..] = words.as_slice()
            && first == "s"
            && is_number(second)
        {
            words.remove(0);
        }
        let mut digits = None;
        for word in words.extract_if(.., |word| is_number(word)) {
            let code = digits_in_name(&word)?;
            if *digits.get_or_insert(code) != code {
                return None;
            }
        }
        // `HTTPOK` has no border between its words.
        if let Some(first) = words.first_mut()
            && let Some(rest) = first.strip_prefix("http")
            && !matches!(rest, "" | "s")
        {
            *first = rest.to_owned();
            words.insert(0, "http".to_owned());
        }
        Some(Self { words, digits })
    }

    /// The readings of the name, longest first at either end.
    fn candidates(&self) -> impl Iterator<Item = Candidate> {
        let words = &self.words;
        let before = words.iter().take_while(|word| BEFORE.contains(&word.as_str())).count();
        let behind = words.iter().rev().take_while(|word| BEHIND.contains(&word.as_str())).count();
        let ends = (words.len() - behind..=words.len()).rev();
        (0..=before).flat_map(move |start| {
            ends.clone().filter(move |end| start < *end).map(move |end| Candidate {
                key: words[start..end].concat(),
                error: words[..start]
                    .iter()
                    .chain(&words[end..])
                    .any(|word| OF_ERRORS.contains(&word.as_str())),
            })
        })
    }

    /// The code of the first reading that stands in the table, unless the digits say another.
    fn resolve(&self, table: &[(&str, u16)]) -> Option<StatusCode> {
        self.candidates()
            .find_map(|candidate| {
                look_up(table, &candidate.key).filter(|code| !candidate.error || code.get() >= 400)
            })
            .filter(|code| self.digits.is_none_or(|digits| digits == *code))
    }

    /// The code in the digits, when the words are a too general name of it.
    fn resolve_loose(&self) -> Option<StatusCode> {
        let digits = self.digits?;
        self.candidates()
            .any(|candidate| LOOSE_NAMES.contains(&(candidate.key.as_str(), digits.get())))
            .then_some(digits)
    }

    /// The code in the digits, when all words are of the trade and one says which trade.
    fn resolve_digits(&self) -> Option<StatusCode> {
        let words = || self.words.iter().map(String::as_str);
        let speaks_http = |word| matches!(word, "http" | "status" | "statuscode");
        (words().all(|word| BEFORE.contains(&word)) && words().any(speaks_http))
            .then_some(self.digits?)
            .filter(|code| code.entry().is_some())
    }
}

/// What stands behind the last `.`, `::`, `->` or `#` that an identifier follows.
fn last_part(name: &str) -> &str {
    name.match_indices(['.', ':', '>', '#'])
        .map(|(at, separator)| &name[at + separator.len()..])
        .rfind(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        .unwrap_or(name)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn look_up(table: &[(&str, u16)], key: &str) -> Option<StatusCode> {
    let at = table.binary_search_by_key(&key, |(name, _)| name).ok()?;
    Some(StatusCode::new(table[at].1))
}
