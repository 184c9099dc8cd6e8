//! `explain`: every way to ask, and what is answered.

use crate::Folder;

#[test]
fn every_spelling_gets_the_same_answer() {
    let folder = Folder::new(&[]);
    let expected = folder.run(&["explain", "404"]);
    assert_eq!(expected.status, 0);
    for asked in ["NOT_FOUND", "StatusCode::NOT_FOUND", "not found", "\"not found\"", "NotFound"] {
        assert_eq!(folder.run(&["explain", asked]).stdout, expected.stdout, "{asked}");
    }
}

#[test]
fn the_title_says_what_it_is() {
    let folder = Folder::new(&[]);
    for (asked, title) in [
        ("404", "404 Not Found"),
        ("5XX", "5xx Server Error"),
        ("499", "499"),
        ("299", "299"),
        ("unknown-code", "unknown-code"),
    ] {
        let outcome = folder.run(&["explain", asked]);
        assert_eq!(outcome.status, 0, "{asked}");
        let first = outcome.stdout.lines().next().unwrap();
        assert!(first.starts_with(title), "{asked}: {first}");
    }
}

#[test]
fn an_answer_reads_well() {
    let folder = Folder::new(&[]);
    let answer = |asked: &str| folder.run(&["explain", asked]).stdout;
    let content_too_large = answer("413");
    // The constants change with every library we learn of.
    let (facts, constants) = content_too_large.rsplit_once("\n\n").unwrap();
    insta::assert_snapshot!("explain_413", facts);
    insta::assert_snapshot!("explain_444", answer("444"));
    insta::assert_snapshot!("explain_3xx", answer("3xx"));
    assert!(constants.contains("http.StatusRequestEntityTooLarge (net/http)"), "{constants}");
    assert!(constants.contains("  Rust          StatusCode::PAYLOAD_TOO_LARGE ("), "{constants}");
}

#[test]
fn lines_are_narrow_enough_to_read() {
    let folder = Folder::new(&[]);
    for asked in ["1xx", "4xx", "404", "413", "503", "499", "unknown-code", "body-not-allowed"] {
        let outcome = folder.run(&["explain", asked]);
        let mut in_code = false;
        for line in outcome.stdout.lines() {
            in_code ^= line.starts_with("```");
            let unbreakable = in_code || line.contains("https://") || line.starts_with('|');
            assert!(unbreakable || line.chars().count() <= 80, "{asked}: {line}");
        }
    }
}

#[test]
fn every_code_and_rule_is_explained() {
    let folder = Folder::new(&[]);
    let codes = folder.run(&["codes", "--output-format", "json"]).json();
    let rules = folder.run(&["rules", "--output-format", "json"]).json();
    let codes = codes["codes"].as_array().unwrap().iter().map(|code| code["code"].to_string());
    let rules = rules["rules"].as_array().unwrap().iter();
    let rules = rules.map(|rule| rule["name"].as_str().unwrap().to_owned());
    for subject in codes.chain(rules) {
        let outcome = folder.run(&["explain", &subject]);
        assert_eq!(outcome.status, 0, "{subject}: {}", outcome.stderr);
        assert!(outcome.stdout.starts_with(&subject), "{subject}: {}", outcome.stdout);
    }
}

#[test]
fn the_code_of_a_project_has_its_name() {
    let folder = Folder::new(&[]);
    folder.write("statuslint.toml", b"[[code]]\ncode = 470\nname = \"Tenant Suspended\"\n");
    let outcome = folder.run(&["explain", "470"]);
    assert!(outcome.stdout.contains("Tenant Suspended"), "{}", outcome.stdout);
    folder.write("statuslint.toml", b"[[code]]\ncode = \"many\"\nname = \"Many\"\n");
    let broken = folder.run(&["explain", "404"]);
    assert_eq!(broken.status, 0);
    assert!(broken.stderr.contains("statuslint.toml:2:"), "{}", broken.stderr);
}

#[test]
fn what_is_unknown_gets_a_suggestion() {
    let folder = Folder::new(&[]);
    for (asked, hint) in [
        ("not_foud", "did you mean \"Not Found\"?"),
        ("unknwon-code", "did you mean \"unknown-code\"?"),
        ("99999", "is not a status code: those are 100 to 599"),
        ("xyzzy", "ask for a code (404), a class (4xx), a name (NOT_FOUND) or a rule"),
        ("9xx", "ask for a code"),
    ] {
        let outcome = folder.run(&["explain", asked]);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""), "{asked}");
        assert!(outcome.stderr.contains(asked) && outcome.stderr.contains(hint), "{outcome:?}");
    }
}
