//! Conditions over a status that can never fail.

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::intervals::Certainty;
use crate::logic::{Cause, certain};
use crate::quote::quoted;
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "always-true-condition",
    severity: Some(Severity::Error),
    fixable: false,
    summary: "A condition over a status that can never be false",
    page: include_str!("always_true_condition.md"),
    quiet_in_tests: false,
    check: Check::Usage(check),
};

fn check(ctx: &Ctx, out: &mut Findings) {
    for it in certain(ctx).iter().filter(|it| it.certainty == Certainty::AlwaysTrue) {
        let condition = quoted(ctx.source(&it.range));
        let (why, help) = match it.cause {
            Cause::Values => (
                "every status satisfies it, so it tests nothing",
                "join the comparisons with `and`, or correct their bounds",
            ),
            Cause::Code => (
                "a number by itself counts as true, so it tests nothing",
                "compare the status with each of the codes",
            ),
            Cause::Boolean => (
                "the second comparison is with the boolean of the first, not with the status",
                "compare the status twice and join both with `and`",
            ),
        };
        let message = format!("{condition} is always true: {why}");
        let evidence = ctx.evidence_within(&it.range);
        out.push(Draft::new(&it.range, message).help(help).evidence(evidence));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::tests::found;

    #[test]
    fn a_bound_within_is_no_second_finding() {
        let text = "a = r.status_code >= 200 or r.status_code <= 300";
        let expected = ["always-true-condition `r.status_code >= 200 or r.status_code <= 300`"];
        assert_eq!(found("python", text), expected);
    }

    #[test]
    fn a_negation_of_the_impossible_is_one_finding() {
        let text = "if (!(200 > res.statusCode && res.statusCode >= 300)) {}";
        let expected = ["always-true-condition `!(200 > res.statusCode && res.statusCode >= 300)`"];
        assert_eq!(found("javascript", text), expected);
    }

    #[test]
    fn a_code_alone_and_a_compared_boolean_are_found() {
        let text = "if (res.statusCode === 200 || 201) {}";
        assert_eq!(
            found("javascript", text),
            ["always-true-condition `res.statusCode === 200 || 201`"]
        );
        let text = "if (200 <= res.statusCode <= 299) {}";
        assert_eq!(
            found("javascript", text),
            ["always-true-condition `200 <= res.statusCode <= 299`"]
        );
    }

    #[test]
    fn chosen_codes_and_chains_of_python_are_silent() {
        let none: [&str; 0] = [];
        assert_eq!(found("javascript", "const code = err.statusCode || 500"), none);
        assert_eq!(found("lua", "local code = res.status == 404 and 404 or 200"), none);
        assert_eq!(found("python", "a = 200 <= r.status_code <= 299"), none);
    }
}
