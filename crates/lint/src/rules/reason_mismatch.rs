//! A reason phrase of one code that stands with another.

use statuslint_codes::{
    Content, StatusCode, code_of_phrase, code_of_vendor_name, vendor_codes_named, words,
};
use statuslint_languages::{Kind, Phrase, Role, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::spelling::misspelt;
use crate::{Edit, Fix, Rule, Safety, Settings, Severity};

pub(super) const RULE: Rule = Rule {
    name: "reason-mismatch",
    severity: Some(Severity::Warning),
    fixable: true,
    summary: "A reason phrase beside a code that is exactly another code's",
    page: include_str!("reason_mismatch.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

/// Phrases that are words of everyday too, and say nothing of a status where a text is given along.
const EVERYDAY: &[&str] = &[
    "accepted",
    "conflict",
    "continue",
    "created",
    "early hints",
    "found",
    "gone",
    "locked",
    "multiple choices",
    "no content",
    "ok",
    "processing",
    "see other",
];

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let (Some(code), Some(reason)) = (site.code(), &site.reason) else { return };
    let asked = matches!(site.role, Role::Expect | Role::Compare | Role::Bound);
    if asked && site.kind != Kind::Line {
        return;
    }
    // Where no content may be, that some is sent is the finding.
    let sent = site.content.as_ref().is_some_and(|content| content.contains(&reason.range.start));
    if sent && code.entry().is_some_and(|entry| entry.content != Content::Allowed) {
        return;
    }
    let Some(meant) = meant(ctx.settings, reason, code) else {
        return out.extend(slip(site, reason, code));
    };
    let message = format!(
        "The phrase {} is that of {meant}, but the code beside it is {}: people read the one, \
         programs the other",
        quoted(&reason.text),
        super::titled(ctx.settings, code),
    );
    let own = ctx.settings.name(code).map(super::bare);
    let help = match own {
        Some(own) => format!("write \"{own}\", or {meant} if that is what is meant"),
        None => format!("write {meant}, or another phrase"),
    };
    let fix = own.map(|own| replaced(reason, own));
    out.push(Draft::new(&reason.range, message).code(code).help(help).fix(fix));
}

/// The code's own phrase with a slip in it: nobody is misled, so it is worth less.
fn slip(site: &Site, reason: &Phrase, code: StatusCode) -> Option<Draft> {
    let meant = misspelt(code, &reason.text)?;
    let message = format!(
        "{} is misspelt: the phrase of {code} is \"{}\" ({})",
        quoted(&reason.text),
        like(meant, &reason.text),
        code.entry()?.reference
    );
    let help = format!("write \"{}\"", like(meant, &reason.text));
    let draft = Draft::new(&reason.range, message).code(code).help(help);
    let judged = !matches!(site.role, Role::Bound);
    judged.then(|| draft.severity(Severity::Info).fix(Some(replaced(reason, meant))))
}

/// The fix that puts another phrase there.
fn replaced(reason: &Phrase, name: &str) -> Fix {
    let text = like(name, &reason.text);
    Fix {
        title: format!("Replace {} with {}", quoted(&reason.text), quoted(&text)),
        safety: Safety::Unsafe,
        edits: vec![Edit { range: reason.range.clone(), text }],
    }
}

/// The code whose phrase the text is, when it is another than the one it stands with.
fn meant(settings: &Settings, reason: &Phrase, code: StatusCode) -> Option<StatusCode> {
    let text = reason.text.as_str();
    // `redirect(302, "/ok")` is given a path.
    if text.contains('/') {
        return None;
    }
    let own = code.entry().is_some_and(|entry| entry.is_known_name(text))
        || vendor_codes_named(text).any(|entry| entry.code == code)
        || settings.codes.iter().any(|it| it.code == code && words(&it.name) == words(text));
    let everyday = reason.given && EVERYDAY.contains(&text.to_lowercase().trim_end_matches('.'));
    if own || everyday {
        return None;
    }
    // What a code of nobody's or of a vendor's is called is up to those who use it.
    let said = match code.entry() {
        Some(_) => code_of_phrase(text),
        None if code.vendors().next().is_some() => code_of_vendor_name(text),
        None => None,
    };
    said.filter(|said| *said != code)
}

/// A phrase in the letter case of another.
fn like(phrase: &str, written: &str) -> String {
    let has = |is: fn(char) -> bool| written.chars().any(is);
    match (has(char::is_uppercase), has(char::is_lowercase)) {
        (false, true) => phrase.to_lowercase(),
        (true, false) if written.len() > 2 => phrase.to_uppercase(),
        _ => phrase.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use statuslint_languages::Role;

    use crate::Severity;
    use crate::engine::tests::Case;

    fn with(number: &str, phrase: &str) -> Case {
        Case::new(number).role(Role::Table).reason(phrase, false)
    }

    #[test]
    fn another_codes_phrase_is_found_and_mended() {
        for (number, phrase, mended) in [
            ("404", "Forbidden", "404 Not Found"),
            ("403", "not found", "403 forbidden"),
            ("500", "OK", "500 Internal Server Error"),
            ("417", "Requested Range Not Satisfiable", "417 Expectation Failed"),
            ("410", "NOT FOUND", "410 GONE"),
        ] {
            let case = with(number, phrase).finds(&["reason-mismatch"]).is(Severity::Warning);
            case.unsafely_fixed(mended);
        }
    }

    #[test]
    fn a_slip_in_the_own_phrase_is_an_info() {
        let case = with("500", "interval server error").finds(&["reason-mismatch"]);
        case.is(Severity::Info).unsafely_fixed("500 internal server error");
    }

    #[test]
    fn own_phrases_and_free_text_are_silent() {
        for (number, phrase) in [
            ("404", "Not Found"),
            ("404", "not-found"),
            ("413", "Content Too Large"),
            ("422", "unprocessable content"),
            ("200", "Connection established"),
            ("423", "Lock not found"),
            ("404", "Forbidden fruit"),
            ("401", "Unauthorised"),
            ("302", "/ok"),
            ("499", "Client Closed Request"),
            ("799", "Not Found"),
        ] {
            with(number, phrase).finds(&[]);
        }
        for (number, phrase) in [
            ("413", "Request Entity Too Large"),
            ("422", "Unprocessable Entity"),
            ("302", "Moved Temporarily"),
        ] {
            with(number, phrase).finds(&["outdated-name"]);
        }
    }

    #[test]
    fn older_phrases_of_the_same_code_are_left_to_the_rule_that_speaks_of_them() {
        for (number, phrase) in [
            ("413", "Request Entity Too Large"),
            ("422", "Unprocessable Entity"),
            ("302", "Moved Temporarily"),
        ] {
            with(number, phrase).finds(&["outdated-name"]);
        }
    }

    #[test]
    fn words_of_everyday_prove_nothing_in_a_text_given_along() {
        for phrase in ["OK", "created", "Conflict", "Found"] {
            Case::new("400").reason(phrase, true).finds(&[]);
            with("400", phrase).finds(&["reason-mismatch"]);
        }
        Case::new("400").reason("Not Found", true).finds(&["reason-mismatch"]);
    }

    #[test]
    fn vendors_codes_are_held_against_each_other() {
        with("499", "Page Expired").finds(&["reason-mismatch"]);
        with("430", "Request Header Fields Too Large").finds(&[]);
    }
}
