//! What waits for a client that does not read yet: the queue, without the thread that empties it.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Request, Response};

use super::{BYTES, REMARKS, ROOM, UNANSWERED, Writer};

fn idle() -> Writer {
    Writer(std::sync::Arc::default())
}

/// Everything that waits, in the order in which it is written.
fn written(writer: &Writer) -> Vec<Value> {
    let mut queue = writer.0.lock();
    let bodies: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
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

#[test]
fn the_newest_diagnostics_take_the_place_of_older_ones() {
    let writer = idle();
    writer.complain(&Response::from_ok(Id::Number(1), Value::Null));
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
    let all = || written(&writer).iter().map(|it| it["params"]["message"].to_string()).collect();
    (0..REMARKS + 7).for_each(|number| remark(&writer, &number.to_string()));
    publish(&writer, "file:///a", 1);
    writer.0.lock().pop();
    remark(&writer, "one more");
    let messages: Vec<String> = all();
    assert_eq!(messages.len(), REMARKS - 1 + 2);
    assert_eq!(messages[REMARKS - 2], format!("\"{}\"", REMARKS - 1));
    assert!(messages[REMARKS - 1].starts_with("\"8 more messages were left out"));
    remark(&writer, "heard again");
    let messages: Vec<String> = all();
    assert_eq!(messages, ["\"heard again\""]);
}

#[test]
fn requests_are_refused_while_too_many_answers_wait() {
    let writer = idle();
    let id = |number: usize| Id::Number(i64::try_from(number).unwrap());
    assert!((0..UNANSWERED).all(|number| writer.begin(&id(number))));
    assert!(!writer.begin(&Id::String("late".to_owned())));
    (0..UNANSWERED).for_each(|number| writer.answer(&Response::from_ok(id(number), Value::Null)));
    assert!(!writer.begin(&id(UNANSWERED)), "unread is unanswered");
    let answers = written(&writer);
    assert_eq!(answers.len(), UNANSWERED + 2);
    let refused: Vec<_> = answers.iter().filter(|it| it.get("error").is_some()).collect();
    assert_eq!((&refused[0]["id"], &refused[1]["id"]), (&json!("late"), &json!(UNANSWERED)));
    assert_eq!(refused[1]["error"]["code"], -32803);
    assert!(writer.begin(&id(1)));
    writer.answer(&Response::from_ok(id(1), Value::Null));
    assert_eq!(written(&writer).len(), 1);
}

#[test]
fn answers_are_refused_while_too_many_bytes_wait() {
    let writer = idle();
    let large = Value::String("x".repeat(BYTES / 2));
    for id in 1..=5 {
        let begun = writer.begin(&Id::Number(id));
        assert_eq!(begun, id <= 3, "{id}");
        if begun && id != 2 {
            writer.answer(&Response::from_ok(Id::Number(id), large.clone()));
        }
    }
    // The second one was begun in time and answered too late.
    writer.answer(&Response::from_ok(Id::Number(2), large));
    let answers = written(&writer);
    let ids = answers.iter().map(|it| (it["id"].as_i64().unwrap(), it.get("error").is_some()));
    assert_eq!(ids.collect::<Vec<_>>(), [(1, false), (3, false), (4, true), (5, true), (2, true)]);
}

#[test]
fn there_is_room_again_when_something_was_written() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let wait = |writer: &Writer| {
        let wait = std::time::Duration::from_millis(20);
        let room = writer.room();
        runtime.block_on(async { tokio::time::timeout(wait, room).await }).is_ok()
    };
    let writer = idle();
    assert!(wait(&writer));
    (0..=ROOM.1).for_each(|number| publish(&writer, &format!("file:///{number}"), 1));
    assert!(!writer.0.lock().has_room() || ROOM.1 > 100_000);
    publish(&writer, "file:///another", 1);
    assert!(!wait(&writer));
    let other = writer.clone();
    let thread = std::thread::spawn(move || {
        while !other.0.lock().has_room() {
            other.0.next();
        }
    });
    runtime.block_on(writer.room());
    thread.join().unwrap();
    let writer = idle();
    let large = json!({"text": "x".repeat(ROOM.0)});
    writer.send(&Request::build("$/large").params(large).finish());
    assert!(!wait(&writer));
}
