//! The content that is sent along with a status.

use std::ops::Range;

use tree_sitter::Node;

use crate::document::Document;
use crate::syntax::{Part, Shape};
use crate::value;
use crate::vocabulary::Call;

/// Calls around nothing that are looked through: it bounds the work on hostile input.
const WRAPPINGS: usize = 4;

/// Links of a chain after the status in which what is sent is looked for.
const LINKS: usize = 8;

impl<'t> Document<'t> {
    /// The content that a call of the vocabulary sends along with its status.
    pub(crate) fn content_of_call(&self, known: &Call, call: Node<'t>) -> Option<Range<usize>> {
        let arguments = self.arguments(call);
        let named = arguments.iter().find_map(|argument| {
            let named = self.is_named_argument(*argument);
            let name = self.part(*argument, Part::Name).filter(|_| named)?;
            let name = value::unquote(self.text(name)).trim_matches(':');
            let is_content = known.content_keywords.iter().any(|keyword| keyword == name);
            is_content.then(|| self.part(*argument, Part::Value)).flatten()
        });
        let named = named.or_else(|| self.beside_keyword(&arguments, &known.content_keywords));
        let positional = known
            .content
            .and_then(|at| arguments.get(at).copied())
            .filter(|argument| !self.is_named_argument(*argument));
        let content = match named.or(positional) {
            Some(node) if known.parts => self.content_of_list(node),
            Some(node) => self.content_of(node, known.strict),
            None => None,
        };
        if content.is_some() {
            return content;
        }
        if known.returned {
            return self.returned_content(call);
        }
        if !known.content_beside.is_empty() {
            return self.content_beside(known, call);
        }
        if known.chain { self.chained_content(call) } else { None }
    }

    /// `render(json => $order, status => 204)`: an argument behind the keyword that is one itself.
    fn beside_keyword(&self, arguments: &[Node<'t>], keywords: &[String]) -> Option<Node<'t>> {
        arguments.windows(2).find_map(|pair| {
            let [key, value] = pair else { return None };
            let between = self.text.get(key.end_byte()..value.start_byte())?;
            let is_key = self.shape(*key) == Some(Shape::String) && between.trim() == "=>";
            let key = value::unquote(self.text(*key));
            (is_key && keywords.iter().any(|keyword| keyword == key)).then_some(*value)
        })
    }

    /// `entity = "none"`, whatever node the grammar has for it.
    fn is_named_argument(&self, argument: Node<'t>) -> bool {
        matches!(self.shape(argument), Some(Shape::Keyword | Shape::Pair | Shape::Assign))
            && self.part(argument, Part::Name).is_some()
    }

    /// `res(ctx.status(204), ctx.json(x))`: content in a call that is given beside it.
    fn content_beside(&self, known: &Call, call: Node<'t>) -> Option<Range<usize>> {
        let list = self.parent(call).filter(|up| self.shape(*up) == Some(Shape::Arguments))?;
        self.children(list).into_iter().find_map(|beside| {
            let callee = self.callee(beside).filter(|_| self.shape(beside) == Some(Shape::Call))?;
            let sends = known.content_beside.iter().any(|name| name == callee.name);
            let first = self.arguments(beside).into_iter().next().filter(|_| sends)?;
            self.content_of(first, false)
        })
    }

    /// `res.status(204).json(x)`: content sent by a later link of the chain.
    pub(crate) fn chained_content(&self, call: Node<'t>) -> Option<Range<usize>> {
        self.links_after(call, LINKS).into_iter().find_map(|link| {
            let callee = self.callee(link)?;
            let arguments = self.arguments(link);
            // What is piped into a call is its first argument, and no content.
            let at = usize::from(self.facts.pipes.contains_key(&link.id()));
            let first = arguments.get(at)?;
            let sends = self.tables.vocabulary.is_content(callee.name);
            sends.then(|| self.content_of(*first, false)).flatten()
        })
    }

    /// `put_status(conn, 404) |> redirect(to: "/")`: whether a later link redirects with the status.
    pub(crate) fn is_redirected(&self, known: &Call, call: Node<'t>) -> bool {
        let redirects = |link: Node<'t>| {
            let callee = self.callee(link);
            callee.is_some_and(|callee| self.tables.vocabulary.is_redirection(callee.name))
        };
        known.chain
            && self.tables.vocabulary.redirects()
            && self.links_after(call, LINKS).into_iter().any(redirects)
    }

    /// The content an expression is, or `None` when it is nothing; `strict` counts `""` too.
    pub(crate) fn content_of(&self, node: Node<'t>, strict: bool) -> Option<Range<usize>> {
        let text = self.text(node);
        let empty_string =
            self.shape(node) == Some(Shape::String) && value::unquote(text).is_empty();
        let nothing = self.tables.vocabulary.is_nothing(text) && !(strict && empty_string);
        if nothing || (empty_string && !strict) {
            return None;
        }
        // A name may hold nothing; a literal, a call or a record is something.
        let something = match self.shape(node) {
            Some(Shape::String | Shape::Number | Shape::Map | Shape::Record | Shape::List) => true,
            Some(Shape::Call) => {
                !matches!(self.callee(node), Some(callee) if self.tables.vocabulary.is_nothing(callee.name))
                    && !self.carries_nothing(node)
            }
            // `{ page => 1 }` and `[1]`, whose brackets are a node of their own
            Some(Shape::Through) => text.starts_with(['[', '{']),
            // `new { page = 1 }`
            Some(Shape::Binary) => text.starts_with("new {") || text.starts_with("new{"),
            _ => false,
        };
        something.then(|| node.byte_range())
    }

    /// `Body::from("")`, `io.NopCloser(strings.NewReader(""))`: nothing in a wrapping.
    fn carries_nothing(&self, call: Node<'t>) -> bool {
        let mut call = call;
        for _ in 0..WRAPPINGS {
            let arguments = self.arguments(call);
            let [only] = arguments.as_slice() else { return false };
            let text = self.text(*only);
            let empty = self.shape(*only) == Some(Shape::String) && value::unquote(text).is_empty();
            if empty || self.tables.vocabulary.is_nothing(text) {
                return true;
            }
            if self.shape(*only) != Some(Shape::Call) {
                return false;
            }
            call = *only;
        }
        false
    }
}
