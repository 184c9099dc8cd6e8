//! `picture`: what `statuslint check` prints, as the picture in the README.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// What the picture shows being linted.
const SUBJECT: &str = "examples/go/admin";
const PICTURE: &str = "docs/check.svg";

/// The width of the terminal in the picture, in cells.
const COLUMNS: usize = 100;
const CELL_WIDTH: f64 = 8.4;
const LINE_HEIGHT: f64 = 19.0;
const MARGIN: f64 = 16.0;

/// Writes the picture of the repository at `root`.
pub(crate) fn run(root: &Path) -> Result<()> {
    let path = root.join(PICTURE);
    let parent = path.parent().context("the picture is in a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--package", "statuslint", "--"]);
    fs::write(&path, current(root, cargo)?)
        .with_context(|| format!("cannot write {}", path.display()))
}

/// The picture of what the program prints now.
fn current(root: &Path, mut program: Command) -> Result<String> {
    let output = program
        .args(["check", "--color", "always", "--isolated", SUBJECT])
        .env("COLUMNS", COLUMNS.to_string())
        .current_dir(root)
        .output()
        .context("cannot run statuslint")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.code() == Some(1), "`check {SUBJECT}` should find something: {errors}");
    let printed = String::from_utf8(output.stdout).context("the output is not UTF-8")?;
    let shown = format!("\u{1b}[1m$ statuslint check {SUBJECT}\u{1b}[0m\n{}", printed.trim_end());
    svg(&lines(&shown)?)
}

/// How some characters look.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Look {
    bold: bool,
    color: Option<&'static str>,
}

/// Characters of one look that stand in a row.
struct Run {
    look: Look,
    text: String,
}

/// The lines a terminal would show, each as runs.
fn lines(printed: &str) -> Result<Vec<Vec<Run>>> {
    let mut lines = vec![Vec::new()];
    let mut look = Look::default();
    let mut column = 0;
    let mut chars = printed.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            ensure!(chars.next() == Some('['), "only colours are known, no other escapes");
            let codes: String = chars.by_ref().take_while(|c| *c != 'm').collect();
            look = restyled(look, &codes)?;
            continue;
        }
        // A word that would cross the edge goes to the next line, to be easier to read.
        let word = chars.as_str().split([' ', '\n', '\u{1b}']).next().unwrap_or_default();
        let full = column == COLUMNS || (c == ' ' && column + 1 + word.chars().count() > COLUMNS);
        if c == '\n' || full {
            lines.push(Vec::new());
            column = 0;
        }
        if c != '\n' && !(full && c == ' ') {
            push(lines.last_mut().context("there is a first line")?, look, c);
            column += 1;
        }
    }
    Ok(lines)
}

fn push(line: &mut Vec<Run>, look: Look, c: char) {
    match line.last_mut() {
        Some(run) if run.look == look => run.text.push(c),
        _ => line.push(Run { look, text: c.into() }),
    }
}

/// The look after the codes of one escape sequence (ECMA-48 section 8.3.117).
fn restyled(mut look: Look, codes: &str) -> Result<Look> {
    for code in codes.split(';') {
        match code {
            "" | "0" => look = Look::default(),
            "1" => look.bold = true,
            "22" => look.bold = false,
            "31" | "91" => look.color = Some("#ff7b72"),
            "32" | "92" => look.color = Some("#7ee787"),
            "33" | "93" => look.color = Some("#e3b341"),
            "34" | "94" => look.color = Some("#79c0ff"),
            "35" | "95" => look.color = Some("#d2a8ff"),
            "36" | "96" => look.color = Some("#56d4dd"),
            "39" => look.color = None,
            other => bail!("the colour code {other} has no look in the picture"),
        }
    }
    Ok(look)
}

#[expect(clippy::cast_precision_loss, reason = "a picture has few cells")]
fn svg(lines: &[Vec<Run>]) -> Result<String> {
    let width = COLUMNS as f64 * CELL_WIDTH + 2.0 * MARGIN;
    let height = lines.len() as f64 * LINE_HEIGHT + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"14\" fill=\"#e6edf3\">\n\
         <!-- Written by `cargo xtask picture` from what the program prints. -->\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n"
    );
    for (row, line) in lines.iter().enumerate() {
        let y = MARGIN + (row as f64 + 0.75) * LINE_HEIGHT;
        let mut column = 0;
        for run in line {
            let cells = run.text.chars().count();
            if !run.text.trim().is_empty() {
                let x = MARGIN + column as f64 * CELL_WIDTH;
                let length = cells as f64 * CELL_WIDTH;
                write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\"")?;
                if run.look.bold {
                    out.push_str(" font-weight=\"bold\"");
                }
                if let Some(color) = run.look.color {
                    write!(out, " fill=\"{color}\"")?;
                }
                writeln!(out, " xml:space=\"preserve\">{}</text>", escaped(&run.text))?;
            }
            column += cells;
        }
    }
    out.push_str("</svg>\n");
    Ok(out)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_shows_what_is_printed() {
        let root = crate::root();
        let kept =
            fs::read_to_string(root.join(PICTURE)).expect("the picture is in the repository");
        let current = current(root, Command::new(statuslint_tests::binary())).expect("it runs");
        assert!(kept == current, "run `cargo xtask picture`: {PICTURE} is out of date");
    }

    #[test]
    fn runs_end_where_the_look_changes() {
        let lines = lines("\u{1b}[1m\u{1b}[91ma<\u{1b}[0mb\nc").expect("colours only");
        let shown: Vec<Vec<_>> = lines
            .iter()
            .map(|line| line.iter().map(|run| (run.text.as_str(), run.look.bold)).collect())
            .collect();
        assert_eq!(shown, [vec![("a<", true), ("b", false)], vec![("c", false)]]);
        let svg = svg(&lines).expect("a string can be written to");
        assert!(
            svg.contains("font-weight=\"bold\" fill=\"#ff7b72\" xml:space=\"preserve\">a&lt;<")
        );
    }

    #[test]
    fn long_lines_wrap_between_words() {
        let shape = |printed: &str| -> Vec<String> {
            let lines = lines(printed).expect("no escapes");
            lines.iter().map(|line| line.iter().map(|run| run.text.as_str()).collect()).collect()
        };
        let long = "x".repeat(COLUMNS);
        assert_eq!(shape(&format!("{long}x")), [long.clone(), "x".to_owned()]);
        assert_eq!(shape(&format!("ab {}", &long[3..])), [format!("ab {}", &long[3..])]);
        assert_eq!(shape(&format!("ab {long}")), ["ab".to_owned(), long.clone()]);
        assert_eq!(shape("a\n\n  b"), ["a", "", "  b"]);
    }

    #[test]
    fn an_unknown_escape_is_refused() {
        assert!(lines("\u{1b}[5mx").is_err());
        assert!(lines("\u{1b}]8;;x").is_err());
    }
}
