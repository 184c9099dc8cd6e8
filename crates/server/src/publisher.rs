//! Keeps the diagnostics of the open documents up to date: one task that decides, workers that
//! analyse, and nothing published about a state of a document that is past.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lsp_types::{Diagnostic, MessageType, Url};
use statuslint_workspace::Checked;
use tokio::sync::mpsc;

use crate::analysis::Analysis;
use crate::diagnostics::diagnostic;
use crate::documents::Snapshot;
use crate::session::Session;

/// For telling the publisher what happened.
#[derive(Debug, Clone)]
pub(crate) struct Publisher(mpsc::UnboundedSender<Event>);

/// After a change that came during an analysis, so long no other must come before the next one.
const QUIET: Duration = Duration::from_millis(15);
/// Who never stops writing sees diagnostics at least so often.
const LONGEST: Duration = Duration::from_millis(150);

#[derive(Debug)]
enum Event {
    /// A document was opened or changed, or the settings it is judged by.
    Changed(Url),
    /// A document was closed.
    Closed(Url),
    /// An analysis ended, without a result when it failed.
    Analyzed(Box<Snapshot>, Option<Shown>),
    /// The time is over in which a document that was in this state should rest.
    Rested(Url, u64),
}

/// What an analysis gave that concerns the editor.
#[derive(Debug, Default)]
struct Shown {
    diagnostics: Vec<Diagnostic>,
    /// Whether other documents are to be analysed again.
    news: bool,
    /// Whether there was an analysis: a document that has changed since is left to the next.
    made: bool,
}

/// What is being done about a document.
#[derive(Debug)]
enum Work {
    /// It is being analysed; whether it changed meanwhile.
    Analysis { changed: bool },
    /// It is being written, and waited for since then.
    Waiting { since: Instant },
}

impl Publisher {
    /// A publisher and what starts it on a runtime.
    pub(crate) fn new() -> (Self, Task) {
        let (sender, events) = mpsc::unbounded_channel();
        (Self(sender.clone()), Task { events, sender, work: HashMap::new(), shown: HashMap::new() })
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
    work: HashMap<Url, Work>,
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
                    session.touched.notify_one();
                    self.shown.remove(&url);
                    if !session.abilities().pulls {
                        session.client.publish_diagnostics(url, Vec::new(), None).await;
                    }
                }
                Event::Analyzed(snapshot, shown) => {
                    let work = self.work.remove(&snapshot.url);
                    let changed = matches!(work, Some(Work::Analysis { changed: true }));
                    let shown = shown.unwrap_or(Shown { made: true, ..Shown::default() });
                    let url = snapshot.url.clone();
                    if shown.made {
                        session.touched.notify_one();
                        self.analyzed(&session, *snapshot, shown).await;
                    }
                    if changed {
                        self.wait(&session, url, Instant::now());
                    }
                }
                Event::Rested(url, revision) => {
                    let Some(Work::Waiting { since }) = self.work.remove(&url) else { continue };
                    let rests = session.documents.is_current(&url, revision);
                    if rests || since.elapsed() >= LONGEST {
                        self.changed(&session, url);
                    } else {
                        self.wait(&session, url, since);
                    }
                }
            }
        }
    }

    /// Shows what an analysis gave, unless the document has changed since.
    async fn analyzed(&mut self, session: &Arc<Session>, snapshot: Snapshot, shown: Shown) {
        let Snapshot { url, version, revision, .. } = snapshot;
        let Shown { diagnostics, news, .. } = shown;
        if news {
            // It was taken in, so the next analysis of the document will not say it again.
            session.analyses.outdate_others(&url);
            session.refresh();
            let others = session.documents.urls().into_iter();
            for other in others.filter(|other| *other != url) {
                self.changed(session, other);
            }
        }
        if session.documents.is_current(&url, revision) {
            self.publish(session, url, version, diagnostics).await;
        }
    }

    /// Lets a document rest that is being written, before it is analysed again.
    fn wait(&mut self, session: &Session, url: Url, since: Instant) {
        let Some(snapshot) = session.documents.revision(&url) else { return };
        let (sender, waited) = (self.sender.clone(), url.clone());
        self.work.insert(url, Work::Waiting { since });
        tokio::spawn(async move {
            tokio::time::sleep(QUIET).await;
            let _ = sender.send(Event::Rested(waited, snapshot));
        });
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
        let now = (version, diagnostics);
        if self.shown.get(&url) != Some(&now) {
            let (version, diagnostics) = now.clone();
            self.shown.insert(url.clone(), now);
            session.client.publish_diagnostics(url, diagnostics, Some(version)).await;
        }
    }

    /// Analyses a document now, or again after the analysis that runs.
    fn changed(&mut self, session: &Arc<Session>, url: Url) {
        match self.work.get_mut(&url) {
            Some(Work::Analysis { changed }) => *changed = true,
            Some(Work::Waiting { .. }) => {}
            None => self.begin(session, url),
        }
    }

    fn begin(&mut self, session: &Arc<Session>, url: Url) {
        let Some(snapshot) = session.documents.snapshot(&url) else { return };
        self.work.insert(url, Work::Analysis { changed: false });
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
    let Some(analysis) = session.analyze(snapshot) else { return Shown::default() };
    let diagnostics = diagnostics(session, snapshot, &analysis);
    Shown { diagnostics, news: analysis.news, made: true }
}

/// The diagnostics of a document that was analysed.
pub(crate) fn diagnostics(
    session: &Session,
    snapshot: &Snapshot,
    analysis: &Analysis,
) -> Vec<Diagnostic> {
    let checked = analysis.checked.as_ref().filter(|_| !analysis.excluded);
    checked.map(|checked| diagnostics_of(session, snapshot, checked)).unwrap_or_default()
}

/// The diagnostics of a document whose findings are to be shown.
pub(crate) fn diagnostics_of(
    session: &Session,
    snapshot: &Snapshot,
    checked: &Checked,
) -> Vec<Diagnostic> {
    let positions = snapshot.positions();
    let show = |finding| diagnostic(finding, snapshot, &positions, session.abilities());
    checked.report.findings.iter().map(show).collect()
}
