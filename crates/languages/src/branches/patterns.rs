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

/// Children of a case that are read as signs and codes in a row.
const HEAD: usize = 24;

impl<'t> Document<'t> {
    /// What an arm asks for.
    pub(super) fn pattern_of(
        &self,
        case: Node<'t>,
        operand: &str,
        guarded: bool,
        sites: &Sites<'_>,
    ) -> Option<Condition> {
        if self.has_bare_comparison(case) {
            return Some(self.bare_comparisons(case, operand, sites));
        }
        let mut parts = self.parts(case, Part::Condition);
        if !self.has_part(case, Part::Condition) {
            let mut cursor = case.walk();
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

    /// Whether a case compares without an operand: `case >= 400 && < 500` of Dart.
    pub(super) fn has_bare_comparison(&self, case: Node<'t>) -> bool {
        let mut cursor = case.walk();
        case.children(&mut cursor).take(HEAD).any(|it| self.is_sign(it))
    }

    fn is_sign(&self, node: Node<'t>) -> bool {
        self.shape(node) == Some(Shape::Mark) && ordered(self.text(node)).is_some()
    }

    /// `case >= 400 && < 500`: signs and codes in a row, until the arm begins.
    fn bare_comparisons(&self, case: Node<'t>, operand: &str, sites: &Sites<'_>) -> Condition {
        let mut cursor = case.walk();
        let mut ways: Vec<Vec<Condition>> = vec![Vec::new()];
        let mut sign = None;
        for part in case.children(&mut cursor).take(HEAD) {
            let written = self.text(part);
            match written {
                "case" | "&&" => continue,
                ":" | "=>" | "when" => break,
                "||" => {
                    ways.push(Vec::new());
                    continue;
                }
                _ if self.is_sign(part) => {
                    sign = Some(written);
                    continue;
                }
                _ => {}
            }
            let asked = match sign.take() {
                Some(sign) => {
                    let range = part.byte_range();
                    Condition { range, test: self.compared_with(sign, part, operand, sites) }
                }
                None => self.arm_pattern(part, operand, sites, 0),
            };
            if let Some(way) = ways.last_mut() {
                way.push(asked);
            }
        }
        let range = |parts: &[Condition]| match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => case.byte_range(),
        };
        let mut ways: Vec<Condition> = ways
            .into_iter()
            .map(|mut parts| match parts.len() {
                // Nothing that can be read: not what holds always.
                0 => Condition { range: case.byte_range(), test: Test::Other },
                1 => parts.remove(0),
                _ => Condition { range: range(&parts), test: Test::And(parts) },
            })
            .collect();
        match ways.len() {
            1 => ways.remove(0),
            _ => Condition { range: range(&ways), test: Test::Or(ways) },
        }
    }

    /// `>= 400` and what stands on the other side of the sign.
    fn compared_with(&self, sign: &str, code: Node<'t>, operand: &str, sites: &Sites<'_>) -> Test {
        match (ordered(sign), self.code_at(code, sites)) {
            (Some(operator), Some((code, at))) => {
                Test::Compare(Comparison { operand: operand.to_owned(), operator, code, at })
            }
            _ => Test::Other,
        }
    }

    /// `code when code in 200..299`: a name for the operand, and what is asked of it.
    fn named_and_asked(&self, name: Node<'t>, asked: Node<'t>, operand: &str) -> Test {
        let name = self.text(name).trim();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(is_name) {
            return Test::Other;
        }
        let mut condition = self.condition(asked);
        rename(&mut condition.test, name, operand);
        condition.test
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
        let written = self.text(node);
        if depth > DEPTH
            || written.starts_with(['!', '-', '^', '~', '*'])
            || written.starts_with("not ")
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
                let bracketed = written.starts_with(['(', '[', '{']);
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
                    [name, asked] if self.joined_by(node, &children, &["when"]) => {
                        self.named_and_asked(*name, *asked, operand)
                    }
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
            let sign = operator.split_whitespace().next().unwrap_or_default();
            let compared = children.first().map(|it| self.compared_with(sign, *it, operand, sites));
            return compared.unwrap_or(Test::Other);
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

/// What a sign compares by.
fn ordered(sign: &str) -> Option<Comparator> {
    Some(match sign {
        "<" => Comparator::Less,
        "<=" => Comparator::LessOrEqual,
        ">" => Comparator::Greater,
        ">=" => Comparator::GreaterOrEqual,
        "==" => Comparator::Equal,
        "!=" => Comparator::NotEqual,
        _ => return None,
    })
}

/// Gives an operand the name that it has outside of a pattern.
fn rename(test: &mut Test, from: &str, to: &str) {
    let renamed = |operand: &mut String| {
        if operand == from {
            to.clone_into(operand);
        }
    };
    match test {
        Test::Compare(it) => renamed(&mut it.operand),
        Test::In(it) => renamed(&mut it.operand),
        Test::And(parts) | Test::Or(parts) => {
            for part in parts {
                rename(&mut part.test, from, to);
            }
        }
        Test::Not(inner) => rename(&mut inner.test, from, to),
        Test::Code(_) | Test::Boolean(_) | Test::Other => {}
    }
}
