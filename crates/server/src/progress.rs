//! Long work a client waits for: how far it is, and how it is stopped.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::notification::Notification;
use lsp_types::{
    ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd,
    WorkDoneProgressReport,
};
use serde::{Deserialize, Serialize};
use tower_lsp::Client;

/// Whether some work is wanted no more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cancelled(Arc<AtomicBool>);

impl Cancelled {
    /// Whether it is.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// For work that knows nothing of the protocol.
    pub(crate) fn flag(&self) -> &AtomicBool {
        &self.0
    }

    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The work that the client can stop by the token it gave for its progress.
#[derive(Debug, Default)]
pub(crate) struct Stoppable(Mutex<HashMap<ProgressToken, Cancelled>>);

impl Stoppable {
    /// Stops the work of a token.
    pub(crate) fn stop(&self, token: &ProgressToken) {
        if let Some(work) = self.works().get(token) {
            work.set();
        }
    }

    fn works(&self) -> MutexGuard<'_, HashMap<ProgressToken, Cancelled>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The progress of one request; the work ends when this goes, as it does when the request is
/// cancelled.
pub(crate) struct Progress<'a> {
    client: Client,
    stoppable: &'a Stoppable,
    token: Option<ProgressToken>,
    cancelled: Cancelled,
    percentage: u32,
}

impl<'a> Progress<'a> {
    /// Begins to tell of some work under the token of a request, if it has one.
    pub(crate) async fn begin(
        client: Client,
        stoppable: &'a Stoppable,
        token: Option<ProgressToken>,
        title: &str,
    ) -> Self {
        let cancelled = Cancelled::default();
        if let Some(token) = &token {
            stoppable.works().insert(token.clone(), cancelled.clone());
        }
        let progress = Self { client, stoppable, token, cancelled, percentage: 0 };
        let begin = WorkDoneProgressBegin {
            title: title.to_owned(),
            cancellable: Some(true),
            message: None,
            percentage: Some(0),
        };
        progress.send(WorkDoneProgress::Begin(begin)).await;
        progress
    }

    /// Whether the work is wanted no more.
    pub(crate) fn cancelled(&self) -> Cancelled {
        self.cancelled.clone()
    }

    /// Tells how far it is, from 0 to 100; never less than before.
    pub(crate) async fn report(&mut self, percentage: u32) {
        if percentage > self.percentage {
            self.percentage = percentage.min(100);
            let report = WorkDoneProgressReport {
                cancellable: Some(true),
                message: None,
                percentage: Some(self.percentage),
            };
            self.send(WorkDoneProgress::Report(report)).await;
        }
    }

    /// Tells that it is done.
    pub(crate) async fn end(self) {
        self.send(WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
    }

    async fn send(&self, value: WorkDoneProgress) {
        if let Some(token) = self.token.clone() {
            self.client.send_notification::<ProgressOf<_>>(Params { token, value }).await;
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.cancelled.set();
        if let Some(token) = &self.token {
            self.stoppable.works().remove(token);
        }
    }
}

/// `$/progress` with any value: of work done, or a part of a result.
pub(crate) enum ProgressOf<T> {
    #[expect(dead_code, reason = "only its type is used")]
    Value(T),
}

/// The parameters of `$/progress`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Params<T> {
    /// Which request it belongs to.
    pub(crate) token: ProgressToken,
    /// What there is to tell.
    pub(crate) value: T,
}

impl<T: Serialize + for<'de> Deserialize<'de> + Send + Sync + 'static> Notification
    for ProgressOf<T>
{
    type Params = Params<T>;
    const METHOD: &'static str = "$/progress";
}
