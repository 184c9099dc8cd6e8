//! Statuses divided by a number to ask for their class.

use tree_sitter::Node;

use crate::document::Document;
use crate::facts::Candidate;
use crate::names::Says;
use crate::syntax::Shape;
use crate::{Division, Kind, Quotient, Role, Value, value};

/// Levels between a division and the comparison of what it gives.
const HEIGHT: usize = 6;

/// Functions that divide.
const DIVIDERS: &[&str] = &["div", "intdiv", "quot", "quotient", "divmod", "Integer.floor_div"];

impl<'t> Document<'t> {
    /// The division of a status by the candidate, where that is the first code of a class.
    pub(crate) fn division(&self, candidate: &Candidate<'t>) -> Option<Division> {
        let (Kind::Number, Value::Code(divisor)) = (candidate.kind, candidate.value) else {
            return None;
        };
        if !matches!(divisor.get(), 200 | 300 | 400 | 500) {
            return None;
        }
        let (whole, status) = self.divided_by(candidate.node)?;
        // Where a grammar nests operators to the right, the status stands before the whole.
        let is_chained = status.end_byte() <= whole.start_byte();
        let range = if is_chained {
            status.start_byte()..candidate.node.end_byte()
        } else {
            whole.byte_range()
        };
        let subject = self.subject(status);
        if subject.says < Says::Status {
            return None;
        }
        let evidence = self.weigh(subject, candidate, Role::Bound)?;
        let quotient = self.quotient(if is_chained { candidate.node } else { whole });
        (subject.says == Says::StatusCode || quotient.is_some()).then(|| Division {
            range,
            divisor,
            at: candidate.node.byte_range(),
            quotient,
            evidence,
        })
    }

    /// The division that a node is the divisor of, and what is divided.
    fn divided_by(&self, divisor: Node<'t>) -> Option<(Node<'t>, Node<'t>)> {
        let mut up = self.parent(divisor)?;
        if self.shape(up) == Some(Shape::Arguments) {
            up = self.parent(up)?;
        }
        match self.shape(up) {
            Some(Shape::Binary) => {
                let beside = self.neighbours(up, divisor).into_iter().next()?;
                let divides =
                    matches!(beside.operator.trim_matches('`'), "/" | "//" | "~/" | "div" | "quot");
                (divides && beside.before).then_some((up, beside.operand))
            }
            Some(Shape::Call) => {
                let callee = self.callee(up)?;
                let arguments = self.arguments(up);
                let [status, by] = arguments.as_slice() else { return None };
                let divides = by.byte_range() == divisor.byte_range();
                (DIVIDERS.contains(&callee.name) && divides).then_some((up, *status))
            }
            _ => None,
        }
    }

    /// The digit that what a division gives is compared with.
    fn quotient(&self, division: Node<'t>) -> Option<Quotient> {
        let mut node = division;
        for up in self.ancestors(division).take(HEIGHT) {
            match self.shape(up) {
                Some(Shape::Binary) => {
                    let compared = self
                        .neighbours(up, node)
                        .into_iter()
                        .find(|beside| self.compares(beside.operator));
                    // `status / 200 | 0 == 1` compares the `0`, and yet the whole is meant.
                    if let Some(beside) = compared {
                        return self.digit(beside.operand);
                    }
                    let beside = self.neighbours(up, node).into_iter().find(|it| !it.before);
                    if let Some(beside) = beside.filter(|beside| {
                        beside.operator == "|" && self.shape(beside.operand) == Some(Shape::Binary)
                    }) {
                        let digit = self.children(beside.operand).last().copied()?;
                        return self.digit(digit);
                    }
                }
                Some(Shape::Through | Shape::Arguments | Shape::Call | Shape::Keyword) => {}
                // `int($status / 200)`, an operator to the grammar of Perl
                None if self.children(up).len() == 1 => {}
                _ => return None,
            }
            node = up;
        }
        None
    }

    fn digit(&self, node: Node<'t>) -> Option<Quotient> {
        let number =
            value::number(self.text(node)).filter(|_| self.shape(node) == Some(Shape::Number));
        let digit = u8::try_from(number?.get()).ok().filter(|digit| (1..=9).contains(digit))?;
        Some(Quotient { digit, at: node.byte_range() })
    }
}
