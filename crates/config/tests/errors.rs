//! Every mistake in a configuration, with exactly what is said about it.

use std::path::Path;

use statuslint_config::Config;

/// The text of a configuration and its error, without the file's name in front.
const ERRORS: &[(&str, &str)] = &[
    ("vendors = [", "1:12: vendors: is not valid TOML: unclosed array, expected `]`"),
    ("a = 1\na = 2\n", "2:1: a: is not valid TOML: duplicate key"),
    ("[rules\n", "1:7: is not valid TOML: unclosed table, expected `]`"),
    (
        "evidence = certain\n",
        "1:12: evidence: is not valid TOML: string values must be quoted, expected literal string",
    ),
    (
        "vendors = \"nginx\"\n",
        "1:11: vendors: expected an array such as [\"nginx\"], found a string",
    ),
    (
        "vendors = [\"nginx\", 7]\n",
        "1:21: vendors: expected a string such as \"nginx\", found a whole number",
    ),
    ("allow = 402\n", "1:9: allow: expected an array such as [402], found a whole number"),
    ("allow = [\"402\"]\n", "1:10: allow: expected a whole number such as 402, found a string"),
    ("allow = [402, 70000]\n", "1:15: allow: 70000 is out of range; use 0 to 65535"),
    ("allow = [4.5]\n", "1:10: allow: expected a whole number such as 402, found a fraction"),
    (
        "exclude = { a = 1 }\n",
        "1:11: exclude: expected an array such as [\"tests/**\"], found a table",
    ),
    (
        "evidence = true\n",
        "1:12: evidence: expected one of \"certain\", \"likely\", found true or false",
    ),
    (
        "rules = [\"magic-code\"]\n",
        "1:9: rules: expected a table such as { magic-code = \"hint\" }, found an array",
    ),
    (
        "extends = 7\n",
        "1:11: extends: expected a string such as \"../statuslint.toml\", found a whole number",
    ),
    ("extends = \"\"\n", "1:11: extends: is empty; write something like \"../statuslint.toml\""),
    (
        "evidence = \"sure\"\n",
        "1:12: evidence: \"sure\" is not a degree of evidence; use one of \"certain\", \"likely\"",
    ),
    (
        "evidence = \"Certain\"\n",
        "1:12: evidence: \"Certain\" is not a degree of evidence; did you mean \"certain\"?",
    ),
    (
        "test-severity = \"warn\"\n",
        "1:17: test-severity: \"warn\" is not a severity; did you mean \"warning\"?",
    ),
    (
        "\n\n[rules]\nunknown-code = \"never\"\n",
        "4:16: rules.unknown-code: \"never\" is not a severity; use one of \"error\", \"warning\", \"info\", \"hint\", \"off\"",
    ),
    (
        "rules.unknown-code = 1\n",
        "1:22: rules.unknown-code: expected one of \"error\", \"warning\", \"info\", \"hint\", \"off\", found a whole number",
    ),
    (
        "[rules]\nunknwon-code = \"off\"\n",
        "2:1: rules.unknwon-code: there is no rule \"unknwon-code\"; did you mean \"unknown-code\"?",
    ),
    (
        "[rules]\nxyz = \"off\"\n",
        "2:1: rules.xyz: there is no rule \"xyz\"; `statuslint rules` lists them",
    ),
    (
        "vendors = [\"ngnix\"]\n",
        "1:12: vendors: there is no vendor catalogue \"ngnix\"; did you mean \"nginx\"?",
    ),
    (
        "exclude = [\"ok\", \"a[\"]\n",
        "1:18: exclude: \"a[\" is not a usable pattern: unclosed character class; missing ']'",
    ),
    (
        "exclude = [\"!vendor\"]\n",
        "1:12: exclude: \"!vendor\" is not a usable pattern: patterns cannot be negated; name what is meant instead",
    ),
    (
        "exclude = [\"../other\"]\n",
        "1:12: exclude: \"../other\" is not a usable pattern: patterns cannot leave the folder of their configuration",
    ),
    (
        "[[call]]\nargument = 1\n",
        "1:1: call: lacks the name of the function: name = \"respond_with\"",
    ),
    (
        "[[call]]\nname = \"respond\"\n",
        "1:1: call: does not say where the status is: argument = 0 (the first)",
    ),
    (
        "[[call]]\nname = \"respond\"\nargument = 1\nkeyword = \"status\"\n",
        "1:1: call: has both argument and keyword; say one",
    ),
    (
        "[[call]]\nname = \"api.respond\"\nargument = 1\n",
        "2:8: call.name: \"api.respond\" is not a name; write it alone, as in \"respond\"",
    ),
    (
        "[[call]]\nname = \"respond\"\nargument = -1\n",
        "3:12: call.argument: -1 is out of range; use 0 to 255",
    ),
    (
        "[call]\nname = \"respond\"\nargument = 1\n",
        "1:1: call: expected tables headed [[call]], found a table",
    ),
    ("[[name]]\n", "1:1: name: lacks the identifier: pattern = \"rc\""),
    (
        "[[name]]\npattern = \"r c\"\n",
        "2:11: name.pattern: \"r c\" is not a name, nor one with `*` for a part of it",
    ),
    ("[[code]]\ncode = 47\nname = \"X\"\n", "2:8: code.code: 47 is out of range; use 100 to 999"),
    ("[[code]]\ncode = 470\n", "1:1: code: lacks the meaning: name = \"Tenant Suspended\""),
    ("[[code]]\nname = \"X\"\n", "1:1: code: lacks the number: code = 470"),
    (
        "[[code]]\ncode = 470\nname = \"A\"\n[[code]]\ncode = 470\nname = \"B\"\n",
        "4:1: code: 470 is already \"A\"; give a code one name",
    ),
    (
        "[[override]]\nrules = { unknown-code = \"off\" }\n",
        "1:1: override: does not say for which files: paths = [\"tests/**\"]",
    ),
    (
        "[[override]]\npaths = \"tests/**\"\n",
        "2:9: override.paths: expected an array such as [\"tests/**\"], found a string",
    ),
    (
        "[[override]]\npaths = [\"t\"]\nrules = { unknown-code = \"of\" }\n",
        "3:26: override.rules.unknown-code: \"of\" is not a severity; did you mean \"off\"?",
    ),
    (
        "[[override]]\npaths = [\"t\"]\n[[override]]\npaths = [\"t\"]\nvendors = [\"clodflare\"]\n",
        "5:12: override.vendors: there is no vendor catalogue \"clodflare\"; did you mean \"cloudflare\"?",
    ),
    (
        "vendors = 1\nallow = 2\n",
        "1:11: vendors: expected an array such as [\"nginx\"], found a whole number",
    ),
    ("exclude = [\"ä\", \"\"]\n", "1:17: exclude: is empty; write something like \"tests/**\""),
];

#[test]
fn says_what_is_wrong_and_what_would_be_right() {
    for (text, expected) in ERRORS {
        let parsed = Config::parse(Path::new("/p/statuslint.toml"), text);
        let error = parsed.expect_err(text).to_string();
        assert_eq!(error, format!("/p/statuslint.toml:{expected}"), "in\n{text}");
    }
}

/// The text of a configuration and its warnings.
const WARNINGS: &[(&str, &[&str])] = &[
    ("vendors = []\n", &[]),
    ("exlude = []\n", &["1:1: exlude: unknown key; did you mean \"exclude\"?"]),
    (
        "test_severity = \"off\"\n",
        &["1:1: test_severity: unknown key; did you mean \"test-severity\"?"],
    ),
    (
        "zzz = 1\n",
        &["1:1: zzz: unknown key; known here: extends, vendors, allow, exclude, evidence, \
           test-severity, rules, call, name, code, override"],
    ),
    (
        "[[call]]\nname = \"f\"\nargument = 0\narg = 1\n\n[[code]]\ncode = 470\nname = \"N\"\nwhy = \"\"\n",
        &[
            "4:1: call.arg: unknown key; did you mean \"argument\"?",
            "9:1: code.why: unknown key; known here: code, name",
        ],
    ),
    (
        "[[override]]\npaths = [\"t\"]\nexclude = [\"a\"]\n",
        &["3:1: override.exclude: unknown key; known here: paths, vendors, allow, evidence, \
           test-severity, rules"],
    ),
];

#[test]
fn warns_of_keys_without_effect() {
    for (text, expected) in WARNINGS {
        let (_, warnings) = Config::parse(Path::new("/p/statuslint.toml"), text).expect(text);
        let warnings: Vec<_> = warnings.iter().map(ToString::to_string).collect();
        let expected: Vec<_> =
            expected.iter().map(|warning| format!("/p/statuslint.toml:{warning}")).collect();
        assert_eq!(warnings, expected, "in\n{text}");
    }
}
