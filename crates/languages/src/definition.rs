//! Statuses that are given to variables, members, parameters and constants.

use statuslint_codes::words;
use tree_sitter::Node;

use crate::climb::Way;
use crate::document::{Document, encloses};
use crate::facts::{Candidate, Http};
use crate::names::Says;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Name, Role, Value};

impl<'t> Document<'t> {
    /// `x.status = 404`, `const NOT_FOUND: u16 = 404`, `def f(status_code=200)`.
    pub(crate) fn definition(
        &self,
        node: Node<'t>,
        from: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let name = self.part(node, Part::Name)?;
        if encloses(name, from) {
            return None;
        }
        let target = self.target(name, way);
        let text = self.text(target);
        if text.len() > 80 {
            return None;
        }
        let plain = !matches!(self.shape(target), Some(Shape::Member | Shape::Index));
        let constant = self.shape(node) == Some(Shape::Define) || (plain && is_constant_name(text));
        let alone = way.lists.is_empty()
            || self.shape(name) == Some(Shape::List)
            || is_first_of_pair(self, from, way);
        if constant && alone && !way.range {
            if let Some(verdict) = self.named(target, text, node, candidate) {
                return Some(verdict);
            }
            if let Some(verdict) = self.embeds(target, text, candidate) {
                return Some(verdict);
            }
        }
        let role = if !alone {
            Role::Compare
        } else if constant {
            Role::Define
        } else {
            Role::Emit
        };
        let role = if way.range { Role::Bound } else { role };
        let mut subject = self.subject(target);
        let code = subject.says == Says::Code;
        let head = if code { self.class_head(node, target) } else { Vec::new() };
        if code && head.iter().any(|word| word.starts_with("http")) {
            subject.says = Says::Status;
        }
        let error = head.iter().any(|word| matches!(word.as_str(), "error" | "exception"));
        self.compared(subject, candidate, role).or_else(|| {
            // `class NoSuchKey(ServiceError): code = 404`
            let failure =
                matches!(candidate.value, Value::Code(code) if (400..600).contains(&code.get()));
            subject.says = Says::Status;
            let verdict = self.compared(subject, candidate, role).filter(|_| error && failure)?;
            Some(Verdict { evidence: Evidence::Likely, ..verdict })
        })
    }

    /// The words of the head of the class whose attribute is given a value: `class Gone(HTTPError)`.
    fn class_head(&self, item: Node<'t>, target: Node<'t>) -> Vec<String> {
        let Some(class) = self.ancestor(item, Shape::Class) else { return Vec::new() };
        let own = self.part(target, Part::Object).is_some_and(|object| {
            self.shape(target) == Some(Shape::Member)
                && matches!(self.text(object), "self" | "this")
        });
        let within = |function: Node<'t>| encloses(class, function);
        if !own && self.ancestor(item, Shape::Function).is_some_and(within) {
            return Vec::new();
        }
        words(self.text(class).lines().next().unwrap_or_default())
    }

    /// `for status in (200, 404)`, `for path, status in [("/", 200)]`.
    pub(crate) fn each(
        &self,
        each: Node<'t>,
        from: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let name =
            self.part(each, Part::Name).filter(|_| self.is_in_part(each, Part::Value, from))?;
        let columns = self.shape(name) == Some(Shape::List);
        let target = match (way.lists.as_slice(), columns) {
            ([] | [_], false) => name,
            ([column, _], true) => *self.children(name).get(*column)?,
            _ => return None,
        };
        let role = if way.range { Role::Bound } else { Role::Compare };
        self.compared(self.subject(target), candidate, role)
    }

    /// In `a, b = 1, 404` the name at the candidate's position.
    fn target(&self, name: Node<'t>, way: &Way) -> Node<'t> {
        if self.shape(name) == Some(Shape::List)
            && let Some(&at) = way.lists.last()
            && let Some(target) = self.children(name).get(at)
        {
            return *target;
        }
        name
    }

    /// `PARTIAL_CONTENT_RESPONSE = 206`: a constant whose words hold the code's own name.
    fn embeds(&self, name: Node<'t>, text: &str, candidate: &Candidate<'t>) -> Option<Verdict> {
        if candidate.kind == Kind::Name || self.facts.foreign || self.facts.http == Http::No {
            return None;
        }
        let Value::Code(code) = candidate.value else { return None };
        let own = words(code.entry()?.name);
        let words = words(text);
        let holds =
            own.len() > 1 && words.windows(own.len()).any(|window| window == own.as_slice());
        holds.then(|| {
            let mut verdict = Verdict::new(Role::Define, Evidence::Certain);
            verdict.name =
                Some(Name { text: text.to_owned(), range: name.byte_range(), judged: false });
            verdict
        })
    }

    /// Unparsed tokens: `#[response(status = 404)]`, `json!({ "status": 404 })`.
    pub(crate) fn token(
        &self,
        tokens: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let mut cursor = tokens.walk();
        let parts: Vec<Node<'t>> = tokens.children(&mut cursor).collect();
        let at = parts.iter().position(|part| part.id() == node.id())?;
        let text = |index: usize| parts.get(index).map_or("", |part| self.text(*part));
        let attribute = std::iter::successors(tokens.parent(), Node::parent)
            .take(4)
            .any(|ancestor| self.shape(ancestor) == Some(Shape::Attribute));
        let before = at.checked_sub(1).map_or("", &text);
        let role = if attribute { Role::Declare } else { Role::Emit };
        if matches!(before, "=" | ":") && at >= 2 {
            let name = crate::value::unquote(text(at - 2));
            let mut subject = self.name_subject(name);
            if attribute && subject.says == Says::Status {
                subject.says = Says::StatusCode;
            }
            return self.compared(subject, candidate, role);
        }
        if before == "(" && attribute {
            // `#[catch(404)]`
            let path = tokens.parent().and_then(|attribute| attribute.named_child(0))?;
            let callee = crate::document::Callee { name: self.text(path), receiver: None };
            return self.known_call(tokens, callee, &crate::Argument::Position(0), candidate);
        }
        if candidate.kind == Kind::Name {
            return Some(Verdict::new(role, Evidence::Certain));
        }
        None
    }
}

/// `NAME = 404, "Not Found"` and `NAME = (404, "Not Found")`: the code with its phrase.
fn is_first_of_pair<'t>(document: &Document<'t>, list: Node<'t>, way: &Way) -> bool {
    way.lists == [0]
        && matches!(document.shape(list), Some(Shape::List))
        && matches!(document.children(list).as_slice(), [_, phrase] if document.shape(*phrase) == Some(Shape::String))
}

/// Whether a name is written as constants are: `NOT_FOUND`.
fn is_constant_name(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}
