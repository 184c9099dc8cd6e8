//! The arms of switches and matches.

use tree_sitter::Node;

use super::{Sites, Way, equals};
use crate::document::{Document, encloses};
use crate::syntax::{Part, Shape};
use crate::{Arm, BranchesKind, Condition, Test};

/// Levels between a status and its case, and between that and the switch.
const HEIGHT: usize = 16;

/// Children of a case that are looked at for a guard.
const HEAD: usize = 12;

/// What comes before, or holds, what must hold besides the pattern.
#[rustfmt::skip]
const GUARDS: &[&str] = &[
    "if", "unless", "when", "where", "guard", "guards", "if_clause", "when_clause",
    "where_keyword", "if_guard", "unless_guard",
];

/// Cases whose statements run on into those of the next unless they leave.
const RUNNING: &[&str] = &["case_statement", "switch_case", "switch_block_statement_group"];

impl<'t> Document<'t> {
    /// The case that a status is the pattern of, or stands in the pattern of.
    pub(super) fn case_way(&self, node: Node<'t>) -> Option<Way<'t>> {
        if self.tables.syntax.is_prefixed() {
            return self.turn_way(node);
        }
        let mut above = self.ancestors(node).take(HEIGHT);
        let case = above.find(|up| !self.is_in_pattern(*up))?;
        // `>= 200 && < 300 => …` has no pattern of its own.
        let bare = || {
            let above = self.parent(case).and_then(|up| self.shape(up));
            above == Some(Shape::Switch) && self.has_bare_comparison(case)
        };
        match self.shape(case) {
            Some(Shape::Case) => {}
            Some(Shape::Choice) if bare() => return self.bare_way(case, node),
            _ => return None,
        }
        let conditions = self.parts(case, Part::Condition);
        if self.has_part(case, Part::Condition)
            && !conditions.into_iter().any(|condition| encloses(condition, node))
        {
            return None;
        }
        let mut around = self.ancestors(case).take(HEIGHT);
        let whole = around.find(|up| {
            let ends =
                matches!(self.shape(*up), Some(Shape::Switch | Shape::Lambda | Shape::Function));
            // What the preprocessor leaves out does not stand beside the rest.
            ends || up.kind().starts_with("preproc")
        })?;
        let is_switch = self.shape(whole) == Some(Shape::Switch);
        let in_subject = self.is_in_part(whole, Part::Subject, case);
        if !is_switch || in_subject {
            return None;
        }
        let decides = self.part(whole, Part::Subject).is_some_and(|subject| {
            !matches!(self.subject_text(subject).as_str(), "true" | "True" | "")
        });
        let kind = if decides { BranchesKind::Switch } else { BranchesKind::Chain };
        Some(Way { kind, whole, arm: case })
    }

    /// `>= 200 && < 300 => …`: a status before the arrow.
    fn bare_way(&self, case: Node<'t>, node: Node<'t>) -> Option<Way<'t>> {
        let whole = self.parent(case)?;
        let before = self.text.get(case.start_byte()..node.start_byte())?;
        let way = Way { kind: BranchesKind::Switch, whole, arm: case };
        (!before.contains("=>") && self.part(whole, Part::Subject).is_some()).then_some(way)
    }

    /// `(case status 404 … (500 502) …)`: cases and what they give in turn.
    fn turn_way(&self, node: Node<'t>) -> Option<Way<'t>> {
        let mut arm = node;
        let whole = self.ancestors(node).take(2).find(|up| {
            let is_switch = self.shape(*up) == Some(Shape::Switch);
            if !is_switch {
                arm = *up;
            }
            is_switch
        })?;
        self.turn_of(whole, arm)?;
        Some(Way { kind: BranchesKind::Switch, whole, arm })
    }

    /// The place of a case among the children of its switch, where cases and values stand in turn.
    pub(crate) fn turn_of(&self, switch: Node<'t>, case: Node<'t>) -> Option<usize> {
        let subject = self.part(switch, Part::Subject)?;
        let (subject, at) = (self.position(switch, subject)?, self.position(switch, case)?);
        let has_value = at + 1 < self.children(switch).len();
        (at > subject && (at - subject) % 2 == 1 && has_value).then_some(at)
    }

    /// Whether a node can stand between a status and the case it is a pattern of.
    fn is_in_pattern(&self, node: Node<'t>) -> bool {
        match self.shape(node) {
            Some(
                Shape::Through
                | Shape::Path
                | Shape::Member
                | Shape::Module
                | Shape::Range
                | Shape::List
                | Shape::Arguments
                | Shape::Union
                | Shape::Binary,
            ) => true,
            None => node.kind().ends_with("pattern"),
            _ => false,
        }
    }

    /// What a switch is over, when it is one operand.
    pub(super) fn switched(&self, switch: Node<'t>) -> Option<String> {
        let subject = self.part(switch, Part::Subject)?;
        let several = self.shape(subject) == Some(Shape::List) && self.children(subject).len() != 1;
        (!several).then(|| self.subject_text(subject))
    }

    /// An arm of a switch over an operand.
    pub(super) fn case_arm(&self, case: Node<'t>, operand: &str, sites: &Sites<'_>) -> Option<Arm> {
        if self.tables.syntax.is_prefixed() {
            let condition = self.listed(case, operand, sites)?;
            return Some(Arm { condition, guarded: false, falls_through: false });
        }
        let guarded = self.is_guarded(case);
        let condition = self.pattern_of(case, operand, guarded, sites)?;
        Some(Arm { condition, guarded, falls_through: self.falls_through(case) })
    }

    /// `404`, `(500 502)`
    fn listed(&self, case: Node<'t>, operand: &str, sites: &Sites<'_>) -> Option<Condition> {
        if let Some(site) = sites.at(case) {
            return equals(operand, site);
        }
        let asked: Vec<Condition> = self
            .children(case)
            .into_iter()
            .filter_map(|code| equals(operand, sites.at(code)?))
            .collect();
        Some(Condition { range: case.byte_range(), test: Test::Or(asked) })
    }

    /// Whether more must hold than the pattern says.
    fn is_guarded(&self, case: Node<'t>) -> bool {
        let between = |up: &Node<'t>| self.shape(*up) != Some(Shape::Switch);
        let levels = std::iter::once(case).chain(self.ancestors(case).take_while(between));
        levels.take(3).any(has_guard)
    }

    /// Whether an arm goes on into the next one.
    pub(super) fn falls_through(&self, case: Node<'t>) -> bool {
        let between = |up: &Node<'t>| self.shape(*up) != Some(Shape::Switch);
        let levels = std::iter::once(case).chain(self.ancestors(case).take_while(between));
        levels.take(3).any(|level| {
            let text = self.text(level).trim_end_matches(|c: char| c.is_whitespace() || c == ';');
            if text.ends_with("fallthrough") {
                return true;
            }
            let arrow =
                level.child_count() > 1 && text.contains("->") && level.kind() == "switch_rule";
            RUNNING.contains(&level.kind()) && !arrow && !leaves(level)
        })
    }
}

/// Whether a case has a guard beside its pattern.
fn has_guard(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let children = node.children(&mut cursor).skip(1).take(HEAD);
    for child in children {
        let within =
            child.kind() == "match" && child.child(1).is_some_and(|it| it.kind() == "guards");
        if GUARDS.contains(&child.kind()) || within || child.is_error() {
            return true;
        }
    }
    false
}

/// Whether the last statement of a case leaves it.
fn leaves(case: Node<'_>) -> bool {
    let mut node = case;
    for _ in 0..8 {
        let count = node.named_child_count();
        let last = u32::try_from(count.saturating_sub(1)).ok().and_then(|at| node.named_child(at));
        let Some(last) = last.filter(|last| last.id() != node.id()) else { return false };
        if is_jump(last.kind()) {
            return true;
        }
        let is_block = last.kind().contains("block") || last.kind() == "compound_statement";
        if !is_block && !last.kind().ends_with("statement") {
            return false;
        }
        node = last;
    }
    false
}

fn is_jump(kind: &str) -> bool {
    ["break", "return", "throw", "continue", "goto", "exit", "yield"]
        .iter()
        .any(|word| kind.starts_with(word))
}
