//! The explanation of a code or class.

use std::fmt::Write as _;

use statuslint_codes::{Class, Content, Entry, Reference, State, StatusCode, nearest, registry};
use statuslint_languages::{Constant, Language};

use super::subject::title;
use crate::Settings;

/// What there is to say about one code or class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What it is: `404 Not Found`, `4xx Client Error`.
    pub title: String,
    /// What it means, in a few sentences.
    pub meaning: String,
    /// The facts, the most useful first.
    pub facts: Vec<Fact>,
    /// The names libraries have for it, by language and library.
    pub constants: Vec<NamedConstant>,
    /// Where more can be read: the section of the RFC.
    pub url: Option<String>,
}

/// One fact of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about: `Class`, `Content`.
    pub label: &'static str,
    /// What it says.
    pub value: String,
}

/// A library's name for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedConstant {
    /// The language of the library.
    pub language: Language,
    /// The library: `net/http`.
    pub library: &'static str,
    /// The expression that stands for the code: `http.StatusNotFound`.
    pub expression: &'static str,
    /// What must be imported for it.
    pub import: &'static str,
}

impl Fact {
    /// The label under which a class lists its codes.
    pub const CODES: &'static str = "Codes";
}

/// Everything there is to say about a code, with the settings' own codes and vendors.
pub fn explain_code(code: StatusCode, settings: &Settings) -> Explanation {
    let constants = Language::all()
        .flat_map(|it| {
            named(it, &it.own_constants().iter().filter(move |constant| constant.code == code))
        })
        .collect();
    Explanation { constants, ..of_code(code, settings) }
}

/// What there is to say about a code, without the constants.
pub(crate) fn of_code(code: StatusCode, settings: &Settings) -> Explanation {
    let mut facts = Vec::new();
    let mut add = |label, value: String| facts.push(Fact { label, value });
    if let Some(class) = code.class() {
        add("Class", format!("{}xx {}", class.digit(), title(class)));
    }
    if let Some(standing) = standing(code) {
        add("Standing", standing.to_owned());
    }
    let entry = code.entry();
    if let Some(entry) = entry {
        add("Reference", entry.reference.to_string());
        if !entry.older_names.is_empty() {
            add("Older names", entry.older_names.join(", "));
        }
        add("Content", content(entry).to_owned());
        if !entry.headers.is_empty() {
            add("Headers", entry.headers.join(", "));
        }
        if entry.state != State::Unused {
            add("Cacheable", cacheable(entry).to_owned());
        }
    } else if let Some(meant) = nearest(code) {
        add("Nearest", format!("{} {}", meant.code, meant.name));
    }
    for own in settings.codes.iter().filter(|own| own.code == code) {
        add("In this project", own.name.clone());
    }
    facts.extend(users(code));
    let title = match settings.name(code) {
        Some(name) => format!("{code} {name}"),
        None => code.to_string(),
    };
    Explanation {
        title,
        meaning: meaning(code),
        facts,
        constants: Vec::new(),
        url: entry.map(|entry| entry.reference.url()),
    }
}

/// The vendors that use a code, those with the same words together.
fn users(code: StatusCode) -> Vec<Fact> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for vendor in code.vendors() {
        let said = format!("{}. {}", vendor.name, vendor.meaning);
        let title = vendor.owner().title;
        match groups.iter_mut().find(|(_, known)| *known == said) {
            Some((titles, _)) => {
                let _ = write!(titles, ", {title}");
            }
            None => groups.push((title.to_owned(), said)),
        }
    }
    let fact = |(titles, said)| Fact { label: "Used by", value: format!("{titles}: {said}") };
    groups.into_iter().map(fact).collect()
}

/// What a code means: registered, of its class only, or nothing.
fn meaning(code: StatusCode) -> String {
    match (code.entry(), code.class()) {
        (Some(entry), _) => entry.meaning.to_owned(),
        (None, Some(class)) => format!(
            "Not registered. A client that does not know it treats it as {}00 (RFC 9110 \
             section 15).",
            class.digit()
        ),
        (None, None) => "Not a status code: those have three digits, 100 to 599. A client that \
                         receives it treats the response as a server error (RFC 9110 section 15)."
            .to_owned(),
    }
}

/// The standing of a code where it is not simply in use.
fn standing(code: StatusCode) -> Option<&'static str> {
    let Some(entry) = code.entry() else {
        return Some(if code.is_valid() { "not registered" } else { "invalid" });
    };
    match entry.state {
        State::Registered => None,
        State::Temporary => Some("registered for a limited time"),
        State::Unused => Some("registered as unused"),
        State::Reserved => Some("reserved for future use"),
        State::Deprecated => Some("deprecated"),
        State::Obsoleted => Some("obsolete: its specification is historic"),
    }
}

/// Whether its responses have content.
fn content(entry: &Entry) -> &'static str {
    match entry.content {
        Content::Allowed => "allowed",
        Content::Never => "never: the response ends with its header section (RFC 9112 section 6.3)",
        Content::MustNotGenerate => {
            "none: a server must not generate any (RFC 9110 section 15.3.6)"
        }
    }
}

/// Whether its responses may be stored without being asked to.
fn cacheable(entry: &Entry) -> &'static str {
    if entry.cacheable {
        "by default (RFC 9110 section 15.1)"
    } else {
        "only when the response says so (RFC 9110 section 15.1)"
    }
}

/// Everything there is to say about a class.
pub fn explain_class(class: Class) -> Explanation {
    let (section, meaning) = match class {
        Class::Informational => (
            "15.2",
            "The request goes on: an interim answer before the final one. It has no content.",
        ),
        Class::Successful => ("15.3", "The request was received, understood and accepted."),
        Class::Redirection => {
            ("15.4", "More is needed to complete the request, most often another request.")
        }
        Class::ClientError => (
            "15.5",
            "The client seems to have erred. The response should explain what is wrong and \
             whether it will stay so.",
        ),
        Class::ServerError => (
            "15.6",
            "The server failed, or knows that it cannot do what a request that seems right asks \
             for. The response should explain what is wrong and whether it will stay so.",
        ),
    };
    let own = registry().iter().filter(|entry| entry.code.class() == Some(class));
    let codes: Vec<String> = own.map(|entry| format!("{} {}", entry.code, entry.name)).collect();
    let place = Reference { rfc: Some(9110), section };
    Explanation {
        title: format!("{}xx {}", class.digit(), title(class)),
        meaning: meaning.to_owned(),
        facts: vec![
            Fact { label: "Reference", value: place.to_string() },
            Fact { label: Fact::CODES, value: codes.join(", ") },
        ],
        constants: Vec::new(),
        url: Some(place.url()),
    }
}

/// Of the constants for one code, those the libraries prefer, else those they have.
pub(super) fn named(
    language: Language,
    of_code: &(impl Iterator<Item = &'static Constant> + Clone),
) -> Vec<NamedConstant> {
    let preferred =
        |library| of_code.clone().any(|constant| constant.library == library && constant.preferred);
    of_code
        .clone()
        .filter(|constant| constant.deprecated_alias_of.is_empty())
        .filter(|constant| constant.preferred || !preferred(constant.library))
        .map(|constant| NamedConstant {
            language,
            library: constant.library,
            expression: constant.expression,
            import: constant.import,
        })
        .collect()
}

impl Explanation {
    /// The constants a row each: languages that have the same ones, and the names with the
    /// libraries that have them.
    pub fn by_language(&self) -> Vec<(String, Vec<String>)> {
        let mut rows: Vec<(String, Vec<String>)> = Vec::new();
        for language in Language::all() {
            let mut names: Vec<(&str, Vec<&str>)> = Vec::new();
            for constant in self.constants.iter().filter(|one| one.language == language) {
                match names.iter_mut().find(|(name, _)| *name == constant.expression) {
                    Some((_, libraries)) => libraries.push(constant.library),
                    None => names.push((constant.expression, vec![constant.library])),
                }
            }
            let names: Vec<String> = names
                .into_iter()
                .map(|(name, libraries)| format!("{name} ({})", libraries.join(", ")))
                .collect();
            match rows.iter_mut().find(|(_, known)| *known == names) {
                _ if names.is_empty() => {}
                Some((titles, _)) => {
                    titles.push_str(", ");
                    titles.push_str(language.title());
                }
                None => rows.push((language.title().to_owned(), names)),
            }
        }
        rows
    }
}
