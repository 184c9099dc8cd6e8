//! Completions: asked for while somebody writes, and put where the client would put them.

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::place::{ENCODINGS, byte, position};

/// A document with a line for what is being written.
const SOURCE: &str = "\
from fastapi import HTTPException


def answer(kind: str) -> None:
    if kind == '🦀': raise HTTPException(404)

    return None
";

/// What the line that is being written begins with: characters of every width.
const BEGIN: &str = "    if kind == 'é🦀': ";

/// A document into whose empty line something is written.
struct Editor {
    _here: tempfile::TempDir,
    client: Client,
    uri: String,
    encoding: &'static str,
    version: i32,
}

impl Editor {
    fn open(encoding: &'static str, item: &Value) -> Self {
        let here = tempfile::tempdir().unwrap();
        let uri = uri(&here.path().join("api.py"));
        let capabilities = json!({
            "general": {"positionEncodings": [encoding]},
            "textDocument": {"completion": {"completionItem": item}},
        });
        let mut client = Client::initialized(here.path(), &capabilities, &Value::Null);
        client.open(&uri, "python", SOURCE);
        client.diagnostics(&uri, 1);
        Self { _here: here, client, uri, encoding, version: 1 }
    }

    /// Writes a line up to the bar, and asks there; gives the text too.
    fn write(&mut self, line: &str, trigger: Option<&str>) -> (String, Value) {
        let (before, after) = line.split_once('‸').expect("a cursor");
        let empty = SOURCE.find("\n\n    return").expect("the empty line") + 1;
        let begin = format!("{}{BEGIN}{before}", &SOURCE[..empty]);
        let text = format!("{begin}{after}{}", &SOURCE[empty..]);
        self.version += 1;
        self.client.change(&self.uri, self.version, &json!([{"text": text}]));
        let mut place = json!({"position": position(&text, begin.len(), self.encoding)});
        place["context"] = match trigger {
            Some(trigger) => json!({"triggerKind": 2, "triggerCharacter": trigger}),
            None => json!({"triggerKind": 1}),
        };
        let answer = self.client.ask("textDocument/completion", &self.uri, &place);
        (text, answer)
    }

    /// The text after the item of a code is chosen, as a client would put it there.
    fn chosen(&self, text: &str, answer: &Value, code: &str) -> String {
        let item = item_of(answer, code);
        let mut edits = vec![item["textEdit"].clone()];
        edits.extend(item["additionalTextEdits"].as_array().into_iter().flatten().cloned());
        let bytes = |edit: &Value, end: &str| byte(text, &edit["range"][end], self.encoding);
        edits.sort_by_key(|edit| std::cmp::Reverse(bytes(edit, "start")));
        let mut text = text.to_owned();
        for edit in edits {
            let (start, end) = (bytes(&edit, "start"), bytes(&edit, "end"));
            text.replace_range(start..end, edit["newText"].as_str().unwrap());
        }
        text
    }
}

/// The first item of a code.
fn item_of<'a>(answer: &'a Value, code: &str) -> &'a Value {
    let items = answer["items"].as_array().unwrap_or_else(|| panic!("no list: {answer}"));
    let sorted = |item: &&Value| item["sortText"].as_str().unwrap().starts_with(code);
    items.iter().find(sorted).unwrap_or_else(|| panic!("no {code}: {answer}"))
}

#[test]
fn a_status_is_put_where_it_is_being_written() {
    for encoding in ENCODINGS {
        let mut editor = Editor::open(encoding, &json!({}));
        for (line, expected) in [
            ("raise HTTPException(status_code=4‸", "raise HTTPException(status_code=410"),
            ("raise HTTPException(status_code=‸)", "raise HTTPException(status_code=410)"),
            ("raise HTTPException(status_code=4‸04)", "raise HTTPException(status_code=410)"),
        ] {
            let (text, answer) = editor.write(line, None);
            let chosen = editor.chosen(&text, &answer, "410");
            assert!(chosen.contains(&format!("{BEGIN}{expected}\n")), "{encoding}: {chosen}");
        }
        let (text, answer) = editor.write("raise HTTPException(status_code=gon‸)", None);
        let chosen = editor.chosen(&text, &answer, "410");
        let expected = format!("{BEGIN}raise HTTPException(status_code=status.HTTP_410_GONE)\n");
        assert!(chosen.contains(&expected), "{encoding}: {chosen}");
        assert!(chosen.starts_with("from fastapi import HTTPException, status\n"), "{chosen}");
    }
}

#[test]
fn a_list_is_short_ordered_and_matched_by_what_is_typed() {
    let mut editor = Editor::open("utf-16", &json!({"labelDetailsSupport": true}));
    let (_, answer) = editor.write("raise HTTPException(status_code=41‸)", Some("1"));
    assert_eq!(answer["isIncomplete"], false);
    let items = answer["items"].as_array().unwrap();
    let labels: Vec<_> = items.iter().map(|item| item["label"].as_str().unwrap()).collect();
    let expected = ["410 Gone", "411 Length Required", "412 Precondition Failed"];
    assert_eq!(labels[..3], expected);
    let sorts: Vec<_> = items.iter().map(|item| item["sortText"].as_str().unwrap()).collect();
    assert!(sorts.is_sorted() && sorts.len() == labels.len(), "{sorts:?}");
    for (typed, filter) in
        [("not f", "not found"), ("NotF", "NotFound"), ("NOT_F", "NOT_FOUND"), ("notf", "notfound")]
    {
        let (_, answer) = editor.write(&format!("raise HTTPException(status_code={typed}‸)"), None);
        let item = item_of(&answer, "404");
        assert!(item["filterText"].as_str().unwrap().starts_with(filter), "{item}");
        assert_eq!(item["label"], "status.HTTP_404_NOT_FOUND");
        assert_eq!(item["labelDetails"]["description"], "404 Not Found");
    }
    // The next key may ask for something else.
    let (_, answer) = editor.write("raise HTTPException(status_code=‸)", None);
    assert_eq!(answer["isIncomplete"], true);
}

#[test]
fn documentation_comes_when_an_item_is_looked_at() {
    for (formats, kind, title) in [
        (json!(["markdown", "plaintext"]), "markdown", "### 404 Not Found"),
        (json!(["plaintext"]), "plaintext", "404 Not Found\n"),
    ] {
        let mut editor = Editor::open("utf-8", &json!({"documentationFormat": formats}));
        let (_, answer) = editor.write("raise HTTPException(status_code=4‸)", None);
        let item = item_of(&answer, "404");
        assert_eq!(item["documentation"], Value::Null);
        let resolved = editor.client.request("completionItem/resolve", item);
        let documentation = &resolved["result"]["documentation"];
        assert_eq!(documentation["kind"], kind);
        let text = documentation["value"].as_str().unwrap();
        assert!(text.starts_with(title) && text.contains("RFC 9110 section 15.5.5"), "{text}");
        assert_eq!(resolved["result"]["textEdit"], item["textEdit"]);
        let foreign = json!({"label": "print", "data": {"of": "somebody else"}});
        let resolved = editor.client.request("completionItem/resolve", &foreign);
        assert_eq!(resolved["result"], foreign);
    }
}

#[test]
fn nothing_is_offered_where_no_status_can_stand() {
    let mut editor = Editor::open("utf-16", &json!({}));
    for (line, trigger) in [
        ("sleep(4‸", Some("4")),
        ("port = 4‸", Some("4")),
        ("total = 3 + 4‸", Some("4")),
        ("items[4‸]", Some("4")),
        ("print('4‸')", Some("4")),
        ("# status_code=4‸", Some("4")),
        ("raise HTTPException(status_code=self.‸)", Some(".")),
        ("response.‸", Some(".")),
        ("else:‸", Some(":")),
        ("x = y.n‸", None),
        ("not_f‸", None),
        ("raise HTTPException(status_code=qu‸)", None),
    ] {
        let (text, answer) = editor.write(line, trigger);
        assert_eq!(answer, Value::Null, "{text}");
    }
    let nowhere = json!({"position": {"line": 9000, "character": 9000}});
    let uri = editor.uri.clone();
    assert_eq!(editor.client.ask("textDocument/completion", &uri, &nowhere), Value::Null);
    let other = "file:///nowhere/that/is/open.py";
    assert_eq!(editor.client.ask("textDocument/completion", other, &nowhere), Value::Null);
}

#[test]
fn codes_of_vendors_and_of_the_project_are_offered_when_it_has_them() {
    let here = tempfile::tempdir().unwrap();
    let settings = "vendors = [\"nginx\"]\n[[code]]\ncode = 470\nname = \"Tenant Suspended\"\n";
    std::fs::write(here.path().join("statuslint.toml"), settings).unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-8");
    client.open(&uri, "python", "import requests\nif response.status_code == 4\n");
    let place = json!({"position": {"line": 1, "character": 28}});
    let answer = client.ask("textDocument/completion", &uri, &place);
    assert_eq!(item_of(&answer, "499")["label"], "499 Client Closed Request");
    let own = item_of(&answer, "470");
    assert_eq!(own["label"], "470 Tenant Suspended");
    let resolved = client.request("completionItem/resolve", own);
    let text = resolved["result"]["documentation"].as_str().unwrap();
    assert!(text.contains("Tenant Suspended"), "{text}");
    assert!(answer["items"].as_array().unwrap().iter().all(|item| item["sortText"] != "4180"));
}

#[test]
fn what_should_not_be_used_any_more_is_marked_where_the_client_shows_it() {
    for (item, tags) in
        [(json!({"tagSupport": {"valueSet": [1]}}), json!([1])), (json!({}), Value::Null)]
    {
        let mut editor = Editor::open("utf-8", &item);
        let (_, answer) = editor.write("raise HTTPException(status_code=3‸)", None);
        assert_eq!(item_of(&answer, "305")["tags"], tags);
        assert_eq!(item_of(&answer, "301")["tags"], Value::Null);
    }
}
