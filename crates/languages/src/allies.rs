//! Names that say nothing by themselves and are compared with a status, or given one:
//! `got := resp.StatusCode`, `rec.Code != tt.want`, `expect(res.status).toBe(wanted)`.

use std::collections::HashMap;
use std::ops::Range;

use tree_sitter::Node;

use crate::document::{Document, Neighbour};
use crate::names::Says;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};

/// Expressions longer than this are not looked at: names and getters are short.
const LONGEST: usize = 120;

/// The names of a document that stand for a status, each with where it does.
#[derive(Debug, Default)]
pub(crate) struct Allies<'t> {
    names: HashMap<&'t str, Vec<Ally>>,
}

/// A plain name in its place.
#[derive(Clone, Copy)]
struct Plain<'t> {
    name: &'t str,
    /// Whether it is taken from something.
    member: bool,
    node: Node<'t>,
}

#[derive(Debug)]
struct Ally {
    scope: Range<usize>,
    /// Whether it is a member, whose records may be made outside of all functions.
    member: bool,
}

impl<'t> Document<'t> {
    /// A subject whose name says little, once what it is compared with has been asked.
    pub(crate) fn allied(&self, subject: Subject, name: &str, at: Node<'t>) -> Subject {
        if subject.says < Says::Status && self.is_ally(name, at) {
            return Subject { says: Says::Status, ..subject };
        }
        subject
    }

    /// Whether a name stands for a status in that place.
    pub(crate) fn is_ally(&self, name: &str, at: Node<'t>) -> bool {
        self.allies.names.get(name).is_some_and(|allies| {
            allies.iter().any(|ally| {
                ally.scope.contains(&at.start_byte())
                    || (ally.member && self.ancestor(at, Shape::Function).is_none())
            })
        })
    }

    /// Whether a parameter of a function in that range stands for a status there.
    pub(crate) fn is_ally_within(&self, name: &str, function: &Range<usize>) -> bool {
        self.allies.names.get(name).is_some_and(|allies| {
            allies
                .iter()
                .any(|ally| function.start <= ally.scope.start && ally.scope.end <= function.end)
        })
    }

    /// Finds the allies: those beside a status first, then those beside these.
    pub(crate) fn ally(&mut self) {
        let pairs: Vec<[Node<'t>; 2]> =
            self.facts.relations.iter().flat_map(|node| self.pairs(*node)).collect();
        for _ in 0..2 {
            let mut found: Vec<Plain<'t>> = Vec::new();
            for [one, other] in pairs.iter().flat_map(|[one, other]| [[one, other], [other, one]]) {
                if self.is_status(*one) {
                    found.extend(self.new_ally(*other));
                }
            }
            if found.is_empty() {
                return;
            }
            let blocks = self.blocks(&found);
            for plain in found {
                let scope = self.scope(plain, &blocks);
                let allies = self.allies.names.entry(plain.name).or_default();
                if !allies.iter().any(|ally| ally.scope == scope) {
                    allies.push(Ally { scope, member: plain.member });
                }
            }
        }
    }

    /// The expressions that a comparison, assertion or assignment says to be alike.
    fn pairs(&self, node: Node<'t>) -> Vec<[Node<'t>; 2]> {
        match self.shape(node) {
            Some(Shape::Binary) => {
                let children = self.children(node);
                let [left, right] = children.as_slice() else { return Vec::new() };
                let compares = self.neighbours(node, *left).iter().any(Neighbour::is_comparison);
                if compares { vec![[*left, *right]] } else { Vec::new() }
            }
            Some(Shape::Assign) => {
                let (Some(name), Some(value)) =
                    (self.part(node, Part::Name), self.part(node, Part::Value))
                else {
                    return Vec::new();
                };
                let (names, values) = (self.items(name), self.items(value));
                if names.len() != values.len() {
                    return Vec::new();
                }
                names.into_iter().zip(values).map(|(name, value)| [name, value]).collect()
            }
            Some(Shape::Call) => self.compared_arguments(node),
            _ => Vec::new(),
        }
    }

    /// `assert.Equal(t, want, rec.Code)`, `expect(res.status).toBe(wanted)`
    fn compared_arguments(&self, call: Node<'t>) -> Vec<[Node<'t>; 2]> {
        let Some(callee) = self.callee(call) else { return Vec::new() };
        let mut arguments = self.arguments(call);
        arguments.truncate(4);
        if self.tables.vocabulary.is_matcher(callee.name)
            && let Some(receiver) =
                callee.receiver.filter(|node| self.shape(*node) == Some(Shape::Call))
            && let (Some(held), Some(expected)) =
                (self.arguments(receiver).first(), arguments.first())
        {
            return vec![[*held, *expected]];
        }
        if !self.is_assertion(callee.name) {
            return Vec::new();
        }
        if arguments.first().is_some_and(|first| self.is_reporter(*first)) {
            arguments.remove(0);
        }
        match arguments.as_slice() {
            [one, other, ..] => vec![[*one, *other]],
            _ => Vec::new(),
        }
    }

    fn is_status(&self, node: Node<'t>) -> bool {
        let text = self.text(node);
        if text.len() > LONGEST {
            return false;
        }
        let may = ["tatus", "TATUS", "ode", "ODE"].iter().any(|part| text.contains(part));
        if may && self.subject(node).says == Says::StatusCode {
            return true;
        }
        self.plain_name(node).is_some_and(|plain| self.is_ally(plain.name, node))
    }

    /// The ally that an expression becomes, when it is a name that says little.
    fn new_ally(&self, node: Node<'t>) -> Option<Plain<'t>> {
        let plain = self.plain_name(node)?;
        let known = plain.name == "_"
            || self.is_ally(plain.name, node)
            || crate::names::says(plain.name) >= Says::Status;
        (!known).then_some(plain)
    }

    /// The name an expression is or ends with, when it is nothing more.
    fn plain_name(&self, node: Node<'t>) -> Option<Plain<'t>> {
        let (name, member) = match self.shape(node) {
            Some(Shape::Member) => (self.part(node, Part::Name)?, true),
            None if node.named_child_count() == 0 => (node, false),
            _ => return None,
        };
        let name = self.text(name);
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.len() < 40;
        let constant = self.tables.by_name.contains_key(name);
        (is_name && !constant).then_some(Plain { name, member, node })
    }

    /// The blocks and statements around the assignments that give these names their values.
    fn blocks(&self, names: &[Plain<'t>]) -> HashMap<&'t str, Vec<Range<usize>>> {
        let mut blocks: HashMap<&'t str, Vec<Range<usize>>> =
            names.iter().map(|plain| (plain.name, Vec::new())).collect();
        for relation in &self.facts.relations {
            if self.shape(*relation) == Some(Shape::Assign)
                && let Some(target) = self.part(*relation, Part::Name)
                && let Some(block) = relation.parent()
            {
                for target in self.items(target) {
                    if let Some(known) = blocks.get_mut(self.text(target))
                        && !known.contains(&block.byte_range())
                    {
                        known.push(block.byte_range());
                    }
                }
            }
        }
        blocks
    }

    /// Where a name means the same as in this place: the smallest block around an assignment to it,
    /// else the function.
    fn scope(
        &self,
        plain: Plain<'t>,
        blocks: &HashMap<&'t str, Vec<Range<usize>>>,
    ) -> Range<usize> {
        let block = blocks
            .get(plain.name)
            .filter(|_| !plain.member)
            .into_iter()
            .flatten()
            .filter(|block| block.contains(&plain.node.start_byte()))
            .min_by_key(|block| block.len());
        let outermost = || {
            std::iter::successors(plain.node.parent(), Node::parent)
                .filter(|ancestor| self.shape(*ancestor) == Some(Shape::Function))
                .last()
        };
        block.cloned().unwrap_or_else(|| {
            outermost()
                .or_else(|| self.ancestor(plain.node, Shape::Lambda))
                .map_or(0..self.text.len(), |function| function.byte_range())
        })
    }

    /// The expressions of a list, or the expression itself.
    fn items(&self, node: Node<'t>) -> Vec<Node<'t>> {
        if self.shape(node) == Some(Shape::List) { self.children(node) } else { vec![node] }
    }
}
