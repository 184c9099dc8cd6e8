//! The words and signs that a condition in a text is made of.

use std::ops::Range;

use crate::Comparator;

/// Longer conditions are data.
const MOST: usize = 400;

/// Who reads the condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// A shell: `[ "$code" -lt 200 ]`, `(( code >= 400 ))`.
    Shell,
    /// A template or document: `r.status >= 200 and r.status < 300`.
    Template,
}

/// What a token does in a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    And,
    Or,
    Not,
    Compare(Comparator),
    In,
    NotIn,
    /// An operator that asks for a pattern.
    Match,
    Open,
    Close,
    /// What follows is chosen by the condition.
    Question,
    /// A part of an operand, brackets within it included.
    Word,
}

/// A token, with its bytes in the whole text.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) sign: Sign,
}

/// Signs of punctuation; longer ones first.
#[rustfmt::skip]
const SIGNS: &[(&str, Sign)] = &[
    ("===", Sign::Compare(Comparator::Equal)), ("!==", Sign::Compare(Comparator::NotEqual)),
    ("&&", Sign::And), ("||", Sign::Or), ("=~", Sign::Match), ("!~", Sign::Match),
    ("==", Sign::Compare(Comparator::Equal)), ("!=", Sign::Compare(Comparator::NotEqual)),
    ("<=", Sign::Compare(Comparator::LessOrEqual)),
    (">=", Sign::Compare(Comparator::GreaterOrEqual)),
    ("<", Sign::Compare(Comparator::Less)), (">", Sign::Compare(Comparator::Greater)),
    ("=", Sign::Compare(Comparator::Equal)), ("!", Sign::Not), ("(", Sign::Open),
    (")", Sign::Close), ("?", Sign::Question),
];

/// Words of a shell's tests.
#[rustfmt::skip]
const SHELL: &[(&str, Sign)] = &[
    ("-a", Sign::And), ("-o", Sign::Or), ("-eq", Sign::Compare(Comparator::Equal)),
    ("-ne", Sign::Compare(Comparator::NotEqual)), ("-lt", Sign::Compare(Comparator::Less)),
    ("-le", Sign::Compare(Comparator::LessOrEqual)), ("-gt", Sign::Compare(Comparator::Greater)),
    ("-ge", Sign::Compare(Comparator::GreaterOrEqual)),
];

/// Words of templates.
const TEMPLATE: &[(&str, Sign)] =
    &[("and", Sign::And), ("or", Sign::Or), ("not", Sign::Not), ("in", Sign::In)];

/// The tokens of a text that begins at an offset; `None` when its brackets or quotes do not close,
/// or it is too long.
pub(super) fn tokens(text: &str, offset: usize, dialect: Dialect) -> Option<Vec<Token>> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() || byte == b'\\' {
            at += 1;
            continue;
        }
        if tokens.len() == MOST {
            return None;
        }
        let start = at;
        let sign = SIGNS.iter().find(|(sign, _)| text[at..].starts_with(sign));
        let sign = if let Some((written, sign)) = sign {
            at += written.len();
            *sign
        } else {
            at = word(text, at, dialect)?;
            let words = if dialect == Dialect::Shell { SHELL } else { TEMPLATE };
            let known = words.iter().find(|(known, _)| *known == &text[start..at]);
            known.map_or(Sign::Word, |(_, sign)| *sign)
        };
        let range = offset + start..offset + at;
        match tokens.last_mut() {
            Some(last) if sign == Sign::In && last.sign == Sign::Not => {
                *last = Token { range: last.range.start..range.end, sign: Sign::NotIn };
            }
            _ => tokens.push(Token { range, sign }),
        }
    }
    Some(tokens)
}

/// Where the word that begins here ends: with all brackets that open in it.
fn word(text: &str, start: usize, dialect: Dialect) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<u8> = Vec::new();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' | b'\'' | b'`' => at = quoted(text, at)?,
            b'(' | b'[' | b'{' => open.push(byte),
            b')' | b']' | b'}' if open.pop().is_none() => {
                // A bracket that nothing opened ends the word, unless it is the first of it.
                return Some(if at == start { at + 1 } else { at });
            }
            b')' | b']' | b'}' => {}
            b'=' | b'!' | b'<' | b'>' | b'&' if open.is_empty() => return Some(at),
            b'|' if open.is_empty() && text[at..].starts_with("||") => return Some(at),
            b'?' if open.is_empty() && dialect == Dialect::Template => {
                return Some(at.max(start + 1));
            }
            _ if byte.is_ascii_whitespace() && open.is_empty() => return Some(at),
            _ => {}
        }
        at += 1;
    }
    open.is_empty().then_some(at.min(text.len()))
}

/// The last byte of the string that begins here.
fn quoted(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = bytes[start];
    let mut depth = 0_usize;
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote != b'\'' => at += 1,
            // `"$(curl "$url")"`: quotes within a substitution are its own.
            b'(' if quote == b'"' && (depth > 0 || bytes[at - 1] == b'$') => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ if byte == quote && depth == 0 => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}
