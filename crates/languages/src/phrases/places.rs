//! Where the words beside a code stand: cells of a row, arguments of a call, fields, arms.

use tree_sitter::Node;

use super::{LONGEST, STEPS, TURNS, Words};
use crate::document::{Document, encloses};
use crate::syntax::{Part, Shape};
use crate::value;

/// More cells beside a code than this are data.
const CELLS: usize = 8;

/// The names that the phrase has beside a status: `statusText: "Not Found"`.
const PHRASE_FIELDS: &[&str] = &[
    "reason",
    "reasonphrase",
    "reason_phrase",
    "statustext",
    "status_text",
    "statusmessage",
    "status_message",
];

impl<'t> Document<'t> {
    pub(super) fn string(&self, node: Node<'t>) -> Option<Node<'t>> {
        let node = self.tables.syntax.unwrapped(node);
        (self.shape(node) == Some(Shape::String) && node.byte_range().len() < LONGEST + 8)
            .then_some(node)
    }

    /// A string, or the first of a list: `404: ("Not Found", "Nothing is here")`.
    pub(super) fn phrase_of(&self, node: Node<'t>) -> Option<Node<'t>> {
        let node = self.tables.syntax.unwrapped(node);
        match self.shape(node) {
            Some(Shape::List) => self.children(node).first().and_then(|first| self.string(*first)),
            _ => self.string(node),
        }
    }

    /// The strings that a call is given beside a code, by name or not.
    pub(super) fn strings_of(
        &self,
        all: Vec<Node<'t>>,
        unit: Node<'t>,
        given: bool,
    ) -> Vec<Words<'t>> {
        if all.len() > CELLS {
            return Vec::new();
        }
        let text = |node: Node<'t>| match self.shape(node) {
            Some(Shape::Keyword) => self.string(self.part(node, Part::Value)?),
            _ => self.string(node),
        };
        all.into_iter()
            .filter(|node| !encloses(*node, unit))
            .filter_map(|node| text(node).filter(|text| !self.is_symbol(*text)))
            .map(|node| Words { node, given })
            .collect()
    }

    /// `res.status(404).send("Not Found")`: the only thing the next call is given.
    pub(super) fn next_link(&self, call: Node<'t>) -> Option<Words<'t>> {
        let link = self.call_on(call)?;
        // What is piped into the call is no argument of its own.
        let piped = usize::from(self.facts.pipes.contains_key(&link.id()));
        let arguments = self.arguments(link);
        let Some(&[only]) = arguments.get(piped..) else { return None };
        let node = self.string(only).filter(|node| !self.is_symbol(*node))?;
        Some(Words { node, given: true })
    }

    /// `{ status: 404, statusText: "Not Found" }`, `respond(status = 404, message = "Not Found")`
    pub(super) fn fields_beside(&self, field: Node<'t>) -> Option<Vec<Words<'t>>> {
        let around = self.parent(field).filter(|it| it.named_child_count() <= CELLS)?;
        match self.shape(around) {
            Some(Shape::Arguments) => Some(self.strings_of(self.children(around), field, true)),
            Some(Shape::Map) => {
                let is_phrase = |node: &Node<'t>| {
                    self.part(*node, Part::Name).is_some_and(|name| {
                        let name = value::unquote(self.text(name)).to_lowercase();
                        PHRASE_FIELDS.contains(&name.as_str())
                    })
                };
                let all = self.children(around);
                let mut words: Vec<Words<'t>> = all
                    .into_iter()
                    .filter(is_phrase)
                    .filter_map(|node| self.string(self.part(node, Part::Value)?))
                    .map(|node| Words { node, given: false })
                    .collect();
                // `new Response("Not Found", { status: 404 })`
                if let Some(list) = self.parent(around)
                    && self.shape(list) == Some(Shape::Arguments)
                {
                    words.extend(self.strings_of(self.children(list), around, true));
                }
                Some(words)
            }
            _ => None,
        }
    }

    /// `{404 "Not Found", 410 "Gone"}`
    pub(super) fn next_in_turn(&self, map: Node<'t>, key: Node<'t>) -> Option<Node<'t>> {
        let children = self.children(map);
        if children.len() > TURNS {
            return None;
        }
        let at = children.iter().position(|node| *node == key).filter(|at| at % 2 == 0)?;
        children.get(at + 1).and_then(|next| self.phrase_of(*next))
    }

    /// `(case status 404 "Not Found" …)`
    pub(super) fn value_of_turn(&self, switch: Node<'t>, unit: Node<'t>) -> Option<Node<'t>> {
        let at = self.turn_of(switch, unit)?;
        self.string(*self.children(switch).get(at + 1)?)
    }

    /// The strings right beside a code in a row.
    pub(super) fn cells_beside(&self, list: Node<'t>, unit: Node<'t>) -> Vec<Words<'t>> {
        let cells = self.children(list);
        let Some(at) = cells.iter().position(|node| *node == unit) else { return Vec::new() };
        if cells.len() > CELLS {
            return Vec::new();
        }
        // Of `[404, "Not Found", 410, "Gone"]` each code has its own.
        let several = cells.iter().filter(|cell| self.shape(**cell) == Some(Shape::Number));
        let before = if several.count() > 1 { None } else { at.checked_sub(1) };
        [Some(at + 1), before]
            .into_iter()
            .flatten()
            .filter_map(|at| self.string(*cells.get(at)?))
            .map(|node| Words { node, given: false })
            .collect()
    }

    /// `case 404: return "Not Found"`, `404 => "Not Found"`
    pub(super) fn phrase_of_arm(&self, case: Node<'t>, unit: Node<'t>) -> Option<Node<'t>> {
        if let Some(value) = self.part(case, Part::Value)
            && self.has_part(case, Part::Condition)
        {
            let several = self.parts(case, Part::Condition).len() > 1;
            return self.only_string(value, STEPS).filter(|_| !several && value != unit);
        }
        // Where a label is a node of its own, what follows stands beside it.
        let beside = case.named_child_count() == 1 || !self.has_part(case, Part::Condition);
        let arm = if beside { self.parent(case)? } else { case };
        if beside && (self.shape(arm) == Some(Shape::Switch) || arm.named_child_count() > 4) {
            return None;
        }
        let labels =
            self.children(arm).iter().filter(|it| self.shape(**it) == Some(Shape::Case)).count();
        let shared = labels > 1
            || self
                .children(case)
                .iter()
                .filter(|it| matches!(self.shape(**it), Some(Shape::Number)))
                .count()
                > 1;
        // An arm before it without a statement goes on into this one.
        let before = arm.prev_named_sibling().filter(|it| it.kind_id() == arm.kind_id());
        if shared || before.is_some_and(|before| before.named_child_count() < 2) {
            return None;
        }
        let first = self.children(arm).into_iter().find(|it| it.start_byte() >= unit.end_byte())?;
        self.only_string(first, STEPS)
    }

    /// The string that a statement returns, assigns or is.
    fn only_string(&self, node: Node<'t>, steps: usize) -> Option<Node<'t>> {
        let steps = steps.checked_sub(1)?;
        if let Some(string) = self.string(node) {
            return Some(string);
        }
        match self.shape(node) {
            Some(Shape::Assign) => self.string(self.part(node, Part::Value)?),
            Some(Shape::Block) => self.only_string(*self.children(node).first()?, steps),
            None | Some(Shape::Return | Shape::Through | Shape::List) => {
                let [only] = self.children(node)[..] else { return None };
                self.only_string(only, steps)
            }
            _ => None,
        }
    }
}
