//! Chains of `if` and `else if`.

use tree_sitter::Node;

use super::Way;
use crate::document::{Document, encloses};
use crate::syntax::{Part, Shape};
use crate::{Arm, BranchesKind, Condition, Test};

/// Levels between a status and the `if` it is asked for in.
const HEIGHT: usize = 24;

/// Longer chains are none.
const LINKS: usize = 64;

/// Levels between an `if` and the one whose `else` it is.
const STEPS: usize = 6;

impl<'t> Document<'t> {
    /// The `if` that asks for a status, and the first one of its chain.
    pub(super) fn link_way(&self, node: Node<'t>) -> Option<Way<'t>> {
        if self.tables.syntax.is_prefixed() {
            return self.link_in_turn(node);
        }
        let mut above = self.ancestors(node).take(HEIGHT);
        let arm = above.find(|up| self.is_link(*up) || self.is_statement(*up))?;
        if !encloses(self.link_condition(arm)?, node) {
            return None;
        }
        let mut whole = arm;
        for _ in 0..LINKS {
            match self.link_before(whole) {
                Some(before) => whole = before,
                None => break,
            }
        }
        if self.link_before(whole).is_some() {
            return None;
        }
        // Guards stand side by side in what they are guards of.
        let guards = self.shape(arm) == Some(Shape::Through);
        let whole = if guards { self.parent(whole)? } else { whole };
        Some(Way { kind: BranchesKind::Chain, whole, arm })
    }

    /// `(cond (>= status 400) … (= status 404) …)`: conditions and what they give in turn.
    fn link_in_turn(&self, node: Node<'t>) -> Option<Way<'t>> {
        let mut arm = node;
        for up in self.ancestors(node).take(HEIGHT) {
            if self.is_list_of_links(up) {
                let at = self.position(up, arm)?;
                let asks = at % 2 == 1 && at + 1 < self.children(up).len();
                return asks.then_some(Way { kind: BranchesKind::Chain, whole: up, arm });
            }
            if self.is_statement(up) {
                return None;
            }
            arm = up;
        }
        None
    }

    /// Whether a choice has several conditions, none of which is the first of its parts.
    fn is_list_of_links(&self, node: Node<'t>) -> bool {
        self.tables.syntax.is_prefixed()
            && self.shape(node) == Some(Shape::Choice)
            && !self.has_part(node, Part::Condition)
    }

    /// Whether a node asks for something and does one thing or another.
    fn is_link(&self, node: Node<'t>) -> bool {
        match self.shape(node) {
            Some(Shape::If | Shape::Choice) => true,
            // `| status == 404 = "none"`
            Some(Shape::Through) => self.part(node, Part::Condition).is_some(),
            // A grammar may have one kind for `if (status == 404)` and for `if (status case 404)`.
            Some(Shape::Switch) => self.text(node).starts_with("if"),
            _ => false,
        }
    }

    fn is_statement(&self, node: Node<'t>) -> bool {
        matches!(
            self.shape(node),
            Some(
                Shape::Block
                    | Shape::Clause
                    | Shape::Function
                    | Shape::Lambda
                    | Shape::Return
                    | Shape::Case
                    | Shape::Class
                    | Shape::Assert
                    | Shape::Each
            )
        )
    }

    fn link_condition(&self, link: Node<'t>) -> Option<Node<'t>> {
        match self.shape(link) {
            Some(Shape::If | Shape::Choice | Shape::Through) => self.part(link, Part::Condition),
            Some(Shape::Switch) => self.part(link, Part::Subject),
            _ => None,
        }
    }

    /// Whether a node holds several things; a long one is not read to its end for that.
    fn has_company(&self, up: Node<'t>) -> bool {
        let mut cursor = up.walk();
        let told = up.named_children(&mut cursor).filter(|child| {
            !matches!(self.shape(*child), Some(Shape::Comment | Shape::Mark | Shape::Hidden))
        });
        told.take(2).count() > 1 || self.children(up).len() != 1
    }

    /// The `if` whose `else` another is.
    fn link_before(&self, link: Node<'t>) -> Option<Node<'t>> {
        if self.shape(link) == Some(Shape::Through) {
            let before = link.prev_named_sibling();
            return before.filter(|it| it.kind_id() == link.kind_id() && self.is_link(*it));
        }
        let mut node = link;
        let mut is_else = false;
        for up in self.ancestors(link).take(STEPS) {
            let before = self.text.get(up.start_byte()..node.start_byte())?.trim_end();
            let text = self.text(node);
            is_else |=
                before.ends_with("else") || text.starts_with("els") || text.starts_with("elif");
            if self.is_link(up) {
                let asks = self.link_condition(up).is_some_and(|asked| encloses(asked, link));
                return (is_else && !asks).then_some(up);
            }
            let plain = matches!(
                self.shape(up),
                None | Some(Shape::Through | Shape::Block | Shape::Hidden | Shape::Clause)
            );
            if !plain || self.has_company(up) {
                return None;
            }
            node = up;
        }
        None
    }

    /// One `if` of a chain.
    pub(super) fn link_arm(&self, link: Node<'t>) -> Option<Arm> {
        if self.shape(link) == Some(Shape::Case) {
            return self.case_of_conditions(link);
        }
        if self.parent(link).is_some_and(|up| self.is_list_of_links(up)) {
            return Some(Arm {
                condition: self.condition(link),
                guarded: false,
                falls_through: false,
            });
        }
        let asked = self.link_condition(link)?;
        if self.shape(link) == Some(Shape::Through) {
            // `| status == 404, late = …`
            let [only] = self.children(asked)[..] else { return None };
            return Some(Arm {
                condition: self.condition(only),
                guarded: false,
                falls_through: false,
            });
        }
        // `if err = send(request); status == 404`
        let before = self.text.get(link.start_byte()..asked.start_byte()).unwrap_or("");
        let guarded = before.contains([';', '=']);
        let asked = match self.children(asked).as_slice() {
            [only] if self.text(asked).starts_with('(') => *only,
            _ => asked,
        };
        let condition = self.condition(asked);
        Some(Arm { condition, guarded, falls_through: false })
    }

    /// One of the conditions of a switch without a subject.
    fn case_of_conditions(&self, case: Node<'t>) -> Option<Arm> {
        let mut parts = self.parts(case, Part::Condition);
        // `$status >= 500, $failed => …`: the conditions are all there is of the case.
        if parts.is_empty() && case.kind().ends_with("list") {
            parts = self.children(case);
        }
        let range = parts.first()?.start_byte()..parts.last()?.end_byte();
        let mut asked: Vec<Condition> = Vec::new();
        for part in parts {
            let listed = matches!(self.shape(part), Some(Shape::List | Shape::Arguments))
                || part.kind().ends_with("list");
            let each = if listed { self.children(part) } else { vec![part] };
            asked.extend(each.into_iter().map(|part| self.condition(part)));
        }
        let condition = match asked.len() {
            1 => asked.pop()?,
            _ => Condition { range, test: Test::Or(asked) },
        };
        Some(Arm { condition, guarded: false, falls_through: self.falls_through(case) })
    }
}
