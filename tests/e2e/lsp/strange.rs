//! Documents no person writes: while one is worked on, another is served as ever.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use statuslint_tests::full;

use crate::client::{Client, uri};
use crate::place::range_of;

const SOUND: &str = "import requests\n\nassert requests.get('/').status_code == 404\n";
const RESPONSE: &str = "res.status(404);";

/// So long an answer about another document may take.
fn limit() -> Duration {
    // A debug build beside many others is slow; a server that waits for a document is slower.
    if full() { Duration::from_millis(100) } else { Duration::from_secs(5) }
}

/// The documents: what they are, their language, and their text; in the short form a hundredth.
fn documents() -> Vec<(&'static str, &'static str, String)> {
    let share = |count: usize| if full() { count } else { count / 100 };
    let function = "function f(r){if(r.status===404){return res.status(500).json({e:1})}}";
    let line = "def f(r):\n    if r.status_code == 404:\n        raise HTTPException(404)\n";
    let nested = |open: &str, close: &str, count| {
        format!("{RESPONSE}x={}1{};", open.repeat(share(count)), close.repeat(share(count)))
    };
    vec![
        ("10 MB on one line", "javascript", function.repeat(share(9_900_000) / function.len())),
        ("100,000 lines", "python", line.repeat(share(100_000) / 3)),
        ("carriage returns", "python", line.replace('\n', "\r").repeat(share(100_000) / 3)),
        ("100,000 parentheses", "javascript", nested("(", ")", 100_000)),
        ("100,000 brackets left open", "javascript", nested("[", "", 100_000)),
        ("100,000 conditions", "typescript", nested("a?b:", "", 100_000)),
        (
            "a million comparisons",
            "cpp",
            format!("int status=404;{}c;", "a<".repeat(share(1_000_000))),
        ),
        ("nothing but NUL", "python", format!("status = 404\n{}", "\0".repeat(share(9_000_000)))),
        (
            "replacement characters",
            "python",
            format!("{SOUND}{}", "\u{fffd}".repeat(share(1_000_000))),
        ),
        ("too long", "python", format!("{SOUND}{}", " ".repeat(10_000_001))),
    ]
}

#[test]
fn strange_documents_keep_nobody_waiting() {
    let here = tempfile::tempdir().unwrap();
    let sound = uri(&here.path().join("sound.py"));
    let mut client = Client::with_encoding(here.path(), "utf-16");
    client.open(&sound, "python", SOUND);
    let place = json!({"position": range_of(SOUND, "404", "utf-16")["start"]});
    let expected = client.ask("textDocument/hover", &sound, &place);
    assert!(expected.is_object());
    let mut all = Vec::new();
    for (index, (name, language, text)) in documents().into_iter().enumerate() {
        let strange = uri(&here.path().join(format!("{index}.txt")));
        client.open(&strange, language, &text);
        // A key is pressed in it, too.
        let start = json!({"line": 0, "character": 0});
        client.change(
            &strange,
            2,
            &json!([{"range": {"start": start, "end": start}, "text": " "}]),
        );
        let (begun, mut times) = (Instant::now(), Vec::new());
        // What is said first is heard first, however long it is.
        client.ask("textDocument/hover", &sound, &place);
        let heard = begun.elapsed();
        let is_shown = |it: &Value| {
            let params = &it["params"];
            it["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == strange.as_str()
                && params["version"] == 2
        };
        while !client.unread().iter().any(is_shown) {
            let asked = Instant::now();
            assert_eq!(client.ask("textDocument/hover", &sound, &place), expected, "{name}");
            times.push(asked.elapsed());
            assert!(begun.elapsed() < Duration::from_mins(2), "{name} takes too long");
        }
        println!(
            "{name}: {} bytes, heard in {heard:.1?}, {:.1?} in all; meanwhile {} hovers, \
             99 of 100 within {:.1?}",
            text.len(),
            begun.elapsed(),
            times.len(),
            nearly_all(&mut times),
        );
        all.append(&mut times);
        client.notify("textDocument/didClose", &json!({"textDocument": {"uri": strange}}));
        client.take_unread();
    }
    let slow = nearly_all(&mut all);
    assert!(slow < limit(), "{slow:?}");
}

/// The time within which 99 of 100 were answered.
fn nearly_all(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1 + times.len() / 100)).copied().unwrap_or_default()
}
