//! A code handled twice in one switch, chain of conditions, map or set.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;

use statuslint_codes::StatusCode;
use statuslint_languages::{
    Branches, BranchesKind, Comparator, Condition, Kind, Member, Role, Site, Test,
};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::ways::{asked, holds, runs_into};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-branch",
    severity: Some(Severity::Error),
    fixable: false,
    summary: "A code handled twice in one switch, chain of conditions, map or set",
    page: include_str!("duplicate_branch.md"),
    quiet_in_tests: false,
    check: Check::Usage(check),
};

/// A code that an arm takes whenever it comes.
struct Taken<'a> {
    arm: usize,
    at: &'a Range<usize>,
}

/// What is the same: the operand, the code, and how it is written, as `404` is not `"404"`.
type Key<'a> = (&'a str, StatusCode, bool);

fn check(ctx: &Ctx, out: &mut Findings) {
    for branches in &ctx.usage.branches {
        let mut taken: HashMap<Key<'_>, Taken<'_>> = HashMap::new();
        let evidence = LazyCell::new(|| ctx.evidence_of(branches));
        for (arm, way) in branches.arms.iter().enumerate().filter(|(_, way)| !way.guarded) {
            for (operand, code, at) in equalities(&way.condition) {
                let key = (operand, code, ctx.is_text(at));
                if let Some(first) = taken.get(&key) {
                    let again = !runs_into(&branches.arms, first.arm, arm)
                        && !ctx.is_other_name(branches.kind, first.at, at);
                    if again {
                        out.push(draft(ctx, branches, first, code, at).evidence(*evidence));
                    }
                } else if holds(&way.condition, operand, code.get()) == Some(true) {
                    taken.insert(key, Taken { arm, at });
                }
            }
        }
    }
}

/// The codes that a condition asks an operand for by equality.
fn equalities(condition: &Condition) -> Vec<(&str, StatusCode, &Range<usize>)> {
    let mut found = Vec::new();
    for part in asked(condition) {
        match &part.test {
            Test::Compare(comparison) if comparison.operator == Comparator::Equal => {
                found.push((comparison.operand.as_str(), comparison.code, &comparison.at));
            }
            Test::In(membership) => {
                for member in &membership.members {
                    if let Member::Code { code, at } = member {
                        found.push((membership.operand.as_str(), *code, at));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn draft(
    ctx: &Ctx,
    branches: &Branches,
    first: &Taken<'_>,
    code: StatusCode,
    at: &Range<usize>,
) -> Draft {
    let titled = super::titled(ctx.settings, code);
    let before = quoted(ctx.source(first.at));
    let (message, help) = match branches.kind {
        BranchesKind::Switch | BranchesKind::Chain => (
            format!(
                "{titled} is handled twice: {before} before it already takes this code, \
                 so this branch is never run for it"
            ),
            "remove it, or write the code that was meant",
        ),
        BranchesKind::Map => (
            format!("{titled} is a key of this map twice: only one of the two entries counts"),
            "keep one of the entries, or write the code that was meant",
        ),
        BranchesKind::Set => (
            format!("{titled} stands in this list twice: perhaps another code was meant"),
            "remove it, or write the code that was meant",
        ),
    };
    Draft::new(at, message).code(code).help(help)
}

impl Ctx<'_> {
    /// Whether the code at a place is written as a text or a symbol; the keys of declared responses
    /// are texts, however they are written.
    fn is_text(&self, at: &Range<usize>) -> bool {
        let symbol = self.source(at).starts_with(':');
        let is_text = |site: &Site| site.kind == Kind::String && site.role != Role::Declare;
        symbol || self.sites_within(at).next().is_some_and(is_text)
    }

    /// Whether two members of a set are names of one code that differ: an old one and a new one.
    fn is_other_name(&self, kind: BranchesKind, first: &Range<usize>, at: &Range<usize>) -> bool {
        let is_name = |at| self.sites_within(at).next().is_some_and(|site| site.kind == Kind::Name);
        kind == BranchesKind::Set
            && (is_name(first) || is_name(at))
            && self.source(first) != self.source(at)
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::tests::rules_in;

    #[test]
    fn the_second_arm_of_a_switch_is_found() {
        let text =
            "fn f(status: u16) { match status { 404 => a(), 500 => b(), 404 => c(), _ => d() } }";
        assert_eq!(rules_in("rust", text), [("duplicate-branch", "404")]);
    }

    #[test]
    fn guarded_arms_and_texts_beside_numbers_are_silent() {
        let text = "fn f(status: u16) { match status { 404 if old => a(), 404 => c(), _ => d() } }";
        assert_eq!(rules_in("rust", text), []);
        let text = "const axios = require('axios');\nconst handlers = { status: 1 };\nswitch (res.statusCode) { case 404: a(); break; case '404': b(); break; }";
        let found = rules_in("javascript", text);
        assert!(!found.iter().any(|(rule, _)| *rule == "duplicate-branch"), "{found:?}");
    }

    #[test]
    fn what_falls_through_on_purpose_is_silent() {
        let text = "switch (res.statusCode) { case 404: log(); case 404: b(); break; }";
        assert_eq!(rules_in("javascript", text), []);
    }
}
