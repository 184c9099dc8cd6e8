//! A number outside 100–599 where a status code stands, or text that is no status code at all.

use statuslint_codes::{State, StatusCode};
use statuslint_languages::{Role, Site, Value};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::{Edit, Fix, Rule, Safety, Severity};

pub(super) const RULE: Rule = Rule {
    name: "invalid-code",
    severity: Some(Severity::Error),
    fixable: true,
    summary: "A status outside 100–599, or a key of a responses object that is no status",
    page: include_str!("invalid_code.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    match site.value {
        Value::Code(_) => number(ctx, site, out),
        Value::Class(class) => wildcard(ctx, site, class.digit(), out),
        Value::Malformed => malformed(ctx, site, out),
    }
}

fn number(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(code) = ctx.registry_code(site).filter(|code| !code.is_valid()) else { return };
    let compared = matches!(site.role, Role::Compare | Role::Branch | Role::Expect);
    // Where a response is read, 0 is what clients report when there was none.
    let nothing = code.get() == 0 && (compared || site.lenient);
    if nothing || (site.lenient && site.role != Role::Emit) {
        return;
    }
    let what = format!("`{code}` is not a status code: those are 100 to 599 (RFC 9110 section 15)");
    let why = match site.role {
        Role::Declare => "so no client will look for it",
        Role::Emit | Role::Config => {
            "so servers refuse to send it, and clients treat it as a server error"
        }
        _ => "so no valid response has it",
    };
    let meant = one_digit_less(code);
    let help = match meant {
        Some(meant) => format!("did you mean {}?", super::titled(ctx.settings, meant)),
        None => "write the code that is meant, of three digits".to_owned(),
    };
    let fix = meant.and_then(|meant| ctx.replace(site, meant));
    let draft = Draft::new(&site.range, format!("{what}, {why}")).code(code).help(help).fix(fix);
    // In a response of the project's own, 0 may say that there was none.
    let own = site.role == Role::Emit && matches!(site.api, None | Some("project"));
    out.push(if own && code.get() == 0 { draft.severity(Severity::Info) } else { draft });
}

/// The code in use that somebody meant who typed one digit too many: `4004` and `2000`.
fn one_digit_less(code: StatusCode) -> Option<StatusCode> {
    let in_use =
        |code: &StatusCode| code.entry().is_some_and(|entry| entry.state == State::Registered);
    [1, 10, 100, 1000].into_iter().rev().find_map(|place: u16| {
        let (above, below) = (code.get() / place / 10, code.get() % place);
        Some(StatusCode::new(above * place + below)).filter(in_use)
    })
}

/// `OpenAPI` knows `4XX` only with capital letters.
fn wildcard(ctx: &Ctx, site: &Site, digit: u8, out: &mut Findings) {
    let source = ctx.source(&site.range);
    let Some(at) = source.find(['x', 'X']) else { return };
    let letters = at..(at + 2).min(source.len());
    let is_document = matches!(ctx.language.id(), "yaml" | "json");
    if !is_document || !site.key || source.get(letters.clone()) == Some("XX") {
        return;
    }
    let message = format!(
        "{} is not a range of status codes: OpenAPI writes `{digit}XX`, with capital letters, \
         and tools pass over the response",
        quoted(source.trim_matches(['"', '\'']))
    );
    let fix = (source.get(letters.clone()) == Some("xx")).then(|| Fix {
        title: format!("Replace {digit}xx with {digit}XX"),
        safety: Safety::Safe,
        edits: vec![Edit {
            range: site.range.start + letters.start..site.range.start + letters.end,
            text: "XX".to_owned(),
        }],
    });
    out.push(Draft::new(&site.range, message).help(format!("write `{digit}XX`")).fix(fix));
}

fn malformed(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let message = format!(
        "{} is not a status code, so tools pass over the response or reject the document",
        quoted(ctx.source(&site.range).trim_matches(['"', '\'']))
    );
    let help = "write a code from 100 to 599, a range from `1XX` to `5XX`, or `default`";
    out.push(Draft::new(&site.range, message).help(help));
}

#[cfg(test)]
mod tests {
    use statuslint_codes::Class;
    use statuslint_languages::{Kind, Role, Value};

    use crate::engine::tests::{Case, code};

    #[test]
    fn numbers_beyond_the_range_are_found_where_a_status_is_sent_or_compared() {
        for text in ["2000", "4004", "0", "99", "600"] {
            Case::new(text).role(Role::Emit).finds(&["invalid-code"]);
            Case::new(text).role(Role::Bound).finds(&[]);
            Case::new(text).role(Role::Define).finds(&[]);
        }
        Case::new("2000").role(Role::Compare).finds(&["invalid-code"]);
        Case::new("2000").role(Role::Compare).lenient().finds(&[]);
        Case::new("0").role(Role::Compare).finds(&[]);
        Case::new("600").role(Role::Emit).allow(600).finds(&[]);
    }

    #[test]
    fn a_digit_too_many_is_offered_to_go() {
        Case::new("4004").finds(&["invalid-code"]).unsafely_fixed("404");
        Case::new("2000").finds(&["invalid-code"]).unsafely_fixed("200");
        Case::new("4229").finds(&["invalid-code"]).unsafely_fixed("429");
        Case::new("600").finds(&["invalid-code"]).has_no_fix();
        Case::new("0").finds(&["invalid-code"]).has_no_fix();
    }

    #[test]
    fn a_lower_case_wildcard_is_mended_safely_in_documents_only() {
        let wildcard = |text| {
            Case::new(text)
                .kind(Kind::String)
                .value(Value::Class(Class::ClientError))
                .role(Role::Declare)
                .key()
        };
        wildcard("'4xx'").language("yaml").finds(&["invalid-code"]).fixed("'4XX'");
        wildcard("\"4xx\"").language("json").finds(&["invalid-code"]).fixed("\"4XX\"");
        wildcard("'4xX'").language("yaml").finds(&["invalid-code"]).has_no_fix();
        wildcard("'4XX'").language("yaml").finds(&[]);
        wildcard("'4xx'").language("python").finds(&[]);
    }

    #[test]
    fn what_is_no_code_at_all_is_quoted() {
        let case = Case::new("'2xX0'").kind(Kind::String).value(Value::Malformed);
        case.role(Role::Declare).language("yaml").finds(&["invalid-code"]).says("`2xX0`");
    }

    #[test]
    fn one_mistake_is_one_finding_for_every_number() {
        for number in 0..=1000 {
            for role in [Role::Emit, Role::Compare, Role::Expect, Role::Declare] {
                let case = Case::new(&number.to_string()).value(code(number)).role(role);
                assert!(case.findings().len() <= 1, "{number} {role:?}");
            }
        }
    }
}
