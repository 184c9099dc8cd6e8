//! Diagnostics for clients that ask for them, instead of being told.

use std::hash::{DefaultHasher, Hash, Hasher};

use lsp_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport,
};

use crate::analysis::Analysis;
use crate::documents::Snapshot;
use crate::publisher::diagnostics;
use crate::session::Session;

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

/// The same for the same diagnostics, whatever happened to the document in between.
fn id(items: &[lsp_types::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    for item in items {
        serde_json::to_string(item).expect("diagnostics have only string keys").hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}
