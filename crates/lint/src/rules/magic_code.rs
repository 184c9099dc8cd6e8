//! A number for which the library in use has a name.

use crate::Rule;
use crate::constants::Constants;
use crate::engine::{Check, Ctx, Draft, Findings};

pub(super) const RULE: Rule = Rule {
    name: "magic-code",
    severity: None,
    fixable: true,
    summary: "A number for which the library in use has a name",
    page: include_str!("magic_code.md"),
    quiet_in_tests: false,
    check: Check::Usage(check),
};

fn check(ctx: &Ctx, out: &mut Findings) {
    if !ctx.is_on(&RULE) {
        return;
    }
    let Some(constants) = Constants::of(ctx.text, ctx.language, ctx.usage) else { return };
    for site in &ctx.usage.sites {
        let Some(code) = site.code().filter(|code| code.is_valid()) else { continue };
        let Some(named) = constants.named(site).filter(|named| named.in_use) else { continue };
        let expression = &named.expression;
        let message = format!(
            "`{code}` has a name here: with `{expression}` the reader need not know the number, \
             and the library catches a wrong one"
        );
        let draft = Draft::new(&site.range, message).code(code).evidence(site.evidence);
        out.push(draft.help(format!("write `{expression}`")).fix(Some(named.fix)));
    }
}
