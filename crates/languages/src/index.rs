//! What the documents of a project tell about each other: functions that take a status, the
//! protocol most of them speak, and the codes that are documented.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher as _};

use serde::{Deserialize, Serialize};
use statuslint_codes::StatusCode;

use crate::Language;
use crate::described::{Described, numbers};
use crate::document::Document;
use crate::facts::Http;
use crate::functions::Function;
use crate::names::Says;

/// Functions with more parameters are left out.
const PARAMETERS: usize = 32;

/// What one document tells about the others, and asks of them.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    definitions: Vec<Definition>,
    questions: Vec<Question>,
    speech: Speech,
    described: Described,
    #[serde(with = "numbers")]
    sent: BTreeSet<StatusCode>,
}

impl Survey {
    /// Whether two states of a document tell the others the same.
    pub fn tells_the_same(&self, other: &Self) -> bool {
        self.definitions == other.definitions
            && self.speech == other.speech
            && self.described == other.described
    }

    /// What a document tells of its functions whose parameters have no names: each with the
    /// positions that are a status.
    pub(crate) fn of_positions<'a>(
        functions: impl IntoIterator<Item = (&'a str, Vec<usize>)>,
    ) -> Self {
        let definition = |(name, positions): (&str, Vec<usize>)| {
            let known = positions.into_iter().filter(|at| *at < PARAMETERS);
            let statuses = known.fold(0, |statuses, at| statuses | 1 << at);
            Definition { name: hash(name), parameters: PARAMETERS, statuses }
        };
        Self { definitions: functions.into_iter().map(definition).collect(), ..Self::default() }
    }

    /// Adds what another piece of the document tells.
    pub(crate) fn join(&mut self, other: Self) {
        self.definitions.extend(other.definitions);
        self.questions.extend(other.questions);
        self.speech = self.speech.max(other.speech);
        self.described.join(&other.described);
        self.sent.extend(other.sent);
    }

    /// What a document tells of the codes it documents.
    pub(crate) fn of_description(described: Described) -> Self {
        Self { described, ..Self::default() }
    }

    /// Whether the document imports a library that speaks HTTP, and nothing tells of another
    /// protocol.
    pub(crate) fn imports_http(&self) -> bool {
        self.speech == Speech::Http
    }

    /// Notes the codes that a document sends.
    pub(crate) fn sends(&mut self, sent: BTreeSet<StatusCode>) {
        self.sent = sent;
    }
}

/// A function of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Definition {
    name: u64,
    parameters: usize,
    /// A bit for each parameter that is a status.
    statuses: u32,
}

/// A call of a function the document does not define, with a number that may be a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Question {
    name: u64,
    at: usize,
    given: usize,
}

/// What a document speaks.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Speech {
    /// Nothing that tells.
    #[default]
    Silent,
    /// HTTP, by a library it imports.
    Http,
    /// Another protocol with three-digit replies.
    Foreign,
}

/// What is known of a project: its functions that take a status, and the codes it documents.
#[derive(Debug, Default, Clone)]
pub struct Index {
    /// By family of languages and name; what definitions of one name do not agree on is nothing.
    functions: HashMap<(&'static str, u64), Definition>,
    foreign: bool,
    described: Described,
    fingerprint: u64,
}

impl Index {
    /// Joins what the documents of one project tell.
    pub fn new<'a>(surveys: impl IntoIterator<Item = (Language, &'a Survey)>) -> Self {
        let surveys: Vec<(Language, &Survey)> = surveys.into_iter().collect();
        let (mut documents, mut http, mut foreign) = (0_usize, 0_usize, 0_usize);
        let mut described = Described::default();
        // Most functions take no status: only those that do anywhere are looked at everywhere.
        let mut functions: HashMap<(&'static str, u64), Definition> = HashMap::new();
        for (language, survey) in &surveys {
            described.join(&survey.described);
            documents += 1;
            http += usize::from(survey.speech == Speech::Http);
            foreign += usize::from(survey.speech == Speech::Foreign);
            let family = language.family();
            let takes = survey.definitions.iter().filter(|definition| definition.statuses != 0);
            functions.extend(takes.map(|definition| ((family, definition.name), *definition)));
        }
        for (language, survey) in &surveys {
            let family = language.family();
            for definition in &survey.definitions {
                if let Some(known) = functions.get_mut(&(family, definition.name)) {
                    known.statuses &= definition.statuses;
                    known.parameters = known.parameters.max(definition.parameters);
                }
            }
        }
        functions.retain(|_, definition| definition.statuses != 0);
        functions.shrink_to_fit();
        let foreign = foreign * 3 > documents && foreign > 2 * http;
        // In no order, as the functions are.
        let each = functions.iter().map(|function| hash(&function)).fold(0, u64::wrapping_add);
        let fingerprint = hash(&(each, foreign, &described));
        Self { functions, foreign, described, fingerprint }
    }

    /// Whether a document is to be analysed again because of what the index knows.
    pub fn concerns(&self, language: Language, survey: &Survey) -> bool {
        (self.foreign && survey.speech == Speech::Silent)
            || survey.questions.iter().any(|question| self.answers(language, question))
            || survey.sent.iter().any(|code| self.leaves_out(*code))
    }

    /// A number for all that is known, another one when anything of it is another; 0 for nothing.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Whether the project describes its interface, and none of the responses there is for this
    /// code.
    pub fn leaves_out(&self, code: StatusCode) -> bool {
        self.described.lacks(code)
    }

    /// Whether most of the project speaks another protocol with three-digit replies.
    pub(crate) fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// Whether the argument of a call is a status of the function it calls.
    pub(crate) fn answers(&self, language: Language, question: &Question) -> bool {
        self.functions.get(&(language.family(), question.name)).is_some_and(|definition| {
            definition.statuses & (1 << question.at) != 0 && question.given <= definition.parameters
        })
    }
}

impl Question {
    /// What is asked about the argument at a position of a call.
    pub(crate) fn new(name: &str, at: usize, given: usize) -> Option<Self> {
        (at < PARAMETERS).then(|| Self { name: hash(name), at, given })
    }
}

impl<'t> Document<'t> {
    /// What the document tells the others and asks of them.
    pub(crate) fn survey(&self, questions: Vec<Question>) -> Survey {
        let speech = match self.facts.http {
            _ if self.facts.speaks_other => Speech::Foreign,
            Http::Imported => Speech::Http,
            Http::No | Http::Mentioned => Speech::Silent,
        };
        let definitions = self.facts.functions.iter().filter_map(|it| self.define(it)).collect();
        Survey { definitions, questions, speech, ..Survey::default() }
    }

    fn define(&self, function: &Function<'t>) -> Option<Definition> {
        let parameters = function.given();
        if parameters.is_empty() || parameters.len() > PARAMETERS {
            return None;
        }
        let mut statuses = 0;
        for (at, parameter) in parameters.iter().enumerate() {
            if !self.facts.foreign && self.parameter_says(function, parameter) >= Says::Status {
                statuses |= 1 << at;
            }
        }
        let name = hash(function.name);
        Some(Definition { name, parameters: parameters.len(), statuses })
    }
}

/// Names are only compared: a number each, the same in every run.
fn hash(name: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Index;
    use crate::{Context, Language, Usage, usage};

    fn analyzed(id: &str, text: &str, index: Option<&Arc<Index>>) -> (Language, Usage) {
        let language = Language::from_id(id).unwrap();
        let index = index.cloned().unwrap_or_default();
        (language, usage(text, language, &Context { index, ..Context::default() }))
    }

    /// What is found in the last document once the others are known.
    fn found(id: &str, texts: &[&str]) -> Vec<String> {
        let first: Vec<_> = texts.iter().map(|text| analyzed(id, text, None)).collect();
        let index = Index::new(first.iter().map(|(language, usage)| (*language, &usage.survey)));
        let index = Arc::new(index);
        let last = texts.last().unwrap();
        let (language, before) = first.last().unwrap();
        let (_, after) = analyzed(id, last, Some(&index));
        if !index.concerns(*language, &before.survey) {
            assert_eq!(before.sites, after.sites, "{last}");
        }
        after.sites.iter().map(|site| last[site.range.clone()].to_owned()).collect()
    }

    const FAIL: &str = "def deny(reason, status_code):\n    return {'error': reason}\n";

    #[test]
    fn a_function_that_takes_a_status_is_known_in_other_documents() {
        let call = "# http\ndeny('no', 451)\ndeny(451, 'no')\nallow('no', 451)\n";
        assert_eq!(found("python", &[FAIL, call]), ["451"]);
        assert_eq!(found("python", &[call]), [""; 0]);
    }

    #[test]
    fn a_function_of_a_shell_is_known_by_the_position_of_its_status() {
        let helper = "wants() { local page=$1 http_code=$2; }\n";
        assert_eq!(found("bash", &[helper, "wants /page 451\nwants 451\nother 451\n"]), ["451"]);
    }

    #[test]
    fn descriptions_tell_which_codes_are_documented() {
        let whole = "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        \
            '200': {description: a}\n        4XX: {description: b}\n";
        let fragment = "'503':\n  description: c\n";
        let other = "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        \
            default: {description: 999}\n";
        let sends = |numbers: &str| format!("from flask import abort\nabort({numbers})\n");
        let left_out = |documents: &[&str], number: u16| {
            let told: Vec<_> = documents.iter().map(|text| analyzed("yaml", text, None)).collect();
            let index = Index::new(told.iter().map(|(language, usage)| (*language, &usage.survey)));
            let (python, usage) = analyzed("python", &sends(&number.to_string()), None);
            let out = index.leaves_out(statuslint_codes::StatusCode::new(number));
            assert_eq!(index.concerns(python, &usage.survey), out, "{documents:?} {number}");
            out
        };
        assert!(left_out(&[whole], 503));
        assert!(!left_out(&[whole], 200));
        assert!(!left_out(&[whole], 409));
        assert!(!left_out(&[whole, fragment], 503));
        assert!(!left_out(&[fragment], 500));
        assert!(!left_out(&[whole, other], 500));
        assert!(!left_out(&[], 500));
    }

    #[test]
    fn definitions_that_disagree_say_nothing() {
        let other = "def deny(reason, retries):\n    return 100\n";
        assert_eq!(found("python", &[FAIL, other, "# http\ndeny('no', 451)\n"]), [""; 0]);
    }

    #[test]
    fn more_arguments_than_the_function_takes_are_another_function_s() {
        assert_eq!(found("python", &[FAIL, "# http\ndeny('no', 451, 3)\n"]), [""; 0]);
    }

    #[test]
    fn one_language_says_nothing_about_another() {
        let (python, definition) = analyzed("python", FAIL, None);
        let (ruby, call) = analyzed("javascript", "// http\ndeny('no', 451)\n", None);
        let index = Index::new([(python, &definition.survey)]);
        assert!(!index.concerns(ruby, &call.survey));
    }

    #[test]
    fn in_a_project_of_another_protocol_a_status_is_not_one_of_http() {
        let sip = "// SIP transactions, RFC3261\nfunction sip(sipCall) { return sipCall; }\n";
        let known = "function f(reply) { if (reply.status === 404) { retry(); } }\n";
        assert_eq!(found("javascript", &[known]), ["404"]);
        assert_eq!(found("javascript", &[sip, sip, known]), [""; 0]);
    }
}
