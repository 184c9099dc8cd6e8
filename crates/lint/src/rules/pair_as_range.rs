//! Two ends of a range in a list of two codes.

use std::ops::Range;

use statuslint_languages::{Condition, Member, Test};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::logic::{certain, covers};
use crate::quote::quoted;
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "pair-as-range",
    severity: Some(Severity::Warning),
    fixable: false,
    summary: "A list of two class edges where a range was meant",
    page: include_str!("pair_as_range.md"),
    quiet_in_tests: true,
    check: Check::Usage(check),
};

fn check(ctx: &Ctx, out: &mut Findings) {
    let mut pairs = Vec::new();
    for condition in &ctx.usage.conditions {
        gather(condition, &mut pairs);
    }
    if pairs.is_empty() {
        return;
    }
    let certain = certain(ctx);
    for members in pairs {
        let [Member::Code { code: first, at: from }, Member::Code { code: last, at }] = members
        else {
            continue;
        };
        let range = from.start..at.end;
        if !is_pair(first.get(), last.get()) || covers(&certain, &range) {
            continue;
        }
        let message = format!(
            "{} are two codes, not the range between them: {} and all others are left out",
            quoted(ctx.source(&range)),
            first.get() + 1,
        );
        let help = "ask for a range: not less than the first and less than the next class";
        // The last is no registered code, which would make it less sure than the first.
        out.push(Draft::new(&range, message).help(help).evidence(ctx.evidence_within(from)));
    }
}

/// Adds the lists that a condition looks in.
fn gather<'a>(condition: &'a Condition, lists: &mut Vec<&'a [Member]>) {
    match &condition.test {
        Test::In(it) => lists.push(&it.members),
        Test::And(parts) | Test::Or(parts) => {
            for part in parts {
                gather(part, lists);
            }
        }
        Test::Not(inner) => gather(inner, lists),
        Test::Compare(_) | Test::Code(_) | Test::Boolean(_) | Test::Other => {}
    }
}

/// Whether a code is an end of such a list, so that it is no code of its own.
pub(super) fn is_end(ctx: &Ctx, at: &Range<usize>) -> bool {
    let mut lists = Vec::new();
    for condition in &ctx.usage.conditions {
        if condition.range.start <= at.start && at.end <= condition.range.end {
            gather(condition, &mut lists);
        }
    }
    lists.iter().any(|members| match members {
        [Member::Code { code: first, .. }, Member::Code { code: last, at: end }] => {
            end == at && is_pair(first.get(), last.get())
        }
        _ => false,
    })
}

/// Whether two codes are the ends of a class or of several.
fn is_pair(first: u16, last: u16) -> bool {
    let ends_class = matches!(first, 100 | 200 | 300 | 400 | 500)
        && matches!(last, 199 | 299 | 399 | 499 | 599)
        && (first / 100 == last / 100 || (first, last) == (100, 599));
    ends_class || matches!((first, last), (200, 300) | (400, 500 | 600) | (500, 600))
}

#[cfg(test)]
mod tests {
    use super::is_pair;
    use crate::engine::tests::found;

    #[test]
    fn ends_of_classes_are_pairs() {
        for (first, last) in [(200, 299), (100, 599), (200, 300), (400, 500), (400, 600)] {
            assert!(is_pair(first, last), "{first} {last}");
        }
        for (first, last) in [(200, 201), (299, 200), (200, 404), (300, 400), (500, 503)] {
            assert!(!is_pair(first, last), "{first} {last}");
        }
    }

    #[test]
    fn lists_are_found_and_ranges_silent() {
        let none: [&str; 0] = [];
        let text = "a = r.status_code in (200, 299)";
        assert_eq!(found("python", text), ["pair-as-range `200, 299`"]);
        assert_eq!(found("python", "a = r.status_code in range(200, 300)"), none);
        assert_eq!(found("python", "a = r.status_code in (200, 202, 204)"), none);
        assert_eq!(found("python", "for code in (200, 204): ask(code)"), none);
    }
}
