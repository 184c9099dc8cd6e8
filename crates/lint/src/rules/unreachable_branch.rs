//! A branch behind an earlier one that already takes all its codes.

use statuslint_languages::{Arm, Branches, BranchesKind, Comparator, Condition, Member, Test};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::ways::{alternatives, asked, edges, holds, operand_of, runs_into};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "unreachable-branch",
    severity: Some(Severity::Error),
    fixable: false,
    summary: "A branch behind an earlier one that already takes its codes",
    page: include_str!("unreachable_branch.md"),
    quiet_in_tests: false,
    check: Check::Usage(check),
};

/// Of more ranges than this in one place only the first are looked at.
const RANGES: usize = 32;

fn check(ctx: &Ctx, out: &mut Findings) {
    for branches in &ctx.usage.branches {
        if !matches!(branches.kind, BranchesKind::Switch | BranchesKind::Chain) {
            continue;
        }
        let mut ranges: Vec<usize> = Vec::new();
        for (at, arm) in branches.arms.iter().enumerate().filter(|(_, arm)| !arm.guarded) {
            let before: Vec<&Condition> = ranges
                .iter()
                .filter(|range| !runs_into(&branches.arms, **range, at))
                .map(|range| &branches.arms[*range].condition)
                .collect();
            for part in alternatives(&arm.condition) {
                if let Some(first) = covering(part, &before) {
                    out.push(draft(ctx, branches, part, first));
                }
            }
            if ranges.len() < RANGES && is_range(arm) {
                ranges.push(at);
            }
        }
    }
}

/// Whether an arm takes more than single codes.
fn is_range(arm: &Arm) -> bool {
    asked(&arm.condition).into_iter().take(RANGES).any(|part| match &part.test {
        Test::Compare(comparison) => comparison.operator != Comparator::Equal,
        Test::In(membership) => {
            membership.members.iter().any(|member| matches!(member, Member::Span { .. }))
        }
        _ => false,
    }) || matches!(arm.condition.test, Test::Not(_))
}

/// Whether a part asks for one code and nothing else.
fn is_equality(part: &Condition) -> bool {
    matches!(&part.test, Test::Compare(it) if it.operator == Comparator::Equal)
}

/// The first of the conditions that together take every code of a part.
fn covering<'a>(part: &Condition, before: &[&'a Condition]) -> Option<&'a Condition> {
    let mut codes: Vec<u16> = edges(part);
    if !is_equality(part) {
        codes.extend(before.iter().flat_map(|condition| edges(condition)));
        codes.extend([0, u16::MAX]);
    }
    let codes: Vec<u16> = codes
        .iter()
        .flat_map(|code| [code.saturating_sub(1), *code, code.saturating_add(1)])
        .collect();
    asked(part).into_iter().take(4).filter_map(operand_of).find_map(|operand| {
        let mut first = None;
        for code in &codes {
            if holds(part, operand, *code) == Some(false) {
                continue;
            }
            let taken =
                before.iter().find(|condition| holds(condition, operand, *code) == Some(true))?;
            first = first.or(Some(*taken));
        }
        first
    })
}

fn draft(ctx: &Ctx, branches: &Branches, part: &Condition, first: &Condition) -> Draft {
    let message = format!(
        "{} is never reached: {} before it already takes these codes",
        quoted(ctx.source(&part.range)),
        quoted(ctx.source(&first.range)),
    );
    Draft::new(&part.range, message)
        .help("ask for the narrower codes first")
        .evidence(ctx.evidence_of(branches))
}

#[cfg(test)]
mod tests {
    use crate::engine::tests::rules_in;

    #[test]
    fn an_arm_inside_of_an_earlier_range_is_found() {
        let text = "fn f(status: u16) { match status { 400..=499 => a(), 404 => b(), _ => c() } }";
        assert_eq!(rules_in("rust", text), [("unreachable-branch", "404")]);
    }

    #[test]
    fn narrower_arms_first_are_silent() {
        let text = "fn f(status: u16) { match status { 404 => a(), 400..=499 => b(), _ => c() } }";
        assert_eq!(rules_in("rust", text), []);
        let text =
            "fn f(status: u16) { match status { 400..=499 if old => a(), 404 => b(), _ => c() } }";
        assert_eq!(rules_in("rust", text), []);
        let text = "fn f(status: u16) { match status { 400..404 => a(), 404 => b(), _ => c() } }";
        assert_eq!(rules_in("rust", text), []);
    }

    #[test]
    fn ranges_take_a_range_together() {
        let text = "fn f(status: u16) { match status { 0..=299 => a(), 300..=599 => b(), 204..=404 => c(), _ => d() } }";
        assert_eq!(rules_in("rust", text), [("unreachable-branch", "204..=404")]);
    }
}
