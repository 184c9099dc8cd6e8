//! Chains of `if` and `else if`.

use tree_sitter::Node;

use super::{Sites, Way, equals};
use crate::document::{Document, encloses};
use crate::operators::Operator;
use crate::syntax::{Part, Shape};
use crate::{Arm, BranchesKind, Comparator, Comparison, Condition, Member, Membership, Test};

/// Levels between a status and the `if` it is asked for in.
const HEIGHT: usize = 24;

/// Longer chains are none.
const LINKS: usize = 64;

/// Levels between an `if` and the one whose `else` it is.
const STEPS: usize = 6;

/// Conditions nested deeper than this ask for something else.
const DEPTH: usize = 16;

impl<'t> Document<'t> {
    /// The `if` that asks for a status, and the first one of its chain.
    pub(super) fn link_way(&self, node: Node<'t>) -> Option<Way<'t>> {
        let mut above = self.ancestors(node).take(HEIGHT);
        let arm = above.find(|up| self.is_link(*up) || self.is_statement(*up))?;
        if !encloses(self.link_condition(arm)?, node) {
            return None;
        }
        let mut whole = arm;
        for _ in 0..LINKS {
            match self.link_before(whole) {
                Some(before) => whole = before,
                None => return Some(Way { kind: BranchesKind::Chain, whole, arm }),
            }
        }
        None
    }

    /// Whether a node asks for something and does one thing or another.
    fn is_link(&self, node: Node<'t>) -> bool {
        match self.shape(node) {
            Some(Shape::If | Shape::Choice) => true,
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
            Some(Shape::If | Shape::Choice) => self.part(link, Part::Condition),
            Some(Shape::Switch) => self.part(link, Part::Subject),
            _ => None,
        }
    }

    /// The `if` whose `else` another is.
    fn link_before(&self, link: Node<'t>) -> Option<Node<'t>> {
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
            if !plain || self.children(up).len() != 1 {
                return None;
            }
            node = up;
        }
        None
    }

    /// One `if` of a chain.
    pub(super) fn link_arm(&self, link: Node<'t>, sites: &Sites<'_>) -> Option<Arm> {
        if self.shape(link) == Some(Shape::Case) {
            return self.case_of_conditions(link, sites);
        }
        let asked = self.link_condition(link)?;
        // `if err = send(request); status == 404`
        let before = self.text.get(link.start_byte()..asked.start_byte()).unwrap_or("");
        let guarded = before.contains([';', '=']);
        let condition = self.asked_by(asked, sites, 0);
        Some(Arm { condition, guarded, falls_through: false })
    }

    /// One of the conditions of a switch without a subject.
    fn case_of_conditions(&self, case: Node<'t>, sites: &Sites<'_>) -> Option<Arm> {
        let parts = self.parts(case, Part::Condition);
        let range = parts.first()?.start_byte()..parts.last()?.end_byte();
        let mut asked: Vec<Condition> = Vec::new();
        for part in parts {
            let listed = self.shape(part) == Some(Shape::List) || part.kind().ends_with("list");
            let each = if listed { self.children(part) } else { vec![part] };
            asked.extend(each.into_iter().map(|part| self.asked_by(part, sites, 0)));
        }
        let condition = match asked.len() {
            1 => asked.pop()?,
            _ => Condition { range, test: Test::Or(asked) },
        };
        Some(Arm { condition, guarded: false, falls_through: self.falls_through(case) })
    }

    /// What an expression asks.
    fn asked_by(&self, node: Node<'t>, sites: &Sites<'_>, depth: usize) -> Condition {
        let range = node.byte_range();
        let text = self.text(node);
        let inner = |node: Node<'t>| self.asked_by(node, sites, depth + 1);
        let test = match self.shape(node) {
            _ if depth > DEPTH => Test::Other,
            Some(Shape::Binary) => self.compared_by(node, sites, depth),
            Some(Shape::Through) => match self.children(node).as_slice() {
                [only] if text.starts_with('(') => return inner(*only),
                [only] if text.starts_with('!') || text.starts_with("not") => {
                    Test::Not(Box::new(inner(*only)))
                }
                _ => Test::Other,
            },
            None => match self.children(node).as_slice() {
                [only] if text.starts_with('(') => return inner(*only),
                _ => Test::Other,
            },
            _ => Test::Other,
        };
        Condition { range, test }
    }

    fn compared_by(&self, node: Node<'t>, sites: &Sites<'_>, depth: usize) -> Test {
        let Some([left, right]) = self.operands(node) else { return Test::Other };
        let Some(beside) = self.neighbours(node, left).into_iter().next() else {
            return Test::Other;
        };
        let both = || {
            let inner = |node: Node<'t>| self.asked_by(node, sites, depth + 1);
            vec![inner(left), inner(right)]
        };
        match self.operator(beside.operator) {
            Some(Operator::And) => Test::And(both()),
            Some(Operator::Else) => Test::Or(both()),
            Some(Operator::Equal | Operator::Order) => self
                .comparison(left, beside.operator, right, sites)
                .map_or(Test::Other, Test::Compare),
            Some(Operator::In) if !beside.operator.contains("not") => {
                self.membership(left, right, sites).map_or(Test::Other, Test::In)
            }
            _ => Test::Other,
        }
    }

    fn comparison(
        &self,
        left: Node<'t>,
        operator: &str,
        right: Node<'t>,
        sites: &Sites<'_>,
    ) -> Option<Comparison> {
        let comparator = match operator {
            "==" | "===" | "is" | "eq" | "=" => Comparator::Equal,
            "!=" | "!==" | "is not" | "<>" | "~=" | "ne" | "=/=" | "/=" => Comparator::NotEqual,
            "<" => Comparator::Less,
            "<=" => Comparator::LessOrEqual,
            ">" => Comparator::Greater,
            ">=" => Comparator::GreaterOrEqual,
            _ => return None,
        };
        let (operand, site, operator) = match (sites.at(left), sites.at(right)) {
            (None, Some(site)) => (left, site, comparator),
            (Some(site), None) => (right, site, mirrored(comparator)),
            _ => return None,
        };
        let operand = self.operand_text(operand);
        steady(&operand).then_some(())?;
        Some(Comparison { operand, operator, code: site.code()?, at: site.range.clone() })
    }

    fn membership(
        &self,
        operand: Node<'t>,
        list: Node<'t>,
        sites: &Sites<'_>,
    ) -> Option<Membership> {
        if self.shape(list) != Some(Shape::List) {
            return None;
        }
        let operand = self.operand_text(operand);
        steady(&operand).then_some(())?;
        let member = |node: &Node<'t>| match sites.at(*node).and_then(|site| equals("", site)) {
            Some(Condition { test: Test::Compare(comparison), .. }) => {
                Member::Code { code: comparison.code, at: comparison.at }
            }
            _ => Member::Other,
        };
        Some(Membership { operand, members: self.children(list).iter().map(member).collect() })
    }
}

/// The comparator seen from the other side.
fn mirrored(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Less => Comparator::Greater,
        Comparator::LessOrEqual => Comparator::GreaterOrEqual,
        Comparator::Greater => Comparator::Less,
        Comparator::GreaterOrEqual => Comparator::LessOrEqual,
        equal => equal,
    }
}

/// Whether an operand is the same when it is asked for again: nothing is given to what it calls,
/// and nothing is assigned in it.
fn steady(operand: &str) -> bool {
    let calls = operand.matches('(').count();
    !operand.contains('=') && operand.matches("()").count() == calls && !operand.contains("await")
}
