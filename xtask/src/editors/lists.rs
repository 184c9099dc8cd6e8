//! The languages as editors call them: by the ids of the protocol, by the names of the files, and by names of
//! the editor's own from editors/names.toml.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::languages::{FOLDERS, Folder, between, folders, read};

const NAMES: &str = "editors/names.toml";

/// What editors without our ids call a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    kate: Vec<String>,
    sublime: Vec<String>,
    zed: Vec<String>,
}

/// The documents with a list of languages, as they are to be.
pub(super) fn documents(root: &Path) -> Result<Vec<(String, String)>> {
    let folders = folders(&root.join(FOLDERS))?;
    let names: BTreeMap<String, Names> =
        toml::from_str(&read(&root.join(NAMES))?).with_context(|| NAMES.to_owned())?;
    let known: BTreeSet<&String> = folders.iter().map(|folder| &folder.id).collect();
    ensure!(known == names.keys().collect(), "{NAMES} does not have the languages of {FOLDERS}");
    let all =
        |of: fn(&Names) -> &Vec<String>| -> Vec<&String> { names.values().flat_map(of).collect() };
    let own = |path: &str| read(&root.join(path));
    let manifest = "editors/vscode/package.json";
    let extension = "editors/zed/extension.toml";
    Ok(vec![
        ("editors/kate/settings.json".to_owned(), kate(&all(|names| &names.kate))),
        ("editors/sublime/LSP.sublime-settings".to_owned(), sublime(&all(|names| &names.sublime))),
        (extension.to_owned(), zed(&own(extension)?, &all(|names| &names.zed))?),
        ("editors/jetbrains/template.json".to_owned(), jetbrains(&folders)),
        ("editors/vscode/src/documents.json".to_owned(), vscode(&folders)),
        (manifest.to_owned(), activation(&own(manifest)?, &folders)?),
    ])
}

/// Kate takes the first server whose expression fits the mode of highlighting.
fn kate(modes: &[&String]) -> String {
    let quoted: Vec<String> = modes.iter().map(|mode| quoted(mode)).collect();
    let server = json!({
        "command": ["statuslint", "lsp"],
        "url": "https://github.com/statuslint/statuslint",
        "highlightingModeRegex": format!("^({})$", quoted.join("|")),
    });
    pretty(&json!({ "servers": { "statuslint": server } }))
}

/// A name as a part of a regular expression.
fn quoted(name: &str) -> String {
    let special = |c: char| "+()".contains(c);
    name.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

fn sublime(scopes: &[&String]) -> String {
    let selector: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    let client = json!({
        "enabled": true,
        "command": ["statuslint", "lsp"],
        "selector": selector.join(" | "),
    });
    pretty(&json!({ "clients": { "statuslint": client } }))
}

fn zed(text: &str, languages: &[&String]) -> Result<String> {
    let lines: Vec<String> = languages.iter().map(|it| format!("    \"{it}\",\n")).collect();
    between(text, "languages = [\n", "]", &lines.concat())
}

/// LSP4IJ goes by the names of files where an IDE has no language of its own for them.
fn jetbrains(folders: &[Folder]) -> String {
    let mapping = |folder: &Folder| {
        let extensions = folder.header.extensions.iter().map(|extension| format!("*.{extension}"));
        json!({
            "fileType": { "name": folder.header.title, "patterns": extensions.collect::<Vec<_>>() },
            "languageId": folder.id,
        })
    };
    let mappings: Vec<Value> = folders.iter().map(mapping).collect();
    pretty(&json!({
        "id": "statuslint",
        "name": "statuslint",
        "programArgs": { "default": "statuslint lsp", "windows": "statuslint.exe lsp" },
        "fileTypeMappings": mappings,
    }))
}

fn vscode(folders: &[Folder]) -> String {
    let all = |of: fn(&Folder) -> &Vec<String>| -> BTreeSet<&String> {
        folders.iter().flat_map(of).collect()
    };
    pretty(&json!({
        "languages": ids(folders),
        "extensions": all(|folder| &folder.header.extensions),
        "paths": all(|folder| &folder.header.paths),
    }))
}

/// Visual Studio Code starts the extension at the first document of one of these.
fn activation(text: &str, folders: &[Folder]) -> Result<String> {
    // The server's configuration files of some have no language of their own there.
    let languages = ids(folders).into_iter().chain(["plaintext", "properties"]);
    let languages: BTreeSet<String> = languages.map(|id| format!("onLanguage:{id}")).collect();
    let files =
        ["statuslint.toml", ".statuslint.toml"].map(|name| format!("workspaceContains:{name}"));
    let events: Vec<String> =
        languages.into_iter().chain(files).map(|event| format!("    \"{event}\"")).collect();
    between(text, "\"activationEvents\": [\n", "\n  ],", &events.join(",\n"))
}

/// The ids of the protocol, ours and what others call them.
fn ids(folders: &[Folder]) -> BTreeSet<&str> {
    let ids = folders.iter().flat_map(|folder| folder.header.aliases.iter().chain([&folder.id]));
    ids.map(String::as_str).collect()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
