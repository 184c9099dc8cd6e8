//! Names of codes that a script makes for itself, and tables of codes with their phrases.

use std::ops::Range;

use statuslint_codes::{code_of_name, words};
use tree_sitter::Node;

use crate::shell::Finder;
use crate::shell::scripts::Holds;
use crate::{Evidence, Kind, Name, Role, Site, Value, value};

/// Processes exit with less.
const BEYOND_EXITS: u16 = 256;

impl<'t> Finder<'_, 't> {
    /// `readonly HTTP_NOT_FOUND=404`: a name that says a code, in capitals as constants are.
    pub(super) fn constant(
        &self,
        name: Option<Node<'t>>,
        range: Range<usize>,
        kind: Kind,
        value: Value,
    ) -> Option<Site> {
        let Value::Code(code) = value else { return None };
        let name = name?;
        let text = self.text(name);
        if !code.is_valid() || text.contains(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let words = words(text);
        let says = |word: &str| words.iter().any(|it| it == word);
        // `STATUS_NOT_FOUND=127` is what a program ends with.
        let of_http =
            says("http") || (says("status") && self.script.http && code.get() >= BEYOND_EXITS);
        if !of_http || code_of_name(text).is_none() {
            return None;
        }
        let name = Name { text: text.to_owned(), range: name.byte_range(), judged: true };
        let site = Site::new(range, kind, value, Role::Define, Evidence::Certain);
        Some(Site { name: Some(name), ..site })
    }

    /// `([404]="Not Found")`: keys with their phrases.
    pub(super) fn table(&mut self, array: Node<'t>) {
        let mut cursor = array.walk();
        for entry in array.named_children(&mut cursor) {
            let entry_text = self.document.text(entry);
            let Some((key, phrase)) = entry_text.split_once("]=") else { continue };
            let key = key.trim_start_matches('[').trim_matches(['"', '\'']);
            let told = statuslint_codes::code_of_phrase(phrase.trim_matches(['"', '\'']));
            if let Some(Value::Code(code)) = value::string(key)
                && told == Some(code)
            {
                let start = entry.start_byte() + entry_text.find(key).unwrap_or_default();
                let range = start..start + key.len();
                self.add(range, Kind::Number, Value::Code(code), Role::Table, Holds::Status);
            }
        }
    }
}
