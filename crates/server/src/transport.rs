//! Carries messages between the client and the service, instead of `tower_lsp::Server`.
//!
//! That one ends the process at the first bad frame, leaves `exit` unheard while standard input
//! stays open, dies when a handler panics, and runs four handlers at a time in any order. Here a
//! thread reads (`inbox.rs`) and another writes (`writer.rs`); notifications are finished in the
//! order they came, requests are begun in that order and finish when they can; nothing a client or
//! a handler does ends the process but `exit`, the end of the input, a closed output and the end
//! of the client.

use std::future::Future;
use std::io::{self, Read, Write};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::{FutureExt, SinkExt, Stream};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service;

use crate::hang_up::HangUp;
use crate::inbox::Inbox;
use crate::lost::{self, Lost};
use crate::message::Message;
use crate::outgoing::Outgoing;
use crate::parent;
use crate::writer::Writer;

/// How long what came before the end may still take.
const GRACE: Duration = Duration::from_millis(200);
/// How long the last words may take.
const FAREWELL: Duration = Duration::from_millis(100);
/// How many lines standard error is given: if nobody reads it, a pipe is full at some time.
const LINES: usize = 200;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By `exit` or the end of the input, after `shutdown`.
    Regular,
    /// By `exit`, the end of the input or the end of the client, without `shutdown`.
    Abrupt,
    /// The client closed the server's output.
    Deaf,
}

/// Serves one client until it leaves. `lose` is told of changes that nobody could read.
pub(crate) async fn serve<S: LanguageServer>(
    service: LspService<S>,
    socket: ClientSocket,
    (input, output): (impl Read + Send + 'static, impl Write + Send + 'static),
    hang_up: impl Future<Output = HangUp>,
    lose: impl Fn(Lost),
) -> Ending {
    let (inbox, left) = Inbox::open(input);
    let left = told(left).shared();
    let (writer, mut written) = Writer::start(output);
    let (parent, orphaned) = oneshot::channel();
    let desk = Desk { service, writer: writer.clone(), parent: Some(parent), lose };
    let leaving = async {
        // What the client said before it left is finished in order, if that is quick.
        let ending = tokio::select! {
            ending = left.clone() => ending,
            hang_up = hang_up => match hang_up {
                HangUp::Input => Ending::Abrupt,
                HangUp::Output => return Ending::Deaf,
            },
        };
        sleep(GRACE).await;
        ending
    };
    let ending = tokio::select! {
        biased;
        _ = &mut written => return Ending::Deaf,
        () = told(orphaned) => Ending::Abrupt,
        ending = leaving => ending,
        () = desk.serve(socket, inbox) => left.now_or_never().unwrap_or(Ending::Abrupt),
    };
    writer.close();
    let _ = timeout(FAREWELL, written).await;
    ending
}

/// What somebody tells; nothing for ever when there is nobody left to tell it.
pub(crate) async fn told<T>(
    receiver: impl Future<Output = Result<T, oneshot::error::RecvError>>,
) -> T {
    match receiver.await {
        Ok(value) => value,
        Err(_) => std::future::pending().await,
    }
}

/// Where messages are handed to the service.
struct Desk<S, F> {
    service: LspService<S>,
    writer: Writer,
    /// For telling that the client has ended, until it has said which process it is.
    parent: Option<oneshot::Sender<()>>,
    lose: F,
}

impl<S: LanguageServer, F: Fn(Lost)> Desk<S, F> {
    /// Serves until the client has left.
    async fn serve(mut self, socket: ClientSocket, mut inbox: Inbox) {
        let (ours, mut answers) = socket.split();
        let outgoing = Outgoing::new(ours, self.writer.clone());
        tokio::spawn(outgoing.clone().run());
        loop {
            // A client that neither reads nor stops asking has to wait itself in the end.
            self.writer.room().await;
            let Some(message) = inbox.next().await else { return };
            match message {
                Message::Notification(request) => self.notified(request).await,
                Message::Request(id, request) => self.asked(id, request, &outgoing).await,
                Message::Response(response) => {
                    // The sink panics when nobody waits for the answer any more.
                    if contained(answers.send(response)).await.is_err() {
                        log("an answer came when nobody waited for it any more");
                    }
                }
                Message::Invalid(response) => {
                    log(&format!("not a message: {:?}", response.error()));
                    self.writer.complain(&response);
                }
                Message::Lost(lost) => {
                    log("a change cannot be read");
                    (self.lose)(lost);
                }
            }
        }
    }

    async fn notified(&mut self, request: Request) {
        let method = request.method().to_owned();
        // Should the handler panic, nobody knows how much of the change was made.
        let lost = (method == lost::METHOD).then(|| lost::in_params(request.params()));
        if contained(self.service.call(request)).await.is_err() {
            log(&format!("the handler of {method} panicked"));
            lost.into_iter().for_each(&self.lose);
        }
    }

    async fn asked<R>(&mut self, id: Id, request: Request, outgoing: &Outgoing<R>)
    where
        R: Stream<Item = Request> + Unpin + Send + 'static,
    {
        if !self.writer.begin(&id) {
            return;
        }
        let method = request.method().to_owned();
        if method == "initialize"
            && let Some(process) = request.params().and_then(|params| params["processId"].as_u64())
            && let Some(parent) = self.parent.take()
        {
            parent::watch(process, parent);
        }
        let in_turn = matches!(method.as_str(), "initialize" | "shutdown");
        let mut answer = Box::pin(answer(id, method, self.service.call(request)));
        if in_turn {
            self.writer.answer(&answer.await);
        } else if let Some(response) = (&mut answer).now_or_never() {
            // Begun here, a handler takes its snapshot before the next notification.
            self.writer.answer(&response);
        } else {
            let (writer, outgoing) = (self.writer.clone(), outgoing.clone());
            tokio::spawn(async move {
                let response = answer.await;
                outgoing.flush();
                writer.answer(&response);
            });
        }
    }
}

/// Exactly one answer to a request, whatever its handler does.
async fn answer<E>(
    id: Id,
    method: String,
    handler: impl Future<Output = Result<Option<Response>, E>>,
) -> Response {
    match contained(handler).await {
        Ok(Ok(Some(response))) => response,
        Ok(Ok(None)) => Response::from_error(id, Error::method_not_found()),
        Ok(Err(_)) => Response::from_error(id, Error::invalid_request()),
        Err(Panicked) => {
            log(&format!("the handler of {method} panicked"));
            Response::from_error(id, Error::internal_error())
        }
    }
}

/// A handler panicked; the panic hook has told where.
struct Panicked;

async fn contained<T>(handler: impl Future<Output = T>) -> Result<T, Panicked> {
    AssertUnwindSafe(handler).catch_unwind().await.map_err(|_| Panicked)
}

/// Tells on standard error, for whoever looks into the editor's log.
pub(crate) fn log(text: &str) {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    match WRITTEN.fetch_add(1, Ordering::Relaxed) {
        0..LINES => drop(writeln!(io::stderr(), "statuslint lsp: {text}")),
        LINES => drop(writeln!(io::stderr(), "statuslint lsp: nothing more is written here")),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
