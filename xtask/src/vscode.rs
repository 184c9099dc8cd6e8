//! `vscode`: the settings of the extension for Visual Studio Code, from the schema of the server's
//! and the extension's own.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

const MANIFEST: &str = "editors/vscode/package.json";
const OWN: &str = "editors/vscode/settings.json";

/// What the block of the settings begins and ends with in the manifest.
const BEGIN: &str = "\n    \"configuration\": {\n";
const END: &str = "\n    },\n";

/// Writes the settings into the manifest of the repository at `root`.
pub(crate) fn run(root: &Path) -> Result<()> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--package", "statuslint", "--"]);
    fs::write(root.join(MANIFEST), current(root, cargo)?)
        .with_context(|| format!("cannot write {MANIFEST}"))
}

/// The manifest as it is to be.
fn current(root: &Path, mut program: Command) -> Result<String> {
    let output = program
        .args(["schema", "--editor"])
        .current_dir(root)
        .output()
        .context("cannot run statuslint")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let schema: Value = serde_json::from_slice(&output.stdout).context("no JSON schema")?;
    let own = read(root, OWN)?;
    let own: Map<String, Value> = serde_json::from_str(&own).with_context(|| OWN.to_owned())?;
    with_settings(&read(root, MANIFEST)?, &configuration(&schema, own)?)
}

/// What the extension contributes: the settings of the server for each folder, and its own.
fn configuration(schema: &Value, own: Map<String, Value>) -> Result<Value> {
    let described = schema["properties"].as_object().context("the schema has no properties")?;
    let mut properties = Map::new();
    for (key, setting) in described {
        properties.insert(format!("statuslint.{key}"), contributed(setting.clone()));
    }
    for (key, setting) in own {
        ensure!(key.starts_with("statuslint."), "{OWN}: {key} is not of statuslint");
        ensure!(!properties.contains_key(&key), "{OWN}: {key} is one of the server's settings");
        properties.insert(key, setting);
    }
    Ok(json!({"title": "statuslint", "properties": properties}))
}

/// A setting of the server as the editor wants it.
fn contributed(mut setting: Value) -> Value {
    let nothing = match setting["type"].as_str() {
        Some("array") => Some(json!([])),
        Some("object") => Some(json!({})),
        _ => None,
    };
    if let Some(entries) = setting.as_object_mut() {
        let description = entries.remove("description").unwrap_or_default();
        entries.entry("markdownDescription").or_insert(description);
        entries.insert("scope".to_owned(), json!("resource"));
        if let Some(nothing) = nothing {
            entries.entry("default").or_insert(nothing);
        }
    }
    setting
}

/// The manifest with these settings, all else as it is written.
fn with_settings(manifest: &str, configuration: &Value) -> Result<String> {
    let (before, rest) =
        manifest.split_once(BEGIN).with_context(|| format!("{MANIFEST} has no settings"))?;
    let (_, after) =
        rest.split_once(END).with_context(|| format!("the settings of {MANIFEST} do not end"))?;
    let block = format!("{configuration:#}").replace('\n', "\n    ");
    let block = block.strip_prefix("{\n").context("the settings are an object")?;
    Ok(format!("{before}{BEGIN}{block},\n{after}"))
}

fn read(root: &Path, path: &str) -> Result<String> {
    fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_the_extension_are_up_to_date() {
        let root = crate::root();
        let manifest = current(root, Command::new(statuslint_tests::binary())).unwrap();
        assert!(read(root, MANIFEST).unwrap() == manifest, "run cargo xtask vscode");
        let manifest: Value = serde_json::from_str(&manifest).unwrap();
        let properties = manifest["contributes"]["configuration"]["properties"].as_object();
        for (key, setting) in properties.unwrap() {
            for part in ["type", "default", "scope", "markdownDescription"] {
                assert!(setting.get(part).is_some(), "{key} has no {part}");
            }
        }
    }

    #[test]
    fn only_the_settings_are_replaced() {
        let manifest = "{\n  \"contributes\": {\n    \"commands\": [],\n    \"configuration\": {\n      \
            \"x\": {\n      }\n    },\n    \"views\": {}\n  }\n}\n";
        let made = with_settings(manifest, &json!({"a": {"b": 1}})).unwrap();
        let expected = "{\n  \"contributes\": {\n    \"commands\": [],\n    \"configuration\": {\n      \
            \"a\": {\n        \"b\": 1\n      }\n    },\n    \"views\": {}\n  }\n}\n";
        assert_eq!(made, expected);
        assert_eq!(with_settings(&made, &json!({"a": {"b": 1}})).unwrap(), made);
        assert!(with_settings("{}", &json!({})).is_err());
    }

    #[test]
    fn the_extension_does_not_take_a_setting_of_the_server() {
        let schema = json!({"properties": {"allow": {"type": "array", "description": "x"}}});
        let own = |key: &str| Map::from_iter([(key.to_owned(), json!({}))]);
        let made = configuration(&schema, own("statuslint.path")).unwrap();
        assert_eq!(
            made["properties"]["statuslint.allow"],
            json!({"type": "array", "default": [], "scope": "resource", "markdownDescription": "x"}),
        );
        assert!(configuration(&schema, own("statuslint.allow")).is_err());
        assert!(configuration(&schema, own("path")).is_err());
    }
}
