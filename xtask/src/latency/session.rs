//! A session with the server's process, and what it costs.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

/// Nothing may take longer.
const PATIENCE: Duration = Duration::from_mins(2);
/// Between two looks at what the process does; if it waits and has used nothing it rests.
const PAUSE: Duration = Duration::from_millis(1);

/// The process, spoken to like an editor does.
pub(crate) struct Session {
    process: Child,
    input: ChildStdin,
    output: Receiver<(Instant, Value)>,
    requests: i64,
    /// The processor time of each thread when last looked at, of those that are gone, too.
    threads: BTreeMap<String, Duration>,
}

impl Session {
    /// Starts a server, introduced as one that wants to tell every detail.
    pub(crate) fn start(binary: &Path) -> Result<Self> {
        let mut process = Command::new(binary)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        let input = process.stdin.take().context("the input is a pipe")?;
        let mut pipe = BufReader::new(process.stdout.take().context("the output is a pipe")?);
        let (sender, output) = channel();
        thread::spawn(move || {
            while let Some(message) = read_message(&mut pipe) {
                if sender.send((Instant::now(), message)).is_err() {
                    return;
                }
            }
        });
        let mut session = Self { process, input, output, requests: 0, threads: BTreeMap::new() };
        let params = json!({
            "processId": null, "rootUri": null, "trace": "verbose",
            "capabilities": {
                "general": {"positionEncodings": ["utf-16"]},
                "textDocument": {
                    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
                },
            },
        });
        session.request("initialize", &params)?;
        session.notify("initialized", &json!({}))?;
        Ok(session)
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: &Value) -> Result<()> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    /// Sends a request and waits for its result.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Result<Value> {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        loop {
            let (_, mut message) = self.next()?;
            if message.get("method").is_none() && message["id"] == id {
                ensure!(message.get("error").is_none(), "{method}: {message}");
                return Ok(message["result"].take());
            }
        }
    }

    /// The next message, when it came.
    pub(crate) fn next(&mut self) -> Result<(Instant, Value)> {
        let (came, message) =
            self.output.recv_timeout(PATIENCE).context("the server says nothing")?;
        if message.get("method").is_some()
            && let Some(id) = message.get("id")
        {
            self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}))?;
        }
        Ok((came, message))
    }

    /// The messages that came meanwhile.
    pub(crate) fn came(&mut self) -> Vec<Value> {
        self.output.try_iter().map(|(_, message)| message).collect()
    }

    fn send(&mut self, message: &Value) -> Result<()> {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(frame.as_bytes()).context("the server does not read")?;
        self.input.flush().context("the server does not read")
    }

    /// The processor time the process has used, once it rests.
    pub(crate) fn processor_time(&mut self) -> Result<Duration> {
        let begun = Instant::now();
        let mut before = None;
        loop {
            let now = self.look()?;
            if now.is_some() && now == before {
                return Ok(now.unwrap_or_default());
            }
            if begun.elapsed() > PATIENCE {
                bail!("the server does not rest");
            }
            before = now;
            thread::sleep(PAUSE);
        }
    }

    /// What all threads have used until now, as the scheduler counts in nanoseconds; `None` when
    /// some thread works, or would if it got a processor.
    fn look(&mut self) -> Result<Option<Duration>> {
        let mut waits = true;
        let folder = Path::new("/proc").join(self.process.id().to_string()).join("task");
        let threads = fs::read_dir(&folder).context("processor time is only told on Linux")?;
        for thread in threads {
            let path = thread?.path();
            // A thread may end between two looks.
            let Ok(counted) = fs::read_to_string(path.join("schedstat")) else { continue };
            let Ok(state) = fs::read_to_string(path.join("stat")) else { continue };
            // The name before it is in brackets, and may hold any.
            waits &= state.rsplit(')').next().is_some_and(|it| it.trim_start().starts_with('S'));
            let time = counted.split(' ').next().and_then(|it| it.parse().ok());
            let time = Duration::from_nanos(time.context("schedstat is three numbers")?);
            let id = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.threads.insert(id, time);
        }
        Ok(waits.then(|| self.threads.values().sum()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads one message, if there is another.
fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    output.read_line(&mut header).ok()?;
    let length = header.trim_end().strip_prefix("Content-Length: ")?.parse().ok()?;
    output.read_line(&mut header).ok()?;
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
