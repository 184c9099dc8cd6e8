//! Status lines in strings: `"HTTP/1.1 404 Not Found\r\n"`.

use std::ops::Range;

use statuslint_codes::words;

use crate::argument::Given;
use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::names::is_response;
use crate::syntax::Shape;
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value, value};

impl<'t> Document<'t> {
    /// A status line says by itself what it is; the call around it, what it is for.
    pub(crate) fn status_line(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        if candidate.kind != Kind::Line || self.shape(candidate.node) != Some(Shape::Text) {
            return None;
        }
        let call = self.ancestor(candidate.node, Shape::Call).and_then(|call| self.callee(call));
        let role = match call {
            Some(callee) if self.is_assertion(callee.name) => Role::Expect,
            Some(callee) if compares(callee.name) => Role::Compare,
            _ => Role::Emit,
        };
        Some(Verdict::new(role, Evidence::Certain))
    }

    /// `response.find("404")`: an error that is looked for in the text of a response.
    pub(crate) fn sought(&self, given: &Given<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let Value::Code(code) = candidate.value else { return None };
        let within = given.callee.receiver.or_else(|| given.arguments.first().copied())?;
        if candidate.kind == Kind::Number || (candidate.kind == Kind::Line && self.is_told(given)) {
            return (candidate.kind == Kind::Line)
                .then(|| Verdict::new(Role::Emit, Evidence::Certain));
        }
        let known = code.entry().is_some() && code.get() >= 200;
        let sought = compares(given.callee.name) && is_response(self.last_name(within));
        (known && sought && self.facts.http > Http::No && !self.facts.foreign)
            .then(|| Verdict::new(Role::Compare, Evidence::Certain))
    }

    /// `set_text(&response.status_line, "200 OK")`: what stands beside a line says status.
    fn is_told(&self, given: &Given<'t>) -> bool {
        given.others().any(|(_, beside)| {
            let name = self.last_name(beside);
            let name = if name.is_empty() { self.text(beside) } else { name };
            name.len() < 80 && words(name).iter().any(|word| word == "status")
        })
    }

    /// The bytes of a candidate: of a text that goes on, only its status line.
    pub(crate) fn range_of(&self, candidate: &Candidate<'t>) -> Range<usize> {
        let range = self.written(candidate.node);
        if self.shape(candidate.node) == Some(Shape::Text)
            && let Some((_, length)) = value::opening_line(self.text(candidate.node))
        {
            return range.start..range.start + length;
        }
        range
    }
}

/// Whether a function's name says that it compares texts or looks for one: `strncmp`, `strstr`.
fn compares(name: &str) -> bool {
    let finds = |word: &str| {
        word.ends_with("cmp")
            || matches!(
                word,
                "strstr"
                    | "find"
                    | "contains"
                    | "starts"
                    | "compare"
                    | "match"
                    | "equal"
                    | "equals"
            )
    };
    words(name).iter().any(|word| finds(word))
}
