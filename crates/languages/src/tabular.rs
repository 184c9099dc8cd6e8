//! Switches that do nothing but give codes their names are tables of codes.

use crate::{BranchesKind, Role, Test, Usage};

/// A switch of fewer arms may as well handle each for itself.
const ARMS: usize = 6;

/// Makes entries of a table of the arms of every switch most of whose arms name their code.
pub(crate) fn mark(usage: &mut Usage) {
    let switches =
        usage.branches.iter().filter(|it| it.kind == BranchesKind::Switch && it.arms.len() >= ARMS);
    let mut tabular = Vec::new();
    for switch in switches {
        let mut codes = Vec::new();
        for arm in &switch.arms {
            if let Test::Compare(compared) = &arm.condition.test {
                codes.push(compared.at.start);
            }
        }
        codes.sort_unstable();
        let is_arm = |at: usize| codes.binary_search(&at).is_ok();
        let first = usage.sites.partition_point(|site| site.range.start < switch.range.start);
        let within = usage.sites[first..].iter().enumerate();
        let within = within.take_while(|(_, site)| site.range.end <= switch.range.end);
        let arms: Vec<usize> =
            within.filter(|(_, site)| is_arm(site.range.start)).map(|(at, _)| first + at).collect();
        let named = arms.iter().filter(|at| usage.sites[**at].role == Role::Table).count();
        if named * 2 > arms.len() {
            tabular.extend(arms);
        }
    }
    for at in tabular {
        if usage.sites[at].role == Role::Branch {
            usage.sites[at].role = Role::Table;
        }
    }
}
