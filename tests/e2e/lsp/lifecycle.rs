//! How a session begins, ends, and survives.

use serde_json::json;

use crate::client::Client;

fn here() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn odd_words_of_a_client_do_not_keep_it_out() {
    let here = here();
    let mut client = Client::start(here.path());
    let params = json!({
        "processId": -1, "rootUri": "", "trace": "compact",
        "capabilities": {
            "general": {"positionEncodings": ["utf-8"]},
            "textDocument": {"hover": {"contentFormat": ["asciidoc", "markdown"]}},
        },
    });
    let answer = client.request("initialize", &params);
    assert_eq!(answer["result"]["capabilities"]["positionEncoding"], "utf-8", "{answer}");
}

#[test]
fn says_who_it_is_and_what_it_can_do() {
    let here = here();
    let mut client = Client::start(here.path());
    let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
    let result = client.request("initialize", &params)["result"].clone();
    assert_eq!(result["serverInfo"]["name"], "statuslint");
    assert_eq!(
        result["capabilities"],
        json!({
            "positionEncoding": "utf-16",
            "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": true}},
            "completionProvider": {
                "resolveProvider": true,
                "triggerCharacters": ["1", "2", "3", "4", "5", ".", ":"],
                "completionItem": {"labelDetailsSupport": true},
            },
            "hoverProvider": true,
            "documentHighlightProvider": true,
            "diagnosticProvider": {
                "identifier": "statuslint",
                "interFileDependencies": true,
                "workspaceDiagnostics": true,
            },
            "referencesProvider": true,
            "workspaceSymbolProvider": true,
            "documentLinkProvider": {"resolveProvider": false},
            "inlayHintProvider": true,
            "codeActionProvider": {
                "codeActionKinds": ["quickfix", "refactor.rewrite", "source.fixAll.statuslint"],
            },
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
            "experimental": {"statuslint": {"sites": true}},
        })
    );
}

#[test]
fn bad_messages_and_bad_uris_do_not_end_it() {
    let here = here();
    let mut client = Client::with_encoding(here.path(), "utf-8");
    client.bytes(b"Content-Length: 3\r\n\r\n{\"aContent-Length: nine\r\n\r\nHello?\r\n");
    for uri in
        ["", "not a uri", "/a/b.py", "file:///%FF%00.py", "untitled:Untitled-1", "x:y?{\"a\":1}"]
    {
        client.open(uri, "python", "x = 1\n");
        client.change(uri, 2, &json!([{"text": "x = 2\n"}]));
        client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    }
    client.notify("textDocument/didChange", &json!({"nonsense": true}));
    let answer = client.request("statuslint/nothing", &json!({}));
    assert_eq!(answer["error"]["code"], -32601);
}

#[test]
fn what_comes_before_initialize_is_refused() {
    let here = here();
    let mut client = Client::start(here.path());
    let answer = client.request("textDocument/hover", &json!({}));
    assert_eq!(answer["error"]["code"], -32002);
}
