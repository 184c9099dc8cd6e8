//! What waits for a client that does not read yet: the queue, without the thread that empties it.

use std::iter;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Request, Response};

use super::{BYTES, REMARKS, ROOM, UNANSWERED, Writer};

fn idle() -> Writer {
    Writer(Arc::default())
}

/// Everything that waits, in the order in which it is written.
fn written(writer: &Writer) -> Vec<Value> {
    let mut queue = writer.0.lock();
    let bodies: Vec<_> = iter::from_fn(|| queue.pop()).collect();
    assert_eq!((queue.bytes, queue.unanswered, queue.remarks), (0, 0, 0));
    assert!(queue.published.is_empty());
    bodies.iter().map(|body| serde_json::from_str(body).unwrap()).collect()
}

fn publish(writer: &Writer, uri: &str, version: i32) {
    let params = json!({"uri": uri, "version": version, "diagnostics": []});
    writer.send(&Request::build("textDocument/publishDiagnostics").params(params).finish());
}

fn remark(writer: &Writer, message: &str) {
    let params = json!({"type": 4, "message": message});
    writer.send(&Request::build("window/logMessage").params(params).finish());
}

fn id(number: usize) -> Id {
    Id::Number(i64::try_from(number).unwrap())
}

fn answer(writer: &Writer, number: usize, result: &Value) {
    writer.answer(&Response::from_ok(id(number), result.clone()));
}

#[test]
fn the_newest_diagnostics_take_the_place_of_older_ones() {
    let writer = idle();
    writer.complain(&Response::from_ok(id(1), Value::Null));
    publish(&writer, "file:///a", 1);
    publish(&writer, "file:///b", 1);
    publish(&writer, "file:///a", 2);
    assert!(writer.0.lock().pop().unwrap().contains("result"));
    publish(&writer, "file:///a", 3);
    publish(&writer, "file:///b", 2);
    assert!(writer.0.lock().pop().unwrap().contains("\"version\":3"));
    // What is written cannot be replaced.
    publish(&writer, "file:///a", 4);
    let versions: Vec<_> =
        written(&writer).iter().map(|it| it["params"]["version"].clone()).collect();
    assert_eq!(versions, [2, 4]);
}

#[test]
fn remarks_beyond_a_number_are_counted() {
    let writer = idle();
    let messages = || -> Vec<String> {
        let message = |it: &Value| it["params"]["message"].as_str().map(str::to_owned);
        written(&writer).iter().filter_map(message).collect()
    };
    (0..REMARKS + 7).for_each(|number| remark(&writer, &number.to_string()));
    publish(&writer, "file:///a", 1);
    writer.0.lock().pop();
    // As long as some are left out, the next ones are too: their order stays.
    remark(&writer, "one more");
    let seen = messages();
    assert_eq!(seen.len(), REMARKS - 1 + 1);
    assert_eq!(seen[REMARKS - 2], (REMARKS - 1).to_string());
    assert!(seen[REMARKS - 1].starts_with("8 more messages were left out"), "{seen:?}");
    remark(&writer, "heard again");
    assert_eq!(messages(), ["heard again"]);
}

#[test]
fn requests_are_refused_while_too_many_answers_wait() {
    let writer = idle();
    assert!((0..UNANSWERED).all(|number| writer.begin(&id(number))));
    assert!(!writer.begin(&Id::String("late".to_owned())));
    (0..UNANSWERED).for_each(|number| answer(&writer, number, &Value::Null));
    assert!(!writer.begin(&id(UNANSWERED)), "what is unread is unanswered");
    let answers = written(&writer);
    assert_eq!(answers.len(), UNANSWERED + 2);
    let refused: Vec<_> = answers.iter().filter(|it| it.get("error").is_some()).collect();
    assert_eq!((&refused[0]["id"], &refused[1]["id"]), (&json!("late"), &json!(UNANSWERED)));
    assert_eq!(refused[1]["error"]["code"], -32803);
    assert!(writer.begin(&id(1)));
    answer(&writer, 1, &Value::Null);
    assert_eq!(written(&writer).len(), 1);
}

#[test]
fn answers_are_refused_while_too_many_bytes_wait() {
    let writer = idle();
    let large = Value::String("x".repeat(BYTES / 2 + 1));
    assert!((1..=3).all(|number| writer.begin(&id(number))));
    answer(&writer, 1, &large);
    answer(&writer, 3, &large);
    assert!(!writer.begin(&id(4)));
    // It was begun in time and is answered too late.
    answer(&writer, 2, &large);
    let answers = written(&writer);
    let seen = answers.iter().map(|it| (it["id"].as_i64().unwrap(), it.get("error").is_some()));
    assert_eq!(seen.collect::<Vec<_>>(), [(1, false), (3, false), (4, true), (2, true)]);
}

#[test]
fn there_is_room_again_when_something_was_written() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let has_room = |writer: &Writer| {
        let wait = Duration::from_millis(20);
        runtime.block_on(async { tokio::time::timeout(wait, writer.room()).await }).is_ok()
    };
    let writer = idle();
    let large = json!({"text": "x".repeat(ROOM.0)});
    writer.send(&Request::build("$/large").params(large).finish());
    assert!(!has_room(&writer));
    written(&writer);
    (0..ROOM.1).for_each(|number| publish(&writer, &number.to_string(), 1));
    assert!(has_room(&writer));
    publish(&writer, "one more", 1);
    assert!(!has_room(&writer));
    let other = writer.clone();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        other.0.next()
    });
    runtime.block_on(writer.room());
    assert!(thread.join().unwrap().is_some());
}
