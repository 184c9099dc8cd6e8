//! Diagnostics of the whole workspace, for clients that ask: part by part, with progress, and
//! without reading again what has not changed.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use lsp_types::request::{Request as _, WorkspaceDiagnosticRequest};
use lsp_types::{
    Diagnostic, FullDocumentDiagnosticReport, PreviousResultId, UnchangedDocumentDiagnosticReport,
    Url, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use statuslint_lint::failpoint;
use statuslint_workspace::{Checked, Told, each};

use crate::documents::Snapshot;
use crate::progress::Cancelled;
use crate::publisher::{diagnostics, diagnostics_of};
use crate::pull;
use crate::session::Session;

/// So many reports go out together.
const PART: usize = 64;

/// The files that were read for their diagnostics.
#[derive(Debug, Default)]
pub(crate) struct Files(Mutex<HashMap<PathBuf, Known>>);

/// What is known of a file, and when that was so.
#[derive(Debug, Clone)]
struct Known {
    stamp: Stamp,
    epoch: u64,
    /// Its diagnostics and their result id, where it has any.
    report: Option<Arc<(String, Vec<Diagnostic>)>>,
}

/// Some of the reports, and how far the work is.
#[derive(Debug)]
pub(crate) struct Part {
    /// The reports.
    pub(crate) items: Vec<WorkspaceDocumentDiagnosticReport>,
    /// The share of the files that is done, from 0 to 100.
    pub(crate) percentage: u32,
}

impl Files {
    /// What is known of a file, if it is still as it was then.
    fn get(&self, path: &Path, epoch: u64) -> Option<Known> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = files.get(path).filter(|known| known.epoch == epoch)?;
        (stamp(path)? == known.stamp).then(|| known.clone())
    }

    fn set(&self, path: &Path, known: Known) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_path_buf(), known);
    }

    /// Forgets the files that are not there any more.
    fn keep(&self, there: &HashSet<PathBuf>) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|path, _| there.contains(path));
    }
}

/// When a file was changed last, and how long it is.
pub(crate) type Stamp = (SystemTime, u64);

/// That of a file, if it is there.
pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Tells the diagnostics of every document that has some, or of which the client has old ones.
/// This takes its time: not for the reactor.
pub(crate) fn report(
    session: &Session,
    previous: Vec<PreviousResultId>,
    cancelled: &Cancelled,
    tell: impl Fn(Part) + Sync,
) {
    let previous = previous.into_iter().map(|it| (it.uri, it.value)).collect();
    let reports =
        Reports { session, previous: Mutex::new(previous), parts: Mutex::default(), tell };
    let open = reports.open_documents();
    reports.files(&open, cancelled);
    reports.finish(!cancelled.is_set());
}

/// The reports of one request.
struct Reports<'a, F> {
    session: &'a Session,
    /// The result ids the client has, of the documents not reported yet.
    previous: Mutex<HashMap<Url, String>>,
    /// What is not told yet.
    parts: Mutex<Vec<WorkspaceDocumentDiagnosticReport>>,
    tell: F,
}

impl<F: Fn(Part) + Sync> Reports<'_, F> {
    /// Reports the open documents as they are written; gives the files they are of.
    fn open_documents(&self) -> HashSet<PathBuf> {
        let mut open = HashSet::new();
        let mut urls = self.session.documents.urls();
        urls.sort_unstable();
        for url in urls {
            let Some(snapshot) = self.session.documents.snapshot(&url) else { continue };
            open.extend(url.to_file_path());
            let Some(analysis) = self.session.analyze(&snapshot) else {
                // It is being written: the client will ask again, and keeps what it has so long.
                self.previous.lock().unwrap_or_else(PoisonError::into_inner).remove(&url);
                continue;
            };
            failpoint(WorkspaceDiagnosticRequest::METHOD, &snapshot.text);
            let items = diagnostics(self.session, &snapshot, &analysis);
            let version = Some(i64::from(snapshot.version));
            self.add(url, version, &pull::id(&items), &items, 0);
        }
        open
    }

    /// Reports the files of the workspace that are not open: those of each root by its settings.
    fn files(&self, open: &HashSet<PathBuf>, cancelled: &Cancelled) {
        let roots = self.session.configuration().roots().to_vec();
        let there = Mutex::new(HashSet::new());
        for (number, root) in roots.iter().enumerate() {
            let done = AtomicUsize::new(0);
            let percentage = |told: &Told<'_>| {
                let share = 100 * done.fetch_add(1, Ordering::Relaxed) / told.all.max(1);
                u32::try_from((100 * number + share) / roots.len()).unwrap_or(100)
            };
            self.files_of(root, open, cancelled, |told| {
                let percentage = percentage(told);
                there.lock().unwrap_or_else(PoisonError::into_inner).insert(told.path.to_owned());
                percentage
            });
        }
        if !cancelled.is_set() {
            let there = there.into_inner().unwrap_or_else(PoisonError::into_inner);
            self.session.files.keep(&there);
        }
    }

    /// Reports the files of one root. A file belongs to the innermost root around it.
    fn files_of(
        &self,
        root: &Path,
        open: &HashSet<PathBuf>,
        cancelled: &Cancelled,
        seen: impl Fn(&Told<'_>) -> u32 + Sync,
    ) {
        let Self { session, .. } = self;
        let epoch = session.analyses.epoch();
        let files = &session.files;
        let concerns = |path: &Path| {
            !open.contains(path) && session.configuration().root_of(path) == Some(root)
        };
        // As the file was before it was read: a change after that counts.
        let stamps = Mutex::new(HashMap::new());
        let stamps_now = || stamps.lock().unwrap_or_else(PoisonError::into_inner);
        let wants = |path: &Path| {
            let wanted = concerns(path) && files.get(path, epoch).is_none();
            if let Some(stamp) = stamp(path).filter(|_| wanted) {
                stamps_now().insert(path.to_path_buf(), stamp);
            }
            wanted
        };
        let index = |path: &Path| session.surveys().index(path);
        let options = session.options(vec![root.to_path_buf()]);
        each(&options, wants, index, cancelled.flag(), |told| {
            let percentage = seen(&told);
            let path = told.path;
            if !concerns(path) {
                return;
            }
            let Ok(url) = Url::from_file_path(path) else { return };
            let stamp = stamps_now().remove(path);
            let known = match stamp {
                Some(stamp) => Some(self.known(&url, &told, epoch, stamp)),
                None => files.get(path, epoch),
            };
            let report = known.and_then(|known| known.report);
            match report.as_deref() {
                Some((id, items)) => self.add(url, None, id, items, percentage),
                None if self.has_previous(&url) => self.add(url, None, "", &[], percentage),
                None => {}
            }
        });
    }

    /// What a file that was just read has to tell, kept for the next time.
    fn known(&self, url: &Url, told: &Told<'_>, epoch: u64, stamp: Stamp) -> Known {
        let encoding = self.session.documents.encoding();
        let diagnostics = |checked: &Checked| {
            let snapshot = Snapshot::of_file(url.clone(), Arc::clone(&checked.text), encoding);
            diagnostics_of(self.session, &snapshot, checked)
        };
        let items = told.checked.as_ref().map(diagnostics).unwrap_or_default();
        let report = (!items.is_empty()).then(|| Arc::new((pull::id(&items), items)));
        let known = Known { stamp, epoch, report };
        self.session.files.set(told.path, known.clone());
        known
    }

    fn has_previous(&self, url: &Url) -> bool {
        self.previous.lock().unwrap_or_else(PoisonError::into_inner).contains_key(url)
    }

    /// Reports a document: its diagnostics, or that the client has them.
    fn add(&self, uri: Url, version: Option<i64>, id: &str, items: &[Diagnostic], percentage: u32) {
        let previous = self.previous.lock().unwrap_or_else(PoisonError::into_inner).remove(&uri);
        let report = if previous.as_deref() == Some(id) {
            let unchanged = UnchangedDocumentDiagnosticReport { result_id: id.to_owned() };
            WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: unchanged,
            }
            .into()
        } else {
            let result_id = (!id.is_empty()).then(|| id.to_owned());
            let full = FullDocumentDiagnosticReport { result_id, items: items.to_vec() };
            WorkspaceFullDocumentDiagnosticReport {
                uri,
                version,
                full_document_diagnostic_report: full,
            }
            .into()
        };
        let mut part = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        part.push(report);
        if part.len() >= PART {
            let items = std::mem::take(&mut *part);
            drop(part);
            (self.tell)(Part { items, percentage });
        }
    }

    /// Tells what is left, and of the files that are gone if all that are there were seen.
    fn finish(&self, complete: bool) {
        let gone: Vec<Url> = {
            let previous = self.previous.lock().unwrap_or_else(PoisonError::into_inner);
            previous.keys().filter(|_| complete).cloned().collect()
        };
        for url in gone {
            self.add(url, None, "", &[], 100);
        }
        let items = std::mem::take(&mut *self.parts.lock().unwrap_or_else(PoisonError::into_inner));
        (self.tell)(Part { items, percentage: 100 });
    }
}
