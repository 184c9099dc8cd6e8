//! A status compared, strictly, with a value of another type.

use statuslint_languages::{Kind, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::{Edit, Fix, Rule, Safety, Severity};

pub(super) const RULE: Rule = Rule {
    name: "string-comparison",
    severity: Some(Severity::Error),
    fixable: true,
    summary: "A status that is a number compared with a text, or the other way around",
    page: include_str!("string_comparison.md"),
    quiet_in_tests: false,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(code) = site.code().filter(|_| site.mistyped) else { return };
    let written = quoted(ctx.source(&site.range));
    let (message, help, text) = if site.kind == Kind::String {
        (
            format!(
                "{written} is a text and the status a number: the two are never equal, \
                 whatever the response was"
            ),
            "compare with the number",
            code.to_string(),
        )
    } else {
        (
            format!(
                "{written} is a number and the status a text here: the two are never equal, \
                 whatever the response was"
            ),
            "compare with the text",
            format!("\"{code}\""),
        )
    };
    let fix = Fix {
        title: format!("Compare with {text}"),
        safety: Safety::Unsafe,
        edits: vec![Edit { range: site.range.clone(), text }],
    };
    out.push(Draft::new(&site.range, message).code(code).help(help).fix(Some(fix)));
}

#[cfg(test)]
mod tests {
    use statuslint_languages::{Kind, Role};

    use crate::engine::tests::Case;

    #[test]
    fn a_text_is_unquoted_and_a_number_quoted() {
        let text = Case::new("\"404\"").kind(Kind::String).role(Role::Compare).mistyped();
        text.finds(&["string-comparison"]).unsafely_fixed("404");
        let number = Case::new("404").role(Role::Compare).mistyped();
        number.finds(&["string-comparison"]).unsafely_fixed("\"404\"");
    }

    #[test]
    fn other_comparisons_are_silent() {
        Case::new("\"404\"").kind(Kind::String).role(Role::Compare).finds(&[]);
    }
}
