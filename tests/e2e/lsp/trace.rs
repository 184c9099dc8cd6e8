//! What the server does behind its answers, as it tells who wants to know.

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::place::position;

/// Long enough that one analysis takes longer than the client writes.
fn source() -> String {
    let function = "def answer():\n    return JSONResponse({}, status_code=404)\n\n";
    ["from fastapi.responses import JSONResponse\n", &function.repeat(1_000)].concat()
}

/// The messages about analyses that came so far.
fn analyses(client: &mut Client) -> Vec<String> {
    let traces = client.unread().iter().filter(|it| it["method"] == "$/logTrace");
    let messages = traces.filter_map(|it| it["params"]["message"].as_str());
    messages.filter(|it| it.starts_with("analyzed ")).map(str::to_owned).collect()
}

#[test]
fn a_burst_of_changes_costs_few_analyses() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-8");
    client.notify("$/setTrace", &json!({"value": "messages"}));
    let mut text = source();
    client.open(&uri, "python", &text);
    client.diagnostics(&uri, 1);
    let before = analyses(&mut client).len();
    for version in 2..=101 {
        let at = position(&text, text.len(), "utf-8");
        client.change(&uri, version, &json!([{"range": {"start": at, "end": at}, "text": "#"}]));
        text.push('#');
    }
    client.diagnostics(&uri, 101);
    let after = analyses(&mut client);
    assert!(after.len() - before <= 3, "{after:#?}");
}

#[test]
fn it_tells_as_much_as_the_client_wants_to_know() {
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-8");
    client.open(&uri, "python", "x = 1\n");
    client.diagnostics(&uri, 1);
    assert_eq!(analyses(&mut client), [""; 0]);
    for (version, value, verbose) in [(2, "messages", false), (3, "verbose", true)] {
        client.notify("$/setTrace", &json!({"value": value}));
        client.change(&uri, version, &json!([{"text": "x = 2\n"}]));
        let told = client.notification("$/logTrace");
        assert_eq!(told["params"]["message"], format!("analyzed {uri} version {version}"));
        let details = told["params"].get("verbose").unwrap_or(&Value::Null);
        assert_eq!(details.is_string(), verbose, "{told}");
    }
}
