//! Clients that introduce themselves oddly: each is served like the others of the zoo.

use serde_json::{Value, json};

use crate::zoo::{play, vscode};

/// Changes one place of the parameters of VS Code and plays what comes of it.
fn each(places: &[(&str, &[Value])]) {
    for (place, odd) in places {
        for value in *odd {
            let mut params = vscode();
            put(&mut params, place, value.clone());
            play(&format!("{place} is {value}"), &params);
        }
    }
}

/// Puts a value into a place, a pointer whose objects are there or are made.
fn put(params: &mut Value, place: &str, value: Value) {
    let target = place.split('/').skip(1).fold(params, |part, key| {
        if part.is_array() { &mut part[key.parse::<usize>().unwrap()] } else { &mut part[key] }
    });
    *target = value;
}

#[test]
fn of_itself() {
    each(&[
        ("/processId", &[json!(-1), json!("17"), json!(1.5), json!(1e300), Value::Null]),
        ("/trace", &[json!("compact"), json!(7), Value::Null]),
        ("/clientInfo", &[json!({}), json!("me"), json!({"name": null, "version": 7})]),
        ("/locale", &[json!(7), json!("")]),
        ("/workDoneToken", &[json!({}), json!(1.5), json!(-1)]),
        ("/experimental", &[json!({"much": "x".repeat(1_000_000)})]),
    ]);
}

#[test]
fn of_its_folders() {
    each(&[
        (
            "/rootUri",
            &[
                json!(""),
                json!("/workspace"),
                json!("file://"),
                json!("file:///workspace/a b/é%"),
                json!("untitled:Untitled-1"),
                json!("https://example.org/x"),
                json!("C:\\work"),
                json!(7),
                Value::Null,
            ],
        ),
        ("/rootPath", &[json!(7), Value::Null]),
        (
            "/workspaceFolders",
            &[
                Value::Null,
                json!([]),
                json!({}),
                json!("file:///workspace"),
                json!([null, 7, {}, {"uri": "file:///workspace", "name": "x", "more": []}]),
                json!([{"uri": "/workspace", "name": null}]),
                json!([{"uri": "vscode-remote://host/workspace", "name": "far"}]),
                vec![json!({"uri": "file:///workspace/none", "name": ""}); 1000].into(),
            ],
        ),
    ]);
}

#[test]
fn of_its_options() {
    each(&[(
        "/initializationOptions",
        &[
            json!([]),
            json!("text"),
            json!(7),
            json!(true),
            json!({"config": 7}),
            json!({"config": ""}),
            json!({"config": "/workspace"}),
            json!({"config": null, "evidence": []}),
            json!({"statuslint": {"evidence": "likely"}}),
            json!({"settings": {"statuslint": null}}),
        ],
    )]);
}

#[test]
fn of_what_it_can_do() {
    each(&[
        ("/capabilities", &[Value::Null, json!([]), json!({}), json!("all"), json!(1e300)]),
        ("/capabilities/textDocument", &[Value::Null, json!([]), json!(true)]),
        ("/capabilities/workspace", &[Value::Null, json!([]), json!(7)]),
        ("/capabilities/textDocument/hover", &[json!(true), json!({"contentFormat": "markdown"})]),
        ("/capabilities/textDocument/hover/contentFormat", &[Value::Null, json!(["asciidoc", 7])]),
        (
            "/capabilities/general/positionEncodings",
            &[
                Value::Null,
                json!([]),
                json!("utf-8"),
                json!(["utf-7"]),
                json!(["utf-7", "utf-8"]),
                json!([7, "utf-32", "utf-32"]),
            ],
        ),
        (
            "/capabilities/workspace/workspaceEdit",
            &[
                json!({"documentChanges": "yes"}),
                json!({"documentChanges": true, "resourceOperations": ["create", "copy", 7]}),
                json!({"documentChanges": true, "failureHandling": "pray"}),
            ],
        ),
        (
            "/capabilities/workspace/symbol/symbolKind/valueSet",
            &[json!([0, 999]), json!([-1, 1e12])],
        ),
        (
            "/capabilities/textDocument/codeAction/codeActionLiteralSupport",
            &[Value::Null, json!(true), json!({"codeActionKind": {"valueSet": ["", 7]}})],
        ),
        ("/capabilities/textDocument/publishDiagnostics/tagSupport", &[json!(true), json!([1])]),
        (
            "/capabilities/textDocument/foldingRange/foldingRangeKind/valueSet",
            &[json!(["comment", "chapter"])],
        ),
        ("/capabilities/textDocument/semanticTokens/formats", &[json!(["absolute"])]),
        ("/capabilities/textDocument/diagnostic", &[Value::Null, json!({"tagSupport": 7})]),
        ("/capabilities/window/workDoneProgress", &[json!("yes"), Value::Null]),
    ]);
}

#[test]
fn throughout() {
    type Rewrite = fn(&Value) -> Option<Value>;
    let rewrites: [(&str, Rewrite); 6] = [
        ("null", |part| leaf(part).then_some(Value::Null)),
        ("a huge number", |part| leaf(part).then(|| json!(1e300))),
        ("a text", |part| leaf(part).then(|| json!("file:///workspace"))),
        ("an empty object", |part| leaf(part).then(|| json!({}))),
        ("an empty list", |part| part.is_array().then(|| json!([]))),
        ("a list of null", |part| part.is_array().then(|| json!([null]))),
    ];
    for (name, rewrite) in rewrites {
        play(&format!("every part is {name}"), &rewritten(&vscode(), rewrite));
    }
    for params in [Value::Null, json!([]), json!({}), json!([{"capabilities": {}}])] {
        play(&format!("all is {params}"), &params);
    }
    let deep = (0..100).fold(json!(1), |part, _| json!({ "deeper": part }));
    let mut params = vscode();
    put(&mut params, "/capabilities/experimental", deep);
    play("it goes deep", &params);
}

fn leaf(part: &Value) -> bool {
    !part.is_array() && !part.is_object()
}

/// A value with some of its parts replaced, the outer ones first.
fn rewritten(value: &Value, rewrite: fn(&Value) -> Option<Value>) -> Value {
    if let Some(other) = rewrite(value) {
        return other;
    }
    match value {
        Value::Array(items) => items.iter().map(|item| rewritten(item, rewrite)).collect(),
        Value::Object(entries) => {
            let parts = entries.iter().map(|(key, part)| (key.clone(), rewritten(part, rewrite)));
            Value::Object(parts.collect())
        }
        other => other.clone(),
    }
}
