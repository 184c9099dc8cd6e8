//! Boolean expressions lowered to conditions over the statuses in them.
//!
//! Grammars bind operators in more than one way (some nest `a >= 200 && b` to the right), so the
//! operands of one expression are laid out in a row and bound again by what the signs mean.

use std::collections::HashSet;
use std::ops::Range;

use statuslint_codes::StatusCode;
use tree_sitter::Node;

use crate::document::Document;
use crate::syntax::Shape;
use crate::{Comparator, Comparison, Condition, Site, Test};

mod members;
mod operand;
mod prefixed;
mod signs;
#[cfg(test)]
mod tests;

use signs::{COMPARISON, Chain, Sign, turned};
pub(crate) use signs::{ConditionFile, End, Signs};

/// Parentheses, negations and patterns nested deeper than this say nothing.
const DEPTH: usize = 48;

/// How far above a code its comparison can begin: `[200, 201].includes(status)`.
const REACH: usize = 8;

/// One piece of an expression laid out in a row.
#[derive(Clone, Copy)]
enum Piece<'t> {
    Operand(Node<'t>),
    /// A sign, and how tightly it binds.
    Sign(Sign, usize),
}

impl<'t> Document<'t> {
    /// What a boolean expression asks of the statuses in it; only codes that are sites count.
    pub(crate) fn condition(&self, node: Node<'t>) -> Condition {
        self.lowered(node, DEPTH)
    }

    /// Notes the codes that sites were found for.
    pub(crate) fn note_codes(&mut self, sites: &[Site]) {
        let codes = sites.iter().filter_map(|site| Some((site.range.clone(), site.code()?)));
        self.codes = codes.collect();
        self.codes.sort_by_key(|(range, _)| range.start);
    }

    /// The whole boolean expressions around these nodes, the nodes of sites, that compare a status.
    pub(crate) fn conditions(&self, sites: &[Node<'t>]) -> Vec<Condition> {
        let mut seen = HashSet::new();
        let mut covered = HashSet::new();
        let wholes = sites.iter().filter_map(|node| self.whole(*node, &mut seen, &mut covered));
        let conditions = wholes.map(|whole| self.condition(whole));
        conditions.filter(Condition::compares).collect()
    }

    /// The whole boolean expression that a code is compared in, unless it was found from another.
    fn whole(
        &self,
        node: Node<'t>,
        seen: &mut HashSet<usize>,
        covered: &mut HashSet<usize>,
    ) -> Option<Node<'t>> {
        let mut whole = None;
        let mut path = Vec::new();
        let mut at = node;
        while let Some(parent) = self.parent(at) {
            if covered.contains(&parent.id()) {
                return None;
            }
            let joins = self.row(parent).is_some() || self.prefix_sign(parent).is_some();
            let compares = joins || (whole.is_none() && self.membership(parent).is_some());
            let is_through = self.parenthesized(parent).is_some() || parent.child_count() == 1;
            let negates = self.negated(parent).is_some() && whole.is_some();
            let leads = whole.is_none() && path.len() < REACH && self.leads_on(parent);
            if !(seen.insert(parent.id()) && (compares || negates || is_through || leads)) {
                break;
            }
            path.push(parent.id());
            if compares || negates {
                covered.extend(path.drain(..));
                whole = Some(parent);
            }
            at = parent;
        }
        whole
    }

    /// Whether a node may be a part of what a comparison is made with: a list, a range, a pattern.
    fn leads_on(&self, node: Node<'t>) -> bool {
        match self.shape(node) {
            Some(
                Shape::List
                | Shape::Arguments
                | Shape::Range
                | Shape::Member
                | Shape::Keyword
                | Shape::Through
                | Shape::Binary
                | Shape::Entries,
            ) => true,
            Some(Shape::Call | Shape::Record) => self.members(node).is_some(),
            // What stands between the braces of `[]int{200, 204}`.
            Some(Shape::Map) => self.parent(node).is_some_and(|whole| {
                self.shape(whole) == Some(Shape::Record) && self.members(whole).is_some()
            }),
            // The parts of a call that are nothing of their own: `call_suffix`, `arguments`.
            None => node.child_count() <= 3,
            _ => false,
        }
    }

    fn lowered(&self, node: Node<'t>, depth: usize) -> Condition {
        let condition = self.operand_condition(node, depth);
        match condition.test {
            // A code by itself is a condition only behind an `or`.
            Test::Code(_) => Condition { test: Test::Other, ..condition },
            _ => condition,
        }
    }

    /// As lowered, but a code alone stays one.
    fn operand_condition(&self, node: Node<'t>, depth: usize) -> Condition {
        let range = node.byte_range();
        let test = if depth == 0 { Test::Other } else { self.test(self.bare(node), depth - 1) };
        Condition { range, test }
    }

    fn test(&self, node: Node<'t>, depth: usize) -> Test {
        if let Some(inner) = self.negated(node) {
            return match self.lowered(inner, depth) {
                Condition { test: Test::Other, .. } => Test::Other,
                inner => Test::Not(Box::new(inner)),
            };
        }
        if let Some(sign) = self.prefix_sign(node) {
            return self.prefixed(node, sign, depth);
        }
        if self.row(node).is_some() {
            let pieces = self.laid_out(node);
            return self.joined_from(&pieces, 0, depth).test;
        }
        if let Some(membership) = self.membership(node) {
            let test = Test::In(membership);
            // `![200, 204].contains(status)` where the sign is taken for a part of the list.
            let negated = self.text(node).starts_with('!');
            return if negated { negation(node.byte_range(), test) } else { test };
        }
        self.code(node).map_or(Test::Other, |(code, _)| Test::Code(code))
    }

    /// The operands of a binary with their signs between, where all of these are known.
    fn row(&self, binary: Node<'t>) -> Option<Vec<Piece<'t>>> {
        if self.shape(binary) != Some(Shape::Binary) {
            return None;
        }
        let mut cursor = binary.walk();
        let parts = binary.children(&mut cursor);
        let parts = parts.filter(|child| self.shape(*child) != Some(Shape::Comment));
        let mut row = Vec::new();
        for (at, part) in parts.enumerate() {
            if at % 2 == 0 {
                row.push(Piece::Operand(part));
                continue;
            }
            let written = self.text(part);
            let sign = self.tables.signs.sign(written).filter(|sign| *sign != Sign::Not)?;
            row.push(Piece::Sign(sign, sign.level(written)));
        }
        (row.len() >= 3 && row.len() % 2 == 1).then_some(row)
    }

    /// The operands of an expression and of those nested in it without parentheses, in a row.
    fn laid_out(&self, node: Node<'t>) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut waiting = vec![Piece::Operand(node)];
        while let Some(piece) = waiting.pop() {
            let row = match piece {
                Piece::Operand(operand) => self.row(self.tables.syntax.unwrapped(operand)),
                Piece::Sign(..) => None,
            };
            match row {
                Some(row) => waiting.extend(row.into_iter().rev()),
                None => pieces.push(piece),
            }
        }
        pieces
    }

    /// What pieces in a row ask, bound from this level on.
    fn joined_from(&self, pieces: &[Piece<'t>], level: usize, depth: usize) -> Condition {
        let range = span(pieces);
        if level >= COMPARISON {
            return match pieces {
                [Piece::Operand(only)] => self.operand_condition(*only, depth),
                _ => Condition { range, test: self.comparison(pieces, depth) },
            };
        }
        let joins = |piece: &Piece<'t>| matches!(piece, Piece::Sign(_, it) if *it == level);
        let mut parts: Vec<Condition> =
            pieces.split(joins).map(|part| self.joined_from(part, level + 1, depth)).collect();
        let first = (parts.len() == 1).then(|| parts.pop()).flatten();
        if let Some(only) = first {
            return only;
        }
        let test = joined(level.is_multiple_of(2), parts);
        Condition { range, test }
    }

    /// What operands with comparing signs between them ask.
    fn comparison(&self, pieces: &[Piece<'t>], depth: usize) -> Test {
        match *pieces {
            [Piece::Operand(left), Piece::Sign(sign, _), Piece::Operand(right)] => {
                self.compared_by(left, sign, right, depth)
            }
            [.., Piece::Sign(sign, _), Piece::Operand(last)] => match self.tables.signs.chain {
                Some(Chain::All) => {
                    let pairs = pieces.windows(3).step_by(2);
                    let pairs = pairs.map(|pair| Condition {
                        range: span(pair),
                        test: self.comparison(pair, depth),
                    });
                    Test::And(pairs.collect())
                }
                Some(Chain::Boolean) => self.of_boolean(pieces, sign, last),
                None => Test::Other,
            },
            _ => Test::Other,
        }
    }

    /// `200 <= status <= 299` where the last number is compared with a boolean: as 0 and 1 are
    /// both less than any code, it does not matter which.
    fn of_boolean(&self, pieces: &[Piece<'t>], sign: Sign, last: Node<'t>) -> Test {
        let before = &pieces[..pieces.len() - 2];
        let compares = matches!(self.comparison(before, 1), Test::Compare(_) | Test::Boolean(_));
        let above = self.code(last).is_some_and(|(code, _)| code.get() > 1);
        match sign.comparator() {
            Some(comparator) if compares && above => Test::Boolean(matches!(
                comparator,
                Comparator::Less | Comparator::LessOrEqual | Comparator::NotEqual
            )),
            _ => Test::Other,
        }
    }

    fn compared_by(&self, left: Node<'t>, sign: Sign, right: Node<'t>, depth: usize) -> Test {
        match sign {
            Sign::In => self.held_in(left, right),
            Sign::NotIn => match self.held_in(left, right) {
                Test::Other => Test::Other,
                held => negation(span(&[Piece::Operand(left), Piece::Operand(right)]), held),
            },
            Sign::Holds => self.held_in(right, left),
            _ => {
                let Some(comparator) = sign.comparator() else { return Test::Other };
                let (operand, code, comparator) = match (self.code(left), self.code(right)) {
                    (None, Some(code)) => (left, code, comparator),
                    (Some(code), None) => (right, code, turned(comparator)),
                    (None, None) if sign == Sign::Is => {
                        return self.pattern(left, self.bare(right), depth).test;
                    }
                    _ => return Test::Other,
                };
                let Some(operand) = self.operand_text(operand) else { return Test::Other };
                let (code, at) = code;
                Test::Compare(Comparison { operand, operator: comparator, code, at })
            }
        }
    }

    /// `>= 200 and < 300` behind `status is`.
    fn pattern(&self, subject: Node<'t>, pattern: Node<'t>, depth: usize) -> Condition {
        let range = pattern.byte_range();
        let other = Condition { range: range.clone(), test: Test::Other };
        let Some(depth) = depth.checked_sub(1) else { return other };
        let Some(operand) = self.operand_text(subject) else { return other };
        if let Some((code, at)) = self.code(pattern) {
            let operator = Comparator::Equal;
            return Condition {
                range,
                test: Test::Compare(Comparison { operand, operator, code, at }),
            };
        }
        let mut cursor = pattern.walk();
        let parts: Vec<Node<'t>> = pattern.children(&mut cursor).collect();
        let sign = |node: Node<'t>| self.tables.signs.sign(self.text(node));
        let inner = |node: Node<'t>| self.pattern(subject, self.bare(node), depth);
        let test = match *parts.as_slice() {
            [first, part] => match sign(first) {
                Some(Sign::Not) => match inner(part) {
                    Condition { test: Test::Other, .. } => Test::Other,
                    held => Test::Not(Box::new(held)),
                },
                Some(sign) => match (sign.comparator(), self.code(part)) {
                    (Some(operator), Some((code, at))) => {
                        Test::Compare(Comparison { operand, operator, code, at })
                    }
                    _ => Test::Other,
                },
                None => Test::Other,
            },
            [left, joint, right] => match sign(joint) {
                Some(Sign::And) => joined(false, vec![inner(left), inner(right)]),
                Some(Sign::Or) => joined(true, vec![inner(left), inner(right)]),
                _ => Test::Other,
            },
            _ => Test::Other,
        };
        Condition { range, test }
    }
}

impl Condition {
    /// Whether a status is compared in it.
    fn compares(&self) -> bool {
        match &self.test {
            Test::Compare(_) | Test::In(_) | Test::Boolean(_) => true,
            Test::And(parts) | Test::Or(parts) => parts.iter().any(Self::compares),
            Test::Not(inner) => inner.compares(),
            Test::Code(_) | Test::Other => false,
        }
    }
}

/// Parts joined by `or` or `and`, those joined in the same way taken in.
///
/// A code stands where a condition should only behind a comparison: `ok and 200 or 404` and
/// `error.status || 500` choose a code.
fn joined(any: bool, parts: Vec<Condition>) -> Test {
    let mut all: Vec<Condition> = Vec::with_capacity(parts.len());
    for mut part in parts {
        let misplaced = any && all.last().is_some_and(is_comparison);
        if matches!(part.test, Test::Code(_)) && !misplaced {
            part.test = Test::Other;
        }
        match part.test {
            Test::Or(inner) if any => all.extend(inner),
            Test::And(inner) if !any => all.extend(inner),
            _ => all.push(part),
        }
    }
    match (all.iter().all(|part| part.test == Test::Other), any) {
        (true, _) => Test::Other,
        (false, true) => Test::Or(all),
        (false, false) => Test::And(all),
    }
}

/// Whether an alternative ends with a comparison, so that a code behind `or` is no other value.
fn is_comparison(condition: &Condition) -> bool {
    match &condition.test {
        Test::Compare(_) | Test::In(_) | Test::Code(_) | Test::Boolean(_) => true,
        Test::Not(inner) => is_comparison(inner),
        Test::And(parts) | Test::Or(parts) => parts.last().is_some_and(is_comparison),
        Test::Other => false,
    }
}

/// That something does not hold.
fn negation(range: Range<usize>, test: Test) -> Test {
    Test::Not(Box::new(Condition { range, test }))
}

/// The bytes from the first operand to the last.
fn span(pieces: &[Piece<'_>]) -> Range<usize> {
    let node = |piece: &Piece<'_>| match piece {
        Piece::Operand(node) => Some(node.byte_range()),
        Piece::Sign(..) => None,
    };
    let first = pieces.first().and_then(node).map_or(0, |range| range.start);
    first..pieces.last().and_then(node).map_or(first, |range| range.end)
}

/// The codes of a document's sites, by their places.
pub(crate) type Codes = Vec<(Range<usize>, StatusCode)>;
