//! Statuses among unparsed tokens: in attributes and inside of macros.

use statuslint_codes::code_of_name;
use tree_sitter::Node;

use crate::document::{Callee, Document};
use crate::facts::{Candidate, Http};
use crate::names::Says;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Argument, Evidence, Kind, Role, Value, folder, value};

/// This many attributes may stand between one and its function.
const ATTRIBUTES: usize = 64;

impl<'t> Document<'t> {
    /// `#[response(status = 404)]`, `#[catch(404)]`, `json!({ "status": 404 })`
    pub(crate) fn token(
        &self,
        tokens: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let mut cursor = tokens.walk();
        let parts: Vec<Node<'t>> = tokens
            .children(&mut cursor)
            .filter(|part| self.shape(*part) != Some(Shape::Comment))
            .collect();
        let start = self.written(node).start;
        let at = parts.iter().position(|part| part.start_byte() == start)?;
        let before = at.checked_sub(1).map_or("", |before| self.text(parts[before]));
        let attribute = self
            .ancestors(tokens)
            .take(8)
            .find(|ancestor| self.shape(*ancestor) == Some(Shape::Attribute));
        let role = if attribute.is_some() { Role::Declare } else { Role::Emit };
        let list = Tokens { parts: &parts, at };
        if matches!(before, "=" | ":") && at >= 2 {
            let name = value::unquote(self.text(list.named(self)));
            if before == "=" && attribute.is_none() && self.is_name_of(name, candidate) {
                return Some(Verdict::new(Role::Define, Evidence::Certain));
            }
            let subject = self.name_subject(name);
            let subject = if attribute.is_some() { of_http(subject) } else { subject };
            return self.compared(subject, candidate, role);
        }
        // `payment_required, StatusCode::PAYMENT_REQUIRED`: a row of names and codes.
        if before == "," && at >= 2 && self.is_name_of(self.text(parts[at - 2]), candidate) {
            return Some(Verdict::new(Role::Define, Evidence::Certain));
        }
        if attribute.is_none()
            && let Some(verdict) = self.operand(&list, candidate)
        {
            return Some(verdict);
        }
        if let Some(attribute) = attribute.filter(|_| matches!(before, "(" | ",")) {
            let position = parts[..at].iter().filter(|part| self.text(**part) == ",").count();
            if let Some(verdict) = self.annotated(attribute, tokens, position, candidate) {
                return Some(verdict);
            }
        }
        (candidate.kind == Kind::Name).then(|| Verdict::new(role, Evidence::Certain))
    }

    /// `if status == 404` inside of a macro: by the name that ends or begins the other side.
    fn operand(&self, list: &Tokens<'_, 't>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let at = |index: usize| list.parts.get(index).copied();
        let (before, after) = (list.at.checked_sub(1).and_then(at), at(list.at + 1));
        let operator = |node: Option<Node<'t>>| node.map_or("", |node| self.text(node));
        let (operator, side) = match (operator(before), operator(after)) {
            (operator @ ("==" | "!=" | "<" | "<=" | ">" | ">="), _) => {
                let mut end = list.at.checked_sub(2)?;
                // `status()` ends with its arguments.
                if self.shape(list.parts[end]) == Some(Shape::Tokens) {
                    end = end.checked_sub(1)?;
                }
                (operator, list.parts[end])
            }
            (_, operator @ ("==" | "!=")) => {
                let path = list.parts[list.at + 2..]
                    .iter()
                    .take_while(|part| part.is_named() || matches!(self.text(**part), "." | "::"));
                let name = path.filter(|part| part.is_named() && part.child_count() == 0);
                (operator, *name.last()?)
            }
            _ => return None,
        };
        let role = if matches!(operator, "==" | "!=") { Role::Compare } else { Role::Bound };
        self.compared(self.name_subject(self.text(side)), candidate, role)
    }

    /// Whether a constant's name is that of the code.
    fn is_name_of(&self, name: &str, candidate: &Candidate<'t>) -> bool {
        let Value::Code(code) = candidate.value else { return false };
        self.facts.http > Http::No
            && !self.facts.foreign
            && name.len() < 60
            && code_of_name(name) == Some(code)
    }

    /// `#[catch(404)]`, `#[endpoint(status_codes(201, 404))]`, `#[case(404)]`: by what stands before
    /// the brackets.
    fn annotated(
        &self,
        attribute: Node<'t>,
        tokens: Node<'t>,
        position: usize,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let outermost = self.parent(tokens).is_some_and(|parent| parent.id() == attribute.id());
        let path = if outermost { attribute.named_child(0) } else { tokens.prev_sibling() }?;
        let path = self.text(path);
        let name = folder::last_name(path);
        let callee = Callee { name, receiver: None };
        let argument = Argument::Position(position);
        if let Some(verdict) = self.known_call(tokens, callee, &argument, candidate) {
            return Some(verdict);
        }
        if outermost && let Some(parameter) = self.parameter(attribute, path, position) {
            return self.compared(self.subject(parameter), candidate, Role::Expect);
        }
        self.compared(of_http(self.name_subject(name)), candidate, Role::Declare)
    }

    /// The parameter an attribute gives a value to: the one it stands before, or, of a test
    /// function's cases, the one at the position.
    fn parameter(&self, attribute: Node<'t>, path: &str, position: usize) -> Option<Node<'t>> {
        let item = self.parent(attribute)?;
        let mut next = item.next_named_sibling()?;
        if self.shape(next) == Some(Shape::Parameter) {
            return Some(next);
        }
        if !self.tables.vocabulary.is_case(path.split("::").next().unwrap_or(path)) {
            return None;
        }
        for _ in 0..ATTRIBUTES {
            if self.shape(next) == Some(Shape::Function) {
                let list = self.children(self.part(next, Part::Parameters)?);
                let is_parameter = |node: &Node<'t>| self.shape(*node) == Some(Shape::Parameter);
                let marked = list.windows(2).filter(|pair| !is_parameter(&pair[0]));
                let marked: Vec<Node<'t>> = marked.map(|pair| pair[1]).collect();
                let all = list.iter().copied().filter(is_parameter).collect();
                let parameters: Vec<Node<'t>> = if marked.is_empty() { all } else { marked };
                return parameters.get(position).copied();
            }
            next = next.next_named_sibling()?;
        }
        None
    }
}

/// The tokens of one pair of brackets, and which of them is the candidate.
struct Tokens<'a, 't> {
    parts: &'a [Node<'t>],
    at: usize,
}

impl<'t> Tokens<'_, 't> {
    /// What stands before the sign before the candidate: `NAME` in `NAME = 404` and in
    /// `NAME: u16 = 404`.
    fn named(&self, document: &Document<'t>) -> Node<'t> {
        let typed = self.at >= 4 && document.text(self.parts[self.at - 3]) == ":";
        self.parts[if typed { self.at - 4 } else { self.at - 2 }]
    }
}

/// In an attribute a status is one of HTTP.
fn of_http(subject: Subject) -> Subject {
    if subject.says == Says::Status {
        return Subject { says: Says::StatusCode, ..subject };
    }
    subject
}
