//! Chains that a grammar nests by itself: `f a b` as calls of one argument each, `a == 1 && b`
//! whatever binds closer, as Haskell's does.

use tree_sitter::Node;

use crate::argument::Given;
use crate::climb::Step;
use crate::document::{Callee, Document, Neighbour, encloses};
use crate::facts::{Candidate, Facts};
use crate::folder::Tables;
use crate::syntax::{Part, Shape};

/// Longer chains are looked at no further: it bounds the work on hostile input.
const LINKS: usize = 32;

impl<'t> Document<'t> {
    /// The whole of a chain of calls.
    pub(crate) fn whole_chain(&self, call: Node<'t>) -> Node<'t> {
        let mut whole = call;
        for _ in 0..LINKS {
            match self.parent(whole) {
                Some(up)
                    if self.tables.syntax.is_chained(up)
                        && self.is_in_part(up, Part::Function, whole) =>
                {
                    whole = up;
                }
                _ => break,
            }
        }
        whole
    }

    /// What a chain of calls calls in the end.
    pub(crate) fn chain_head(&self, call: Node<'t>) -> Node<'t> {
        let mut head = call;
        for _ in 0..LINKS {
            match self.part(head, Part::Function) {
                Some(function) if self.tables.syntax.is_chained(head) => head = function,
                _ => break,
            }
        }
        head
    }

    /// What a chain of calls is given, in order.
    pub(crate) fn chained_arguments(&self, call: Node<'t>) -> Vec<Node<'t>> {
        let mut arguments = Vec::new();
        let mut link = call;
        for _ in 0..LINKS {
            let (Some(argument), true) =
                (self.part(link, Part::Arguments), self.tables.syntax.is_chained(link))
            else {
                break;
            };
            arguments.push(self.tables.syntax.unwrapped(argument));
            let Some(function) = self.part(link, Part::Function) else { break };
            link = function;
        }
        arguments.reverse();
        arguments
    }

    /// Of `code >= 200 && …`, nested to the right, what stands before the 200.
    pub(crate) fn chained_before(
        &self,
        binary: Node<'t>,
        operand: Node<'t>,
    ) -> Option<Neighbour<'t>> {
        let first = self.tables.syntax.is_chained(binary)
            && binary.named_child(0).is_some_and(|first| encloses(first, operand));
        let up = self.parent(binary).filter(|up| first && self.tables.syntax.is_chained(*up))?;
        let mut cursor = up.walk();
        let parts: Vec<Node<'t>> = up.named_children(&mut cursor).collect();
        match parts.as_slice() {
            [left, operator, right] if right.id() == binary.id() => {
                Some(Neighbour { operator: self.text(*operator), operand: *left, before: true })
            }
            _ => None,
        }
    }

    /// Of operators nested to the right, the first operand.
    pub(crate) fn chained_first(&self, operand: Node<'t>) -> Node<'t> {
        let chained =
            self.shape(operand) == Some(Shape::Binary) && self.tables.syntax.is_chained(operand);
        let first = operand.named_child(0).filter(|_| chained);
        self.tables.syntax.unwrapped(first.unwrap_or(operand))
    }

    /// ``response `shouldRespondWith` 200``: a function written between what it is given.
    pub(crate) fn between(
        &self,
        binary: Node<'t>,
        beside: &Neighbour<'t>,
        candidate: &Candidate<'t>,
    ) -> Step<'t> {
        let name = beside.operator.trim_matches('`');
        if name.len() == beside.operator.len() {
            return Step::End(None);
        }
        let own =
            if encloses(beside.operand, candidate.node) { beside.operand } else { candidate.node };
        let (arguments, at) = if beside.before {
            (vec![beside.operand, own], 1)
        } else {
            (vec![own, beside.operand], 0)
        };
        let callee = Callee { name, receiver: None };
        self.told_by_type(&Given { call: binary, callee, arguments, at }, candidate)
    }
}

impl<'t> Facts<'t> {
    /// Notes what is piped into which call.
    pub(crate) fn pipe(&mut self, node: Node<'t>, text: &'t str, tables: &'static Tables) {
        let part = |part| tables.syntax.part_in(node, part, text);
        let Some(mut value) = part(Part::Object) else { return };
        if let Some(call) = part(Part::Function) {
            self.pipes.insert(call.id(), value);
            return;
        }
        // `(-> (response "none") (status 404))`: each goes into the next.
        while let Some(next) = value.next_named_sibling() {
            self.pipes.insert(next.id(), value);
            value = next;
        }
    }
}
