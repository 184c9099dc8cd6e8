//! `languages`: the lists of languages in the README and for editors, from the folders.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// Where the folders are.
pub(crate) const FOLDERS: &str = "crates/languages/languages";

/// This many libraries of a language are named.
const NAMED: usize = 6;

/// What writes the list of a document anew.
type List = fn(&str, &[Folder]) -> Result<String>;

/// The documents with a list.
const DOCUMENTS: &[(&str, List)] =
    &[("README.md", with_table), ("editors/neovim/lsp/statuslint.lua", with_filetypes)];

/// What the lists say of a language.
#[derive(Debug)]
pub(crate) struct Folder {
    id: String,
    header: Header,
    libraries: Vec<String>,
    constants: usize,
}

/// `language.toml`, as far as the lists need it.
#[derive(Debug, Deserialize)]
struct Header {
    title: String,
    #[serde(default)]
    extensions: Vec<String>,
    #[serde(default)]
    filenames: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
    extends: Option<String>,
    about: Option<String>,
}

/// `vocabulary.toml`, as far as the lists need it.
#[derive(Debug, Default, Deserialize)]
struct Vocabulary {
    #[serde(default)]
    api: Vec<Api>,
}

#[derive(Debug, Deserialize)]
struct Api {
    name: String,
}

/// Writes the lists of the repository at `root`.
pub(crate) fn run(root: &Path) -> Result<()> {
    for (path, text) in documents(root)? {
        fs::write(root.join(path), text).with_context(|| format!("cannot write {path}"))?;
    }
    Ok(())
}

/// The documents as they are to be.
fn documents(root: &Path) -> Result<Vec<(&'static str, String)>> {
    let folders = folders(&root.join(FOLDERS))?;
    DOCUMENTS
        .iter()
        .map(|(path, list)| {
            let text = read(&root.join(path))?;
            Ok((*path, list(&text, &folders).with_context(|| (*path).to_owned())?))
        })
        .collect()
}

/// The folders, by title.
fn folders(path: &Path) -> Result<Vec<Folder>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
        let path = entry?.path();
        let id = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let parse = |name: &str| format!("{id}/{name} is not what it should be");
        let header = read(&path.join("language.toml"))?;
        let header: Header = toml::from_str(&header).with_context(|| parse("language.toml"))?;
        let vocabulary = fs::read_to_string(path.join("vocabulary.toml")).unwrap_or_default();
        let vocabulary: Vocabulary =
            toml::from_str(&vocabulary).with_context(|| parse("vocabulary.toml"))?;
        let constants = fs::read_to_string(path.join("constants.tsv")).unwrap_or_default();
        folders.push(Folder {
            id,
            header,
            libraries: vocabulary.api.into_iter().map(|api| api.name).collect(),
            constants: constants.lines().skip(1).count(),
        });
    }
    folders.sort_by_key(|folder| folder.header.title.to_lowercase());
    Ok(folders)
}

fn with_table(text: &str, folders: &[Folder]) -> Result<String> {
    let mut table = String::from(
        "| language | files | libraries it knows, among others | named codes |\n\
         | --- | --- | --- | ---: |\n",
    );
    for folder in folders {
        let header = &folder.header;
        let extensions = header.extensions.iter().map(|extension| format!("`.{extension}`"));
        let files: Vec<_> =
            extensions.chain(header.filenames.iter().map(|name| format!("`{name}`"))).collect();
        let base = header.extends.as_ref().and_then(|id| folders.iter().find(|it| it.id == *id));
        let known = match (&header.about, base) {
            (Some(about), _) => about.clone(),
            (None, Some(base)) if folder.libraries.is_empty() => {
                format!("as {}", base.header.title)
            }
            _ => folder.libraries.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "),
        };
        let constants =
            if folder.constants > 0 { folder.constants.to_string() } else { String::new() };
        let _ =
            writeln!(table, "| {} | {} | {known} | {constants} |", header.title, files.join(", "));
    }
    between(text, "## Languages\n\n", "\n", &table)
}

fn with_filetypes(text: &str, folders: &[Folder]) -> Result<String> {
    let mut ids: Vec<&str> = folders
        .iter()
        .flat_map(|folder| folder.header.aliases.iter().chain([&folder.id]))
        .map(String::as_str)
        .collect();
    ids.sort_unstable();
    let mut lines = String::new();
    for ids in ids.chunks(6) {
        let quoted: Vec<_> = ids.iter().map(|id| format!("'{id}'")).collect();
        let _ = writeln!(lines, "    {},", quoted.join(", "));
    }
    between(text, "  filetypes = {\n", "  },", &lines)
}

/// The text with what stands between two others replaced.
fn between(text: &str, before: &str, after: &str, list: &str) -> Result<String> {
    let Some((head, rest)) = text.split_once(before) else { bail!("has no {before:?}") };
    let rest = match after {
        // A table ends at the first empty line.
        "\n" => rest.split_once("\n\n").map(|(_, rest)| format!("\n{rest}")),
        _ => rest.split_once(after).map(|(_, rest)| format!("{after}{rest}")),
    };
    let Some(rest) = rest else { bail!("the list has no end {after:?}") };
    Ok(format!("{head}{before}{list}{rest}"))
}

pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{between, documents, read};
    use crate::root;

    #[test]
    fn the_lists_say_what_the_folders_say() {
        for (path, text) in documents(root()).unwrap() {
            let written = read(&root().join(path)).unwrap();
            assert!(written == text, "{path} is out of date: run `cargo xtask languages`");
        }
    }

    #[test]
    fn only_the_list_is_replaced() {
        let text = "# T\n\n## Languages\n\n| a |\n| b |\n\n## Rules\n";
        let new = between(text, "## Languages\n\n", "\n", "| c |\n").unwrap();
        assert_eq!(new, "# T\n\n## Languages\n\n| c |\n\n## Rules\n");
        assert!(between("# T\n", "## Languages\n\n", "\n", "").is_err());
    }
}
