//! Names that say nothing by themselves and are compared with a status, or given one:
//! `got := resp.StatusCode`, `rec.Code != tt.want`, `expect(res.status).toBe(wanted)`.

use std::collections::HashMap;
use std::ops::Range;

use statuslint_codes::words;
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

/// A name that is an ally, the function it is in, and whether that is sure.
type Found<'t> = (Plain<'t>, Option<Range<usize>>, bool);

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
    /// Whether what it stands beside is a status code for sure.
    sure: bool,
}

impl Ally {
    fn says(&self) -> Says {
        if self.sure { Says::StatusCode } else { Says::Status }
    }
}

impl<'t> Document<'t> {
    /// A subject whose name says little, once what it is compared with has been asked.
    pub(crate) fn allied(&self, subject: Subject, name: &str, at: Node<'t>) -> Subject {
        if subject.says < Says::Status && (self.is_ally(name, at) || self.is_asked_for(name, at)) {
            return Subject { says: Says::Status, ..subject };
        }
        // `var status = 399; … StatusCode = status`
        if subject.says == Says::Status && self.is_sure_ally(name, at) {
            return Subject { says: Says::StatusCode, ..subject };
        }
        let taken = if subject.says < Says::Status {
            self.taken_by_lambda(name, at)
        } else {
            Says::Nothing
        };
        Subject { says: subject.says.max(taken), ..subject }
    }

    /// Whether a name is given to, or compared with, what is a status code for sure.
    fn is_sure_ally(&self, name: &str, at: Node<'t>) -> bool {
        self.allies.names.get(name).is_some_and(|allies| {
            allies.iter().any(|ally| ally.sure && ally.scope.contains(&at.start_byte()))
        })
    }

    /// `validateStatus: (s) => s < 500`: the one parameter of a function that is named after it, or
    /// the one that is a code.
    fn is_asked_for(&self, name: &str, at: Node<'t>) -> bool {
        let one_of_them = says(name) == Says::Code;
        self.facts.functions.iter().any(|function| {
            // Names are taken apart only where that can matter.
            let only = function.parameters.as_slice() == [name];
            if !function.range.contains(&at.start_byte())
                || !(only || (one_of_them && function.parameters.contains(&name)))
            {
                return false;
            }
            let asks = || {
                words(function.name).first().is_some_and(|word| {
                    matches!(word.as_str(), "is" | "has" | "should" | "can" | "validate" | "check")
                })
            };
            says(function.name) >= Says::Status && (only || asks())
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

    /// What a parameter of a function in that range stands for there.
    pub(crate) fn ally_within(&self, name: &str, function: &Range<usize>) -> Says {
        let within =
            |ally: &&Ally| function.start <= ally.scope.start && ally.scope.end <= function.end;
        let allies = self.allies.names.get(name).into_iter().flatten().filter(within);
        allies.map(Ally::says).max().unwrap_or(Says::Nothing)
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
        for round in 0..2 {
            let mut found: Vec<Found<'t>> = Vec::new();
            if round == 0 {
                found.extend(self.given_to_libraries());
            }
            for (relation, [one, other]) in &pairs {
                for (one, other) in [(*one, *other), (*other, *one)] {
                    let says = self.status_said(one);
                    if says >= Says::Status
                        && let Some(plain) = self.new_ally(other, says)
                    {
                        let sure = says == Says::StatusCode;
                        found.push((plain, relation.function.clone(), sure));
                    }
                }
            }
            if found.is_empty() {
                return;
            }
            let blocks = self.blocks(&found);
            for (plain, function, sure) in found {
                let scope = Self::block(plain, &blocks).or(function).unwrap_or(0..self.text.len());
                let allies = self.allies.names.entry(plain.name).or_default();
                match allies.iter_mut().find(|ally| ally.scope == scope) {
                    Some(ally) => ally.sure |= sure,
                    None => allies.push(Ally { scope, member: plain.member, sure }),
                }
            }
        }
    }

    /// The names that calls of imported libraries are given where they take a status.
    fn given_to_libraries(&self) -> Vec<Found<'t>> {
        let mut found = Vec::new();
        for relation in &self.facts.relations {
            let call = relation.node;
            let Some(callee) = self.callee(call).filter(|_| self.shape(call) == Some(Shape::Call))
            else {
                continue;
            };
            for known in self.tables.vocabulary.calls(callee.name) {
                if let Some(at) = known.argument
                    && self.is_imported(&known.api)
                    && self.is_called_so(known, callee)
                    && let Some(argument) = self.arguments(call).get(at)
                    && let Some(plain) = self.new_ally(*argument, Says::StatusCode)
                {
                    found.push((plain, relation.function.clone(), true));
                }
            }
        }
        found
    }

    /// The expressions that a comparison, assertion or assignment says to be alike.
    fn pairs(&self, node: Node<'t>) -> Vec<[Node<'t>; 2]> {
        match self.shape(node) {
            Some(Shape::Binary) => {
                let Some([left, right]) = self.operands(node) else { return Vec::new() };
                let compares =
                    self.neighbours(node, left).iter().any(|beside| self.compares(beside.operator));
                if compares { vec![[left, right]] } else { Vec::new() }
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
            Some(Shape::Call) => {
                let mut pairs = self.compared_arguments(node);
                pairs.extend(self.filled(node));
                pairs
            }
            // `case code if code >= 500`: the name stands for what is asked.
            Some(Shape::Case) => {
                let subject = self
                    .ancestor(node, Shape::Switch)
                    .and_then(|switch| self.part(switch, Part::Subject));
                let pattern = self.part(node, Part::Condition);
                let bound = pattern.map(|pattern| match self.shape(pattern) {
                    Some(Shape::Through) => self.held(pattern).unwrap_or(pattern),
                    _ => pattern,
                });
                subject.zip(bound).map(|(one, other)| vec![[one, other]]).unwrap_or_default()
            }
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

    /// What one of a pair says about being a status, when that is much.
    fn status_said(&self, node: Node<'t>) -> Says {
        let text = self.text(node);
        if text.len() > LONGEST {
            return Says::Nothing;
        }
        let may = ["tatus", "TATUS", "ode", "ODE", "(9, "].iter().any(|part| text.contains(part));
        if may {
            let says = self.subject(node).says;
            let http = self.facts.http == Http::Imported;
            if says == Says::StatusCode || (says == Says::Status && http) {
                return says;
            }
        }
        match self.plain_name(node) {
            Some(plain) if self.is_sure_ally(plain.name, node) => Says::StatusCode,
            Some(plain) if self.is_ally(plain.name, node) => Says::Status,
            _ => Says::Nothing,
        }
    }

    /// The ally that an expression becomes, when it is a name that says little.
    fn new_ally(&self, node: Node<'t>, beside: Says) -> Option<Plain<'t>> {
        let plain = self.plain_name(node)?;
        let own = says(plain.name);
        // A status of its own that stands beside a status code is one.
        let surer = own == Says::Status && beside > own && !plain.member;
        let known =
            plain.name == "_" || self.is_ally(plain.name, node) || (own >= Says::Status && !surer);
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
    fn blocks(&self, names: &[Found<'t>]) -> Blocks<'t> {
        let mut blocks: Blocks<'t> =
            names.iter().map(|(plain, ..)| (plain.name, Vec::new())).collect();
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
