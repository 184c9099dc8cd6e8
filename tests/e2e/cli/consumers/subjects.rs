//! What the formats are compared on: the examples of the repository, everything hostile at once,
//! and runs that have little to say.

use std::path::{Path, PathBuf};

use super::Said;
use crate::folder::{CLEAN, RESERVED, WRONG};
use crate::{Folder, Outcome};

/// A run, in every format.
pub(super) struct Subject {
    pub(super) name: &'static str,
    /// The files are removed with it.
    folder: Folder,
    /// Where it runs, if not in the folder.
    place: Option<PathBuf>,
    arguments: &'static [&'static str],
    status: i32,
}

impl Subject {
    fn new(name: &'static str, folder: Folder, status: i32) -> Self {
        Self { name, folder, place: None, arguments: &[], status }
    }

    /// What `check` writes in this format.
    pub(super) fn written(&self, format: &str) -> String {
        self.written_by("check", format)
    }

    /// What `check` or `sites` writes in this format.
    pub(super) fn written_by(&self, subcommand: &str, format: &str) -> String {
        let rules = if subcommand == "check" { &["--select", "all"][..] } else { &[] };
        let arguments = [&[subcommand, "--output-format", format], rules, self.arguments].concat();
        let mut command = self.folder.command(&arguments);
        command.current_dir(self.place.as_deref().unwrap_or(self.folder.path()));
        let outcome = Outcome::of(command);
        // Without judgement there is nothing to fail for.
        let status = if subcommand == "sites" && self.status == 1 { 0 } else { self.status };
        assert_eq!(outcome.status, status, "{}, {format}: {}", self.name, outcome.stderr);
        outcome.stdout
    }
}

/// All of them.
pub(super) fn subjects() -> Vec<Subject> {
    let mut subjects = vec![
        examples(),
        Subject::new("a clean folder", Folder::new(&[("a.rs", CLEAN)]), 0),
        Subject::new("an empty folder", Folder::new(&[]), 0),
        Subject {
            arguments: &["gone.py", "./src", "gone <&>.go", "wrong.go"],
            ..Subject::new("files that are gone", Folder::sample(), 2)
        },
        Subject {
            arguments: &["gone.py"],
            ..Subject::new("nothing but a file that is gone", Folder::new(&[]), 2)
        },
        Subject::new("a configuration with mistakes", mistaken(), 2),
    ];
    if cfg!(unix) {
        subjects.push(hostile());
    }
    subjects
}

fn examples() -> Subject {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    Subject {
        place: Some(root.to_owned()),
        arguments: &["--isolated", "examples/"],
        ..Subject::new("the examples", Folder::new(&[]), 1)
    }
}

/// Problems with a place.
fn mistaken() -> Folder {
    let folder = Folder::sample();
    folder.write("src/statuslint.toml", b"[rules]\nreserved-code = \"loud\"\n");
    folder
}

/// Names, messages and texts made of what has broken formats, with findings of every severity.
fn hostile() -> Subject {
    let folder = Folder::new(&[("statuslint.toml", CONFIGURATION)]);
    for (number, name) in NAMES.iter().enumerate() {
        folder.write(&format!("{name}{number}.py"), RESERVED.as_bytes());
    }
    folder.write("src/wrong.go", WRONG.as_bytes());
    for (number, text) in NAMES.iter().enumerate() {
        // A line break would end the comment.
        let text = text.replace(['\r', '\n', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}'], " ");
        let source =
            format!("{RESERVED}    # {text}\n    return Response(status_code=306) # {text}\n");
        folder.write(&format!("texts/{number}.py"), source.as_bytes());
    }
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"not-\xff-unicode.py");
        std::fs::write(folder.path().join(name), RESERVED).unwrap();
    }
    Subject::new("everything hostile", folder, 1)
}

/// The name of a code comes back in the message of a finding.
const CONFIGURATION: &str = r#"
[rules]
reserved-code = "hint"
unused-code = "info"
unknown-code = "warning"
invalid-code = "error"

[[code]]
code = 470
name = "\u0000\u001b]0;owned\u0007\n::error::forged"

[[code]]
code = 471
name = "]]><![CDATA[</error>&lt;\"'%0A%25{0}"

[[code]]
code = 472
name = "<script>alert(1)</script>\u0085\ufffe\uffff"
"#;

/// What stands before the end of a name.
const NAMES: [&str; 16] = [
    "evil\u{1b}]0;owned\u{7}\n::error::forged\u{202e}",
    "::error file=a,line=1::forged",
    "a:b,c;d%25%0A%3A=e",
    "<img src=x onerror='alert(\"1\")'>&amp;&#0;",
    "]]><![CDATA[-->",
    "\u{1}\u{8}\t\u{b}\u{c}\r\u{7f}\u{85}\u{9b}31m",
    "\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}",
    "\u{2028}\u{2029}\u{2066}\u{61c}\u{feff}",
    "  two  spaces  ",
    "back\\slash\"quote",
    "-dash",
    "{0}$(id)`id`",
    "größe/漢字 🏳️‍🌈 e\u{301}",
    "##[error]forged",
    "#?query%",
    "%%%",
];

#[test]
#[cfg(unix)]
fn the_hostile_run_has_everything_hostile() {
    let said = Said::of(&hostile());
    for severity in ["error", "warning", "info", "hint"] {
        assert!(said.findings.iter().any(|it| it.severity == severity), "{severity}");
    }
    for name in NAMES {
        let found = |it: &super::Finding| it.path.starts_with(name) && it.rule == "reserved-code";
        assert!(said.findings.iter().any(found), "{name:?} has no finding");
    }
    let messages: String = said.findings.iter().map(|it| it.joined(" ")).collect();
    // Of control characters only the names of files are full: messages have spaces instead.
    for piece in
        ["::error::forged", "]]><![CDATA[</error>&lt;\"'%0A", "\u{fffe}\u{ffff}", "<script>"]
    {
        assert!(messages.contains(piece), "no message has {piece:?}");
    }
}
