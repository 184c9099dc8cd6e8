//! Reading TOML values with every complaint at its place; values from JSON take the same way, with
//! the key alone to say where.

use std::ops::{Range, RangeInclusive};
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::similar::suggestion;
use crate::{Error, Place, Warning};

/// One value with the key that leads to it (`override.rules.magic-code`).
#[derive(Debug, Clone)]
pub(crate) struct Item<'t> {
    pub(crate) key: String,
    pub(crate) name: &'t str,
    pub(crate) value: &'t Spanned<DeValue<'t>>,
    key_range: Range<usize>,
}

/// The notation of what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    Toml,
    Json,
}

impl Syntax {
    /// What people call a table.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Toml => "a table",
            Self::Json => "an object",
        }
    }
}

/// Collects what is wrong with one configuration file while its values are read.
#[derive(Debug)]
pub(crate) struct Reader<'t> {
    path: &'t Path,
    text: &'t str,
    pub(crate) syntax: Syntax,
    pub(crate) errors: Vec<Error>,
    pub(crate) warnings: Vec<Warning>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(path: &'t Path, text: &'t str) -> Self {
        Self { path, text, syntax: Syntax::Toml, errors: Vec::new(), warnings: Vec::new() }
    }

    /// A reader of values that were JSON, and are of no file.
    pub(crate) fn of_json() -> Self {
        Self { syntax: Syntax::Json, ..Self::new(Path::new(""), "") }
    }

    /// A key with its value, for an example.
    pub(crate) fn pair(&self, key: &str, value: &str) -> String {
        match self.syntax {
            Syntax::Toml => format!("{key} = {value}"),
            Syntax::Json => format!("\"{key}\": {value}"),
        }
    }

    /// The entries of a table, after a warning about each whose key is not among `known`.
    pub(crate) fn entries(
        &mut self,
        table: &'t DeTable<'t>,
        prefix: &str,
        known: &[&str],
    ) -> Vec<Item<'t>> {
        let (entries, unknown): (Vec<_>, Vec<_>) =
            all_entries(table, prefix).into_iter().partition(|item| known.contains(&item.name));
        for item in unknown {
            let meant = suggestion(item.name, known.iter().copied(), || {
                format!("known here: {}", known.join(", "))
            });
            self.warnings.push(Warning {
                path: self.path.to_path_buf(),
                place: place(self.text, item.key_range),
                key: item.key,
                message: format!("unknown key; {meant}"),
            });
        }
        entries
    }

    /// The place of the value of an item.
    pub(crate) fn place(&self, item: &Item) -> Place {
        place(self.text, item.value.span())
    }

    /// Takes down an error about the value of an item.
    pub(crate) fn error(&mut self, item: &Item, message: impl Into<String>) {
        self.error_at(item.value.span(), Some(item.key.clone()), message);
    }

    /// Takes down an error about the key of an item.
    pub(crate) fn key_error(&mut self, item: &Item, message: impl Into<String>) {
        self.error_at(item.key_range.clone(), Some(item.key.clone()), message);
    }

    /// Takes down an error about some bytes.
    pub(crate) fn error_at(
        &mut self,
        range: Range<usize>,
        key: Option<String>,
        message: impl Into<String>,
    ) {
        self.errors.push(Error {
            path: self.path.to_path_buf(),
            place: Some(place(self.text, range)),
            key,
            message: message.into(),
        });
    }

    /// The string of an item, which must not be empty.
    pub(crate) fn string(&mut self, item: &Item<'t>, example: &str) -> Option<&'t str> {
        match item.value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                self.error(item, format!("is empty; write something like \"{example}\""));
                None
            }
            Some(text) => Some(text),
            None => self.wrong_type(item, &format!("a string such as \"{example}\"")),
        }
    }

    /// The strings of an array, each as an item of its own.
    pub(crate) fn strings(
        &mut self,
        item: &Item<'t>,
        example: &str,
    ) -> Option<Vec<(Item<'t>, &'t str)>> {
        let elements = self.elements(item, &format!("an array such as [\"{example}\"]"))?;
        Some(
            elements
                .into_iter()
                .filter_map(|element| Some((element.clone(), self.string(&element, example)?)))
                .collect(),
        )
    }

    /// The elements of an array.
    pub(crate) fn elements(&mut self, item: &Item<'t>, what: &str) -> Option<Vec<Item<'t>>> {
        let Some(array) = item.value.get_ref().as_array() else {
            return self.wrong_type(item, what);
        };
        let key = |at: usize| match self.syntax {
            Syntax::Toml => item.key.clone(),
            // Without a line, the number tells which.
            Syntax::Json => format!("{}[{at}]", item.key),
        };
        let element = |(at, value): (usize, &'t Spanned<DeValue<'t>>)| Item {
            key: key(at),
            name: item.name,
            value,
            key_range: value.span(),
        };
        Some(array.iter().enumerate().map(element).collect())
    }

    /// The table of an item.
    pub(crate) fn table(&mut self, item: &Item<'t>, what: &str) -> Option<&'t DeTable<'t>> {
        let table = item.value.get_ref().as_table();
        table.or_else(|| self.wrong_type(item, what))
    }

    /// The tables of an array of tables, `[[name]]`.
    pub(crate) fn tables(&mut self, item: &Item<'t>) -> Option<Vec<(Item<'t>, &'t DeTable<'t>)>> {
        let (all, one) = match self.syntax {
            Syntax::Toml => {
                let headed = format!("tables headed [[{}]]", item.key);
                (headed.clone(), headed)
            }
            Syntax::Json => ("an array of objects".to_owned(), "an object".to_owned()),
        };
        let elements = self.elements(item, &all)?.into_iter();
        let table = |it: Item<'t>| self.table(&it, &one).map(|table| (it, table));
        Some(elements.filter_map(table).collect())
    }

    /// The whole number of an item.
    pub(crate) fn number(
        &mut self,
        item: &Item,
        range: RangeInclusive<u16>,
        example: u16,
    ) -> Option<u16> {
        let DeValue::Integer(integer) = item.value.get_ref() else {
            return self.wrong_type(item, &format!("a whole number such as {example}"));
        };
        let number = u16::from_str_radix(integer.as_str(), integer.radix()).ok();
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (low, high) = range.into_inner();
            self.error(item, format!("{integer} is out of range; use {low} to {high}"));
        }
        number
    }

    /// What one of some words stands for.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        item: &Item<'t>,
        what: &str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let words = || choices.iter().map(|(word, _)| *word);
        let listed = words().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let Some(text) = item.value.get_ref().as_str() else {
            return self.wrong_type(item, &format!("one of {listed}"));
        };
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let meant = suggestion(text, words(), || format!("use one of {listed}"));
            self.error(item, format!("\"{text}\" is not {what}; {meant}"));
        }
        found
    }

    fn wrong_type<T>(&mut self, item: &Item, expected: &str) -> Option<T> {
        let found = match item.value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => self.syntax.table(),
        };
        self.error(item, format!("expected {expected}, found {found}"));
        None
    }
}

/// The entries of a table, whatever their keys.
pub(crate) fn all_entries<'t>(table: &'t DeTable<'t>, prefix: &str) -> Vec<Item<'t>> {
    let key = |name: &str| {
        if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
    };
    table
        .iter()
        .map(|(name, value)| Item {
            key: key(name.get_ref()),
            name: name.get_ref(),
            value,
            key_range: name.span(),
        })
        .collect()
}

/// The place of some bytes in a text.
pub(crate) fn place(text: &str, range: Range<usize>) -> Place {
    let before = text.get(..range.start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Place {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        range,
    }
}
