//! A response key of an `OpenAPI` document in YAML that is a number, not a string.

use statuslint_languages::{Kind, Role, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::{Edit, Fix, Rule, Safety, Severity};

pub(super) const RULE: Rule = Rule {
    name: "unquoted-code",
    severity: Some(Severity::Warning),
    fixable: true,
    summary: "A response key of an OpenAPI document in YAML that is a number, not a string",
    page: include_str!("unquoted_code.md"),
    quiet_in_tests: false,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let is_response = site.role == Role::Declare && site.key;
    if ctx.language.id() != "yaml" || !is_response || site.kind != Kind::Number {
        return;
    }
    let key = ctx.source(&site.range);
    let quote = quote(ctx);
    let wanted = format!("{quote}{key}{quote}");
    let message = format!(
        "{} is a number here: keys of a responses object are strings in OpenAPI, and a tool that \
         looks for the string does not find it",
        quoted(key)
    );
    let fix = Fix {
        title: format!("Write {wanted}"),
        safety: Safety::Safe,
        edits: vec![Edit { range: site.range.clone(), text: wanted.clone() }],
    };
    let mut draft = Draft::new(&site.range, message).help(format!("write `{wanted}`"));
    if let Some(code) = site.code() {
        draft = draft.code(code);
    }
    out.push(draft.fix(Some(fix)));
}

/// How many lines are looked at for the quotes of a document.
const SAMPLE: usize = 200;

/// The quote that the document's other codes have, else its other strings, else `'`.
fn quote(ctx: &Ctx) -> char {
    let codes = || {
        let declared = ctx.usage.sites.iter().filter(|site| site.key);
        declared.map(|site| ctx.source(&site.range))
    };
    let values =
        || ctx.text.lines().take(SAMPLE).filter_map(|line| Some(line.split_once(": ")?.1.trim()));
    let more_double = |strings: &mut dyn Iterator<Item = &str>| {
        let (mut single, mut double) = (0, 0);
        for string in strings {
            single += usize::from(string.starts_with('\''));
            double += usize::from(string.starts_with('"'));
        }
        (single != double).then_some(double > single)
    };
    match more_double(&mut codes()).or_else(|| more_double(&mut values())) {
        Some(true) => '"',
        Some(false) | None => '\'',
    }
}

#[cfg(test)]
mod tests {
    use statuslint_languages::{Kind, Role};

    use crate::engine::tests::Case;

    #[test]
    fn a_number_is_quoted_as_the_document_quotes() {
        for (title, key) in [("\"x\"", "\"404\""), ("'x'", "'404'"), ("x", "'404'")] {
            let before = format!("title: {title}\n");
            let case = Case::new("404").before(&before).role(Role::Declare).key().language("yaml");
            case.finds(&["unquoted-code"]).fixed(&format!("{before}{key}"));
        }
    }

    #[test]
    fn an_unknown_code_is_both() {
        let case = Case::new("209").role(Role::Declare).key().language("yaml");
        case.finds(&["unknown-code", "unquoted-code"]);
    }

    #[test]
    fn strings_and_other_formats_are_silent() {
        Case::new("'404'").kind(Kind::String).role(Role::Declare).key().language("yaml").finds(&[]);
        Case::new("404").role(Role::Declare).key().language("python").finds(&[]);
        Case::new("404").role(Role::Declare).language("yaml").finds(&[]);
        Case::new("404").role(Role::Config).language("yaml").finds(&[]);
    }
}
