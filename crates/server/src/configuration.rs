//! What the user wants: configuration files, and what the editor adds to them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{InitializeParams, Url};
use serde::Deserialize;
use serde_json::Value;
use statuslint_config::{Configs, FILE_NAMES, Overrides};
use statuslint_languages::Evidence;

/// The section of an editor's settings that is ours.
pub(crate) const SECTION: &str = "statuslint";

/// Where settings come from, until the user changes that.
#[derive(Debug, Clone)]
pub(crate) struct Configuration {
    /// The configuration files.
    pub(crate) configs: Arc<Configs>,
    /// What the editor adds to them.
    pub(crate) overrides: Overrides,
    roots: Vec<PathBuf>,
    /// What the editor began with, which counts while it has no settings.
    initial: EditorOptions,
    options: EditorOptions,
}

/// What an editor's settings may say under `statuslint`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct EditorOptions {
    /// The least evidence: `certain` or `likely`.
    evidence: Option<String>,
    /// One configuration file for every document.
    config: Option<PathBuf>,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            configs: Arc::new(Configs::discover()),
            overrides: Overrides::default(),
            roots: Vec::new(),
            initial: EditorOptions::default(),
            options: EditorOptions::default(),
        }
    }
}

impl Configuration {
    /// The folders the editor has open are where files without a configuration belong.
    pub(crate) fn set_roots(&mut self, roots: Vec<PathBuf>) -> Vec<String> {
        self.roots = roots;
        self.renew()
    }

    /// Adds and removes folders the editor has open.
    pub(crate) fn change_roots(&mut self, added: &[Url], removed: &[Url]) -> Vec<String> {
        let path = |url: &Url| url.to_file_path().ok();
        let removed: Vec<_> = removed.iter().filter_map(path).collect();
        self.roots.retain(|root| !removed.contains(root));
        self.roots.extend(added.iter().filter_map(path));
        self.renew()
    }

    /// The folders the editor has open.
    pub(crate) fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// Takes in what the editor begins with, as [`Self::set_options`] does.
    pub(crate) fn begin_with(&mut self, options: &Value) -> Option<Vec<String>> {
        let problems = self.set_options(options);
        self.initial = self.options.clone();
        problems
    }

    /// Takes the editor's settings in, whole or their section `statuslint`; `None` comes back
    /// when they say nothing new, else what is wrong with them.
    pub(crate) fn set_options(&mut self, settings: &Value) -> Option<Vec<String>> {
        let settings = settings.get(SECTION).unwrap_or(settings);
        let options = match settings {
            Value::Null => self.initial.clone(),
            settings => match EditorOptions::deserialize(settings) {
                Ok(options) => options,
                Err(error) => {
                    return Some(vec![format!("the settings of {SECTION} are not used: {error}")]);
                }
            },
        };
        if options == self.options {
            return None;
        }
        self.options = options;
        Some(self.renew())
    }

    /// Whether a change of this file changes the configuration.
    pub(crate) fn depends_on(&self, path: &Path) -> bool {
        let named = path.file_name().is_some_and(|name| FILE_NAMES.iter().any(|&own| name == own));
        let fixed = self.options.config.as_ref().is_some_and(|own| self.absolute(own) == path);
        named || fixed || self.configs.files().iter().any(|file| file == path)
    }

    /// The path of a document: of its file, or one it might be saved to.
    pub(crate) fn path_of(&self, url: &Url) -> PathBuf {
        url.to_file_path().unwrap_or_else(|()| {
            let name = url.path().rsplit('/').next().filter(|name| !name.is_empty());
            let root = self.roots.first().cloned().unwrap_or_default();
            root.join(name.unwrap_or("untitled"))
        })
    }

    /// Reads the configuration files again when next needed. What cannot be used is left out,
    /// and each of the messages that come back says why.
    pub(crate) fn renew(&mut self) -> Vec<String> {
        let mut problems = Vec::new();
        let evidence = match self.options.evidence.as_deref() {
            Some("certain") => Some(Evidence::Certain),
            Some("likely") => Some(Evidence::Likely),
            Some(other) => {
                problems.push(format!(
                    "{SECTION}.evidence is \"certain\" or \"likely\", not {other:?}"
                ));
                None
            }
            None => None,
        };
        self.overrides = Overrides::new(evidence, &[], &[]).unwrap_or_else(|problem| {
            problems.push(problem);
            Overrides::default()
        });
        let fixed = self.options.config.as_ref().map(|path| Configs::fixed(&self.absolute(path)));
        let configs = fixed.unwrap_or_else(|| Ok(Configs::discover())).unwrap_or_else(|problem| {
            problems.push(problem.to_string());
            Configs::discover()
        });
        self.configs = Arc::new(configs.with_roots(self.roots.iter().cloned()));
        problems
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        self.roots.first().map_or_else(|| path.to_path_buf(), |root| root.join(path))
    }
}

/// The folders an editor starts with.
pub(crate) fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    let mut roots: Vec<_> = folders.filter_map(|url| url.to_file_path().ok()).collect();
    if roots.is_empty() {
        roots.extend(params.root_uri.as_ref().and_then(|url| url.to_file_path().ok()));
    }
    roots
}
