//! What takes one of several ways by a status: switches, chains of `else if`, maps and sets.

use std::collections::HashMap;

use tree_sitter::Node;

use crate::document::Document;
use crate::{Arm, Branches, BranchesKind, Comparator, Comparison, Condition, Site, Test};

mod arms;
mod chains;
mod entries;
mod patterns;

/// A way to be taken, and what it is one of.
pub(crate) struct Way<'t> {
    kind: BranchesKind,
    /// The switch, the first `if`, the map or the list.
    whole: Node<'t>,
    /// The case, the `if`, the key or the member.
    arm: Node<'t>,
}

/// The sites of a document by where they stand.
pub(crate) struct Sites<'a>(HashMap<(usize, usize), &'a Site>);

impl<'a> Sites<'a> {
    pub(crate) fn at(&self, node: Node<'_>) -> Option<&'a Site> {
        self.0.get(&(node.start_byte(), node.end_byte())).copied()
    }
}

impl<'t> Document<'t> {
    /// What takes one of several ways by the statuses that stand at these nodes.
    pub(crate) fn branches(&self, nodes: &[Node<'t>], sites: &[Site]) -> Vec<Branches> {
        let placed = nodes.iter().zip(sites);
        let by_range = |site: &'_ Site| (site.range.start, site.range.end);
        let by_place = Sites(sites.iter().map(|site| (by_range(site), site)).collect());
        let mut found: Vec<(Way<'t>, Vec<(Node<'t>, &Site)>)> = Vec::new();
        let mut known: HashMap<(usize, BranchesKind), usize> = HashMap::new();
        for (node, site) in placed {
            let Some(way) = self.way(*node, site) else { continue };
            let at = *known.entry((way.whole.id(), way.kind)).or_insert(found.len());
            let arm = way.arm;
            if at == found.len() {
                found.push((way, Vec::new()));
            }
            let arms = &mut found[at].1;
            if arms.last().is_none_or(|(last, _)| last.id() != arm.id()) {
                arms.push((arm, site));
            }
        }
        let read = |(way, arms): (Way<'t>, Vec<(Node<'t>, &Site)>)| {
            self.read_branches(&way, &arms, &by_place)
        };
        found.into_iter().filter_map(read).collect()
    }

    /// The way that a status decides on.
    fn way(&self, node: Node<'t>, site: &Site) -> Option<Way<'t>> {
        self.entry_way(node)
            .or_else(|| self.member_way(node, site))
            .or_else(|| self.case_way(node))
            .or_else(|| self.link_way(node))
    }

    fn read_branches(
        &self,
        way: &Way<'t>,
        arms: &[(Node<'t>, &Site)],
        sites: &Sites<'_>,
    ) -> Option<Branches> {
        let arms: Vec<Arm> = match way.kind {
            BranchesKind::Switch => {
                let operand = self.switched(way.whole)?;
                arms.iter().filter_map(|(arm, _)| self.case_arm(*arm, &operand, sites)).collect()
            }
            BranchesKind::Chain => arms.iter().filter_map(|(arm, _)| self.link_arm(*arm)).collect(),
            BranchesKind::Map | BranchesKind::Set => {
                arms.iter().filter_map(|(_, site)| member_arm(site)).collect()
            }
        };
        let lone =
            arms.len() < 2 && !arms.iter().any(|arm| matches!(arm.condition.test, Test::Or(_)));
        (!lone).then(|| Branches { range: way.whole.byte_range(), kind: way.kind, arms })
    }

    /// The text of an operand without what does not tell it from others: spaces, and parentheses
    /// around the whole.
    pub(crate) fn subject_text(&self, node: Node<'t>) -> String {
        let text: String = self.text(node).chars().filter(|c| !c.is_whitespace()).collect();
        let mut text = text.as_str();
        while let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
            && !inner.contains([')', '('])
        {
            text = inner;
        }
        text.to_owned()
    }
}

/// The way of a map or a set: the key alone decides.
pub(crate) fn member_arm(site: &Site) -> Option<Arm> {
    Some(Arm { condition: equals("", site)?, guarded: false, falls_through: false })
}

/// The comparison of an operand with the code of a site.
fn equals(operand: &str, site: &Site) -> Option<Condition> {
    let code = site.code()?;
    let comparison = Comparison {
        operand: operand.to_owned(),
        operator: Comparator::Equal,
        code,
        at: site.range.clone(),
    };
    Some(Condition { range: site.range.clone(), test: Test::Compare(comparison) })
}
