//! ARCHITECTURE.md agrees with the crates it describes.

use std::collections::BTreeSet;
use std::fs;

use crate::crates::{TABLE, dependencies};
use crate::{read, root};

/// The cells of each row of the table below a heading, header and rule left out.
fn rows<'a>(markdown: &'a str, heading: &str) -> impl Iterator<Item = Vec<&'a str>> {
    let below = markdown.lines().skip_while(move |line| *line != heading).skip(1);
    let rows = below
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
}

/// The first cells of the table below a heading, without the marks of code.
fn first_cells(markdown: &str, heading: &str) -> Vec<String> {
    rows(markdown, heading).map(|cells| cells[0].trim_matches('`').to_owned()).collect()
}

/// The names and default severities of the rules a page lists below its heading.
fn listed_rules(markdown: &str, heading: &str) -> Vec<(String, String)> {
    let rows = rows(markdown, heading);
    rows.map(|cells| {
        let name = cells[0].split('`').nth(1).expect("the first cell links a rule's name");
        (name.to_owned(), cells[1].to_owned())
    })
    .collect()
}

#[test]
fn every_dependency_has_its_reason() {
    let packages = dependencies();
    let used: BTreeSet<String> = packages
        .values()
        .flatten()
        .map(|(name, _)| name.clone())
        .filter(|name| !packages.contains_key(name))
        .collect();
    let listed = first_cells(&read(&root().join("ARCHITECTURE.md")), "## Dependencies");
    let named: BTreeSet<String> = listed.iter().cloned().collect();
    let missing: Vec<_> = used.difference(&named).collect();
    let stale: Vec<_> = named.difference(&used).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md gives no reason for {missing:?}");
    assert!(stale.is_empty(), "ARCHITECTURE.md lists {stale:?}, which nothing uses");
    assert_eq!(listed, named.into_iter().collect::<Vec<_>>(), "the table is sorted by name");
}

#[test]
fn every_crate_is_described() {
    let listed = first_cells(&read(&root().join("ARCHITECTURE.md")), "## Crates");
    let mut folders: Vec<_> = TABLE
        .iter()
        .map(|row| match row.package.strip_prefix("statuslint-") {
            Some(name) => format!("crates/{name}"),
            None => "crates/cli".to_owned(),
        })
        .collect();
    folders.extend(["tests".to_owned(), "xtask".to_owned()]);
    assert_eq!(listed, folders);
}

/// The words of a list of `language.toml`.
fn words<'t>(file: &'t str, key: &str) -> impl Iterator<Item = &'t str> {
    let value = file.lines().find_map(|line| line.strip_prefix(key)?.trim().strip_prefix('='));
    value.unwrap_or_default().split('"').skip(1).step_by(2)
}

#[test]
fn every_language_is_told_of() {
    let readme = read(&root().join("README.md"));
    let files: Vec<_> = rows(&readme, "## Languages").map(|cells| cells[1].to_owned()).collect();
    let filetypes = root().join("editors/neovim/lsp/statuslint.lua");
    let editor = read(&filetypes);
    for folder in fs::read_dir(root().join("crates/languages/languages")).expect("it is there") {
        let folder = folder.expect("it can be listed").path();
        let file = read(&folder.join("language.toml"));
        for extension in words(&file, "extensions") {
            let wanted = format!("`.{extension}`");
            assert!(files.iter().any(|it| it.contains(&wanted)), "the README lacks {wanted}");
        }
        let id = folder.file_name().and_then(|name| name.to_str()).expect("ids are plain");
        let lists = |id: &str| editor.contains(&format!("'{id}'"));
        let aliases: Vec<_> = words(&file, "aliases").collect();
        assert!(
            aliases.iter().all(|id| lists(id)) && (lists(id) || !aliases.is_empty()),
            "{} lacks {id} or one of {aliases:?}",
            filetypes.display()
        );
    }
}

#[test]
fn cells_are_read_from_the_right_table() {
    let markdown =
        "## A\n| h |\n| - |\n| x |\n## B\ntext\n| h | i |\n| - | - |\n| `y` | z |\n\n| w |\n";
    assert_eq!(first_cells(markdown, "## B"), ["y"]);
    let file = "title = \"A\"\nextensions = [\"a\", \"b\"]\n";
    assert_eq!(words(file, "extensions").collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(words(file, "aliases").next(), None);
}

#[test]
fn the_readme_lists_the_rules() {
    let readme = listed_rules(&read(&root().join("README.md")), "## Rules");
    let generated = listed_rules(&read(&root().join("docs/rules.md")), "# Rules");
    assert!(!generated.is_empty());
    assert_eq!(readme, generated);
}
