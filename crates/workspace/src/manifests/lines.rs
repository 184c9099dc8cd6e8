//! Manifests that are read line by line: what else they say does not matter.

use std::collections::HashMap;

use super::Packages;

/// A requirement as Python writes it: `starlette[full]>=0.48; python_version > "3.9"`.
pub(super) fn require_python(wanted: &str, packages: &mut Packages) {
    let wanted = wanted.split([';', '#']).next().unwrap_or_default().trim();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let end = wanted.find(|c| !is_part(c)).unwrap_or(wanted.len());
    let (name, rest) = wanted.split_at(end);
    let rest = rest.trim_start();
    let rest = if rest.starts_with('[') {
        rest.split_once(']').map_or("", |(_, rest)| rest)
    } else {
        rest
    };
    let rest = rest.trim_start();
    // `name @ https://…` says no version.
    if !name.is_empty() && (rest.is_empty() || rest.starts_with(['=', '>', '<', '~', '!', '('])) {
        packages.require(name, rest);
    }
}

/// `requirements.txt`
pub(super) fn requirements(text: &str, packages: &mut Packages) {
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['-', '#'])) {
        require_python(line.trim_end_matches('\\'), packages);
    }
}

/// `setup.cfg`
pub(super) fn setup_cfg(text: &str, packages: &mut Packages) {
    let mut listing = false;
    for line in text.lines() {
        let entry = line.split_once('=').filter(|_| !line.starts_with(char::is_whitespace));
        match entry {
            Some((key, value)) => {
                listing = key.trim() == "install_requires";
                if key.trim() == "python_requires" {
                    packages.require("python", value);
                } else if listing {
                    require_python(value, packages);
                }
            }
            None if line.starts_with(char::is_whitespace) && listing => {
                require_python(line, packages);
            }
            None => listing = false,
        }
    }
}

/// `go.mod`
pub(super) fn go_mod(text: &str, packages: &mut Packages) {
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default().trim();
        let line = line.strip_prefix("require ").unwrap_or(line);
        let mut words = line.split_whitespace();
        if let (Some(name), Some(version), None) = (words.next(), words.next(), words.next())
            && (name == "go" || version.starts_with('v'))
        {
            packages.require(name, version);
        }
    }
}

/// `Gemfile.lock`
pub(super) fn gemfile_lock(text: &str, packages: &mut Packages) {
    for line in text.lines() {
        // Six spaces are what a gem asks of others.
        let locked = line.strip_prefix("    ").filter(|rest| !rest.starts_with(' '));
        if let Some((name, version)) = locked.and_then(|line| line.split_once(" (")) {
            packages.lock(name, version.trim_end_matches(')'));
        } else if let Some(version) = line.strip_prefix("   ruby ") {
            packages.lock("ruby", version);
        }
    }
}

/// `*.gemspec`
pub(super) fn gemspec(text: &str, packages: &mut Packages) {
    packages.promise();
    for line in text.lines() {
        let line = line.trim();
        let quoted = quoted(line);
        if line.contains("required_ruby_version") {
            packages.require("ruby", &quoted.join(", "));
        } else if (line.contains("add_dependency") || line.contains("add_runtime_dependency"))
            && let Some((name, wanted)) = quoted.split_first()
        {
            packages.require(name, &wanted.join(", "));
        }
    }
}

/// `mix.exs`: `{:plug, "~> 1.19"}`
pub(super) fn mix(text: &str, packages: &mut Packages) {
    for line in text.lines() {
        for entry in line.split("{:").skip(1) {
            let Some((name, rest)) = entry.split_once(',') else { continue };
            let wanted = rest.trim_start().strip_prefix('"').and_then(|it| it.split('"').next());
            packages.require(name, wanted.unwrap_or_default());
        }
    }
}

/// `mix.lock`: `"plug": {:hex, :plug, "1.19.0", …`
pub(super) fn mix_lock(text: &str, packages: &mut Packages) {
    for line in text.lines().filter(|line| line.contains("{:hex,")) {
        if let [name, version, ..] = quoted(line).as_slice() {
            packages.lock(name, version);
        }
    }
}

/// `pubspec.yaml`
pub(super) fn pubspec(text: &str, packages: &mut Packages) {
    let mut section = "";
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim_end();
        let Some((key, value)) = line.split_once(':') else { continue };
        let inner = key.strip_prefix("  ").filter(|key| !key.starts_with(' '));
        let value = value.trim().trim_matches(['"', '\'']);
        match inner {
            None if !key.starts_with(' ') => section = key,
            Some("sdk") if section == "environment" => packages.require("dart", value),
            Some(name) if section.ends_with("dependencies") && !value.is_empty() => {
                packages.require(name, value);
            }
            _ => {}
        }
    }
}

/// `pubspec.lock`
pub(super) fn pubspec_lock(text: &str, packages: &mut Packages) {
    let (mut section, mut package) = ("", "");
    for line in text.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        let depth = key.len() - key.trim_start().len();
        match (depth, key.trim()) {
            (0, key) => section = key,
            (2, "dart") if section == "sdks" => packages.require("dart", value),
            (2, name) if section == "packages" => package = name,
            (4, "version") if section == "packages" => packages.lock(package, value),
            _ => {}
        }
    }
}

/// `build.gradle`, `build.gradle.kts`: `"org.springframework:spring-web:7.0.1"` and
/// `id("org.springframework.boot") version "4.0.0"`
pub(super) fn gradle(text: &str, packages: &mut Packages) {
    for line in text.lines() {
        let quoted = quoted(line);
        if line.contains("version") && line.trim_start().starts_with("id") {
            if let [plugin, version] = quoted.as_slice() {
                packages.require(plugin, version);
            }
            continue;
        }
        for coordinates in quoted {
            let parts: Vec<&str> = coordinates.split(':').collect();
            if let [_, artifact, version] = parts.as_slice() {
                packages.require(artifact, version);
            }
        }
    }
}

/// `build.sbt`: `"com.typesafe.akka" %% "akka-http" % akkaHttpVersion`
pub(super) fn sbt(text: &str, packages: &mut Packages) {
    let mut values: HashMap<&str, &str> = HashMap::new();
    for line in text.lines() {
        if let Some((name, value)) = line.split_once('=')
            && let [version] = quoted(value).as_slice()
        {
            let name = name.trim().trim_start_matches("lazy ").trim_start_matches("val ");
            values.insert(name.trim(), version);
        }
    }
    for line in text.lines().filter(|line| line.contains('%')) {
        let parts: Vec<&str> = line.split('%').filter(|part| !part.trim().is_empty()).collect();
        let [_, artifact, version, ..] = parts.as_slice() else { continue };
        let Some(artifact) = quoted(artifact).first().copied() else { continue };
        let written = quoted(version).first().copied();
        let named = || values.get(version.trim().trim_end_matches([',', ')'])).copied();
        packages.require(artifact, written.or_else(named).unwrap_or_default());
    }
}

/// The texts between quotes on a line.
fn quoted(line: &str) -> Vec<&str> {
    let mut texts = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(['"', '\'']) {
        let quote = rest.as_bytes()[start];
        let inner = &rest[start + 1..];
        let Some(end) = inner.bytes().position(|byte| byte == quote) else { break };
        texts.push(&inner[..end]);
        rest = &inner[end + 1..];
    }
    texts
}
