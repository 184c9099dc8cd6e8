//! What the pattern of an arm asks of the operand of its switch.

use std::ops::Range;

use statuslint_codes::StatusCode;
use tree_sitter::Node;

use super::{Sites, equals};
use crate::conditions::End;
use crate::document::Document;
use crate::operators::Operator;
use crate::syntax::{Part, Shape};
use crate::{Comparator, Comparison, Condition, Member, Membership, Test, value};

/// Patterns nested deeper than this ask for something else.
const DEPTH: usize = 12;

impl<'t> Document<'t> {
    /// What an arm asks for.
    pub(super) fn pattern_of(
        &self,
        case: Node<'t>,
        operand: &str,
        guarded: bool,
        sites: &Sites<'_>,
    ) -> Option<Condition> {
        let mut parts = self.parts(case, Part::Condition);
        if !self.has_part(case, Part::Condition) {
            let mut cursor = case.walk();
            // Comparisons without an operand: `case >= 400 && < 500` of Dart.
            if case.children(&mut cursor).take(8).any(|it| self.shape(it) == Some(Shape::Mark)) {
                return None;
            }
            parts = self.children(case);
            if guarded {
                parts.truncate(1);
            }
        }
        let first = parts.first()?.start_byte();
        let range = first..parts.last()?.end_byte();
        let mut asked: Vec<Condition> =
            parts.into_iter().map(|part| self.arm_pattern(part, operand, sites, 0)).collect();
        match asked.len() {
            1 => asked.pop(),
            _ => Some(Condition { range, test: Test::Or(asked) }),
        }
    }

    fn arm_pattern(
        &self,
        node: Node<'t>,
        operand: &str,
        sites: &Sites<'_>,
        depth: usize,
    ) -> Condition {
        let range = node.byte_range();
        let other = Condition { range: range.clone(), test: Test::Other };
        if let Some(site) = sites.at(node) {
            return equals(operand, site).unwrap_or(other);
        }
        let text = self.text(node);
        if depth > DEPTH || text.starts_with(['!', '-', '^', '~', '*']) || text.starts_with("not ")
        {
            return other;
        }
        let inner = |node: Node<'t>| self.arm_pattern(node, operand, sites, depth + 1);
        let many = |nodes: Vec<Node<'t>>| nodes.into_iter().map(inner).collect::<Vec<_>>();
        let shape = self.shape(node);
        let pattern = match shape {
            Some(Shape::Range) => self.pattern_span(node, operand, sites),
            Some(Shape::Binary) => match self.operands(node) {
                Some([left, right]) => match self.joint(node, left) {
                    Some(Operator::Alternative | Operator::Else) => {
                        Test::Or(many(vec![left, right]))
                    }
                    Some(Operator::And) => Test::And(many(vec![left, right])),
                    _ => Test::Other,
                },
                None => Test::Other,
            },
            Some(
                Shape::Through
                | Shape::Case
                | Shape::List
                | Shape::Arguments
                | Shape::Union
                | Shape::Path,
            )
            | None => {
                let children = self.children(node);
                let bracketed = text.starts_with(['(', '[', '{']);
                let joined = self.joined_by(node, &children, &["|", ",", "||", "or"]);
                let all = self.joined_by(node, &children, &["and", "&&"]);
                match children.as_slice() {
                    [only]
                        if only.id() != node.id()
                            && (!bracketed || shape == Some(Shape::Through)) =>
                    {
                        return inner(*only);
                    }
                    [] | [_] => Test::Other,
                    _ if joined && !bracketed => Test::Or(many(children)),
                    _ if all && !bracketed => Test::And(many(children)),
                    _ => Test::Other,
                }
            }
            _ => Test::Other,
        };
        Condition { range, test: pattern }
    }

    /// The operator between the operands of a pattern.
    fn joint(&self, node: Node<'t>, left: Node<'t>) -> Option<Operator> {
        let neighbours = self.neighbours(node, left);
        neighbours.first().and_then(|beside| self.operator(beside.operator))
    }

    /// Whether one of these words stands between the parts of a pattern, and nothing else.
    fn joined_by(&self, node: Node<'t>, parts: &[Node<'t>], words: &[&str]) -> bool {
        let begins = parts.first().is_some_and(|first| first.start_byte() == node.start_byte());
        begins
            && parts.windows(2).all(|pair| {
                let between = self.text.get(pair[0].end_byte()..pair[1].start_byte());
                words.contains(&between.unwrap_or("").trim())
            })
    }

    /// `200..=299`, `>= 400`
    fn pattern_span(&self, node: Node<'t>, operand: &str, sites: &Sites<'_>) -> Test {
        let children = self.children(node);
        let text = self.text(node);
        let code = |node: &Node<'t>| self.code_at(*node, sites);
        if text.starts_with(['<', '>']) {
            let operator = text.trim_end_matches(|c: char| !matches!(c, '<' | '>' | '='));
            let operator = match operator.split_whitespace().next() {
                Some("<") => Comparator::Less,
                Some("<=") => Comparator::LessOrEqual,
                Some(">") => Comparator::Greater,
                Some(">=") => Comparator::GreaterOrEqual,
                _ => return Test::Other,
            };
            let Some((code, at)) = children.first().and_then(code) else { return Test::Other };
            return Test::Compare(Comparison { operand: operand.to_owned(), operator, code, at });
        }
        let (first, last, inclusive) = match children.as_slice() {
            [first, last] => {
                let between = self.text.get(first.end_byte()..last.start_byte()).unwrap_or("");
                let (Some(start), Some(end)) = (code(first), code(last)) else {
                    return Test::Other;
                };
                let Some(inclusive) = self.includes_end(between.trim()) else { return Test::Other };
                (Some(start), Some(end), inclusive)
            }
            [only] => {
                let Some(end) = code(only) else { return Test::Other };
                if only.start_byte() == node.start_byte() {
                    (Some(end), None, true)
                } else {
                    let before = self.text.get(node.start_byte()..only.start_byte()).unwrap_or("");
                    let Some(inclusive) = self.includes_end(before.trim()) else {
                        return Test::Other;
                    };
                    (None, Some(end), inclusive)
                }
            }
            _ => return Test::Other,
        };
        let members = vec![Member::Span { first, last, inclusive }];
        Test::In(Membership { operand: operand.to_owned(), members })
    }

    fn code_at(&self, node: Node<'t>, sites: &Sites<'_>) -> Option<(StatusCode, Range<usize>)> {
        let code = match sites.at(node) {
            Some(site) => site.code(),
            None if self.shape(node) == Some(Shape::Number) => value::number(self.text(node)),
            None => None,
        };
        Some((code?, node.byte_range()))
    }

    /// Whether the end of a range written with this operator belongs to it.
    fn includes_end(&self, operator: &str) -> Option<bool> {
        self.tables.signs.range(operator).map(|end| end == End::Inclusive)
    }
}
