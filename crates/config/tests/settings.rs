//! What a file gets from the configurations around it.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests, too")]

use std::fs;
use std::path::{Path, PathBuf};

use statuslint_codes::StatusCode;
use statuslint_config::{Config, Configs, Overrides};
use statuslint_languages::{Argument, Evidence, Language, OwnCall};
use statuslint_lint::{Settings, Severity};
use tempfile::TempDir;

/// A folder with these files.
fn tree(files: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    (folder, root)
}

fn python() -> Language {
    Language::from_id("python").unwrap()
}

fn settings_in(configs: &Configs, path: &Path) -> Settings {
    configs.for_path(path).unwrap().settings(path, python(), &Overrides::default())
}

fn codes(settings: &Settings) -> Vec<u16> {
    settings.allow.iter().map(|code| code.get()).collect()
}

const FULL: &str = r#"
vendors = ["nginx"]
allow = [402]
exclude = ["vendor/**"]
evidence = "likely"
test-severity = "off"

[rules]
unknown-code = "hint"
unused-code = "off"

[[call]]
name = "respond_with"
argument = 1

[[call]]
name = "fail"
keyword = "status"

[[name]]
pattern = "rc"

[[code]]
code = 470
name = "Tenant Suspended"

[[override]]
paths = ["tests/**"]
vendors = ["cloudflare"]
allow = [299]
evidence = "certain"
test-severity = "hint"
rules = { unknown-code = "off" }
"#;

#[test]
fn every_key_reaches_the_settings() {
    let (_folder, root) = tree(&[("statuslint.toml", FULL)]);
    let configs = Configs::discover();
    let settings = settings_in(&configs, &root.join("src/app.py"));
    assert_eq!(settings.vendors, ["nginx"]);
    assert_eq!(codes(&settings), [402]);
    assert_eq!(settings.evidence, Evidence::Likely);
    assert_eq!(settings.test_severity, None);
    assert_eq!(settings.rules["unknown-code"], Some(Severity::Hint));
    assert_eq!(settings.rules["unused-code"], None);
    assert_eq!(settings.codes[0].code, StatusCode::new(470));
    assert_eq!(settings.codes[0].name, "Tenant Suspended");
    assert_eq!(settings.context.path, "src/app.py");
    assert_eq!(settings.context.names, ["rc"]);
    let call = |name: &str, argument| OwnCall { name: name.to_owned(), argument };
    assert_eq!(
        settings.context.calls,
        [
            call("respond_with", Argument::Position(1)),
            call("fail", Argument::Keyword("status".to_owned())),
        ]
    );

    let settings = settings_in(&configs, &root.join("tests/app.py"));
    assert_eq!(settings.vendors, ["nginx", "cloudflare"]);
    assert_eq!(codes(&settings), [402, 299]);
    assert_eq!(settings.evidence, Evidence::Certain);
    assert_eq!(settings.test_severity, Some(Severity::Hint));
    assert_eq!(settings.rules["unknown-code"], None);
    assert_eq!(settings.rules["unused-code"], None);
}

#[test]
fn the_nearest_configuration_holds() {
    let (_folder, root) = tree(&[
        ("statuslint.toml", "allow = [1]"),
        ("api/.statuslint.toml", "allow = [2]"),
        ("both/statuslint.toml", "allow = [3]"),
        ("both/.statuslint.toml", "allow = [4]"),
        ("odd/statuslint.toml/file.py", ""),
    ]);
    let configs = Configs::discover();
    for (path, allowed) in [
        ("a.py", 1),
        ("x/y/a.py", 1),
        ("api/a.py", 2),
        ("api/deep/er/a.py", 2),
        ("both/a.py", 3),
        ("odd/a.py", 1),
        ("api/../a.py", 1),
    ] {
        assert_eq!(codes(&settings_in(&configs, &root.join(path))), [allowed], "{path}");
    }
    let read = ["api/.statuslint.toml", "both/statuslint.toml", "statuslint.toml"];
    assert_eq!(configs.files(), read.map(|path| root.join(path)));
    assert!(codes(&settings_in(&Configs::isolated(), &root.join("a.py"))).is_empty());
}

#[test]
fn a_fixed_configuration_holds_everywhere() {
    let (_folder, root) = tree(&[
        ("ci/lint.toml", "allow = [1]\nexclude = [\"gen\"]\nzzz = 1"),
        ("statuslint.toml", "allow = [2]"),
        (".git/HEAD", ""),
    ]);
    let configs = Configs::fixed(&root.join("ci/lint.toml")).unwrap();
    let settings = settings_in(&configs, &root.join("src/a.py"));
    assert_eq!((codes(&settings), settings.context.path.as_str()), (vec![1], "src/a.py"));
    let config = configs.for_path(&root.join("ci/gen/a.py")).unwrap();
    assert!(config.excludes(&root.join("ci/gen/a.py")));
    assert!(!config.excludes(&root.join("gen/a.py")), "patterns are relative to the file's folder");
    assert_eq!(configs.warnings().len(), 1);
    assert_eq!(configs.files(), [root.join("ci/lint.toml")]);

    let missing = Configs::fixed(&root.join("none.toml")).unwrap_err();
    assert!(
        missing.to_string().ends_with("none.toml: cannot read the configuration: no such file")
    );
    let folder = Configs::fixed(&root.join("ci")).unwrap_err();
    assert!(folder.to_string().ends_with("ci: cannot read the configuration: it is a folder"));
}

#[test]
fn extending_builds_on_another() {
    let (_folder, root) = tree(&[
        (
            "statuslint.toml",
            "allow = [1]\nevidence = \"likely\"\nexclude = [\"api/gen\"]\nodd = 1\n\
             [rules]\nunknown-code = \"off\"\nunused-code = \"off\"\n\
             [[override]]\npaths = [\"api/old/**\"]\nrules = { unused-code = \"error\" }\n",
        ),
        (
            "api/statuslint.toml",
            "extends = \"../statuslint.toml\"\nallow = [2]\nexclude = [\"tmp\"]\n\
             [rules]\nunknown-code = \"hint\"\n",
        ),
        ("common/base.toml", "exclude = [\"gen/**\"]\n"),
        ("web/statuslint.toml", "extends = '../common/base.toml'\n"),
    ]);
    let configs = Configs::discover();
    let settings = settings_in(&configs, &root.join("api/a.py"));
    assert_eq!(codes(&settings), [1, 2]);
    assert_eq!(settings.evidence, Evidence::Likely);
    assert_eq!(settings.rules["unknown-code"], Some(Severity::Hint));
    assert_eq!(settings.rules["unused-code"], None);
    assert_eq!(settings.context.path, "api/a.py", "the root is that of the topmost configuration");
    let old = settings_in(&configs, &root.join("api/old/a.py"));
    assert_eq!(old.rules["unused-code"], Some(Severity::Error));

    for (path, excluded) in [
        ("api/gen/a.py", true),
        ("api/tmp/a.py", true),
        ("api/a.py", false),
        ("tmp/a.py", false),
        ("web/gen/a.py", true),
    ] {
        let path = root.join(path);
        let config = configs.for_path(&path).unwrap();
        assert_eq!(config.excludes(&path), excluded, "{}", path.display());
    }
    assert_eq!(configs.warnings().len(), 1, "the extended file is named once");
}

#[test]
fn extending_in_a_circle_is_an_error() {
    let (_folder, root) = tree(&[
        ("statuslint.toml", "extends = 'b.toml'"),
        ("b.toml", "\nextends = './c.toml'"),
        ("c.toml", "extends = 'b.toml'"),
        ("self/statuslint.toml", "extends = 'statuslint.toml'"),
        ("gone/statuslint.toml", "allow = [1]\nextends = 'no.toml'"),
        ("bad/statuslint.toml", "extends = '../bad.toml'"),
        ("bad.toml", "\nallow = 1"),
    ]);
    let at = |path: &str| root.join(path).display().to_string();
    let (b, c, own) = (at("b.toml"), at("c.toml"), at("self/statuslint.toml"));
    for (folder, expected) in [
        (
            "",
            format!(
                "{c}:1:11: extends: goes round in a circle: {b} extends {c} extends {b}; \
                 take one of them out"
            ),
        ),
        (
            "self",
            format!(
                "{own}:1:11: extends: goes round in a circle: {own} extends {own}; \
                 take one of them out"
            ),
        ),
        (
            "gone",
            format!(
                "{}:2:11: extends: cannot read no.toml: no such file; \
                 the path is relative to this file",
                at("gone/statuslint.toml")
            ),
        ),
        (
            "bad",
            format!(
                "{}:2:9: allow: expected an array such as [402], found a whole number",
                at("bad.toml")
            ),
        ),
    ] {
        let error = Configs::discover().for_folder(&root.join(folder)).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_bad_configuration_is_bad_for_every_file_below() {
    let (_folder, root) = tree(&[("statuslint.toml", "allow = 1")]);
    let configs = Configs::discover();
    let first = configs.for_path(&root.join("a.py")).unwrap_err();
    assert_eq!(first, configs.for_path(&root.join("x/y/b.py")).unwrap_err());
    assert_eq!(configs.files(), [root.join("statuslint.toml")]);

    fs::write(root.join("statuslint.toml"), "allow = [1]").unwrap();
    assert!(configs.for_path(&root.join("a.py")).is_err(), "what was read is kept");
    configs.clear();
    assert_eq!(codes(&settings_in(&configs, &root.join("a.py"))), [1]);

    fs::write(root.join("statuslint.toml"), b"allow = [1] # \xff").unwrap();
    configs.clear();
    let error = configs.for_path(&root.join("a.py")).unwrap_err().to_string();
    assert!(error.ends_with("statuslint.toml: cannot read the configuration: it is not UTF-8"));
}

#[test]
fn the_root_without_a_configuration() {
    let (_folder, root) = tree(&[("repo/.git/HEAD", ""), ("plain/a.py", "")]);
    let configs = Configs::discover().with_roots([root.clone(), root.join("repo/pkg")]);
    for (path, below) in [("repo/pkg/a.py", "pkg/a.py"), ("plain/a.py", "plain/a.py")] {
        assert_eq!(settings_in(&configs, &root.join(path)).context.path, below);
    }
    let here = std::env::current_dir().unwrap();
    let config = Configs::discover().for_path(&here.join("a.py")).unwrap();
    assert!(here.starts_with(config.root()));
}

#[test]
fn a_byte_order_mark_is_no_matter() {
    let (config, warnings) =
        Config::parse(Path::new("/p/statuslint.toml"), "\u{feff}allow = [1]").unwrap();
    assert!(warnings.is_empty());
    let settings = config.settings(Path::new("/p/a.py"), python(), &Overrides::default());
    assert_eq!(codes(&settings), [1]);
}

#[test]
fn what_the_command_line_adds_wins() {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let (_folder, root) = tree(&[(
        "statuslint.toml",
        "[rules]\nunknown-code = \"hint\"\nunused-code = \"off\"\n\
         [[override]]\npaths = [\"t/**\"]\nevidence = \"likely\"\n\
         rules = { unknown-code = \"off\", reserved-code = \"error\" }\n",
    )]);
    let rules = |path: &str, select: &[&str], ignore: &[&str]| {
        let overrides = Overrides::new(None, &names(select), &names(ignore)).unwrap();
        let path = root.join(path);
        Configs::discover().for_path(&path).unwrap().settings(&path, python(), &overrides).rules
    };
    let selected = rules("a.py", &["unknown-code", "unused-code"], &[]);
    assert_eq!(selected["unknown-code"], Some(Severity::Hint), "the severity stays as configured");
    assert_eq!(selected["unused-code"], Some(Severity::Warning), "selecting switches on");
    assert_eq!(selected["invalid-code"], None, "what is not selected is off");
    let overridden = rules("t/a.py", &["unknown-code"], &[]);
    assert_eq!(overridden["unknown-code"], None, "an override still holds for its paths");
    assert_eq!(overridden["reserved-code"], None);
    assert_eq!(rules("a.py", &["all"], &["unknown-code"])["unknown-code"], None);
    assert_eq!(rules("t/a.py", &[], &["reserved-code"])["reserved-code"], None);
    assert!(rules("a.py", &[], &["all"]).values().all(Option::is_none));

    let overrides = Overrides::new(Some(Evidence::Certain), &[], &[]).unwrap();
    let path = root.join("t/a.py");
    let settings =
        Configs::discover().for_path(&path).unwrap().settings(&path, python(), &overrides);
    assert_eq!(settings.evidence, Evidence::Certain);

    let error = Overrides::new(None, &names(&["unknwon-code"]), &[]).unwrap_err();
    assert_eq!(error, "there is no rule \"unknwon-code\"; did you mean \"unknown-code\"?");
}
