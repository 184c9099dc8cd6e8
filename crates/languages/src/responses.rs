//! Responses that are lists of a status, headers and a body, wherever they stand: `[200, {}, []]`
//! of Rack, `{:ok, 200, [], body}` of hackney.

use statuslint_codes::words;
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::names::{Says, is_response, says};
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::vocabulary::Tuple;
use crate::{Evidence, Kind, Role, Value, value};

impl<'t> Document<'t> {
    /// A list whose place for headers, as the vocabulary tells it, holds headers, or whose first
    /// item says what the others are.
    pub(crate) fn in_response_list(
        &self,
        list: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let at = self.position(list, node)?;
        let Value::Code(code) = candidate.value else { return None };
        let strange = !value::is_known(candidate.value) && self.facts.http < Http::Imported;
        if self.is_symbol(candidate.node) || !code.is_valid() || strange {
            return None;
        }
        let alone = self.parent(candidate.node).is_some_and(|up| up.id() == list.id());
        if self.facts.foreign || !alone {
            return None;
        }
        let items = self.children(list);
        if let Some(verdict) = self.by_first_item(&items, at, candidate) {
            return Some(verdict);
        }
        if candidate.kind == Kind::String {
            return None;
        }
        let known = self.tables.vocabulary.tuples().find(|tuple| {
            tuple.status == at
                && tuple.length == Some(items.len())
                && tuple.headers.is_some_and(|place| {
                    items.get(place).is_some_and(|headers| self.are_headers(*headers))
                })
                && (at == 0 || matches!(self.text(items[0]), ":ok" | ":error"))
        });
        let known = known.or_else(|| self.status_line_of(list, at, items.len()))?;
        let matched = self.parent(list).is_some_and(|up| {
            let name = self.part(up, Part::Name);
            let pattern =
                self.shape(up) == Some(Shape::Case) || self.shape(up) == Some(Shape::Each);
            pattern || name.is_some_and(|name| name.id() == list.id())
        });
        let role = if self.is_compared(list) {
            Role::Expect
        } else if matched {
            Role::Branch
        } else {
            Role::Emit
        };
        let mut verdict = Verdict::new(role, Evidence::Certain).with_api(Some(&known.api));
        if role == Role::Emit {
            let content = items.get(known.content).copied();
            verdict.content = content.and_then(|content| self.content_of_list(content));
            let headers = known.headers.and_then(|place| items.get(place));
            verdict.headers = headers.and_then(|headers| self.header_names(*headers));
        }
        Some(verdict)
    }

    /// `{:status, 200}`, `{":status", "200"}` of HTTP/2, `{:gun_response, connection, stream, :fin, 200, _headers}`
    fn by_first_item(
        &self,
        items: &[Node<'t>],
        at: usize,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let first = items.first().filter(|_| at > 0)?;
        let name = value::unquote(self.text(*first));
        let pseudo = self.shape(*first) == Some(Shape::String) && name == ":status";
        if !pseudo && !self.is_symbol(*first) {
            return None;
        }
        let last = at + 1 == items.len();
        if last && at <= 2 && says(name) >= Says::Status {
            return self.compared(self.name_subject(name), candidate, Role::Emit);
        }
        let headers = items.get(at + 1).filter(|next| self.are_headers(**next))?;
        (words(name).last().is_some_and(|word| word == "response") && headers.id() != first.id())
            .then(|| Verdict::new(Role::Branch, Evidence::Certain))
    }

    /// `{{_, 200, _}, headers, body}` of httpc: the status line stands where the status does.
    fn status_line_of(&self, line: Node<'t>, at: usize, length: usize) -> Option<&'static Tuple> {
        let response = self.parent(line).filter(|up| self.shape(*up) == Some(Shape::List))?;
        let items = self.children(response);
        self.tables.vocabulary.tuples().find(|tuple| {
            (at, length) == (1, 3)
                && tuple.length == Some(items.len())
                && items.get(tuple.status).is_some_and(|status| status.id() == line.id())
                && tuple.headers.is_some_and(|place| {
                    items.get(place).is_some_and(|headers| self.are_headers(*headers))
                })
        })
    }

    /// The content in a body that is itself a list of parts: `["gone"]`, and not `[]`.
    pub(crate) fn content_of_list(&self, body: Node<'t>) -> Option<std::ops::Range<usize>> {
        let parts = self.children(body);
        match (self.shape(body), parts.as_slice()) {
            (Some(Shape::List | Shape::Through), parts) => {
                let content = parts.iter().find_map(|part| self.content_of(*part, false));
                content.map(|_| body.byte_range())
            }
            _ => self.content_of(body, false),
        }
    }

    /// Whether an expression looks like headers: a map or a list of pairs, or a name that says so.
    fn are_headers(&self, node: Node<'t>) -> bool {
        match self.shape(node) {
            Some(Shape::Map | Shape::Record) => true,
            Some(Shape::List) => self.children(node).iter().all(|item| {
                matches!(
                    self.shape(*item),
                    Some(Shape::List | Shape::Pair | Shape::Through | Shape::Binary)
                )
            }),
            Some(Shape::String | Shape::Number) => false,
            _ => {
                let text = self.text(node);
                text == "env"
                    || text.starts_with('_')
                    || (text.len() < 80 && text.to_lowercase().contains("header"))
            }
        }
    }

    /// Whether an expression may hold such a list: `response[0]`, `app.call(env)[0]`.
    pub(crate) fn holds_status(&self, list: Node<'t>) -> bool {
        let name = self.last_name(list);
        let lists = self.tables.vocabulary.tuples().any(|tuple| tuple.headers.is_some());
        lists
            && (is_response(name) || name == "call")
            && self.name_subject(name).says < Says::Status
    }

    /// Whether an assertion compares the list with something.
    fn is_compared(&self, list: Node<'t>) -> bool {
        self.ancestors(list).take(4).any(|up| {
            self.shape(up) == Some(Shape::Call)
                && self.callee(up).is_some_and(|callee| {
                    self.is_assertion(callee.name) || self.tables.vocabulary.is_matcher(callee.name)
                })
        })
    }
}
