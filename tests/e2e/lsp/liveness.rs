//! Clients that do not answer, do not read, or change their mind: others are served meanwhile.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use statuslint_tests::full;

use crate::client::uri;
use crate::wire::{Wire, limit, worst};

const PATIENCE: Duration = Duration::from_mins(1);
const CANCELLED: Duration = Duration::from_millis(50);
const ANSWERED: Duration = Duration::from_millis(100);
const LINE: &str = "raise HTTPException(status_code=404)\n";
const TEXT: &str = "from fastapi import HTTPException\nraise HTTPException(status_code=306)\n";

fn start(folder: &Path, capabilities: &Value) -> Wire {
    let params = json!({"processId": null, "rootUri": null, "capabilities": capabilities});
    Wire::initialized(folder, &params)
}

fn hover(uri: &str, line: u32) -> Value {
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": 33}})
}

/// Asks what stands at a place, and tells how long the answer took.
fn ask(wire: &mut Wire, id: &str, params: &Value) -> Duration {
    let begun = Instant::now();
    wire.request(&json!(id), "textDocument/hover", params);
    let heard = wire.answer(&json!(id), PATIENCE).unwrap_or_else(|| panic!("no answer to {id}"));
    assert!(heard.message["result"].is_object(), "{:?}", heard.message);
    heard.at - begun
}

/// The answers to some requests, one each.
fn answers(
    wire: &mut Wire,
    count: usize,
    mut other: impl FnMut(&Value),
) -> HashMap<String, (Instant, Value)> {
    let mut answers = HashMap::new();
    while answers.len() < count {
        let heard = wire.next(PATIENCE).unwrap_or_else(|| panic!("{} of {count}", answers.len()));
        if heard.message.get("method").is_some() {
            other(&heard.message);
            continue;
        }
        let id = heard.message["id"].to_string();
        let before = answers.insert(id, (heard.at, heard.message));
        assert!(before.is_none(), "answered twice: {before:?}");
    }
    answers
}

#[test]
fn unanswered_questions_and_queued_messages_hold_nothing_up() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut wire = start(here.path(), &json!({"workspace": {"configuration": true}}));
    wire.open(&uri, TEXT);
    ask(&mut wire, "first", &hover(&uri, 1));
    for _ in 0..1_000 {
        wire.notify("workspace/didChangeConfiguration", &json!({"settings": null}));
    }
    let mut times = Vec::new();
    for version in 2..=10_001 {
        wire.insert(&uri, version, if version == 2 { "\n" } else { "" });
        if version % 50 == 0 {
            times.push(ask(&mut wire, &format!("hover {version}"), &hover(&uri, 2)));
        }
    }
    times.push(ask(&mut wire, "last", &hover(&uri, 2)));
    assert!(wire.questions > 1_000, "{} questions", wire.questions);
    let (most, slowest) = worst(times);
    eprintln!("1,000 questions, 10,000 changes: answers p99 {most:?}, worst {slowest:?}");
    assert!(most < limit(ANSWERED), "{most:?}");
    // Answers that come late, or twice, or to nothing are harmless.
    for id in (0..1_010).chain(0..10) {
        wire.bytes(&crate::wire::frame(&json!({"jsonrpc": "2.0", "id": id, "result": [null]})))
            .unwrap();
    }
    ask(&mut wire, "after", &hover(&uri, 2));
    assert!(!wire.errors().contains("panicked at"), "{}", wire.errors());
}

/// Notes which version of which document was published.
fn note(published: &mut HashMap<String, Vec<i64>>, message: &Value) {
    let params = &message["params"];
    if let (Some(uri), Some(version)) = (params["uri"].as_str(), params["version"].as_i64()) {
        published.entry(uri.to_owned()).or_default().push(version);
    }
}

#[test]
fn a_client_that_stops_reading_finds_everything_when_it_reads_again() {
    const DOCUMENTS: usize = 5;
    const REQUESTS: usize = 10_100;
    let here = tempfile::tempdir().unwrap();
    let uris: Vec<_> = (0..DOCUMENTS).map(|n| uri(&here.path().join(format!("{n}.py")))).collect();
    let mut wire = start(here.path(), &json!({}));
    for uri in &uris {
        wire.open(uri, &[TEXT, &LINE.repeat(50)].concat());
    }
    ask(&mut wire, "first", &hover(&uris[0], 1));
    let before = wire.most_memory();
    let ear = Arc::clone(&wire.ear);
    let deaf = ear.lock().unwrap();
    for id in 0..REQUESTS {
        wire.request(&json!(id), "statuslint/none", &json!({}));
    }
    let begun = Instant::now();
    let mut version = 1;
    while version == 1 || begun.elapsed() < Duration::from_secs(if full() { 30 } else { 2 }) {
        version += 1;
        for uri in &uris {
            // The first change moves what is found, the others only the version.
            wire.insert(uri, version, if version == 2 { "\n" } else { "" });
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let held = wire.most_memory();
    drop(deaf);
    let mut published = HashMap::new();
    let mut refused = 0;
    for (_, answer) in answers(&mut wire, REQUESTS, |it| note(&mut published, it)).into_values() {
        match answer["error"]["code"].as_i64() {
            Some(-32601) => {}
            Some(-32803) => refused += 1,
            _ => panic!("{answer}"),
        }
    }
    // How many had been read is the matter of the pipe.
    assert!(refused <= REQUESTS - 10_000, "{refused} were refused");
    let last = Some(&i64::from(version));
    while uris.iter().any(|uri| published.get(uri).and_then(|all| all.last()) != last) {
        let heard = wire.next(PATIENCE).expect("diagnostics of the last version");
        note(&mut published, &heard.message);
    }
    let most = published.values().map(Vec::len).max().unwrap();
    eprintln!(
        "{version} versions of {DOCUMENTS} documents, at most {most} published of one; {refused} requests refused; {before} KiB before, {held} KiB at most"
    );
    assert!(published.values().all(|versions| versions.is_sorted()), "{published:?}");
    assert!(most < 200, "{most} published while nobody read");
    assert!(held < before + (64 << 10), "{before} KiB before, {held} KiB at most");
    ask(&mut wire, "after", &hover(&uris[0], 2));
}

#[test]
fn a_storm_of_cancelled_requests_is_answered_at_once_and_others_too() {
    let here = tempfile::tempdir().unwrap();
    let (large, small) = (uri(&here.path().join("large.py")), uri(&here.path().join("small.py")));
    let mut wire = start(here.path(), &json!({}));
    wire.open(&small, TEXT);
    ask(&mut wire, "first", &hover(&small, 1));
    wire.open(&large, &LINE.repeat(15_000));
    let count = if full() { 10_000 } else { 500 };
    let (mut cancelled_at, mut asked_at) = (Vec::new(), HashMap::new());
    for id in 0..count {
        if id % 100 == 0 {
            // So that there is always an analysis to wait for.
            let version = i32::try_from(id / 100 + 2).unwrap();
            wire.insert(&large, version, "\n");
            asked_at.insert(json!(format!("other {id}")).to_string(), Instant::now());
            wire.request(&json!(format!("other {id}")), "textDocument/hover", &hover(&small, 1));
        }
        wire.request(&json!(id), "textDocument/hover", &hover(&large, 7));
        if id % 10 == 9 {
            for id in id - 9..=id {
                cancelled_at.push(Instant::now());
                wire.notify("$/cancelRequest", &json!({"id": id}));
            }
        }
    }
    let mut cancelled = 0;
    let (mut cancels, mut others) = (Vec::new(), Vec::new());
    for (id, (at, answer)) in answers(&mut wire, count + asked_at.len(), |_| {}) {
        if let Some(asked) = asked_at.get(&id) {
            assert!(answer["result"].is_object(), "{answer}");
            others.push(at - *asked);
        } else {
            cancelled += usize::from(answer["error"]["code"] == -32800);
            let number: usize = id.parse().unwrap();
            cancels.push(at.saturating_duration_since(cancelled_at[number]));
        }
    }
    let (cancel, slowest_cancel) = worst(cancels);
    let (other, slowest_other) = worst(others);
    eprintln!("{cancelled} of {count} cancelled: p99 {cancel:?}, worst {slowest_cancel:?}");
    eprintln!("others meanwhile: p99 {other:?}, worst {slowest_other:?}");
    assert!(cancelled > 0, "all were answered before they were cancelled");
    assert!(cancel < limit(CANCELLED), "{cancel:?}");
    assert!(other < limit(ANSWERED), "{other:?}");
}

/// `yes` asks without end and nobody reads: the server stops reading at some time, and sees the
/// end of its input nevertheless.
#[cfg(target_os = "linux")]
#[test]
fn a_client_that_neither_reads_nor_stops_asking_has_to_wait() {
    use std::process::{Command, Stdio};

    use crate::wire::{frame, memory, server, status};

    let here = tempfile::tempdir().unwrap();
    let id = "x".repeat(50_000);
    let request = frame(&json!({"jsonrpc": "2.0", "id": id, "method": "statuslint/none"}));
    let request = String::from_utf8(request).unwrap();
    let mut yes = Command::new("yes").arg(request).stdout(Stdio::piped()).spawn().unwrap();
    let mut server = server(here.path())
        .stdin(yes.stdout.take().unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // What it holds no longer grows when it no longer reads.
    let (mut held, mut rests) = (0, 0);
    let begun = Instant::now();
    while rests < 10 {
        assert!(begun.elapsed() < PATIENCE, "it reads on, and holds {held} KiB");
        std::thread::sleep(Duration::from_millis(50));
        let before = std::mem::replace(&mut held, memory(server.id()));
        rests = if held > before || held < 64 << 10 { 0 } else { rests + 1 };
    }
    yes.kill().unwrap();
    yes.wait().unwrap();
    let (status, took) = status(&mut server);
    eprintln!("held {held} KiB at most, ended in {took:?}");
    assert_eq!(status.code(), Some(1));
    assert!(took < limit(Duration::from_millis(500)), "{took:?}");
    assert!(held < 256 << 10, "{held} KiB");
}
