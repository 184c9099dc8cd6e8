//! The JSON schema of `statuslint.toml`, by which editors complete and check it, and of its keys
//! among an editor's settings.

use serde_json::{Map, Value, json};
use statuslint_codes::vendor_ids;
use statuslint_lint::{Settings, rules};

use crate::PREFERENCES;
use crate::layer::{EVIDENCE, OVERRIDE_KEYS, SEVERITIES, TOP_KEYS};
use crate::own::{CALL_KEYS, CODE_KEYS, NAME_KEYS};

/// The JSON schema (draft 7) of a configuration, with a line break at its end.
pub fn schema() -> String {
    let mut schema = table(&TOP_KEYS, &[]);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("statuslint.toml");
    schema["description"] = json!("The configuration of statuslint for the files in its folder.");
    format!("{schema:#}\n")
}

/// The schema of each of the [`PREFERENCES`]: that of the same key of the file.
pub fn preferences_schema() -> Map<String, Value> {
    properties(PREFERENCES)
}

/// A table with these keys of settings and no others, of which some must be there.
fn table(keys: &[&str], required: &[&str]) -> Value {
    closed(&properties(keys), required)
}

fn properties(keys: &[&str]) -> Map<String, Value> {
    let described = |key: &&str| ((*key).to_owned(), described(description(key), value(key)));
    keys.iter().map(described).collect()
}

/// A table by which a project describes its own code.
fn own(keys: &[&str], required: &[&str]) -> Value {
    let described = |key: &&str| ((*key).to_owned(), own_value(key));
    closed(&keys.iter().map(described).collect(), required)
}

fn closed(properties: &Map<String, Value>, required: &[&str]) -> Value {
    let mut table =
        json!({"type": "object", "additionalProperties": false, "properties": properties});
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table
}

/// What a key takes, at the top as well as in an `[[override]]`.
fn value(key: &str) -> Value {
    match key {
        "vendors" => list(&json!({"enum": vendor_ids().collect::<Vec<_>>()})),
        "allow" => list(&number(0, u16::MAX)),
        "exclude" | "paths" => list(&text()),
        "evidence" => choice(&EVIDENCE, Settings::default().evidence),
        "test-severity" => choice(&SEVERITIES, Settings::default().test_severity),
        "rules" => rule_severities(),
        "call" => {
            let mut call = own(&CALL_KEYS, &["name"]);
            call["oneOf"] = json!([{"required": ["argument"]}, {"required": ["keyword"]}]);
            list(&call)
        }
        "name" => list(&own(&NAME_KEYS, &NAME_KEYS)),
        "code" => list(&own(&CODE_KEYS, &CODE_KEYS)),
        "override" => list(&table(&OVERRIDE_KEYS, &["paths"])),
        _ => text(),
    }
}

/// What a key of a table takes by which a project describes its own code.
fn own_value(key: &str) -> Value {
    match key {
        "argument" => described("Which argument is the status, from 0.", number(0, 255)),
        "keyword" => described("Which keyword argument is the status.", text()),
        "pattern" => described("The identifier; `*` stands for any part of it.", text()),
        "code" => described("The number of the code.", number(100, 999)),
        _ => described("The name of the function, or of the code.", text()),
    }
}

fn number(minimum: u16, maximum: u16) -> Value {
    json!({"type": "integer", "minimum": minimum, "maximum": maximum})
}

fn text() -> Value {
    json!({"type": "string", "minLength": 1})
}

fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

fn choice<T: Copy + PartialEq>(words: &[(&str, T)], default: T) -> Value {
    let all: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    let default = words.iter().find(|(_, meant)| *meant == default).map(|(word, _)| *word);
    json!({"enum": all, "default": default})
}

fn rule_severities() -> Value {
    let properties: Map<String, Value> = rules()
        .iter()
        .map(|rule| {
            let severity = choice(&SEVERITIES, rule.severity);
            (rule.name.to_owned(), described(rule.summary, severity))
        })
        .collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

fn described(description: &str, mut value: Value) -> Value {
    value["description"] = json!(description);
    value
}

/// What a key is for, in a sentence.
fn description(key: &str) -> &'static str {
    match key {
        "extends" => "Another configuration that this one builds on, relative to this file.",
        "vendors" => "Catalogues of codes that count beside the registry.",
        "allow" => "Codes that are used knowingly.",
        "exclude" => "Files and folders that are not looked at, as patterns of a .gitignore.",
        "evidence" => "How sure a place must be to hold a status.",
        "test-severity" => "What rules about codes drop to in test files.",
        "rules" => "The severity of each rule.",
        "call" => "Functions of the project that take a status.",
        "name" => "Names of the project's own.",
        "code" => "Private codes with a meaning.",
        "override" => "Other settings for some paths.",
        "paths" => "The files they are for, as patterns of a .gitignore.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(table: &Value) -> BTreeSet<&str> {
        table["properties"].as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read_and_no_others() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let inner = |key: &str| &schema["properties"][key]["items"];
        for (table, read) in [
            (&schema, &TOP_KEYS[..]),
            (inner("override"), &OVERRIDE_KEYS),
            (inner("call"), &CALL_KEYS),
            (inner("name"), &NAME_KEYS),
            (inner("code"), &CODE_KEYS),
        ] {
            assert_eq!(keys(table), read.iter().copied().collect());
            for (key, value) in table["properties"].as_object().unwrap() {
                assert_ne!(value["description"], "", "{key} is not described");
            }
        }
        for place in [&schema, inner("override")] {
            let names = rules().iter().map(|rule| rule.name).collect();
            assert_eq!(keys(&place["properties"]["rules"]), names);
        }
    }
}
