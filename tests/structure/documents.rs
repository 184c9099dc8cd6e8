//! ARCHITECTURE.md agrees with the crates it describes.

use std::collections::BTreeSet;

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

#[test]
fn cells_are_read_from_the_right_table() {
    let markdown =
        "## A\n| h |\n| - |\n| x |\n## B\ntext\n| h | i |\n| - | - |\n| `y` | z |\n\n| w |\n";
    assert_eq!(first_cells(markdown, "## B"), ["y"]);
}

#[test]
fn the_readme_lists_the_rules() {
    let readme = listed_rules(&read(&root().join("README.md")), "## Rules");
    let generated = listed_rules(&read(&root().join("docs/rules.md")), "# Rules");
    assert!(!generated.is_empty());
    assert_eq!(readme, generated);
}
