//! A literal set of headers that lacks the one its status requires.

use statuslint_codes::Class;
use statuslint_languages::{Role, Site};

use crate::Rule;
use crate::engine::{Check, Ctx, Draft, Findings};

pub(super) const RULE: Rule = Rule {
    name: "missing-header",
    severity: None,
    fixable: false,
    summary: "Headers written out with 401, 405, 407 or 426, without the one it requires",
    page: include_str!("missing_header.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let (Some(headers), Some(code), Role::Emit) = (&site.headers, site.code(), site.role) else {
        return;
    };
    let Some(entry) = code.entry().filter(|_| code.class() == Some(Class::ClientError)) else {
        return;
    };
    // Connection is the server's business.
    let mut required = entry
        .headers
        .iter()
        .filter_map(|it| it.strip_suffix(" (required)"))
        .filter(|name| *name != "Connection");
    let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    let Some(name) = required.find(|name| !has(name)) else { return };
    let message = format!(
        "a {} response must have the header {name} ({}), and the headers written here lack it, so \
         the client is not told what would work",
        super::titled(ctx.settings, code),
        entry.reference,
    );
    let help = format!("add {name}, or send 400 or 403 where there is nothing to tell");
    out.push(Draft::new(&site.range, message).code(code).help(help));
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::engine::tests::Case;

    fn case(number: &str, headers: &[&str]) -> Case {
        Case::new(number).headers(headers).set("missing-header", Some(Severity::Warning))
    }

    #[test]
    fn the_header_a_code_requires_is_missed() {
        for (number, header) in [
            ("401", "WWW-Authenticate"),
            ("405", "Allow"),
            ("407", "Proxy-Authenticate"),
            ("426", "Upgrade"),
        ] {
            case(number, &["content-type"]).finds(&["missing-header"]).says(header);
            case(number, &[]).finds(&["missing-header"]);
            case(number, &["vary", &header.to_lowercase()]).finds(&[]);
        }
    }

    #[test]
    fn other_codes_and_unseen_headers_are_silent() {
        for number in ["200", "206", "404", "503"] {
            case(number, &["content-type"]).finds(&[]);
        }
        Case::new("405").set("missing-header", Some(Severity::Warning)).finds(&[]);
        Case::new("405").headers(&["vary"]).finds(&[]);
    }
}
