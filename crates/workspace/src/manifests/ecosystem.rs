//! Which manifests there are for which languages.

use statuslint_languages::Language;
use statuslint_lint::Version;

use super::{Packages, lines, markup, tables};

/// Reads what a manifest says.
pub(super) type Reader = fn(&str, &mut Packages);

/// Languages whose libraries come from one place: a name means the same package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ecosystem {
    Cargo,
    Composer,
    Go,
    Jvm,
    Mix,
    Npm,
    NuGet,
    Pub,
    Python,
    Ruby,
}

impl Ecosystem {
    /// All of them.
    pub(super) const ALL: [Self; 10] = [
        Self::Cargo,
        Self::Composer,
        Self::Go,
        Self::Jvm,
        Self::Mix,
        Self::Npm,
        Self::NuGet,
        Self::Pub,
        Self::Python,
        Self::Ruby,
    ];

    /// That of a language; `None` where its manifests tell no versions.
    pub(super) fn of(language: Language) -> Option<Self> {
        Some(match language.id() {
            "rust" => Self::Cargo,
            "php" => Self::Composer,
            "go" => Self::Go,
            "java" | "kotlin" | "scala" => Self::Jvm,
            "elixir" => Self::Mix,
            "javascript" | "typescript" | "tsx" | "vue" | "svelte" | "astro" => Self::Npm,
            "csharp" => Self::NuGet,
            "dart" => Self::Pub,
            "python" => Self::Python,
            "ruby" => Self::Ruby,
            _ => return None,
        })
    }

    /// What reads a file of that name, when it is a manifest of this ecosystem.
    pub(super) fn reader(self, name: &str) -> Option<Reader> {
        let ends = |end: &str| name.len() > end.len() && name.ends_with(end);
        let reader: Reader = match (self, name) {
            (Self::Cargo, "Cargo.toml") => tables::cargo,
            (Self::Cargo, "Cargo.lock") | (Self::Python, "poetry.lock") => tables::locked_packages,
            (Self::Python, "uv.lock") => tables::uv_lock,
            (Self::Python, "pyproject.toml") => tables::pyproject,
            (Self::Python, "Pipfile.lock") => tables::pipfile_lock,
            (Self::Python, "setup.cfg") => lines::setup_cfg,
            (Self::Python, _) if name.starts_with("requirements") && ends(".txt") => {
                lines::requirements
            }
            (Self::Npm, "package.json") => tables::package_json,
            (Self::Npm, "package-lock.json") => tables::package_lock,
            (Self::Composer, "composer.json") => tables::composer,
            (Self::Composer, "composer.lock") => tables::composer_lock,
            (Self::Go, "go.mod") => lines::go_mod,
            (Self::Ruby, "Gemfile.lock" | "gems.locked") => lines::gemfile_lock,
            (Self::Ruby, _) if ends(".gemspec") => lines::gemspec,
            (Self::Mix, "mix.exs") => lines::mix,
            (Self::Mix, "mix.lock") => lines::mix_lock,
            (Self::Pub, "pubspec.yaml") => lines::pubspec,
            (Self::Pub, "pubspec.lock") => lines::pubspec_lock,
            (Self::Jvm, "build.gradle" | "build.gradle.kts") => lines::gradle,
            (Self::Jvm, "build.sbt") => lines::sbt,
            (Self::Jvm, "pom.xml") => markup::pom,
            (Self::NuGet, "Directory.Build.props" | "Directory.Packages.props") => markup::project,
            (Self::NuGet, _) if ends(".csproj") => markup::project,
            _ => return None,
        };
        Some(reader)
    }
}

/// What a version of a package says about others that come with it.
pub(super) fn implied(package: &str, version: Version) -> Option<(&'static str, Version)> {
    let spring = |major, minor, patch| Some(("spring", Version { major, minor, patch }));
    match package {
        "spring-web"
        | "spring-webmvc"
        | "spring-webflux"
        | "spring-core"
        | "spring-context"
        | "spring-framework-bom" => Some(("spring", version)),
        _ if package.starts_with("spring-boot") || package == "org.springframework.boot" => {
            match (version.major, version.minor) {
                (4.., _) => spring(7, 0, 0),
                (3, 4..) => spring(6, 2, 0),
                (3, 2..) => spring(6, 1, 0),
                (3, 1) => spring(6, 0, 9),
                (3, 0) => spring(6, 0, 0),
                (2, _) => spring(5, 0, 0),
                _ => None,
            }
        }
        _ if package.starts_with("ktor-") => Some(("ktor", version)),
        _ => None,
    }
}
