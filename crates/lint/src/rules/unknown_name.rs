//! A name that stands for a code, and that the library does not have.

use statuslint_languages::Misnomer;

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::{Edit, Fix, Rule, Safety, Severity};

pub(super) const RULE: Rule = Rule {
    name: "unknown-name",
    severity: Some(Severity::Error),
    fixable: true,
    summary: "A symbol, atom or attribute that the library does not have for any code",
    page: include_str!("unknown_name.md"),
    quiet_in_tests: false,
    check: Check::Usage(check),
};

fn check(ctx: &Ctx, out: &mut Findings) {
    for misnomer in &ctx.usage.misnomers {
        let message = format!(
            "{} is no name of a status code in {}: this fails when it is reached, or sends another code",
            quoted(&misnomer.text),
            misnomer.api,
        );
        let mut draft = Draft::new(&misnomer.range, message);
        draft = match &misnomer.nearest {
            Some(nearest) => {
                let named = super::titled(ctx.settings, nearest.code);
                let help = format!("the nearest name is {}, for {named}", quoted(&nearest.text));
                draft.code(nearest.code).help(help).fix(fix(misnomer))
            }
            None => draft.help("write a name the library has, or the number"),
        };
        out.push(draft);
    }
}

/// The nearest name in the place of the wrong one, where it must have been meant.
fn fix(misnomer: &Misnomer) -> Option<Fix> {
    let nearest = misnomer.nearest.as_ref().filter(|nearest| nearest.close)?;
    Some(Fix {
        title: format!("Replace it with {}", quoted(&nearest.text)),
        safety: Safety::Unsafe,
        edits: vec![Edit { range: misnomer.range.clone(), text: nearest.text.clone() }],
    })
}
