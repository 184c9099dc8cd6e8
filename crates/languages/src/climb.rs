//! Climbing from a literal or name to the shape it stands in, and asking what the shape says.

use tree_sitter::Node;

use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::names::Says;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value, value};

/// A climb higher than this finds nothing: it bounds the work on hostile input.
const HEIGHT: usize = 24;

/// What was climbed through on the way.
#[derive(Default, Clone)]
pub(crate) struct Way {
    /// Positions within the lists climbed through, innermost first.
    pub(crate) lists: Vec<usize>,
    /// Whether the candidate is one end of a range.
    pub(crate) range: bool,
}

impl<'t> Document<'t> {
    /// What the candidate is, when it is a status.
    pub(crate) fn judge(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        self.climb(candidate).or_else(|| self.constructed(candidate)).or_else(|| {
            // `"2XX"` is how a class is written and hardly anything else.
            let class = matches!(candidate.value, Value::Class(_))
                && self.text(candidate.node).contains("XX");
            (class && self.facts.http > Http::No)
                .then(|| Verdict::new(Role::Declare, Evidence::Certain))
        })
    }

    /// `HTTPStatus(404)` wherever it stands.
    fn constructed(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let call = candidate.node.parent()?.parent()?;
        let callee = self.callee(call).filter(|_| self.shape(call) == Some(Shape::Call))?;
        let subject = self.name_subject(callee.name);
        let constructs = subject.says == Says::StatusCode
            && self.tables.vocabulary.is_conversion(callee.name)
            && self.arguments(call).first().is_some_and(|first| *first == candidate.node);
        constructs.then(|| self.compared(subject, candidate, Role::Emit)).flatten()
    }

    fn climb(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let mut way = Way::default();
        let mut node = candidate.node;
        for _ in 0..HEIGHT {
            let parent = node.parent()?;
            match self.step(parent, node, candidate, &mut way) {
                Step::On => node = parent,
                Step::Over(next) => node = next,
                Step::End(verdict) => return verdict,
            }
        }
        None
    }

    fn step(
        &self,
        parent: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        let Some(shape) = self.shape(parent) else {
            // What did not parse stands where its first part belongs: `if status == 404` without
            // a colon.
            let first = parent.is_error() && parent.child(0).is_some_and(|child| child == node);
            return if first { Step::On } else { Step::End(None) };
        };
        match shape {
            Shape::Through | Shape::Path | Shape::Union | Shape::Arguments | Shape::Scalar => {
                Step::On
            }
            Shape::Block => {
                let last = self.children(parent).last().is_some_and(|last| last.id() == node.id());
                if last { Step::On } else { Step::End(None) }
            }
            Shape::Choice => {
                if self.is_condition(parent, node) {
                    return Step::End(None);
                }
                match self.alternative(parent, node, candidate) {
                    Some(verdict) => Step::End(Some(verdict)),
                    None => Step::On,
                }
            }
            Shape::Range => {
                way.range = true;
                Step::On
            }
            Shape::List => {
                // An expression list of one is that expression: `const Gone = 410` in Go.
                let bare = parent.byte_range() == node.byte_range();
                if let Some(at) = self.position(parent, node).filter(|_| !bare) {
                    way.lists.push(at);
                }
                Step::On
            }
            Shape::Binary => self.binary(parent, node, candidate, way),
            Shape::Member => self.receiver(parent, node, candidate, way),
            Shape::Index => Step::End(self.key(parent, node, candidate)),
            Shape::Call => self.argument(parent, node, candidate, way),
            Shape::Keyword => self.keyword(parent, node, candidate, way),
            Shape::Pair => self.pair(parent, node, candidate, way),
            Shape::Assign | Shape::Define | Shape::Parameter => {
                Step::End(self.definition(parent, node, candidate, way))
            }
            Shape::Each => Step::End(self.each(parent, node, candidate, way)),
            Shape::Case => self.case(parent, node, candidate, way),
            Shape::Let => Step::End(
                self.part(parent, Part::Value)
                    .and_then(|value| self.compared(self.subject(value), candidate, Role::Branch)),
            ),
            Shape::Return | Shape::Lambda | Shape::Function => {
                Step::End(self.returned(parent, node, candidate, way))
            }
            Shape::Tokens => Step::End(self.token(parent, node, candidate)),
            _ => Step::End(None),
        }
    }

    /// Whether a child of a choice is what it depends on; a grammar without a name for that has it
    /// between the two values, as Python writes it.
    fn is_condition(&self, choice: Node<'t>, child: Node<'t>) -> bool {
        if self.tables.syntax.has_part(choice, Part::Condition) {
            return self.is_in_part(choice, Part::Condition, child);
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
        self.children(choice)
            .into_iter()
            .filter(|other| other.id() != node.id() && !self.is_condition(choice, *other))
            .map(|other| self.subject(other))
            .filter(|subject| subject.says >= Says::Status)
            .find_map(|subject| self.compared(subject, candidate, Role::Emit))
    }

    /// A verdict when the subject beside the candidate says status.
    pub(crate) fn compared(
        &self,
        subject: Subject,
        candidate: &Candidate<'t>,
        role: Role,
    ) -> Option<Verdict> {
        let evidence = self.weigh(subject, candidate, role)?;
        Some(Verdict::new(role, evidence).with_api(subject.api))
    }

    fn binary(
        &self,
        binary: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        let neighbours = self.neighbours(binary, node);
        for beside in &neighbours {
            let verdict = match beside.operator {
                "==" | "===" | "!=" | "!==" | "is" | "is not" | "<>" => {
                    self.compared(self.subject(beside.operand), candidate, self.equality(binary))
                }
                "<" | "<=" | ">" | ">=" => {
                    self.compared(self.subject(beside.operand), candidate, Role::Bound)
                }
                "in" | "not in" if beside.before => {
                    let role = if way.range { Role::Bound } else { self.equality(binary) };
                    self.compared(self.subject(beside.operand), candidate, role)
                }
                // `err.status || 500` and `status == 200 || 201`
                "||" | "??" | "or" if beside.before => {
                    let left = beside.operand;
                    let compared = self
                        .children(left)
                        .first()
                        .copied()
                        .filter(|_| self.shape(left) == Some(Shape::Binary));
                    match compared {
                        Some(first) => self.compared(self.subject(first), candidate, Role::Compare),
                        None => match self.compared(self.subject(left), candidate, Role::Emit) {
                            Some(verdict) => Some(verdict),
                            None => return Step::On,
                        },
                    }
                }
                // Alternatives of a pattern in a macro: `matches!(status, 200 | 404)`
                "|" => return Step::On,
                _ => None,
            };
            if verdict.is_some() {
                return Step::End(verdict);
            }
        }
        Step::End(None)
    }

    /// Equality in an assertion is an expectation.
    fn equality(&self, binary: Node<'t>) -> Role {
        let asserted =
            std::iter::successors(binary.parent(), Node::parent).take(5).any(|ancestor| match self
                .shape(ancestor)
            {
                Some(Shape::Assert) => true,
                Some(Shape::Call) => {
                    self.callee(ancestor).is_some_and(|callee| self.is_assertion(callee.name))
                }
                _ => false,
            });
        if asserted { Role::Expect } else { Role::Compare }
    }

    /// `[200, 204].includes(status)`, `(200..300).contains(&status)`, `404.into()`
    fn receiver(
        &self,
        member: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Step<'t> {
        if !self.is_in_part(member, Part::Object, node) {
            // The name itself was the candidate: go on with the whole expression.
            return Step::On;
        }
        let Some(call) = member.parent().filter(|call| self.shape(*call) == Some(Shape::Call))
        else {
            // `HTTPStatus.NOT_FOUND.value`
            let is_value = self.part(member, Part::Name).is_some_and(|name| {
                let name = self.text(name);
                name == "value" || self.tables.vocabulary.is_conversion(name)
            });
            return if is_value { Step::On } else { Step::End(None) };
        };
        let Some(callee) = self.callee(call) else { return Step::End(None) };
        if self.tables.vocabulary.is_conversion(callee.name) {
            return Step::Over(call);
        }
        if self.tables.vocabulary.is_membership(callee.name)
            && let Some(first) = self.arguments(call).first()
        {
            let role = if way.range { Role::Bound } else { Role::Compare };
            return Step::End(self.compared(self.subject(*first), candidate, role));
        }
        Step::End(None)
    }

    /// `responses["200"]`, `STATUS_CODES[404]`
    fn key(&self, index: Node<'t>, node: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        if candidate.kind == Kind::Name {
            return None;
        }
        let object =
            self.part(index, Part::Object).or_else(|| self.children(index).first().copied())?;
        if object.id() == node.id() {
            return None;
        }
        let key = self.part(object, Part::Name).filter(|key| {
            self.shape(object) == Some(Shape::Index) && self.shape(*key) == Some(Shape::String)
        });
        let name = key.map_or_else(|| self.last_name(object), |key| value::unquote(self.text(key)));
        if matches!(name, "responses" | "Responses")
            && value::is_known(candidate.value)
            && !self.facts.foreign
        {
            return Some(Verdict::new(Role::Declare, Evidence::Certain));
        }
        self.compared(self.name_subject(name), candidate, Role::Table)
    }

    fn case(
        &self,
        case: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Step<'t> {
        let in_pattern = self.is_in_part(case, Part::Condition, node)
            || !self.tables.syntax.has_part(case, Part::Condition);
        if !in_pattern {
            return Step::End(None);
        }
        let subject = self.matched(case).map_or(Subject::NOTHING, |subject| self.subject(subject));
        let role = if way.range { Role::Bound } else { Role::Branch };
        Step::End(self.compared(subject, candidate, role))
    }

    /// What a case is compared with: the subject of the switch, or the part of it that the case's
    /// place in a tuple or its key in a map names.
    fn matched(&self, case: Node<'t>) -> Option<Node<'t>> {
        let around = case.parent()?;
        match self.shape(around) {
            Some(Shape::Map) => case.prev_named_sibling(),
            Some(Shape::List) => {
                let switch = self.ancestor(around, Shape::Switch)?;
                let subject = self.part(switch, Part::Subject)?;
                let list = if self.shape(subject) == Some(Shape::List) { subject } else { switch };
                self.children(list).get(self.position(around, case)?).copied()
            }
            _ => self.part(self.ancestor(case, Shape::Switch)?, Part::Subject),
        }
    }

    /// `return 404` in a function that is named after a status, `return body, 404` in a handler.
    fn returned(
        &self,
        node: Node<'t>,
        value: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        match (way.lists.as_slice(), self.shape(node)) {
            ([at], _) => self.returned_tuple(value, *at, candidate),
            ([], Some(Shape::Return)) => {
                let function = self.ancestor(node, Shape::Function)?;
                self.function_value(function, candidate)
            }
            ([], Some(Shape::Function)) => self.function_value(node, candidate),
            _ => None,
        }
    }

    fn function_value(&self, function: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let name = self.part(function, Part::Name)?;
        let subject = self.name_subject(self.text(name));
        (subject.says >= Says::Status)
            .then(|| self.compared(subject, candidate, Role::Emit))
            .flatten()
    }

    /// `return jsonify(x), 204` of Flask, `(StatusCode::CREATED, Json(x))` of axum: a place in a
    /// tuple that the vocabulary gives to a status.
    fn returned_tuple(
        &self,
        value: Node<'t>,
        at: usize,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let mut list = value;
        while self.shape(list) != Some(Shape::List) {
            list = self.children(list).into_iter().last()?;
        }
        let fitting = || self.tables.vocabulary.tuples().filter(|tuple| tuple.status == at);
        let known =
            fitting().find(|tuple| self.is_imported(&tuple.api)).or_else(|| fitting().next())?;
        let in_range =
            matches!(candidate.value, Value::Code(code) if (100..1000).contains(&code.get()));
        if self.facts.foreign || !in_range {
            return None;
        }
        let imported = self.is_imported(&known.api);
        let evidence = match (candidate.kind, self.facts.http) {
            (Kind::Name, _) => Evidence::Certain,
            _ if imported => Evidence::Certain,
            (_, Http::Imported | Http::Mentioned) if value::is_known(candidate.value) => {
                Evidence::Likely
            }
            _ => return None,
        };
        let mut verdict =
            Verdict::new(Role::Emit, evidence).with_api(imported.then_some(&known.api));
        if imported {
            let content = self.children(list).get(known.content).copied();
            verdict.content = content.and_then(|content| self.content_of(content, false));
        }
        Some(verdict)
    }
}

/// Where a climb goes next.
pub(crate) enum Step<'t> {
    /// To the parent.
    On,
    /// To this ancestor.
    Over(Node<'t>),
    /// Nowhere: this is the answer.
    End(Option<Verdict>),
}
