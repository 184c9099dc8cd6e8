//! The items of a list: for each code its number, or the name that the place takes.

use statuslint_codes::{State, StatusCode, registry, vendor_codes};
use statuslint_languages::{Constant, Kind, Language, Role, Site, Usage};

use super::matching::{Spellings, last_name, means};
use super::names::is_status;
use super::place::Place;
use super::typed::Form;
use super::{Asked, Completion};
use crate::constants::Constants;
use crate::{Edit, Settings};

/// The codes that may be offered, ascending.
pub(crate) struct Codes<'a> {
    settings: &'a Settings,
    all: Vec<StatusCode>,
}

impl<'a> Codes<'a> {
    /// The registered codes that are in use, and those the settings allow.
    pub(crate) fn of(settings: &'a Settings) -> Self {
        let used = registry().iter().filter(|entry| entry.state != State::Unused);
        let vendors = vendor_codes()
            .iter()
            .filter(|entry| settings.vendors.iter().any(|vendor| vendor == entry.vendor));
        let mut all: Vec<_> = used
            .map(|entry| entry.code)
            .chain(vendors.map(|entry| entry.code))
            .chain(settings.codes.iter().map(|own| own.code))
            .chain(settings.allow.iter().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        Self { settings, all }
    }

    /// The codes.
    pub(crate) fn all(&self) -> &[StatusCode] {
        &self.all
    }

    /// The first code that begins with these digits.
    pub(crate) fn first(&self, digits: &str) -> Option<StatusCode> {
        self.all.iter().copied().find(|code| code.to_string().starts_with(digits))
    }

    /// Whether a code begins with these digits.
    pub(crate) fn begin_with(&self, digits: &str) -> bool {
        self.first(digits).is_some()
    }

    /// Whether a name of a code has these letters.
    pub(crate) fn say(&self, typed: &str) -> bool {
        self.all.iter().any(|code| self.spellings(*code).says(typed))
    }

    fn name(&self, code: StatusCode) -> &str {
        self.settings.name(code).unwrap_or_default()
    }

    fn spellings(&self, code: StatusCode) -> Spellings {
        let older = code.entry().map_or(&[][..], |entry| entry.older_names);
        Spellings::of(code.get(), std::iter::once(self.name(code)).chain(older.iter().copied()))
    }
}

/// What makes the items of a place.
pub(crate) struct Offer<'a> {
    pub(crate) asked: &'a Asked<'a>,
    pub(crate) place: &'a Place,
    pub(crate) usage: &'a Usage,
}

/// A name for a code at the place.
struct Name {
    expression: String,
    import: Option<Edit>,
    /// Whether it has a type of its own, so that the number may not do.
    typed: bool,
}

impl Offer<'_> {
    /// Numbers and names, whichever the place takes and what is typed asks for.
    pub(crate) fn all(&self) -> Vec<Completion> {
        let Asked { text, language, typed, codes, facts, .. } = self.asked;
        let said = typed.text(text);
        // The place as one of the document.
        let site = Site { range: typed.whole(), ..self.place.site.clone() };
        let constants = Constants::of(text, *language, self.usage);
        let prefers =
            typed.form == Form::Letters || (typed.form == Form::Nothing && facts.writes_names());
        // What is compared with a number is one; what is sent may have to be a status.
        let gives = matches!(site.role, Role::Emit | Role::Declare);
        let mut items = Vec::new();
        for &code in codes.all() {
            let spellings = codes.spellings(code);
            if typed.form == Form::Digits && !code.to_string().starts_with(said) {
                continue;
            }
            let named = typed.form != Form::Letters || spellings.says(said);
            let named_so =
                |constant: &Constant| constant.code == code && means(constant.expression, said);
            // Names are not worth their time where nobody asks for them.
            let may_be = (prefers || gives) && (named || language.constants().iter().any(named_so));
            let name = if may_be { self.name(&site, code, constants.as_ref()) } else { None };
            let name = name.filter(|name| named || means(&name.expression, said));
            let number = named && (!prefers || name.is_none());
            if number {
                items.push(self.number(code, &spellings));
            }
            if let Some(name) = name.filter(|name| prefers || (name.typed && gives)) {
                items.push(self.named(code, &spellings, name));
            }
        }
        items
    }

    /// The members of the path that is typed.
    pub(crate) fn members(&self) -> Vec<Completion> {
        let Asked { text, typed, codes, names, facts, .. } = self.asked;
        let mut members: Vec<&Constant> = names.members().collect();
        let imported = |constant: &&Constant| facts.imports(constant);
        if members.iter().any(imported) {
            members.retain(imported);
        }
        members.sort_by_key(|constant| (constant.code, !constant.preferred));
        let mut items: Vec<Completion> = Vec::new();
        for constant in members {
            let text_of = last_name(constant.expression);
            // Another name of a code is for whom asks for it by its letters.
            let known = |item: &Completion| {
                item.text == text_of || (item.code == constant.code && !constant.preferred)
            };
            if items.iter().any(known) || !codes.all().contains(&constant.code) {
                continue;
            }
            let spellings = codes.spellings(constant.code);
            items.push(Completion {
                label: format!("{}{text_of}", typed.path(text)),
                text: text_of.to_owned(),
                named: true,
                filter: spellings.filter(typed.text(text), Some(text_of)),
                import: None,
                deprecated: self.is_deprecated(constant.code)
                    || !constant.deprecated_alias_of.is_empty(),
                ..self.number(constant.code, &spellings)
            });
        }
        items
    }

    fn number(&self, code: StatusCode, spellings: &Spellings) -> Completion {
        let name = self.asked.codes.name(code).to_owned();
        let label = if name.is_empty() { code.to_string() } else { format!("{code} {name}") };
        let text = match self.place.site.kind {
            Kind::Line => label.clone(),
            Kind::Number if self.wants_quotes() => {
                let quote = self.quote();
                format!("{quote}{code}{quote}")
            }
            _ => code.to_string(),
        };
        let typed = self.asked.typed.text(self.asked.text);
        let filter = spellings.filter(typed, None);
        let deprecated = self.is_deprecated(code);
        Completion { code, label, text, named: false, filter, import: None, name, deprecated }
    }

    fn named(&self, code: StatusCode, spellings: &Spellings, name: Name) -> Completion {
        let typed = self.asked.typed.text(self.asked.text);
        let Name { expression, import, .. } = name;
        Completion {
            label: expression.clone(),
            filter: spellings.filter(typed, Some(&expression)),
            text: expression,
            named: true,
            import,
            ..self.number(code, spellings)
        }
    }

    /// The name of a code that may stand at the place: one that stands for the number, else one
    /// with a type of its own that the document has at hand.
    fn name(
        &self,
        site: &Site,
        code: StatusCode,
        constants: Option<&Constants<'_>>,
    ) -> Option<Name> {
        let facts = self.asked.facts;
        // Nobody asked for a name yet: none is worth an import.
        let may_import = self.asked.typed.form == Form::Letters && !facts.unsure;
        let named = constants.and_then(|constants| constants.name_for(site, code, may_import));
        if let Some(named) = named {
            let place = &site.range;
            let import = named.fix.edits.into_iter().find(|edit| edit.range != *place);
            if import.is_none() || named.in_use {
                return Some(Name { expression: named.expression, import, typed: false });
            }
        }
        let takes = matches!(
            site.role,
            Role::Emit | Role::Compare | Role::Branch | Role::Expect | Role::Declare
        );
        if site.kind != Kind::Number || site.literal || !takes {
            return None;
        }
        let of_code = |constant: &&Constant| {
            constant.code == code
                && constant.preferred
                && constant.deprecated_alias_of.is_empty()
                && is_status(constant)
                && facts.imports(constant)
        };
        let mut named = self.asked.language.constants().iter().filter(of_code);
        let expression = named.find_map(|constant| self.bound(constant, site, constants))?;
        Some(Name { expression, import: None, typed: true })
    }

    /// How a constant is written by what the document imports.
    fn bound(
        &self,
        constant: &Constant,
        site: &Site,
        constants: Option<&Constants<'_>>,
    ) -> Option<String> {
        if constant.expression.starts_with(':') {
            return None;
        }
        if let Some(constants) = constants {
            return constants.bound(constant, site.range.start);
        }
        let root = constant.expression.split(['.', ':']).next()?;
        let known = self.usage.roots.iter().any(|known| known.text == root);
        let bound = known || self.asked.facts.binds(self.asked.text, root);
        bound.then(|| constant.expression.to_owned())
    }

    fn is_deprecated(&self, code: StatusCode) -> bool {
        let state = code.entry().map(|entry| entry.state);
        !self.asked.settings.knows(code)
            && matches!(state, Some(State::Deprecated | State::Obsoleted))
    }

    /// Whether a code is a key that has to be a string, and nobody has begun one.
    fn wants_quotes(&self) -> bool {
        let site = &self.place.site;
        site.key
            && site.role == Role::Declare
            && is_yaml(self.asked.language)
            && self.asked.typed.quote.is_none()
    }

    /// The quotes that other keys of the excerpt have.
    fn quote(&self) -> char {
        let keys = self.place.usage.sites.iter().filter(|site| site.key);
        let mut quotes = keys.filter_map(|site| self.place.text[site.range.clone()].chars().next());
        quotes.find(|c| matches!(c, '"' | '\'')).unwrap_or('"')
    }
}

fn is_yaml(language: Language) -> bool {
    language.id() == "yaml"
}
