//! A folder with some files in it, and the binary run there.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use statuslint_tests::binary;
use tempfile::TempDir;

/// A file with one warning.
pub(crate) const RESERVED: &str = "\
from starlette.responses import Response

def pay(request):
    return Response(status_code=402)
";

/// A file with one error and one warning, behind a byte order mark and with Windows line ends.
pub(crate) const WRONG: &str = "\u{feff}package main\r
\r
import \"net/http\"\r
\r
func teapot(w http.ResponseWriter, r *http.Request) {\r
\tif r.Header.Get(\"größe\") == \"漢\" { w.WriteHeader(2000) }\r
\tw.WriteHeader(209)\r
}\r
";

/// A file with statuses and nothing to say against them.
pub(crate) const CLEAN: &str = "\
use axum::http::StatusCode;

fn found(exists: bool) -> StatusCode {
    if exists { StatusCode::OK } else { StatusCode::NOT_FOUND }
}
";

/// A folder of its own, removed in the end.
pub(crate) struct Folder {
    folder: TempDir,
    cache: TempDir,
}

/// How a run of the binary ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    /// A folder with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let tempdir = || tempfile::tempdir().unwrap();
        let folder = Self { folder: tempdir(), cache: tempdir() };
        for (name, text) in files {
            folder.write(name, text.as_bytes());
        }
        folder
    }

    /// One file of each kind.
    pub(crate) fn sample() -> Self {
        Self::new(&[("src/clean.rs", CLEAN), ("src/pay.py", RESERVED), ("wrong.go", WRONG)])
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, with the folders it is in.
    pub(crate) fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Reads a file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// The binary with these arguments in this folder, in an environment that is always the same.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.args(arguments).current_dir(self.path());
        for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        // The user's own ignore rules are not ours.
        command.env("STATUSLINT_CACHE_DIR", self.cache.path());
        command.env("HOME", self.path()).env("XDG_CONFIG_HOME", self.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the binary.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(self.command(arguments))
    }

    /// The commands that the help lists, without `help` itself.
    pub(crate) fn commands(&self) -> Vec<String> {
        let help = self.run(&["-h"]).stdout;
        let rows = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let rows = rows.take_while(|line| line.starts_with("  "));
        let rows = rows.filter(|line| !line.starts_with("   "));
        let names = rows.filter_map(|row| row.split_whitespace().next());
        let names: Vec<_> = names.filter(|name| *name != "help").map(str::to_owned).collect();
        assert!(names.len() > 8, "{help}");
        names
    }

    /// Runs the binary with something on standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Outcome {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap().into()
    }
}

impl Outcome {
    /// Runs a command to its end.
    pub(crate) fn of(mut command: Command) -> Self {
        command.output().unwrap().into()
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// The path and rule of each finding of a run with `--output-format concise`.
    pub(crate) fn rules(&self) -> Vec<(&str, &str)> {
        let place = |line: &str| line.split(':').nth(2).is_some();
        self.stdout
            .lines()
            .filter(|line| place(line))
            .map(|line| {
                let (path, rest) = line.split_once(':').unwrap();
                let (_, rest) = rest.split_once('[').unwrap();
                (path, rest.split_once(']').unwrap().0)
            })
            .collect()
    }
}

impl From<std::process::Output> for Outcome {
    fn from(output: std::process::Output) -> Self {
        Self {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
