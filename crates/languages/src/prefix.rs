//! Lists that begin with what is called, as Lisp writes them: `(= 404 (:status response))`.

use tree_sitter::Node;

use crate::Role;
use crate::argument::Given;
use crate::climb::{Step, Way};
use crate::document::{Document, encloses};
use crate::facts::Candidate;
use crate::folder::Tables;
use crate::operators::Operator;
use crate::syntax::{Part, Shape};

impl<'t> Document<'t> {
    /// `(= 404 (:status response))`, `(<= 200 status 299)`: an operator is called with its operands.
    pub(crate) fn operated(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Step<'t>> {
        let operator = self.operator(given.callee.name).filter(|_| self.is_prefix(given.call))?;
        let role = match operator {
            Operator::Equal => self.equality(given.call, given.callee.name),
            Operator::Order => Role::Bound,
            _ => return None,
        };
        let mut others = given.others().filter(|_| way.lists.is_empty());
        let verdict =
            others.find_map(|(_, other)| self.compared(self.subject(other), candidate, role));
        Some(Step::End(verdict))
    }

    /// The candidate is in what a list begins with: `(case status (404 410) …)` lists the codes of
    /// an arm, and a set that is called tells whether it holds what it is given.
    pub(crate) fn led(
        &self,
        list: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Step<'t> {
        match self.shape(node) {
            Some(Shape::Number) => Step::On,
            // `(#{200 201} (:status response))`
            Some(Shape::List) => {
                let role = self.equality(list, "");
                let sought = self.arguments(list).into_iter().next();
                Step::End(sought.and_then(|it| self.compared(self.subject(it), candidate, role)))
            }
            _ => Step::End(None),
        }
    }

    /// `(case (:status response) 404 nil (500 503) (retry) body)`: tests and values in turn after
    /// the subject, and at the end a value without a test.
    pub(crate) fn arm_in_turn(
        &self,
        switch: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Step<'t> {
        let Some(subject) = self.part(switch, Part::Subject) else { return Step::End(None) };
        let arms: Vec<Node<'t>> = self
            .children(switch)
            .into_iter()
            .filter(|child| child.start_byte() >= subject.end_byte())
            .collect();
        let Some(at) = arms.iter().position(|arm| encloses(*arm, node)) else {
            return Step::End(None);
        };
        let is_test = at % 2 == 0 && at + 1 < arms.len();
        if !is_test {
            return Step::On;
        }
        Step::End(self.compared(self.subject(subject), candidate, Role::Branch))
    }

    /// `(let [status 404] …)`: what a name is bound to in the list a block begins with.
    pub(crate) fn bound(
        &self,
        list: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Step<'t>> {
        let block = self.parent(list).filter(|up| self.shape(*up) == Some(Shape::Block))?;
        let begins = self.children(block).get(1).is_some_and(|first| first.id() == list.id());
        if !self.tables.syntax.is_prefixed() || !begins {
            return None;
        }
        let at = self.position(list, node).filter(|at| at % 2 == 1);
        let name = at.and_then(|at| self.children(list).get(at - 1).copied());
        let verdict =
            name.and_then(|name| self.compared(self.subject(name), candidate, Role::Define));
        Some(Step::End(verdict))
    }

    /// Whether a value is compared in an assertion: `(is (= {:status 404} response))`.
    pub(crate) fn is_asserted(&self, map: Node<'t>) -> bool {
        self.parent(map).is_some_and(|call| {
            self.is_prefix(call)
                && self.callee(call).is_some_and(|callee| self.compares(callee.name))
                && self.equality(call, "") == Role::Expect
        })
    }
}

/// Whether a symbol, the last node above, is what its list calls.
pub(crate) fn leads(above: &[Node<'_>], text: &str, tables: &'static Tables) -> bool {
    let [.., list, symbol] = above else { return false };
    tables.syntax.part_in(*list, Part::Function, text) == Some(*symbol)
}
