//! `init`: what it writes is read without a warning, and allows nothing in vain.

use crate::Folder;

const API: &str = "\
from fastapi import HTTPException
from starlette.responses import Response

def api(kind):
    if kind == 1:
        return Response(status_code=477)
    if kind == 2:
        return Response(status_code=209)
    if kind == 3:
        return Response(status_code=460)
    raise HTTPException(status_code=455)
";

const PROXY: &str = "\
package proxy

import \"net/http\"

func closed(w http.ResponseWriter, gone bool) {
\tif gone {
\t\tw.WriteHeader(499)
\t}
\tw.WriteHeader(402)
}
";

const OPENAPI: &str = "\
openapi: 3.1.0
paths:
  /a:
    get:
      responses:
        \"200\": {description: fine}
";

/// A tree with vendors' codes, own ones, doubtful ones, tests, OpenAPI and what others wrote.
fn tree() -> Folder {
    Folder::new(&[
        ("api.py", API),
        ("more.py", "from fastapi import HTTPException\nraise HTTPException(status_code=455)\n"),
        ("proxy/a.go", PROXY),
        ("proxy/b.go", PROXY),
        ("openapi.yaml", OPENAPI),
        ("tests/test_a.py", "import requests\nassert requests.get('/').status_code == 299\n"),
        ("third_party/x.go", &PROXY.replace("402", "488").replace("499", "489")),
        ("own/statuslint.toml", ""),
        ("own/c.go", &PROXY.replace("402", "477")),
        ("own/d.go", &PROXY.replace("402", "477")),
    ])
}

/// Standard error of `check`, and its findings about allowances.
fn checked(folder: &Folder) -> (String, Vec<String>) {
    let outcome = folder.run(&["check", "--output-format", "concise"]);
    let unused = outcome.stdout.lines().filter(|line| line.contains("[unused-allow]"));
    (outcome.stderr.clone(), unused.map(str::to_owned).collect())
}

/// A configuration with what it proposes in comments put into force.
fn taken_up(text: &str) -> String {
    let setting = |line: &str| {
        line.starts_with("[[") || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
    };
    let lines = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if setting(rest) => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_it_writes_reads_well() {
    let folder = tree();
    let outcome = folder.run(&["init"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    let said = "Wrote statuslint.toml: 15 status codes in 8 of 9 files\n";
    assert_eq!(outcome.stdout, said);
    insta::assert_snapshot!("init", folder.read("statuslint.toml"));
}

#[test]
fn what_it_writes_is_read_without_warnings_and_allows_nothing_in_vain() {
    let folder = tree();
    folder.run(&["init"]);
    assert_eq!(checked(&folder), (String::new(), Vec::new()));
    let left = folder.run(&["check", "--output-format", "concise"]).stdout;
    // What is doubtful is still found, what is meant is not, and folders keep their own counsel.
    for (code, found) in [(209, true), (477, true), (455, false), (402, false)] {
        assert_eq!(left.contains(&format!("`{code}`")), found, "{code}: {left}");
    }
    let text = folder.read("statuslint.toml");
    let taken_up = taken_up(&text);
    assert_ne!(text, taken_up);
    folder.write("statuslint.toml", taken_up.as_bytes());
    assert_eq!(checked(&folder).0, "", "{taken_up}");
}

#[test]
fn a_configuration_that_is_there_stays() {
    for name in ["statuslint.toml", ".statuslint.toml"] {
        let folder = tree();
        let printed = folder.run(&["init", "--stdout"]).stdout;
        folder.write(name, b"allow = [402, 455]\n");
        let outcome = folder.run(&["init"]);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""), "{outcome:?}");
        assert!(outcome.stderr.contains(&format!("{name} is there already")), "{outcome:?}");
        assert_eq!(folder.read(name), "allow = [402, 455]\n");
        let other = if name.starts_with('.') { "statuslint.toml" } else { ".statuslint.toml" };
        assert!(!folder.path().join(other).exists());
        // What is printed does not build on what it is meant to replace.
        for arguments in [&["init", "--stdout"][..], &["init", "-o", "-"]] {
            assert_eq!(folder.run(arguments).stdout, printed);
        }
        folder.write("taken.toml", b"mine");
        assert_eq!(folder.run(&["init", "-o", "taken.toml"]).status, 2);
        assert_eq!(folder.read("taken.toml"), "mine");
    }
}

#[test]
fn it_builds_on_the_configuration_above() {
    let folder = tree();
    folder.write("statuslint.toml", b"allow = [402]\nvendors = [\"nginx\"]\n");
    let outcome = folder.run(&["init", "proxy"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    let text = folder.read("proxy/statuslint.toml");
    assert!(text.contains("\nextends = \"../statuslint.toml\"\n"), "{text}");
    assert!(!text.lines().any(|line| line.starts_with("allow")), "{text}");
    let outcome = folder.run(&["check", "proxy"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
}

#[test]
fn a_tree_without_codes_gets_one_too() {
    let folder = Folder::new(&[("a.py", "x = 1\n")]);
    let outcome = folder.run(&["init", "-o", "here.toml"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    assert!(folder.read("here.toml").contains("0 status codes in 0 of 1 file."));
    let config = folder.run(&["check", "--config", "here.toml", "a.py"]);
    assert_eq!((config.status, config.stderr.as_str()), (0, ""));
}

#[test]
fn it_is_told_which_folder() {
    let folder = tree();
    for path in ["gone", "api.py"] {
        let outcome = folder.run(&["init", path]);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""));
        assert!(outcome.stderr.contains(&format!("{path} is no folder")), "{outcome:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_hostile_name_stays_in_its_comment() {
    let folder = Folder::new(&[]);
    for name in ["evil\nallow = [1]\n\u{1b}[2J\u{202e}.py", "\"]\nexclude = [\"**\n/a.py"] {
        folder.write(name, API.as_bytes());
    }
    let outcome = folder.run(&["init"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    let text = folder.read("statuslint.toml");
    assert!(text.contains("\\u{a}exclude"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    assert!(!text.lines().any(|line| line.starts_with("allow = [1]")), "{text}");
    assert_eq!(checked(&folder), (String::new(), Vec::new()));
}
