//! Patterns that values are matched with: `%{status: 200} = response`, `in {status: 404}`,
//! `{:ok, %{status: 404}} <- get(url)`; and pairs that are arguments by name.

use tree_sitter::Node;

use crate::document::{Document, encloses};
use crate::facts::Candidate;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Argument, Role};

/// Lists and maps within each other in a pattern.
const NESTED: usize = 12;

impl<'t> Document<'t> {
    /// What a pair does in a pattern, when it stands in one.
    pub(crate) fn role_in_pattern(&self, pair: Node<'t>) -> Option<Role> {
        let holds = |node: &Node<'t>| {
            matches!(
                self.shape(*node),
                Some(
                    Shape::Map
                        | Shape::Pair
                        | Shape::List
                        | Shape::Through
                        | Shape::Record
                        | Shape::Arguments
                )
            )
        };
        let outer = self.ancestors(pair).take(NESTED).find(|node| !holds(node))?;
        let in_part = |part| self.is_in_part(outer, part, pair);
        match self.shape(outer)? {
            Shape::Case if !self.has_part(outer, Part::Condition) || in_part(Part::Condition) => {
                Some(Role::Branch)
            }
            Shape::Each | Shape::Assign if in_part(Part::Name) => Some(self.equality(outer, "")),
            _ => None,
        }
    }

    /// `404 = response.status`: a value that another is matched with.
    pub(crate) fn matched_with(
        &self,
        assignment: Node<'t>,
        pattern: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let value = self.part(assignment, Part::Value)?;
        (pattern.byte_range() == candidate.node.byte_range())
            .then(|| self.compared(self.subject(value), candidate, self.equality(assignment, "")))
            .flatten()
    }

    /// `render json: order, status: 404`: an argument by name that is written as a pair.
    pub(crate) fn pair_in_call(
        &self,
        pair: Node<'t>,
        key: &str,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let call = self.call_of_pair(pair)?;
        let callee = self.callee(call)?;
        let known = |key: &str| {
            self.known_call(call, callee, &Argument::Keyword(key.to_owned()), candidate)
        };
        known(key).or_else(|| known("*"))
    }

    /// The call that a pair is an argument of.
    pub(crate) fn call_of_pair(&self, pair: Node<'t>) -> Option<Node<'t>> {
        let mut above =
            self.ancestors(pair).skip_while(|up| self.shape(*up) == Some(Shape::Through));
        let list = above.next().filter(|list| self.shape(*list) == Some(Shape::Arguments))?;
        above.next().filter(|call| self.shape(*call) == Some(Shape::Call) && encloses(*call, list))
    }
}
