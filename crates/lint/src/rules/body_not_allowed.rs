//! Content sent with a status whose responses have none.

use statuslint_codes::{Class, Content, StatusCode};
use statuslint_languages::{Role, Site, Value};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "body-not-allowed",
    severity: Some(Severity::Error),
    fixable: false,
    summary: "Content sent along with 1xx, 204, 205 or 304",
    page: include_str!("body_not_allowed.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(content) = &site.content else { return };
    if !matches!(site.role, Role::Emit | Role::Declare | Role::Config) {
        return;
    }
    let subject = match site.value {
        Value::Code(code) if forbids_content(code) => super::titled(ctx.settings, code),
        Value::Class(Class::Informational) => "1XX".to_owned(),
        Value::Code(_) | Value::Class(_) | Value::Malformed => return,
    };
    let content = quoted(ctx.source(content));
    let documented = site.role == Role::Declare && site.key;
    let message = if documented {
        format!(
            "a {subject} response has no content, but {content} is declared for it: \
             {}, so clients built from this document wait for what never comes",
            because(site.code()),
        )
    } else {
        format!(
            "a {subject} response has no content, but {content} is sent with it: {}, so the \
             content is lost or taken for the start of the next response",
            because(site.code()),
        )
    };
    let help = if documented {
        "leave out the content, or declare 200 (OK)"
    } else {
        "leave out the content, or send 200 (OK)"
    };
    let draft = Draft::new(&site.range, message).help(help);
    out.push(match site.code() {
        Some(code) => draft.code(code),
        None => draft,
    });
}

/// Whether responses with this code have no content.
fn forbids_content(code: StatusCode) -> bool {
    match code.entry() {
        Some(entry) => entry.content != Content::Allowed,
        None => code.class() == Some(Class::Informational),
    }
}

/// Why there is none: 205 is the one whose framing would allow it.
fn because(code: Option<StatusCode>) -> &'static str {
    match code.and_then(StatusCode::entry).map(|entry| entry.content) {
        Some(Content::MustNotGenerate) => {
            "a server must not generate any (RFC 9110 section 15.3.6)"
        }
        _ => "it ends with its header section (RFC 9112 section 6.3)",
    }
}

#[cfg(test)]
mod tests {
    use statuslint_codes::Class;
    use statuslint_languages::{Kind, Role, Value};

    use crate::engine::tests::Case;

    #[test]
    fn content_is_found_with_every_code_that_has_none() {
        for number in ["100", "101", "103", "204", "205", "304"] {
            let case = Case::new(number).sending("{\"ok\": true}");
            case.finds(&["body-not-allowed"]).says("`{\"ok\": true}`");
        }
        for number in ["200", "202", "206", "301", "404"] {
            Case::new(number).sending("{}").finds(&[]);
        }
        Case::new("204").finds(&[]);
    }

    #[test]
    fn only_what_is_sent_or_declared_counts() {
        Case::new("204").role(Role::Expect).sending("x").finds(&[]);
        Case::new("'204'")
            .kind(Kind::String)
            .role(Role::Declare)
            .sending("x")
            .finds(&["body-not-allowed"]);
        Case::new("'1XX'")
            .kind(Kind::String)
            .value(Value::Class(Class::Informational))
            .role(Role::Declare)
            .sending("x")
            .finds(&["body-not-allowed"]);
    }
}
