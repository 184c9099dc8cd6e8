//! A bare connection to the built binary: bytes in, messages with the time they came out, and
//! nothing answered by itself.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use statuslint_tests::{binary, full};

use crate::client::read_message;

/// A message of the server and when it came.
#[derive(Debug)]
pub(crate) struct Heard {
    /// When it was whole.
    pub(crate) at: Instant,
    /// What it says.
    pub(crate) message: Value,
}

/// A server and its pipes.
pub(crate) struct Wire {
    server: Child,
    input: Option<ChildStdin>,
    output: Receiver<Heard>,
    /// Who holds this keeps the output from being read.
    pub(crate) ear: Arc<Mutex<()>>,
    errors: File,
    /// How many questions of the server were heard.
    pub(crate) questions: usize,
}

impl Wire {
    /// Starts a server in a folder, without a word to it.
    pub(crate) fn start(folder: &Path) -> Self {
        let errors = tempfile::tempfile().unwrap();
        let mut server = server(folder)
            .stderr(errors.try_clone().unwrap())
            .spawn()
            .expect("the binary is built");
        let input = server.stdin.take();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let ear = Arc::new(Mutex::new(()));
        let (sender, receiver) = channel();
        let hearing = Arc::clone(&ear);
        std::thread::spawn(move || {
            while let Some(message) = read_message(&mut output) {
                let at = Instant::now();
                drop(hearing.lock());
                if sender.send(Heard { at, message }).is_err() {
                    return;
                }
            }
        });
        Self { server, input, output: receiver, ear, errors, questions: 0 }
    }

    /// Starts a server and introduces a client; `processId` is one of the parameters.
    pub(crate) fn initialized(folder: &Path, params: &Value) -> Self {
        let mut wire = Self::start(folder);
        wire.request(&json!("initialize"), "initialize", params);
        wire.answer(&json!("initialize"), Duration::from_secs(30)).expect("an answer");
        wire.notify("initialized", &json!({}));
        wire
    }

    /// Sends any bytes; an error when the server is gone.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes)?;
        input.flush()
    }

    fn send(&mut self, message: &Value) {
        self.bytes(&frame(message)).expect("the server reads");
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request.
    pub(crate) fn request(&mut self, id: &Value, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
    }

    /// The next message, unless the server is gone or silent for so long.
    pub(crate) fn next(&mut self, patience: Duration) -> Option<Heard> {
        let heard = self.output.recv_timeout(patience).ok()?;
        let is_question =
            heard.message.get("id").is_some() && heard.message.get("method").is_some();
        self.questions += usize::from(is_question);
        Some(heard)
    }

    /// The answer to a request, if it comes in time; other messages are thrown away.
    pub(crate) fn answer(&mut self, id: &Value, patience: Duration) -> Option<Heard> {
        let begun = Instant::now();
        loop {
            let heard = self.next(patience.saturating_sub(begun.elapsed()))?;
            if heard.message.get("method").is_none() && heard.message["id"] == *id {
                return Some(heard);
            }
        }
    }

    /// Opens a document.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "python", "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
    }

    /// Puts a text at the beginning of a document.
    pub(crate) fn insert(&mut self, uri: &str, version: i32, text: &str) {
        let start = json!({"line": 0, "character": 0});
        let change = json!({"range": {"start": start, "end": start}, "text": text});
        let document = json!({"uri": uri, "version": version});
        let params = json!({"textDocument": document, "contentChanges": [change]});
        self.notify("textDocument/didChange", &params);
    }

    /// The id of the server's process.
    pub(crate) fn process(&self) -> u32 {
        self.server.id()
    }

    /// Closes the server's input.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the end of the process, and tells how long that took.
    pub(crate) fn status(&mut self) -> (ExitStatus, Duration) {
        status(&mut self.server)
    }

    /// What the server wrote on standard error.
    pub(crate) fn errors(&mut self) -> String {
        let mut text = String::new();
        self.errors.rewind().unwrap();
        self.errors.read_to_string(&mut text).unwrap();
        text
    }

    /// The most memory the process ever held, in kibibytes.
    pub(crate) fn most_memory(&self) -> u64 {
        memory(self.process())
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A server with pipes, to be started in a folder.
pub(crate) fn server(folder: &Path) -> Command {
    let mut server = Command::new(binary());
    server.arg("lsp").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    server
}

/// The end of a process and how long it was waited for.
pub(crate) fn status(process: &mut Child) -> (ExitStatus, Duration) {
    let begun = Instant::now();
    loop {
        match process.try_wait().expect("it is our child") {
            Some(status) => return (status, begun.elapsed()),
            None if begun.elapsed() > Duration::from_secs(30) => panic!("it did not end"),
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// The most memory a process ever held, in kibibytes.
#[cfg(target_os = "linux")]
pub(crate) fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse().unwrap()
}

/// Nobody tells elsewhere.
#[cfg(not(target_os = "linux"))]
pub(crate) fn memory(_: u32) -> u64 {
    0
}

/// A message as it goes over the wire.
pub(crate) fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A time limit: what is wanted in the full form, and what a busy machine is given otherwise.
pub(crate) fn limit(wanted: Duration) -> Duration {
    if full() { wanted } else { wanted.max(Duration::from_millis(500)) * 20 }
}

/// The 99th percentile and the worst of some times.
pub(crate) fn worst(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort();
    (times[(times.len() * 99).div_ceil(100) - 1], times[times.len() - 1])
}
