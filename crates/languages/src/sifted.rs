//! Lists whose elements a block compares with a status: `grep { $_ == $status } (500, 502)` in Perl.

use tree_sitter::Node;

use crate::Role;
use crate::document::{Document, encloses};
use crate::facts::Candidate;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;

/// Levels between a block and the only comparison in it.
const LAYERS: usize = 4;

/// What asks whether some element fits. `none` asks for the opposite, `all` for something else.
const SOME: &[&str] = &["grep", "any", "first"];

impl<'t> Document<'t> {
    /// The status that a block compares each element of a list with, and the list.
    pub(crate) fn sifted(&self, node: Node<'t>) -> Option<(Node<'t>, Node<'t>)> {
        let (name, block, list) = match self.shape(node)? {
            Shape::Sift => {
                let block = self.part(node, Part::Condition)?;
                (node.child(0)?, block, self.part(node, Part::Value)?)
            }
            // `any { $_ == $status } (500, 502)`: to the grammar a call with an object before its
            // arguments.
            Shape::Call => {
                let block = node.named_child(1).filter(|it| it.kind() == "indirect_object")?;
                (node.named_child(0)?, block, self.part(node, Part::Arguments)?)
            }
            _ => return None,
        };
        let compares = SOME.contains(&self.text(name));
        compares.then(|| self.compared_with_element(block)).flatten().map(|status| (status, list))
    }

    /// What the only comparison of a block compares the element with.
    fn compared_with_element(&self, block: Node<'t>) -> Option<Node<'t>> {
        let mut node = block;
        for _ in 0..LAYERS {
            if self.shape(node) == Some(Shape::Binary) {
                break;
            }
            node = node.named_child(0).filter(|_| node.named_child_count() == 1)?;
        }
        let (left, sign, right) = (node.child(0)?, node.child(1)?, node.child(2)?);
        match (self.text(left), self.text(sign), self.text(right)) {
            ("$_", "==" | "eq", _) => Some(right),
            (_, "==" | "eq", "$_") => Some(left),
            _ => None,
        }
    }

    /// The candidate is in a list whose elements are compared with a status.
    pub(crate) fn sift(&self, node: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let (status, list) = self.sifted(node)?;
        let within = encloses(list, candidate.node);
        within.then(|| self.compared(self.subject(status), candidate, Role::Compare)).flatten()
    }
}
