//! A suppression comment, or an allowance of the configuration, that silences nothing.

use std::ops::Range;

use statuslint_codes::StatusCode;
use statuslint_languages::Evidence;

use crate::engine::{Check, Ctx, Draft, Findings, severity};
use crate::quote::quoted;
use crate::suppressions::{self, FILE_LINES, Named, Scope, Suppression, Suppressions};
use crate::{Edit, Finding, Fix, Rule, Safety, Settings, Severity, rules};

pub(super) const RULE: Rule = Rule {
    name: "unused-allow",
    severity: Some(Severity::Warning),
    fixable: true,
    summary: "A suppression comment, or a code the configuration allows, that silences nothing",
    page: include_str!("unused_allow.md"),
    quiet_in_tests: false,
    check: Check::Suppressions(check),
};

fn check(ctx: &Ctx, suppressions: &Suppressions, out: &mut Findings) {
    for suppression in &suppressions.comments {
        match suppression.scope {
            Scope::Unclear => {
                let message = format!(
                    "{} is not understood, so it silences nothing",
                    quoted(ctx.source(&suppression.comment))
                );
                let help = "write `statuslint: allow(rule)` or `statuslint: allow-file(rule)`";
                out.push(Draft::new(&suppression.comment, message).help(help));
            }
            Scope::TooLate(line) => {
                let message = format!(
                    "`allow-file` stands on line {line}, so it silences nothing: it counts only \
                     in the first {FILE_LINES} lines"
                );
                let help = "move it up, or write `statuslint: allow(rule)` where it is needed";
                out.push(Draft::new(&suppression.comment, message).help(help));
            }
            Scope::Lines(_) | Scope::File => unused(ctx, suppression, out),
        }
    }
}

/// The finding about a code that a configuration allows, or gives a name, at a range of its text,
/// and that stands in none of the files it is for; `None` where the settings switch it off.
pub fn unused_allowance(
    settings: &Settings,
    code: StatusCode,
    name: Option<&str>,
    range: Range<usize>,
) -> Option<Finding> {
    let message = match name {
        None => format!(
            "`{code}` is allowed, but none of the files has it as a status, so this silences \
             nothing, and would hide a mistake to come"
        ),
        Some(name) => format!(
            "`{code}` is named {}, but none of the files has it as a status, so this would hide a \
             mistake to come",
            quoted(name)
        ),
    };
    Some(Finding {
        rule: RULE.name,
        severity: severity(settings, &RULE, None, false)?,
        message,
        help: Some("remove it".to_owned()),
        code: Some(code),
        range,
        evidence: Evidence::Certain,
        fixes: Vec::new(),
    })
}

/// Each rule of a comment that silenced nothing.
fn unused(ctx: &Ctx, suppression: &Suppression, out: &mut Findings) {
    for (index, named) in suppression.rules.iter().enumerate() {
        if named.used || named.name == RULE.name {
            continue;
        }
        let name = quoted(&named.name);
        let (message, help) = match rules::RULES.iter().find(|rule| rule.name == named.name) {
            Some(rule) if !ctx.is_on(rule) => continue,
            Some(_) => (
                format!("allowing {name} silences nothing here, and would hide a mistake to come"),
                "remove it",
            ),
            None => (
                format!("there is no rule {name}, so nothing is silenced"),
                "see `statuslint rules` for the names",
            ),
        };
        let fix = removal(ctx.text, suppression, index);
        out.push(Draft::new(&named.range, message).help(help).fix(Some(fix)));
    }
}

/// Takes one rule out of a comment, or the comment away when that was its only rule.
fn removal(text: &str, suppression: &Suppression, index: usize) -> Fix {
    let Named { range, name, .. } = &suppression.rules[index];
    let (range, text) = match (suppression.rules.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => (range.start..next.range.start, ""),
        (None, Some(previous)) => (suppression.rules[previous].range.end..range.end, ""),
        (None, None) => whole(text, suppression),
    };
    Fix {
        title: format!("Remove the allowance of {name}"),
        safety: Safety::Safe,
        edits: vec![Edit { range, text: text.to_owned() }],
    }
}

/// The comment with its line when nothing else is there, else with the space before it; in the
/// midst of code a space must stay.
fn whole(text: &str, suppression: &Suppression) -> (Range<usize>, &'static str) {
    let comment = &suppression.comment;
    let start = suppressions::line_start(text, comment.start);
    let end = suppressions::line_end(text, comment.end);
    let before = &text[start..comment.start];
    if !text[comment.end..end].trim().is_empty() {
        (comment.clone(), " ")
    } else if before.trim().is_empty() {
        (start..end, "")
    } else {
        (start + before.trim_end().len()..comment.end, "")
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::tests::Case;

    fn below(comment: &str) -> Case {
        Case::new("209").before(comment).comment(comment.trim())
    }

    #[test]
    fn what_silences_is_silent() {
        below("// statuslint: allow(unknown-code) — the gateway's own\n").finds(&[]);
        below("// statuslint: allow-file(unknown-code, unused-allow)\n").finds(&[]);
        below("/* statuslint: allow(unknown-code) */ ").finds(&[]);
        below("// statuslint: allow(unused-allow, reserved-code)\n").finds(&["unknown-code"]);
    }

    #[test]
    fn what_silences_nothing_goes_away() {
        let both = &["unused-allow", "unknown-code"];
        below("// statuslint: allow(reserved-code)\n").finds(both).fixed("209");
        below("x; // statuslint: allow(unknown-code)\n").finds(both).fixed("x;\n209");
        below("f(/* statuslint: allow(nonsense) */ 1)\n").finds(both).fixed("f(  1)\n209");
        below("// statuslint: allow(reserved-code, unknown-code)\n")
            .finds(&["unused-allow"])
            .fixed("// statuslint: allow(unknown-code)\n209");
        below("// statuslint: allow(unknown-code, reserved-code)\n")
            .finds(&["unused-allow"])
            .fixed("// statuslint: allow(unknown-code)\n209");
    }

    #[test]
    fn what_cannot_work_is_said() {
        let both = &["unused-allow", "unknown-code"];
        for comment in ["allow", "allow()", "allow(unknown-code", "ignore(unknown-code)"] {
            below(&format!("// statuslint: {comment}\n")).finds(both).says("not understood");
        }
        let late = format!("{}// statuslint: allow-file(unknown-code)\n", "\n".repeat(20));
        below(&late).finds(both).says("line 21");
        below("// statuslint: allow(unknown-cod)\n").finds(both).says("no rule `unknown-cod`");
    }

    #[test]
    fn a_rule_that_is_off_may_stay_allowed() {
        below("// statuslint: allow(reserved-code)\n")
            .set("reserved-code", None)
            .finds(&["unknown-code"]);
    }

    #[test]
    fn an_allowance_stands_above_further_comments() {
        let above = "// statuslint: allow(unknown-code)\n";
        let case = Case::new("209").before(&format!("{above}  // why\n"));
        case.comment(above.trim()).comment("// why").finds(&[]);
        let case = Case::new("209").before(&format!("{above}\n")).comment(above.trim());
        case.finds(&["unused-allow", "unknown-code"]);
    }
}
