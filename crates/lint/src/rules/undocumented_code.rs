//! A code that is sent, and that no response of the project's `OpenAPI` documents is for.

use statuslint_codes::Class;
use statuslint_languages::{Role, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "undocumented-code",
    severity: None,
    fixable: false,
    summary: "A code that is sent, and that no response of the project's OpenAPI documents is for",
    page: include_str!("undocumented_code.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let answers = matches!(
        site.code().and_then(statuslint_codes::StatusCode::class),
        Some(Class::Successful | Class::ClientError | Class::ServerError)
    );
    if site.role != Role::Emit || !answers || !ctx.language.is_code() || ctx.in_test(&site.range) {
        return;
    }
    let index = &ctx.settings.context.index;
    let Some(code) = site.code().filter(|code| index.leaves_out(*code)) else { return };
    let message = format!(
        "no response of this project's OpenAPI documents is for {}, so clients built from them do \
         not know it and treat it as {}00 (RFC 9110 section 15)",
        super::titled(ctx.settings, code),
        code.get() / 100,
    );
    let help = format!(
        "document `{code}`, `{}XX` or `default`, or send a code that is documented",
        code.get() / 100
    );
    out.push(Draft::new(&site.range, message).code(code).help(help).severity(Severity::Warning));
}

#[cfg(test)]
mod tests {
    use statuslint_languages::Role;

    use crate::engine::tests::Case;

    #[test]
    fn without_a_description_nothing_is_undocumented() {
        Case::new("409").role(Role::Emit).finds(&[]);
    }
}
