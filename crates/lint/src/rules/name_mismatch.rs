//! A name of one code that is given the number of another.

use statuslint_codes::{StatusCode, code_of_name, digits_in_name, vendor_codes_named, words};
use statuslint_languages::{Name, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::spelling::misspelt;
use crate::{PrivateCode, Rule, Settings, Severity};

pub(super) const RULE: Rule = Rule {
    name: "name-mismatch",
    severity: Some(Severity::Error),
    fixable: true,
    summary: "A constant, enum member or key whose name says another code than its value",
    page: include_str!("name_mismatch.md"),
    quiet_in_tests: false,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let (Some(code), Some(name)) = (site.code(), &site.name) else { return };
    if !name.judged {
        return;
    }
    let Some(meant) = meant(ctx.settings, name, code) else {
        return out.extend(slip(site, name, code));
    };
    let message = format!(
        "{} says {}, but its value is {}: whoever trusts the name uses the wrong code",
        quoted(&name.text),
        super::titled(ctx.settings, meant),
        super::titled(ctx.settings, code),
    );
    let help = match ctx.settings.name(code) {
        Some(own) if code.is_valid() => {
            format!("write {meant}, or name it after \"{}\"", super::bare(own))
        }
        _ => format!("write {meant}"),
    };
    let fix = ctx.replace(site, meant);
    out.push(Draft::new(&site.range, message).code(code).help(help).fix(fix));
}

/// The code's own name with a slip in it, which whoever looks for the name does not find.
fn slip(site: &Site, name: &Name, code: StatusCode) -> Option<Draft> {
    let meant = misspelt(code, &name.text)?;
    let message = format!("{} is misspelt: {code} is \"{meant}\"", quoted(&name.text));
    let help =
        format!("name it after \"{meant}\", and keep the old name beside it where others use it");
    Some(Draft::new(&site.range, message).code(code).help(help).severity(Severity::Info))
}

/// The code a name says, when it is another than its value.
///
/// Some names are used for several codes (`TIMEOUT`): such a name says its value.
fn meant(settings: &Settings, name: &Name, code: StatusCode) -> Option<StatusCode> {
    let text = name.text.as_str();
    // `409: "#e291dc"` is a colour.
    if text.starts_with('#') {
        return None;
    }
    let is_own = |own: &&PrivateCode| words(&own.name) == words(text);
    let bare = text.strip_suffix("Exception").unwrap_or(text);
    let known = code.entry().is_some_and(|entry| entry.is_known_name(bare))
        || code.entry().is_some_and(|entry| entry.is_known_name(text))
        || vendor_codes_named(text).any(|entry| entry.code == code)
        || settings.codes.iter().any(|own| own.code == code && is_own(&own));
    let said = || {
        let own = settings.codes.iter().find(is_own).map(|own| own.code);
        // `NotModifiedException`: as an error it is no name of a code, but its words are one.
        let failure = text.strip_suffix("Exception").or_else(|| text.strip_suffix("Error"));
        let failure = failure.filter(|failure| words(failure).len() > 1);
        own.or_else(|| digits_in_name(text))
            .or_else(|| code_of_name(text))
            .or_else(|| code_of_name(failure?))
    };
    if known { None } else { said().filter(|meant| *meant != code) }
}

#[cfg(test)]
mod tests {
    use statuslint_languages::Role;

    use crate::Severity;
    use crate::engine::tests::Case;

    fn defined(name: &str, number: &str) -> Case {
        Case::new(number).role(Role::Define).named(name, true)
    }

    #[test]
    fn words_and_digits_are_held_against_the_value() {
        for (name, number, meant) in [
            ("NOT_FOUND", "403", "404"),
            ("StatusNotFound", "403", "404"),
            ("INSUFFICIENT_STORAGE", "506", "507"),
            ("IM_A_TEAPOT_418", "417", "418"),
            ("HTTP_500", "501", "500"),
            ("NotFound", "4004", "404"),
            ("SERVICE_UNAVAILABLE", "501", "503"),
        ] {
            let case = defined(name, number).finds(&["name-mismatch"]).says(meant);
            case.unsafely_fixed(meant);
        }
    }

    #[test]
    fn a_slip_in_the_own_name_is_an_info() {
        let case = defined("SERVICE_UNAVAILIBLE", "503").finds(&["name-mismatch"]);
        case.is(Severity::Info).says("Service Unavailable");
    }

    #[test]
    fn aliases_and_other_words_are_silent() {
        for (name, number) in [
            ("NOT_FOUND", "404"),
            ("MOVED_TEMPORARILY", "302"),
            ("GATEWAY_TIME_OUT", "504"),
            ("REQUEST_URI_TOO_LONG", "414"),
            ("PAYLOAD_TOO_LARGE", "413"),
            ("HTTP_404_NOT_FOUND", "404"),
            ("PAGE_EXPIRED", "419"),
            ("CLIENT_CLOSED_REQUEST", "499"),
            ("RETRY_LIMIT", "403"),
            ("TIMEOUT", "504"),
            ("HTTP_2XX", "200"),
        ] {
            defined(name, number).finds(&[]);
        }
    }

    #[test]
    fn a_container_about_something_else_is_silent() {
        Case::new("500").role(Role::Define).named("GONE", false).finds(&[]);
    }

    #[test]
    fn the_projects_own_names_count() {
        let case = defined("TENANT_SUSPENDED", "471").own_code(470, "Tenant Suspended");
        case.finds(&["name-mismatch"]);
    }
}
