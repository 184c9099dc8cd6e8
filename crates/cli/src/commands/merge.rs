//! `statuslint merge`: the outputs of several runs as one.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::Context as _;
use statuslint_lint::Severity;

use super::files::look_of;
use crate::Status;
use crate::arguments::MergeArgs;
use crate::merge::{Line, outcome, sort};
use crate::output::FindingsFormat;
use crate::terminal::{Terminal, deliver};

/// Reads the files the arguments name and writes what they hold in the order of one run.
pub(crate) fn run(terminal: Terminal, arguments: &MergeArgs) -> anyhow::Result<Status> {
    let mut lines = Vec::new();
    let mut failed = false;
    for file in &arguments.files {
        let text = match read(file) {
            Ok(text) => text,
            Err(error) => {
                terminal.error(format!("{error:#}"));
                failed = true;
                continue;
            }
        };
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match Line::read(line) {
                Ok(line) => lines.push(line),
                Err(error) => {
                    terminal.error(format!("{}:{}: {error}", file.display(), at + 1));
                    failed = true;
                }
            }
        }
    }
    sort(&mut lines);
    let threshold = Severity::from(arguments.fail_on);
    let found = lines.iter().filter_map(Line::severity).any(|severity| severity >= threshold);
    let output = arguments.output.as_deref();
    if arguments.output_format == FindingsFormat::Jsonl {
        deliver(output, |out| lines.iter().try_for_each(|line| writeln!(out, "{}", line.text())))?;
    } else {
        let outcome = outcome(lines)?;
        let look = look_of(terminal, output, true);
        deliver(output, |out| arguments.output_format.write(out, &outcome, look))?;
    }
    Ok(match found && !arguments.exit_zero {
        _ if failed => Status::Failed,
        true => Status::Found,
        false => Status::Clean,
    })
}

fn read(file: &Path) -> anyhow::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).context("cannot read standard input")?;
        return Ok(text);
    }
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
