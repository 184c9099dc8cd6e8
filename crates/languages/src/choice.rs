//! Values that depend on a condition: `error.status if error else 500`.

use tree_sitter::Node;

use crate::climb::{Step, Way};
use crate::document::Document;
use crate::facts::Candidate;
use crate::names::Says;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Role};

impl<'t> Document<'t> {
    /// One of the values of a choice, or what it depends on.
    pub(crate) fn choice(
        &self,
        parent: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Step<'t> {
        if let Some(operator) = self.relation(node) {
            return Step::End(self.related(parent, operator, candidate));
        }
        if self.is_condition(parent, node) {
            return self.whole_pattern(node, candidate, way);
        }
        if self.is_named_by_arm(parent, candidate) {
            return Step::End(Some(Verdict::new(Role::Table, Evidence::Certain)));
        }
        match self.alternative(parent, node, candidate) {
            Some(verdict) => Step::End(Some(verdict)),
            None => Step::On,
        }
    }

    /// Whether a child of a choice is what it depends on; a grammar without a name for that has it
    /// between the two values, as Python writes it.
    pub(crate) fn is_condition(&self, choice: Node<'t>, child: Node<'t>) -> bool {
        if self.has_part(choice, Part::Condition) {
            // An arm may have several patterns side by side.
            return self.is_in_part(choice, Part::Condition, child)
                || self.shape(child) == Some(Shape::Case);
        }
        self.children(choice).get(1).is_some_and(|condition| condition.id() == child.id())
    }

    /// `error.status if error else 500`: the other value of the choice says status.
    fn alternative(
        &self,
        choice: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let children = self.children(choice);
        // `$status ?: 500`: what is asked is the value.
        let short = children.len() == 2;
        children
            .into_iter()
            .filter(|other| other.id() != node.id())
            .filter(|other| short || !self.is_condition(choice, *other))
            .map(|other| self.subject(other))
            .filter(|subject| subject.says >= Says::Status)
            .find_map(|subject| self.compared(subject, candidate, Role::Emit))
    }

    /// `HttpStatus.notFound => …`: the pattern of an arm may be the candidate itself.
    fn whole_pattern(&self, node: Node<'t>, candidate: &Candidate<'t>, way: &Way) -> Step<'t> {
        let whole = node.id() == candidate.node.id();
        match self.shape(node) {
            Some(Shape::Case) if whole => self.case(node, node, candidate, way),
            _ => Step::End(None),
        }
    }
}
