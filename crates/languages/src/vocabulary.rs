//! What libraries call a status, as `vocabulary.toml` tells it.

mod file;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::keyed::{Entry, Hints, Script};

pub(crate) use file::*;

/// A vocabulary, ready for look-ups.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    pub(crate) apis: Vec<&'static Api>,
    calls: HashMap<&'static str, Vec<&'static Call>>,
    fields: HashMap<&'static str, Vec<&'static Field>>,
    names: HashMap<&'static str, Vec<&'static Member>>,
    typed: HashMap<&'static str, Vec<&'static Typed>>,
    tuples: Vec<&'static Tuple>,
    entries: HashMap<&'static str, Vec<&'static Entry>>,
    scripts: HashMap<&'static str, Vec<&'static Script>>,
    hints: OnceLock<Hints>,
    handlers: Vec<&'static Handler>,
    directives: Vec<&'static Directive>,
    containers: HashMap<&'static str, Vec<&'static Container>>,
    words: Vec<&'static Words>,
}

impl Vocabulary {
    /// Joins the files of a language and of those it extends.
    pub(crate) fn new(files: &'static [VocabularyFile]) -> Self {
        let mut vocabulary = Self::default();
        for file in files {
            vocabulary.apis.extend(&file.api);
            for call in &file.call {
                for name in &call.names {
                    vocabulary.calls.entry(name).or_default().push(call);
                }
            }
            for field in &file.field {
                vocabulary.fields.entry(&field.name).or_default().push(field);
            }
            for name in &file.name {
                vocabulary.names.entry(&name.name).or_default().push(name);
            }
            for typed in &file.typed {
                for name in &typed.names {
                    vocabulary.typed.entry(name).or_default().push(typed);
                }
            }
            vocabulary.tuples.extend(&file.tuple);
            for entry in &file.entry {
                for key in &entry.place.keys {
                    vocabulary.entries.entry(key).or_default().push(entry);
                }
            }
            for script in &file.script {
                for key in &script.place.keys {
                    vocabulary.scripts.entry(key).or_default().push(script);
                }
            }
            vocabulary.handlers.extend(&file.handler);
            vocabulary.directives.extend(&file.directive);
            for row in &file.container {
                let name = crate::folder::last_name(&row.name);
                vocabulary.containers.entry(name).or_default().push(row);
            }
            vocabulary.words.push(&file.words);
        }
        vocabulary
    }

    pub(crate) fn calls(&self, name: &str) -> &[&'static Call] {
        self.calls.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn typed(&self, name: &str) -> &[&'static Typed] {
        self.typed.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn fields(&self, name: &str) -> &[&'static Field] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn names(&self, name: &str) -> &[&'static Member] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// The rows for an entry of this key.
    pub(crate) fn entries(&self, key: &str) -> &[&'static Entry] {
        self.entries.get(key).map_or(&[], Vec::as_slice)
    }

    /// The rows for code under this key.
    pub(crate) fn scripts(&self, key: &str) -> impl Iterator<Item = &'static Script> {
        let rows = |key| self.scripts.get(key).into_iter().flatten().copied();
        rows(key).chain(rows("*"))
    }

    /// What shows that a document may hold such entries.
    pub(crate) fn hints(&self) -> &Hints {
        self.hints.get_or_init(|| Hints::new(self))
    }

    /// The keys of all entries and scripts.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.entries.keys().chain(self.scripts.keys()).copied()
    }

    /// What holds the codes of libraries under a name that ends so.
    pub(crate) fn containers(&self, name: &str) -> Option<&[&'static Container]> {
        self.containers.get(name).map(Vec::as_slice)
    }

    /// What shows that a project gives a library names of its own.
    pub(crate) fn registrations(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().flat_map(|words| words.registrations.iter().map(String::as_str))
    }

    pub(crate) fn tuples(&self) -> impl Iterator<Item = &'static Tuple> {
        self.tuples.iter().copied()
    }

    pub(crate) fn handlers(&self) -> impl Iterator<Item = &'static Handler> {
        self.handlers.iter().copied()
    }

    /// The directives of a server, or those of the configuration of another.
    pub(crate) fn directives(&self, api: &str) -> impl Iterator<Item = &'static Directive> {
        self.directives.iter().copied().filter(move |known| known.api == api)
    }

    pub(crate) fn is_conversion(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.conversions.iter().any(|word| word == name))
    }

    pub(crate) fn is_fallback(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.fallbacks.iter().any(|word| word == name))
    }

    pub(crate) fn is_membership(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.memberships.iter().any(|word| word == name))
    }

    pub(crate) fn is_range(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.ranges.iter().any(|word| word == name))
    }

    pub(crate) fn is_row(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.rows.iter().any(|word| word == name))
    }

    pub(crate) fn is_matcher(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.matchers.iter().any(|word| word == name))
    }

    pub(crate) fn is_assertion(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.assertions.iter().any(|word| word == name))
    }

    pub(crate) fn is_equality(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.equalities.iter().any(|word| word == name))
    }

    pub(crate) fn is_getter(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.getters.iter().any(|word| word == name))
    }

    pub(crate) fn is_implicit(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.implicit.iter().any(|word| word == name))
    }

    pub(crate) fn is_default(&self, keyword: &str) -> bool {
        self.words.iter().any(|words| words.defaults.iter().any(|word| word == keyword))
    }

    pub(crate) fn is_limit(&self, keyword: &str) -> bool {
        self.words.iter().any(|words| words.limits.iter().any(|word| word == keyword))
    }

    pub(crate) fn is_lookup(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.lookups.iter().any(|word| word == name))
    }

    pub(crate) fn is_addition(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.additions.iter().any(|word| word == name))
    }

    pub(crate) fn is_case(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.cases.iter().any(|word| word == name))
    }

    pub(crate) fn providers(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().flat_map(|words| words.providers.iter().map(String::as_str))
    }

    pub(crate) fn is_reporter(&self, text: &str) -> bool {
        self.words.iter().any(|words| words.reporters.iter().any(|word| word == text))
    }

    pub(crate) fn is_content(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.content.iter().any(|word| word == name))
    }

    /// Whether calls may redirect with a status set before them.
    pub(crate) fn redirects(&self) -> bool {
        self.words.iter().any(|words| !words.redirections.is_empty())
    }

    pub(crate) fn is_redirection(&self, name: &str) -> bool {
        self.words.iter().any(|words| words.redirections.iter().any(|word| word == name))
    }

    pub(crate) fn is_nothing(&self, text: &str) -> bool {
        self.words.iter().any(|words| words.nothing.iter().any(|word| word == text))
    }
}
