//! The command line and the server say the same about every fixture and every example of a page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};
use statuslint_tests::binary;

use crate::client::{Client, uri};
use crate::place::{ENCODINGS, range};

/// A name that Rack 3.1 replaced.
const OUTDATED: &str = "\
class OrdersController < ApplicationController
  def create
    render json: {}, status: :unprocessable_entity
  end
end
";

/// The files to compare, by their path in the test's folder.
fn sources() -> BTreeMap<String, String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let languages = crates.join("languages/languages");
    let is_fixture = |path: &&PathBuf| path.iter().any(|part| part == "fixtures");
    let mut sources = BTreeMap::new();
    let fixtures: Vec<_> = files(&languages).into_iter().filter(|it| is_fixture(&it)).collect();
    for folder in fs::read_dir(&languages).unwrap().map(|entry| entry.unwrap().path()) {
        let has_any = fixtures.iter().any(|file| file.starts_with(&folder));
        assert!(has_any, "{} has no fixtures to compare", folder.display());
    }
    for file in &fixtures {
        let name = file.strip_prefix(&languages).unwrap().to_str().unwrap();
        let own = format!("/{}/", file.file_stem().unwrap().to_str().unwrap());
        sources.insert(name.replace("/fixtures/", &own), fs::read_to_string(file).unwrap());
    }
    // What a manifest proves counts in both.
    for (manifest, script) in [
        ("GEM\n  specs:\n    rack (3.1.8)\n", "proved"),
        ("GEM\n  specs:\n    rack (3.0.11)\n", "older"),
    ] {
        sources.insert(format!("ruby/{script}/Gemfile.lock"), manifest.to_owned());
        sources.insert(format!("ruby/{script}/app.rb"), OUTDATED.to_owned());
    }
    for page in files(&crates.join("lint/src/rules")) {
        if page.extension().is_some_and(|it| it == "md") {
            let rule = page.file_stem().unwrap().to_str().unwrap();
            let blocks = blocks(&fs::read_to_string(&page).unwrap());
            for (index, (info, text)) in blocks.into_iter().enumerate() {
                sources.insert(format!("pages/{rule}_{index}/page.{}", extension(&info)), text);
            }
        }
    }
    sources
}

/// The files of a folder and of those in it, ascending.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { paths.extend(files(&path)) } else { paths.push(path) }
    }
    paths.sort();
    paths
}

/// The fenced blocks of a page: what stands after the fence, and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.split_inclusive('\n') {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some((info.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

/// The extension of files of a fenced block's language.
fn extension(info: &str) -> &str {
    match info.split_whitespace().next().unwrap_or_default() {
        "python" => "py",
        "rust" => "rs",
        "javascript" => "js",
        "typescript" => "ts",
        "ruby" => "rb",
        "csharp" => "cs",
        "" => "txt",
        other => other,
    }
}

/// The editor's language id of a file: a fixture stands in the folder of its language.
fn language_id(path: &str) -> &str {
    let (folder, name) = path.split_once('/').unwrap_or_default();
    match name.rsplit('.').next().unwrap_or_default() {
        "jsx" => "javascriptreact",
        "tsx" => "typescriptreact",
        // Known by its place alone, in the terminal and in the editor.
        "cfg" => "plaintext",
        _ if folder != "pages" => folder,
        "py" => "python",
        "rs" => "rust",
        "js" => "javascript",
        "ts" => "typescript",
        "rb" => "ruby",
        "cs" => "csharp",
        other => other,
    }
}

/// What the command line finds, by path.
fn command_line(folder: &Path) -> BTreeMap<String, Vec<Value>> {
    let mut command = Command::new(binary());
    command.args(["check", "--output-format", "json", "."]).current_dir(folder);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut findings: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let path = finding["path"].as_str().unwrap().trim_start_matches("./").to_owned();
        findings.entry(path).or_default().push(finding.clone());
    }
    findings
}

/// A finding of the command line as the server's diagnostic.
fn as_diagnostic(finding: &Value, text: &str, encoding: &str) -> Value {
    let severities = ["error", "warning", "info", "hint"];
    let severity = severities.iter().position(|&it| finding["severity"] == it).unwrap() + 1;
    let mut diagnostic = json!({
        "range": range(text, &bytes(&finding["start"]["byte"], &finding["end"]["byte"]), encoding),
        "severity": severity,
        "code": finding["rule"],
        "codeDescription": {"href": finding["url"]},
        "source": "statuslint",
        "message": finding["message"],
    });
    if finding["rule"] == "deprecated-code" {
        diagnostic["tags"] = json!([2]);
    }
    diagnostic
}

/// The fixes of a finding as the server's code actions.
fn as_actions(finding: &Value, text: &str, encoding: &str, uri: &str) -> Vec<Value> {
    let fixes = finding["fixes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let action = |(index, fix): (usize, &Value)| {
        let edit = |edit: &Value| json!({"range": range(text, &bytes(&edit["start"], &edit["end"]), encoding), "newText": edit["text"]});
        let edits: Vec<_> = fix["edits"].as_array().unwrap().iter().map(edit).collect();
        json!({
            "title": fix["title"],
            "kind": "quickfix",
            "diagnostics": [as_diagnostic(finding, text, encoding)],
            "edit": {"changes": {uri: edits}},
            "isPreferred": index == 0 && fix["safety"] == "safe",
        })
    };
    fixes.iter().enumerate().map(action).collect()
}

fn bytes(start: &Value, end: &Value) -> std::ops::Range<usize> {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    number(start)..number(end)
}

#[test]
fn the_server_says_what_the_command_line_says() {
    let folder = tempfile::tempdir().unwrap();
    let sources = sources();
    for (path, text) in &sources {
        let path = folder.path().join(path);
        // Each is a project of its own: the server need not have read the others first.
        fs::create_dir_all(path.with_file_name(".git")).unwrap();
        fs::write(path, text).unwrap();
    }
    let findings = command_line(folder.path());
    assert!(findings.values().flatten().count() > 50, "{} files have findings", findings.len());
    assert!(
        findings.contains_key("ruby/proved/app.rb") && !findings.contains_key("ruby/older/app.rb")
    );
    assert!(
        findings
            .values()
            .flatten()
            .any(|it| it["fixes"].as_array().is_some_and(|it| !it.is_empty()))
    );
    for encoding in ENCODINGS {
        let mut client = Client::with_encoding(folder.path(), encoding);
        let capabilities = json!({
            "general": {"positionEncodings": [encoding]},
            "textDocument": {"diagnostic": {}},
        });
        let mut pulling = Client::initialized(folder.path(), &capabilities, &Value::Null);
        for (path, text) in &sources {
            let uri = uri(&folder.path().join(path));
            client.open(&uri, language_id(path), text);
            let expected = findings.get(path).map(Vec::as_slice).unwrap_or_default();
            let shown: Vec<_> =
                expected.iter().map(|it| as_diagnostic(it, text, encoding)).collect();
            assert_eq!(client.diagnostics(&uri, 1), shown, "{path} in {encoding}");
            pulling.open(&uri, language_id(path), text);
            let pulled = pulling.ask("textDocument/diagnostic", &uri, &json!({}));
            assert_eq!(pulled["items"], json!(shown), "{path} in {encoding}, pulled");
            let whole = json!({"range": range(text, &(0..text.len()), encoding), "context": {"diagnostics": [], "only": ["quickfix"]}});
            let actions: Vec<_> =
                expected.iter().flat_map(|it| as_actions(it, text, encoding, &uri)).collect();
            let offered = client.ask("textDocument/codeAction", &uri, &whole);
            assert_eq!(
                offered.as_array().cloned().unwrap_or_default(),
                actions,
                "{path} in {encoding}"
            );
        }
    }
}
