//! The protocol's methods. Notifications change the state and return; requests take a snapshot
//! and answer from it.

use std::sync::Arc;

use lsp_types::request::{RegisterCapability, WorkspaceConfiguration};
use lsp_types::{
    CodeActionKind, CodeActionParams, CodeActionResponse, ConfigurationItem, ConfigurationParams,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, FileSystemWatcher, GlobPattern,
    Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint,
    InlayHintParams, Location, MessageType, ReferenceParams, Registration, RegistrationParams,
    ServerInfo, SymbolInformation, Url, WorkspaceSymbolParams,
};
use statuslint_workspace::Manifests;
use tokio::task::JoinSet;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LanguageServer};

use crate::capabilities::capabilities;
use crate::configuration::{SECTION, roots};
use crate::documents::Snapshot;
use crate::positions::Encoding;
use crate::publisher::{Publisher, Task};
use crate::session::{Analysis, Session};
use crate::{actions, hover, inlay, places, pull, references};

/// The files whose changes matter beside the documents.
const WATCHED: &[&str] = &[
    "**/*.toml",
    "**/{Gemfile.lock,gems.locked,*.gemspec}",
    "**/{Cargo,uv,poetry,Pipfile,composer,mix,pubspec}.lock",
    "**/{package,package-lock,composer}.json",
    "**/{requirements*.txt,setup.cfg,go.mod,pom.xml,build.sbt,build.gradle,build.gradle.kts}",
    "**/{mix.exs,pubspec.yaml,*.csproj,Directory.Build.props,Directory.Packages.props}",
];

/// The server as the client sees it.
#[derive(Debug)]
pub(crate) struct Backend {
    session: Arc<Session>,
    publisher: Publisher,
}

impl Backend {
    /// A backend for a client, and the task that publishes its diagnostics.
    pub(crate) fn new(client: Client) -> (Self, Arc<Session>, Task) {
        let session = Arc::new(Session::new(client));
        let (publisher, task) = Publisher::new();
        (Self { session: Arc::clone(&session), publisher }, session, task)
    }

    /// Answers from the analysis of a document as it is now, on a worker thread.
    async fn answer<T: Send + 'static>(
        &self,
        url: &Url,
        answer: impl FnOnce(&Session, &Snapshot, &Analysis) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.session.documents.snapshot(url) else { return Ok(None) };
        let work = move |session: &Session| {
            let analysis = session.analyze(&snapshot);
            answer(session, &snapshot, &analysis)
        };
        self.work(work).await.map(Some)
    }

    /// Answers on a worker thread.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Result<T> {
        let session = Arc::clone(&self.session);
        // A set aborts what is left when it goes: a cancelled request that waits is never begun.
        let mut worker = JoinSet::new();
        worker.spawn_blocking(move || work(&session));
        match worker.join_next().await {
            Some(Ok(answer)) => Ok(answer),
            _ => Err(Error::internal_error()),
        }
    }

    /// Judges every open document again by the settings as they are now.
    fn settings_changed(&self, problems: Vec<String>) {
        self.session.forget_told();
        self.session.analyses.outdate();
        for problem in problems {
            self.session.tell_once(MessageType::ERROR, problem);
        }
        for url in self.session.documents.urls() {
            self.publisher.changed(url);
        }
        self.session.refresh();
        if self.session.abilities().inlay_refresh {
            let client = self.session.client.clone();
            tokio::spawn(async move { client.inlay_hint_refresh().await });
        }
    }

    /// Reads the workspace in the background, then judges every open document again.
    fn survey(&self) {
        let backend =
            Self { session: Arc::clone(&self.session), publisher: self.publisher.clone() };
        let session = Arc::clone(&self.session);
        tokio::spawn(async move {
            if tokio::task::spawn_blocking(move || session.survey()).await.is_ok() {
                for url in backend.session.documents.urls() {
                    backend.publisher.changed(url);
                }
                backend.session.refresh();
            }
        });
    }

    /// Asks the client for its settings; the answer comes after this has returned.
    fn ask_for_settings(&self) {
        let backend =
            Self { session: Arc::clone(&self.session), publisher: self.publisher.clone() };
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        tokio::spawn(async move {
            let items = ConfigurationParams { items: vec![item] };
            let answer = backend.session.ask::<WorkspaceConfiguration>(items).await;
            if let Some(settings) = answer.as_deref().and_then(<[_]>::first) {
                backend.take_settings(settings);
            }
        });
    }

    fn take_settings(&self, settings: &serde_json::Value) {
        let problems = self.session.configuration().set_options(settings);
        if let Some(problems) = problems {
            self.settings_changed(problems);
        }
    }

    /// Asks the client to tell of changed configuration files, which may extend any other, and of
    /// changed manifests.
    fn watch_files(&self) {
        let watchers = WATCHED.iter().map(|pattern| FileSystemWatcher {
            glob_pattern: GlobPattern::String((*pattern).to_owned()),
            kind: None,
        });
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.collect() };
        let registration = Registration {
            id: "configuration-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let session = Arc::clone(&self.session);
        tokio::spawn(async move {
            let registrations = vec![registration];
            session.ask::<RegisterCapability>(RegistrationParams { registrations }).await
        });
    }

    fn reload_if_configuration(&self, urls: impl IntoIterator<Item = Url>) {
        let paths: Vec<_> = urls.into_iter().filter_map(|url| url.to_file_path().ok()).collect();
        let manifests = paths.iter().any(|path| Manifests::reads(path));
        if manifests {
            self.session.manifests.forget();
        }
        let mut configuration = self.session.configuration();
        let depends = paths.iter().any(|path| configuration.depends_on(path));
        let problems = if depends { configuration.renew() } else { Vec::new() };
        drop(configuration);
        if depends || manifests {
            self.settings_changed(problems);
        }
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let encoding = Encoding::negotiate(&params.capabilities);
        self.session.documents.agree(encoding);
        self.session.learn(&params.capabilities);
        let mut problems = self.session.configuration().set_roots(roots(&params));
        if let Some(options) = &params.initialization_options {
            problems
                .extend(self.session.configuration().set_options(options).into_iter().flatten());
        }
        for problem in problems {
            self.session.tell_once(MessageType::ERROR, problem);
        }
        let info = ServerInfo {
            name: SECTION.to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        };
        Ok(InitializeResult { capabilities: capabilities(encoding), server_info: Some(info) })
    }

    async fn initialized(&self, _: InitializedParams) {
        let abilities = self.session.abilities();
        if abilities.watches_files {
            self.watch_files();
        }
        if abilities.configuration {
            self.ask_for_settings();
        }
        self.survey();
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let url = params.text_document.uri.clone();
        self.session.documents.open(params.text_document);
        self.publisher.changed(url);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        if self.session.documents.change(&document.uri, document.version, params.content_changes) {
            self.publisher.changed(document.uri);
        } else {
            self.session
                .log(MessageType::WARNING, format!("{} changed without being open", document.uri));
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.reload_if_configuration([params.text_document.uri]);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.session.documents.close(&params.text_document.uri);
        self.session.analyses.forget(&params.text_document.uri);
        self.publisher.closed(params.text_document.uri);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.reload_if_configuration(params.changes.into_iter().map(|change| change.uri));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let urls = |folders: Vec<lsp_types::WorkspaceFolder>| {
            folders.into_iter().map(|it| it.uri).collect::<Vec<_>>()
        };
        let (added, removed) = (urls(params.event.added), urls(params.event.removed));
        let problems = self.session.configuration().change_roots(&added, &removed);
        self.settings_changed(problems);
        self.survey();
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.session.abilities().configuration {
            self.ask_for_settings();
        } else if let Some(settings) = params.settings.get(SECTION) {
            self.take_settings(settings);
        }
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let report = move |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            pull::report(session, snapshot, analysis, previous.as_deref())
        };
        let report = self.answer(&params.text_document.uri, report).await?;
        Ok(report.unwrap_or_else(pull::nothing))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        let hover = move |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            hover::hover(analysis.checked.as_ref()?, place.position, snapshot, session.abilities())
        };
        Ok(self.answer(&place.text_document.uri, hover).await?.flatten())
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let place = params.text_document_position_params;
        let highlights = move |_: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            places::highlights(analysis.checked.as_ref()?, place.position, snapshot)
        };
        Ok(self.answer(&place.text_document.uri, highlights).await?.flatten())
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let place = params.text_document_position;
        let declarations = params.context.include_declaration;
        let found = move |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            references::references(session, snapshot, analysis, place.position, declarations)
        };
        Ok(self.answer(&place.text_document.uri, found).await?.flatten())
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<Vec<SymbolInformation>>> {
        self.work(move |session| references::symbols(session, &params.query)).await.map(Some)
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let links = |_: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            analysis.checked.as_ref().map(|checked| places::links(checked, snapshot))
        };
        Ok(self.answer(&params.text_document.uri, links).await?.flatten())
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        let hints = move |_: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            analysis.checked.as_ref().map(|checked| inlay::hints(checked, range, snapshot))
        };
        Ok(self.answer(&params.text_document.uri, hints).await?.flatten())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let only = params.context.only;
        let fixes = actions::wants(only.as_deref(), &CodeActionKind::QUICKFIX);
        let rewrites = actions::wants(only.as_deref(), &CodeActionKind::REFACTOR_REWRITE);
        // All at once is for who asks for it: on saving.
        let all = only.is_some() && actions::wants(only.as_deref(), &actions::FIX_ALL);
        if !fixes && !rewrites && !all {
            return Ok(None);
        }
        let range = params.range;
        let fixes = move |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            let checked = analysis.checked.as_ref().filter(|_| !analysis.excluded)?;
            let abilities = session.abilities();
            let mut offered = Vec::new();
            if fixes {
                let findings = &checked.report.findings;
                offered.extend(actions::quick_fixes(findings, range, snapshot, abilities));
            }
            if rewrites {
                offered.extend(actions::rewrites(checked, range, snapshot, abilities));
            }
            if all {
                offered.extend(actions::fix_all(checked, snapshot, abilities));
            }
            Some(offered)
        };
        Ok(self.answer(&params.text_document.uri, fixes).await?.flatten())
    }
}
