//! A small client: it starts the built binary and speaks the protocol over pipes.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use statuslint_tests::binary;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A session with a server of its own.
pub(crate) struct Client {
    server: Child,
    /// What the server writes on standard error.
    errors: File,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    /// What came and was not asked for yet.
    unread: Vec<Value>,
    requests: i64,
    /// What the client answers when the server asks for settings.
    pub(crate) settings: Value,
    /// What it answers for single folders.
    pub(crate) folders: HashMap<String, Value>,
}

impl Client {
    /// Starts a server in a folder, without a word to it.
    pub(crate) fn start(folder: &Path) -> Self {
        let errors = tempfile::tempfile().unwrap();
        let mut server = Command::new(binary())
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors.try_clone().unwrap())
            .spawn()
            .expect("the binary is built");
        let input = server.stdin.take();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read_message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let (settings, folders) = (Value::Null, HashMap::new());
        let unread = Vec::new();
        Self { server, errors, input, output: receiver, unread, requests: 0, settings, folders }
    }

    /// Starts a server and introduces a client with these capabilities and options.
    pub(crate) fn initialized(folder: &Path, capabilities: &Value, options: &Value) -> Self {
        let params = json!({
            "rootUri": uri(folder), "workspaceFolders": [{"uri": uri(folder), "name": "root"}],
            "capabilities": capabilities, "initializationOptions": options,
        });
        Self::introduced(folder, &params)
    }

    /// Starts a server for a client that offers one encoding, and waits until it has read the
    /// whole folder.
    pub(crate) fn surveyed(folder: &Path, encoding: &str) -> Self {
        let capabilities = json!({"general": {"positionEncodings": [encoding]}});
        let params =
            json!({"rootUri": uri(folder), "capabilities": capabilities, "trace": "messages"});
        let mut client = Self::introduced(folder, &params);
        client.wait("survey", |it| it["params"]["message"] == "surveyed the workspace");
        client.notify("$/setTrace", &json!({"value": "off"}));
        client
    }

    /// Starts a server for a client that offers one encoding and has no folder open.
    pub(crate) fn without_folder(folder: &Path, encoding: &str) -> Self {
        let capabilities = json!({"general": {"positionEncodings": [encoding]}});
        Self::introduced(folder, &json!({"capabilities": capabilities}))
    }

    fn introduced(folder: &Path, params: &Value) -> Self {
        let mut client = Self::start(folder);
        let answer = client.request("initialize", params);
        let encoding = &answer["result"]["capabilities"]["positionEncoding"];
        assert!(encoding.is_string(), "{answer}");
        client.notify("initialized", &json!({}));
        client
    }

    /// Starts a server for a client that offers one encoding.
    pub(crate) fn with_encoding(folder: &Path, encoding: &str) -> Self {
        let capabilities = json!({"general": {"positionEncodings": [encoding]}});
        Self::initialized(folder, &capabilities, &Value::Null)
    }

    /// Sends any bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).expect("the server reads");
        input.flush().expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and waits for its answer.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.begin(method, params);
        self.answer_to(&id)
    }

    /// Sends a request; the id is what its answer is known by.
    pub(crate) fn begin(&mut self, method: &str, params: &Value) -> Value {
        self.requests += 1;
        let id = json!(self.requests);
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The answer to a request that was begun.
    pub(crate) fn answer_to(&mut self, id: &Value) -> Value {
        let is_it = |message: &Value| message.get("method").is_none() && message["id"] == *id;
        self.wait(&format!("answer to {id}"), is_it)
    }

    /// The result of a request about a position or range of a document.
    pub(crate) fn ask(&mut self, method: &str, uri: &str, place: &Value) -> Value {
        let mut params = json!({"textDocument": {"uri": uri}});
        let place = place.as_object().expect("a place is an object").clone();
        params.as_object_mut().expect("it is an object").extend(place);
        let answer = self.request(method, &params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Opens a document.
    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
    }

    /// Changes a document.
    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: &Value) {
        let document = json!({"uri": uri, "version": version});
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.notify("textDocument/didChange", &params);
    }

    /// The next diagnostics published for a document in this version; versions only grow.
    pub(crate) fn diagnostics(&mut self, uri: &str, version: impl Into<Value>) -> Vec<Value> {
        let version = version.into();
        let published = self.wait("diagnostics", |message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params.get("version").unwrap_or(&Value::Null) == &version
        });
        published["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    /// The next message with this method.
    pub(crate) fn notification(&mut self, method: &str) -> Value {
        self.wait(method, |message| message["method"] == method)
    }

    /// Everything that came so far and nobody waited for.
    pub(crate) fn unread(&mut self) -> &[Value] {
        while let Ok(message) = self.output.try_recv() {
            self.unread.push(message);
        }
        &self.unread
    }

    /// Takes everything that came so far and nobody waited for.
    pub(crate) fn take_unread(&mut self) -> Vec<Value> {
        self.unread();
        std::mem::take(&mut self.unread)
    }

    /// The id of the server's process.
    pub(crate) fn process(&self) -> u32 {
        self.server.id()
    }

    /// How many panics the server has told of since this was last asked.
    #[cfg_attr(not(debug_assertions), expect(dead_code, reason = "without failpoints"))]
    pub(crate) fn panics(&mut self) -> usize {
        let mut told = String::new();
        self.errors.rewind().unwrap();
        self.errors.read_to_string(&mut told).unwrap();
        self.errors.set_len(0).unwrap();
        self.errors.rewind().unwrap();
        told.matches("panicked at").count()
    }

    /// Waits for the end of the process.
    pub(crate) fn status(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            match self.server.try_wait().expect("it is our child") {
                Some(status) => return status,
                None if begun.elapsed() > PATIENCE => panic!("the server did not end"),
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }

    /// The first message, come or to come, that is the one; the server's questions are answered.
    fn wait(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let at = self.place_of(what, is_it);
        self.unread.remove(at)
    }

    /// Which of the unread messages is the one, once it has come.
    pub(crate) fn place_of(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> usize {
        let begun = Instant::now();
        if let Some(at) = self.unread.iter().position(&is_it) {
            return at;
        }
        loop {
            let left = PATIENCE.saturating_sub(begun.elapsed());
            let message = match self.output.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => panic!("no {what}, but {:#?}", self.unread),
                Err(RecvTimeoutError::Disconnected) => panic!("the server left instead of {what}"),
            };
            self.answer(&message);
            self.unread.push(message);
            if self.unread.last().is_some_and(&is_it) {
                return self.unread.len() - 1;
            }
        }
    }

    /// Answers the server's questions as editors do.
    fn answer(&mut self, message: &Value) {
        let (Some(id), Some(method)) = (message.get("id"), message["method"].as_str()) else {
            return;
        };
        let result = match method {
            "workspace/configuration" => self.settings_of(&message["params"]["items"]),
            _ => Value::Null,
        };
        self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
    }
}

impl Client {
    /// The settings of each folder asked for, or those for all.
    fn settings_of(&self, items: &Value) -> Value {
        let of = |item: &Value| {
            let folder = item["scopeUri"].as_str().and_then(|uri| self.folders.get(uri));
            folder.unwrap_or(&self.settings).clone()
        };
        items.as_array().expect("a list of items").iter().map(of).collect()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Reads one message; anything else on the server's output is a failure of the test.
pub(crate) fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    output.read_line(&mut header).ok().filter(|&count| count > 0)?;
    let length = header.strip_prefix("Content-Length: ").and_then(|it| it.trim_end().parse().ok());
    let length: usize = length.unwrap_or_else(|| panic!("not a header: {header:?}"));
    let mut blank = String::new();
    output.read_line(&mut blank).ok()?;
    assert_eq!(blank, "\r\n");
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("a body is JSON"))
}

/// The URI of a path, written as servers write it back.
pub(crate) fn uri(path: &Path) -> String {
    let mut uri = "file://".to_owned();
    for &byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_graphic() && !b"\"#%<>?`{}".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
