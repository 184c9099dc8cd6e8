//! One configuration, its `extends` resolved.

use std::path::{Path, PathBuf};

use statuslint_languages::{Context, Language};
use statuslint_lint::Settings;

use crate::{Error, Overrides, Warning};

/// One configuration, its `extends` resolved.
#[derive(Debug, Clone)]
pub struct Config {
    path: Option<PathBuf>,
    root: PathBuf,
}

impl Config {
    /// The defaults, for files below `root`.
    pub fn empty(root: PathBuf) -> Self {
        Self { path: None, root }
    }

    /// Reads the text of the configuration file at `path`, and from disk the files it extends.
    pub fn parse(path: &Path, text: &str) -> Result<(Self, Vec<Warning>), Error> {
        let _ = text;
        let root = path.parent().unwrap_or(Path::new("")).to_path_buf();
        Ok((Self { path: Some(path.to_path_buf()), root }, Vec::new()))
    }

    /// The file it came from, if any.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The folder paths are relative to: the configuration's own, or that of the project.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The settings of the file at `path`.
    pub fn settings(&self, path: &Path, language: Language, overrides: &Overrides) -> Settings {
        let path = path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned();
        let mut settings =
            Settings { in_test: language.is_test_path(&path), ..Settings::default() };
        settings.context = Context { path, ..Context::default() };
        if let Some(evidence) = overrides.evidence() {
            settings.evidence = evidence;
        }
        settings
    }

    /// Whether `exclude` keeps the file or folder at `path` from being looked at.
    pub fn excludes(&self, path: &Path) -> bool {
        let _ = path;
        false
    }
}
