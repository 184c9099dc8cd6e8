//! A redirect helper given a code that redirects nobody.

use statuslint_codes::{Class, StatusCode};
use statuslint_languages::{Helper, Role, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "redirect-code",
    severity: Some(Severity::Error),
    fixable: false,
    summary: "A redirect helper given a code that redirects nobody",
    page: include_str!("redirect_code.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(code) = misused(site) else { return };
    let because = match code.get() {
        304 => "it tells a client to use the copy it has (RFC 9110 section 15.4.5)",
        306 => "it is unused and has no meaning left (RFC 9110 section 15.4.7)",
        _ => "clients follow Location only with a 3xx code that redirects (RFC 9110 section 15.4)",
    };
    let message = format!(
        "a redirect is sent with {}, which redirects nobody: {because}, so the client stays where \
         it is",
        super::titled(ctx.settings, code),
    );
    let help = "use 302 or 307 for a temporary redirect, 301 or 308 for a lasting one, or 303 to \
                go on with GET";
    out.push(Draft::new(&site.range, message).code(code).help(help));
}

/// The registered code of a redirect that redirects nobody.
pub(super) fn misused(site: &Site) -> Option<StatusCode> {
    let emitted = site.helper == Some(Helper::Redirect) && site.role == Role::Emit;
    let code = site.code().filter(|code| emitted && code.entry().is_some())?;
    // 201 has a Location too; what is wrong with 305 `deprecated-code` says.
    let redirects = match code.class() {
        Some(Class::Redirection) => !matches!(code.get(), 304 | 306),
        _ => code.get() == 201,
    };
    (!redirects).then_some(code)
}

#[cfg(test)]
mod tests {
    use statuslint_languages::{Helper, Role};

    use crate::engine::tests::Case;

    #[test]
    fn codes_that_redirect_nobody_are_found() {
        for number in ["100", "200", "204", "304", "306", "404", "500"] {
            Case::new(number).helper(Helper::Redirect).finds(&["redirect-code"]).says(number);
        }
    }

    #[test]
    fn codes_that_send_a_client_somewhere_are_fine() {
        for number in ["201", "300", "301", "302", "303", "307", "308"] {
            Case::new(number).helper(Helper::Redirect).finds(&[]);
        }
        Case::new("200").helper(Helper::Redirect).role(Role::Expect).finds(&[]);
        Case::new("200").finds(&[]);
    }

    #[test]
    fn a_code_nobody_registered_is_told_once() {
        Case::new("599").helper(Helper::Redirect).finds(&["unknown-code"]);
        Case::new("2000").helper(Helper::Redirect).finds(&["invalid-code"]);
    }
}
