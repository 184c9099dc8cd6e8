//! Values by position: elements of lists, and fields of records whose type stands in the document.

use tree_sitter::Node;

use crate::climb::{Step, Way};
use crate::document::Document;
use crate::facts::Candidate;
use crate::fields::role_of;
use crate::scopes::Alias;
use crate::syntax::{Part, Shape};
use crate::value;

/// Types nested deeper than this say nothing: it bounds the work on hostile input.
const DEPTH: usize = 8;

impl<'t> Document<'t> {
    /// The candidate is in an element of `map` that has no key: `[]int{200, 404}`,
    /// `[]struct{ name string; status int }{{"none", 404}}`.
    pub(crate) fn element(
        &self,
        map: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        let Some(at) = self.position(map, node) else { return Step::End(None) };
        let Some(held) = self.type_of(map, 0) else {
            if self.is_of_record(map) {
                return Step::End(None);
            }
            // `{200, 404}`: braces are around a set too.
            way.lists.push(at);
            return Step::On;
        };
        match self.shape(held) {
            Some(Shape::Listed) => {
                way.lists.push(at);
                Step::On
            }
            Some(Shape::Fields) => {
                let Some((name, _)) = self.fields_of(held).into_iter().nth(at) else {
                    return Step::End(None);
                };
                let name = self.text(name);
                let subject = self.allied(self.name_subject(name), name, node);
                Step::End(self.compared(subject, candidate, role_of(name, way)))
            }
            _ => Step::End(None),
        }
    }

    /// Whether a map is the inside of a record.
    fn is_of_record(&self, map: Node<'t>) -> bool {
        let inside = |node: &Node<'t>| {
            matches!(self.shape(*node), Some(Shape::Map | Shape::Pair | Shape::Through))
        };
        let around = self.ancestors(map).take(DEPTH).find(|node| !inside(node));
        around.is_some_and(|node| self.shape(node) == Some(Shape::Record))
    }

    /// The type of a literal, as far as the document tells: one of fields or one of lists.
    fn type_of(&self, map: Node<'t>, depth: usize) -> Option<Node<'t>> {
        if depth > DEPTH {
            return None;
        }
        let mut node = map;
        let mut parent = self.parent(map)?;
        while self.shape(parent) == Some(Shape::Through) {
            (node, parent) = (parent, self.parent(parent)?);
        }
        let (outer, pair) = match self.shape(parent)? {
            Shape::Record => return self.resolved(self.part(parent, Part::Name)?),
            Shape::Map => (parent, None),
            Shape::Pair if !self.is_in_part(parent, Part::Name, node) => {
                (self.parent(parent)?, Some(parent))
            }
            _ => return None,
        };
        let outer_type = self.type_of(outer, depth + 1)?;
        match self.shape(outer_type)? {
            Shape::Listed => self.resolved(self.part(outer_type, Part::Type)?),
            Shape::Fields => {
                let fields = self.fields_of(outer_type);
                let field = match pair {
                    Some(pair) => {
                        let key = value::unquote(self.text(self.part(pair, Part::Name)?));
                        fields.into_iter().find(|(name, _)| self.text(*name) == key)?
                    }
                    None => fields.into_iter().nth(self.position(outer, node)?)?,
                };
                self.resolved(field.1?)
            }
            _ => None,
        }
    }

    /// What a type stands for, through pointers and the names the document gives.
    pub(crate) fn resolved(&self, mut node: Node<'t>) -> Option<Node<'t>> {
        for _ in 0..DEPTH {
            match self.shape(node) {
                Some(Shape::Listed | Shape::Fields) => return Some(node),
                Some(Shape::Through) => node = self.children(node).first().copied()?,
                // `struct row` and `struct row { int status; }`
                Some(Shape::Class) => {
                    let body = self.part(node, Part::Type);
                    node = body.or_else(|| self.named_type(self.part(node, Part::Name)?))?;
                }
                _ => node = self.named_type(node)?,
            }
        }
        None
    }

    /// The type a name stands for: the last declared before its use that is visible there.
    fn named_type(&self, name: Node<'t>) -> Option<Node<'t>> {
        let text = self.text(name);
        let visible = |alias: &&Alias<'t>| {
            alias.name == text
                && alias.function.as_ref().is_none_or(|range| range.contains(&name.start_byte()))
        };
        let earlier = |alias: &&Alias<'t>| {
            let at = alias.aliased.start_byte();
            (at < name.start_byte(), at)
        };
        self.facts.types.iter().filter(visible).max_by_key(earlier).map(|alias| alias.aliased)
    }

    /// The names of a record type's fields in order, each with its type.
    pub(crate) fn fields_of(&self, record: Node<'t>) -> Vec<(Node<'t>, Option<Node<'t>>)> {
        let first = self.children(record).into_iter().next();
        let is_field = |node: &Node<'t>| self.shape(*node) == Some(Shape::Parameter);
        let list = if first.as_ref().is_some_and(is_field) { Some(record) } else { first };
        let mut fields = Vec::new();
        for field in list.into_iter().flat_map(|list| self.children(list)) {
            let held = self.part(field, Part::Type);
            let mut names = self.parts(field, Part::Name);
            if names.is_empty() {
                // Embedded: the type is the name.
                names.extend(held.or_else(|| self.children(field).first().copied()));
            }
            fields.extend(names.into_iter().map(|name| (name, held)));
        }
        fields
    }
}
