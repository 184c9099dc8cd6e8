//! What the documents of one project tell each other.

use crate::Folder;

const DESCRIPTION: &str = "\
openapi: 3.1.0
info: {title: Files, version: '1'}
paths:
  /files:
    post:
      responses:
        '201': {description: The file was stored}
        '4XX': {description: The file was refused}
";

const SERVER: &str = "\
from flask import abort


def upload(store, data):
    if store.full:
        abort(507)
    if not data:
        abort(400)
    return store.put(data), 201
";

#[test]
fn a_code_that_no_description_of_the_project_documents_is_found_where_asked() {
    let folder = Folder::new(&[
        ("api/README.md", "# Files"),
        ("api/openapi.yaml", DESCRIPTION),
        ("api/src/server.py", SERVER),
        ("api/tests/test_server.py", SERVER),
        ("other/README.md", "# Something else"),
        ("other/src/server.py", SERVER),
    ]);
    assert_eq!(folder.run(&["check"]).rules(), []);
    let outcome =
        folder.run(&["check", "--select", "undocumented-code", "--output-format", "concise"]);
    assert_eq!(outcome.rules(), [("api/src/server.py", "undocumented-code")], "{outcome:?}");
    assert!(outcome.stdout.contains("507 (Insufficient Storage)"), "{}", outcome.stdout);
    folder.write(
        "api/docs/more.json",
        br#"{"swagger": "2.0", "paths": {"/": {"get": {"responses": {"507": {}}}}}}"#,
    );
    let outcome = folder.run(&["check", "--select", "undocumented-code"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
}
