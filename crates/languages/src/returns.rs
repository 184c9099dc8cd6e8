//! Statuses that functions return.

use tree_sitter::Node;

use crate::climb::Way;
use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::fields::role_of;
use crate::names::Says;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value, value};

impl<'t> Document<'t> {
    /// `return 404` in a function that is named after a status, `return body, 404` in a handler.
    pub(crate) fn returned(
        &self,
        node: Node<'t>,
        value: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        if let Some(verdict) = self.given(node, candidate, way) {
            return Some(verdict);
        }
        match way.lists.as_slice() {
            [at] => self
                .returned_object(node, value, candidate)
                .or_else(|| self.returned_tuple(value, *at, candidate))
                .or_else(|| self.returned_list(node, candidate, way))
                .or_else(|| self.provided(node, candidate, way)),
            [] => {
                let function = self.function_around(node)?;
                self.function_value(function, candidate)
                    .or_else(|| self.handled(function, candidate))
            }
            _ => self.provided(node, candidate, way),
        }
    }

    /// `$respond->([404, ['Content-Type' => 'text/plain'], ['none']])`: what a server takes for an
    /// answer, wherever it is made.
    pub(crate) fn answer(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let list = self.parent(candidate.node)?;
        let parts = match self.children(list) {
            parts if self.shape(list) == Some(Shape::List) && matches!(parts.len(), 2 | 3) => parts,
            _ => return None,
        };
        let bracketed = |node: &Node<'t>| self.text(*node).starts_with(['[', '{']);
        let tuple = self.tables.vocabulary.tuples().find(|tuple| {
            tuple.status == 0 && tuple.content == 2 && self.is_imported(&tuple.api)
        })?;
        let made = parts[0] == candidate.node
            && value::is_known(candidate.value)
            && parts[1..].iter().all(bracketed)
            && !self.facts.foreign;
        let role = if self.is_expected(candidate.node) { Role::Expect } else { Role::Emit };
        if !made {
            return None;
        }
        let mut verdict = Verdict::new(role, Evidence::Certain).with_api(Some(&tuple.api));
        if role == Role::Emit {
            let content = parts.get(tuple.content).copied();
            verdict.content = content.and_then(|content| self.content_of_list(content));
            verdict.headers = self.header_names(parts[1]);
        }
        Some(verdict)
    }

    fn function_value(&self, function: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let mut subject =
            self.function_name(function).map_or(Subject::NOTHING, |name| self.name_subject(name));
        // `enum http_status answer() { return 404; }`
        if subject.says < Says::Status
            && let Some(returned) = self.part(function, Part::Type)
            && self.text(returned).len() < 60
        {
            subject = self.name_subject(self.last_name(returned));
        }
        // `var status: HTTPStatus { .notFound }` has its type where it has its name.
        let around = self.parent(function).filter(|up| self.shape(*up) == Some(Shape::Assign));
        if std::iter::once(function).chain(around).any(|node| self.is_typed_status(node)) {
            subject.says = Says::StatusCode;
        }
        (subject.says >= Says::Status)
            .then(|| self.compared(subject, candidate, Role::Emit))
            .flatten()
    }

    /// `return 404` in a function that takes what the handlers of a library take.
    fn handled(&self, function: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let taken = self.text(self.part(function, Part::Parameters)?);
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let known = self.tables.vocabulary.handlers().find(|handler| {
            taken.split(|c| !is_name(c)).any(|word| handler.takes.iter().any(|it| it == word))
        })?;
        let number = candidate.kind == Kind::Number && value::is_known(candidate.value);
        let verdict = Verdict::new(Role::Emit, Evidence::Certain).with_api(Some(&known.api));
        (candidate.kind == Kind::Name || (number && !self.facts.foreign)).then_some(verdict)
    }

    /// `var retryableStatusCodes: Set<Int> { [408, 429] }`: all that is returned are statuses.
    fn returned_list(
        &self,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let name = self.function_name(self.function_around(node)?)?;
        let several =
            ["codes", "Codes", "statuses", "Statuses"].iter().any(|end| name.ends_with(end));
        let subject = self.name_subject(name);
        (several && subject.says == Says::StatusCode)
            .then(|| self.compared(subject, candidate, role_of(name, way)))
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
        if self.is_symbol(candidate.node) {
            return None;
        }
        // Short of headers, an error with its message is left.
        let message = self
            .children(list)
            .get(at + 1)
            .is_some_and(|next| matches!(self.shape(*next), Some(Shape::String | Shape::Map)));
        let fails = matches!(candidate.value, Value::Code(code) if code.get() >= 400);
        let short = message && fails && value::is_known(candidate.value);
        let fitting = || {
            let tuples = self.tables.vocabulary.tuples();
            tuples.filter(|tuple| tuple.status == at && (tuple.headers.is_none() || short))
        };
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
            let items = self.children(list);
            let content = items.get(known.content).copied();
            verdict.content = content.and_then(|content| {
                if known.parts {
                    self.content_of_list(content)
                } else {
                    self.content_of(content, false)
                }
            });
            let headers = items.get(at + 1).filter(|_| items.len() == 3);
            verdict.headers = headers.and_then(|headers| self.header_names(*headers));
        }
        Some(verdict)
    }
}
