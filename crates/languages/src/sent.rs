//! What is sent along with a status where its surroundings tell it: beside it in a map, or after an
//! arrow. Headers count only where every name can be read.

use statuslint_codes::Class;
use tree_sitter::Node;

use crate::argument::Given;
use crate::document::{Document, encloses};
use crate::facts::Candidate;
use crate::names::{Says, says};
use crate::phrases::innermost;
use crate::syntax::{Part, Shape};
use crate::value::unquote;
use crate::verdict::Verdict;
use crate::vocabulary::Call;
use crate::{Role, Value};

/// What is sent along stands no further up than this: it bounds the work on hostile input.
const HEIGHT: usize = 6;

/// No response is written with more headers or fields than this.
const FIELDS: usize = 64;

impl<'t> Document<'t> {
    /// A verdict with what the surroundings of the candidate say is sent along.
    pub(crate) fn with_sent(&self, mut verdict: Verdict, candidate: &Candidate<'t>) -> Verdict {
        if verdict.role != Role::Emit || !matters(candidate.value) {
            return verdict;
        }
        let mut node = candidate.node;
        for _ in 0..HEIGHT {
            let Some(parent) = self.parent(node) else { break };
            match self.shape(parent) {
                Some(Shape::Pair | Shape::Keyword | Shape::Assign) => {
                    self.add_pair(&mut verdict, parent, node);
                    break;
                }
                Some(Shape::Entries) => {
                    self.add_turns(&mut verdict, parent, node);
                    break;
                }
                Some(Shape::Binary) => {
                    self.add_arrow(&mut verdict, parent, node);
                    break;
                }
                // `HttpResponse::NotFound().json(problem)`
                Some(Shape::Call) if self.is_in_part(parent, Part::Function, node) => {
                    verdict.content = verdict.content.or_else(|| self.chained_content(parent));
                    break;
                }
                Some(Shape::Through | Shape::Path | Shape::Module | Shape::Member) => node = parent,
                _ => break,
            }
        }
        verdict
    }

    /// `{ statusCode: 204, headers: {…}, body: "gone" }`
    fn add_pair(&self, verdict: &mut Verdict, pair: Node<'t>, node: Node<'t>) {
        let key = |pair: Node<'t>| self.part(pair, Part::Name).map(|name| self.field_key(name));
        if self.is_in_part(pair, Part::Name, node) {
            return self.add_arrow(verdict, pair, node);
        }
        let Some(map) = self.parent(pair).filter(|_| key(pair).is_some_and(is_status)) else {
            return;
        };
        let is_map = matches!(
            self.shape(map),
            Some(Shape::Map | Shape::Record | Shape::List | Shape::Arguments)
        );
        if !is_map {
            return;
        }
        for beside in self.children(map).into_iter().take(FIELDS) {
            if let (Some(key), Some(value)) = (key(beside), self.part(beside, Part::Value)) {
                // What a call is given under that name, its vocabulary tells.
                let given = self.shape(map) == Some(Shape::Arguments);
                self.add_field(verdict, key, value, given);
            }
        }
    }

    /// `{:status 204 :headers {} :body "gone"}`, where the grammar has no pairs.
    fn add_turns(&self, verdict: &mut Verdict, entries: Node<'t>, node: Node<'t>) {
        let items = self.children(entries);
        let (pairs, _) = items.as_chunks::<2>();
        let own = pairs.iter().find(|[_, value]| encloses(*value, node));
        if own.is_some_and(|[key, _]| is_status(self.field_key(*key))) {
            for [key, value] in pairs.iter().take(FIELDS) {
                self.add_field(verdict, self.field_key(*key), *value, false);
            }
        }
    }

    fn add_field(&self, verdict: &mut Verdict, key: &str, value: Node<'t>, headers_only: bool) {
        let value = self.tables.syntax.unwrapped(value);
        if key.eq_ignore_ascii_case("body") && !headers_only && verdict.content.is_none() {
            verdict.content = self.content_of_list(value);
        } else if is_headers(key) && verdict.headers.is_none() {
            verdict.headers = self.header_names(value);
        }
    }

    /// `complete(NoContent -> "gone")`: a pair where the call may be given both one by one.
    fn add_arrow(&self, verdict: &mut Verdict, pair: Node<'t>, node: Node<'t>) {
        let parts = self.children(pair);
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let between = self.text.get(first.end_byte()..last.start_byte()).unwrap_or_default();
        if !encloses(*first, node) || between.trim().len() > 8 || !between.contains("->") {
            return;
        }
        if self.is_sent_with(pair) && verdict.content.is_none() {
            verdict.content = self.content_of(*last, false);
        }
    }

    /// Whether a call takes a pair of a status and content: `complete(404 -> "none")`.
    pub(crate) fn is_sent_with(&self, pair: Node<'t>) -> bool {
        let mut around = self.ancestors(pair).take(2);
        let call = around.find(|up| self.shape(*up) == Some(Shape::Call));
        call.and_then(|call| self.callee(call)).is_some_and(|callee| {
            let mut calls = self.tables.vocabulary.calls(callee.name).iter();
            calls.any(|known| known.argument == Some(0) && known.content == Some(1))
        })
    }

    /// `call.respond(HttpStatusCode.OK, 402)`: whether the argument is content beside a status.
    pub(crate) fn is_content(&self, given: &Given<'t>) -> bool {
        self.tables.vocabulary.calls(given.callee.name).iter().any(|known| {
            known.content == Some(given.at)
                && known.argument.is_some_and(|status| status < given.arguments.len())
                && self.is_called_so(known, given.callee)
        })
    }

    fn field_key(&self, key: Node<'t>) -> &'t str {
        let text = self.text(key);
        if text.len() > 60 { "" } else { unquote(text).trim_matches(':') }
    }

    /// The names of the headers that a call of the vocabulary is given.
    pub(crate) fn headers_of_call(&self, known: &Call, call: Node<'t>) -> Option<Vec<String>> {
        let arguments = self.arguments(call);
        let named = arguments.iter().take(FIELDS).find_map(|argument| {
            let name = self.part(*argument, Part::Name)?;
            let is_headers = self.field_key(name).eq_ignore_ascii_case("headers");
            is_headers.then(|| self.part(*argument, Part::Value)).flatten()
        });
        let positional = known.headers.and_then(|at| arguments.get(at).copied());
        let headers = named.or(positional)?;
        if known.headers.is_some() && self.shape(headers) == Some(Shape::String) {
            return header_lines(unquote(self.text(headers)));
        }
        self.header_names(headers)
    }

    /// The names in a literal of headers, in lower case, where each of them is written out.
    pub(crate) fn header_names(&self, headers: Node<'t>) -> Option<Vec<String>> {
        let headers = self.tables.syntax.unwrapped(headers);
        let mut called = None;
        let items = match self.shape(headers) {
            Some(Shape::Map | Shape::List | Shape::Entries) => self.children(headers),
            // `Map("Allow" -> "GET")`, `mapOf("Allow" to "GET")`, `Map.of("Allow", "GET")`
            Some(Shape::Call) => {
                let made = self.callee(headers)?;
                called = Some(made.name);
                if let Some(filled) = self.filled_with(headers) {
                    return self.header_names(filled);
                }
                let makes = matches!(made.name, "Map" | "Seq" | "List" | "mapOf" | "listOf" | "of");
                makes.then(|| self.arguments(headers))?
            }
            Some(Shape::Record | Shape::Through) => {
                let inner = self.children(headers).into_iter().last()?;
                let literal =
                    matches!(self.shape(inner), Some(Shape::Map | Shape::Entries | Shape::List));
                return literal.then(|| self.header_names(inner)).flatten();
            }
            _ => return None,
        };
        if items.len() > FIELDS {
            return None;
        }
        let is_string = |node: &Node<'t>| self.shape(*node) == Some(Shape::String);
        // `['Content-Type' => 'text/plain']` of Perl, `{"Allow" "GET"}` of Clojure
        let flat = items.len().is_multiple_of(2)
            && self.shape(headers) != Some(Shape::Map)
            && called.is_none_or(|name| name == "of")
            && items.iter().step_by(2).all(is_string);
        let key = |item: &Node<'t>| match self.shape(*item) {
            Some(Shape::Pair | Shape::Keyword | Shape::Binary | Shape::Assign) => {
                self.part(*item, Part::Name).or_else(|| self.children(*item).first().copied())
            }
            Some(Shape::List) => self.children(*item).first().copied(),
            _ => None,
        };
        let names: Option<Vec<Node<'t>>> = if flat {
            Some(items.iter().step_by(2).copied().collect())
        } else {
            items.iter().map(key).collect()
        };
        let name = |name: Node<'t>| {
            if let Some(constant) = self.header_constant(name) {
                return Some(constant);
            }
            // `["Allow"] = "GET"`
            let bare = || self.children(name).first().copied();
            // `{ Allow: "GET" }`, where a name for a key is no variable
            let is_key = |node: &Node<'t>| is_string(node) || self.tables.syntax.is_key(*node);
            let name = if is_key(&name) { name } else { bare().map(|it| innermost(it))? };
            let text = is_key(&name).then(|| unquote(self.text(name)))?;
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            (text.len() < 60 && text.chars().all(plain)).then(|| text.to_lowercase())
        };
        names?.into_iter().map(name).collect()
    }

    /// The header that a library's constant is for: `header::CONTENT_TYPE`, `HttpHeaders.ALLOW`.
    fn header_constant(&self, node: Node<'t>) -> Option<String> {
        let object =
            self.part(node, Part::Object).filter(|_| self.shape(node) == Some(Shape::Member))?;
        let of_headers = matches!(self.last_name(object), "header" | "HttpHeaders" | "HeaderNames");
        let name = self.text(self.part(node, Part::Name)?);
        let constant = |c: char| c.is_ascii_uppercase() || c == '_';
        (of_headers && name.len() < 60 && name.chars().all(constant))
            .then(|| name.to_lowercase().replace('_', "-"))
    }

    /// What is between the braces of `new Dictionary<string, string> { … }`.
    fn filled_with(&self, made: Node<'t>) -> Option<Node<'t>> {
        let last = self.children(made).into_iter().last();
        last.filter(|it| matches!(self.shape(*it), Some(Shape::List | Shape::Map)))
    }
}

/// Whether a field with this name holds headers.
fn is_headers(key: &str) -> bool {
    key.eq_ignore_ascii_case("headers") || key == "Header"
}

/// The names in `"Content-Type: text/plain\r\n"`, in lower case, where every line is a header.
fn header_lines(text: &str) -> Option<Vec<String>> {
    let lines = text.split("\\r\\n").filter(|line| !line.is_empty()).take(FIELDS);
    let name = |line: &str| {
        let (name, _) = line.split_once(':')?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (!name.is_empty() && name.len() < 60 && name.chars().all(plain))
            .then(|| name.to_lowercase())
    };
    lines.map(name).collect()
}

/// Whether it matters for a code what is sent along with it.
fn matters(value: Value) -> bool {
    let Value::Code(code) = value else { return false };
    code.class() == Some(Class::Informational)
        || code.class() == Some(Class::ClientError)
        || matches!(code.get(), 204 | 205 | 304)
}

fn is_status(key: &str) -> bool {
    says(key) >= Says::Status
}
