//! The progress of long runs, on a terminal of the test's own.

use std::fs::File;
use std::io::Read as _;
use std::process::Command;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::{Folder, Outcome};

/// What clears the line of the bar.
const CLEARED: &str = "\u{1b}[2K";

/// What comes out of a run with standard error on a terminal.
struct Shown {
    status: i32,
    /// What went to standard output, where that is no terminal.
    stdout: String,
    /// What went to the terminal, byte for byte.
    terminal: String,
}

impl Shown {
    /// What stands on the terminal when the run is over.
    fn left(&self) -> &str {
        self.terminal.rsplit(CLEARED).next().unwrap()
    }

    /// What the bar said, one time after the other.
    fn frames(&self) -> Vec<&str> {
        let parts: Vec<&str> = self.terminal.split(CLEARED).collect();
        let frames = &parts[..parts.len() - 1];
        frames.iter().map(|frame| frame.trim_matches(['\r', ' '])).collect()
    }
}

/// Runs a command with standard error on a terminal this wide, and standard output as well when
/// it is not to be caught.
fn shown(mut command: Command, columns: u16, catches: bool) -> Shown {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&controller, size).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap();
    let terminal = File::from(open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap());
    if !catches {
        command.stdout(terminal.try_clone().unwrap());
    }
    let child = command.stderr(terminal).spawn().unwrap();
    // The command keeps the other end of the terminal open.
    drop(command);
    let reader = thread::spawn(move || {
        let (mut controller, mut bytes) = (File::from(controller), Vec::new());
        // Linux tells the end by an error.
        controller.read_to_end(&mut bytes).ok();
        String::from_utf8(bytes).unwrap()
    });
    let output = child.wait_with_output().unwrap();
    Shown {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        terminal: reader.join().unwrap(),
    }
}

/// The binary on a terminal that a person looks at.
fn command(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = folder.command(arguments);
    command.env("TERM", "xterm-256color").env_remove("CI").env_remove("TF_BUILD");
    command
}

/// A folder whose check takes much longer than it takes for the bar to come, with what is found
/// there. On one thread, so that it need not be large.
fn long() -> &'static (Folder, String) {
    static LONG: OnceLock<(Folder, String)> = OnceLock::new();
    LONG.get_or_init(|| {
        let folder = Folder::new(&[("wrong.py", crate::folder::RESERVED)]);
        let text = "if response.status_code == 404:\n    pass\n".repeat(60);
        let text = format!("import requests\n{text}");
        let (mut number, mut more) = (0, 100);
        loop {
            for _ in 0..more {
                folder.write(&format!("{number}.py"), text.as_bytes());
                number += 1;
            }
            more = number / 2;
            let started = Instant::now();
            let outcome = folder.run(&CHECK);
            assert_eq!((outcome.status, outcome.stderr.as_str()), (1, ""), "{}", outcome.stdout);
            if started.elapsed() > Duration::from_millis(1500) {
                return (folder, outcome.stdout);
            }
        }
    })
}

const CHECK: [&str; 4] = ["check", "-j", "1", "--no-cache"];

#[test]
fn a_long_run_on_a_terminal_shows_how_far_it_is_and_leaves_nothing() {
    let (folder, expected) = long();
    let shown = shown(command(folder, &CHECK), 100, true);
    assert_eq!((shown.status, &shown.stdout), (1, expected));
    assert_eq!(shown.left(), "", "{:?}", shown.terminal);
    let frames = shown.frames();
    let is_bar = |frame: &&str| frame.starts_with("Checking [") && frame.ends_with("/s");
    let bars: Vec<&str> = frames.iter().copied().filter(is_bar).collect();
    assert!(bars.len() > 2, "{frames:?}");
    assert!(bars.iter().all(|bar| bar.contains(" files, ")), "{bars:?}");
    assert_ne!(bars.first(), bars.last());
    // A frame is one line, so nothing scrolls.
    assert!(!shown.terminal.contains('\n'), "{:?}", shown.terminal);
}

#[test]
fn findings_on_the_same_terminal_stand_alone() {
    let (folder, expected) = long();
    let arguments = [&CHECK[..], &["--color=never"]].concat();
    let shown = shown(command(folder, &arguments), 100, false);
    assert!(shown.frames().len() > 2, "{:?}", shown.terminal);
    assert_eq!(shown.left().replace("\r\n", "\n"), *expected);
}

#[test]
fn a_narrow_terminal_is_not_overrun() {
    let (folder, _) = long();
    let shown = shown(command(folder, &CHECK), 24, true);
    let frames = shown.frames();
    assert!(frames.iter().any(|frame| frame.starts_with("Checking ")), "{frames:?}");
    for frame in frames {
        assert!(frame.len() < 24 && !frame.contains('['), "{frame}");
    }
    assert!(!shown.terminal.contains('\n'), "{:?}", shown.terminal);
}

#[test]
fn nobody_who_does_not_look_is_shown_anything() {
    let (folder, expected) = long();
    for (name, value, more) in [("CI", "true", None), ("TERM", "dumb", None), ("A", "", Some("-q"))]
    {
        let mut command = command(folder, &CHECK);
        command.env(name, value).args(more);
        let shown = shown(command, 100, true);
        assert_eq!(shown.terminal, "", "{name}={value} {more:?}");
        let (findings, _summary) = expected.rsplit_once("Found ").unwrap();
        assert!(shown.stdout.starts_with(findings), "{name}={value} {more:?}");
    }
    let outcome = Outcome::of(command(folder, &CHECK));
    assert_eq!((&outcome.stdout, outcome.stderr.as_str()), (expected, ""));
}

#[test]
fn a_short_run_shows_nothing() {
    let folder = Folder::sample();
    let shown = shown(command(&folder, &["check"]), 100, true);
    assert_eq!((shown.status, shown.terminal.as_str()), (1, ""));
}

#[test]
#[cfg(debug_assertions)]
fn what_is_said_meanwhile_has_its_own_lines() {
    let (folder, _) = long();
    let other = Folder::new(&[]);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let mut text = std::fs::read_to_string(&path).unwrap();
        if path.ends_with("99.py") {
            text = format!("# statuslint-failpoint: unknown-code\n{text}");
        }
        other.write(path.file_name().unwrap().to_str().unwrap(), text.as_bytes());
    }
    let arguments = [&CHECK[..], &["--color=never"]].concat();
    let shown = shown(command(&other, &arguments), 100, true);
    assert_eq!(shown.status, 2);
    let said = shown.terminal.split(CLEARED).find(|part| part.contains("This is a bug")).unwrap();
    assert!(said.starts_with("statuslint "), "{said}");
    assert!(shown.left().starts_with("error: 99.py: "), "{}", shown.left());
}
