//! The operands of comparisons: which are codes, and which say the same wherever they stand.

use std::ops::Range;

use statuslint_codes::StatusCode;
use tree_sitter::Node;

use super::signs::Sign;
use crate::document::Document;
use crate::names::{Says, says};
use crate::syntax::Shape;

/// Parentheses and wrappers around one expression.
const LAYERS: usize = 32;

/// Longer operands are compared with nothing.
const LONGEST: usize = 160;

/// Functions that give the same for the same: conversions and what asks an object for its parts.
#[rustfmt::skip]
const CONSTANT: &[&str] = &[
    "abs", "code", "int", "i32", "u16", "integer", "intval", "num", "number", "ord", "parseint",
    "some", "str", "string", "strconv", "tonumber", "u64", "unwrap", "value", "intvalue", "from",
    "raw_value", "response", "resp", "res", "header", "headers", "result", "error", "err",
];

impl<'t> Document<'t> {
    /// An expression without the parentheses and wrappers around it.
    pub(super) fn bare(&self, mut node: Node<'t>) -> Node<'t> {
        for _ in 0..LAYERS {
            let inner = match node.child_count() {
                1 => node.child(0).filter(Node::is_named),
                _ => self.parenthesized(node),
            };
            let Some(inner) = inner else { break };
            node = inner;
        }
        node
    }

    /// The expression that parentheses hold: the only one, and no tuple.
    pub(super) fn parenthesized(&self, node: Node<'t>) -> Option<Node<'t>> {
        if self.tables.syntax.is_prefixed() || node.child_count() < 3 || node.child_count() > 8 {
            return None;
        }
        let mut cursor = node.walk();
        let children = node.children(&mut cursor);
        let children = children.filter(|child| self.shape(*child) != Some(Shape::Comment));
        match children.collect::<Vec<_>>().as_slice() {
            [open, inner, close] => {
                let around = self.text(*open) == "(" && self.text(*close) == ")";
                (around && inner.is_named()).then_some(*inner)
            }
            _ => None,
        }
    }

    /// What a negation negates.
    pub(super) fn negated(&self, node: Node<'t>) -> Option<Node<'t>> {
        if node.child_count() != 2 || self.tables.syntax.is_prefixed() {
            return None;
        }
        let sign = self.tables.signs.sign(self.text(node.child(0)?));
        (sign == Some(Sign::Not)).then(|| node.child(1)).flatten()
    }

    /// The code an expression is: a site by itself, or with no more than a conversion around it.
    pub(super) fn code(&self, node: Node<'t>) -> Option<(StatusCode, Range<usize>)> {
        let range = node.byte_range();
        let at = self.codes.partition_point(|(site, _)| site.start < range.start);
        let (site, code) = self.codes.get(at).filter(|(site, _)| site.end <= range.end)?;
        let before = self.text.get(range.start..site.start)?;
        let after = self.text.get(site.end..range.end)?;
        let converts = |text: &str, marks: &[char]| {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            text.len() <= 24 && text.chars().all(|c| is_name(c) || marks.contains(&c))
        };
        // `(int) HttpStatusCode.OK`, `HttpStatus.OK.value()`, `&200`
        let cast = before.is_empty() || before.starts_with(['(', '&', '*']);
        let asked = after.is_empty() || after.starts_with(['.', ')', ':', '-']);
        let plain = cast && asked;
        (plain
            && converts(before, &['(', ')', '&', '*', ' '])
            && converts(after, &['.', '(', ')', ':', '>', '-']))
        .then(|| (*code, site.clone()))
    }

    /// The text by which an operand is told from others, unless it may say something else each
    /// time it is asked.
    pub(super) fn operand_text(&self, node: Node<'t>) -> Option<String> {
        let node = self.bare(node);
        let text = self.text(node);
        if text.len() > LONGEST || self.negated(node).is_some() || !is_constant(text) {
            return None;
        }
        let text = text.trim_start_matches(['&', '*']);
        Some(text.chars().filter(|c| !c.is_whitespace()).collect())
    }
}

/// Whether an expression changes nothing and asks nothing that may change.
fn is_constant(text: &str) -> bool {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let after = bytes.get(at + 1).copied();
        match byte {
            b'=' if !matches!(before, Some(b'=' | b'!' | b'<' | b'>' | b'~'))
                && !matches!(after, Some(b'=' | b'>' | b'~')) =>
            {
                return false;
            }
            b'+' | b'-' if before == Some(*byte) => return false,
            b'{' => return false,
            b'(' => {
                let name_start = text[..at]
                    .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '?' | '!')))
                    .map_or(0, |found| {
                        found + text[found..].chars().next().map_or(1, char::len_utf8)
                    });
                if !is_constant_call(&text[name_start..at]) {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

/// Whether a call of this name gives the same each time.
fn is_constant_call(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.is_empty()
        || says(name) >= Says::Code
        || CONSTANT.contains(&lower.as_str())
        || ["get", "to_", "to", "as_", "as", "is"].iter().any(|start| lower.starts_with(start))
}
