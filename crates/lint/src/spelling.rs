//! Names and phrases that are a code's own but for a slip of the fingers.

use std::iter::once;

use statuslint_codes::{StatusCode, words};
use strsim::osa_distance;

/// Words before a name that say what it is the name of.
const BEFORE: &[&str] = &["http", "sc", "status", "code"];

/// Texts longer than this are no names.
const LONGEST: usize = 80;

/// So many letters of a word may be one of them wrong.
const LETTERS_PER_SLIP: usize = 6;

/// More wrong letters are another word.
const SLIPS: usize = 2;

/// The name of the code that was meant by a text in which one word is misspelt.
pub(crate) fn misspelt(code: StatusCode, text: &str) -> Option<&'static str> {
    let entry = code.entry().filter(|_| text.len() <= LONGEST)?;
    if entry.is_known_name(text) {
        return None;
    }
    let said = words(text);
    let before = said.iter().take_while(|word| BEFORE.contains(&word.as_str())).count();
    let names = once(entry.name).chain(entry.older_names.iter().copied());
    names.into_iter().find(|name| is_slip(&said[before..], &words(name)))
}

/// Whether one word differs, by so little that it must have been meant.
fn is_slip(said: &[String], meant: &[String]) -> bool {
    let mut differ = said.iter().zip(meant).filter(|(said, meant)| said != meant);
    let (Some((said_word, meant_word)), None) = (differ.next(), differ.next()) else {
        return false;
    };
    let most = SLIPS.min(meant_word.len() / LETTERS_PER_SLIP);
    said.len() == meant.len()
        && !is_form(said_word, meant_word)
        && osa_distance(said_word, meant_word) <= most
}

/// Whether two words are forms of one: `request` and `requests`, `unauthorised` and `unauthorized`.
fn is_form(said: &str, meant: &str) -> bool {
    let plain = |word: &str| word.trim_end_matches('s').replace("is", "iz");
    plain(said) == plain(meant)
}

#[cfg(test)]
mod tests {
    use statuslint_codes::StatusCode;

    use super::misspelt;

    #[test]
    fn one_word_is_misspelt() {
        for (code, text, meant) in [
            (500, "Interval Server Error", "Internal Server Error"),
            (401, "Unautorized", "Unauthorized"),
            (203, "NON_AUTHORATIVE_INFORMATION", "Non-Authoritative Information"),
            (403, "HTTP_FORBIDEN", "Forbidden"),
            (413, "Request Entitty Too Large", "Request Entity Too Large"),
        ] {
            assert_eq!(misspelt(StatusCode::new(code), text), Some(meant), "{text}");
        }
    }

    #[test]
    fn other_texts_and_other_forms_are_not() {
        for (code, text) in [
            (500, "Internal Server Error"),
            (401, "Unauthorised"),
            (429, "Too Many Request"),
            (404, "Not Fund"),
            (404, "Forbiden"),
            (500, "Interval Sever Error"),
            (401, "Unautorized request"),
            (599, "Unautorized"),
        ] {
            assert_eq!(misspelt(StatusCode::new(code), text), None, "{text}");
        }
    }
}
