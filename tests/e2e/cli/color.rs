//! Colours: only when somebody can see them, or asks for them.

use crate::formats::FORMATS;
use crate::{Folder, Outcome};

#[test]
fn colours_follow_the_option_and_the_environment() {
    let folder = Folder::sample();
    // There is no terminal in a test, so `auto` alone means none.
    for (option, environment, expected) in [
        (None, None, false),
        (Some("auto"), None, false),
        (Some("always"), None, true),
        (Some("never"), None, false),
        (None, Some(("FORCE_COLOR", "1")), true),
        (None, Some(("FORCE_COLOR", "0")), false),
        (None, Some(("FORCE_COLOR", "")), false),
        (Some("never"), Some(("FORCE_COLOR", "1")), false),
        (Some("always"), Some(("NO_COLOR", "1")), true),
    ] {
        for subject in [&["check"][..], &["sites"], &["explain", "404"], &["codes"], &["rules"]] {
            let mut command = folder.command(subject);
            command.args(option.map(|when| format!("--color={when}")));
            command.envs(environment);
            let outcome = Outcome::of(command);
            let colored = outcome.stdout.contains('\u{1b}');
            assert_eq!(colored, expected, "{subject:?} {option:?} {environment:?}");
        }
    }
}

#[test]
fn no_color_wins_over_force_color() {
    let folder = Folder::sample();
    let mut command = folder.command(&["check"]);
    command.envs([("NO_COLOR", "1"), ("FORCE_COLOR", "1")]);
    assert!(!Outcome::of(command).stdout.contains('\u{1b}'));
}

#[test]
fn formats_for_programs_have_no_colours() {
    let folder = Folder::sample();
    for format in FORMATS.iter().filter(|format| !["text", "concise"].contains(format)) {
        let outcome = folder.run(&["check", "--color=always", "--output-format", format]);
        assert!(!outcome.stdout.contains('\u{1b}'), "{format}");
    }
}

#[test]
fn messages_have_colours_like_findings() {
    let folder = Folder::sample();
    let outcome = folder.run(&["check", "--color=always", "missing.py"]);
    assert!(outcome.stderr.starts_with('\u{1b}'), "{:?}", outcome.stderr);
}
