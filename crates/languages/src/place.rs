//! Where a part of a node is: a field, a place among the children, a kind, or steps of these.

use std::num::NonZeroU16;

use tree_sitter::Node;

/// Where a part of a node is: its first step, and those from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    first: Spot,
    rest: [Option<Spot>; 2],
}

/// One step of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    /// The children that a field of the grammar names.
    Field(NonZeroU16),
    /// The named child at this place, comments left out; the last one is at -1.
    Child(isize),
    /// The first child of this kind.
    Kind(u16),
    /// The node itself.
    Here,
}

impl Place {
    /// Resolves what a row says; `None` when the grammar has no such field or kind.
    pub(crate) fn read(written: &str, grammar: &tree_sitter::Language) -> Option<Self> {
        let mut spots = written.split('/').map(|spot| Spot::read(spot, grammar));
        let first = spots.next()??;
        let mut rest = [None; 2];
        for (place, spot) in rest.iter_mut().zip(spots.by_ref()) {
            *place = Some(spot?);
        }
        spots.next().is_none().then_some(Self { first, rest })
    }

    /// The node there.
    pub(crate) fn first(self, node: Node<'_>) -> Option<Node<'_>> {
        let first = self.first.first(node)?;
        self.rest.into_iter().flatten().try_fold(first, |node, spot| spot.first(node))
    }

    /// Whether it is just the second child.
    pub(crate) fn is_second(self) -> bool {
        self == Self { first: Spot::Child(1), rest: [None, None] }
    }

    /// The field, where nothing but a field of the node itself is meant.
    pub(crate) fn field(self) -> Option<NonZeroU16> {
        match self {
            Self { first: Spot::Field(field), rest: [None, None] } => Some(field),
            _ => None,
        }
    }
}

impl Spot {
    fn read(written: &str, grammar: &tree_sitter::Language) -> Option<Self> {
        if written == "." {
            return Some(Self::Here);
        }
        if let Some(at) = written.strip_prefix('#') {
            return at.parse().ok().map(Self::Child);
        }
        if let Some(kind) = written.strip_prefix('@') {
            return Some(grammar.id_for_node_kind(kind, true))
                .filter(|id| *id != 0)
                .map(Self::Kind);
        }
        grammar.field_id_for_name(written).map(Self::Field)
    }

    pub(crate) fn first(self, node: Node<'_>) -> Option<Node<'_>> {
        match self {
            Self::Field(field) => node.child_by_field_id(field.get()),
            Self::Child(at) => {
                let mut cursor = node.walk();
                let mut children =
                    node.named_children(&mut cursor).filter(|child| !child.is_extra());
                if let Ok(at) = usize::try_from(at) {
                    return children.nth(at);
                }
                let children: Vec<Node<'_>> = children.collect();
                children.len().checked_add_signed(at).map(|at| children[at])
            }
            Self::Kind(kind) => {
                let mut cursor = node.walk();
                node.named_children(&mut cursor).find(|child| child.kind_id() == kind)
            }
            Self::Here => Some(node),
        }
    }
}
