//! Finding the configuration of a file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use crate::config::read;
use crate::paths::absolute;
use crate::{Config, Error, Preferences, Warning};

/// The names of a configuration file; the first one wins within a folder.
pub const FILE_NAMES: [&str; 2] = ["statuslint.toml", ".statuslint.toml"];

/// The configurations of a tree: found, read once and kept. It can be shared between threads.
#[derive(Debug)]
pub struct Configs {
    source: Source,
    roots: Vec<PathBuf>,
    passed_over: Option<PathBuf>,
    preferences: Option<Arc<Preferences>>,
    known: RwLock<Known>,
}

#[derive(Debug)]
enum Source {
    Nearest,
    Fixed(Arc<Config>, Vec<Warning>),
    Defaults,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Known {
    /// What holds in a folder.
    folders: HashMap<PathBuf, Result<Arc<Config>, Error>>,
    /// The warnings of each configuration.
    warnings: BTreeMap<PathBuf, Vec<Warning>>,
}

impl Configs {
    /// The nearest configuration file above each file.
    pub fn discover() -> Self {
        Self::new(Source::Nearest)
    }

    /// This one configuration file for every file; its patterns are relative to its own folder.
    pub fn fixed(path: &Path) -> Result<Self, Error> {
        let (config, warnings) = load(path)?;
        Ok(Self::new(Source::Fixed(Arc::new(config), warnings)))
    }

    /// No configuration files at all: the defaults for every file.
    pub fn isolated() -> Self {
        Self::new(Source::Defaults)
    }

    /// The folders that are roots for files without a configuration, beside the current one: an
    /// editor's workspace folders, or folders named on the command line.
    #[must_use]
    pub fn with_roots(mut self, roots: impl IntoIterator<Item = PathBuf>) -> Self {
        self.roots.extend(roots.into_iter().map(|root| absolute(&root)));
        self
    }

    /// As if there were no configuration file in this folder: for who writes a new one.
    #[must_use]
    pub fn passing_over(mut self, folder: &Path) -> Self {
        self.passed_over = Some(absolute(folder));
        self
    }

    /// What counts where the configurations say nothing.
    #[must_use]
    pub fn with_preferences(mut self, preferences: Preferences) -> Self {
        self.preferences = (!preferences.is_empty()).then(|| Arc::new(preferences));
        self
    }

    /// The same without configuration files: what counts where one cannot be read.
    #[must_use]
    pub fn without_files(&self) -> Self {
        let Self { roots, preferences, .. } = self;
        let mut same = Self::isolated();
        same.roots.clone_from(roots);
        same.preferences.clone_from(preferences);
        same
    }

    /// The configuration of the file at `path`, which need not exist.
    pub fn for_path(&self, path: &Path) -> Result<Arc<Config>, Error> {
        let path = absolute(path);
        self.for_folder(path.parent().unwrap_or(&path))
    }

    /// The configuration of the files in the folder at `path`.
    pub fn for_folder(&self, path: &Path) -> Result<Arc<Config>, Error> {
        let folder = absolute(path);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.folders.get(&folder) {
            return found.clone();
        }
        drop(known);
        let found = self.find(&folder).map(|config| self.preferring(config));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.folders.entry(folder).or_insert(found).clone()
    }

    /// The warnings of the configurations read so far, in the order of files and lines.
    pub fn warnings(&self) -> Vec<Warning> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let fixed = match &self.source {
            Source::Fixed(_, warnings) => warnings.as_slice(),
            Source::Nearest | Source::Defaults => &[],
        };
        let mut all: Vec<_> =
            fixed.iter().chain(known.warnings.values().flatten()).cloned().collect();
        all.sort_by(|a, b| (&a.path, a.place.range.start).cmp(&(&b.path, b.place.range.start)));
        all.dedup();
        all
    }

    /// The configurations read so far, each once, by file.
    pub fn all(&self) -> Vec<Arc<Config>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let fixed = match &self.source {
            Source::Fixed(config, _) => Some(config),
            Source::Nearest | Source::Defaults => None,
        };
        let found = known.folders.values().filter_map(|found| found.as_ref().ok()).chain(fixed);
        let by_file = found.filter_map(|config| Some((config.path()?, config)));
        let by_file: BTreeMap<&Path, &Arc<Config>> = by_file.collect();
        by_file.into_values().cloned().collect()
    }

    /// The configuration files read so far, those they extend included, ascending.
    pub fn files(&self) -> Vec<PathBuf> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let mut files = BTreeSet::new();
        for found in known.folders.values() {
            match found {
                Ok(config) => files.extend(config.files().map(Path::to_path_buf)),
                Err(error) => {
                    files.insert(error.path.clone());
                }
            }
        }
        if let Source::Fixed(config, _) = &self.source {
            files.extend(config.files().map(Path::to_path_buf));
        }
        files.into_iter().collect()
    }

    /// Forgets what was found, so that the next question looks at the disk again.
    ///
    /// A [`Configs::fixed`] configuration stays as it was read.
    pub fn clear(&self) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            roots: Vec::new(),
            passed_over: None,
            preferences: None,
            known: RwLock::default(),
        }
    }

    /// The configuration with what counts where it says nothing.
    fn preferring(&self, config: Arc<Config>) -> Arc<Config> {
        let wanted = self.preferences.as_ref().filter(|_| !config.has_preferences());
        match wanted {
            Some(preferences) => Arc::new(config.with(preferences)),
            None => config,
        }
    }

    fn find(&self, folder: &Path) -> Result<Arc<Config>, Error> {
        match &self.source {
            Source::Fixed(config, _) if folder.starts_with(config.root()) => Ok(Arc::clone(config)),
            Source::Fixed(config, _) => Ok(Arc::new(config.at(self.root_of(folder)))),
            Source::Defaults => Ok(Arc::new(Config::empty(self.root_of(folder)))),
            Source::Nearest => self.nearest(folder),
        }
    }

    fn nearest(&self, folder: &Path) -> Result<Arc<Config>, Error> {
        let mut files = FILE_NAMES.iter().map(|name| folder.join(name));
        let counts = self.passed_over.as_deref() != Some(folder);
        if counts && let Some(path) = files.find(|path| path.is_file()) {
            return self.load(&path);
        }
        match folder.parent().map(|parent| self.for_folder(parent)) {
            Some(Ok(config)) if config.path().is_none() && self.is_root(folder) => {
                Ok(Arc::new(config.at(self.root_of(folder))))
            }
            Some(found) => found,
            None => Ok(Arc::new(Config::empty(self.root_of(folder)))),
        }
    }

    fn load(&self, path: &Path) -> Result<Arc<Config>, Error> {
        let (config, warnings) = load(path)?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.warnings.insert(path.to_path_buf(), warnings);
        Ok(Arc::new(config))
    }

    /// The root of a folder that no configuration speaks for: that of its repository, else the
    /// innermost given one around it, else the current folder when it is below that, else `/`.
    fn root_of(&self, folder: &Path) -> PathBuf {
        let repository = folder.ancestors().find(|folder| is_repository(folder));
        let given = || self.roots.iter().filter(|root| folder.starts_with(root));
        let innermost = || given().max_by_key(|root| root.as_os_str().len()).map(PathBuf::as_path);
        let here = here();
        let current = || folder.starts_with(&here).then_some(here.as_path());
        let root = repository.or_else(innermost).or_else(current);
        root.or_else(|| folder.ancestors().last()).unwrap_or(folder).to_path_buf()
    }

    /// Whether the folder's root can be another than that of the folder above.
    fn is_root(&self, folder: &Path) -> bool {
        is_repository(folder) || self.roots.iter().any(|root| root == folder) || folder == here()
    }
}

fn is_repository(folder: &Path) -> bool {
    folder.join(".git").exists()
}

/// The current folder.
fn here() -> PathBuf {
    absolute(Path::new(""))
}

fn load(path: &Path) -> Result<(Config, Vec<Warning>), Error> {
    let path = absolute(path);
    let text = read(&path).map_err(|reason| Error {
        path: path.clone(),
        place: None,
        key: None,
        message: format!("cannot read the configuration: {reason}"),
    })?;
    Config::parse(&path, &text)
}
