//! What waits for the client to read it, and the thread that writes it.
//!
//! Sending never waits. What waits stays bounded when the client does not read: diagnostics take
//! the place of older ones of the same document, remarks beyond a number are counted, and requests
//! whose answers nobody fetches are refused. When even that grows, [`Writer::room`] tells whoever
//! would make more to wait.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::{Notify, oneshot};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

use crate::transport::log;

/// How many requests may be without an answer the client has read.
const UNANSWERED: usize = 10_000;
/// How many bytes may wait before answers are refused instead of kept.
const BYTES: usize = 32 << 20;
/// How much may wait in all, in bytes and in messages, before nothing more is begun.
const ROOM: (usize, usize) = (2 * BYTES, 10 * UNANSWERED);
/// How many remarks for the log may wait.
const REMARKS: usize = 1_000;

/// The way to the client.
#[derive(Debug, Clone)]
pub(crate) struct Writer(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    /// Something waits.
    work: Condvar,
    /// Something was written while there was no room.
    room: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Entry>,
    /// How many were taken out of it: what numbers are counted from.
    taken: usize,
    /// The number of the entry that has the diagnostics of a document.
    published: HashMap<String, usize>,
    bytes: usize,
    unanswered: usize,
    remarks: usize,
    /// How many remarks were left out after those that wait.
    left_out: usize,
    closed: bool,
}

/// A message that waits.
#[derive(Debug)]
enum Entry {
    Answer(String),
    Refusal(Id),
    Diagnostics(String, String),
    Remark(String),
    Other(String),
}

impl Entry {
    /// About how much memory it takes.
    fn bytes(&self) -> usize {
        match self {
            Self::Answer(body) | Self::Remark(body) | Self::Other(body) => body.len(),
            // The URI is kept twice.
            Self::Diagnostics(uri, body) => 2 * uri.len() + body.len(),
            Self::Refusal(Id::String(id)) => id.len(),
            Self::Refusal(_) => 0,
        }
    }
}

impl Writer {
    /// Starts the thread; the receiver resolves when it has ended.
    pub(crate) fn start(output: impl Write + Send + 'static) -> (Self, oneshot::Receiver<()>) {
        let writer = Self(Arc::default());
        let (ended, written) = oneshot::channel();
        let shared = Arc::clone(&writer.0);
        thread::spawn(move || {
            if let Err(error) = write_all(output, &shared) {
                log(&format!("cannot write to the client: {error}"));
            }
            let _ = ended.send(());
        });
        (writer, written)
    }

    /// Takes note of a request; `false` when it was refused, because too many are unanswered.
    pub(crate) fn begin(&self, id: &Id) -> bool {
        let mut queue = self.0.lock();
        queue.unanswered += 1;
        let begun = queue.unanswered <= UNANSWERED && queue.bytes <= BYTES;
        if !begun {
            self.push(queue, Entry::Refusal(id.clone()));
        }
        begun
    }

    /// Sends the answer to a request that was begun.
    pub(crate) fn answer(&self, response: &Response) {
        let body = text(response);
        let queue = self.0.lock();
        // One answer may be as large as it likes: it is the sum that counts.
        let fits = queue.bytes <= BYTES;
        let refusal = || Entry::Refusal(response.id().clone());
        self.push(queue, if fits { Entry::Answer(body) } else { refusal() });
    }

    /// Sends the answer to what was no request.
    pub(crate) fn complain(&self, response: &Response) {
        self.push(self.0.lock(), Entry::Other(text(response)));
    }

    /// Sends a request or notification of ours.
    pub(crate) fn send(&self, request: &Request) {
        let body = text(request);
        let entry = match request.method() {
            "textDocument/publishDiagnostics" => {
                match request.params().and_then(|params| params["uri"].as_str()) {
                    Some(uri) => Entry::Diagnostics(uri.to_owned(), body),
                    None => Entry::Other(body),
                }
            }
            "window/logMessage" | "window/showMessage" | "$/logTrace" => Entry::Remark(body),
            _ => Entry::Other(body),
        };
        self.push(self.0.lock(), entry);
    }

    /// Waits until there is room for what may come of one more message.
    pub(crate) async fn room(&self) {
        loop {
            let room = self.0.room.notified();
            tokio::pin!(room);
            // From here on no notice is missed.
            room.as_mut().enable();
            if self.0.lock().has_room() {
                return;
            }
            room.await;
        }
    }

    /// Lets the thread end when everything before is written.
    pub(crate) fn close(&self) {
        self.0.lock().closed = true;
        self.0.work.notify_one();
    }

    fn push(&self, mut queue: MutexGuard<'_, Queue>, entry: Entry) {
        queue.push(entry);
        drop(queue);
        self.0.work.notify_one();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next body to write, waited for; `None` at the end.
    fn next(&self) -> Option<String> {
        let done = |queue: &mut Queue| queue.waiting.is_empty() && !queue.closed;
        let mut queue =
            self.work.wait_while(self.lock(), done).unwrap_or_else(PoisonError::into_inner);
        let full = !queue.has_room();
        let body = queue.pop();
        if full && queue.has_room() {
            self.room.notify_waiters();
        }
        body
    }
}

impl Queue {
    fn has_room(&self) -> bool {
        self.bytes <= ROOM.0 && self.waiting.len() <= ROOM.1
    }

    fn push(&mut self, entry: Entry) {
        match &entry {
            Entry::Diagnostics(uri, _) => {
                // In the place of the older ones: a document that never rests still gets its turn.
                if let Some(&number) = self.published.get(uri) {
                    let place = &mut self.waiting[number - self.taken];
                    self.bytes = self.bytes + entry.bytes() - place.bytes();
                    *place = entry;
                    return;
                }
                self.published.insert(uri.clone(), self.taken + self.waiting.len());
            }
            Entry::Remark(_) if self.left_out > 0 || self.remarks == REMARKS => {
                self.left_out += 1;
                return;
            }
            Entry::Remark(_) => self.remarks += 1,
            Entry::Answer(_) | Entry::Refusal(_) | Entry::Other(_) => {}
        }
        self.bytes += entry.bytes();
        self.waiting.push_back(entry);
    }

    fn pop(&mut self) -> Option<String> {
        let entry = self.waiting.pop_front()?;
        self.taken += 1;
        self.bytes -= entry.bytes();
        Some(match entry {
            Entry::Answer(body) => {
                self.unanswered -= 1;
                body
            }
            Entry::Refusal(id) => {
                self.unanswered -= 1;
                text(&refusal(id))
            }
            Entry::Diagnostics(uri, body) => {
                self.published.remove(&uri);
                body
            }
            Entry::Remark(body) => {
                self.remarks -= 1;
                if self.remarks == 0 && self.left_out > 0 {
                    let more = remark(std::mem::take(&mut self.left_out));
                    self.bytes += more.len();
                    self.remarks += 1;
                    // Its number is that of the entry that was taken.
                    self.taken -= 1;
                    self.waiting.push_front(Entry::Remark(more));
                }
                body
            }
            Entry::Other(body) => body,
        })
    }
}

/// What a request is told that cannot be served because the client does not read.
fn refusal(id: Id) -> Response {
    let error = Error {
        code: ErrorCode::ServerError(-32803),
        message: "too many answers wait to be read".into(),
        data: None,
    };
    Response::from_error(id, error)
}

/// What stands in the log for remarks that were left out.
fn remark(left_out: usize) -> String {
    let message = format!("{left_out} more messages were left out: nobody read them");
    let params: Value = json!({"type": lsp_types::MessageType::WARNING, "message": message});
    text(&Request::build("window/logMessage").params(params).finish())
}

fn text(message: &impl Serialize) -> String {
    serde_json::to_string(message).expect("messages have only string keys")
}

fn write_all(mut output: impl Write, shared: &Shared) -> io::Result<()> {
    while let Some(body) = shared.next() {
        // In one piece, so that the client wakes once for it.
        let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        output.write_all(message.as_bytes())?;
        output.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
