//! Conditions over a status that can never hold.

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::intervals::Certainty;
use crate::logic::{Cause, certain};
use crate::quote::quoted;
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "impossible-condition",
    severity: Some(Severity::Error),
    fixable: false,
    summary: "A condition over a status that can never be true",
    page: include_str!("impossible_condition.md"),
    quiet_in_tests: false,
    check: Check::Usage(check),
};

fn check(ctx: &Ctx, out: &mut Findings) {
    for it in certain(ctx).iter().filter(|it| it.certainty == Certainty::Impossible) {
        let condition = quoted(ctx.source(&it.range));
        let (why, help) = match it.cause {
            Cause::Values | Cause::Code => (
                "no status satisfies all of it, so what depends on it never happens",
                "join the comparisons with `or`, or correct their bounds",
            ),
            Cause::Boolean => (
                "the second comparison is with the boolean of the first, not with the status",
                "compare the status twice and join both with `and`",
            ),
        };
        let message = format!("{condition} can never be true: {why}");
        let evidence = ctx.evidence_within(&it.range);
        out.push(Draft::new(&it.range, message).help(help).evidence(evidence));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::tests::found;

    #[test]
    fn the_smallest_part_is_found() {
        let text = "if (ready && (res.statusCode < 200 && res.statusCode > 299)) {}";
        let expected = ["impossible-condition `res.statusCode < 200 && res.statusCode > 299`"];
        assert_eq!(found("javascript", text), expected);
        let text = "if (ok && res.statusCode < 200 && res.statusCode > 299 && more) {}";
        assert_eq!(found("javascript", text), expected);
    }

    #[test]
    fn a_negation_of_what_always_holds_is_one_finding() {
        let text = "a = not (r.status_code != 200 or r.status_code != 201)";
        let expected =
            ["impossible-condition `not (r.status_code != 200 or r.status_code != 201)`"];
        assert_eq!(found("python", text), expected);
    }

    #[test]
    fn two_operands_and_what_may_change_are_silent() {
        let none: [&str; 0] = [];
        for text in [
            "a = r.status_code < 200 and s.status_code > 299",
            "a = read().status_code < 200 and read().status_code > 299",
            "a = r.status_code >= 200 and r.status_code <= 299",
            "a = r.status_code < 200 or r.status_code > 299",
        ] {
            assert_eq!(found("python", text), none, "{text}");
        }
    }
}
