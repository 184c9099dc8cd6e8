//! A code that is reserved for future use: 402.

use statuslint_codes::State;
use statuslint_languages::Site;

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "reserved-code",
    severity: Some(Severity::Warning),
    fixable: false,
    summary: "A code that is reserved for future use: 402",
    page: include_str!("reserved_code.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(code) = ctx.registry_code(site) else { return };
    let Some(entry) = code.entry().filter(|entry| entry.state == State::Reserved) else { return };
    let message = format!(
        "`{code}` ({}) is reserved for future use: it has no agreed meaning, so a client cannot \
         know what to do ({})",
        entry.name, entry.reference
    );
    let help = format!(
        "403 (Forbidden) refuses a request with a reason of your own; where both sides agree on \
         {code}, allow it: `allow = [{code}]`"
    );
    out.push(Draft::new(&site.range, message).code(code).help(help));
}

#[cfg(test)]
mod tests {
    use statuslint_languages::Role;

    use crate::engine::tests::Case;

    #[test]
    fn payment_required_is_found_unless_allowed() {
        Case::new("402").finds(&["reserved-code"]).says("Payment Required");
        Case::new("402").role(Role::Compare).finds(&["reserved-code"]);
        Case::new("402").allow(402).finds(&[]);
        Case::new("403").finds(&[]);
    }
}
