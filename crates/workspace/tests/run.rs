//! Checking real folders.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests, too")]

use std::fs::{self, File};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use statuslint_config::Configs;
use statuslint_languages::Language;
use statuslint_workspace::{Options, Outcome, ProblemSeverity, run};
use tempfile::TempDir;

/// A file with one status in it.
const PYTHON: &str = "import requests\n\nif requests.get(url).status_code == 404:\n    pass\n";

struct Tree {
    _folder: TempDir,
    root: PathBuf,
}

impl Tree {
    /// A folder with these files, each a little Python.
    fn new(files: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let tree = Self { _folder: folder, root };
        for path in files {
            tree.write(path, PYTHON);
        }
        tree
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Checks these paths of the tree, or all of it.
    fn options(&self, paths: &[&str]) -> Options {
        let paths = if paths.is_empty() { vec![self.root.clone()] } else { self.all(paths) };
        Options { paths, ..Options::default() }
    }

    fn all(&self, paths: &[&str]) -> Vec<PathBuf> {
        paths.iter().map(|path| self.at(path)).collect()
    }

    /// The path without the folder of the tree.
    fn below(&self, path: &str) -> String {
        let path = Path::new(path);
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned()
    }

    fn files(&self, outcome: &Outcome) -> Vec<String> {
        outcome.files.iter().map(|file| self.below(&file.path)).collect()
    }

    fn problems(&self, outcome: &Outcome) -> Vec<String> {
        let shown = |severity| match severity {
            ProblemSeverity::Note => "note",
            ProblemSeverity::Error => "error",
        };
        let line =
            |path: &str, severity, message: &str| format!("{}: {path}: {message}", shown(severity));
        let problems = outcome.problems.iter();
        problems.map(|it| line(&self.below(&it.path), it.severity, &it.message)).collect()
    }
}

#[track_caller]
fn assert_run(tree: &Tree, options: &Options, files: &[&str], problems: &[&str]) {
    let outcome = run(options);
    assert_eq!(tree.files(&outcome), files);
    assert_eq!(tree.problems(&outcome), problems);
}

#[test]
fn finds_files_in_the_order_of_paths() {
    let tree = Tree::new(&["b.py", "a/z.py", "a.py", "a/b/c.py", "a-b.py"]);
    tree.write("notes.txt", "HTTP 404");
    tree.write("silent.py", "x = 1\n");
    tree.write("empty.py", "");
    let outcome = run(&tree.options(&[]));
    assert_eq!(tree.files(&outcome), ["a-b.py", "a.py", "a/b/c.py", "a/z.py", "b.py"]);
    assert!(outcome.problems.is_empty());
    assert_eq!(outcome.checked, 7, "documents without a site count, but are not kept");
    assert_eq!(&*outcome.files[0].text, PYTHON);
    assert_eq!(outcome.files[0].language.map(Language::id), Some("python"));
    assert_eq!(outcome.files[0].report.usage.sites.len(), 1);
}

#[test]
fn keeps_to_ignore_files() {
    let tree = Tree::new(&["a.py", "ignored.py", "out/b.py", "gone/c.py", ".hid/d.py", ".e.py"]);
    fs::create_dir(tree.at(".git")).unwrap();
    tree.write(".git/hooks.py", PYTHON);
    tree.write(".gitignore", "ignored.py\nout/\n");
    tree.write(".ignore", "gone\n");
    let with = |paths: &[&str], change: fn(&mut Options)| {
        let mut options = tree.options(paths);
        change(&mut options);
        options
    };
    assert_run(&tree, &with(&[], |_| {}), &["a.py"], &[]);
    assert_run(&tree, &with(&[], |it| it.hidden = true), &[".e.py", ".hid/d.py", "a.py"], &[]);
    let all = ["a.py", "gone/c.py", "ignored.py", "out/b.py"];
    assert_run(&tree, &with(&[], |it| it.no_ignore = true), &all, &[]);
    let named = ["ignored.py", "out/b.py", ".e.py", ".git/hooks.py"];
    let sorted = [".e.py", ".git/hooks.py", "ignored.py", "out/b.py"];
    assert_run(&tree, &with(&named, |_| {}), &sorted, &[]);
    assert_run(&tree, &with(&[".hid"], |_| {}), &[".hid/d.py"], &[]);
}

#[test]
fn keeps_to_the_configuration() {
    let tree = Tree::new(&["a.py", "gen/b.py", "deep/gen.py", "deep/tmp/c.py", "own/gen/d.py"]);
    tree.write("statuslint.toml", "exclude = [\"/gen\", \"tmp\"]\n");
    tree.write("own/statuslint.toml", "exclude = []\n");
    let all = ["a.py", "deep/gen.py", "own/gen/d.py"];
    assert_run(&tree, &tree.options(&[]), &all, &[]);
    assert_run(&tree, &tree.options(&["gen/b.py"]), &["gen/b.py"], &[]);
    assert_run(&tree, &tree.options(&["deep/tmp", "deep"]), &["deep/gen.py"], &[]);

    let isolated = Options { configs: Arc::new(Configs::isolated()), ..tree.options(&[]) };
    assert_eq!(run(&isolated).files.len(), 5);

    tree.write("list.txt", "");
    let listed = Some(tree.all(&["a.py", "gen/b.py", "list.txt", "gone.py"]));
    let options = Options { paths: vec![], files_from: listed, ..Options::default() };
    assert_run(&tree, &options, &["a.py"], &["error: gone.py: no such file or directory"]);
    let nothing = Options { files_from: Some(Vec::new()), ..Options::default() };
    assert_eq!(run(&nothing).checked, 0, "an empty list is not the current folder");
}

#[test]
fn a_bad_configuration_is_said_once() {
    let tree = Tree::new(&["a.py", "bad/b.py", "bad/deep/c.py"]);
    tree.write("bad/statuslint.toml", "\nallow = 1\n");
    let message =
        "error: bad/statuslint.toml: allow: expected an array such as [402], found a whole number";
    assert_run(&tree, &tree.options(&[]), &["a.py"], &[message]);
    let outcome = run(&tree.options(&["bad/b.py"]));
    assert_eq!(tree.problems(&outcome), [message]);
    let at = tree.at("bad/statuslint.toml").display().to_string();
    assert!(outcome.problems[0].to_string().starts_with(&format!("{at}:2:9: allow: expected")));
    tree.write("empty/statuslint.toml", "\nallow = 1\n");
    assert_eq!(run(&tree.options(&["empty"])).problems.len(), 1, "even without files to check");
}

#[test]
fn what_is_no_text_is_a_note() {
    let tree = Tree::new(&[]);
    tree.write("latin.py", b"status_code == 404 # caf\xE9");
    tree.write("utf16.py", b"\xFF\xFE4\x000\x004\x00");
    tree.write("binary.py", b"\x7FELF\x00404");
    tree.write("marked.py", format!("\u{feff}{PYTHON}"));
    tree.write("letter.odt", "404");
    File::create(tree.at("huge.py")).unwrap().set_len(3_000_000_000).unwrap();
    let notes = [
        "note: huge.py: is too large (3000.0 MB, the limit is 10 MB), skipped",
        "note: latin.py: is not UTF-8, skipped",
        "note: utf16.py: is not UTF-8 but UTF-16, skipped",
    ];
    assert_run(&tree, &tree.options(&[]), &["marked.py"], &notes);
    let named = ["binary.py", "huge.py", "latin.py", "letter.odt", "utf16.py"];
    let notes = [
        "note: binary.py: is binary, skipped",
        notes[0],
        notes[1],
        "note: letter.odt: is of no language statuslint knows, skipped",
        notes[2],
    ];
    assert_run(&tree, &tree.options(&named), &[], &notes);
}

#[test]
fn offsets_count_from_the_start_of_the_file() {
    let tree = Tree::new(&[]);
    tree.write("marked.py", format!("\u{feff}{PYTHON}"));
    let outcome = run(&tree.options(&[]));
    let site = &outcome.files[0].report.usage.sites[0];
    assert_eq!(site.range.start, 3 + PYTHON.find("404").unwrap());
    assert_eq!(&outcome.files[0].text[site.range.clone()], "404");
}

#[test]
fn what_is_missing_is_an_error() {
    let tree = Tree::new(&["a.py"]);
    let errors = ["error: b.py: no such file or directory", "error: c: no such file or directory"];
    assert_run(&tree, &tree.options(&["b.py", "a.py", "c"]), &["a.py"], &errors);
    let empty = Options { paths: vec![PathBuf::new()], ..Options::default() };
    assert_run(&tree, &empty, &[], &["error: : no such file or directory"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_only_when_named() {
    use std::os::unix::fs::symlink;
    let tree = Tree::new(&["real/a.py"]);
    symlink("real", tree.at("folder")).unwrap();
    symlink("real/a.py", tree.at("link.py")).unwrap();
    symlink("nowhere.py", tree.at("dangling.py")).unwrap();
    symlink("loop.py", tree.at("loop.py")).unwrap();
    symlink(".", tree.at("real/round")).unwrap();
    assert_run(&tree, &tree.options(&[]), &["real/a.py"], &[]);
    let dangling = "error: dangling.py: is a symbolic link that leads nowhere (nowhere.py)";
    let around = "error: loop.py: is a symbolic link that leads nowhere (loop.py)";
    let named = ["folder", "link.py", "dangling.py", "loop.py"];
    let found = ["folder/a.py", "link.py"];
    assert_run(&tree, &tree.options(&named), &found, &[dangling, around]);
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let tree = Tree::new(&["a.py"]);
    let _socket = std::os::unix::net::UnixListener::bind(tree.at("socket.py")).unwrap();
    fs::create_dir(tree.at("folder.py")).unwrap();
    assert_run(&tree, &tree.options(&[]), &["a.py"], &[]);
    let problems = ["note: socket.py: is not a file, skipped"];
    assert_run(&tree, &tree.options(&["socket.py", "folder.py"]), &[], &problems);
    let device = Options { paths: vec!["/dev/null".into()], ..Options::default() };
    assert_run(&tree, &device, &[], &["note: /dev/null: is not a file, skipped"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_opened_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let tree = Tree::new(&["a.py", "locked.py", "shut/b.py"]);
    fs::set_permissions(tree.at("locked.py"), fs::Permissions::from_mode(0o0)).unwrap();
    fs::set_permissions(tree.at("shut"), fs::Permissions::from_mode(0o0)).unwrap();
    let root_reads_everything = File::open(tree.at("locked.py")).is_ok();
    let outcome = run(&tree.options(&[]));
    if root_reads_everything {
        assert_eq!(tree.files(&outcome), ["a.py", "locked.py", "shut/b.py"]);
    } else {
        assert_eq!(tree.files(&outcome), ["a.py"]);
        let problems = ["error: locked.py: permission denied", "error: shut: permission denied"];
        assert_eq!(tree.problems(&outcome), problems);
    }
    fs::set_permissions(tree.at("shut"), fs::Permissions::from_mode(0o700)).unwrap();
}

#[cfg(unix)]
#[test]
fn any_name_will_do() {
    use std::os::unix::ffi::OsStrExt;
    let tree = Tree::new(&["two\nlines.py", "-dash.py", "sp ace.py", "ünï.py"]);
    let bytes = std::ffi::OsStr::from_bytes(b"by\xFFte.py");
    fs::write(tree.root.join(bytes), PYTHON).unwrap();
    let names = ["-dash.py", "by\u{fffd}te.py", "sp ace.py", "two\nlines.py", "ünï.py"];
    assert_run(&tree, &tree.options(&[]), &names, &[]);
}

#[test]
fn a_script_is_known_by_its_first_line() {
    let tree = Tree::new(&[]);
    let script = format!("#!/usr/bin/env python3\n{PYTHON}");
    tree.write("bin/serve", &script);
    tree.write("bin/notes", PYTHON);
    tree.write("bin/serve.old", &script);
    assert_run(&tree, &tree.options(&[]), &["bin/serve"], &[]);
    let named = ["bin/serve", "bin/notes"];
    let note = "note: bin/notes: is of no language statuslint knows, skipped";
    assert_run(&tree, &tree.options(&named), &["bin/serve"], &[note]);
}

#[test]
fn a_file_reached_twice_is_checked_once() {
    let tree = Tree::new(&["a/b.py", "a/c.py"]);
    let outcome = run(&tree.options(&["a", "a/../a/b.py", "a/../a", "."]));
    assert_eq!(tree.files(&outcome), ["a/../a/b.py", "a/c.py"], "named, else the shortest");
    assert_eq!(outcome.checked, 2);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let tree = Tree::new(&[]);
    for number in 0..60 {
        let text = PYTHON.repeat(1 + number * 7 % 11);
        tree.write(&format!("{}/{}/{number}.py", number % 3, number % 5), text);
    }
    tree.write("1/latin.py", b"\xE9");
    tree.write("2/statuslint.toml", "allow = 1");
    let outcome = |threads: usize| {
        let threads = NonZeroUsize::new(threads);
        let outcome = run(&Options { threads, ..tree.options(&["0", "1", "2", "gone", "."]) });
        let reports: Vec<_> = outcome.files.iter().map(|file| file.report.clone()).collect();
        (tree.files(&outcome), reports, tree.problems(&outcome), outcome.checked)
    };
    let one = outcome(1);
    assert_eq!((one.0.len(), one.2.len(), one.3), (40, 3, 40));
    for threads in [2, 4, 16] {
        assert_eq!(outcome(threads), one, "{threads} threads");
    }
}
