//! Chains of `if` and `else if`.

use tree_sitter::Node;

use super::{Sites, Way};
use crate::document::Document;
use crate::{Arm, BranchesKind};

impl<'t> Document<'t> {
    /// The `if` that asks for a status, and the first one of its chain.
    pub(super) fn link_way(&self, _node: Node<'t>) -> Option<Way<'t>> {
        let _ = BranchesKind::Chain;
        None
    }

    /// One `if` of a chain.
    pub(super) fn link_arm(&self, _link: Node<'t>, _sites: &Sites<'_>) -> Option<Arm> {
        None
    }
}
