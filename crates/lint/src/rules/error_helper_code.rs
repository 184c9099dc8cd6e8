//! An error helper given a code that says all is well.

use statuslint_codes::Content;
use statuslint_languages::{Helper, Role, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "error-helper-code",
    severity: Some(Severity::Warning),
    fixable: false,
    summary: "An error helper given a code below 400",
    page: include_str!("error_helper_code.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    // An exception may declare the code that it is answered with.
    let sends = matches!(site.role, Role::Emit | Role::Declare);
    if site.helper != Some(Helper::Error) || !sends {
        return;
    }
    let Some(code) = site.code().filter(|code| code.get() < 400 && code.entry().is_some()) else {
        return;
    };
    let message = format!(
        "an error is sent with {}: errors are 4xx and 5xx (RFC 9110 section 15), so clients, \
         caches and monitoring take this answer for one without an error",
        super::titled(ctx.settings, code),
    );
    let help = "send a 4xx or 5xx code, or answer without the helper for errors";
    let draft = Draft::new(&site.range, message).code(code).help(help);
    // Frameworks end a request early with an "error" that has no content.
    let ends = code.entry().is_some_and(|entry| entry.content != Content::Allowed);
    out.push(if ends { draft.severity(Severity::Info) } else { draft });
}

#[cfg(test)]
mod tests {
    use statuslint_languages::{Helper, Role};

    use crate::engine::tests::Case;

    #[test]
    fn codes_that_tell_of_no_error_are_found() {
        for number in ["100", "200", "204", "302", "304"] {
            Case::new(number).helper(Helper::Error).finds(&["error-helper-code"]).says(number);
        }
    }

    #[test]
    fn errors_and_other_calls_are_fine() {
        for number in ["400", "404", "451", "500", "503"] {
            Case::new(number).helper(Helper::Error).finds(&[]);
        }
        Case::new("200").helper(Helper::Error).role(Role::Expect).finds(&[]);
        Case::new("200").finds(&[]);
    }

    #[test]
    fn a_code_nobody_registered_is_told_once() {
        Case::new("299").helper(Helper::Error).finds(&["unknown-code"]);
        Case::new("20").helper(Helper::Error).finds(&["invalid-code"]);
    }
}
