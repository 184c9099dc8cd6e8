//! What is certain of the arms of a switch or chain: which codes they take.

use statuslint_languages::{
    Arm, Branches, Comparator, Comparison, Condition, Evidence, Member, Membership, Test,
};

use crate::engine::Ctx;

/// More of what an arm asks is not looked at.
const MOST: usize = 64;

/// Whether a condition holds where an operand is a code; `None` where that depends on more.
pub(crate) fn holds(condition: &Condition, operand: &str, code: u16) -> Option<bool> {
    match &condition.test {
        Test::Compare(comparison) if comparison.operand == operand => {
            Some(compares(comparison, code))
        }
        Test::In(membership) if membership.operand == operand => includes(membership, code),
        Test::And(parts) => joined(parts, operand, code, false),
        Test::Or(parts) => joined(parts, operand, code, true),
        Test::Not(part) => holds(part, operand, code).map(|held| !held),
        Test::Code(_) => Some(true),
        Test::Boolean(held) => Some(*held),
        Test::Compare(_) | Test::In(_) | Test::Other => None,
    }
}

/// The alternatives of a condition: of `200 | 404` the two, of others themselves.
pub(crate) fn alternatives(condition: &Condition) -> Vec<&Condition> {
    let mut found = Vec::new();
    let mut open = vec![condition];
    while let Some(condition) = open.pop() {
        match &condition.test {
            Test::Or(parts) => open.extend(parts.iter().rev()),
            _ => found.push(condition),
        }
    }
    found
}

/// The comparisons and memberships of a condition that must hold or may hold, not those negated.
pub(crate) fn asked(condition: &Condition) -> Vec<&Condition> {
    let mut found = Vec::new();
    let mut open = vec![condition];
    while let Some(condition) = open.pop() {
        match &condition.test {
            Test::Or(parts) | Test::And(parts) => open.extend(parts.iter().rev()),
            Test::Compare(_) | Test::In(_) => found.push(condition),
            Test::Not(_) | Test::Code(_) | Test::Boolean(_) | Test::Other => {}
        }
    }
    found
}

/// The operand of a comparison or membership.
pub(crate) fn operand_of(condition: &Condition) -> Option<&str> {
    match &condition.test {
        Test::Compare(comparison) => Some(&comparison.operand),
        Test::In(membership) => Some(&membership.operand),
        _ => None,
    }
}

/// The codes at which what a condition says of its operands may change.
pub(crate) fn edges(condition: &Condition) -> Vec<u16> {
    let mut edges = Vec::new();
    for part in asked(condition).into_iter().take(MOST) {
        match &part.test {
            Test::Compare(comparison) => edges.push(comparison.code.get()),
            Test::In(membership) => {
                for member in membership.members.iter().take(MOST) {
                    match member {
                        Member::Code { code, .. } => edges.push(code.get()),
                        Member::Span { first, last, .. } => {
                            edges.extend(first.iter().chain(last).map(|(code, _)| code.get()));
                        }
                        Member::Other => {}
                    }
                }
            }
            _ => {}
        }
    }
    edges
}

/// Whether the arms from one to before another all go on into the next one.
pub(crate) fn runs_into(arms: &[Arm], from: usize, to: usize) -> bool {
    from < to
        && to - from < MOST
        && arms.get(from..to).is_some_and(|arms| arms.iter().all(|arm| arm.falls_through))
}

impl Ctx<'_> {
    /// How sure it is that branches are about statuses: what is sure of one arm is so of all, as
    /// they ask for the same.
    pub(crate) fn evidence_of(&self, branches: &Branches) -> Evidence {
        let arms = branches.arms.iter().take(MOST);
        let sites = arms.flat_map(|arm| self.sites_within(&arm.condition.range));
        sites.map(|site| site.evidence).max().unwrap_or(Evidence::Likely)
    }
}

fn joined(parts: &[Condition], operand: &str, code: u16, deciding: bool) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match holds(part, operand, code) {
            Some(held) if held == deciding => return Some(deciding),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!deciding)
}

fn compares(comparison: &Comparison, code: u16) -> bool {
    let other = comparison.code.get();
    match comparison.operator {
        Comparator::Equal => code == other,
        Comparator::NotEqual => code != other,
        Comparator::Less => code < other,
        Comparator::LessOrEqual => code <= other,
        Comparator::Greater => code > other,
        Comparator::GreaterOrEqual => code >= other,
    }
}

fn includes(membership: &Membership, code: u16) -> Option<bool> {
    let mut known = true;
    for member in &membership.members {
        let within = match member {
            Member::Code { code: own, .. } => own.get() == code,
            Member::Span { first, last, inclusive } => {
                let after = first.as_ref().is_none_or(|(first, _)| first.get() <= code);
                let before = last.as_ref().is_none_or(|(last, _)| {
                    code < last.get() || (*inclusive && code == last.get())
                });
                after && before
            }
            Member::Other => {
                known = false;
                false
            }
        };
        if within {
            return Some(true);
        }
    }
    known.then_some(false)
}
