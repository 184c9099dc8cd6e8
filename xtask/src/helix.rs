//! `languages`, for Helix: its `languages.toml`, with statuslint beside the servers it runs by itself.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::languages::FOLDERS;

const SERVERS: &str = "editors/helix/servers.toml";
const LANGUAGES: &str = "editors/helix/languages.toml";

const HEAD: &str = "\
# statuslint beside the servers that Helix runs by itself. Written by `cargo xtask languages`.

[language-server.statuslint]
command = \"statuslint\"
args = [\"lsp\"]
";

/// `servers.toml`.
#[derive(Debug, Deserialize)]
struct Servers {
    language: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    of: String,
    name: String,
    servers: Vec<String>,
    /// Where Helix has no such language.
    scope: Option<String>,
    #[serde(default)]
    file_types: Vec<String>,
}

/// Writes `languages.toml` of the repository at `root`.
pub(crate) fn run(root: &Path) -> Result<()> {
    let text = languages(&rows(root)?);
    fs::write(root.join(LANGUAGES), text).with_context(|| format!("cannot write {LANGUAGES}"))
}

fn rows(root: &Path) -> Result<Vec<Row>> {
    let text = fs::read_to_string(root.join(SERVERS)).with_context(|| SERVERS.to_owned())?;
    let servers: Servers = toml::from_str(&text).with_context(|| SERVERS.to_owned())?;
    for row in &servers.language {
        let there = root.join(FOLDERS).join(&row.of).is_dir();
        ensure!(there, "{SERVERS}: statuslint has no language `{}`", row.of);
    }
    Ok(servers.language)
}

fn languages(rows: &[Row]) -> String {
    let mut text = HEAD.to_owned();
    for row in rows {
        let _ = write!(text, "\n[[language]]\nname = \"{}\"\n", row.name);
        if let Some(scope) = &row.scope {
            let _ = writeln!(text, "scope = \"{scope}\"\nfile-types = {:?}", row.file_types);
        }
        let mut servers = row.servers.clone();
        servers.push("statuslint".to_owned());
        let _ = writeln!(text, "language-servers = {servers:?}");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_file_is_what_would_be_written() {
        let root = crate::root();
        let found = fs::read_to_string(root.join(LANGUAGES)).unwrap();
        let written = languages(&rows(root).unwrap());
        assert_eq!(found, written, "run `cargo xtask languages`");
    }

    #[test]
    fn every_language_is_there() {
        let root = crate::root();
        let rows = rows(root).unwrap();
        let here: BTreeSet<_> = rows.iter().map(|row| row.of.clone()).collect();
        let folders: BTreeSet<_> = fs::read_dir(root.join(FOLDERS))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(here, folders, "{SERVERS} says what Helix runs for each language");
    }

    #[test]
    fn a_language_that_helix_lacks_is_defined_as_a_whole() {
        let row = Row {
            of: "http".to_owned(),
            name: "http".to_owned(),
            servers: vec!["other".to_owned()],
            scope: Some("source.http".to_owned()),
            file_types: vec!["http".to_owned(), "rest".to_owned()],
        };
        let end = "\n[[language]]\nname = \"http\"\nscope = \"source.http\"\n\
                   file-types = [\"http\", \"rest\"]\n\
                   language-servers = [\"other\", \"statuslint\"]\n";
        assert_eq!(languages(&[row]).strip_prefix(HEAD), Some(end));
    }
}
