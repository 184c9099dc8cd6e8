//! Statuses that functions return.

use tree_sitter::Node;

use crate::climb::Way;
use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::names::Says;
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
                .or_else(|| self.returned_tuple(value, *at, candidate)),
            [] => {
                let function = self.function_around(node)?;
                self.function_value(function, candidate)
                    .or_else(|| self.handled(function, candidate))
            }
            _ => None,
        }
    }

    fn function_value(&self, function: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let mut subject = self.name_subject(self.function_name(function)?);
        // `enum http_status answer() { return 404; }`
        if subject.says < Says::Status
            && let Some(returned) = self.part(function, Part::Type)
            && self.text(returned).len() < 60
        {
            subject = self.name_subject(self.last_name(returned));
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
