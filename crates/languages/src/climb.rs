//! Climbing from a literal or name to the shape it stands in, and asking what the shape says.

use tree_sitter::Node;

use crate::document::Document;
use crate::facts::{Candidate, DATA, Http};
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
        self.climb(candidate).or_else(|| {
            // `"2XX"` is how a class is written and hardly anything else.
            let class = matches!(candidate.value, Value::Class(_))
                && self.text(candidate.node).contains("XX");
            (class && self.facts.http > Http::No)
                .then(|| Verdict::new(Role::Declare, Evidence::Certain))
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
        let Some(shape) = self.shape(parent) else { return Step::End(None) };
        match shape {
            Shape::Through | Shape::Union | Shape::Arguments | Shape::Scalar => Step::On,
            Shape::Block => {
                let last = self.children(parent).last().is_some_and(|last| last.id() == node.id());
                if last { Step::On } else { Step::End(None) }
            }
            Shape::Choice => {
                let in_condition = self.is_in_part(parent, Part::Condition, node);
                if in_condition { Step::End(None) } else { Step::On }
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
            Shape::Map if parent.named_child_count() > DATA => Step::End(None),
            Shape::Map => self.element(parent, node, candidate, way),
            Shape::Record if !self.is_in_part(parent, Part::Name, node) => Step::On,
            Shape::Binary => self.binary(parent, node, candidate, way),
            Shape::Member => self.receiver(parent, node, candidate, way),
            Shape::Index => Step::End(self.key(parent, node, candidate)),
            Shape::Call => self.argument(parent, node, candidate, way),
            Shape::Keyword => self.keyword(parent, node, candidate, way),
            Shape::Pair => self.pair(parent, node, candidate, way),
            Shape::Assign | Shape::Define | Shape::Parameter => {
                Step::End(self.definition(parent, node, candidate, way))
            }
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
                    let role = if way.range { Role::Bound } else { Role::Compare };
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
        let asserted = self.ancestors(binary).take(5).any(|ancestor| match self.shape(ancestor) {
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
        let Some(call) = self.parent(member).filter(|call| self.shape(*call) == Some(Shape::Call))
        else {
            return Step::End(None);
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
        let name = self.last_name(object);
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
        let subject = self
            .ancestor(case, Shape::Switch)
            .and_then(|switch| self.part(switch, Part::Subject))
            .map_or(Subject::NOTHING, |subject| self.subject(subject));
        let role = if way.range { Role::Bound } else { Role::Branch };
        Step::End(self.compared(subject, candidate, role))
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
        let known = self.tables.vocabulary.tuples().find(|tuple| tuple.status == at)?;
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
