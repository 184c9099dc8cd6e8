//! A code whose specification withdrew it, or never made it permanent.

use statuslint_codes::{Entry, State};
use statuslint_languages::Site;

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "deprecated-code",
    severity: Some(Severity::Warning),
    fixable: false,
    summary: "A code that is on its way out: 305, and 102, 104, 510 (info)",
    page: include_str!("deprecated_code.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(code) = ctx.registry_code(site) else { return };
    let Some(entry) = code.entry() else { return };
    let Some((why, help)) = verdict(entry) else { return };
    let message = format!("`{code}` ({}) {why}", entry.name);
    let draft = Draft::new(&site.range, message).code(code).help(help);
    out.push(if code.get() == 305 { draft } else { draft.severity(Severity::Info) });
}

/// What happened to a code, and what to do instead.
fn verdict(entry: &Entry) -> Option<(String, &'static str)> {
    let reference = entry.reference;
    Some(match (entry.state, entry.code.get()) {
        (State::Deprecated, 305) => (
            format!("is deprecated ({reference}): a response must not choose a client's proxy"),
            "configure the proxy in the client",
        ),
        (State::Deprecated, 102) => (
            format!("was dropped by WebDAV itself: RFC 4918 leaves out what {reference} defined"),
            "send the final response, or 202 (Accepted) and a place to ask for progress",
        ),
        (State::Deprecated, _) => {
            (format!("is deprecated ({reference})"), "choose a code that is in use")
        }
        (State::Obsoleted, _) => (
            format!("is obsolete: its specification is historic ({reference})"),
            "choose the 5xx code that says what happened",
        ),
        (State::Temporary, _) => (
            format!("is registered for a limited time ({reference}) and may lose its meaning"),
            "use it only where both sides follow the draft",
        ),
        (State::Registered | State::Unused | State::Reserved, _) => return None,
    })
}

#[cfg(test)]
mod tests {
    use statuslint_languages::{Kind, Role};

    use crate::Severity;
    use crate::engine::tests::{Case, code};

    #[test]
    fn each_has_its_severity() {
        Case::new("305").finds(&["deprecated-code"]).is(Severity::Warning);
        for text in ["102", "104", "510"] {
            Case::new(text).finds(&["deprecated-code"]).is(Severity::Info);
        }
        Case::new("302").finds(&[]);
    }

    #[test]
    fn a_constant_is_judged_where_it_is_used() {
        let proxy =
            |role| Case::new("StatusCode::USE_PROXY").kind(Kind::Name).value(code(305)).role(role);
        proxy(Role::Emit).finds(&["deprecated-code"]);
        proxy(Role::Table).finds(&[]);
    }
}
