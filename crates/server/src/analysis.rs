//! The one way from an open document to its analysis.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::{MessageType, Url};
use statuslint_config::Configs;
use statuslint_languages::Language;
use statuslint_workspace::{Checked, ProblemSeverity, SIZE_LIMIT, check_text};

use crate::configuration::Wishes;
use crate::documents::Snapshot;
use crate::session::Session;
use crate::trace::Watch;

/// A document whose analysis failed so often is left alone until it is opened again.
const ENOUGH: u8 = 2;

/// What an analysis gives.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    /// The document as analysed; `None` when it is not one to analyse.
    pub(crate) checked: Option<Checked>,
    /// Whether the configuration keeps its findings from being shown.
    pub(crate) excluded: bool,
    /// Whether it tells other documents something new.
    pub(crate) news: bool,
}

/// The documents whose analysis failed, and in how many states.
#[derive(Debug, Default)]
pub(crate) struct Failures(Mutex<HashMap<Url, Failed>>);

/// The states of a document whose analysis failed.
#[derive(Debug, Default)]
struct Failed {
    count: u8,
    /// The last of them: analysed again, it fails again, which says nothing new.
    revision: u64,
}

impl Failures {
    /// Whether a document failed too often to be tried again.
    fn are_enough(&self, url: &Url) -> bool {
        self.documents().get(url).is_some_and(|failed| failed.count >= ENOUGH)
    }

    fn add(&self, snapshot: &Snapshot) {
        let mut documents = self.documents();
        let failed = documents.entry(snapshot.url.clone()).or_default();
        if failed.revision != snapshot.revision {
            *failed = Failed { count: failed.count + 1, revision: snapshot.revision };
        }
    }

    /// Gives a document another chance.
    pub(crate) fn forget(&self, url: &Url) {
        self.documents().remove(url);
    }

    fn documents(&self) -> MutexGuard<'_, HashMap<Url, Failed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// The analysis of a document, the same for all who ask; `None` when the document has changed
    /// since, and nobody asked in time. This may take its time: not for the reactor.
    pub(crate) fn analyze(&self, snapshot: &Snapshot) -> Option<Arc<Analysis>> {
        let is_current = || self.documents.is_current(&snapshot.url, snapshot.revision);
        self.analyses.of(snapshot, is_current, || self.analyzed(snapshot))
    }

    /// Analyses a document as the command line does.
    fn analyzed(&self, snapshot: &Snapshot) -> Analysis {
        if snapshot.text.len() as u64 > SIZE_LIMIT {
            let limit = SIZE_LIMIT / 1_000_000;
            let message = format!("{} is not checked: it has over {limit} MB", snapshot.url);
            self.tell_once(MessageType::INFO, message);
            return Analysis::default();
        }
        if self.failures.are_enough(&snapshot.url) {
            return Analysis::default();
        }
        let (path, Wishes { configs, overrides, .. }) = {
            let configuration = self.configuration();
            let path = configuration.path_of(&snapshot.url);
            let wishes = configuration.wishes(&path);
            (path, wishes)
        };
        let configs = if let Err(problem) = configs.for_path(&path) {
            self.tell_once(MessageType::ERROR, problem.to_string());
            Arc::new(configs.without_files())
        } else {
            configs
        };
        let index = self.surveys().index(&path);
        let language = Language::from_id(&snapshot.language_id);
        let text = Arc::clone(&snapshot.text);
        let place = self.lanes.enter(text.len());
        let watch = Watch::start();
        let checked =
            check_text(&path, text, language, &configs, &overrides, &self.manifests, &index);
        drop(place);
        self.trace(format!("analyzed {} version {}", snapshot.url, snapshot.version), &watch);
        for warning in configs.warnings() {
            self.tell_once(MessageType::WARNING, warning.to_string());
        }
        let checked = checked.unwrap_or_else(|problem| {
            self.failures.add(snapshot);
            let kind = match problem.severity {
                ProblemSeverity::Note => MessageType::INFO,
                ProblemSeverity::Error => MessageType::ERROR,
            };
            self.tell_once(kind, problem.to_string());
            None
        });
        let news = checked.as_ref().is_some_and(|checked| self.tell_others(&path, checked));
        Analysis { checked, excluded: excludes(&configs, &path), news }
    }

    /// Lets other documents know what one tells them; whether that is news to them.
    fn tell_others(&self, path: &Path, checked: &Checked) -> bool {
        self.mentions().tell(path, &checked.report.usage);
        let survey = &checked.report.usage.survey;
        checked.language.is_some_and(|language| self.surveys().tell(path, language, survey))
    }
}

fn excludes(configs: &Configs, path: &Path) -> bool {
    configs.for_path(path).is_ok_and(|config| config.excludes(path))
}
