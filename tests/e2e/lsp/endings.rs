//! How the process ends: with the right status, at once, whatever it is doing.

#![cfg(unix)]

use std::io::{BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use statuslint_tests::{binary, full};

use crate::client::{read_message, uri};
use crate::wire::{Wire, frame, limit, server, status};

/// How long the end of a process may take.
const AT_ONCE: Duration = Duration::from_millis(500);

fn params(process: Option<u32>) -> Value {
    json!({"processId": process, "rootUri": null, "capabilities": {}})
}

/// Ends some servers in a way, and looks at how each ended.
fn each(
    way: &str,
    right: impl Fn(ExitStatus) -> bool,
    end: impl Fn(&Path) -> (ExitStatus, Duration),
) {
    let mut slowest = Duration::ZERO;
    let count = if full() { 100 } else { 3 };
    for time in 1..=count {
        let here = tempfile::tempdir().unwrap();
        let (status, took) = end(here.path());
        assert!(right(status), "{way}, time {time}: {status}");
        slowest = slowest.max(took);
    }
    eprintln!("{way}: {count} of {count} as expected, the slowest in {slowest:?}");
    assert!(slowest < limit(AT_ONCE), "{way}: {slowest:?}");
}

fn code(expected: i32) -> impl Fn(ExitStatus) -> bool {
    move |status| status.code() == Some(expected)
}

/// A process that does nothing until it is killed.
fn idle() -> Child {
    Command::new("sleep").arg("600").stdin(Stdio::null()).spawn().unwrap()
}

#[test]
fn shutdown_and_exit_end_it_with_0_while_the_input_is_open() {
    each("shutdown and exit", code(0), |here| {
        let mut wire = Wire::initialized(here, &params(None));
        wire.request(&json!(1), "shutdown", &Value::Null);
        let answer = wire.answer(&json!(1), Duration::from_secs(30)).unwrap();
        assert_eq!(answer.message["result"], Value::Null);
        wire.notify("exit", &Value::Null);
        wire.status()
    });
}

#[test]
fn exit_alone_ends_it_with_1() {
    each("exit alone", code(1), |here| {
        let mut wire = Wire::initialized(here, &params(None));
        wire.notify("exit", &Value::Null);
        wire.status()
    });
}

#[test]
fn the_end_of_the_input_ends_it_with_1() {
    each("the end of the input", code(1), |here| {
        let mut wire = Wire::initialized(here, &params(None));
        wire.hang_up();
        wire.status()
    });
}

#[test]
fn the_end_of_the_input_ends_it_with_1_while_it_works() {
    let text = "raise HTTPException(status_code=404)\n".repeat(20_000);
    each("the end of the input while it works", code(1), |here| {
        let mut wire = Wire::initialized(here, &params(None));
        let uri = uri(&here.join("api.py"));
        wire.open(&uri, &text);
        let place = json!({"line": 0, "character": 1});
        let hover = json!({"textDocument": {"uri": uri}, "position": place});
        wire.request(&json!(1), "textDocument/hover", &hover);
        // The next one is answered: the document has been read.
        wire.request(&json!(2), "statuslint/none", &json!({}));
        wire.answer(&json!(2), Duration::from_secs(30)).unwrap();
        wire.hang_up();
        wire.status()
    });
}

#[test]
fn the_end_of_the_client_ends_it_with_1_while_the_input_is_open() {
    each("the end of the client", code(1), |here| {
        let mut client = idle();
        let mut wire = Wire::initialized(here, &params(Some(client.id())));
        client.kill().unwrap();
        // On Linux a process nobody has asked for its status is seen to be dead, too.
        if !cfg!(target_os = "linux") {
            client.wait().unwrap();
        }
        let ended = wire.status();
        client.wait().unwrap();
        ended
    });
}

#[test]
fn it_does_not_outlive_the_process_that_started_it() {
    let here = tempfile::tempdir().unwrap();
    let mut shell = Command::new("sh")
        .args(["-c", "exec 3<&0; \"$0\" lsp <&3 & wait"])
        .arg(binary())
        .current_dir(here.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, output) = (shell.stdin.take().unwrap(), shell.stdout.take().unwrap());
    let params = params(Some(shell.id()));
    let request = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params});
    input.write_all(&frame(&request)).unwrap();
    let mut output = BufReader::new(output);
    read_message(&mut output).unwrap();
    shell.kill().unwrap();
    shell.wait().unwrap();
    // Our end of its input is open; its output ends when the last process that holds it does.
    let begun = Instant::now();
    output.read_to_end(&mut Vec::new()).unwrap();
    assert!(begun.elapsed() < limit(AT_ONCE), "{:?}", begun.elapsed());
    drop(input);
}

#[test]
fn a_client_that_nobody_knows_here_does_not_end_it() {
    let here = tempfile::tempdir().unwrap();
    let mut past = idle();
    past.kill().unwrap();
    past.wait().unwrap();
    for process in [past.id(), 0, u32::MAX] {
        let mut wire = Wire::initialized(here.path(), &params(Some(process)));
        std::thread::sleep(Duration::from_millis(50));
        wire.request(&json!(1), "statuslint/none", &json!({}));
        assert!(wire.answer(&json!(1), Duration::from_secs(30)).is_some(), "{process}");
    }
}

#[test]
fn a_closed_output_ends_it_with_3() {
    each("a closed output", code(3), |here| {
        let mut server = server(here).stderr(Stdio::null()).spawn().unwrap();
        let mut input = server.stdin.take().unwrap();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let params = params(None);
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params});
        input.write_all(&frame(&request)).unwrap();
        read_message(&mut output).unwrap();
        drop(output);
        let ended = status(&mut server);
        drop(input);
        ended
    });
}

#[test]
fn sigterm_ends_it_as_it_ends_any_process() {
    each(
        "SIGTERM",
        |status| status.signal() == Some(15),
        |here| {
            let mut wire = Wire::initialized(here, &params(None));
            let process = wire.process().to_string();
            assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
            wire.status()
        },
    );
}

#[test]
fn a_client_that_neither_reads_nor_waits_can_still_leave() {
    for way in ["exit", "the end of the input"] {
        let here = tempfile::tempdir().unwrap();
        let mut wire = Wire::initialized(here.path(), &params(None));
        let ear = std::sync::Arc::clone(&wire.ear);
        let deaf = ear.lock().unwrap();
        for id in 0..5_000 {
            wire.request(&json!(id), "statuslint/none", &json!({}));
        }
        if way == "exit" {
            wire.notify("exit", &Value::Null);
        } else {
            wire.hang_up();
        }
        let (status, took) = wire.status();
        assert_eq!(status.code(), Some(1), "{way}");
        assert!(took < limit(AT_ONCE), "{way}: {took:?}");
        drop(deaf);
    }
}
