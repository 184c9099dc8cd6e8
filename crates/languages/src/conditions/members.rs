//! Lists and ranges that a status is looked for in.

use std::ops::Range;

use statuslint_codes::StatusCode;
use tree_sitter::Node;

use super::signs::{End, Sign};
use crate::argument::IN_RANGE;
use crate::document::Document;
use crate::syntax::Shape;
use crate::{Member, Membership, Test};

/// More members than this no condition has: it bounds the work on generated lists.
const MOST: usize = 128;

/// Lists within calls that make lists: `Set.of(Arrays.asList(200, 201))`.
const NESTED: usize = 3;

/// Functions that make a list of what they are given.
#[rustfmt::skip]
const LISTS: &[&str] = &[
    "arrayOf", "asList", "frozenset", "hashSetOf", "intArrayOf", "list", "listOf", "mutableSetOf",
    "of", "set", "setOf", "tuple", "Array", "List", "Seq", "Set", "Vector", "HashSet",
];

/// Functions that look for something in a list.
#[rustfmt::skip]
const LOOKS: &[&str] = &[
    "contains", "Contains", "contains?", "cover?", "elem", "has", "has_value", "in_array", "include?",
    "includes", "member?", "tbl_contains",
];

impl<'t> Document<'t> {
    /// Whether the list or range on the right holds what is on the left.
    pub(super) fn held_in(&self, operand: Node<'t>, list: Node<'t>) -> Test {
        self.member_of(operand, list).map_or(Test::Other, Test::In)
    }

    fn member_of(&self, operand: Node<'t>, list: Node<'t>) -> Option<Membership> {
        let members = self.members(list)?;
        (self.code(self.bare(operand)).is_none())
            .then(|| self.operand_text(operand))?
            .map(|operand| Membership { operand, members })
    }

    /// A call that looks for a status in a list or range.
    pub(super) fn membership(&self, node: Node<'t>) -> Option<Membership> {
        if let Some(matched) = self.matched_by_range(node) {
            return Some(matched);
        }
        if let Some((status, list)) = self.sifted(node) {
            return self.member_of(status, list);
        }
        if self.shape(node) != Some(Shape::Call) {
            return None;
        }
        let arguments = self.arguments(node);
        if self.is_prefix(node)
            && let Some(head) =
                node.named_child(0).filter(|it| self.shape(*it) == Some(Shape::List))
        {
            // `(#{200 201} status)`
            return self.member_of(*arguments.first()?, head);
        }
        let callee = self.callee(node)?;
        match (callee.name, callee.receiver, arguments.as_slice()) {
            // `status.between?(200, 299)`
            ("between?", Some(operand), [first, last]) => {
                self.within(operand, self.ends(*first, *last, End::Inclusive)?)
            }
            // `_.inRange(status, 200, 300)`
            (IN_RANGE, _, [operand, first, last]) => {
                self.within(*operand, self.ends(*first, *last, End::Exclusive)?)
            }
            // `matches!(status, 200..=299 | 304)`
            ("matches", _, [operand, pattern]) => {
                let members = self.alternatives(*pattern)?;
                Some(Membership { operand: self.operand_text(*operand)?, members })
            }
            (name, Some(list), [operand]) if LOOKS.contains(&name) => {
                self.member_of(*operand, list)
            }
            (name, _, [first, second, ..]) if LOOKS.contains(&name) => {
                self.member_of(*second, *first).or_else(|| self.member_of(*first, *second))
            }
            _ => None,
        }
    }

    /// The members of a list or range, or of what makes one.
    pub(super) fn members(&self, node: Node<'t>) -> Option<Vec<Member>> {
        self.members_at(node, NESTED)
    }

    fn members_at(&self, node: Node<'t>, depth: usize) -> Option<Vec<Member>> {
        let mut node = self.bare(node);
        // `new Set([…])`, `&[200, 201]`
        if self.shape(node) == Some(Shape::Through)
            && let Some(held) = self.held(node)
        {
            node = self.bare(held);
        }
        if let Some(span) = self.span(node) {
            return Some(vec![span]);
        }
        match self.shape(node) {
            Some(Shape::List) => {
                let mut children = self.children(node);
                // `[200, 204]` behind a sign, as Swift's grammar has it: arguments of the sign.
                let held = |it: &&Node<'t>| self.shape(**it) == Some(Shape::Arguments);
                if let Some(held) = children.iter().find(held) {
                    children = self.children(*held);
                }
                let members = children.iter().take(MOST).map(|child| self.one_member(*child));
                (children.len() <= MOST).then(|| members.collect())
            }
            Some(Shape::Call) if depth > 0 => {
                let name = self.callee(node)?.name;
                let arguments = self.arguments(node);
                if let (Some(end), [first, last]) =
                    (self.tables.signs.range(name), arguments.as_slice())
                {
                    return Some(vec![self.ends(*first, *last, end)?]);
                }
                match arguments.as_slice() {
                    _ if !LISTS.contains(&name) || arguments.len() > MOST => None,
                    [only] if self.code(self.bare(*only)).is_none() => {
                        self.members_at(*only, depth - 1)
                    }
                    _ => Some(arguments.iter().map(|child| self.one_member(*child)).collect()),
                }
            }
            _ => None,
        }
    }

    fn one_member(&self, node: Node<'t>) -> Member {
        let node = self.bare(node);
        match self.code(node) {
            Some((code, at)) => Member::Code { code, at },
            None => self.span(node).unwrap_or(Member::Other),
        }
    }

    /// The alternatives of a pattern: `200..=299 | 304`.
    fn alternatives(&self, pattern: Node<'t>) -> Option<Vec<Member>> {
        let mut members = Vec::new();
        let mut waiting = vec![pattern];
        while let Some(node) = waiting.pop() {
            let node = self.bare(node);
            if let Some((span, rest)) = self.span_before(node) {
                members.push(span);
                waiting.push(rest);
                continue;
            }
            match self.one_member(node) {
                Member::Other if node.child_count() == 3 => {
                    let joint = node.child(1).filter(|sign| self.text(*sign) == "|")?;
                    waiting.extend([joint.next_sibling()?, joint.prev_sibling()?]);
                }
                Member::Other => return None,
                member => members.push(member),
            }
            if members.len() > MOST {
                return None;
            }
        }
        Some(members)
    }

    /// `400..=499 | 503` reads as a range up to `499 | 503` where it stands as an argument.
    fn span_before(&self, range: Node<'t>) -> Option<(Member, Node<'t>)> {
        let end = self.tables.signs.range(self.text(range.child(1)?))?;
        let alternatives = range.child(2).filter(|it| it.child_count() == 3)?;
        let joint = alternatives.child(1).filter(|sign| self.text(*sign) == "|")?;
        let span = self.ends(range.child(0)?, joint.prev_sibling()?, end)?;
        Some((span, joint.next_sibling()?))
    }

    /// The range between two ends.
    fn span(&self, node: Node<'t>) -> Option<Member> {
        let is_call = self.shape(node) == Some(Shape::Call);
        if is_call || node.child_count() < 2 || node.child_count() > 5 {
            return None;
        }
        let mut cursor = node.walk();
        let parts: Vec<Node<'t>> = node.children(&mut cursor).collect();
        let at =
            parts.iter().position(|part| self.tables.signs.range(self.text(*part)).is_some())?;
        let end = self.tables.signs.range(self.text(parts[at]))?;
        let first = at.checked_sub(1).map(|at| parts[at]).filter(Node::is_named);
        let last = parts.get(at + 1).copied().filter(Node::is_named);
        let code = |node: Option<Node<'t>>| match node {
            Some(node) => self.code(self.bare(node)).map(Some),
            None => Some(None),
        };
        match (code(first), code(last)) {
            (Some(first), Some(last)) => {
                Some(Member::Span { first, last, inclusive: end == End::Inclusive })
            }
            _ => Some(Member::Other),
        }
    }

    fn ends(&self, first: Node<'t>, last: Node<'t>, end: End) -> Option<Member> {
        let first: (StatusCode, Range<usize>) = self.code(self.bare(first))?;
        let last = self.code(self.bare(last))?;
        let inclusive = end == End::Inclusive;
        Some(Member::Span { first: Some(first), last: Some(last), inclusive })
    }

    fn within(&self, operand: Node<'t>, span: Member) -> Option<Membership> {
        Some(Membership { operand: self.operand_text(operand)?, members: vec![span] })
    }

    /// `200..<300 ~= status` reads as a range up to `300 ~= status` where the range binds less.
    fn matched_by_range(&self, range: Node<'t>) -> Option<Membership> {
        if self.shape(range) != Some(Shape::Range) || range.child_count() != 3 {
            return None;
        }
        let end = self.tables.signs.range(self.text(range.child(1)?))?;
        let matched = range.child(2)?;
        let sign = self.tables.signs.sign(self.text(matched.child(1)?))?;
        if sign != Sign::Holds || matched.child_count() != 3 {
            return None;
        }
        let span = self.ends(range.child(0)?, matched.child(0)?, end)?;
        self.within(matched.child(2)?, span)
    }
}
