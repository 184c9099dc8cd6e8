//! Manifests in TOML and JSON.

use serde_json::Value as Json;
use toml::{Table, Value};

use super::{Packages, lines};

/// `Cargo.toml`
pub(super) fn cargo(text: &str, packages: &mut Packages) {
    let Ok(manifest) = text.parse::<Table>() else { return };
    let workspace = manifest.get("workspace").and_then(Value::as_table);
    let targets = manifest.get("target").and_then(Value::as_table);
    let targets = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    for part in [&manifest].into_iter().chain(workspace).chain(targets) {
        for key in ["dependencies", "dev-dependencies", "build-dependencies"] {
            require_all(part.get(key), packages);
        }
    }
}

/// A table of packages, each with a requirement or a table that has one.
fn require_all(table: Option<&Value>, packages: &mut Packages) {
    for (name, wanted) in table.and_then(Value::as_table).into_iter().flatten() {
        let own = |key| wanted.get(key).and_then(Value::as_str);
        if let Some(requirement) = wanted.as_str().or_else(|| own("version")) {
            packages.require(own("package").unwrap_or(name), requirement);
        }
    }
}

/// `Cargo.lock`, `poetry.lock`
pub(super) fn locked_packages(text: &str, packages: &mut Packages) {
    if let Ok(lock) = text.parse::<Table>() {
        lock_all(&lock, packages);
    }
}

fn lock_all(lock: &Table, packages: &mut Packages) {
    for package in lock.get("package").and_then(Value::as_array).into_iter().flatten() {
        let own = |key| package.get(key).and_then(Value::as_str);
        if let (Some(name), Some(version)) = (own("name"), own("version")) {
            packages.lock(name, version);
        }
    }
}

/// `uv.lock`
pub(super) fn uv_lock(text: &str, packages: &mut Packages) {
    let Ok(lock) = text.parse::<Table>() else { return };
    lock_all(&lock, packages);
    if let Some(python) = lock.get("requires-python").and_then(Value::as_str) {
        packages.require("python", python);
    }
}

/// `pyproject.toml`
pub(super) fn pyproject(text: &str, packages: &mut Packages) {
    let Ok(manifest) = text.parse::<Table>() else { return };
    let project = manifest.get("project");
    let own = |key| project.and_then(|project| project.get(key));
    if let Some(python) = own("requires-python").and_then(Value::as_str) {
        packages.require("python", python);
    }
    let groups = [own("optional-dependencies"), manifest.get("dependency-groups")];
    let groups = groups.into_iter().flatten().filter_map(Value::as_table).flat_map(Table::values);
    for list in own("dependencies").into_iter().chain(groups).filter_map(Value::as_array) {
        for wanted in list.iter().filter_map(Value::as_str) {
            lines::require_python(wanted, packages);
        }
    }
    let poetry = manifest.get("tool").and_then(|tool| tool.get("poetry"));
    require_all(poetry.and_then(|poetry| poetry.get("dependencies")), packages);
}

/// `Pipfile.lock`
pub(super) fn pipfile_lock(text: &str, packages: &mut Packages) {
    let Ok(lock) = serde_json::from_str::<Json>(text) else { return };
    for (name, package) in members(&lock, "default").chain(members(&lock, "develop")) {
        if let Some(version) = package.get("version").and_then(Json::as_str) {
            packages.lock(name, version.trim_start_matches('='));
        }
    }
    let python = lock.pointer("/_meta/requires/python_version").and_then(Json::as_str);
    if let Some(python) = python {
        packages.require("python", python);
    }
}

/// `package.json`
pub(super) fn package_json(text: &str, packages: &mut Packages) {
    let Ok(manifest) = serde_json::from_str::<Json>(text) else { return };
    for key in ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] {
        for (name, requirement) in members(&manifest, key) {
            // `npm:other@1.2` and addresses are no requirements of this package.
            let plain = requirement.as_str().filter(|text| !text.contains([':', '/', '@']));
            packages.require(name, plain.unwrap_or_default());
        }
    }
}

/// `package-lock.json`
pub(super) fn package_lock(text: &str, packages: &mut Packages) {
    let Ok(lock) = serde_json::from_str::<Json>(text) else { return };
    for (place, package) in members(&lock, "packages").chain(members(&lock, "dependencies")) {
        let name = place.rsplit("node_modules/").next().unwrap_or(place);
        if let Some(version) = package.get("version").and_then(Json::as_str)
            && !name.is_empty()
        {
            packages.lock(name, version);
        }
    }
}

/// `composer.json`
pub(super) fn composer(text: &str, packages: &mut Packages) {
    let Ok(manifest) = serde_json::from_str::<Json>(text) else { return };
    for (name, wanted) in members(&manifest, "require").chain(members(&manifest, "require-dev")) {
        packages.require(name, wanted.as_str().unwrap_or_default());
    }
}

/// `composer.lock`
pub(super) fn composer_lock(text: &str, packages: &mut Packages) {
    let Ok(lock) = serde_json::from_str::<Json>(text) else { return };
    let listed = ["packages", "packages-dev"].into_iter().filter_map(|key| lock.get(key));
    for package in listed.filter_map(Json::as_array).flatten() {
        let own = |key| package.get(key).and_then(Json::as_str);
        if let (Some(name), Some(version)) = (own("name"), own("version")) {
            packages.lock(name, version);
        }
    }
}

fn members<'a>(json: &'a Json, key: &str) -> impl Iterator<Item = (&'a String, &'a Json)> {
    json.get(key).and_then(Json::as_object).into_iter().flatten()
}
