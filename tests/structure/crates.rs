//! The table of crates in ARCHITECTURE.md: what each may depend on.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::{assert_none, root};

/// One row of the table.
pub(crate) struct Row {
    pub(crate) package: &'static str,
    /// The packages of the workspace it may use.
    may: &'static [&'static str],
    /// The outside packages it must not use.
    never: &'static [&'static str],
}

pub(crate) const TABLE: &[Row] = &[
    Row {
        package: "statuslint-codes",
        may: &[],
        never: &["serde", "serde_json", "tokio", "tower-lsp", "lsp-types", "clap", "ignore"],
    },
    Row {
        package: "statuslint-languages",
        may: &["statuslint-codes"],
        never: &["tokio", "tower-lsp", "lsp-types", "clap", "ignore"],
    },
    Row {
        package: "statuslint-lint",
        may: &["statuslint-codes", "statuslint-languages"],
        never: &["serde", "serde_json", "tokio", "tower-lsp", "lsp-types", "clap", "ignore"],
    },
    Row {
        package: "statuslint-config",
        may: &["statuslint-codes", "statuslint-languages", "statuslint-lint"],
        never: &["tower-lsp", "lsp-types", "tokio", "clap"],
    },
    Row {
        package: "statuslint-workspace",
        may: &["statuslint-codes", "statuslint-languages", "statuslint-lint", "statuslint-config"],
        never: &["tower-lsp", "lsp-types", "tokio", "clap"],
    },
    Row {
        package: "statuslint-server",
        may: &[
            "statuslint-codes",
            "statuslint-languages",
            "statuslint-lint",
            "statuslint-config",
            "statuslint-workspace",
        ],
        never: &["clap"],
    },
    Row {
        package: "statuslint",
        may: &[
            "statuslint-codes",
            "statuslint-languages",
            "statuslint-lint",
            "statuslint-config",
            "statuslint-workspace",
            "statuslint-server",
        ],
        never: &["tower-lsp", "lsp-types"],
    },
];

/// Packages that are never shipped and that nothing shipped may use.
const OUTSIDE: [&str; 2] = ["statuslint-tests", "xtask"];

/// The dependencies of each package of the workspace: name and whether it is for tests only.
pub(crate) fn dependencies() -> BTreeMap<String, Vec<(String, bool)>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs: it runs this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    packages.iter().map(|package| (text(&package["name"]), uses(package))).collect()
}

fn uses(package: &Value) -> Vec<(String, bool)> {
    let dependencies = package["dependencies"].as_array().expect("a list of dependencies");
    dependencies
        .iter()
        .map(|dependency| (text(&dependency["name"]), dependency["kind"] == "dev"))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a name").to_owned()
}

/// What breaks the table, one line each.
fn broken(packages: &BTreeMap<String, Vec<(String, bool)>>) -> Vec<String> {
    let mut defects = Vec::new();
    for (package, uses) in packages {
        if OUTSIDE.contains(&package.as_str()) {
            continue;
        }
        let Some(row) = TABLE.iter().find(|row| row.package == package) else {
            defects.push(format!("{package} has no row in the table"));
            continue;
        };
        for (name, only_tests) in uses {
            if packages.contains_key(name) && !row.may.contains(&name.as_str()) {
                defects.push(format!("{package} must not use {name}"));
            }
            if !only_tests && row.never.contains(&name.as_str()) {
                defects.push(format!("{package} must not use {name} outside tests"));
            }
        }
    }
    defects
}

#[test]
pub(crate) fn dependencies_go_one_way() {
    let packages = dependencies();
    for row in TABLE {
        assert!(packages.contains_key(row.package), "{} is not in the workspace", row.package);
    }
    assert_none("the table of crates is broken", &broken(&packages));
}

#[test]
fn a_dependency_upwards_is_seen() {
    let mut packages = dependencies();
    let mut add = |package: &str, name: &str, only_tests| {
        packages
            .get_mut(package)
            .expect("a package of the table")
            .push((name.to_owned(), only_tests));
    };
    add("statuslint-codes", "statuslint-lint", true);
    add("statuslint-lint", "serde", false);
    add("statuslint-lint", "serde_json", true);
    add("statuslint-server", "clap", false);
    add("statuslint", "xtask", false);
    assert_eq!(
        broken(&packages),
        [
            "statuslint must not use xtask",
            "statuslint-codes must not use statuslint-lint",
            "statuslint-lint must not use serde outside tests",
            "statuslint-server must not use clap outside tests",
        ]
    );
}

#[test]
fn a_crate_without_a_row_is_seen() {
    let packages = BTreeMap::from([("statuslint-new".to_owned(), Vec::new())]);
    assert_eq!(broken(&packages), ["statuslint-new has no row in the table"]);
}
