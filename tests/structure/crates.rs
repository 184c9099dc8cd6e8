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

/// The package that reads annotated sources, for the tests of every crate: it stands outside the
/// table as long as its library uses nothing of the workspace.
const TESTS: &str = "statuslint-tests";

/// The package of tasks, which is never shipped.
const TASKS: &str = "xtask";

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
        let row = TABLE.iter().find(|row| row.package == package);
        if row.is_none() && package != TESTS && package != TASKS {
            defects.push(format!("{package} has no row in the table"));
        }
        let may = |name: &str, only_tests| match row {
            Some(row) => row.may.contains(&name) || (only_tests && name == TESTS),
            None => package == TASKS || (package == TESTS && only_tests),
        };
        let never = |name: &str| row.is_some_and(|row| row.never.contains(&name));
        for (name, only_tests) in uses {
            let inside = packages.contains_key(name);
            if inside && !may(name, *only_tests) || !only_tests && never(name) {
                let part = if *only_tests { "even in tests" } else { "outside tests" };
                defects.push(format!("{package} must not use {name} {part}"));
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
    let broken_by = |package: &str, name: &str, only_tests: bool| {
        let mut packages: BTreeMap<_, _> =
            TABLE.iter().map(|row| (row.package.to_owned(), Vec::new())).collect();
        packages.insert(TESTS.to_owned(), Vec::new());
        packages.insert(TASKS.to_owned(), Vec::new());
        let uses = packages.get_mut(package).expect("a package of the workspace");
        uses.push((name.to_owned(), only_tests));
        !broken(&packages).is_empty()
    };
    assert!(broken_by("statuslint-codes", "statuslint-lint", true));
    assert!(broken_by("statuslint-lint", "serde", false));
    assert!(!broken_by("statuslint-lint", "serde_json", true));
    assert!(broken_by("statuslint-server", "clap", false));
    assert!(broken_by("statuslint", "xtask", false));
    assert!(broken_by("statuslint", "statuslint-tests", false));
    assert!(!broken_by("statuslint-lint", "statuslint-tests", true));
    assert!(broken_by("statuslint-tests", "statuslint-codes", false));
    assert!(!broken_by("statuslint", "statuslint-server", false));
}

#[test]
fn a_crate_without_a_row_is_seen() {
    let packages = BTreeMap::from([("statuslint-new".to_owned(), Vec::new())]);
    assert_eq!(broken(&packages), ["statuslint-new has no row in the table"]);
}
