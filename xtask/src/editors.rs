//! `editors`: the table of editors, from what they have shown to the tests, and the lists of languages
//! of those that need one.

mod lists;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::languages::{between, read};

const EDITORS: &str = "editors/editors.toml";
const RESULTS: &str = "tests/editors/results.toml";

/// The documents with the table, and the way from them to the folder of the editors.
const TABLES: &[(&str, &str)] = &[("README.md", "editors/"), ("editors/README.md", "")];

/// What the table is written between.
const BEGIN: &str = "<!-- written by `cargo xtask editors` -->\n\n";
const END: &str = "<!-- until here -->";

/// What editors show, as results.toml calls it, and the head of its column.
const FEATURES: &[(&str, &str)] = &[
    ("diagnostics", "findings"),
    ("hover", "hover"),
    ("fix", "fixes"),
    ("hints", "hints"),
    ("completion", "completion"),
    ("configuration", "follows `statuslint.toml`"),
    ("killed", "server returns"),
    ("missing", "says when it is missing"),
];

/// `editors.toml`.
#[derive(Debug, Deserialize)]
struct Editors {
    editor: Vec<Editor>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Editor {
    name: String,
    folder: String,
    #[serde(default)]
    clients: Vec<String>,
    checked: Option<String>,
}

/// `results.toml`.
#[derive(Debug, Deserialize)]
struct Results {
    result: Vec<Row>,
}

/// What a client has shown.
#[derive(Debug, Deserialize)]
struct Row {
    client: String,
    version: String,
    shown: Vec<String>,
}

/// Writes the documents of the repository at `root`.
pub(crate) fn run(root: &Path) -> Result<()> {
    for (path, text) in documents(root)? {
        fs::write(root.join(&path), text).with_context(|| format!("cannot write {path}"))?;
    }
    Ok(())
}

/// The documents as they are to be.
fn documents(root: &Path) -> Result<Vec<(String, String)>> {
    let editors: Editors = parse(root, EDITORS)?;
    let results: Results = parse(root, RESULTS)?;
    let mut documents = lists::documents(root)?;
    for (path, way) in TABLES {
        let table = table(&editors.editor, &results.result, way)?;
        let text = between(&read(&root.join(path))?, BEGIN, END, &table);
        documents.push(((*path).to_owned(), text.with_context(|| (*path).to_owned())?));
    }
    Ok(documents)
}

fn parse<T: serde::de::DeserializeOwned>(root: &Path, path: &str) -> Result<T> {
    toml::from_str(&read(&root.join(path))?).with_context(|| path.to_owned())
}

/// A row for each client, and one for each editor that no test drives.
fn table(editors: &[Editor], results: &[Row], way: &str) -> Result<String> {
    let heads: Vec<&str> = FEATURES.iter().map(|(_, head)| *head).collect();
    let mut table = format!("| editor | tried in | {} |\n", heads.join(" | "));
    let _ = writeln!(table, "| --- | --- |{}", " :-: |".repeat(heads.len()));
    let told: Vec<&String> = editors.iter().flat_map(|editor| &editor.clients).collect();
    for Row { client, .. } in results {
        ensure!(told.contains(&client), "{EDITORS} names no client `{client}` of {RESULTS}");
    }
    for Editor { name, folder, clients, checked } in editors {
        let link = format!("[{name}]({way}{folder})");
        if clients.is_empty() {
            let Some(checked) = checked else {
                bail!("{EDITORS}: {name} has no clients, and nothing it was checked against")
            };
            let empty = " |".repeat(FEATURES.len());
            let _ = writeln!(table, "| {link} | not tried; checked against {checked} |{empty}");
        }
        for client in clients {
            let row = results.iter().find(|row| row.client == *client);
            let row = row.with_context(|| format!("{RESULTS} has nothing about `{client}`"))?;
            let marks: String = FEATURES
                .iter()
                .map(
                    |(feature, _)| {
                        if row.shown.iter().any(|it| it == feature) { " ✓ |" } else { " |" }
                    },
                )
                .collect();
            let _ = writeln!(table, "| {link} | {} |{marks}", row.version);
        }
    }
    table.push('\n');
    Ok(table)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::{EDITORS, Editors, documents, parse, read};
    use crate::root;

    #[test]
    fn the_tables_and_lists_are_up_to_date() {
        for (path, text) in documents(root()).unwrap() {
            let written = read(&root().join(&path)).unwrap();
            assert!(written == text, "{path} is out of date: run `cargo xtask editors`");
        }
    }

    #[test]
    fn every_folder_is_an_editor_s() {
        let editors: Editors = parse(root(), EDITORS).unwrap();
        let told: BTreeSet<String> = editors.editor.into_iter().map(|it| it.folder).collect();
        let entries = fs::read_dir(root().join("editors")).unwrap().map(Result::unwrap);
        let folders = entries.filter(|entry| entry.path().is_dir());
        let there: BTreeSet<String> =
            folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
        assert_eq!(told, there);
        for folder in there {
            let readme = root().join("editors").join(&folder).join("README.md");
            assert!(readme.is_file(), "editors/{folder} has no README.md");
        }
    }
}
