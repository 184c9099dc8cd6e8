//! One configuration with what it extends, and the settings it gives a file.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use statuslint_codes::StatusCode;
use statuslint_languages::{Context, Language};
use statuslint_lint::Settings;

use crate::globs::Globs;
use crate::layer::{Layer, Values};
use crate::paths::{absolute, below, shown, slashes};
use crate::{Change, Error, Overrides, Place, Preferences, Warning};

/// One configuration with what it extends.
///
/// Lists add up along `extends` and `[[override]]`; of single values and of the severities in
/// `[rules]`, the extending file's win, and those of a matching `[[override]]` win over both.
#[derive(Debug, Clone)]
pub struct Config {
    root: PathBuf,
    /// The layers, what is extended first; each with its file and the folder of its patterns.
    layers: Arc<Vec<Stacked>>,
    /// What counts where they say nothing.
    preferences: Option<Arc<Preferences>>,
}

#[derive(Debug)]
struct Stacked {
    path: PathBuf,
    folder: PathBuf,
    layer: Layer,
}

impl Config {
    /// The defaults, for files below `root`.
    pub fn empty(root: PathBuf) -> Self {
        Self { root, layers: Arc::default(), preferences: None }
    }

    /// Reads the text of the configuration file at `path`, and from disk the files it extends.
    pub fn parse(path: &Path, text: &str) -> Result<(Self, Vec<Warning>), Error> {
        let mut stack: Vec<Stacked> = Vec::new();
        let mut warnings = Vec::new();
        let (mut path, mut text) = (absolute(path), Cow::Borrowed(text));
        let own_folder = folder(&path);
        loop {
            let (layer, more) = Layer::parse(&path, &text)?;
            warnings.extend(more);
            let base = layer.extends.clone();
            let folder = folder(&path);
            let folder = if own_folder.starts_with(&folder) { folder } else { own_folder.clone() };
            stack.push(Stacked { path: path.clone(), folder, layer });
            let Some((base, place)) = base else { break };
            let error = |message| Error {
                path: path.clone(),
                place: Some(place),
                key: Some("extends".to_owned()),
                message,
            };
            let next = absolute(&self::folder(&path).join(&base));
            if let Some(at) = stack.iter().position(|earlier| same_file(&earlier.path, &next)) {
                return Err(error(cycle(&stack[at..], &next)));
            }
            text = Cow::Owned(read(&next).map_err(|reason| {
                error(format!(
                    "cannot read {}: {reason}; the path is relative to this file",
                    base.display()
                ))
            })?);
            path = next;
        }
        stack.reverse();
        let root =
            stack.iter().map(|stacked| &stacked.folder).min_by_key(|it| it.as_os_str().len());
        let root = root.cloned().unwrap_or(own_folder);
        Ok((Self { root, layers: Arc::new(stack), preferences: None }, warnings))
    }

    /// The file it came from, if any.
    pub fn path(&self) -> Option<&Path> {
        self.layers.last().map(|stacked| stacked.path.as_path())
    }

    /// That path for people: from the current folder when it is below that.
    pub fn shown_path(&self) -> Option<String> {
        self.path().map(shown)
    }

    /// The files it came from: its own and those it extends.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.layers.iter().map(|stacked| stacked.path.as_path())
    }

    /// The folder paths are relative to: the configuration's own (of the topmost one it extends,
    /// when that is above it), or without a configuration that of the project.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The same configuration for files below another folder.
    #[must_use]
    pub(crate) fn at(&self, root: PathBuf) -> Self {
        Self { root, ..self.clone() }
    }

    /// The same configuration with what counts where it says nothing.
    #[must_use]
    pub(crate) fn with(&self, preferences: &Arc<Preferences>) -> Self {
        Self { preferences: Some(Arc::clone(preferences)), ..self.clone() }
    }

    /// Whether it was told what counts where it says nothing.
    pub(crate) fn has_preferences(&self) -> bool {
        self.preferences.is_some()
    }

    /// The settings of the file at `path`, which need not exist.
    pub fn settings(&self, path: &Path, language: Language, overrides: &Overrides) -> Settings {
        let mut settings = self.settings_of_any(path, overrides);
        settings.in_test = language.is_test_path(&settings.context.path);
        settings
    }

    /// The settings of a file of no language: of a configuration itself.
    pub fn settings_of_any(&self, path: &Path, overrides: &Overrides) -> Settings {
        let path = absolute(path);
        let below_root = below(&path, &self.root).unwrap_or_else(|| slashes(&path));
        let context = Context { path: below_root, ..Context::default() };
        let mut settings = Settings { context, ..Settings::default() };
        let preferred = self.preferred(&path, &mut settings);
        for Stacked { layer, .. } in self.layers.iter() {
            layer.apply(&mut settings);
        }
        overrides.select_in(&mut settings.rules);
        for values in &preferred {
            values.apply(&mut settings);
        }
        for stacked in self.layers.iter() {
            stacked.overriding(&path).for_each(|values| values.apply(&mut settings));
        }
        overrides.ignore_in(&mut settings.rules);
        settings.evidence = overrides.evidence().unwrap_or(settings.evidence);
        settings
    }

    /// Applies what the user wants where this configuration says nothing about the file; what the
    /// overrides of that say is left.
    fn preferred(&self, path: &Path, settings: &mut Settings) -> Vec<Values> {
        let Some(preferences) = &self.preferences else { return Vec::new() };
        let layers: Vec<_> = self.layers.iter().map(|stacked| &stacked.layer).collect();
        let overriding = self.layers.iter().flat_map(|stacked| stacked.overriding(path));
        let values: Vec<_> = layers.iter().map(|layer| &layer.values).chain(overriding).collect();
        preferences.apply(path, &self.root, (&layers, &values), settings)
    }

    /// Whether it does for the file at `path` what a change is meant to do.
    pub fn silences(&self, change: Change, path: &Path, overrides: &Overrides) -> bool {
        let settings = self.settings_of_any(path, overrides);
        match change {
            Change::Allow(code) => settings.knows(code),
            Change::Vendor(vendor) => settings.vendors.iter().any(|known| known == vendor),
            Change::Off(rule) => settings.rules.get(rule) == Some(&None),
        }
    }

    /// The codes that its own file allows or names, without those of the files it extends.
    pub fn own_allowances(&self) -> Vec<Allowance<'_>> {
        let Some(own) = self.layers.last() else { return Vec::new() };
        let values = own.layer.overrides.iter().map(|(_, values)| values);
        own.allowances(values.chain([&own.layer.values]))
    }

    /// The codes that it, or what it extends, allows or names for the file at `path`.
    pub fn allowances_for(&self, path: &Path) -> Vec<Allowance<'_>> {
        let path = absolute(path);
        self.layers
            .iter()
            .flat_map(|stacked| {
                stacked.allowances(stacked.overriding(&path).chain([&stacked.layer.values]))
            })
            .collect()
    }

    /// Whether `exclude` keeps the file or folder at `path` from being looked at.
    pub fn excludes(&self, path: &Path) -> bool {
        let path = absolute(path);
        let said = |stacked: &&Stacked| stacked.layer.exclude.is_some();
        let mut said = self.layers.iter().filter(said).peekable();
        if said.peek().is_none() {
            return self.preferences.as_ref().is_some_and(|it| it.excludes(&path, &self.root));
        }
        said.any(|Stacked { folder, layer, .. }| {
            let matches = |globs: &Globs| Some(globs.matches(&below(&path, folder)?));
            layer.exclude.as_ref().and_then(matches).unwrap_or(false)
        })
    }
}

/// A code that a configuration allows, or gives a name.
#[derive(Debug, Clone, Copy)]
pub struct Allowance<'c> {
    /// The configuration file.
    pub file: &'c Path,
    /// Where in it.
    pub place: &'c Place,
    /// The code.
    pub code: StatusCode,
    /// The name it is given by a `[[code]]`.
    pub name: Option<&'c str>,
}

impl Stacked {
    /// What its `[[override]]`s say for a file.
    fn overriding(&self, path: &Path) -> impl Iterator<Item = &Values> {
        let path = below(path, &self.folder);
        self.layer.overrides.iter().filter_map(move |(paths, values)| {
            path.as_ref().is_some_and(|path| paths.matches(path)).then_some(values)
        })
    }

    fn allowances<'c>(&'c self, values: impl Iterator<Item = &'c Values>) -> Vec<Allowance<'c>> {
        let allowed = values.flat_map(|values| values.allow.iter().flatten());
        let allowed = allowed.map(|(code, place)| (*code, place, None));
        let named = self.layer.codes.iter().flatten();
        let named = named.map(|(own, place)| (own.code, place, Some(own.name.as_str())));
        let file = self.path.as_path();
        allowed
            .chain(named)
            .map(|(code, place, name)| Allowance { file, place, code, name })
            .collect()
    }
}

/// Reads a configuration file; the error is a reason for people.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    let text = std::fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    })?;
    String::from_utf8(text).map_err(|_| "it is not UTF-8".to_owned())
}

fn folder(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_path_buf()
}

fn same_file(left: &Path, right: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    real(left) == real(right)
}

fn cycle(stack: &[Stacked], last: &Path) -> String {
    let paths = stack.iter().map(|stacked| stacked.path.as_path()).chain([last]);
    let chain: Vec<_> = paths.map(shown).collect();
    format!("goes round in a circle: {}; take one of them out", chain.join(" extends "))
}
