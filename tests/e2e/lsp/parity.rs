//! The command line, standard input and the server say the same: about every fixture, about every
//! example of a page, and about a whole repository.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};
use statuslint_tests::full;

use crate::client::{Client, uri};
use crate::findings::{as_actions, as_diagnostic, in_folder, in_text};
use crate::place::{ENCODINGS, range};
use crate::sources::{Source, Sources, sources};

/// In the short form, one source of so many is also given on standard input.
const GIVEN: usize = 10;

/// Two sessions about one folder, of which one asks for diagnostics.
struct Editors<'a> {
    folder: &'a Path,
    encoding: &'a str,
    told: Client,
    asking: Client,
    differences: String,
}

impl<'a> Editors<'a> {
    fn new(folder: &'a Path, encoding: &'a str) -> Self {
        let general = json!({"positionEncodings": [encoding]});
        let told = json!({"general": general});
        let asking = json!({"general": general, "textDocument": {"diagnostic": {}}});
        let start = |capabilities| Client::surveyed(folder, capabilities);
        let (told, asking) = (start(&told), start(&asking));
        Self { folder, encoding, told, asking, differences: String::new() }
    }

    /// Compares what both say about a file with what the command line found.
    fn compare(&mut self, path: &str, source: &Source, findings: &[Value]) {
        let uri = uri(&self.folder.join(path));
        let Source { language: Some(language), text } = source else { return };
        let shown = findings.iter().map(|it| as_diagnostic(it, text, self.encoding)).collect();
        let actions = findings.iter().flat_map(|it| as_actions(it, text, self.encoding, &uri));
        let actions: Vec<_> = actions.collect();

        self.told.open(&uri, language, text);
        let pushed = self.told.diagnostics(&uri, 1);
        self.expect("pushed", path, &shown, &json!(pushed));
        let whole = range(text, &(0..text.len()), self.encoding);
        let context = json!({"diagnostics": [], "only": ["quickfix"]});
        let asked = json!({"range": whole, "context": context});
        let offered = self.told.ask("textDocument/codeAction", &uri, &asked);
        let offered = if offered.is_null() { json!([]) } else { offered };
        self.expect("offered", path, &json!(actions), &offered);

        self.asking.open(&uri, language, text);
        let pulled = self.asking.ask("textDocument/diagnostic", &uri, &json!({}));
        self.expect("pulled", path, &shown, &pulled["items"]);
        let closed = json!({"textDocument": {"uri": uri}});
        for client in [&mut self.told, &mut self.asking] {
            client.notify("textDocument/didClose", &closed);
            client.take_unread();
        }
    }

    fn expect(&mut self, what: &str, path: &str, expected: &Value, got: &Value) {
        if expected != got {
            let encoding = self.encoding;
            let _ = writeln!(
                self.differences,
                "{what} about {path} in {encoding}:\n{got:#}\ninstead of\n{expected:#}"
            );
        }
    }
}

/// Compares every source in these encodings.
fn compare(
    folder: &Path,
    sources: &Sources,
    findings: &BTreeMap<String, Vec<Value>>,
    in_encoding: impl Fn(usize, usize) -> bool + Sync,
) {
    let compare = |(encoding, name)| {
        let mut editors = Editors::new(folder, name);
        for (index, (path, source)) in sources.iter().enumerate() {
            if in_encoding(index, encoding) {
                let found = findings.get(path).map(Vec::as_slice).unwrap_or_default();
                editors.compare(path, source, found);
            }
        }
        editors.differences
    };
    let differences: Vec<String> = std::thread::scope(|scope| {
        let workers = ENCODINGS.into_iter().enumerate().map(|it| scope.spawn(move || compare(it)));
        let workers: Vec<_> = workers.collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    assert!(differences.iter().all(String::is_empty), "{}", differences.concat());
}

#[test]
fn everybody_says_the_same_about_every_fixture() {
    let folder = tempfile::tempdir().unwrap();
    let sources = sources();
    for (path, source) in &sources {
        // Each is a project of its own: what the others define does not count.
        let project: PathBuf = Path::new(path).iter().take(2).collect();
        fs::create_dir_all(folder.path().join(project).join(".git")).unwrap();
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &source.text).unwrap();
    }
    let findings = in_folder(folder.path());
    let all = || findings.values().flatten();
    println!("{} findings in {} of {} files", all().count(), findings.len(), sources.len());
    assert!(all().count() > 1_000, "{} files have findings", findings.len());
    assert!(
        findings.contains_key("ruby/proved/app.rb") && !findings.contains_key("ruby/older/app.rb")
    );
    assert!(all().any(|it| it["fixes"].as_array().is_some_and(|it| !it.is_empty())));
    for (index, (path, source)) in sources.iter().enumerate() {
        if source.language.is_some() && (full() || index % GIVEN == 0) {
            let given = in_text(folder.path(), path, &source.text);
            let found = findings.get(path).map(Vec::as_slice).unwrap_or_default();
            let expected: Vec<Value> = found.iter().map(|it| with_path(it, path)).collect();
            assert_eq!(given, expected, "{path} on standard input");
        }
    }
    compare(folder.path(), &sources, &findings, |index, encoding| full() || index % 3 == encoding);
}

/// A finding under the path that was given.
fn with_path(finding: &Value, path: &str) -> Value {
    let mut finding = finding.clone();
    finding["path"] = json!(path);
    finding
}

/// Copies what git knows of a repository; in the short form without fixtures, which are compared
/// one by one.
fn copy(repository: &Path, folder: &Path) {
    let mut git = Command::new("git");
    let listed = git.args(["ls-files", "-z"]).current_dir(repository).output().unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    for path in String::from_utf8(listed.stdout).unwrap().split_terminator('\0') {
        let (from, to) = (repository.join(path), folder.join(path));
        // A file may be gone, or a link that leads to a folder.
        if from.is_file() && (full() || !path.contains("/fixtures/")) {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(from, to).unwrap();
        }
    }
    fs::create_dir_all(folder.join(".git")).unwrap();
}

/// The texts of a folder that are not hidden; their language shows in the path.
fn texts(folder: &Path) -> Sources {
    let mut texts = Sources::new();
    for path in crate::sources::files(folder) {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap_or(".");
        let is_hidden = name.split('/').any(|part| part.starts_with('.'));
        if let (false, Ok(text)) = (is_hidden, fs::read_to_string(&path)) {
            let source = Source { language: Some("plaintext".to_owned()), text };
            texts.insert(name.to_owned(), source);
        }
    }
    texts
}

#[test]
fn everybody_says_the_same_about_a_repository() {
    let copied = tempfile::tempdir().unwrap();
    let other = env::var_os("STATUSLINT_REPOSITORY").map(PathBuf::from);
    let folder = other.as_deref().unwrap_or(copied.path());
    if other.is_none() {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), folder);
    }
    let texts = texts(folder);
    let findings = in_folder(folder);
    let count = findings.values().flatten().count();
    println!("{count} findings in {} of {} files", findings.len(), texts.len());
    compare(folder, &texts, &findings, |index, encoding| index % 3 == encoding);
}
