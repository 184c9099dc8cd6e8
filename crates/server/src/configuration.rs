//! What the user wants: configuration files, and what the editor adds to them, for each of its
//! folders.

mod options;
mod schema;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{InitializeParams, MessageType, Url};
use serde_json::Value;
use statuslint_config::{Configs, FILE_NAMES, Overrides, Preferences};

use options::EditorOptions;
pub use schema::settings_schema;

/// The section of an editor's settings that is ours.
pub(crate) const SECTION: &str = "statuslint";

/// What is wrong with what the user wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// How bad that is.
    pub(crate) kind: MessageType,
    /// What it is, for people.
    pub(crate) message: String,
}

/// What holds for the documents of a folder, or for all others.
#[derive(Debug, Clone)]
pub(crate) struct Wishes {
    /// The configuration files.
    pub(crate) configs: Arc<Configs>,
    /// What the editor adds to them.
    pub(crate) overrides: Overrides,
    /// Whether inlay hints are shown.
    pub(crate) inlay_hints: bool,
}

/// Where settings come from, until the user changes that.
#[derive(Debug, Clone, Default)]
pub(crate) struct Configuration {
    /// The folders the editor has open.
    roots: Vec<PathBuf>,
    /// What it said when it started; what it says later comes over that.
    initial: EditorOptions,
    general: EditorOptions,
    /// What it says for some of its folders.
    folders: HashMap<PathBuf, EditorOptions>,
    /// What all that makes for a folder, and without one.
    wishes: HashMap<Option<PathBuf>, Wishes>,
    /// How often it was asked: only the last answer counts.
    questions: u64,
    /// The unknown settings the user was told of.
    warned: HashSet<String>,
}

impl Problem {
    /// Something that cannot be used.
    pub(crate) fn error(message: String) -> Self {
        Self { kind: MessageType::ERROR, message }
    }

    /// Something that is not used.
    pub(crate) fn warning(message: String) -> Self {
        Self { kind: MessageType::WARNING, message }
    }
}

impl Default for Wishes {
    fn default() -> Self {
        let configs = Arc::new(Configs::discover());
        Self { configs, overrides: Overrides::default(), inlay_hints: true }
    }
}

impl Configuration {
    /// The folders the editor has open are where files without a configuration belong.
    pub(crate) fn set_roots(&mut self, roots: Vec<PathBuf>) -> Vec<Problem> {
        self.roots = roots;
        self.renew()
    }

    /// Adds and removes folders the editor has open.
    pub(crate) fn change_roots(&mut self, added: &[Url], removed: &[Url]) -> Vec<Problem> {
        let path = |url: &Url| url.to_file_path().ok();
        let removed: Vec<_> = removed.iter().filter_map(path).collect();
        self.roots.retain(|root| !removed.contains(root));
        self.folders.retain(|root, _| !removed.contains(root));
        for root in added.iter().filter_map(path) {
            if !self.roots.contains(&root) {
                self.roots.push(root);
            }
        }
        self.renew()
    }

    /// The folders the editor has open.
    pub(crate) fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// What holds for the file at a path.
    pub(crate) fn wishes(&self, path: &Path) -> Wishes {
        let root = self.root_of(path).map(Path::to_path_buf);
        self.wishes.get(&root).or_else(|| self.wishes.get(&None)).cloned().unwrap_or_default()
    }

    /// The innermost folder the editor has open around a path.
    pub(crate) fn root_of(&self, path: &Path) -> Option<&Path> {
        let around = self.roots.iter().filter(|root| path.starts_with(root));
        around.max_by_key(|root| root.as_os_str().len()).map(PathBuf::as_path)
    }

    /// Takes in what the editor said when it started.
    pub(crate) fn set_initial(&mut self, settings: &Value) -> Vec<Problem> {
        let (options, mut problems) = EditorOptions::read(settings);
        self.initial = options;
        problems.extend(self.renew());
        self.unwarned(problems)
    }

    /// Takes the editor's settings in, whole or their section `statuslint`; `None` comes back
    /// when they say nothing new, else what is wrong with them.
    pub(crate) fn set_options(&mut self, settings: &Value) -> Option<Vec<Problem>> {
        self.set_all(&[], std::slice::from_ref(settings))
    }

    /// Before the editor is asked for its settings: the number of the question, and the folders
    /// to ask for beside those for all. One folder has no others.
    pub(crate) fn question(&mut self) -> (u64, Vec<PathBuf>) {
        self.questions += 1;
        let folders = if self.roots.len() > 1 { self.roots.clone() } else { Vec::new() };
        (self.questions, folders)
    }

    /// Takes the answer to a question in: the settings for all, then those for each folder.
    /// `None` comes back when they say nothing new.
    pub(crate) fn answer(
        &mut self,
        question: u64,
        folders: &[PathBuf],
        settings: &[Value],
    ) -> Option<Vec<Problem>> {
        (question == self.questions).then(|| self.set_all(folders, settings)).flatten()
    }

    fn set_all(&mut self, folders: &[PathBuf], settings: &[Value]) -> Option<Vec<Problem>> {
        let mut problems = Vec::new();
        let mut read = |settings: &Value| {
            let (options, wrong) = EditorOptions::read(settings);
            // What is wrong for all is wrong for each folder.
            problems.extend(wrong);
            problems.dedup();
            options
        };
        let (general, scoped) = settings.split_first()?;
        let general = read(general);
        let folders: HashMap<_, _> =
            folders.iter().zip(scoped).map(|(root, it)| (root.clone(), read(it))).collect();
        let is_new = (&general, &folders) != (&self.general, &self.folders);
        if !is_new && problems.is_empty() {
            return None;
        }
        (self.general, self.folders) = (general, folders);
        problems.extend(self.renew());
        let problems = self.unwarned(problems);
        (is_new || !problems.is_empty()).then_some(problems)
    }

    /// Without the warnings the user has seen.
    fn unwarned(&mut self, mut problems: Vec<Problem>) -> Vec<Problem> {
        problems.retain(|problem| {
            problem.kind != MessageType::WARNING || self.warned.insert(problem.message.clone())
        });
        problems
    }

    /// Whether a change of this file changes the configuration.
    pub(crate) fn depends_on(&self, path: &Path) -> bool {
        let named = path.file_name().is_some_and(|name| FILE_NAMES.iter().any(|&own| name == own));
        let read = |wishes: &Wishes| wishes.configs.files().iter().any(|file| file == path);
        let fixed = || {
            let roots = std::iter::once(None).chain(self.roots.iter().map(Some));
            let fixed = |root| Some(self.absolute(root, &self.options(root).config?));
            roots.filter_map(|root| fixed(root.map(PathBuf::as_path))).any(|file| file == path)
        };
        named || self.wishes.values().any(read) || fixed()
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
    pub(crate) fn renew(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        // Folders that want the same share what was read of the files.
        let mut shared: Vec<(Option<PathBuf>, Preferences, Arc<Configs>)> = Vec::new();
        let mut wishes = HashMap::new();
        for root in std::iter::once(None).chain(self.roots.iter().map(Some)) {
            let root = root.map(PathBuf::as_path);
            let options = self.options(root);
            let file = options.config.as_ref().map(|file| self.absolute(root, file));
            let mut preferences = options.preferences.clone();
            if let Some(root) = root.filter(|_| !preferences.is_empty()) {
                preferences = preferences.in_folder(root);
            }
            let same = shared.iter().find(|(of, with, _)| (of, with) == (&file, &preferences));
            let configs = if let Some((_, _, configs)) = same {
                Arc::clone(configs)
            } else {
                let (configs, problem) = self.configs(file.as_deref(), preferences.clone());
                problems.extend(problem.filter(|problem| !problems.contains(problem)));
                shared.push((file, preferences, Arc::clone(&configs)));
                configs
            };
            let here = Wishes {
                configs,
                overrides: options.overrides(),
                inlay_hints: options.inlay_hints.unwrap_or(true),
            };
            wishes.insert(root.map(Path::to_path_buf), here);
        }
        self.wishes = wishes;
        problems
    }

    /// The configuration files: one for all, or those that are found.
    fn configs(
        &self,
        file: Option<&Path>,
        preferences: Preferences,
    ) -> (Arc<Configs>, Option<Problem>) {
        let fixed = file.map_or_else(|| Ok(Configs::discover()), Configs::fixed);
        let problem = fixed.as_ref().err().map(|problem| Problem::error(problem.to_string()));
        let configs = fixed.unwrap_or_else(|_| Configs::discover());
        let configs = configs.with_roots(self.roots.iter().cloned());
        (Arc::new(configs.with_preferences(preferences)), problem)
    }

    /// What the editor says for a folder, or for all.
    fn options(&self, root: Option<&Path>) -> EditorOptions {
        let general = self.general.over(&self.initial);
        root.and_then(|root| self.folders.get(root))
            .map_or(general.clone(), |own| own.over(&general))
    }

    /// The path of a configuration file, which counts from the folder it is said for.
    fn absolute(&self, root: Option<&Path>, path: &Path) -> PathBuf {
        // What is said for all must not mean another file in each folder.
        let own = root.filter(|root| self.folders.get(*root).is_some_and(|it| it.config.is_some()));
        let from = own.or(self.roots.first().map(PathBuf::as_path));
        from.map_or_else(|| path.to_path_buf(), |root| root.join(path))
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
