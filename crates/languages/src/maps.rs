//! Codes as the keys of maps, and the names maps are known by.

use tree_sitter::Node;

use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::folder::last_name;
use crate::syntax::{Part, Shape};
use crate::value::{is_known, unquote};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value};

impl<'t> Document<'t> {
    /// A code as the key of a map: `responses: { 404: … }`, `{ 404: "Not Found" }`.
    pub(crate) fn entry(&self, pair: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        if candidate.kind == Kind::Name {
            return Some(Verdict::new(Role::Table, Evidence::Certain));
        }
        if self.facts.foreign
            || !is_known(candidate.value) && !matches!(candidate.value, Value::Code(_))
        {
            return None;
        }
        let known = is_known(candidate.value);
        let map = self.parent(pair)?;
        let holder = self.holder(map);
        if holder == "errors" && tells(candidate.value) && self.facts.http > Http::No {
            return Some(Verdict::new(Role::Declare, Evidence::Certain));
        }
        if matches!(
            holder,
            "response"
                | "responses"
                | "RESPONSES"
                | "Responses"
                | "exception_handlers"
                | "error_handlers"
        ) && known
            || (holder == "response" && known && self.facts.http == Http::Imported)
        {
            return Some(Verdict::new(Role::Declare, Evidence::Certain));
        }
        let phrase = self.part(pair, Part::Value).filter(|value| self.shape(*value) == Some(Shape::String)).is_some_and(|value| {
            let text = unquote(self.text(value));
            text.len() < 60
                && matches!(candidate.value, Value::Code(code) if statuslint_codes::code_of_name(text) == Some(code))
        });
        if phrase {
            return Some(Verdict::new(Role::Table, Evidence::Certain));
        }
        if let Some(verdict) = self.compared(self.name_subject(holder), candidate, Role::Table) {
            return Some(verdict);
        }
        // `'200': { description: 'ok' }`, `'400': ['Content-Length']`
        if !known || self.facts.http == Http::No {
            return None;
        }
        let described = self.part(pair, Part::Value).is_some_and(|value| {
            // `404 => response("None", "application/json", Error)`
            let made = match self.shape(value) {
                Some(Shape::Call) => self.last_name(value),
                Some(Shape::Record) => {
                    self.part(value, Part::Name).map_or("", |name| self.last_name(name))
                }
                _ => "",
            };
            if made.eq_ignore_ascii_case("response") {
                return true;
            }
            self.children(value).iter().take(6).any(|inner| {
                self.part(*inner, Part::Name).is_some_and(|name| {
                    matches!(
                        unquote(self.text(name)),
                        "description" | "content" | "$ref" | "schema" | "headers"
                    )
                })
            })
        });
        let codes: Vec<Value> = self
            .children(map)
            .iter()
            .take(12)
            .filter_map(|beside| self.part(*beside, Part::Name))
            .filter_map(|name| crate::value::string(unquote(self.text(name))))
            .filter(|value| is_known(*value))
            .collect();
        let table = codes.len() >= 2
            && codes.len() * 2 > self.children(map).len()
            && codes.iter().any(|code| tells(*code));
        let role = if described { Role::Declare } else { Role::Table };
        (described || table).then(|| Verdict::new(role, Evidence::Certain))
    }

    /// The name a map is known by: of its own pair, assignment or keyword.
    pub(crate) fn holder(&self, map: Node<'t>) -> &'t str {
        let mut node = map;
        for _ in 0..4 {
            let Some(parent) = self.parent(node) else { return "" };
            match self.shape(parent) {
                Some(Shape::Through | Shape::Record | Shape::Arguments) => node = parent,
                // `Object.freeze({ … })`
                Some(Shape::Call)
                    if self.callee(parent).is_some_and(|callee| {
                        self.tables.vocabulary.is_conversion(callee.name)
                    }) =>
                {
                    node = parent;
                }
                Some(
                    Shape::Pair | Shape::Assign | Shape::Define | Shape::Keyword | Shape::Parameter,
                ) => {
                    return self
                        .part(parent, Part::Name)
                        .map_or("", |name| last_name(unquote(self.text(name))));
                }
                // `{:responses {200 …}}`
                Some(Shape::Entries) => {
                    let key = node.prev_named_sibling();
                    return key.map_or("", |key| last_name(unquote(self.text(key))));
                }
                _ => return "",
            }
        }
        ""
    }
}

/// Whether a key looks like a status by itself: a class, or a code that is not round, as sizes,
/// weights and amounts are, nor among the first, as characters are.
pub(crate) fn tells(key: Value) -> bool {
    match key {
        Value::Code(code) => code.get() > 200 && !code.get().is_multiple_of(100),
        Value::Class(_) => true,
        Value::Malformed => false,
    }
}
