//! What the handlers of one client share, and the one way from a document to its analysis.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use lsp_types::notification::LogTrace;
use lsp_types::request::WorkspaceDiagnosticRefresh;
use lsp_types::{ClientCapabilities, LogTraceParams, MessageType};
use statuslint_workspace::{Checked, Manifests, Mentions, Options, Surveys, run, survey};
use tokio::sync::{Notify, watch};
use tower_lsp::Client;
use tower_lsp::jsonrpc;

use crate::abilities::Abilities;
use crate::analyses::Analyses;
use crate::analysis::{Analysis, Failures};
use crate::configuration::{Configuration, Wishes};
use crate::documents::Documents;
use crate::lanes::Lanes;
use crate::progress::Stoppable;
use crate::sites::KnownSites;
use crate::sources::Changed;
use crate::trace::{Trace, Watch};
use crate::workspace::Files;

/// How long the client may take to answer a question of ours.
const PATIENCE: Duration = Duration::from_secs(10);

/// So long the first survey of the workspace is waited for.
const LONGEST_SURVEY: Duration = Duration::from_mins(1);

/// One client, its documents and its settings.
#[derive(Debug)]
pub(crate) struct Session {
    /// For talking to the client.
    pub(crate) client: Client,
    /// The texts it has open.
    pub(crate) documents: Documents,
    configuration: Mutex<Configuration>,
    abilities: OnceLock<Abilities>,
    told: Mutex<HashSet<String>>,
    /// What the client wants to know of the work behind the answers.
    pub(crate) trace: Trace,
    /// The last analyses of the open documents.
    pub(crate) analyses: Analyses<Analysis>,
    /// Who may analyse now.
    pub(crate) lanes: Lanes,
    /// The documents whose analysis failed, and how often.
    pub(crate) failures: Failures,
    /// What the documents of the workspace tell each other.
    surveys: Mutex<Surveys>,
    /// The codes of the files of the workspace.
    mentions: Mutex<Mentions>,
    /// The files that were read for their diagnostics.
    pub(crate) files: Files,
    /// The places of statuses in files that are not open.
    pub(crate) sites: KnownSites,
    /// Told when a document was analysed or something else may have changed where statuses stand.
    pub(crate) touched: Notify,
    /// The files that changed and are to be read again.
    pub(crate) changed: Changed,
    /// The work the client can stop.
    pub(crate) stoppable: Stoppable,
    /// Whether the workspace was read once.
    pub(crate) surveyed: watch::Sender<bool>,
    /// What the manifests around the documents tell.
    pub(crate) manifests: Arc<Manifests>,
}

impl Session {
    /// A session with nothing known about the client yet.
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            documents: Documents::default(),
            configuration: Mutex::default(),
            abilities: OnceLock::new(),
            told: Mutex::default(),
            trace: Trace::default(),
            analyses: Analyses::default(),
            lanes: Lanes::default(),
            failures: Failures::default(),
            surveys: Mutex::default(),
            mentions: Mutex::default(),
            files: Files::default(),
            sites: KnownSites::default(),
            touched: Notify::new(),
            changed: Changed::default(),
            stoppable: Stoppable::default(),
            surveyed: watch::Sender::new(false),
            manifests: Arc::default(),
        }
    }

    /// Keeps what the client said it can do.
    pub(crate) fn learn(&self, capabilities: &ClientCapabilities) {
        let _ = self.abilities.set(Abilities::of(capabilities));
    }

    /// What the client can do.
    pub(crate) fn abilities(&self) -> Abilities {
        self.abilities.get().copied().unwrap_or_default()
    }

    /// The settings, held for as long as a look-up or a change takes.
    pub(crate) fn configuration(&self) -> MutexGuard<'_, Configuration> {
        self.configuration.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows a message, unless the user has seen it since the configuration last changed.
    pub(crate) fn tell_once(&self, kind: MessageType, message: String) {
        if self.told().insert(message.clone()) {
            let client = self.client.clone();
            tokio::spawn(async move { client.show_message(kind, message).await });
        }
    }

    /// Lets messages be shown again.
    pub(crate) fn forget_told(&self) {
        self.told().clear();
    }

    fn told(&self) -> MutexGuard<'_, HashSet<String>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the client of some work that is done, if it wants to know.
    pub(crate) fn trace(&self, message: String, watch: &Watch) {
        let Some(verbose) = self.trace.wants() else { return };
        let verbose = verbose.then(|| watch.to_string());
        let client = self.client.clone();
        let params = LogTraceParams { message, verbose };
        tokio::spawn(async move { client.send_notification::<LogTrace>(params).await });
    }

    /// Writes into the client's log.
    pub(crate) fn log(&self, kind: MessageType, message: String) {
        let client = self.client.clone();
        tokio::spawn(async move { client.log_message(kind, message).await });
    }

    /// What the documents of the workspace tell each other, for as long as a look-up takes.
    pub(crate) fn surveys(&self) -> MutexGuard<'_, Surveys> {
        self.surveys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The codes of the files of the workspace, for as long as a look-up takes.
    pub(crate) fn mentions(&self) -> MutexGuard<'_, Mentions> {
        self.mentions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the whole workspace for the functions that take a status, and for the codes. This
    /// takes its time: not for the reactor.
    pub(crate) fn survey(&self) {
        let roots = self.configuration().roots().to_vec();
        if !roots.is_empty() {
            let watch = Watch::start();
            let (surveys, mentions) = survey(&self.options(roots));
            self.trace("surveyed the workspace".to_owned(), &watch);
            *self.surveys() = surveys;
            *self.mentions() = mentions;
        }
        self.surveyed.send_replace(true);
    }

    /// Waits until the workspace was read once, for a limited time.
    pub(crate) async fn wait_for_survey(&self) {
        let mut surveyed = self.surveyed.subscribe();
        let _ = tokio::time::timeout(LONGEST_SURVEY, surveyed.wait_for(|done| *done)).await;
    }

    /// Reads files that are not open. This takes its time: not for the reactor.
    pub(crate) fn read(&self, paths: Vec<PathBuf>) -> Vec<Checked> {
        if paths.is_empty() { Vec::new() } else { run(&self.options(paths)).files }
    }

    /// Files and folders to read by the settings as they are now.
    pub(crate) fn options(&self, paths: Vec<PathBuf>) -> Options {
        let first = paths.first().map_or(Path::new(""), PathBuf::as_path);
        let Wishes { configs, overrides, .. } = self.configuration().wishes(first);
        Options {
            paths,
            // Half of the cores stay for the documents that are being written.
            threads: thread::available_parallelism()
                .ok()
                .and_then(|cores| NonZeroUsize::new(cores.get() / 2)),
            configs,
            overrides,
            manifests: Arc::clone(&self.manifests),
            ..Options::default()
        }
    }

    /// Lets a client that asks for diagnostics ask again: what documents are judged by has changed.
    pub(crate) fn refresh(self: &Arc<Self>) {
        if self.abilities().pulls && self.abilities().diagnostic_refresh {
            let session = Arc::clone(self);
            tokio::spawn(async move { session.ask::<WorkspaceDiagnosticRefresh>(()).await });
        }
    }

    /// Asks the client something, for a limited time.
    pub(crate) async fn ask<R>(&self, params: R::Params) -> Option<R::Result>
    where
        R: lsp_types::request::Request + 'static,
        R::Params: Send,
        R::Result: Send,
    {
        let client = self.client.clone();
        // The task outlives the wait: a late answer must still find somebody waiting.
        let question = tokio::spawn(async move { client.send_request::<R>(params).await });
        match tokio::time::timeout(PATIENCE, question).await {
            Ok(Ok(answer)) => self.unless_refused(R::METHOD, answer),
            _ => None,
        }
    }

    fn unless_refused<T>(&self, method: &str, answer: jsonrpc::Result<T>) -> Option<T> {
        let refused = |error| self.log(MessageType::WARNING, format!("{method} failed: {error}"));
        answer.map_err(refused).ok()
    }
}

#[cfg(test)]
mod tests {
    use statuslint_languages::Language;

    #[test]
    fn the_language_ids_of_editors_are_known() {
        for (id, language) in [
            ("go", "go"),
            ("rust", "rust"),
            ("python", "python"),
            ("json", "json"),
            ("jsonc", "json"),
            ("yaml", "yaml"),
            ("javascript", "javascript"),
            ("javascriptreact", "javascript"),
            ("typescript", "typescript"),
            ("typescriptreact", "tsx"),
        ] {
            assert_eq!(Language::from_id(id).map(Language::id), Some(language), "{id}");
        }
        assert_eq!(Language::from_id("plaintext"), None);
        assert_eq!(Language::from_id(""), None);
    }
}
