//! Finding the configuration of a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{Config, Error, Warning};

/// The names of a configuration file; the first one wins within a folder.
pub const FILE_NAMES: [&str; 2] = ["statuslint.toml", ".statuslint.toml"];

/// The configurations of a tree: found, read once and kept. It can be shared between threads.
#[derive(Debug)]
pub struct Configs {
    roots: Vec<PathBuf>,
}

impl Configs {
    /// The nearest configuration file above each file.
    pub fn discover() -> Self {
        Self { roots: Vec::new() }
    }

    /// This one configuration file for every file; its folder stays the root of its globs.
    pub fn fixed(path: &Path) -> Result<Self, Error> {
        let _ = path;
        Ok(Self::discover())
    }

    /// No configuration files at all: the defaults for every file.
    pub fn isolated() -> Self {
        Self::discover()
    }

    /// The folders that are roots for files without a configuration, beside the current one:
    /// an editor's workspace folders.
    #[must_use]
    pub fn with_roots(mut self, roots: impl IntoIterator<Item = PathBuf>) -> Self {
        self.roots.extend(roots);
        self
    }

    /// The configuration of the file at `path`, which need not exist.
    pub fn for_path(&self, path: &Path) -> Result<Arc<Config>, Error> {
        let _ = path;
        Ok(Arc::new(Config::empty(PathBuf::new())))
    }

    /// The warnings of the configurations read so far, in the order of files and lines.
    pub fn warnings(&self) -> Vec<Warning> {
        Vec::new()
    }

    /// The configuration files read so far, those they extend included, ascending.
    pub fn files(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Forgets what was read, so that the next question looks at the disk again.
    pub fn clear(&self) {}
}
