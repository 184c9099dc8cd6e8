//! Climbing from a literal or name to the shape it stands in, and asking what the shape says.

use tree_sitter::Node;

use crate::document::{Callee, Document, encloses};
use crate::facts::{Candidate, DATA};
use crate::names::Says;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, value};

/// A climb higher than this finds nothing: it bounds the work on hostile input.
const HEIGHT: usize = 24;

/// What was climbed through on the way.
#[derive(Default, Clone)]
pub(crate) struct Way {
    /// Positions within the lists climbed through, innermost first.
    pub(crate) lists: Vec<usize>,
    /// Whether the candidate is one of several alternatives of a type.
    pub(crate) alternative: bool,
    /// Whether the candidate is one end of a range.
    pub(crate) range: bool,
    /// Whether the candidate is a type: nothing is given it, something is declared to be it.
    pub(crate) typed: bool,
}

impl<'t> Document<'t> {
    /// What the candidate is, when it is a status.
    pub(crate) fn judge(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        if let Some(verdict) = self.status_line(candidate) {
            return Some(verdict);
        }
        let climbed = self.climb(candidate);
        if let Some(verdict) = &climbed {
            // What no library's call sends: `val Gone = register(410)`.
            let own = verdict.role == Role::Emit && verdict.api.is_none();
            if own && let Some(named) = self.named_result(candidate) {
                return Some(named);
            }
            let row = verdict.role == Role::Compare || (own && self.is_in_macro(candidate));
            if row && self.beside_phrase(candidate).is_some() {
                return Some(Verdict { role: Role::Table, ..verdict.clone() });
            }
        }
        match climbed {
            Some(verdict) if verdict.evidence == Evidence::Certain => Some(verdict),
            climbed => self.told_by_itself(candidate).or(climbed),
        }
    }

    /// `CODE(305, Use_Proxy, "Use Proxy")`: whether it is given to what is written as constants are.
    fn is_in_macro(&self, candidate: &Candidate<'t>) -> bool {
        let call = self.ancestors(candidate.node).take(3).find_map(|up| self.callee(up));
        call.is_some_and(|call| {
            call.name.contains(char::is_uppercase) && !call.name.contains(char::is_lowercase)
        })
    }

    fn climb(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let mut way = Way::default();
        let mut node = candidate.node;
        for _ in 0..HEIGHT {
            let parent = self.parent(node)?;
            match self.step(parent, node, candidate, &mut way) {
                Step::On => node = parent,
                Step::Over(next) => node = next,
                Step::End(verdict) => {
                    return verdict.map(|verdict| {
                        // `expect(status).to_be_in(200..599)`: no single code is meant.
                        if way.range && verdict.role != Role::Declare {
                            Verdict { role: Role::Bound, lenient: true, ..verdict }
                        } else if way.typed && !way.alternative && verdict.name.is_none() {
                            Verdict { role: Role::Declare, ..verdict }
                        } else {
                            verdict
                        }
                    });
                }
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
        if let Some(parameter) = self.defaulted(parent, shape, node) {
            return Step::End(self.definition(parameter, node, candidate, way));
        }
        match shape {
            Shape::Through | Shape::Path | Shape::Module | Shape::Arguments | Shape::Scalar => {
                Step::On
            }
            Shape::Union => {
                way.alternative = true;
                Step::On
            }
            Shape::Variant => Step::of(self.variant(parent, node, candidate)),
            Shape::Switch if self.tables.syntax.is_prefixed() => {
                self.arm_in_turn(parent, node, candidate)
            }
            // The value of an arm is the value of the switch.
            Shape::Switch if !self.is_in_part(parent, Part::Subject, node) => Step::On,
            Shape::Block | Shape::Clause => {
                if self.ends_block(parent, node) {
                    Step::On
                } else {
                    Step::End(None)
                }
            }
            Shape::Pipe => self.piped(parent, node, candidate, way),
            Shape::Type => {
                way.typed = true;
                Step::On
            }
            Shape::Choice => self.choice(parent, node, candidate, way),
            Shape::Range => {
                way.range = true;
                self.matched_range(parent, node, candidate).map_or(Step::On, Step::some)
            }
            Shape::List => self.element_of_list(parent, node, candidate, way),
            Shape::Map if parent.named_child_count() > DATA => Step::End(None),
            Shape::Map if self.relation(node).is_some() => {
                Step::End(self.related_field(node, candidate))
            }
            Shape::Map => self.element(parent, node, candidate, way),
            Shape::Entries => Step::End(self.value_in_turn(parent, node, candidate, way)),
            Shape::Record if !self.is_in_part(parent, Part::Name, node) => Step::On,
            Shape::Binary => self.binary(parent, node, candidate, way),
            Shape::Member => self.receiver(parent, node, candidate, way),
            Shape::Index => Step::End(self.key(parent, node, candidate)),
            Shape::Sift => Step::End(self.sift(parent, candidate)),
            Shape::Call if self.sifted(parent).is_some() => Step::End(self.sift(parent, candidate)),
            Shape::Call => self.argument(parent, node, candidate, way),
            Shape::Generic => {
                let name = self.last_name(self.part(parent, Part::Name).unwrap_or(parent));
                let callee = Callee { name, receiver: None };
                Step::End(self.type_argument(parent, node, callee, candidate))
            }
            Shape::Keyword => self.keyword(parent, node, candidate, way),
            Shape::Pair => self.pair(parent, node, candidate, way),
            // Where arguments are named, and records filled, by what looks like an assignment.
            Shape::Assign if self.is_within(parent, Shape::Arguments) => {
                self.keyword(parent, node, candidate, way)
            }
            Shape::Assign if self.is_within(parent, Shape::Map) => {
                self.pair(parent, node, candidate, way)
            }
            Shape::Assign | Shape::Define | Shape::Parameter => {
                Step::End(self.definition(parent, node, candidate, way))
            }
            Shape::Each => Step::End(self.each(parent, node, candidate, way)),
            Shape::Case => self.case(parent, node, candidate, way),
            Shape::Let => {
                let role = if way.range { Role::Bound } else { Role::Branch };
                let value = self.part(parent, Part::Value);
                Step::End(
                    value.and_then(|value| self.compared(self.subject(value), candidate, role)),
                )
            }
            Shape::Return | Shape::Lambda | Shape::Function => {
                Step::End(self.returned(parent, node, candidate, way))
            }
            Shape::Tokens => Step::End(self.token(parent, node, candidate)),
            _ => Step::End(None),
        }
    }

    /// One of the elements of a list, or of what a grammar writes as one.
    fn element_of_list(
        &self,
        parent: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        if self.is_arguments(parent) {
            return self.beside_arrow(parent, node, candidate, way).unwrap_or(Step::On);
        }
        // `HttpError{404}`: what is given to the type.
        if self.is_called_with(parent) || self.is_bare(parent) {
            return Step::On;
        }
        if let Some(step) = self.bound(parent, node, candidate) {
            return step;
        }
        if let Some(step) = self.beside_arrow(parent, node, candidate, way) {
            return step;
        }
        // An expression list of one is that expression: `const Gone = 410` in Go.
        let bare = parent.byte_range() == node.byte_range();
        if let Some(verdict) = self.in_response_list(parent, node, candidate) {
            return Step::End(Some(verdict));
        }
        if self.is_listed_name(parent, candidate) {
            return Step::End(Some(Verdict::new(Role::Table, Evidence::Certain)));
        }
        if let Some(verdict) = self.beside_key(parent, node, candidate) {
            return Step::some(verdict);
        }
        if let Some(at) = self.position(parent, node).filter(|_| !bare) {
            way.lists.push(at);
        }
        Step::On
    }

    /// Whether a node stands right in one of that shape.
    fn is_within(&self, node: Node<'t>, shape: Shape) -> bool {
        self.parent(node).and_then(|parent| self.shape(parent)) == Some(shape)
    }

    /// Whether a child of a block may be its value: the last statement, and what comes after those.
    fn ends_block(&self, block: Node<'t>, node: Node<'t>) -> bool {
        let after =
            |child: Node<'t>| matches!(self.shape(child), Some(Shape::Clause | Shape::Case));
        let children = self.children(block);
        let last = children.iter().rev().find(|child| !after(**child));
        after(node) || last.is_some_and(|last| last.id() == node.id())
    }

    /// `404 |> status_text()`, else the value of the whole pipe.
    fn piped(
        &self,
        pipe: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        match self.part(pipe, Part::Function) {
            Some(call) if !encloses(call, node) => self.argument(call, node, candidate, way),
            _ => Step::On,
        }
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

    /// `[200, 204].includes(status)`, `(200..300).contains(&status)`, `404.into()`,
    /// `[200, 204].forEach((status) => …)`
    fn receiver(
        &self,
        member: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Step<'t> {
        if !self.is_in_part(member, Part::Object, node) {
            // The name itself was the candidate: go on with the whole expression. In `self.0` the
            // number is a name.
            return if candidate.kind == Kind::Name { Step::On } else { Step::End(None) };
        }
        let Some(call) = self.parent(member).filter(|call| self.shape(*call) == Some(Shape::Call))
        else {
            // `HTTPStatus.NOT_FOUND.value`
            let is_value = self.part(member, Part::Name).is_some_and(|name| {
                let name = self.text(name);
                name == "value" || self.tables.vocabulary.is_conversion(name)
            });
            return if is_value { Step::On } else { Step::End(None) };
        };
        self.called_on(call, candidate, way)
    }

    /// The candidate is in what `call` is made on.
    pub(crate) fn called_on(
        &self,
        call: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Step<'t> {
        let Some(callee) = self.callee(call) else { return Step::End(None) };
        // `HttpStatus.NOT_FOUND.value()`
        let value_of_name = candidate.kind == Kind::Name && self.arguments(call).is_empty();
        // `either(equalTo(200)).or(equalTo(204))`
        let matchers = self.tables.vocabulary.is_matcher(callee.name)
            && callee.receiver.is_some_and(|receiver| self.is_matcher_alone(receiver));
        if value_of_name || matchers || self.tables.vocabulary.is_conversion(callee.name) {
            return Step::Over(call);
        }
        let Some(first) = self.arguments(call).into_iter().next() else { return Step::End(None) };
        let role = if way.range { Role::Bound } else { Role::Compare };
        if self.tables.vocabulary.is_membership(callee.name) {
            return Step::End(self.compared(self.subject(first), candidate, role));
        }
        // `"404".equals(status)`
        if self.tables.vocabulary.is_equality(callee.name) {
            let role = self.equality(call, callee.name);
            return Step::End(self.compared(self.subject(first), candidate, role));
        }
        let taken = match self.shape(first) {
            Some(Shape::Lambda | Shape::Function) => self.parameters(first).into_iter().next(),
            _ => None,
        };
        Step::End(taken.and_then(|name| self.compared(self.name_subject(name), candidate, role)))
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

    /// `Error::Status(404, _)` as a pattern.
    fn variant(
        &self,
        variant: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let name = self.part(variant, Part::Name).filter(|name| !encloses(*name, node))?;
        let name = self.last_name(name);
        let mut subject = self.name_subject(name);
        // `case HttpFailure(404, _)`, where the class is of the document.
        let made = self.facts.functions.iter().find(|function| function.name == name);
        if let Some(made) = made
            && let Some(at) = self.children(variant).iter().position(|part| part.id() == node.id())
            && let Some(parameter) = made.parameters.get(at.saturating_sub(1))
        {
            subject.says = subject.says.max(self.parameter_says(made, parameter));
        }
        if candidate.kind == Kind::Name || subject.says < Says::Status {
            return None;
        }
        self.compared(subject, candidate, Role::Branch)
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

impl Step<'_> {
    fn some(verdict: Verdict) -> Self {
        Self::End(Some(verdict))
    }

    /// An end with the verdict, when there is one.
    fn of(verdict: Option<Verdict>) -> Self {
        verdict.map_or(Self::On, |verdict| Self::End(Some(verdict)))
    }
}
