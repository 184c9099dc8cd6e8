//! `new-language`: the folder of a language with everything its tests ask for, and its rows.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::languages::{FOLDERS, read};

/// Makes the folder of the language `id` in the repository at `root`.
///
/// The grammar is the crate `tree-sitter-<id>` unless another is named.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let (id, grammar) = match arguments {
        [id] => (id.clone(), format!("tree-sitter-{id}")),
        [id, grammar] => (id.clone(), grammar.clone()),
        _ => bail!("usage: cargo xtask new-language NAME [CRATE OF THE GRAMMAR]"),
    };
    let plain = |name: &str| {
        name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && name.starts_with(|c: char| c.is_ascii_lowercase())
    };
    ensure!(plain(&id), "`{id}` is no id of a language: lower-case letters and digits");
    ensure!(plain(&grammar), "`{grammar}` is no name of a crate");
    let folder = root.join(FOLDERS).join(&id);
    ensure!(!folder.exists(), "{} is there already", folder.display());
    // Every change is made in memory first: what fails leaves nothing behind.
    let changes = rows(root, &id, &grammar)?;
    for (path, text) in files(&id, &grammar) {
        let path = folder.join(path);
        let parent = path.parent().context("a file is in a folder")?;
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text))?;
    }
    for (path, text) in changes {
        fs::write(root.join(path), text).with_context(|| format!("cannot write {path}"))?;
    }
    Ok(())
}

/// The files of the folder, by their path in it.
fn files(id: &str, grammar: &str) -> Vec<(String, String)> {
    let title = title(id);
    let fixture = |kind: &str| format!("fixtures/{kind}_first.{id}");
    vec![
        (
            "language.toml".to_owned(),
            format!(
                "title = \"{title}\"\nextensions = [\"{id}\"]\n\
                 tests = [\"test/**\", \"**/test/**\", \"tests/**\", \"**/tests/**\"]\n"
            ),
        ),
        (
            "syntax.toml".to_owned(),
            format!(
                "# What the nodes of {grammar} are. The shapes are explained in src/syntax.rs.\n\
                 [shape]\n"
            ),
        ),
        (
            "vocabulary.toml".to_owned(),
            format!(
                "# Where libraries for {title} take a status. One entry per API, the code it is \
                 for above it.\n\n[words]\n"
            ),
        ),
        (
            "constants.tsv".to_owned(),
            "code\tlibrary\texpression\timport\tdrop_in\tsince\tdeprecated_alias_of\tpreferred\n"
                .to_owned(),
        ),
        // Each says something that is not so yet: the tests fail until they are written.
        (fixture("found"), "status == 404\n          ^^^ compare 404\n".to_owned()),
        (fixture("silent"), "port == 404\n        ^^^ write look-alikes here\n".to_owned()),
        (fixture("broken"), "((( status == 404\n              ^^^ compare 404\n".to_owned()),
    ]
}

/// What a language is called, as far as its id tells.
fn title(id: &str) -> String {
    id[..1].to_uppercase() + &id[1..]
}

/// The documents that name every language, with the new row.
fn rows(root: &Path, id: &str, grammar: &str) -> Result<Vec<(&'static str, String)>> {
    let krate = grammar.replace('-', "_");
    let folders = "crates/languages/src/folder.rs";
    let row = format!(
        "    (\"{id}\", {krate}::LANGUAGE, file!(\"{id}/vocabulary.toml\"), \
         file!(\"{id}/constants.tsv\")),"
    );
    let mut changes = vec![(folders, inserted(&read(&root.join(folders))?, "    (\"", &row)?)];
    let dependencies = [
        ("Cargo.toml", format!("{grammar} = \"*\"")),
        ("crates/languages/Cargo.toml", format!("{grammar}.workspace = true")),
        ("ARCHITECTURE.md", format!("| {grammar} | the grammar of {} |", title(id))),
    ];
    for (path, row) in dependencies {
        let text = read(&root.join(path))?;
        if !text.contains(&format!("\n{}", row.split([' ', '.']).next().unwrap_or_default()))
            || path == "ARCHITECTURE.md"
        {
            let prefix = if path == "ARCHITECTURE.md" { "| tree-sitter-" } else { "tree-sitter-" };
            changes.push((path, inserted(&text, prefix, &row)?));
        }
    }
    Ok(changes)
}

/// The text with a line among those that begin with a prefix, in their order.
fn inserted(text: &str, prefix: &str, row: &str) -> Result<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut places = (0..lines.len()).filter(|at| lines[*at].starts_with(prefix)).peekable();
    ensure!(places.peek().is_some(), "no line begins with {prefix:?}");
    let last = places.clone().last().unwrap_or_default();
    let at = places.find(|at| lines[*at] > row).unwrap_or(last + 1);
    let mut lines: Vec<&str> = lines;
    lines.insert(at, row);
    Ok(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::{files, inserted, rows};
    use crate::root;

    #[test]
    fn rows_stand_in_their_order() {
        let text = "a\n- b\n- d\nz\n";
        for (row, expected) in [
            ("- a", "a\n- a\n- b\n- d\nz\n"),
            ("- c", "a\n- b\n- c\n- d\nz\n"),
            ("- e", "a\n- b\n- d\n- e\nz\n"),
        ] {
            assert_eq!(inserted(text, "- ", row).unwrap(), expected);
        }
        assert!(inserted(text, "* ", "* x").is_err());
    }

    #[test]
    fn every_place_that_names_a_language_gets_its_row() {
        let changes = rows(root(), "brainfuck", "tree-sitter-brainfuck").unwrap();
        let paths: Vec<_> = changes.iter().map(|(path, _)| *path).collect();
        let expected = [
            "crates/languages/src/folder.rs",
            "Cargo.toml",
            "crates/languages/Cargo.toml",
            "ARCHITECTURE.md",
        ];
        assert_eq!(paths, expected);
        assert!(changes.iter().all(|(_, text)| text.contains("brainfuck")));
    }

    #[test]
    fn the_folder_has_what_others_have() {
        let made = files("brainfuck", "tree-sitter-brainfuck");
        for path in ["language.toml", "syntax.toml", "vocabulary.toml", "constants.tsv"] {
            assert!(made.iter().any(|(made, _)| made == path), "{path}");
        }
        for kind in ["found", "silent", "broken"] {
            let fixture = format!("fixtures/{kind}_first.brainfuck");
            assert!(made.iter().any(|(made, _)| *made == fixture), "{fixture}");
        }
    }
}
