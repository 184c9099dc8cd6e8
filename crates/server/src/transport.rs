//! Carries messages between the client and the service, instead of `tower_lsp::Server`.
//!
//! That one ends the process at the first bad frame, leaves `exit` unheard while standard input
//! stays open, dies when a handler panics, and runs four handlers at a time in any order. Here a
//! thread reads and another writes; notifications are finished in the order they came, requests
//! are begun in that order and finish when they can; nothing a client or a handler does ends the
//! process but `exit`, the end of the input and a closed output.

use std::future::Future;
use std::io::{self, Read, Write};
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use std::{sync, thread};

use futures_util::{FutureExt, SinkExt, StreamExt};
use serde::Serialize;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, Id, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service;

use crate::frames::{Frame, Frames};
use crate::message::{self, Message};

/// How many messages may wait; the client is not read further while they do.
const WAITING: usize = 1024;
/// How long the last words may take.
const FAREWELL: Duration = Duration::from_millis(200);

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By `exit` or the end of the input, after `shutdown`.
    Regular,
    /// By `exit` or the end of the input, without `shutdown`.
    Abrupt,
    /// The client closed the server's output.
    Deaf,
}

/// Serves one client until it leaves.
pub(crate) async fn serve<S: LanguageServer>(
    mut service: LspService<S>,
    socket: ClientSocket,
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
) -> Ending {
    let (to_loop, mut incoming) = mpsc::channel(WAITING);
    thread::spawn(move || read_all(input, &to_loop));
    let (writer, mut written) = Writer::start(output);
    let (mut ours, mut answers) = socket.split();
    let to_client = writer.clone();
    tokio::spawn(async move {
        while let Some(request) = ours.next().await {
            to_client.send(&message::without_null(request));
        }
    });

    let mut shut_down = false;
    loop {
        let message = tokio::select! {
            message = incoming.recv() => message,
            _ = &mut written => return Ending::Deaf,
        };
        match message {
            None => break,
            Some(Message::Notification(request) | Message::Request(_, request))
                if request.method() == "exit" =>
            {
                break;
            }
            Some(Message::Notification(request)) => {
                let method = request.method().to_owned();
                if contained(service.call(request)).await.is_err() {
                    log(&format!("the handler of {method} panicked"));
                }
            }
            Some(Message::Request(id, request)) => {
                let in_turn = matches!(request.method(), "initialize" | "shutdown");
                shut_down |= request.method() == "shutdown";
                let mut answer =
                    Box::pin(answer(id, request.method().to_owned(), service.call(request)));
                if in_turn {
                    writer.send(&answer.await);
                } else if let Some(response) = (&mut answer).now_or_never() {
                    // Begun here, a handler takes its snapshot before the next notification.
                    writer.send(&response);
                } else {
                    let writer = writer.clone();
                    tokio::spawn(async move { writer.send(&answer.await) });
                }
            }
            Some(Message::Response(response)) => {
                // The sink panics when nobody waits for the answer any more.
                if contained(answers.send(response)).await.is_err() {
                    log("an answer came when nobody waited for it any more");
                }
            }
            Some(Message::Invalid(response)) => {
                log(&format!("not a message: {:?}", response.error()));
                writer.send(&response);
            }
        }
    }
    writer.close();
    let _ = tokio::time::timeout(FAREWELL, written).await;
    if shut_down { Ending::Regular } else { Ending::Abrupt }
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

/// Reads messages until the input ends or nobody wants them.
fn read_all(input: impl Read, to_loop: &mpsc::Sender<Message>) {
    let mut frames = Frames::new(input);
    loop {
        let message = match frames.next() {
            Ok(Some(Frame::Body(body))) => {
                let (message, rest) = message::read(&body);
                frames.give_back(rest);
                message
            }
            Ok(Some(Frame::Malformed(why))) => {
                let error = Error { message: why.into(), ..Error::parse_error() };
                Message::Invalid(Response::from_error(Id::Null, error))
            }
            Ok(None) => return,
            Err(error) => return log(&format!("cannot read from the client: {error}")),
        };
        if to_loop.blocking_send(message).is_err() {
            return;
        }
    }
}

/// The queue of the thread that writes: sending never waits for the client.
#[derive(Clone)]
struct Writer(sync::mpsc::Sender<Option<String>>);

impl Writer {
    /// Starts the thread; the receiver resolves when it has ended.
    fn start(mut output: impl Write + Send + 'static) -> (Self, oneshot::Receiver<()>) {
        let (sender, queue) = sync::mpsc::channel::<Option<String>>();
        let (ended, written) = oneshot::channel();
        thread::spawn(move || {
            let mut write = |body: String| -> io::Result<()> {
                write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
                output.flush()
            };
            while let Ok(Some(body)) = queue.recv() {
                if let Err(error) = write(body) {
                    log(&format!("cannot write to the client: {error}"));
                    break;
                }
            }
            let _ = ended.send(());
        });
        (Self(sender), written)
    }

    fn send(&self, message: &impl Serialize) {
        let body = serde_json::to_string(message).expect("messages have only string keys");
        let _ = self.0.send(Some(body));
    }

    /// Lets the thread end when everything before is written.
    fn close(&self) {
        let _ = self.0.send(None);
    }
}

/// Tells on standard error, for whoever looks into the editor's log.
fn log(text: &str) {
    let _ = writeln!(io::stderr(), "statuslint lsp: {text}");
}

#[cfg(test)]
mod tests;
