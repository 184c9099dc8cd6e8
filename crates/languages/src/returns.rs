//! Statuses that functions return.

use tree_sitter::Node;

use crate::climb::Way;
use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::fields::role_of;
use crate::names::Says;
use crate::subject::Subject;
use crate::syntax::Shape;
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
                .returned_tuple(value, *at, candidate)
                .or_else(|| self.returned_list(node, candidate, way)),
            [] => self.function_value(self.function_around(node)?, candidate),
            _ => None,
        }
    }

    fn function_value(&self, function: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let mut subject =
            self.function_name(function).map_or(Subject::NOTHING, |name| self.name_subject(name));
        // `var status: HTTPStatus { .notFound }` has its type where it has its name.
        let around = self.parent(function).filter(|up| self.shape(*up) == Some(Shape::Assign));
        if std::iter::once(function).chain(around).any(|node| self.is_typed_status(node)) {
            subject.says = Says::StatusCode;
        }
        (subject.says >= Says::Status)
            .then(|| self.compared(subject, candidate, Role::Emit))
            .flatten()
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
