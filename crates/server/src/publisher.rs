//! Keeps the diagnostics of the open documents up to date: one task that decides, workers that
//! analyse, and nothing published about a state of a document that is past.

use std::collections::HashMap;
use std::sync::Arc;

use lsp_types::{Diagnostic, MessageType, Url};
use tokio::sync::mpsc;

use crate::diagnostics::diagnostic;
use crate::documents::Snapshot;
use crate::session::{Analysis, Session};

/// For telling the publisher what happened.
#[derive(Debug, Clone)]
pub(crate) struct Publisher(mpsc::UnboundedSender<Event>);

#[derive(Debug)]
enum Event {
    /// A document was opened or changed, or the settings it is judged by.
    Changed(Url),
    /// A document was closed.
    Closed(Url),
    /// An analysis ended, without a result when it failed.
    Analyzed(Box<Snapshot>, Option<Shown>),
}

/// What an analysis gave that concerns the editor.
#[derive(Debug, Default)]
struct Shown {
    diagnostics: Vec<Diagnostic>,
    /// Whether other documents are to be analysed again.
    news: bool,
}

impl Publisher {
    /// A publisher and what starts it on a runtime.
    pub(crate) fn new() -> (Self, Task) {
        let (sender, events) = mpsc::unbounded_channel();
        (
            Self(sender.clone()),
            Task { events, sender, running: HashMap::new(), shown: HashMap::new() },
        )
    }

    /// A document was opened or changed, or the settings it is judged by.
    pub(crate) fn changed(&self, url: Url) {
        let _ = self.0.send(Event::Changed(url));
    }

    /// A document was closed.
    pub(crate) fn closed(&self, url: Url) {
        let _ = self.0.send(Event::Closed(url));
    }
}

/// The publisher's task.
#[derive(Debug)]
pub(crate) struct Task {
    events: mpsc::UnboundedReceiver<Event>,
    sender: mpsc::UnboundedSender<Event>,
    /// The documents being analysed, and whether they changed meanwhile.
    running: HashMap<Url, bool>,
    /// What the editor shows, so that it is told nothing twice.
    shown: HashMap<Url, (i32, Vec<Diagnostic>)>,
}

impl Task {
    /// Publishes until the session ends.
    pub(crate) async fn run(mut self, session: Arc<Session>) {
        while let Some(event) = self.events.recv().await {
            match event {
                Event::Changed(url) => self.changed(&session, url),
                Event::Closed(url) => {
                    self.shown.remove(&url);
                    if !session.abilities().pulls {
                        session.client.publish_diagnostics(url, Vec::new(), None).await;
                    }
                }
                Event::Analyzed(snapshot, shown) => {
                    let Snapshot { url, version, revision, .. } = *snapshot;
                    let changed = self.running.remove(&url).unwrap_or(false);
                    if session.documents.is_current(&url, revision) {
                        let Shown { diagnostics, news } = shown.unwrap_or_default();
                        if news {
                            session.analyses.outdate();
                            session.refresh();
                        }
                        self.publish(&session, url.clone(), version, diagnostics).await;
                        let others = session.documents.urls().into_iter();
                        for other in others.filter(|other| news && *other != url) {
                            self.changed(&session, other);
                        }
                    }
                    if changed {
                        self.changed(&session, url);
                    }
                }
            }
        }
    }

    async fn publish(
        &mut self,
        session: &Session,
        url: Url,
        version: i32,
        diagnostics: Vec<Diagnostic>,
    ) {
        if session.abilities().pulls {
            return;
        }
        let known = self.shown.insert(url.clone(), (version, diagnostics.clone()));
        if known.is_none_or(|known| known != (version, diagnostics.clone())) {
            session.client.publish_diagnostics(url, diagnostics, Some(version)).await;
        }
    }

    /// Analyses a document now, or again after the analysis that runs.
    fn changed(&mut self, session: &Arc<Session>, url: Url) {
        if let Some(changed) = self.running.get_mut(&url) {
            *changed = true;
            return;
        }
        let Some(snapshot) = session.documents.snapshot(&url) else { return };
        self.running.insert(url, false);
        let (session, sender) = (Arc::clone(session), self.sender.clone());
        tokio::spawn(async move {
            let (worker, document) = (Arc::clone(&session), snapshot.clone());
            let analysis = tokio::task::spawn_blocking(move || shown(&worker, &document)).await;
            let failed = |_| {
                session
                    .log(MessageType::ERROR, format!("the analysis of {} panicked", snapshot.url));
            };
            let shown = analysis.map_err(failed).ok();
            let _ = sender.send(Event::Analyzed(Box::new(snapshot), shown));
        });
    }
}

/// What to show of a document, whatever time it takes.
fn shown(session: &Session, snapshot: &Snapshot) -> Shown {
    let analysis = session.analyze(snapshot);
    Shown { diagnostics: diagnostics(session, snapshot, &analysis), news: analysis.news }
}

/// The diagnostics of a document that was analysed.
pub(crate) fn diagnostics(
    session: &Session,
    snapshot: &Snapshot,
    analysis: &Analysis,
) -> Vec<Diagnostic> {
    let checked = analysis.checked.as_ref().filter(|_| !analysis.excluded);
    let findings = checked.map(|checked| checked.report.findings.as_slice()).unwrap_or_default();
    if findings.is_empty() {
        return Vec::new();
    }
    let positions = snapshot.positions();
    let show = |finding| diagnostic(finding, snapshot, &positions, session.abilities());
    findings.iter().map(show).collect()
}
