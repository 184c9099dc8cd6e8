//! The thread that reads, and what it has read and nobody has taken yet.

use std::io::Read;
use std::sync::Arc;
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, Id, Response};

use crate::frames::{Frame, Frames};
use crate::lost::{self, Lost};
use crate::message::{self, Message};
use crate::transport::{Ending, log};

/// How many messages may wait; the client is not read further while they do. What cancels a
/// request waits behind them, too.
const WAITING: usize = 256;
/// How many kibibytes of messages may wait. A single message may be larger.
const KIBIBYTES: usize = 64 << 10;

/// The messages, in the order they came.
#[derive(Debug)]
pub(crate) struct Inbox(mpsc::Receiver<(Message, OwnedSemaphorePermit)>);

impl Inbox {
    /// Starts to read, on a thread of its own that needs a runtime to wait in. The receiver
    /// resolves when the client has left, which may be long before its last messages are taken.
    pub(crate) fn open(input: impl Read + Send + 'static) -> (Self, oneshot::Receiver<Ending>) {
        let (messages, waiting) = mpsc::channel(WAITING);
        let (leave, left) = oneshot::channel();
        let room = Arc::new(Semaphore::new(KIBIBYTES));
        let mut reader = Reader { messages, room, runtime: Handle::current(), shut_down: false };
        thread::spawn(move || {
            if let Some(ending) = reader.read(input) {
                let _ = leave.send(ending);
            }
            // Only now is there nothing more to come: who sees that, may ask how it ended.
            drop(reader);
        });
        (Self(waiting), left)
    }

    /// The next message, or `None` after the last one before the client left.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        self.0.recv().await.map(|(message, _)| message)
    }
}

struct Reader {
    messages: mpsc::Sender<(Message, OwnedSemaphorePermit)>,
    room: Arc<Semaphore>,
    runtime: Handle,
    /// Whether the client has asked for the end.
    shut_down: bool,
}

/// Nobody takes messages any more.
struct Unwanted;

impl Reader {
    /// Reads until the client leaves, and tells how it did; `None` when nobody wants to know.
    fn read(&mut self, input: impl Read) -> Option<Ending> {
        let mut frames = Frames::new(input);
        loop {
            let frame = match frames.next() {
                Ok(Some(frame)) => frame,
                Ok(None) => break,
                Err(error) => {
                    log(&format!("cannot read from the client: {error}"));
                    break;
                }
            };
            if let Some(lost) = lost::in_bytes(&frames.take_skipped()) {
                self.lost(lost).ok()?;
            }
            let (message, size) = match frame {
                Frame::Body(body) => {
                    let (message, rest) = message::read(&body);
                    frames.give_back(&body[body.len() - rest..]);
                    if matches!(message, Message::Invalid(_))
                        && let Some(lost) = lost::in_bytes(&body)
                    {
                        self.lost(lost).ok()?;
                    }
                    (message, body.len())
                }
                Frame::Malformed(why) => {
                    let error = Error { message: why.into(), ..Error::parse_error() };
                    (Message::Invalid(Response::from_error(Id::Null, error)), 0)
                }
            };
            match &message {
                Message::Notification(request) if request.method() == "exit" => break,
                Message::Request(_, request) if request.method() == "shutdown" => {
                    self.shut_down = true;
                }
                _ => {}
            }
            self.pass_on(message, size).ok()?;
        }
        Some(if self.shut_down { Ending::Regular } else { Ending::Abrupt })
    }

    fn lost(&self, lost: Lost) -> Result<(), Unwanted> {
        self.pass_on(Message::Lost(lost), 0)
    }

    /// Waits for room for a message of some bytes, and lets it wait there.
    fn pass_on(&self, message: Message, size: usize) -> Result<(), Unwanted> {
        let size = u32::try_from((size >> 10).min(KIBIBYTES)).expect("it is small");
        let room = Arc::clone(&self.room).acquire_many_owned(size);
        let room = self.runtime.block_on(room).map_err(|_| Unwanted)?;
        self.messages.blocking_send((message, room)).map_err(|_| Unwanted)
    }
}
