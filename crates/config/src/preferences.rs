//! What a user wants wherever projects say nothing: the settings of an editor, with the keys of
//! `statuslint.toml`.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use statuslint_lint::Settings;
use toml::de::DeTable;

use crate::json::as_toml;
use crate::layer::{Layer, TOP_KEYS, Values, layer};
use crate::paths::below;
use crate::reader::Reader;

/// The keys of [`Preferences`]: those of the file without `extends`, for there is no file.
pub const PREFERENCES: &[&str] = {
    let [_extends, others @ ..] = &TOP_KEYS;
    others
};

/// What a user wants wherever projects say nothing.
///
/// Of a key that the configuration of a file says anything about, for that file, nothing here
/// counts; of `rules`, each one is a key of its own. So whoever has the same project sees the same.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// As written, without what cannot be used as a whole.
    said: Map<String, Value>,
    /// The folder of the patterns; without one, it is the root of each file's configuration.
    folder: Option<PathBuf>,
    layer: Layer,
}

/// Something wrong with [`Preferences`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The key it is about (`override[0].rules.magic-code`).
    pub key: String,
    /// What is wrong and what would be right.
    pub message: String,
    /// Whether the key is one that there is not: it has no effect, and that is all.
    pub is_unknown: bool,
}

impl PartialEq for Preferences {
    fn eq(&self, other: &Self) -> bool {
        (&self.said, &self.folder) == (&other.said, &other.folder)
    }
}

impl Preferences {
    /// Reads them as `statuslint.toml` is read. What is wrong is left out and told; the rest counts.
    pub fn read(mut said: Map<String, Value>) -> (Self, Vec<Complaint>) {
        let (layer, complaints) = read(&said);
        said.retain(|key, value| !value.is_null() && !complaints.iter().any(|it| it.key == *key));
        (Self { said, folder: None, layer }, complaints)
    }

    /// These preferences, and where they say nothing of a key, those.
    #[must_use]
    pub fn over(&self, others: &Self) -> Self {
        let mut said = others.said.clone();
        said.extend(self.said.clone());
        let (layer, _) = read(&said);
        Self { said, folder: self.folder.clone(), layer }
    }

    /// The same with patterns that are relative to a folder.
    #[must_use]
    pub fn in_folder(self, folder: &Path) -> Self {
        Self { folder: Some(folder.to_path_buf()), ..self }
    }

    /// Whether they say nothing at all.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// Applies what counts for a file at once, besides what the layers of a project's configuration
    /// and their values for this file say. What is left is what the overrides say for it.
    pub(crate) fn apply(
        &self,
        path: &Path,
        root: &Path,
        (layers, values): (&[&Layer], &[&Values]),
        settings: &mut Settings,
    ) -> Vec<Values> {
        let own = &self.layer;
        let mut unsaid = Layer { values: own.values.beside(values), ..Layer::default() };
        if layers.iter().all(|layer| layer.calls.is_none()) {
            unsaid.calls.clone_from(&own.calls);
        }
        if layers.iter().all(|layer| layer.names.is_none()) {
            unsaid.names.clone_from(&own.names);
        }
        if layers.iter().all(|layer| layer.codes.is_none()) {
            unsaid.codes.clone_from(&own.codes);
        }
        unsaid.apply(settings);
        let Some(path) = below(path, self.folder(root)) else { return Vec::new() };
        let overriding = own.overrides.iter().filter(|(paths, _)| paths.matches(&path));
        overriding.map(|(_, own)| own.beside(values)).collect()
    }

    /// Whether `exclude` keeps a file or folder from being looked at, in a project that says
    /// nothing of that.
    pub(crate) fn excludes(&self, path: &Path, root: &Path) -> bool {
        let exclude = self.layer.exclude.as_ref();
        exclude.is_some_and(|globs| {
            below(path, self.folder(root)).is_some_and(|path| globs.matches(&path))
        })
    }

    fn folder<'p>(&'p self, root: &'p Path) -> &'p Path {
        self.folder.as_deref().unwrap_or(root)
    }
}

fn read(said: &Map<String, Value>) -> (Layer, Vec<Complaint>) {
    let text = as_toml(said);
    let mut reader = Reader::of_json();
    let table = DeTable::parse(&text);
    let layer = match &table {
        Ok(table) => layer(&mut reader, table.get_ref(), PREFERENCES),
        Err(error) => {
            reader.error_at(0..0, None, format!("cannot be read: {}", error.message()));
            Layer::default()
        }
    };
    let Reader { errors, warnings, .. } = reader;
    let wrong = errors.into_iter().map(|error| Complaint {
        key: error.key.unwrap_or_default(),
        message: error.message,
        is_unknown: false,
    });
    let unknown = warnings.into_iter().map(|warning| Complaint {
        key: warning.key,
        message: warning.message,
        is_unknown: true,
    });
    (layer, wrong.chain(unknown).collect())
}
