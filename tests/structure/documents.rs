//! ARCHITECTURE.md agrees with the crates it describes.

use std::collections::BTreeSet;

use crate::crates::{TABLE, dependencies};
use crate::{read, root};

/// The first cells of the rows of the table below a heading, header and rule left out.
fn first_cells(markdown: &str, heading: &str) -> Vec<String> {
    let below = markdown.lines().skip_while(|line| *line != heading).skip(1);
    let rows = below.skip_while(|line| !line.starts_with('|')).take_while(|l| l.starts_with('|'));
    rows.skip(2)
        .filter_map(|row| row.split('|').nth(1))
        .map(|cell| cell.trim().trim_matches('`').to_owned())
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
