//! What an expression says about being a status: the other side of a comparison, the target of
//! an assignment, the subject of a switch.

use tree_sitter::Node;

use crate::document::{Document, without_sign};
use crate::facts::Http;
use crate::names::{Says, is_like, is_response, says};
use crate::operators::Operator;
use crate::syntax::{Part, Shape};
use crate::value::{self, unquote};

/// Expressions deeper than this say nothing: it bounds the work on hostile input.
const DEPTH: usize = 12;

/// What an expression says, and the library that told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) says: Says,
    pub(crate) api: Option<&'static str>,
}

impl Subject {
    pub(crate) const NOTHING: Self = Self { says: Says::Nothing, api: None };

    fn of(says: Says) -> Self {
        Self { says, api: None }
    }
}

impl<'t> Document<'t> {
    /// What a name says: by the project's configuration, else by itself.
    pub(crate) fn name_subject(&self, name: &str) -> Subject {
        if self.context.names.iter().any(|own| is_like(name, own)) {
            return Subject { says: Says::StatusCode, api: Some("project") };
        }
        Subject { says: says(name), api: None }
    }

    /// What an expression says about being a status.
    pub(crate) fn subject(&self, node: Node<'t>) -> Subject {
        self.subject_at(node, 0)
    }

    fn subject_at(&self, node: Node<'t>, depth: usize) -> Subject {
        if depth > DEPTH {
            return Subject::NOTHING;
        }
        let inner = |node: Node<'t>| self.subject_at(node, depth + 1);
        match self.shape(node) {
            Some(Shape::Member) => self.member(node, depth),
            Some(Shape::Call) => self.call_subject(node, depth),
            Some(Shape::Index) => self.index(node, depth),
            // `(-> response :status)`
            Some(Shape::Pipe) => match self.children(node).as_slice() {
                [.., object, key] if self.shape(*key) == Some(Shape::String) => {
                    self.taken(unquote(self.text(*key)), *object, depth)
                }
                _ => Subject::NOTHING,
            },
            Some(Shape::Assign | Shape::Parameter) => {
                self.part(node, Part::Name).map_or(Subject::NOTHING, inner)
            }
            Some(Shape::Through | Shape::List) => {
                let held = match self.children(node).as_slice() {
                    [only] => Some(*only),
                    _ if self.shape(node) == Some(Shape::Through) => self.held(node),
                    _ => None,
                };
                held.map_or(Subject::NOTHING, inner)
            }
            // `reply => reply.StatusCode`
            Some(Shape::Lambda) => {
                self.children(node).last().map_or(Subject::NOTHING, |last| inner(*last))
            }
            Some(Shape::Binary) => {
                let Some([left, right]) = self.operands(node) else { return Subject::NOTHING };
                let beside = self.neighbours(node, left);
                match beside.first().and_then(|beside| self.operator(beside.operator)) {
                    Some(Operator::Else) => inner(left),
                    // `status must be equalTo 404` is `(status must be) equalTo 404`.
                    Some(Operator::Equal)
                        if self.tables.vocabulary.is_matcher(self.text(right)) =>
                    {
                        inner(left)
                    }
                    Some(Operator::And) => {
                        let right = inner(right);
                        if right.says > Says::Nothing { right } else { inner(left) }
                    }
                    // `response ^. responseStatus . statusCode`
                    None if self.tables.syntax.is_chained(node) => match inner(right) {
                        Subject::NOTHING => inner(left),
                        held => held,
                    },
                    _ => Subject::NOTHING,
                }
            }
            Some(Shape::String) => {
                let text = self.text(node);
                if text.len() < 40 { self.name_subject(unquote(text)) } else { Subject::NOTHING }
            }
            _ => match self.identifier(node) {
                Some(text) if text.len() <= 60 => self.allied(self.name_subject(text), text, node),
                _ => Subject::NOTHING,
            },
        }
    }

    fn member(&self, node: Node<'t>, depth: usize) -> Subject {
        let (Some(name), Some(object)) =
            (self.part(node, Part::Name), self.part(node, Part::Object))
        else {
            return Subject::NOTHING;
        };
        self.taken(without_sign(self.text(name)), object, depth)
    }

    /// What `name` taken from `object` says.
    fn taken(&self, name: &'t str, object: Node<'t>, depth: usize) -> Subject {
        let from = self.last_name(object);
        for known in self.tables.vocabulary.names(name) {
            let on = known.on.is_empty()
                || known.on.iter().any(|on| {
                    on.eq_ignore_ascii_case(from) || (on.contains('.') && on == self.text(object))
                })
                || (from.len() > 3
                    && known
                        .on
                        .iter()
                        .any(|on| on.len() > 3 && from.to_lowercase().contains(on.as_str())));
            if on && self.is_imported(&known.api) {
                return Subject { says: Says::StatusCode, api: Some(&known.api) };
            }
        }
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            // `code.0`: what a tuple struct holds
            return self.subject_at(object, depth + 1);
        }
        let named = self.name_subject(name);
        let own = named.says;
        if own == Says::Status
            && (is_response(from) || matches!(from, "this" | "self" if self.facts.http > Http::No))
        {
            return Subject::of(Says::StatusCode);
        }
        if own > Says::Nothing && own != Says::Code {
            return named;
        }
        let below = self.subject_at(object, depth + 1);
        if below.says >= Says::Status
            && (own == Says::Code || self.tables.vocabulary.is_conversion(name) || name == "value")
        {
            return Subject { says: Says::StatusCode, ..below };
        }
        // `code.value()`
        if name == "value" && below.says > Says::Nothing {
            return below;
        }
        if own == Says::Code && is_response(from) && self.facts.http > Http::No {
            return Subject::of(Says::Status);
        }
        self.allied(Subject::of(own), name, object)
    }

    fn call_subject(&self, call: Node<'t>, depth: usize) -> Subject {
        let Some(callee) = self.callee(call) else { return Subject::NOTHING };
        let arguments = self.arguments(call);
        if callee.name == "first" && callee.receiver.is_some_and(|list| self.holds_status(list)) {
            return Subject { says: Says::Status, api: Some("rack") };
        }
        if self.tables.vocabulary.is_conversion(callee.name) {
            let held = arguments
                .first()
                .map_or(Subject::NOTHING, |first| self.subject_at(*first, depth + 1));
            if held.says > Says::Nothing {
                return held;
            }
            if let Some(receiver) = callee.receiver {
                let below = self.subject_at(receiver, depth + 1);
                if below.says > Says::Nothing {
                    return below;
                }
            }
        }
        if arguments.is_empty()
            && self.tables.vocabulary.is_getter(callee.name)
            && let Some(receiver) = callee.receiver
        {
            return self.subject_at(receiver, depth + 1);
        }
        // `equalTo(status)` of Hamcrest holds what it is given.
        if let ([held], None) = (arguments.as_slice(), callee.receiver)
            && self.tables.vocabulary.is_matcher(callee.name)
        {
            return self.subject_at(*held, depth + 1);
        }
        let named = match callee.receiver {
            Some(receiver) => self.taken(callee.name, receiver, depth),
            None => self.name_subject(callee.name),
        };
        if named.says > Says::Nothing {
            // A getter takes nothing; `set_status(x)` is no subject.
            // `status("/orders", "HTTP_HOST" => "example.org")` asks for one.
            let asks = |node: &Node<'t>| {
                matches!(self.shape(*node), Some(Shape::String | Shape::Pair | Shape::Map))
            };
            let getter = arguments.len() <= 1 || arguments.iter().all(asks);
            return if getter { named } else { Subject::NOTHING };
        }
        match arguments.as_slice() {
            // fetch(url).then((response) => response.status)
            [function]
                if matches!(callee.name, "then" | "map")
                    && self.shape(*function) == Some(Shape::Lambda) =>
            {
                let body = self.children(*function).last().copied();
                let held = body.map_or(Subject::NOTHING, |body| self.subject_at(body, depth + 1));
                // What a request resolves to has no other status.
                match held.says {
                    Says::Status if callee.name == "then" && self.facts.http > Http::No => {
                        Subject::of(Says::StatusCode)
                    }
                    _ => held,
                }
            }
            // reply->attribute(QNetworkRequest::HttpStatusCodeAttribute)
            [key]
                if self.shape(*key) == Some(Shape::Member)
                    && self.last_name(*key).starts_with(char::is_uppercase)
                    && says(self.last_name(*key)) == Says::StatusCode =>
            {
                Subject::of(Says::StatusCode)
            }
            // response.substr(9, 3), line.substring(9, 12): where a status line has its code
            [from, end] if self.text(*from) == "9" && matches!(self.text(*end), "3" | "12") => {
                Subject::of(Says::StatusCode)
            }
            // stats.get("http_code")
            [key, ..] if self.shape(*key) == Some(Shape::String) && arguments.len() <= 2 => {
                self.subject_at(*key, depth + 1)
            }
            // curl_getinfo($handle, CURLINFO_HTTP_CODE)
            [_, key] if self.tables.vocabulary.is_lookup(callee.name) => {
                self.subject_at(*key, depth + 1)
            }
            _ => Subject::NOTHING,
        }
    }

    fn index(&self, node: Node<'t>, depth: usize) -> Subject {
        let children = self.children(node);
        let object = self.part(node, Part::Object).or_else(|| children.first().copied());
        let index = self.part(node, Part::Name).or_else(|| children.get(1).copied());
        let (Some(object), Some(index)) = (object, index) else { return Subject::NOTHING };
        if let Some(at) = value::number(self.text(index)).filter(|_| self.holds_status(object)) {
            let status = self
                .tables
                .vocabulary
                .tuples()
                .find(|tuple| tuple.headers.is_some() && tuple.status == usize::from(at.get()));
            return status.map_or(Subject::NOTHING, |tuple| Subject {
                says: Says::Status,
                api: Some(&tuple.api),
            });
        }
        if self.shape(index) == Some(Shape::String) {
            let key = unquote(self.text(index));
            return if key.len() < 40 { self.taken(key, object, depth) } else { Subject::NOTHING };
        }
        self.subject_at(object, depth + 1)
    }

    /// Whether the document imports a library of the vocabulary; what no import shows is there.
    pub(crate) fn is_imported(&self, api: &str) -> bool {
        self.tables.vocabulary.apis.iter().any(|known| {
            known.name == api && (known.imports.is_empty() || self.facts.imports(&known.imports))
        })
    }
}
