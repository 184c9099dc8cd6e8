//! Climbing from a literal or name to the shape it stands in, and asking what the shape says.

use statuslint_codes::{code_of_name, words};
use tree_sitter::Node;

use crate::document::{Document, encloses};
use crate::facts::{Candidate, DATA, Http};
use crate::names::Says;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};
use crate::value::unquote;
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value, value};

/// A climb higher than this finds nothing: it bounds the work on hostile input.
const HEIGHT: usize = 24;

/// Commas and values between a code and its phrase: `(404, "404", "Not Found")`.
const NEAR: usize = 6;

/// A longer list is data.
const LIST: u32 = 1024;

/// What was climbed through on the way.
#[derive(Default, Clone)]
pub(crate) struct Way {
    /// Positions within the lists climbed through, innermost first.
    pub(crate) lists: Vec<usize>,
    /// Whether the candidate is one of several alternatives of a type.
    pub(crate) alternative: bool,
    /// Whether the candidate is one end of a range.
    pub(crate) range: bool,
}

impl<'t> Document<'t> {
    /// What the candidate is, when it is a status.
    pub(crate) fn judge(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let climbed = self.climb(candidate);
        if let Some(verdict) = climbed.as_ref().filter(|verdict| verdict.role == Role::Compare)
            && self.beside_phrase(candidate).is_some()
        {
            return Some(Verdict { role: Role::Table, ..verdict.clone() });
        }
        climbed.or_else(|| {
            // `"2XX"` is how a class is written and hardly anything else.
            let class = matches!(candidate.value, Value::Class(_))
                && self.text(candidate.node).contains("XX");
            (class && self.facts.http > Http::No)
                .then(|| Verdict::new(Role::Declare, Evidence::Certain))
                .or_else(|| self.beside_phrase(candidate))
        })
    }

    /// `(404, "Not Found")` and `404 => "Not Found"`: the phrase beside a code tells.
    fn beside_phrase(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let Value::Code(code) = candidate.value else { return None };
        // Finding a sibling costs as much as there are: a long list is none of phrases.
        self.parent(candidate.node).filter(|list| list.child_count() <= LIST)?;
        let agrees = |beside: Node<'t>| {
            let text = self.text(beside);
            let phrase = match self.shape(beside) {
                Some(Shape::String) => value::unquote(text),
                // A name of one word may be anything.
                None if beside.named_child_count() == 0 => text,
                _ => return false,
            };
            let told = self.shape(beside) == Some(Shape::String) || words(phrase).len() > 1;
            phrase.len() < 60
                && told
                && phrase.chars().all(|c| !c.is_ascii_digit())
                && code_of_name(phrase) == Some(code)
        };
        let found = [Node::next_sibling, Node::prev_sibling].into_iter().any(|next| {
            std::iter::successors(next(&candidate.node), next)
                .take(NEAR)
                .take_while(|beside| beside.is_named() || matches!(self.text(*beside), "," | "=>"))
                .any(agrees)
        });
        (found && !self.facts.foreign).then(|| Verdict::new(Role::Table, Evidence::Certain))
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
            Shape::Through | Shape::Arguments | Shape::Scalar => Step::On,
            Shape::Union => {
                way.alternative = true;
                Step::On
            }
            Shape::Variant => Step::of(self.variant(parent, node, candidate)),
            // The value of an arm is the value of the switch.
            Shape::Switch if !self.is_in_part(parent, Part::Subject, node) => Step::On,
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
                if self.is_listed_name(parent, candidate) {
                    return Step::End(Some(Verdict::new(Role::Table, Evidence::Certain)));
                }
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
    pub(crate) fn equality(&self, binary: Node<'t>) -> Role {
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

    /// `Error::Status(404, _)` as a pattern.
    fn variant(
        &self,
        variant: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let name = self.part(variant, Part::Name).filter(|name| !encloses(*name, node))?;
        let subject = self.name_subject(self.last_name(name));
        if candidate.kind == Kind::Name || subject.says < Says::Status {
            return None;
        }
        self.compared(subject, candidate, Role::Branch)
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
            .map_or(Subject::NOTHING, |subject| {
                // In `match (method, status)` what stands at the candidate's position.
                let at = way.lists.last().filter(|_| self.shape(subject) == Some(Shape::List));
                let at = at.and_then(|at| self.children(subject).get(*at).copied());
                self.subject(at.unwrap_or(subject))
            });
        let role = if way.range { Role::Bound } else { Role::Branch };
        let verdict = self.compared(subject, candidate, role);
        if verdict.is_some() && !way.range && self.arm_names(case, candidate) {
            return Step::End(Some(Verdict::new(Role::Table, Evidence::Certain)));
        }
        Step::End(verdict)
    }

    /// `(402, "PAYMENT_REQUIRED")`: a row of a table of names.
    fn is_listed_name(&self, list: Node<'t>, candidate: &Candidate<'t>) -> bool {
        let children = self.children(list);
        let Value::Code(code) = candidate.value else { return false };
        candidate.kind == Kind::Number
            && (2..=4).contains(&children.len())
            && self.parent(candidate.node).is_some_and(|parent| parent.id() == list.id())
            && children.iter().any(|beside| {
                self.shape(*beside) == Some(Shape::String)
                    && beside.byte_range().len() < 60
                    && code_of_name(unquote(self.text(*beside))) == Some(code)
            })
            && self.parent(list).is_some_and(|up| {
                !matches!(self.shape(up), Some(Shape::Assign | Shape::Define | Shape::Return))
            })
    }

    /// `402 => Ok(StatusCode::PaymentRequired)`: an arm that names the code it is for.
    fn arm_names(&self, case: Node<'t>, candidate: &Candidate<'t>) -> bool {
        let Value::Code(code) = candidate.value else { return false };
        let arm = match self.part(case, Part::Condition) {
            Some(_) => case,
            None => self.parent(case).unwrap_or(case),
        };
        let Some(rest) = self.text.get(candidate.node.end_byte()..arm.end_byte()) else {
            return false;
        };
        let end = rest.char_indices().nth(160).map_or(rest.len(), |(at, _)| at);
        rest[..end]
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ' ' | '-' | '\'')))
            .flat_map(|phrase| std::iter::once(phrase).chain(phrase.split(' ')))
            .any(|phrase| words(phrase).len() > 1 && code_of_name(phrase) == Some(code))
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

impl Step<'_> {
    /// An end with the verdict, when there is one.
    fn of(verdict: Option<Verdict>) -> Self {
        verdict.map_or(Self::On, |verdict| Self::End(Some(verdict)))
    }
}
