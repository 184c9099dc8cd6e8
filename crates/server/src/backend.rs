//! The protocol's methods. Notifications change the state and return; requests take a snapshot
//! and answer from it.

use std::sync::Arc;

use lsp_types::notification::{
    DidChangeConfiguration, DidChangeWatchedFiles, DidChangeWorkspaceFolders, DidCloseTextDocument,
    DidOpenTextDocument, DidSaveTextDocument, Notification as _,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentDiagnosticRequest, DocumentHighlightRequest,
    DocumentLinkRequest, HoverRequest, InlayHintRequest, References, Request as _,
    WorkspaceSymbolRequest,
};
use lsp_types::{
    CodeActionParams, CodeActionResponse, CompletionItem, CompletionParams, CompletionResponse,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReportResult,
    DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams,
    Location, MessageType, ReferenceParams, ServerInfo, SetTraceParams, SymbolInformation, Url,
    WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult,
    WorkspaceSymbolParams,
};
use statuslint_lint::failpoint;
use tokio::task::JoinSet;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LanguageServer};

use crate::actions::Wanted;
use crate::analysis::Analysis;
use crate::capabilities::capabilities;
use crate::configuration::{SECTION, roots};
use crate::documents::Snapshot;
use crate::positions::Encoding;
use crate::publisher::{Publisher, Task};
use crate::session::Session;
use crate::sites::{SitesAnswer, SitesParams};
use crate::{actions, completion, hover, inlay, places, pull, references, sites, sites_changed};

/// The server as the client sees it.
#[derive(Debug, Clone)]
pub(crate) struct Backend {
    /// What the handlers share.
    pub(crate) session: Arc<Session>,
    /// What keeps the diagnostics up to date.
    pub(crate) publisher: Publisher,
}

impl Backend {
    /// A backend for a client, and the task that publishes its diagnostics.
    pub(crate) fn new(client: Client) -> (Self, Arc<Session>, Task) {
        let session = Arc::new(Session::new(client));
        let (publisher, task) = Publisher::new();
        (Self { session: Arc::clone(&session), publisher }, session, task)
    }

    /// Takes in how much the client wants to know of the work behind the answers.
    #[expect(clippy::unused_async, reason = "tower-lsp awaits every method")]
    pub(crate) async fn set_trace(&self, params: SetTraceParams) {
        self.session.trace.set(params.value);
    }

    /// The places of statuses in a document, or in the whole workspace.
    pub(crate) async fn sites(&self, params: SitesParams) -> Result<SitesAnswer> {
        if params.uri.is_none() {
            self.session.wait_for_survey().await;
        }
        let answer = move |session: &Session| {
            failpoint(sites::METHOD, params.uri.as_ref().map_or("", Url::as_str));
            match &params.uri {
                Some(url) => sites::of_document(session, url).ok_or_else(Error::content_modified),
                None => Ok(sites::of_workspace(session)),
            }
        };
        self.work(answer).await?
    }

    /// Stops work that the client does not want any more.
    #[expect(clippy::unused_async, reason = "tower-lsp awaits every method")]
    pub(crate) async fn stop(&self, params: WorkDoneProgressCancelParams) {
        self.session.stoppable.stop(&params.token);
    }

    /// Answers from the analysis of a document as it is now, on a worker thread; an error when
    /// the document changes before there is one.
    async fn answer<T: Send + 'static>(
        &self,
        method: &'static str,
        url: &Url,
        answer: impl FnOnce(&Session, &Snapshot, &Analysis) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.session.documents.snapshot(url) else { return Ok(None) };
        let turn = self.session.analyses.turn(url).await;
        let work = move |session: &Session| {
            let analysis = session.analyze(&snapshot).ok_or_else(Error::content_modified)?;
            drop(turn);
            failpoint(method, &snapshot.text);
            Ok(Some(answer(session, &snapshot, &analysis)))
        };
        self.work(work).await?
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
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let encoding = Encoding::negotiate(&params.capabilities);
        self.session.documents.agree(encoding);
        self.session.learn(&params.capabilities);
        self.session.trace.set(params.trace.unwrap_or_default());
        let mut problems = self.session.configuration().set_roots(roots(&params));
        if let Some(options) = &params.initialization_options {
            problems.extend(self.session.configuration().set_initial(options));
        }
        for problem in problems {
            self.session.tell_once(problem.kind, problem.message);
        }
        let info = ServerInfo {
            name: SECTION.to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        };
        Ok(InitializeResult { capabilities: capabilities(encoding), server_info: Some(info) })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.register();
        if self.session.abilities().configuration {
            self.ask_for_settings();
        }
        self.survey();
        if self.session.abilities().follows_sites {
            tokio::spawn(sites_changed::run(Arc::clone(&self.session)));
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let url = params.text_document.uri.clone();
        failpoint(DidOpenTextDocument::METHOD, &params.text_document.text);
        self.session.failures.forget(&url);
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
        if let Some(text) = params.text {
            failpoint(DidSaveTextDocument::METHOD, &text);
            self.verify(&params.text_document.uri, text);
        }
        self.reload_if_configuration([params.text_document.uri]);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        failpoint(DidCloseTextDocument::METHOD, params.text_document.uri.as_str());
        self.session.documents.close(&params.text_document.uri);
        self.session.analyses.forget(&params.text_document.uri);
        self.publisher.closed(params.text_document.uri.clone());
        // From now on it is as it was saved.
        self.files_changed([params.text_document.uri]);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let urls: Vec<_> = params.changes.into_iter().map(|change| change.uri).collect();
        for url in &urls {
            failpoint(DidChangeWatchedFiles::METHOD, url.as_str());
        }
        self.reload_if_configuration(urls.iter().cloned());
        self.files_changed(urls);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let urls = |folders: Vec<lsp_types::WorkspaceFolder>| {
            folders.into_iter().map(|it| it.uri).collect::<Vec<_>>()
        };
        let (added, removed) = (urls(params.event.added), urls(params.event.removed));
        for url in &removed {
            failpoint(DidChangeWorkspaceFolders::METHOD, url.as_str());
        }
        let problems = self.session.configuration().change_roots(&added, &removed);
        self.settings_changed(problems);
        if self.session.abilities().configuration {
            self.ask_for_settings();
        }
        self.survey();
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.session.abilities().configuration {
            self.ask_for_settings();
        } else if let Some(settings) = params.settings.get(SECTION) {
            let failing = settings.as_str().unwrap_or_default();
            failpoint(DidChangeConfiguration::METHOD, failing);
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
        let report = self
            .answer(DocumentDiagnosticRequest::METHOD, &params.text_document.uri, report)
            .await?;
        Ok(report.unwrap_or_else(pull::nothing))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        pull::whole_workspace(&self.session, params).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        let hover = move |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            hover::hover(analysis.checked.as_ref()?, place.position, snapshot, session.abilities())
        };
        Ok(self.answer(HoverRequest::METHOD, &place.text_document.uri, hover).await?.flatten())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        let url = &place.text_document.uri;
        let Some(snapshot) = self.session.documents.snapshot(url) else { return Ok(None) };
        let work = move |session: &Session| {
            failpoint(Completion::METHOD, &snapshot.text);
            completion::completion(session, &snapshot, place.position, params.context.as_ref())
        };
        self.work(work).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        self.work(move |session| completion::resolved(session, item)).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let place = params.text_document_position_params;
        let highlights = move |_: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            places::highlights(analysis.checked.as_ref()?, place.position, snapshot)
        };
        Ok(self
            .answer(DocumentHighlightRequest::METHOD, &place.text_document.uri, highlights)
            .await?
            .flatten())
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let place = params.text_document_position;
        let declarations = params.context.include_declaration;
        let found = move |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            references::references(session, snapshot, analysis, place.position, declarations)
        };
        Ok(self.answer(References::METHOD, &place.text_document.uri, found).await?.flatten())
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<Vec<SymbolInformation>>> {
        let symbols = move |session: &Session| {
            failpoint(WorkspaceSymbolRequest::METHOD, &params.query);
            references::symbols(session, &params.query)
        };
        self.work(symbols).await.map(Some)
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let links = |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            let abilities = session.abilities();
            analysis.checked.as_ref().map(|checked| places::links(checked, snapshot, abilities))
        };
        Ok(self
            .answer(DocumentLinkRequest::METHOD, &params.text_document.uri, links)
            .await?
            .flatten())
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        let hints = move |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            inlay::hints(session, analysis.checked.as_ref()?, range, snapshot)
        };
        Ok(self.answer(InlayHintRequest::METHOD, &params.text_document.uri, hints).await?.flatten())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let Some(wanted) = Wanted::of(params.context.only.as_deref()) else { return Ok(None) };
        let range = params.range;
        let offered = move |session: &Session, snapshot: &Snapshot, analysis: &Analysis| {
            actions::offered(session, snapshot, analysis, range, wanted)
        };
        Ok(self
            .answer(CodeActionRequest::METHOD, &params.text_document.uri, offered)
            .await?
            .flatten())
    }
}
