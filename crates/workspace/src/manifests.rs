//! The versions of libraries that the manifests around a document prove.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use statuslint_config::absolute;
use statuslint_languages::Language;
use statuslint_lint::{Version, Versions};

use crate::projects::REPOSITORIES;

mod ecosystem;
mod lines;
mod markup;
mod requirement;
mod tables;

use ecosystem::Ecosystem;

/// The size in bytes above which a manifest is not read: lock files are long, but not longer.
const SIZE_LIMIT: u64 = 16_000_000;

/// Entries of a folder beyond which no manifest is looked for.
const CROWD: usize = 20_000;

/// Folders above a document beyond which nobody keeps its manifest.
const HEIGHT: usize = 32;

/// What manifests tell, read once for each folder. It can be shared between threads.
#[derive(Debug, Default)]
pub struct Manifests {
    known: RwLock<HashMap<(PathBuf, Ecosystem), Arc<Around>>>,
}

/// What holds for the documents of one folder.
#[derive(Debug, Default)]
struct Around {
    packages: Packages,
    versions: Arc<Versions>,
}

/// What manifests say about packages, by name.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Packages {
    said: BTreeMap<String, Said>,
    /// Whether a lock file says which version of everything is used.
    locks: bool,
    /// Whether this is a library that promises to work with whatever its manifest allows.
    promises: bool,
}

/// What is said about one package: the least version that is asked for, and that is locked.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Said {
    required: Option<Version>,
    locked: Option<Version>,
}

impl Manifests {
    /// What is proved for a document: by the manifests of its ecosystem in the nearest folders
    /// above it, up to the root of the repository. What is broken or too large proves nothing.
    pub fn versions(&self, path: &Path, language: Language) -> Arc<Versions> {
        let Some(ecosystem) = Ecosystem::of(language) else { return Arc::default() };
        let path = absolute(path);
        let Some(folder) = path.parent() else { return Arc::default() };
        Arc::clone(&self.around(folder, ecosystem, HEIGHT).versions)
    }

    /// Whether a file of that name would be read.
    pub fn reads(path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        Ecosystem::ALL.iter().any(|ecosystem| ecosystem.reader(name).is_some())
    }

    /// Forgets what was read: manifests may have changed.
    pub fn forget(&self) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn around(&self, folder: &Path, ecosystem: Ecosystem, height: usize) -> Arc<Around> {
        let key = (folder.to_path_buf(), ecosystem);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return known;
        }
        let (mut packages, is_root) = read_folder(folder, ecosystem);
        if let Some(parent) = folder.parent().filter(|_| !is_root && height > 0) {
            packages.stand_in(&self.around(parent, ecosystem, height - 1).packages);
        }
        let around = Arc::new(Around { versions: Arc::new(packages.proved()), packages });
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(key).or_insert(around))
    }
}

/// What the manifests of one folder say, and whether it is the root of a repository.
fn read_folder(folder: &Path, ecosystem: Ecosystem) -> (Packages, bool) {
    let mut packages = Packages::default();
    let mut is_root = false;
    let Ok(entries) = fs::read_dir(folder) else { return (packages, false) };
    for entry in entries.take(CROWD).flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        is_root |= REPOSITORIES.contains(&name);
        if let Some(reader) = ecosystem.reader(name)
            && let Some(text) = text(&entry.path())
        {
            reader(&text, &mut packages);
        }
    }
    (packages, is_root)
}

/// The text of a file of reasonable size.
fn text(path: &Path) -> Option<String> {
    let file = File::open(path).ok()?;
    let fits = file.metadata().ok().is_some_and(|it| it.is_file() && it.len() <= SIZE_LIMIT);
    let mut text = String::new();
    fits.then(|| file.take(SIZE_LIMIT).read_to_string(&mut text).ok()).flatten()?;
    Some(text)
}

impl Packages {
    /// A requirement of a package: `>= 3.1`, `^1.7`. Of several the weakest holds.
    pub(crate) fn require(&mut self, package: &str, requirement: &str) {
        let bound = requirement::lower_bound(requirement).unwrap_or_default();
        let required = &mut self.said(package).required;
        *required = Some(required.map_or(bound, |known| known.min(bound)));
    }

    /// The version of a package that a lock file says. Of several the lowest holds.
    pub(crate) fn lock(&mut self, package: &str, version: &str) {
        self.locks = true;
        let Some(version) = Version::parse(version) else { return };
        let locked = &mut self.said(package).locked;
        *locked = Some(locked.map_or(version, |known| known.min(version)));
    }

    /// Takes note that this is a library which promises to work with what its manifest allows.
    pub(crate) fn promise(&mut self) {
        self.promises = true;
    }

    fn said(&mut self, package: &str) -> &mut Said {
        self.said.entry(package.trim().to_lowercase()).or_default()
    }

    /// Lets what the folders around say stand where this one says nothing, and a lock file of
    /// theirs say which version of a required package it is.
    fn stand_in(&mut self, outer: &Self) {
        if self.locks {
            return;
        }
        for (package, theirs) in &outer.said {
            let own = self.said.get(package).copied();
            let said = match (own.and_then(|own| own.required), theirs.locked) {
                (None, _) => *theirs,
                // Another major version is of another part of the repository.
                (Some(required), Some(locked))
                    if required.major == locked.major && required <= locked =>
                {
                    Said { required: Some(required), locked: Some(locked) }
                }
                _ => continue,
            };
            self.said.insert(package.clone(), said);
        }
        self.promises |= outer.promises;
    }

    /// The least versions that follow.
    fn proved(&self) -> Versions {
        let mut versions = Versions::default();
        for (package, said) in &self.said {
            let version = match (said.locked, said.required) {
                (Some(locked), required) if !self.promises => {
                    Some(required.map_or(locked, |required| required.max(locked)))
                }
                (_, required) => required,
            };
            let Some(version) = version.filter(|version| *version > Version::default()) else {
                continue;
            };
            versions.prove(package, version);
            if let Some((other, implied)) = ecosystem::implied(package, version) {
                versions.prove(other, implied);
            }
        }
        versions
    }
}
