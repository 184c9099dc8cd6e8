//! What the configuration allows, and no file needs.

use crate::Folder;

const CONFIGURATION: &str = "\
allow = [402, 444]

[[code]]
code = 470
name = \"Tenant Suspended\"

[[override]]
paths = [\"src\"]
allow = [305, 306]
";

const SOURCE: &str = "\
from starlette.responses import Response

def pay(paid):
    return Response(status_code=306 if paid else 402)
";

fn folder() -> Folder {
    Folder::new(&[("statuslint.toml", CONFIGURATION), ("src/a.py", SOURCE)])
}

/// The places of the findings, as `concise` writes them.
fn places(outcome: &crate::Outcome) -> Vec<&str> {
    let lines = outcome.stdout.lines().filter(|line| line.contains("[unused-allow]"));
    lines.filter_map(|line| line.split(": ").next()).collect()
}

#[test]
fn a_code_that_no_file_has_is_found_in_the_configuration() {
    let folder = folder();
    let outcome = folder.run(&["check", "--output-format", "concise"]);
    assert_eq!(outcome.status, 1, "{outcome:?}");
    let expected = ["statuslint.toml:1:15", "statuslint.toml:4:8", "statuslint.toml:9:10"];
    assert_eq!(places(&outcome), expected, "{outcome:?}");
    assert!(outcome.stdout.contains("`470` is named `Tenant Suspended`, but"), "{outcome:?}");
    let findings = &folder.run(&["check", "--output-format", "json"]).json()["findings"];
    assert_eq!(findings[0]["path"], "statuslint.toml");
    assert_eq!((&findings[0]["code"], &findings[0]["language"]), (&444.into(), &().into()));
    folder.run(&["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(folder.read("statuslint.toml"), CONFIGURATION);
    assert!(!folder.run(&["sites"]).stdout.contains("statuslint.toml"));
}

#[test]
fn only_who_saw_every_file_can_say_that() {
    let folder = folder();
    folder.write("list", b"src/a.py\n");
    for arguments in
        [&["src"][..], &["src/a.py"], &["--files-from", "list"], &["--isolated"], &["src", "gone"]]
    {
        let arguments = [&["check", "--output-format", "concise"], arguments].concat();
        let outcome = folder.run(&arguments);
        assert!(places(&outcome).is_empty(), "{arguments:?}: {outcome:?}");
    }
    folder.write("src/b.py", &[b"x = 1\n", SOURCE.as_bytes()].concat());
    let whole = folder.run(&["check", "--output-format", "concise", "src", "."]);
    assert_eq!(places(&whole).len(), 3, "{whole:?}");
}

#[test]
fn what_another_configuration_builds_on_is_judged_with_it() {
    let folder = Folder::new(&[
        ("statuslint.toml", "allow = [402]\n"),
        ("sub/statuslint.toml", "extends = \"../statuslint.toml\"\nallow = [306, 305]\n"),
        ("sub/a.py", SOURCE),
    ]);
    let outcome = folder.run(&["check", "--output-format", "concise"]);
    let at = if cfg!(windows) { "sub\\statuslint.toml:2:15" } else { "sub/statuslint.toml:2:15" };
    assert_eq!(places(&outcome), [at], "{outcome:?}");
}

#[test]
fn it_is_switched_off_like_any_rule() {
    let folder = folder();
    let off = ["check", "--output-format", "concise", "--ignore", "unused-allow"];
    assert!(places(&folder.run(&off)).is_empty());
    let configuration = format!("{CONFIGURATION}\n[rules]\nunused-allow = \"off\"\n");
    folder.write("statuslint.toml", configuration.as_bytes());
    assert!(places(&folder.run(&["check", "--output-format", "concise"])).is_empty());
}
