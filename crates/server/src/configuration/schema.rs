//! The JSON schema of an editor's settings: the keys of the configuration file, and our own.

use serde_json::{Map, Value, json};
use statuslint_config::preferences_schema;
use statuslint_lint::rules;

use super::options::KEYS;

/// What the words of some keys mean; editors show it beside them.
const MEANINGS: [(&str, &str); 7] = [
    ("error", "Reported as an error."),
    ("warning", "Reported as a warning."),
    ("info", "Reported as information."),
    ("hint", "Reported as a hint."),
    ("off", "Not reported."),
    ("certain", "A known API, or a name or type that says HTTP status."),
    ("likely", "Also a plausible name in a file that does HTTP."),
];

/// The JSON schema (draft 7) of the settings an editor gives, with a line break at its end.
///
/// Beside what JSON schemas have, it says what editors show: `enumDescriptions` and, with a link,
/// `markdownDescription`.
pub fn settings_schema() -> String {
    let mut properties = preferences_schema();
    properties.extend(KEYS.iter().map(|key| ((*key).to_owned(), own(key))));
    properties.values_mut().for_each(explain);
    link_rules(&mut properties);
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of statuslint in an editor",
        "description": "Where the statuslint.toml of a project says something of a key, that holds.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    format!("{schema:#}\n")
}

/// A setting that the configuration file does not have.
fn own(key: &str) -> Value {
    let names = || rules().iter().map(|rule| rule.name);
    let summaries = || rules().iter().map(|rule| rule.summary);
    let list = |description: &str| {
        json!({
            "description": description,
            "type": "array",
            "items": {
                "enum": names().chain(["all"]).collect::<Vec<_>>(),
                "enumDescriptions": summaries().chain(["Every rule."]).collect::<Vec<_>>(),
            },
            "default": [],
        })
    };
    match key {
        "config" => json!({
            "description": "One configuration file for every document; its path counts from the workspace folder.",
            "type": "string",
            "default": "",
        }),
        "select" => list(
            "The only rules that run, whatever the configuration says; when empty, it decides.",
        ),
        "ignore" => list("Rules that do not run, whatever the configuration says."),
        "inlayHints" => json!({
            "description": "Whether reason phrases are shown beside the numbers.",
            "type": "boolean",
            "default": true,
        }),
        _ => json!({}),
    }
}

/// Says what the words of an enumeration are and mean, wherever there is one.
fn explain(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::Array(words)) = entries.get("enum").cloned() {
                entries.insert("type".to_owned(), json!("string"));
                let meanings = words.iter().map(|word| meaning(word.as_str()?)).collect();
                if let Some(Value::Array(meanings)) = meanings {
                    entries.insert("enumDescriptions".to_owned(), Value::Array(meanings));
                }
            }
            entries.values_mut().for_each(explain);
        }
        Value::Array(schemas) => schemas.iter_mut().for_each(explain),
        _ => {}
    }
}

fn meaning(word: &str) -> Option<Value> {
    MEANINGS.iter().find(|(known, _)| *known == word).map(|(_, meaning)| json!(meaning))
}

/// Leads from each rule to its page.
fn link_rules(properties: &mut Map<String, Value>) {
    for rule in rules() {
        let known = properties
            .get_mut("rules")
            .and_then(|it| it.pointer_mut("/properties")?.get_mut(rule.name));
        if let Some(known) = known {
            let text = format!("{} [More]({})", rule.summary, rule.url());
            known["markdownDescription"] = json!(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Map, Value, json};
    use statuslint_config::{PREFERENCES, schema};
    use statuslint_lint::rules;

    use super::{KEYS, settings_schema};
    use crate::configuration::options::EditorOptions;

    fn properties() -> Map<String, Value> {
        let schema: Value = serde_json::from_str(&settings_schema()).unwrap();
        schema["properties"].as_object().unwrap().clone()
    }

    #[test]
    fn the_schema_has_the_settings_that_are_read_and_no_others() {
        let properties = properties();
        let described: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        assert_eq!(described, KEYS.iter().chain(PREFERENCES).copied().collect());
        let file: Value = serde_json::from_str(&schema()).unwrap();
        for (key, value) in &properties {
            assert!(value["description"].as_str().is_some_and(|it| !it.is_empty()), "{key}");
            assert!(value["type"].is_string(), "{key}: settings editors want a type");
            if PREFERENCES.contains(&key.as_str()) {
                assert_eq!(value["description"], file["properties"][key]["description"]);
            }
        }
        for rule in rules() {
            let known = &properties["rules"]["properties"][rule.name];
            assert!(known["markdownDescription"].as_str().unwrap().contains(&rule.url()));
            assert_eq!(known["enumDescriptions"].as_array().unwrap().len(), 5);
        }
    }

    #[test]
    fn the_defaults_are_settings_and_say_nothing() {
        let defaults = properties().into_iter().filter_map(|(key, mut value)| {
            let default = value.get_mut("default").map(Value::take)?;
            Some((key, default))
        });
        let defaults: Map<String, Value> = defaults.collect();
        assert!(defaults.len() > KEYS.len(), "{defaults:?}");
        assert_eq!(defaults["inlayHints"], json!(true));
        let (options, problems) = EditorOptions::read(&Value::Object(defaults));
        assert_eq!(problems, []);
        assert_eq!((options.config, options.inlay_hints), (None, Some(true)));
    }
}
