//! What a project says about its own code: `[[call]]`, `[[name]]` and `[[code]]`.

use statuslint_codes::StatusCode;
use statuslint_languages::{Argument, OwnCall};
use statuslint_lint::PrivateCode;
use toml::de::DeTable;

use crate::Place;
use crate::reader::{Item, Reader};

/// The keys of a `[[call]]`.
pub(crate) const CALL_KEYS: [&str; 3] = ["name", "argument", "keyword"];

/// The keys of a `[[name]]`.
pub(crate) const NAME_KEYS: [&str; 1] = ["pattern"];

/// The keys of a `[[code]]`.
pub(crate) const CODE_KEYS: [&str; 2] = ["code", "name"];

/// Reads a `[[call]]`.
pub(crate) fn call<'t>(
    reader: &mut Reader<'t>,
    at: &Item<'t>,
    table: &'t DeTable<'t>,
) -> Option<OwnCall> {
    let (mut name, mut arguments, mut failed) = (None, Vec::new(), false);
    for item in reader.entries(table, &at.key, &CALL_KEYS) {
        match item.name {
            "name" => name = Some(identifier(reader, &item, "respond_with")),
            "argument" => match reader.number(&item, 0..=255, 0) {
                Some(position) => arguments.push(Argument::Position(position.into())),
                None => failed = true,
            },
            _ => match identifier(reader, &item, "status") {
                Some(keyword) => arguments.push(Argument::Keyword(keyword)),
                None => failed = true,
            },
        }
    }
    if name.is_none() {
        let example = reader.pair("name", "\"respond_with\"");
        reader.error(at, format!("lacks the name of the function: {example}"));
    }
    match (arguments.len(), failed) {
        (0, false) => {
            let example = reader.pair("argument", "0");
            reader.error(at, format!("does not say where the status is: {example} (the first)"));
        }
        (2, _) => reader.error(at, "has both argument and keyword; say one"),
        _ => {}
    }
    Some(OwnCall { name: name??, argument: arguments.pop()? })
}

/// Reads a `[[name]]`.
pub(crate) fn name<'t>(
    reader: &mut Reader<'t>,
    at: &Item<'t>,
    table: &'t DeTable<'t>,
) -> Option<String> {
    let entries = reader.entries(table, &at.key, &NAME_KEYS);
    let Some(item) = entries.first() else {
        let example = reader.pair("pattern", "\"rc\"");
        reader.error(at, format!("lacks the identifier: {example}"));
        return None;
    };
    let text = reader.string(item, "rc")?;
    if !text.is_empty() && text.chars().all(|c| is_part(c) || c == '*') {
        return Some(text.to_owned());
    }
    reader.error(item, format!("\"{text}\" is not a name, nor one with `*` for a part of it"));
    None
}

/// The name alone: no dots, no spaces.
fn identifier<'t>(reader: &mut Reader<'t>, item: &Item<'t>, example: &str) -> Option<String> {
    let text = reader.string(item, example)?;
    if text.chars().all(is_part) {
        return Some(text.to_owned());
    }
    let last = text.rsplit(|c| !is_part(c)).find(|last| !last.is_empty()).unwrap_or(example);
    reader.error(item, format!("\"{text}\" is not a name; write it alone, as in \"{last}\""));
    None
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || "_$@?!".contains(c)
}

/// Reads every `[[code]]`, with the place of its number.
pub(crate) fn codes<'t>(
    reader: &mut Reader<'t>,
    item: &Item<'t>,
) -> Option<Vec<(PrivateCode, Place)>> {
    let mut codes: Vec<(PrivateCode, Place)> = Vec::new();
    for (at, table) in reader.tables(item)? {
        if let Some((private, place)) = code(reader, &at, table) {
            if let Some((other, _)) = codes.iter().find(|(other, _)| other.code == private.code) {
                let message = format!("{} is already \"{}\"", private.code, other.name);
                reader.error(&at, format!("{message}; give a code one name"));
                continue;
            }
            codes.push((private, place));
        }
    }
    Some(codes)
}

fn code<'t>(
    reader: &mut Reader<'t>,
    at: &Item<'t>,
    table: &'t DeTable<'t>,
) -> Option<(PrivateCode, Place)> {
    let (mut code, mut name, mut place) = (None, None, None);
    for item in reader.entries(table, &at.key, &CODE_KEYS) {
        match item.name {
            "code" => {
                code = Some(reader.number(&item, 100..=999, 470));
                place = Some(reader.place(&item));
            }
            _ => name = Some(reader.string(&item, "Tenant Suspended")),
        }
    }
    if code.is_none() {
        let example = reader.pair("code", "470");
        reader.error(at, format!("lacks the number: {example}"));
    }
    if name.is_none() {
        let example = reader.pair("name", "\"Tenant Suspended\"");
        reader.error(at, format!("lacks the meaning: {example}"));
    }
    Some((PrivateCode { code: StatusCode::new(code??), name: name??.to_owned() }, place?))
}
