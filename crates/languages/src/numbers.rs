//! Where the constants of libraries may stand for numbers, and what a document binds already.

use serde::Deserialize;
use tree_sitter::Node;

use crate::Kind;
use crate::document::Document;
use crate::facts::{Candidate, Facts};
use crate::folder::Tables;
use crate::syntax::{Part, Shape};

/// Shapes looked through from a number upwards: a type is not far above its literals.
const NEAR: usize = 6;

/// How a language writes constants of libraries where numbers may stand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// How it imports.
    pub imports: ImportStyle,
    /// The libraries whose constants have a type of their own, which only counts as a number.
    #[serde(default)]
    pub typed: Vec<String>,
    /// The libraries that every program has.
    #[serde(default)]
    pub standard: Vec<String>,
    /// Libraries as they were in an earlier version: only for documents that import them so.
    #[serde(default)]
    pub older: Vec<String>,
    /// The libraries whose calls take symbols of codes (`:not_found`).
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Whether a name without a path is a new name where a pattern stands.
    #[serde(default)]
    pub binding_patterns: bool,
}

/// How a language imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportStyle {
    /// Nothing has to be imported.
    Ambient,
    /// `#include <httpd.h>`
    Include,
    /// `from http import HTTPStatus`, `import http.client`
    From,
    /// `import "net/http"`, in groups
    Grouped,
    /// `import { StatusCodes } from "http-status-codes"`, and `require`
    Module,
    /// `import a.b.C`, of one class, all classes of a package or the members of a class
    Path,
    /// `using A.B;`, of all that is in a namespace
    Namespace,
    /// `use A\B\C;`
    Use,
    /// `import 'dart:io';`
    Library,
    /// `use HTTP::Status qw(:constants);`
    Exporter,
}

impl<'t> Document<'t> {
    /// Whether only a literal may stand where a candidate stands.
    pub(crate) fn takes_literals_only(&self, candidate: &Candidate<'t>) -> bool {
        let near = || {
            let shapes = self.ancestors(candidate.node).take(NEAR).map(|up| self.shape(up));
            shapes.take_while(|shape| !matches!(shape, Some(Shape::Call | Shape::Block)))
        };
        let is_type = |shape| {
            use Shape::{Alias, Attribute, Fields, Generic, Scalar, Type, Union};
            matches!(shape, Some(Alias | Attribute | Fields | Generic | Scalar | Type | Union))
        };
        candidate.kind != Kind::Number || self.is_key(candidate.node) || near().any(is_type)
    }
}

impl<'t> Facts<'t> {
    /// Notes a name that constants begin with, unless it names a member, a key or an argument.
    pub(crate) fn note_root(
        &mut self,
        node: Node<'t>,
        above: &[Node<'t>],
        text: &'t str,
        tables: &'static Tables,
    ) {
        if node.child_count() > 0 || !node.is_named() {
            return;
        }
        let Some(root) = tables.roots.get(&text[node.byte_range()]) else { return };
        let names_member = |up: &Node<'t>| {
            let shape = tables.syntax.shape(*up);
            matches!(shape, Some(Shape::Member | Shape::Keyword | Shape::Pair))
                && tables.syntax.part(*up, Part::Name) == Some(node)
        };
        if above.last().is_some_and(names_member) {
            return;
        }
        let rest = &text[node.end_byte()..];
        let bare = !rest.starts_with('.') && !rest.starts_with("::");
        *self.roots.entry(root).or_default() |= bare;
    }
}
