//! What an editor may offer where somebody types a status, and nothing where none can stand.
//!
//! Whether one can is what the detection says of a number or a name put there. It is asked about a
//! few lines of the document, never about the whole: completions are asked for at every key.

mod brackets;
mod excerpt;
mod items;
mod known;
mod matching;
mod names;
mod place;
mod typed;

use std::ops::Range;

use statuslint_codes::StatusCode;
use statuslint_languages::{Kind, Language, Role};

pub use known::Known;

use crate::facts::of_code;
use crate::{Edit, Explanation, Settings};
use excerpt::Excerpt;
use items::{Codes, Offer};
use known::Facts;
use names::Names;
use place::Question;
use typed::{Form, Typed};

/// What may be put at one place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// The bytes that each of them replaces.
    pub range: Range<usize>,
    /// What may stand there, ascending by code.
    pub items: Vec<Completion>,
    /// Whether these are all, however much more is typed.
    pub whole: bool,
    /// Whether they are members of what is written before the place: `StatusCode::`.
    pub members: bool,
}

/// One of the things that may be put at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The code.
    pub code: StatusCode,
    /// What a list shows: `404 Not Found`, `http.StatusNotFound`.
    pub label: String,
    /// What is put there.
    pub text: String,
    /// Whether that is a name of a library, and no number.
    pub named: bool,
    /// What the typed is compared with: all spellings, the one that is being typed first.
    pub filter: String,
    /// The import the name needs.
    pub import: Option<Edit>,
    /// The phrase of the code.
    pub name: String,
    /// Whether the code or the name should not be used any more.
    pub deprecated: bool,
}

/// What may be put at an offset of a document; nothing where no status can stand. `known` is the
/// document as it was last analysed, which may be some keys ago.
pub fn completions(
    text: &str,
    language: Language,
    settings: &Settings,
    known: Option<Known<'_>>,
    offset: usize,
) -> Option<Completions> {
    let typed = Typed::at(text, offset);
    if typed.is_empty() {
        return None;
    }
    let codes = Codes::of(settings);
    let mut facts = None;
    typed.iter().find_map(|typed| {
        let names = Names::new(language, typed.path(text), typed.text(text));
        let possible = match typed.form {
            Form::Nothing if typed.start == typed.range.start => true,
            Form::Digits => codes.begin_with(typed.text(text)),
            _ => {
                names.may_be() || (typed.start == typed.range.start && codes.say(typed.text(text)))
            }
        };
        if !possible {
            return None;
        }
        let facts =
            facts.get_or_insert_with(|| Facts::of(text, language, &settings.context, known));
        offered(&Asked { text, language, settings, typed, codes: &codes, names, facts })
    })
}

impl Completion {
    /// What there is to say about the code of a completion.
    pub fn explain(code: StatusCode, settings: &Settings) -> Explanation {
        of_code(code, settings)
    }
}

/// What is asked for.
struct Asked<'a> {
    text: &'a str,
    language: Language,
    settings: &'a Settings,
    typed: &'a Typed,
    codes: &'a Codes<'a>,
    names: Names<'a>,
    facts: &'a Facts<'a>,
}

fn offered(asked: &Asked<'_>) -> Option<Completions> {
    let Asked { text, language, settings, typed, codes, names, facts } = asked;
    if facts.is_comment(typed.start) {
        return None;
    }
    let excerpt = Excerpt::of(text, *language, &facts.statements, typed)?;
    let spoken = facts.spoken().with_part(&excerpt.text());
    if language.is_code() && !spoken.tells_http() {
        return None;
    }
    let (context, least) = (&settings.context, settings.evidence);
    let question = Question { language: *language, context, least, spoken, excerpt };
    let path = typed.path(text);
    let (place, of_path) = if path.is_empty() {
        (question.number(typed.text(text), typed, codes)?, false)
    } else {
        let sure = names.are_sure() || question.number(typed.text(text), typed, codes).is_some();
        (names.placeholder().filter(|_| sure).and_then(|name| question.name(&name))?, true)
    };
    // What is defined has a value of its own, and a word at the place of a key is another key.
    let site = &place.site;
    let letters = typed.form == Form::Letters;
    if (of_path && site.role == Role::Define) || (site.key && letters) {
        return None;
    }
    // Words in quotes are a text, but for documents that write their codes so.
    let written = matches!(site.role, Role::Config | Role::Declare);
    if letters && typed.quote.is_some() && !written {
        return None;
    }
    let usage = facts.for_names(&place.usage);
    let offer = Offer { asked, place: &place, usage: &usage };
    let items = if of_path { offer.members() } else { offer.all() };
    let whole = typed.form != Form::Nothing || of_path || place.site.kind != Kind::Number;
    (!items.is_empty()).then(|| Completions {
        range: typed.range.clone(),
        items,
        whole,
        members: of_path,
    })
}
