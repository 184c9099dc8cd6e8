//! The command line, standard input and the server say the same: about every fixture, about every
//! example of a page, and about a whole repository.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, thread};

use serde_json::{Value, json};
use statuslint_tests::full;

use crate::client::{Client, uri};
use crate::findings::{as_actions, as_diagnostic, in_folder, in_text};
use crate::place::{ENCODINGS, range};
use crate::sources::{Source, Sources, sources};

/// In the short form, one source of so many is also given on standard input.
const GIVEN: usize = 20;

/// A session about the files of a folder, and where it says something else.
struct Editor<'a> {
    folder: &'a Path,
    encoding: &'a str,
    client: Client,
    differences: String,
}

impl<'a> Editor<'a> {
    fn new(folder: &'a Path, encoding: &'a str, client: Client) -> Self {
        Self { folder, encoding, client, differences: String::new() }
    }

    /// Compares what is pushed, pulled and offered about a file with what the command line found.
    fn compare(&mut self, path: &str, source: &Source, findings: &[Value]) {
        let uri = uri(&self.folder.join(path));
        let Source { language: Some(language), text } = source else { return };
        let shown = findings.iter().map(|it| as_diagnostic(it, text, self.encoding)).collect();
        let actions = findings.iter().flat_map(|it| as_actions(it, text, self.encoding, &uri));
        let actions: Vec<_> = actions.collect();

        self.client.open(&uri, language, text);
        let pushed = self.client.diagnostics(&uri, 1);
        self.expect("pushed", path, &shown, &json!(pushed));
        // Whoever asks is answered, told or not.
        let pulled = self.client.ask("textDocument/diagnostic", &uri, &json!({}));
        self.expect("pulled", path, &shown, &pulled["items"]);
        let whole = range(text, &(0..text.len()), self.encoding);
        let context = json!({"diagnostics": [], "only": ["quickfix"]});
        let asked = json!({"range": whole, "context": context});
        let offered = self.client.ask("textDocument/codeAction", &uri, &asked);
        // The command line fixes, and allows nothing.
        let allows = |action: &&Value| {
            let title = action["title"].as_str().unwrap_or_default();
            title.starts_with("Allow ") || title.starts_with("Turn off ")
        };
        let offered: Value =
            offered.as_array().into_iter().flatten().filter(|it| !allows(it)).cloned().collect();
        self.expect("offered", path, &json!(actions), &offered);
        self.client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
        self.client.take_unread();
    }

    /// Compares what is said about the whole folder with what the command line found.
    fn compare_all(&mut self, sources: &Sources, findings: &BTreeMap<String, Vec<Value>>) {
        let params = json!({"previousResultIds": []});
        let answer = self.client.request("workspace/diagnostic", &params);
        let reports = answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{answer}"));
        for (path, source) in sources {
            let uri = uri(&self.folder.join(path));
            let found = findings.get(path).map(Vec::as_slice).unwrap_or_default();
            let shown = found.iter().map(|it| as_diagnostic(it, &source.text, self.encoding));
            let shown: Vec<_> = shown.collect();
            let report = reports.iter().find(|it| it["uri"] == uri);
            let reported = report.map_or(json!([]), |it| it["items"].clone());
            self.expect("reported", path, &json!(shown), &reported);
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

/// Compares sources with the command line in the encodings that each is to be compared in: the
/// files of one project together, or each for itself.
fn compare(
    folder: &Path,
    sources: &Sources,
    findings: &BTreeMap<String, Vec<Value>>,
    together: bool,
    is_wanted: impl Fn(usize, usize) -> bool + Sync,
) {
    let compare = |number| {
        let encoding = ENCODINGS[number];
        let start = if together { Client::surveyed } else { Client::without_folder };
        let mut editor = Editor::new(folder, encoding, start(folder, encoding));
        if together {
            editor.compare_all(sources, findings);
        }
        for (index, (path, source)) in sources.iter().enumerate() {
            if is_wanted(index, number) {
                let found = findings.get(path).map(Vec::as_slice).unwrap_or_default();
                editor.compare(path, source, found);
            }
        }
        editor.differences
    };
    let wanted =
        (0..ENCODINGS.len()).filter(|&number| (0..3).any(|index| is_wanted(index, number)));
    let differences: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = wanted.map(|number| scope.spawn(move || compare(number))).collect();
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
    let is_wanted = |index, encoding| full() || index % 3 == encoding;
    compare(folder.path(), &sources, &findings, false, is_wanted);
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
    let is_wanted = |index, encoding| if full() { index % 3 == encoding } else { encoding == 1 };
    compare(folder, &texts, &findings, true, is_wanted);
}
