//! What one configuration file says by itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use statuslint_codes::{StatusCode, vendor_ids};
use statuslint_languages::{Evidence, OwnCall};
use statuslint_lint::{PrivateCode, Settings, Severity};
use toml::de::DeTable;

use crate::globs::Globs;
use crate::own::{call, codes, name};
use crate::reader::{Item, Reader, all_entries};
use crate::similar::suggestion;
use crate::{Error, Place, Warning};

/// What one configuration file says by itself; what it does not say is `None`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layer {
    /// The file it builds on, as written, with its place.
    pub(crate) extends: Option<(PathBuf, Place)>,
    pub(crate) values: Values,
    pub(crate) exclude: Option<Globs>,
    pub(crate) calls: Option<Vec<OwnCall>>,
    pub(crate) names: Option<Vec<String>>,
    pub(crate) codes: Option<Vec<(PrivateCode, Place)>>,
    pub(crate) overrides: Vec<(Globs, Values)>,
}

/// What a file says for all paths, or an `[[override]]` for some.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    pub(crate) vendors: Option<Vec<String>>,
    pub(crate) allow: Option<Vec<(StatusCode, Place)>>,
    pub(crate) evidence: Option<Evidence>,
    pub(crate) test_severity: Option<Level>,
    pub(crate) rules: BTreeMap<&'static str, Level>,
}

/// What a configuration can make of a rule: a severity, or nothing when it is off.
pub(crate) type Level = Option<Severity>;

pub(crate) const SEVERITIES: [(&str, Level); 5] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("info", Some(Severity::Info)),
    ("hint", Some(Severity::Hint)),
    ("off", None),
];

pub(crate) const EVIDENCE: [(&str, Evidence); 2] =
    [("certain", Evidence::Certain), ("likely", Evidence::Likely)];

pub(crate) const TOP_KEYS: [&str; 11] = [
    "extends",
    "vendors",
    "allow",
    "exclude",
    "evidence",
    "test-severity",
    "rules",
    "call",
    "name",
    "code",
    "override",
];

pub(crate) const OVERRIDE_KEYS: [&str; 6] =
    ["paths", "vendors", "allow", "evidence", "test-severity", "rules"];

impl Layer {
    /// Reads the text of one file; of several errors, the first in the file counts.
    pub(crate) fn parse(path: &Path, text: &str) -> Result<(Self, Vec<Warning>), Error> {
        let table = DeTable::parse(text);
        let mut reader = Reader::new(path, text);
        let layer = match &table {
            Ok(table) => layer(&mut reader, table.get_ref(), &TOP_KEYS),
            Err(error) => {
                let range = error.span().unwrap_or(0..0);
                let message = error.message().replace('\n', ", ");
                let key = key_on_line(text, range.start);
                reader.error_at(range, key, format!("is not valid TOML: {message}"));
                Self::default()
            }
        };
        let Reader { mut errors, mut warnings, .. } = reader;
        errors.sort_by_key(|error| error.place.as_ref().map(|place| place.range.start));
        warnings.sort_by_key(|warning| warning.place.range.start);
        errors.into_iter().next().map_or(Ok((layer, warnings)), Err)
    }

    /// Adds what it says for all paths to the settings of a file.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.context.calls.extend(self.calls.iter().flatten().cloned());
        settings.context.names.extend(self.names.iter().flatten().cloned());
        settings.codes.extend(self.codes.iter().flatten().map(|(code, _)| code.clone()));
        self.values.apply(settings);
    }
}

impl Values {
    /// Adds them to the settings of a file.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.vendors.extend(self.vendors.iter().flatten().cloned());
        settings.allow.extend(self.allow.iter().flatten().map(|(code, _)| code));
        settings.evidence = self.evidence.unwrap_or(settings.evidence);
        settings.test_severity = self.test_severity.unwrap_or(settings.test_severity);
        settings.rules.extend(&self.rules);
    }

    /// What of them none of the others says anything about.
    pub(crate) fn beside(&self, others: &[&Self]) -> Self {
        let unsaid = |says: fn(&Self) -> bool| !others.iter().any(|other| says(other));
        let rule_unsaid = |rule: &str| !others.iter().any(|other| other.rules.contains_key(rule));
        let rules = self.rules.iter().filter(|(rule, _)| rule_unsaid(rule));
        Self {
            vendors: self.vendors.clone().filter(|_| unsaid(|other| other.vendors.is_some())),
            allow: self.allow.clone().filter(|_| unsaid(|other| other.allow.is_some())),
            evidence: self.evidence.filter(|_| unsaid(|other| other.evidence.is_some())),
            test_severity: self
                .test_severity
                .filter(|_| unsaid(|other| other.test_severity.is_some())),
            rules: rules.map(|(rule, level)| (*rule, *level)).collect(),
        }
    }
}

/// The key on the line of a syntax error, where there is one.
fn key_on_line(text: &str, at: usize) -> Option<String> {
    let line_start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let (key, _) = text[line_start..].lines().next()?.split_once('=')?;
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let key = key.trim();
    (!key.is_empty() && key.chars().all(plain)).then(|| key.to_owned())
}

/// Reads the keys of a whole configuration, those that are known here.
pub(crate) fn layer<'t>(reader: &mut Reader<'t>, table: &'t DeTable<'t>, known: &[&str]) -> Layer {
    let mut layer = Layer::default();
    for item in reader.entries(table, "", known) {
        match item.name {
            "extends" => {
                let path = reader.string(&item, "../statuslint.toml");
                layer.extends = path.map(|path| (PathBuf::from(path), reader.place(&item)));
            }
            "exclude" => layer.exclude = globs(reader, &item),
            "call" => layer.calls = each(reader, &item, call),
            "name" => layer.names = each(reader, &item, name),
            "code" => layer.codes = codes(reader, &item),
            "override" => {
                layer.overrides = each(reader, &item, path_override).unwrap_or_default();
            }
            _ => value(reader, &item, &mut layer.values),
        }
    }
    layer
}

/// Reads a key that stands at the top as well as in an `[[override]]`.
fn value<'t>(reader: &mut Reader<'t>, item: &Item<'t>, values: &mut Values) {
    match item.name {
        "vendors" => values.vendors = vendors(reader, item),
        "allow" => {
            let elements = reader.elements(item, "an array such as [402]");
            let code = |item: &Item<'t>| {
                let code = reader.number(item, 0..=u16::MAX, 402)?;
                Some((StatusCode::new(code), reader.place(item)))
            };
            values.allow = elements.map(|all| all.iter().filter_map(code).collect());
        }
        "evidence" => values.evidence = reader.choice(item, "a degree of evidence", &EVIDENCE),
        "test-severity" => {
            values.test_severity = reader.choice(item, "a severity", &SEVERITIES);
        }
        "rules" => values.rules = rules(reader, item),
        _ => {}
    }
}

fn vendors<'t>(reader: &mut Reader<'t>, item: &Item<'t>) -> Option<Vec<String>> {
    let strings = reader.strings(item, "nginx")?;
    let known = strings.into_iter().filter_map(|(item, text)| match vendor(text) {
        Ok(vendor) => Some(vendor.to_owned()),
        Err(message) => {
            reader.error(&item, message);
            None
        }
    });
    Some(known.collect())
}

fn rules<'t>(reader: &mut Reader<'t>, item: &Item<'t>) -> BTreeMap<&'static str, Level> {
    let example = reader.pair("magic-code", "\"hint\"");
    let what = format!("{} such as {{ {example} }}", reader.syntax.table());
    let Some(table) = reader.table(item, &what) else {
        return BTreeMap::new();
    };
    let mut rules = BTreeMap::new();
    for item in all_entries(table, &item.key) {
        match rule(item.name) {
            Ok(rule) => {
                if let Some(severity) = reader.choice(&item, "a severity", &SEVERITIES) {
                    rules.insert(rule, severity);
                }
            }
            Err(message) => reader.key_error(&item, message),
        }
    }
    rules
}

/// The vendor catalogue of this id; the error says which may have been meant.
pub fn vendor(id: &str) -> Result<&'static str, String> {
    vendor_ids().find(|known| *known == id).ok_or_else(|| {
        let known = || vendor_ids().collect::<Vec<_>>().join(", ");
        let meant = suggestion(id, vendor_ids(), || format!("there are {}", known()));
        format!("there is no vendor catalogue \"{id}\"; {meant}")
    })
}

/// The rule of this name; the error says which may have been meant.
pub(crate) fn rule(name: &str) -> Result<&'static str, String> {
    let names = || statuslint_lint::rules().iter().map(|rule| rule.name);
    names().find(|known| *known == name).ok_or_else(|| {
        let meant = suggestion(name, names(), || "`statuslint rules` lists them".to_owned());
        format!("there is no rule \"{name}\"; {meant}")
    })
}

fn globs<'t>(reader: &mut Reader<'t>, item: &Item<'t>) -> Option<Globs> {
    let strings = reader.strings(item, "tests/**")?;
    match Globs::new(strings.iter().map(|(_, text)| *text)) {
        Ok(globs) => Some(globs),
        Err((index, problem)) => {
            let (item, text) = &strings[index];
            reader.error(item, format!("\"{text}\" is not a usable pattern: {problem}"));
            None
        }
    }
}

/// Reads every table of an array of tables.
fn each<'t, T>(
    reader: &mut Reader<'t>,
    item: &Item<'t>,
    read: fn(&mut Reader<'t>, &Item<'t>, &'t DeTable<'t>) -> Option<T>,
) -> Option<Vec<T>> {
    let tables = reader.tables(item)?;
    Some(tables.into_iter().filter_map(|(item, table)| read(reader, &item, table)).collect())
}

fn path_override<'t>(
    reader: &mut Reader<'t>,
    at: &Item<'t>,
    table: &'t DeTable<'t>,
) -> Option<(Globs, Values)> {
    let (mut paths, mut values) = (None, Values::default());
    for item in reader.entries(table, &at.key, &OVERRIDE_KEYS) {
        match item.name {
            "paths" => paths = Some(globs(reader, &item)),
            _ => value(reader, &item, &mut values),
        }
    }
    if paths.is_none() {
        let example = reader.pair("paths", "[\"tests/**\"]");
        reader.error(at, format!("does not say for which files: {example}"));
    }
    Some((paths??, values))
}
