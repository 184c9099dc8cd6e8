//! `check --fix` and `--diff`: what is changed, what is left alone, and what is said.

use std::fs;

use crate::Folder;

/// A file whose one finding has a safe fix: the allowance silences nothing.
const ALLOWED: &str = "\
from starlette.responses import Response

def gone():
    # statuslint: allow(reserved-code)
    return Response(status_code=410)
";

/// The same file, fixed.
const FIXED: &str = "\
from starlette.responses import Response

def gone():
    return Response(status_code=410)
";

/// A file with an unsafe fix.
const UNSAFE: &str = "\
from starlette.responses import Response

def gone():
    return Response(status_code=2000)
";

/// A file with a safe fix and with a finding that has an unsafe one.
const BOTH: &str = "\
from starlette.responses import Response

def gone():
    # statuslint: allow(reserved-code)
    return Response(status_code=305)
";

fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<_> =
        entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn fixes_are_applied_once_and_for_all() {
    let folder = Folder::new(&[("a.py", ALLOWED), ("b.py", FIXED)]);
    let untouched = fs::metadata(folder.path().join("b.py")).unwrap().modified().unwrap();
    let first = folder.run(&["check", "--fix"]);
    assert_eq!(first.status, 0, "{first:?}");
    assert_eq!(first.stdout, "No problems in 2 files.\nFixed 1 finding in 1 file.\n");
    assert_eq!((folder.read("a.py").as_str(), folder.read("b.py").as_str()), (FIXED, FIXED));
    let written = fs::metadata(folder.path().join("a.py")).unwrap().modified().unwrap();
    let second = folder.run(&["check", "--fix"]);
    assert_eq!((second.status, second.stdout.as_str()), (0, "No problems in 2 files.\n"));
    for (name, time) in [("a.py", written), ("b.py", untouched)] {
        assert_eq!(fs::metadata(folder.path().join(name)).unwrap().modified().unwrap(), time);
    }
    assert_eq!(names(&folder), ["a.py", "b.py"]);
}

#[test]
fn what_is_left_sets_the_exit_status() {
    let folder = Folder::new(&[("a.py", ALLOWED), ("b.py", crate::folder::RESERVED)]);
    let outcome = folder.run(&["check", "--fix", "--output-format", "concise"]);
    assert_eq!(outcome.status, 1);
    assert_eq!(outcome.rules(), [("b.py", "reserved-code")]);
    assert!(outcome.stdout.ends_with("Fixed 1 finding in 1 file.\n"), "{}", outcome.stdout);
    assert_eq!(folder.read("b.py"), crate::folder::RESERVED);
}

#[test]
fn unsafe_fixes_are_for_those_who_ask() {
    let folder = Folder::new(&[("b.py", UNSAFE)]);
    let safe = folder.run(&["check", "--fix"]);
    assert_eq!(folder.read("b.py"), UNSAFE);
    assert!(safe.stdout.ends_with("No safe fixes; 1 fix with --unsafe-fixes.\n"), "{safe:?}");
    let all = folder.run(&["check", "--fix", "--unsafe-fixes"]);
    assert_ne!(folder.read("b.py"), UNSAFE);
    assert!(all.stdout.ends_with("Fixed 1 finding in 1 file.\n"), "{all:?}");
}

#[test]
fn a_diff_shows_and_writes_nothing() {
    let folder = Folder::new(&[("src/a.py", ALLOWED)]);
    let outcome = folder.run(&["check", "--diff"]);
    assert_eq!(outcome.status, 1);
    assert_eq!(
        outcome.stdout,
        "--- src/a.py\n+++ src/a.py\n@@ -1,5 +1,4 @@\n from starlette.responses import Response\n \
         \n def gone():\n-    # statuslint: allow(reserved-code)\n     return \
         Response(status_code=410)\n"
    );
    assert_eq!(outcome.stderr, "Would fix 1 finding in 1 file.\n");
    assert_eq!(folder.read("src/a.py"), ALLOWED);
    folder.write("src/a.py", FIXED.as_bytes());
    let outcome = folder.run(&["check", "--diff"]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (0, ""));
}

#[test]
fn standard_input_is_passed_on_fixed() {
    let folder = Folder::new(&[]);
    let arguments = ["check", "--fix", "--stdin-filename", "a.py", "-"];
    for input in [ALLOWED, FIXED] {
        let outcome = folder.run_with_input(&arguments, input.as_bytes());
        assert_eq!((outcome.status, outcome.stdout.as_str()), (0, FIXED), "{}", outcome.stderr);
    }
    let outcome = folder.run_with_input(&arguments, BOTH.as_bytes());
    assert_eq!(outcome.status, 1);
    assert!(outcome.stdout.ends_with("    return Response(status_code=305)\n"));
    assert!(outcome.stderr.contains("deprecated-code"), "{}", outcome.stderr);
    let outcome = folder.run_with_input(&arguments, b"# caf\xe9\n");
    assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""), "{}", outcome.stderr);
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let with_returns = |text: &str| text.replace('\n', "\r\n");
    let mixed = |text: &str| text.replacen('\n', "\r\n", 1);
    let marked = |text: &str| format!("\u{feff}{}", with_returns(text));
    let unended = |text: &str| text.trim_end().to_owned();
    let kinds: [&dyn Fn(&str) -> String; 4] = [&with_returns, &mixed, &marked, &unended];
    for kind in kinds {
        let folder = Folder::new(&[("a.py", &kind(ALLOWED))]);
        let outcome = folder.run(&["check", "--fix"]);
        assert_eq!(folder.read("a.py"), kind(FIXED), "{outcome:?}");
    }
}

#[test]
fn what_is_no_utf_8_is_never_written() {
    let folder = Folder::new(&[]);
    let latin = [ALLOWED.as_bytes(), b"# caf\xe9\n"].concat();
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(ALLOWED.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [("a.py", &latin), ("b.py", &wide)] {
        folder.write(name, bytes);
        folder.run(&["check", "--fix", "--unsafe-fixes"]);
        assert_eq!(&fs::read(folder.path().join(name)).unwrap(), bytes, "{name}");
    }
}

#[test]
fn code_within_other_documents_is_fixed_in_its_place() {
    let script = "\nconst express = require('express')\nexpress().get('/', (req, res) => {\n  \
                  // statuslint: allow(reserved-code)\n  res.sendStatus(404)\n})\n";
    let fixed = script.replace("  // statuslint: allow(reserved-code)\n", "");
    for (name, start, end) in [
        ("a.md", "# Title\n\n```js", "```\n\nMore.\n"),
        ("a.vue", "<template><p>a</p></template>\n<script>", "</script>\n"),
        ("a.html", "<!doctype html>\n<p>é</p>\n<script>", "</script>\n"),
    ] {
        let folder = Folder::new(&[(name, &format!("{start}{script}{end}"))]);
        let outcome = folder.run(&["check", "--fix"]);
        assert_eq!(folder.read(name), format!("{start}{fixed}{end}"), "{outcome:?}");
    }
}

#[test]
fn fixes_in_each_others_way_are_applied_in_turn() {
    let comment = "# statuslint: allow(reserved-code, unused-code, unknown-code)";
    let text = ALLOWED.replace("# statuslint: allow(reserved-code)", comment);
    let folder = Folder::new(&[("a.py", &text)]);
    let outcome = folder.run(&["check", "--fix"]);
    assert_eq!(folder.read("a.py"), FIXED, "{outcome:?}");
    assert!(outcome.stdout.ends_with("Fixed 3 findings in 1 file.\n"), "{outcome:?}");
}

#[test]
fn a_read_only_file_is_an_error_and_the_others_are_fixed() {
    let folder = Folder::new(&[("a.py", ALLOWED), ("b.py", ALLOWED)]);
    let path = folder.path().join("a.py");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let outcome = folder.run(&["check", "--fix", "--output-format", "concise"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.contains("a.py: was left as it is: it is read-only"), "{outcome:?}");
    assert_eq!(outcome.rules(), [("a.py", "unused-allow")]);
    assert_eq!((folder.read("a.py").as_str(), folder.read("b.py").as_str()), (ALLOWED, FIXED));
}

#[test]
#[cfg(unix)]
fn links_and_modes_stay() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    let folder = Folder::new(&[("real/a.py", ALLOWED), ("twin.py", ALLOWED)]);
    let at = |name: &str| folder.path().join(name);
    fs::set_permissions(at("real/a.py"), fs::Permissions::from_mode(0o751)).unwrap();
    symlink("real/a.py", at("link.py")).unwrap();
    fs::hard_link(at("twin.py"), at("other.py")).unwrap();
    let outcome = folder.run(&["check", "--fix", "link.py", "twin.py", "other.py"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert_eq!(fs::read_link(at("link.py")).unwrap().to_str(), Some("real/a.py"));
    assert_eq!(fs::metadata(at("real/a.py")).unwrap().mode() & 0o777, 0o751);
    assert_eq!(fs::metadata(at("twin.py")).unwrap().nlink(), 2);
    for name in ["real/a.py", "twin.py", "other.py"] {
        assert_eq!(folder.read(name), FIXED, "{name}");
    }
    assert_eq!(names(&folder), ["link.py", "other.py", "real", "twin.py"]);
}

#[test]
#[cfg(unix)]
fn files_that_are_not_looked_at_are_not_written() {
    let outside = Folder::new(&[("a.py", ALLOWED)]);
    let folder = Folder::new(&[
        ("ignored.py", ALLOWED),
        ("excluded.py", ALLOWED),
        (".git/hook.py", ALLOWED),
        (".hidden.py", ALLOWED),
        (".gitignore", "ignored.py\n"),
        ("statuslint.toml", "exclude = [\"excluded.py\"]\n"),
        ("a.py", ALLOWED),
    ]);
    std::os::unix::fs::symlink(outside.path(), folder.path().join("away")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("a.py"), folder.path().join("b.py")).unwrap();
    folder.run(&["check", "--fix"]);
    assert_eq!(folder.read("a.py"), FIXED);
    assert_eq!(outside.read("a.py"), ALLOWED);
    for name in ["ignored.py", "excluded.py", ".git/hook.py", ".hidden.py"] {
        assert_eq!(folder.read(name), ALLOWED, "{name}");
    }
}
