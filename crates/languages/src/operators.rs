//! Operators: what stands on both sides of a comparison, a range or a fallback.

use std::collections::HashMap;

use serde::Deserialize;
use tree_sitter::Node;

use crate::climb::{Step, Way};
use crate::document::{Document, Neighbour};
use crate::facts::Candidate;
use crate::fields::role_named;
use crate::names::{Says, says};
use crate::syntax::Shape;
use crate::verdict::Verdict;
use crate::{Kind, Role, syntax};

/// What an operator does with its operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Operator {
    /// Tells whether they are equal.
    Equal,
    /// Tells which is greater.
    Order,
    /// Tells whether the right one holds the left one.
    In,
    /// Tells whether the left one holds the right one.
    Holds,
    /// Gives the right one the name on the left.
    Named,
    /// Gives the left one, or else the right one.
    Else,
    /// Both must hold.
    And,
    /// Lists alternatives of a pattern.
    Alternative,
    /// Makes a range of them.
    Range,
    /// Makes an entry of a map of them.
    Pair,
}

/// The operators most languages share; `[operators]` in a `syntax.toml` adds to them.
#[rustfmt::skip]
const SHARED: &[(&str, Operator)] = &[
    ("==", Operator::Equal), ("===", Operator::Equal), ("!=", Operator::Equal),
    ("!==", Operator::Equal), ("is", Operator::Equal), ("is not", Operator::Equal),
    ("<>", Operator::Equal), ("<", Operator::Order), ("<=", Operator::Order),
    (">", Operator::Order), (">=", Operator::Order), ("in", Operator::In),
    ("not in", Operator::In), ("||", Operator::Else), ("??", Operator::Else),
    ("or", Operator::Else), ("&&", Operator::And), ("and", Operator::And),
    ("|", Operator::Alternative),
];

/// The operators of one language.
#[derive(Debug)]
pub(crate) struct Operators(HashMap<&'static str, Operator>);

impl Operators {
    /// The shared operators with those of the files.
    pub(crate) fn new(files: &'static [syntax::SyntaxFile]) -> Self {
        let own = files.iter().flat_map(|file| &file.operators);
        let own = own.map(|(written, operator)| (written.as_str(), *operator));
        Self(SHARED.iter().copied().chain(own).collect())
    }
}

impl<'t> Document<'t> {
    /// What an operator does.
    pub(crate) fn operator(&self, written: &str) -> Option<Operator> {
        // `A..=` is `.=` of the module `A`.
        let qualified = written.starts_with(char::is_uppercase);
        let own = written.trim_start_matches(char::is_alphanumeric).strip_prefix('.');
        let written = own.filter(|_| qualified).unwrap_or(written);
        self.tables.operators.0.get(written).copied()
    }

    /// Whether an operator compares its operands.
    pub(crate) fn compares(&self, written: &str) -> bool {
        let operator = self.operator(written);
        matches!(operator, Some(Operator::Equal | Operator::Order))
    }

    /// The operands beside a candidate, by the operators between them.
    pub(crate) fn binary(
        &self,
        binary: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        let neighbours = self.neighbours(binary, node);
        if neighbours.iter().any(|beside| self.operator(beside.operator) == Some(Operator::Pair)) {
            return self.pair(binary, node, candidate, way);
        }
        // `$_SERVER['SERVER_PROTOCOL'] . ' 404 Not Found'`
        let joined = |beside: &Neighbour<'t>| self.operator(beside.operator).is_none();
        if candidate.kind == Kind::Line && neighbours.iter().all(joined) {
            return Step::On;
        }
        // `expect(response.status).to be < 500`
        if let Some(beside) = neighbours.iter().find(|beside| self.compares(beside.operator))
            && self.tables.vocabulary.is_matcher(self.text(beside.operand))
            && beside.before
        {
            way.range |= self.operator(beside.operator) == Some(Operator::Order);
            return Step::On;
        }
        if self.is_of_comparison(binary, &neighbours) {
            return Step::On;
        }
        for beside in &neighbours {
            let verdict = match self.operator(beside.operator) {
                Some(Operator::Equal) => {
                    let role = if way.range || self.ends_range(binary) {
                        Role::Bound
                    } else {
                        self.equality(binary, beside.operator)
                    };
                    self.compared(self.subject(beside.operand), candidate, role)
                }
                Some(Operator::Order) => {
                    let operand = self.end_of_chain(beside.operand);
                    self.compared(self.subject(operand), candidate, Role::Bound)
                }
                Some(Operator::In) if beside.before => {
                    let role = if way.range {
                        Role::Bound
                    } else {
                        self.equality(binary, beside.operator)
                    };
                    self.compared(self.subject(beside.operand), candidate, role)
                }
                Some(Operator::Holds) if !beside.before => {
                    let role = if way.range {
                        Role::Bound
                    } else {
                        self.equality(binary, beside.operator)
                    };
                    self.compared(self.subject(beside.operand), candidate, role)
                }
                // `new { status = 404 }`
                Some(Operator::Named) if beside.before => {
                    let role = role_named(self.last_name(beside.operand));
                    self.compared(self.subject(beside.operand), candidate, role)
                }
                Some(Operator::Range) => {
                    way.range = true;
                    return Step::On;
                }
                // `err.status || 500` and `status == 200 || 201`
                Some(Operator::Else) if beside.before => {
                    let left = beside.operand;
                    let compared = self
                        .children(left)
                        .first()
                        .copied()
                        .filter(|_| self.shape(left) == Some(Shape::Binary))
                        .filter(|first| {
                            !self.neighbours(left, *first).iter().any(|beside| {
                                matches!(
                                    self.operator(beside.operator),
                                    Some(Operator::Else | Operator::And)
                                )
                            })
                        });
                    match compared {
                        Some(first) => self.compared(self.subject(first), candidate, Role::Compare),
                        None => match self.compared(self.subject(left), candidate, Role::Emit) {
                            Some(verdict) => Some(verdict),
                            None => return Step::On,
                        },
                    }
                }
                // `ok and 200 or 404`
                Some(Operator::And) if beside.before => return Step::On,
                // The grammar of C# reads `is >= 300 and < 400 && ok` as one pattern.
                Some(Operator::And) if self.is_pattern(binary) => return Step::On,
                Some(Operator::Else) if self.shape(node) == Some(Shape::Binary) => return Step::On,
                // Alternatives of a pattern in a macro: `matches!(status, 200 | 404)`
                Some(Operator::Alternative) => return Step::On,
                // `response shouldHaveStatus 404`
                None if says(beside.operator) >= Says::Status => {
                    let subject = self.name_subject(beside.operator);
                    self.compared(subject, candidate, role_named(beside.operator))
                }
                None => match self.between(binary, beside, candidate) {
                    Step::End(verdict) => verdict,
                    other => return other,
                },
                _ => None,
            };
            if verdict.is_some() {
                return Step::End(verdict);
            }
        }
        Step::End(None)
    }

    /// `status >= 400 && …` reads as `status >= (400 && …)` where the grammar binds so: what is
    /// compared is the first operand.
    fn is_of_comparison(&self, binary: Node<'t>, neighbours: &[Neighbour<'t>]) -> bool {
        let first = neighbours.iter().all(|beside| {
            let joins =
                matches!(self.operator(beside.operator), Some(Operator::And | Operator::Else));
            joins && !beside.before
        });
        let around = self.parent(binary).filter(|up| self.shape(*up) == Some(Shape::Binary));
        first
            && around.is_some_and(|around| {
                let compares =
                    |beside: &Neighbour<'t>| beside.before && self.compares(beside.operator);
                self.neighbours(around, binary).iter().any(compares)
            })
    }

    /// `200 <= status <= 299` nests the first comparison in the second: of it, what both compare.
    fn end_of_chain(&self, operand: Node<'t>) -> Node<'t> {
        let nested = self.tables.signs.reads_chains() && self.shape(operand) == Some(Shape::Binary);
        match self.operands(operand).filter(|_| nested) {
            Some([left, right]) => {
                let beside = self.neighbours(operand, left);
                let orders =
                    |it: &Neighbour<'t>| self.operator(it.operator) == Some(Operator::Order);
                if beside.iter().any(orders) { right } else { operand }
            }
            None => operand,
        }
    }

    /// `200..<300 ~= status` reads as a range up to `300 ~= status` where the range binds less.
    fn ends_range(&self, binary: Node<'t>) -> bool {
        self.parent(binary).is_some_and(|range| self.shape(range) == Some(Shape::Range))
    }

    /// The same seen from the start of the range.
    pub(crate) fn matched_range(
        &self,
        range: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let end = self.children(range).last().copied().filter(|end| end.id() != node.id())?;
        let matched = self.children(end).last().copied()?;
        let compares =
            self.neighbours(end, matched).iter().any(|beside| self.compares(beside.operator));
        compares.then(|| self.compared(self.subject(matched), candidate, Role::Bound)).flatten()
    }

    /// Whether a binary is what a pattern compares with.
    fn is_pattern(&self, binary: Node<'t>) -> bool {
        self.parent(binary).is_some_and(|up| up.kind().ends_with("_pattern"))
    }

    /// The two operands of a binary; some grammars have the operator as a child of its own.
    pub(crate) fn operands(&self, binary: Node<'t>) -> Option<[Node<'t>; 2]> {
        match self.children(binary).as_slice() {
            [left, right] => Some([*left, *right]),
            [left, operator, right] if self.operator(self.text(*operator)).is_some() => {
                Some([*left, *right])
            }
            _ => None,
        }
    }

    /// Equality in an assertion is an expectation, and so is `status shouldBe 404`.
    pub(crate) fn equality(&self, binary: Node<'t>, operator: &str) -> Role {
        let asserted = self.ancestors(binary).take(5).any(|ancestor| match self.shape(ancestor) {
            Some(Shape::Assert) => true,
            Some(Shape::Call) => {
                self.callee(ancestor).is_some_and(|callee| self.is_assertion(callee.name))
            }
            _ => false,
        });
        // `expect(response.statusCode) == 404`
        let expects = self.children(binary).into_iter().next().is_some_and(|first| {
            self.shape(first) == Some(Shape::Call)
                && self.callee(first).is_some_and(|callee| callee.name == "expect")
        });
        match operator {
            // `every { response.code } returns 404`
            "returns" => Role::Emit,
            _ if asserted || expects || self.is_assertion(operator) => Role::Expect,
            _ => Role::Compare,
        }
    }
}
