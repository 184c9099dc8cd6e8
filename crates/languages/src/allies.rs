//! Names that say nothing by themselves and are compared with a status, or given one:
//! `got := resp.StatusCode`, `rec.Code != tt.want`, `expect(res.status).toBe(wanted)`.

use std::collections::HashMap;
use std::ops::Range;

use tree_sitter::Node;

use crate::document::{Document, without_sign};
use crate::facts::Http;
use crate::names::{Says, says};
use crate::scopes::Relation;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};

/// Expressions longer than this are not looked at: names and getters are short.
const LONGEST: usize = 200;

/// The names of a document that stand for a status, each with where it does.
#[derive(Debug, Default)]
pub(crate) struct Allies<'t> {
    names: HashMap<&'t str, Vec<Ally>>,
}

/// The blocks in which names are given values.
type Blocks<'t> = HashMap<&'t str, Vec<Range<usize>>>;

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
        if subject.says < Says::Status && (self.is_ally(name, at) || self.is_asked_for(name, at)) {
            return Subject { says: Says::Status, ..subject };
        }
        subject
    }

    /// `validateStatus: (s) => s < 500`: the one parameter of a function that is named after it, or
    /// the one that is a code.
    fn is_asked_for(&self, name: &str, at: Node<'t>) -> bool {
        self.facts.functions.iter().any(|function| {
            let code = says(name) == Says::Code && function.parameters.contains(&name);
            (code || function.parameters.as_slice() == [name])
                && function.range.contains(&at.start_byte())
                && says(function.name) >= Says::Status
        })
    }

    /// Whether a name stands for a status in that place.
    pub(crate) fn is_ally(&self, name: &str, at: Node<'t>) -> bool {
        self.allies.names.get(name).is_some_and(|allies| {
            allies.iter().any(|ally| {
                ally.scope.contains(&at.start_byte())
                    || (ally.member && !self.is_in_function(at.start_byte()))
            })
        })
    }

    fn is_in_function(&self, at: usize) -> bool {
        self.facts.functions.iter().any(|function| function.range.contains(&at))
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
        let pairs: Vec<(&Relation<'t>, [Node<'t>; 2])> = self
            .facts
            .relations
            .iter()
            .flat_map(|relation| {
                self.pairs(relation.node).into_iter().map(move |pair| (relation, pair))
            })
            .collect();
        for _ in 0..2 {
            let mut found: Vec<(Plain<'t>, Option<Range<usize>>)> = Vec::new();
            for (relation, [one, other]) in &pairs {
                for (one, other) in [(*one, *other), (*other, *one)] {
                    if self.is_status(one)
                        && let Some(plain) = self.new_ally(other)
                    {
                        found.push((plain, relation.function.clone()));
                    }
                }
            }
            if found.is_empty() {
                return;
            }
            let blocks = self.blocks(&found);
            for (plain, function) in found {
                let scope = Self::block(plain, &blocks).or(function).unwrap_or(0..self.text.len());
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
                let compares = self
                    .neighbours(node, *left)
                    .iter()
                    .any(|beside| self.compares(beside.operator));
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
        if may {
            let says = self.subject(node).says;
            let http = self.facts.http == Http::Imported;
            if says == Says::StatusCode || (says == Says::Status && http) {
                return true;
            }
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
            _ => (node, false),
        };
        let name = self.identifier(name)?;
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.len() < 40;
        let constant = self.tables.by_name.contains_key(name)
            || self.tables.vocabulary.is_nothing(name)
            || matches!(name, "undefined" | "null" | "true" | "false" | "True" | "False" | "NaN");
        (is_name && !constant).then_some(Plain { name, member, node })
    }

    /// The blocks and statements around the assignments that give these names their values.
    fn blocks(&self, names: &[(Plain<'t>, Option<Range<usize>>)]) -> Blocks<'t> {
        let mut blocks: Blocks<'t> =
            names.iter().map(|(plain, _)| (plain.name, Vec::new())).collect();
        for relation in &self.facts.relations {
            if self.shape(relation.node) == Some(Shape::Assign)
                && let Some(target) = self.part(relation.node, Part::Name)
            {
                for target in self.items(target) {
                    if let Some(known) = blocks.get_mut(without_sign(self.text(target)))
                        && known.last() != Some(&relation.block)
                    {
                        known.push(relation.block.clone());
                    }
                }
            }
        }
        blocks
    }

    /// The smallest block around an assignment to a name: it means the same there.
    fn block(plain: Plain<'t>, blocks: &Blocks<'t>) -> Option<Range<usize>> {
        let known = blocks.get(plain.name).filter(|_| !plain.member)?;
        let around = known.iter().filter(|block| block.contains(&plain.node.start_byte()));
        around.min_by_key(|block| block.len()).cloned()
    }

    /// The expressions of a list, or the expression itself.
    fn items(&self, node: Node<'t>) -> Vec<Node<'t>> {
        if self.shape(node) == Some(Shape::List) { self.children(node) } else { vec![node] }
    }
}
