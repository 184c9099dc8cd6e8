//! Which files to check: those named, those listed, and those found in folders.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};
use statuslint_config::{Configs, absolute};
use statuslint_languages::Language;

use crate::document::{interpreter_line, reason};
use crate::outcome::shown;
use crate::{Options, Problem};

/// A file to check.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The path as given, or below the folder as given.
    pub(crate) path: PathBuf,
    /// Its language, or `None` when a text must tell, or nothing can.
    pub(crate) language: Option<Language>,
    /// Whether somebody named it, so that skipping it must be said.
    pub(crate) named: bool,
}

/// The files to check, by path as shown, and what stood in the way of finding more.
pub(crate) fn collect(options: &Options, threads: usize) -> (Vec<Target>, Vec<Problem>) {
    let mut found = Found::default();
    let mut folders = Vec::new();
    let nothing_said = options.paths.is_empty() && options.files_from.is_none();
    let here = [PathBuf::from(".")];
    for path in if nothing_said { &here[..] } else { &options.paths } {
        match kind(path) {
            Ok(Kind::File) => found.add(Target {
                language: by_name(path).or_else(|| by_first_line(path)),
                path: path.clone(),
                named: true,
            }),
            Ok(Kind::Folder) => folders.push(path.clone()),
            Ok(Kind::Other) => {
                found.problems.push(Problem::note(shown(path), "is not a file, skipped"));
            }
            Err(message) => found.problems.push(Problem::error(shown(path), message)),
        }
    }
    for path in options.files_from.iter().flatten() {
        match kind(path) {
            Ok(Kind::File) => found.add_unless_excluded(path, options),
            Ok(Kind::Folder) => folders.push(path.clone()),
            Ok(Kind::Other) => {}
            Err(message) => found.problems.push(Problem::error(shown(path), message)),
        }
    }
    let found = Mutex::new(found);
    walk(&folders, options, threads, &found);
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(output) = options.output.as_deref().map(absolute) {
        found.targets.retain(|path, target| target.named || *path != output);
    }
    let mut targets: Vec<Target> = found.targets.into_values().collect();
    targets.sort_by_cached_key(|target| shown(&target.path));
    (targets, found.problems)
}

#[derive(Debug, Default)]
struct Found {
    /// By absolute path, so that a file reached in two ways is checked once: as somebody named it,
    /// by its shortest spelling.
    targets: BTreeMap<PathBuf, Target>,
    problems: Vec<Problem>,
}

impl Found {
    fn add(&mut self, target: Target) {
        let key = absolute(&target.path);
        let rank = |target: &Target| {
            let shown = shown(&target.path);
            (!target.named, shown.len(), shown)
        };
        match self.targets.get_mut(&key) {
            Some(known) if rank(known) <= rank(&target) => {}
            Some(known) => *known = target,
            None => {
                self.targets.insert(key, target);
            }
        }
    }

    fn add_unless_excluded(&mut self, path: &Path, options: &Options) {
        match excluded(path, &options.configs) {
            Ok(true) => {}
            Ok(false) => {
                if let Some(language) = by_name(path).or_else(|| by_first_line(path)) {
                    let path = path.to_path_buf();
                    self.add(Target { path, language: Some(language), named: false });
                }
            }
            Err(problem) => self.problems.push(problem),
        }
    }
}

enum Kind {
    File,
    Folder,
    Other,
}

/// What stands at a path, behind symbolic links.
fn kind(path: &Path) -> Result<Kind, String> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Kind::File),
        Ok(metadata) if metadata.is_dir() => Ok(Kind::Folder),
        Ok(_) => Ok(Kind::Other),
        Err(_) if fs::symlink_metadata(path).is_ok_and(|link| link.is_symlink()) => {
            let target = fs::read_link(path).unwrap_or_default();
            Err(format!("is a symbolic link that leads nowhere ({})", target.display()))
        }
        Err(error) => Err(reason(&error)),
    }
}

fn walk(folders: &[PathBuf], options: &Options, threads: usize, found: &Mutex<Found>) {
    let Some((first, more)) = folders.split_first() else { return };
    let mut builder = WalkBuilder::new(first);
    for folder in more {
        builder.add(folder);
    }
    builder.threads(threads).follow_links(false).hidden(!options.hidden);
    if options.no_ignore {
        builder.ignore(false).git_ignore(false).git_global(false).git_exclude(false);
        builder.parents(false);
    }
    if let Some(only) = &options.only {
        let ways: HashSet<PathBuf> =
            only.iter().flat_map(|path| path.ancestors()).map(Path::to_path_buf).collect();
        builder.filter_entry(move |entry| ways.contains(entry.path()));
    }
    builder.build_parallel().run(|| {
        Box::new(|entry| match entry {
            Ok(entry) => visit(&entry, options, found),
            Err(error) => {
                lock(found).problems.extend(walk_problem(&error, None));
                WalkState::Continue
            }
        })
    });
}

fn visit(entry: &DirEntry, options: &Options, found: &Mutex<Found>) -> WalkState {
    let path = entry.path();
    let is_folder = entry.file_type().is_none_or(|kind| kind.is_dir());
    if entry.depth() == 0 {
        // A bad configuration is said even where there is nothing to check.
        if let Err(error) = options.configs.for_folder(path) {
            lock(found).problems.push(error.into());
        }
        return WalkState::Continue;
    }
    if is_folder && is_version_control(path) {
        return WalkState::Skip;
    }
    match excluded(path, &options.configs) {
        Ok(true) => return WalkState::Skip,
        Ok(false) => {}
        Err(problem) => lock(found).problems.push(problem),
    }
    if entry.file_type().is_some_and(|kind| kind.is_file()) {
        let language = by_name(path).or_else(|| by_first_line_of_script(entry));
        if language.is_some() {
            lock(found).add(Target { path: path.to_path_buf(), language, named: false });
            options.progress.count();
        }
    }
    WalkState::Continue
}

fn excluded(path: &Path, configs: &Configs) -> Result<bool, Problem> {
    Ok(configs.for_path(path)?.excludes(path))
}

/// The history of a repository is never source.
fn is_version_control(path: &Path) -> bool {
    path.file_name().is_some_and(|name| [".git", ".hg", ".jj", ".svn"].iter().any(|it| name == *it))
}

fn by_name(path: &Path) -> Option<Language> {
    Language::detect(&path.to_string_lossy(), "")
}

fn by_first_line(path: &Path) -> Option<Language> {
    Language::detect(&path.to_string_lossy(), &interpreter_line(path)?)
}

/// The language of a file found by walking whose name says nothing: opened only when it can be a
/// script.
fn by_first_line_of_script(entry: &DirEntry) -> Option<Language> {
    let may_be_script = entry.path().extension().is_none()
        && entry.metadata().is_ok_and(|metadata| metadata.len() > 0 && is_script(&metadata));
    if may_be_script { by_first_line(entry.path()) } else { None }
}

#[cfg(unix)]
fn is_script(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o111 != 0 || metadata.len() < 64 * 1024
}

#[cfg(not(unix))]
fn is_script(metadata: &fs::Metadata) -> bool {
    metadata.len() < 64 * 1024
}

/// What an error of the walker says to people: only what could not be read counts, a malformed
/// line of an ignore file does not.
fn walk_problem(error: &ignore::Error, path: Option<&Path>) -> Option<Problem> {
    match error {
        ignore::Error::WithPath { path, err } => walk_problem(err, Some(path)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            walk_problem(err, path)
        }
        ignore::Error::Io(error) => {
            Some(Problem::error(path.map(shown).unwrap_or_default(), reason(error)))
        }
        _ => None,
    }
}

fn lock(found: &Mutex<Found>) -> std::sync::MutexGuard<'_, Found> {
    found.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn what_the_walker_could_not_read_is_named() {
        let denied = || ignore::Error::Io(io::Error::from(io::ErrorKind::PermissionDenied));
        let within = |err| ignore::Error::WithPath { path: "./a/b".into(), err: Box::new(err) };
        let deep = ignore::Error::WithDepth { depth: 2, err: Box::new(within(denied())) };
        let problem = Problem::error("a/b", "permission denied");
        assert_eq!(walk_problem(&deep, None), Some(problem));
        let glob = ignore::Error::Glob { glob: None, err: "odd".to_owned() };
        assert_eq!(walk_problem(&within(glob), None), None);
    }
}
