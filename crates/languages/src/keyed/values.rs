//! The codes that the value of an entry says.

use std::ops::Range;

use tree_sitter::Node;

use crate::document::Document;
use crate::syntax::Shape;
use crate::{Value, value};

/// Codes of one entry beyond which they are data.
pub(super) const MANY: usize = 64;

/// The scalar that a value is, or those of the list it is.
pub(super) fn items<'t>(document: &Document<'t>, value: Node<'t>) -> Vec<Node<'t>> {
    let inner = document.scalar(value);
    if document.shape(inner) == Some(Shape::List) {
        let items = document.children(inner);
        if items.len() > MANY {
            return Vec::new();
        }
        return items
            .into_iter()
            .map(|item| document.scalar(item))
            .filter(|item| is_scalar(document, *item))
            .collect();
    }
    if is_scalar(document, inner) { vec![inner] } else { Vec::new() }
}

fn is_scalar<'t>(document: &Document<'t>, node: Node<'t>) -> bool {
    matches!(document.shape(node), Some(Shape::Scalar | Shape::String))
}

pub(super) fn is_code(value: Value) -> bool {
    match value {
        Value::Code(code) => (100..1000).contains(&code.get()),
        Value::Class(_) => true,
        Value::Malformed => false,
    }
}

/// A code's bytes, what it says, and whether it is one end of a range.
pub(super) type Listed = (Range<usize>, Value, bool);

/// Codes and ranges with commas between: `404,503`, `200-299`, `HTTP_301`; `None` when anything
/// else is among them, unless words may be.
pub(super) fn listed(content: &str, among_words: bool) -> Option<Vec<Listed>> {
    let mut found = Vec::new();
    let mut at = 0;
    for part in content.split_inclusive([',', ' ', '|']) {
        let start = at;
        at += part.len();
        let word = part.trim_end_matches([',', ' ', '|']);
        if word.is_empty() {
            continue;
        }
        match codes_of_word(word) {
            Some(codes) => found.extend(codes.into_iter().map(|(range, value, bounds)| {
                (start + range.start..start + range.end, value, bounds)
            })),
            None if among_words => {}
            None => return None,
        }
    }
    Some(found)
}

fn codes_of_word(word: &str) -> Option<Vec<Listed>> {
    let bare = word.trim_start_matches("http_").trim_start_matches("HTTP_");
    let skipped = word.len() - bare.len();
    let read = |text: &str| value::string(text).filter(|value| is_code(*value));
    if let Some((first, last)) = bare.split_once(['-', '.', ':'])
        && skipped == 0
    {
        let last_text = last.trim_start_matches('.');
        let last_at = word.len() - last_text.len();
        let (low, high) = (read(first)?, read(last_text)?);
        return Some(vec![(0..first.len(), low, true), (last_at..word.len(), high, true)]);
    }
    Some(vec![(skipped..word.len(), read(bare)?, false)])
}

#[cfg(test)]
mod tests {
    use super::listed;

    type Case = (&'static str, bool, Option<Vec<(&'static str, bool)>>);

    #[test]
    fn codes_and_ranges_are_read_from_one_string() {
        let read = |content, among_words| -> Option<Vec<(&str, bool)>> {
            let found = listed(content, among_words)?.into_iter();
            Some(found.map(|(range, _, bounds)| (&content[range], bounds)).collect())
        };
        let cases: &[Case] = &[
            ("404,503", false, Some(vec![("404", false), ("503", false)])),
            ("200-299, 404", false, Some(vec![("200", true), ("299", true), ("404", false)])),
            ("HTTP_301", false, Some(vec![("301", false)])),
            ("5xx,429", false, Some(vec![("5xx", false), ("429", false)])),
            ("error http_502", true, Some(vec![("502", false)])),
            ("error http_502", false, None),
            ("404-page", false, None),
        ];
        for (content, among_words, expected) in cases {
            assert_eq!(&read(content, *among_words), expected, "{content}");
        }
    }
}
