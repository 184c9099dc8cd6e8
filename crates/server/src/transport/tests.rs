//! Whole sessions with a service that is slow, panics and asks back, over pipes in memory.

use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use lsp_types::{
    DidChangeTextDocumentParams, ExecuteCommandParams, HoverParams, InitializeParams,
    InitializeResult, MessageType,
};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::{Client, LanguageServer, LspService};

use super::{Ending, serve};
use crate::frames::{Frame, Frames};
use crate::lost::Lost;

/// A service that does what the command it is asked to execute says.
struct Mock {
    client: Client,
    seen: Arc<Mutex<Vec<i32>>>,
}

#[tower_lsp::async_trait]
impl LanguageServer for Mock {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Ok(InitializeResult::default())
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let version = params.text_document.version;
        assert_ne!(version, -1, "a version the test panics with");
        if version % 7 == 0 {
            tokio::task::yield_now().await;
            self.client.log_message(MessageType::LOG, "seven").await;
        }
        self.seen.lock().unwrap().push(version);
    }

    async fn hover(&self, _: HoverParams) -> Result<Option<lsp_types::Hover>> {
        panic!("a hover that panics");
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        match params.command.as_str() {
            "sleep" => tokio::time::sleep(Duration::from_secs(30)).await,
            "ask" => drop(self.client.workspace_folders().await),
            "ask and leave" => {
                let question = self.client.workspace_folders();
                drop(tokio::time::timeout(Duration::from_millis(20), question).await);
            }
            other => panic!("no command {other}"),
        }
        Ok(Some(json!("done")))
    }
}

/// The reading end of a pipe in memory.
struct Pipe(mpsc::Receiver<Vec<u8>>, Vec<u8>);

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.1.is_empty() {
            self.1 = self.0.recv().unwrap_or_default();
        }
        let count = buffer.len().min(self.1.len());
        buffer[..count].copy_from_slice(&self.1[..count]);
        self.1.drain(..count);
        Ok(count)
    }
}

/// The writing end of a pipe in memory.
struct Sink(mpsc::Sender<Vec<u8>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The client's side of a session that runs on a thread of its own.
struct Session {
    input: mpsc::Sender<Vec<u8>>,
    output: Frames<Pipe>,
    seen: Arc<Mutex<Vec<i32>>>,
    lost: Arc<Mutex<Vec<Lost>>>,
    ending: mpsc::Receiver<Ending>,
}

impl Session {
    fn start() -> Self {
        let (input, server_input) = mpsc::channel();
        let (server_output, output) = mpsc::channel();
        let (ended, ending) = mpsc::channel();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&seen);
        let all_lost = Arc::new(Mutex::new(Vec::new()));
        let lost = Arc::clone(&all_lost);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_time()
                .build()
                .unwrap();
            let (service, socket) = LspService::new(|client| Mock { client, seen: record });
            let pipes = (Pipe(server_input, Vec::new()), Sink(server_output));
            let note = |what| lost.lock().unwrap().push(what);
            let session = serve(service, socket, pipes, std::future::pending(), note);
            let _ = ended.send(runtime.block_on(session));
            runtime.shutdown_background();
        });
        let output = Frames::new(Pipe(output, Vec::new()));
        Self { input, output, seen, lost: all_lost, ending }
    }

    fn initialized() -> Self {
        let mut session = Self::start();
        session.request(0, "initialize", &json!({"capabilities": {}}));
        assert_eq!(session.answer(0)["result"], json!({"capabilities": {}}));
        session
    }

    fn bytes(&self, bytes: &[u8]) {
        self.input.send(bytes.to_vec()).unwrap();
    }

    fn send(&self, message: &Value) {
        let body = message.to_string();
        self.bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn request(&self, id: i32, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
    }

    fn command(&self, id: i32, command: &str) {
        self.request(id, "workspace/executeCommand", &json!({"command": command, "arguments": []}));
    }

    fn notify(&self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn change(&self, version: i32) {
        self.notify("textDocument/didChange", &change(version));
    }

    fn receive(&mut self) -> Value {
        match self.output.next().unwrap() {
            Some(Frame::Body(body)) => serde_json::from_slice(&body).unwrap(),
            other => panic!("the server wrote {other:?}"),
        }
    }

    /// The next message with this id, requests of the server included.
    fn answer(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        loop {
            let message = self.receive();
            if message.get("id") == Some(&id) {
                return message;
            }
        }
    }

    fn ending(self) -> Ending {
        self.ending.recv_timeout(Duration::from_secs(2)).expect("the session ends at once")
    }
}

fn change(version: i32) -> Value {
    json!({"textDocument": {"uri": "file:///a", "version": version}, "contentChanges": []})
}

fn hover() -> Value {
    json!({"textDocument": {"uri": "file:///a"}, "position": {"line": 0, "character": 0}})
}

#[test]
fn ends_as_the_client_ends_it() {
    let session = Session::initialized();
    session.notify("exit", &Value::Null);
    assert_eq!(session.ending(), Ending::Abrupt);

    let mut session = Session::initialized();
    session.request(1, "shutdown", &Value::Null);
    assert_eq!(session.answer(1), json!({"jsonrpc": "2.0", "id": 1, "result": null}));
    session.notify("exit", &json!({}));
    assert_eq!(session.ending(), Ending::Regular);

    let Session { input, ending, .. } = Session::initialized();
    drop(input);
    assert_eq!(ending.recv_timeout(Duration::from_secs(2)), Ok(Ending::Abrupt));
}

#[test]
fn ends_while_handlers_run() {
    let session = Session::initialized();
    session.command(1, "sleep");
    session.notify("exit", &Value::Null);
    assert_eq!(session.ending(), Ending::Abrupt);
}

#[test]
fn ends_when_nobody_hears_it() {
    let Session { input, output, ending, .. } = Session::initialized();
    drop(output);
    input.send(b"Content-Length: 0\r\n\r\n".to_vec()).unwrap();
    assert_eq!(ending.recv_timeout(Duration::from_secs(2)), Ok(Ending::Deaf));
}

#[test]
fn serves_what_comes_before_the_answer_to_initialize() {
    let mut session = Session::start();
    session.request(1, "initialize", &json!({"capabilities": {}}));
    session.change(3);
    session.request(2, "shutdown", &Value::Null);
    assert!(session.answer(2).get("error").is_none());
    assert_eq!(*session.seen.lock().unwrap(), [3]);
}

#[test]
fn finishes_notifications_in_order() {
    let mut session = Session::initialized();
    (1..=2_000).for_each(|version| session.change(version));
    session.request(1, "shutdown", &Value::Null);
    session.answer(1);
    assert!(session.seen.lock().unwrap().iter().copied().eq(1..=2_000));
}

#[test]
fn a_slow_request_holds_nothing_up_and_can_be_cancelled() {
    let mut session = Session::initialized();
    let begun = Instant::now();
    (1..=20).for_each(|id| session.command(id, "sleep"));
    session.request(30, "no/such", &json!({}));
    assert_eq!(session.answer(30)["error"]["code"], -32601);
    session.notify("$/cancelRequest", &json!({"id": 20}));
    assert_eq!(session.answer(20)["error"]["code"], -32800);
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_panic_is_an_error_and_the_next_request_is_served() {
    let mut session = Session::initialized();
    session.request(1, "textDocument/hover", &hover());
    assert_eq!(session.answer(1)["error"]["code"], -32603);
    session.change(-1);
    session.change(5);
    session.request(2, "no/such", &json!({}));
    assert_eq!(session.answer(2)["error"]["code"], -32601);
    assert_eq!(*session.seen.lock().unwrap(), [5]);
}

#[test]
fn tells_which_documents_lost_a_change() {
    let mut session = Session::initialized();
    let of_a = || Lost::Of(vec!["file:///a".parse().unwrap()]);
    let mut expected = Vec::new();
    let mut check = |session: &mut Session, id: i32, lost: Option<Lost>| {
        session.request(id, "no/such", &json!({}));
        session.answer(id);
        expected.extend(lost);
        assert_eq!(*session.lost.lock().unwrap(), expected);
    };
    // A handler that panics.
    session.change(-1);
    check(&mut session, 1, Some(of_a()));
    // A body that is cut short.
    let body = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": change(2)});
    let body = body.to_string();
    session.bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len() - 3).as_bytes());
    check(&mut session, 2, Some(of_a()));
    // A header that says nothing, so that the body belongs to no frame.
    session.bytes(format!("Content-Length: nine\r\n\r\n{body}").as_bytes());
    check(&mut session, 3, Some(of_a()));
    // Parameters of another shape.
    session.notify("textDocument/didChange", &json!({"nonsense": true}));
    check(&mut session, 4, Some(Lost::Any));
    // Other bad messages.
    session.bytes(b"Content-Length: 3\r\n\r\n{\"a");
    session.notify("textDocument/didClose", &json!({"nonsense": true}));
    check(&mut session, 5, None);
}

#[test]
fn notifications_nobody_knows_are_no_error() {
    let mut session = Session::initialized();
    session.notify("$/setTrace", &json!({"value": "verbose"}));
    session.notify("$/unknown", &json!({}));
    session.notify("window/workDoneProgress/cancel", &json!({"token": 1}));
    session.request(1, "no/such", &json!({}));
    assert_eq!(session.receive()["id"], 1);
}

#[cfg(unix)]
#[test]
fn ends_with_the_process_of_the_client() {
    let mut process =
        std::process::Command::new("cat").stdin(std::process::Stdio::piped()).spawn().unwrap();
    let mut session = Session::start();
    let params = json!({"processId": process.id(), "capabilities": {}});
    session.request(0, "initialize", &params);
    session.answer(0);
    process.kill().unwrap();
    process.wait().unwrap();
    // Where nothing tells of the end of a process, it is looked for every few seconds.
    let ending = session.ending.recv_timeout(Duration::from_secs(10));
    assert_eq!(ending, Ok(Ending::Abrupt));
}

#[test]
fn passes_questions_to_the_client_and_answers_back() {
    let mut session = Session::initialized();
    session.command(1, "ask");
    let question = session.receive();
    assert_eq!(question["method"], "workspace/workspaceFolders");
    session.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": null}));
    assert_eq!(session.answer(1)["result"], "done");
}

#[test]
fn an_answer_that_comes_too_late_is_harmless() {
    let mut session = Session::initialized();
    session.command(1, "ask and leave");
    let question = session.receive();
    assert_eq!(session.answer(1)["result"], "done");
    session.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": null}));
    session.request(2, "no/such", &json!({}));
    assert_eq!(session.answer(2)["error"]["code"], -32601);
}

#[test]
fn answers_every_bad_message_once_and_goes_on() {
    let mut session = Session::initialized();
    session.bytes(b"Content-Length: 3\r\n\r\n{\"a");
    assert_eq!(session.receive()["error"]["code"], -32700);
    session.bytes(b"Content-Length: x\r\n\r\n");
    assert_eq!(session.receive()["error"]["code"], -32700);
    session.bytes(b"Content-Length: 2\r\n\r\n[]");
    assert_eq!(session.receive()["error"]["code"], -32600);
    session.request(7, "$/unknown", &json!({}));
    assert_eq!(session.receive(), session_error(7, -32601, "Method not found"));
    session.request(8, "shutdown", &json!({}));
    assert!(session.answer(8).get("error").is_none());
}

fn session_error(id: i32, code: i32, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}
