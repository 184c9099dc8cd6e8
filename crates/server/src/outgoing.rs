//! What handlers send to the client by tower-lsp's handle, on its way to the writer: an answer must
//! not overtake what its handler has sent before it, parts of the result and progress.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use futures_util::{Stream, StreamExt, future};
use tower_lsp::jsonrpc::Request;

use crate::message;
use crate::writer::Writer;

/// The way from tower-lsp's handle to the writer.
pub(crate) struct Outgoing<R> {
    source: Arc<Mutex<Source<R>>>,
    writer: Writer,
}

struct Source<R> {
    requests: R,
    /// Wakes the task that passes the requests on.
    waker: Waker,
}

impl<R: Stream<Item = Request> + Unpin> Outgoing<R> {
    /// From the handle's stream to a writer.
    pub(crate) fn new(requests: R, writer: Writer) -> Self {
        let source = Source { requests, waker: Waker::noop().clone() };
        Self { source: Arc::new(Mutex::new(source)), writer }
    }

    /// Passes on whatever comes, until nothing can come any more.
    pub(crate) async fn run(self) {
        loop {
            self.writer.room().await;
            let passed = future::poll_fn(|cx| {
                let mut source = self.lock();
                source.waker.clone_from(cx.waker());
                self.pass(&mut source)
            });
            if !passed.await {
                return;
            }
        }
    }

    /// Passes on what has been sent so far.
    pub(crate) fn flush(&self) {
        let mut source = self.lock();
        while self.pass(&mut source) == Poll::Ready(true) {}
    }

    /// Passes one request on, if there is one: taken and given to the writer under one lock.
    fn pass(&self, source: &mut Source<R>) -> Poll<bool> {
        let Source { requests, waker } = source;
        requests.poll_next_unpin(&mut Context::from_waker(waker)).map(|request| {
            let Some(request) = request else { return false };
            self.writer.send(&message::without_null(request));
            true
        })
    }

    fn lock(&self) -> MutexGuard<'_, Source<R>> {
        self.source.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R> Clone for Outgoing<R> {
    fn clone(&self) -> Self {
        Self { source: Arc::clone(&self.source), writer: self.writer.clone() }
    }
}
