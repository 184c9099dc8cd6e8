//! The shape of the project: what ARCHITECTURE.md promises about crates and files, checked.

mod commands;
mod crates;
mod documents;
mod files;

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is a folder of it").into()
}

/// The text of a file of the repository.
fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

/// Every Rust file under a folder of the repository, sorted, build output left out.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry of a folder that could be opened").path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    assert!(!files.is_empty(), "{folder} holds no Rust files");
    files.sort();
    files
}

/// Fails with one line per defect.
fn assert_none(what: &str, defects: &[String]) {
    assert!(defects.is_empty(), "{what}:\n  {}", defects.join("\n  "));
}
