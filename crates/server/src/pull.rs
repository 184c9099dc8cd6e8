//! Diagnostics for clients that ask for them, instead of being told.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use lsp_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult,
};
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, Result};

use crate::analysis::Analysis;
use crate::documents::Snapshot;
use crate::progress::{self, Progress, ProgressOf};
use crate::publisher::diagnostics;
use crate::session::Session;
use crate::workspace;

/// The diagnostics of a document, or that they are still those the client has.
pub(crate) fn report(
    session: &Session,
    snapshot: &Snapshot,
    analysis: &Analysis,
    previous: Option<&str>,
) -> DocumentDiagnosticReportResult {
    let items = diagnostics(session, snapshot, analysis);
    let result_id = id(&items);
    let report = if previous == Some(result_id.as_str()) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id };
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: unchanged,
        })
    } else {
        full(Some(result_id), items)
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// The report about a document that is not open: there is nothing to say.
pub(crate) fn nothing() -> DocumentDiagnosticReportResult {
    DocumentDiagnosticReportResult::Report(full(None, Vec::new()))
}

fn full(result_id: Option<String>, items: Vec<lsp_types::Diagnostic>) -> DocumentDiagnosticReport {
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// The diagnostics of all documents of the workspace, in parts where the client takes them.
pub(crate) async fn whole_workspace(
    session: &Arc<Session>,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let WorkspaceDiagnosticParams { previous_result_ids, .. } = params;
    let token = params.work_done_progress_params.work_done_token;
    let title = "Checking the status codes of the workspace";
    let client = session.client.clone();
    let mut progress = Progress::begin(client, &session.stoppable, token, title).await;
    // Before the workspace was read once, findings might be missing that depend on other files.
    session.wait_for_survey().await;
    let (sender, mut parts) = mpsc::unbounded_channel();
    let (worker, cancelled) = (Arc::clone(session), progress.cancelled());
    let work = tokio::task::spawn_blocking(move || {
        workspace::report(&worker, previous_result_ids, &cancelled, |part| {
            let _ = sender.send(part);
        });
    });
    let mut items = Vec::new();
    while let Some(part) = parts.recv().await {
        let token = params.partial_result_params.partial_result_token.clone();
        match token.filter(|_| !part.items.is_empty()) {
            Some(token) => {
                let value = WorkspaceDiagnosticReport { items: part.items };
                let params = progress::Params { token, value };
                session.client.send_notification::<ProgressOf<_>>(params).await;
            }
            None => items.extend(part.items),
        }
        progress.report(part.percentage).await;
    }
    let cancelled = progress.cancelled().is_set();
    progress.end().await;
    work.await.map_err(|_| Error::internal_error())?;
    if cancelled {
        return Err(Error::request_cancelled());
    }
    Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
}

/// The same for the same diagnostics, whatever happened to the document in between.
pub(crate) fn id(items: &[lsp_types::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    for item in items {
        serde_json::to_string(item).expect("diagnostics have only string keys").hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}
