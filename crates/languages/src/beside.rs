//! What tells that a code is a status wherever it stands: what is right beside it, or made of it.

use statuslint_codes::{code_of_name, digits_in_name, words};
use tree_sitter::Node;

use crate::document::{Document, encloses};
use crate::facts::{Candidate, Http};
use crate::names::Says;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Name, Role, Value, value};

/// Commas and values between a code and its phrase: `(404, "404", "Not Found")`.
const NEAR: usize = 6;

/// A longer list is data.
const LIST: u32 = 1024;

/// Calls and their arguments between a code and the name of what they make of it.
const CALLS: usize = 8;

impl<'t> Document<'t> {
    /// What tells wherever it stands, or by what is right beside it.
    pub(crate) fn told_by_itself(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        self.constructed(candidate).or_else(|| self.answer(candidate)).or_else(|| {
            // `"2XX"` is how a class is written and hardly anything else.
            let class = matches!(candidate.value, Value::Class(_))
                && self.text(candidate.node).contains("XX");
            // `"HTTP/1.1 404 Not Found"` is a status wherever it stands.
            if candidate.kind == Kind::Line
                && value::status_line(value::unquote(self.text(candidate.node))).is_some()
            {
                return Some(Verdict::new(Role::Emit, Evidence::Certain));
            }
            (class && self.facts.http > Http::No)
                .then(|| Verdict::new(Role::Declare, Evidence::Certain))
                .or_else(|| self.beside_phrase(candidate))
                .or_else(|| self.among_rows(candidate))
                .or_else(|| self.among_phrases(candidate))
                .or_else(|| self.named_result(candidate))
        })
    }

    /// `HTTPStatus(404)` wherever it stands.
    fn constructed(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let around = self.parent(candidate.node)?;
        // `(HttpStatusCode)404`
        if let Some(cast) =
            self.part(around, Part::Type).filter(|_| self.shape(around) == Some(Shape::Through))
        {
            let subject = self.name_subject(self.last_name(cast));
            let status = subject.says == Says::StatusCode && self.facts.http > Http::No;
            return status.then(|| self.compared(subject, candidate, Role::Emit)).flatten();
        }
        let call = self.parent(around)?;
        let callee = self.callee(call).filter(|_| self.shape(call) == Some(Shape::Call))?;
        let cast = self.cast_to(call).unwrap_or(callee.name);
        let subject = self.name_subject(cast);
        let constructs = subject.says == Says::StatusCode
            && self.tables.vocabulary.is_conversion(callee.name)
            && self.arguments(call).first().is_some_and(|first| *first == candidate.node);
        constructs.then(|| self.compared(subject, candidate, Role::Emit)).flatten()
    }

    /// `(404, "Not Found")` and `404 => "Not Found"`: the phrase beside a code tells.
    pub(crate) fn beside_phrase(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let Value::Code(code) = candidate.value else { return None };
        // Of a long list, as of a table of sizes, only phrases would be asked for nothing.
        let list = self.parent(candidate.node).filter(|list| list.child_count() <= LIST)?;
        let mut cursor = list.walk();
        let parts: Vec<Node<'t>> = list.children(&mut cursor).collect();
        let at = parts.iter().position(|part| encloses(*part, candidate.node))?;
        let agrees = |away: usize, beside: Node<'t>| {
            let mut beside = self.tables.syntax.unwrapped(beside);
            // `{ 401, ("Unauthorized", "https://example.org/401") }`
            if self.shape(beside) == Some(Shape::List)
                && let Some(first) = self.children(beside).first()
            {
                beside = *first;
            }
            let text = self.text(beside);
            let phrase = match self.shape(beside) {
                Some(Shape::String) => value::unquote(text),
                // A name of one word may be anything.
                None if beside.named_child_count() == 0 => text,
                _ => return false,
            };
            // A single word is a phrase only right beside: `["status", "ok", "code", 200]` has none.
            let quoted = self.shape(beside) == Some(Shape::String) && !self.is_symbol(beside);
            let told = (quoted && away < 2) || words(phrase).len() > 1;
            // `{ ":status", "404" }` and `{ 404, FAILED_WITH_HTTP_404 }`
            let header = phrase == ":status" && candidate.kind == Kind::String;
            let numbered = digits_in_name(phrase) == Some(code)
                && self.shape(beside).is_none()
                && words(phrase).iter().any(|word| matches!(word.as_str(), "http" | "status"));
            if header || (numbered && phrase.len() < 60) {
                return true;
            }
            phrase.len() < 60
                && told
                && phrase.chars().all(|c| !c.is_ascii_digit())
                && code_of_name(phrase) == Some(code)
        };
        let near = |beside: &mut dyn Iterator<Item = &Node<'t>>| {
            beside
                .take(NEAR)
                .take_while(|beside| {
                    beside.is_named() || matches!(self.text(**beside), "," | "=>" | ":")
                })
                .enumerate()
                .any(|(away, beside)| agrees(away, *beside))
        };
        let found = near(&mut parts[at + 1..].iter()) || near(&mut parts[..at].iter().rev());
        (found && !self.facts.foreign).then(|| Verdict::new(Role::Table, Evidence::Certain))
    }

    /// `val Gone = register(status(410))`: what calls make of a code gets the name of that code.
    pub(crate) fn named_result(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let Value::Code(code) = candidate.value else { return None };
        if candidate.kind != Kind::Number || self.facts.foreign || self.facts.http == Http::No {
            return None;
        }
        let passes = |node: &Node<'t>| {
            matches!(self.shape(*node), Some(Shape::Call | Shape::Arguments | Shape::Through))
        };
        let holder = self.ancestors(candidate.node).take(CALLS).find(|up| !passes(up))?;
        let defines =
            matches!(self.shape(holder), Some(Shape::Assign | Shape::Define | Shape::Class));
        let name = self.part(holder, Part::Name).filter(|_| defines)?;
        let text = self.text(name);
        let capital = text.starts_with(char::is_uppercase);
        (capital && code_of_name(text) == Some(code)).then(|| {
            let name = Name { text: text.to_owned(), range: name.byte_range(), judged: false };
            Verdict { name: Some(name), ..Verdict::new(Role::Define, Evidence::Certain) }
        })
    }
}
