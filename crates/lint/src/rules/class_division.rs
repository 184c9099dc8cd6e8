//! A status divided by the first code of a class instead of by 100.

use statuslint_languages::Division;

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::{Edit, Fix, Rule, Safety, Severity};

pub(super) const RULE: Rule = Rule {
    name: "class-division",
    severity: Some(Severity::Warning),
    fixable: true,
    summary: "A status divided by a class instead of by 100",
    page: include_str!("class_division.md"),
    quiet_in_tests: false,
    check: Check::Usage(check),
};

fn check(ctx: &Ctx, out: &mut Findings) {
    for division in &ctx.usage.divisions {
        let divisor = division.divisor.get();
        let digit = division.quotient.as_ref().map_or(1, |quotient| u16::from(quotient.digit));
        let first = divisor.saturating_mul(digit);
        let message = format!(
            "{} is {digit} for every code from {first} to {}: a class is a hundred codes wide",
            quoted(ctx.source(&division.range)),
            first.saturating_add(divisor - 1),
        );
        let help = format!("divide by 100 and compare with {}", divisor / 100);
        let draft = Draft::new(&division.range, message).help(help).evidence(division.evidence);
        out.push(draft.fix(by_hundred(division)));
    }
}

/// `status / 100 == 2` for `status / 200 == 1`.
fn by_hundred(division: &Division) -> Option<Fix> {
    let quotient = division.quotient.as_ref().filter(|quotient| quotient.digit == 1)?;
    let digit = division.divisor.get() / 100;
    let mut edits = vec![
        Edit { range: division.at.clone(), text: "100".to_owned() },
        Edit { range: quotient.at.clone(), text: digit.to_string() },
    ];
    edits.sort_by_key(|edit| edit.range.start);
    Some(Fix {
        title: format!("Divide by 100 and compare with {digit}"),
        safety: Safety::Unsafe,
        edits,
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::tests::rules_in;

    #[test]
    fn a_class_as_divisor_is_found() {
        for (text, divided) in [
            ("const ok = (xhr.status / 200 | 0) === 1;", "xhr.status / 200"),
            ("if (Math.floor(res.statusCode / 400) === 1) fail();", "res.statusCode / 400"),
        ] {
            assert_eq!(rules_in("javascript", text), [("class-division", divided)], "{text}");
        }
    }

    #[test]
    fn hundreds_and_other_numbers_are_silent() {
        for text in [
            "const ok = (xhr.status / 100 | 0) === 2;",
            "const share = 200 / res.statusCode;",
            "const share = elapsed / 200;",
            "const path = '/status/200';",
            "const seconds = statusTimeout / 500;",
        ] {
            assert_eq!(rules_in("javascript", text), [], "{text}");
        }
    }
}
