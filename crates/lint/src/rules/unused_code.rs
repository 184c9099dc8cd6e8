//! A code that is registered as unused: nobody may give it a meaning.

use statuslint_codes::State;
use statuslint_languages::Site;

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "unused-code",
    severity: Some(Severity::Warning),
    fixable: false,
    summary: "A code that is registered as unused: 306, and 418 (info)",
    page: include_str!("unused_code.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(code) = ctx.registry_code(site) else { return };
    let Some(entry) = code.entry().filter(|entry| entry.state == State::Unused) else { return };
    // Where 306 shall redirect, that it does not is the finding.
    if super::redirect_code::misused(site).is_some() {
        return;
    }
    let joke = code.get() == 418;
    let message = format!(
        "`{code}` is registered as unused: no specification gives it a meaning that clients could \
         rely on ({})",
        entry.reference
    );
    let class = code.class().map_or(4, statuslint_codes::Class::digit);
    let help = format!("choose the {class}xx code that says what happened");
    let draft = Draft::new(&site.range, message).code(code).help(help);
    out.push(if joke { draft.severity(Severity::Info) } else { draft });
}

#[cfg(test)]
mod tests {
    use statuslint_languages::{Kind, Role};

    use crate::Severity;
    use crate::engine::tests::{Case, code};

    #[test]
    fn both_unused_codes_are_found_each_with_its_severity() {
        Case::new("306").finds(&["unused-code"]).is(Severity::Warning);
        Case::new("418").finds(&["unused-code"]).is(Severity::Info);
        Case::new("418").set("unused-code", Some(Severity::Error)).is(Severity::Error);
    }

    #[test]
    fn a_constant_is_judged_where_it_is_used() {
        let teapot = Case::new("StatusCode::IM_A_TEAPOT").kind(Kind::Name).value(code(418));
        teapot.role(Role::Compare).finds(&["unused-code"]);
        Case::new("306").role(Role::Define).finds(&[]);
    }
}
