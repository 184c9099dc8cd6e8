//! Which conditions are about statuses: those that stand at sites.

use std::ops::Range;

use super::span;
use crate::{
    Branches, Comparator, Comparison, Condition, Member, Membership, Role, Site, Test, Usage, Value,
};

/// Adds to a usage what conditions and branches ask of these sites, and gives the sites back.
pub(crate) fn back(
    usage: &mut Usage,
    mut sites: Vec<Site>,
    conditions: Vec<Condition>,
    branches: Vec<Branches>,
) -> Vec<Site> {
    sites.sort_by_key(|site| (site.range.start, site.range.end));
    for condition in &conditions {
        bound(condition, &mut sites);
    }
    let known = conditions.into_iter().filter_map(|condition| backed(condition, &sites));
    usage.conditions.extend(known);
    for mut branches in branches {
        for arm in &mut branches.arms {
            let other = Condition { range: arm.condition.range.clone(), test: Test::Other };
            arm.condition = prune(std::mem::replace(&mut arm.condition, other), &sites);
        }
        if branches.arms.iter().any(|arm| compares(&arm.condition)) {
            usage.branches.push(branches);
        }
    }
    sites
}

/// Takes the two members of a list that are the ends of one class for bounds, which they were
/// meant to be.
fn bound(condition: &Condition, sites: &mut [Site]) {
    match &condition.test {
        Test::And(parts) | Test::Or(parts) => parts.iter().for_each(|part| bound(part, sites)),
        Test::Not(part) => bound(part, sites),
        Test::In(asked) => {
            let [Member::Code { code: first, at: from }, Member::Code { code: last, at: to }] =
                asked.members.as_slice()
            else {
                return;
            };
            if first.get() % 100 != 0 || last.get() % 100 != 99 {
                return;
            }
            for at in [from, to] {
                if let Ok(at) = sites.binary_search_by_key(&at.start, |site| site.range.start) {
                    sites[at].role = Role::Bound;
                    sites[at].lenient = true;
                }
            }
        }
        Test::Compare(_) | Test::Code(_) | Test::Boolean(_) | Test::Other => {}
    }
}

/// The condition with only those comparisons that stand at one of these sites, which are sorted by
/// where they begin; what else it asks may hold or not.
fn backed(condition: Condition, sites: &[Site]) -> Option<Condition> {
    let condition = prune(condition, sites);
    compares(&condition).then_some(condition)
}

fn prune(condition: Condition, sites: &[Site]) -> Condition {
    let stands =
        |at: &Range<usize>| sites.binary_search_by_key(&at.start, |site| site.range.start).is_ok();
    let all = |parts: Vec<Condition>| parts.into_iter().map(|part| prune(part, sites)).collect();
    let test = match condition.test {
        Test::Compare(compared) if !stands(&compared.at) => Test::Other,
        Test::In(asked) => {
            let known = asked.members.iter().all(|member| match member {
                Member::Code { at, .. } => stands(at),
                Member::Span { first, last, .. } => {
                    first.iter().chain(last).all(|(_, at)| stands(at))
                }
                Member::Other => true,
            });
            if known { Test::In(asked) } else { Test::Other }
        }
        Test::And(parts) => Test::And(all(parts)),
        Test::Or(parts) => Test::Or(all(parts)),
        Test::Not(part) => Test::Not(Box::new(prune(*part, sites))),
        test => test,
    };
    Condition { test, ..condition }
}

/// Whether a condition compares anything with a code.
pub(super) fn compares(condition: &Condition) -> bool {
    match &condition.test {
        Test::Compare(_) | Test::In(_) | Test::Boolean(_) => true,
        Test::And(parts) | Test::Or(parts) => parts.iter().any(compares),
        Test::Not(part) => compares(part),
        Test::Code(_) | Test::Other => false,
    }
}

/// What an arm or comparison that names a code or class asks of an operand.
pub(crate) fn asks(operand: &str, values: &[(Value, Range<usize>)]) -> Test {
    let member = |(value, at): &(Value, Range<usize>)| match value {
        Value::Code(code) => Member::Code { code: *code, at: at.clone() },
        Value::Class(class) => span(*class, at),
        Value::Malformed => Member::Other,
    };
    match values {
        [(Value::Code(code), at)] => Test::Compare(Comparison {
            operand: operand.to_owned(),
            operator: Comparator::Equal,
            code: *code,
            at: at.clone(),
        }),
        _ => Test::In(Membership {
            operand: operand.to_owned(),
            members: values.iter().map(member).collect(),
        }),
    }
}
