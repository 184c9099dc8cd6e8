//! Whether a status can stand at a place, as the detection says where one does.

use statuslint_languages::{Context, Evidence, Kind, Language, Site, Spoken, Usage, usage_of_part};

use super::excerpt::{Excerpt, Tried};
use super::items::Codes;
use super::typed::{Form, Typed};

/// A place where a status can stand.
pub(crate) struct Place {
    /// What stands there once something does; its ranges are those of an excerpt.
    pub(crate) site: Site,
    /// What else is in the excerpt.
    pub(crate) usage: Usage,
    /// The text of the excerpt.
    pub(crate) text: String,
}

/// Asks the detection about a place.
pub(crate) struct Question<'a> {
    pub(crate) language: Language,
    pub(crate) context: &'a Context,
    pub(crate) least: Evidence,
    pub(crate) spoken: Spoken,
    pub(crate) excerpt: Excerpt,
}

impl Question<'_> {
    /// The place as one for a number, or for a text that says one.
    pub(crate) fn number(&self, said: &str, typed: &Typed, codes: &Codes<'_>) -> Option<Place> {
        let code = placeholder(said, typed, codes)?;
        let found = self.ask(&code, |site, covered| covered && site.kind != Kind::Name);
        if found.is_none() && typed.begins_line {
            let line = format!("{code} OK");
            return self.ask(&line, |site, covered| covered && site.kind == Kind::Line);
        }
        found
    }

    /// The place as one for a name.
    pub(crate) fn name(&self, name: &str) -> Option<Place> {
        self.ask(name, |site, covered| covered && site.kind == Kind::Name)
    }

    fn ask(&self, placeholder: &str, fits: impl Fn(&Site, bool) -> bool) -> Option<Place> {
        self.excerpt.tries(placeholder).into_iter().find_map(|Tried { text, range }| {
            let mut usage = usage_of_part(&text, self.language, self.context, self.spoken.clone());
            let at = usage.sites.iter().position(|site| {
                let covered = site.range.start <= range.start && range.end <= site.range.end;
                site.evidence >= self.least && fits(site, covered)
            })?;
            let site = usage.sites.swap_remove(at);
            Some(Place { site, usage, text })
        })
    }
}

/// The code that is put there: one that begins with the digits, else one that other numbers are as
/// well, so that more than the code has to tell.
fn placeholder(said: &str, typed: &Typed, codes: &Codes<'_>) -> Option<String> {
    const COMMON: [&str; 4] = ["404", "200", "500", "301"];
    if typed.form != Form::Digits {
        return Some("200".to_owned());
    }
    let common = COMMON.into_iter().find(|code| code.starts_with(said)).map(str::to_owned);
    common.or_else(|| codes.first(said).map(|code| code.to_string()))
}
