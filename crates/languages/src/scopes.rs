//! Where names mean the same: what was noted of a document with the function and block around it.

use std::ops::Range;

use tree_sitter::Node;

use crate::syntax::Shape;

/// Bytes beyond which a function is a program of its own, as the wrapper of a bundle is.
const PROGRAM: usize = 30_000;

/// A comparison, assignment or call, with what is around it.
pub(crate) struct Relation<'t> {
    pub(crate) node: Node<'t>,
    /// The node above it.
    pub(crate) block: Range<usize>,
    /// The function it is in.
    pub(crate) function: Option<Range<usize>>,
}

/// A type that the document gives a name to.
pub(crate) struct Alias<'t> {
    pub(crate) name: &'t str,
    pub(crate) aliased: Node<'t>,
    /// The function it is declared in.
    pub(crate) function: Option<Range<usize>>,
}

/// The functions around the node that is visited, outermost first.
#[derive(Default)]
pub(crate) struct Scopes {
    open: Vec<(usize, Shape, Range<usize>)>,
}

impl Scopes {
    /// Visits a node of that depth: functions beside it are left, and it is entered if it is one.
    pub(crate) fn visit(&mut self, node: Node<'_>, shape: Option<Shape>, depth: usize) {
        while self.open.last().is_some_and(|(open, ..)| *open >= depth) {
            self.open.pop();
        }
        if let Some(shape @ (Shape::Function | Shape::Lambda)) = shape {
            self.open.push((depth, shape, node.byte_range()));
        }
    }

    /// The outermost function with a name that is no program of its own, else the innermost of all.
    pub(crate) fn function(&self) -> Option<Range<usize>> {
        let named = self
            .open
            .iter()
            .take(64)
            .find(|(_, shape, range)| *shape == Shape::Function && range.len() < PROGRAM);
        named.or_else(|| self.open.last()).map(|(.., range)| range.clone())
    }
}
