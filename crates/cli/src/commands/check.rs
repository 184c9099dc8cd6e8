//! `statuslint check`: lints files and folders.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::bail;
use statuslint_config::Overrides;
use statuslint_lint::Severity;
use statuslint_workspace::{Baseline, Changes};

use super::files::{Analysis, Wants, analyze, look, looked_at};
use super::fixing::{self, Fixing};
use crate::Status;
use crate::arguments::{CheckArgs, FilesArgs};
use crate::output::{FindingsFormat, Statistics, counted};
use crate::terminal::{Terminal, deliver};

/// Checks what the arguments name and writes what was found.
pub(crate) fn run(terminal: Terminal, arguments: &CheckArgs) -> anyhow::Result<Status> {
    let format = arguments.output_format;
    if arguments.statistics && !format.is_for_people() && format != FindingsFormat::Json {
        bail!("--statistics can be written as text, concise or json only");
    }
    let evidence = arguments.evidence.map(Into::into);
    let overrides = Overrides::new(evidence, &arguments.select, &arguments.ignore)
        .map_err(anyhow::Error::msg)?;
    let baseline = arguments.baseline.as_deref().map(|file| read(file, arguments)).transpose()?;
    let changes = arguments.changed_since.as_deref();
    let changes = changes.map(|revision| since(revision, &arguments.files)).transpose()?;
    let mut analysis = analyze(&arguments.files, overrides, Wants::Findings)?;
    if let Some(mut changes) = changes {
        changes.keep(&mut analysis.outcome).map_err(anyhow::Error::msg)?;
    }
    if let Some(baseline) = baseline {
        if arguments.write_baseline {
            return write_baseline(terminal, &analysis, baseline, arguments);
        }
        hold_back(terminal, &mut analysis, &baseline, arguments);
    }
    let fixes = arguments.fix || arguments.diff || arguments.add_allow;
    let fixing = fixes.then(|| fixing::apply(&mut analysis, arguments));
    analysis.writing = Some(Instant::now());
    match &fixing {
        Some(fixing) if arguments.diff => {
            return fixing::show(terminal, &analysis, fixing, arguments);
        }
        Some(_) if arguments.files.reads_standard_input() => {
            fixing::pass_on(terminal, &analysis, arguments)?;
        }
        _ => write(terminal, &analysis, fixing.as_ref(), arguments)?,
    }
    analysis.report(terminal, &arguments.files);
    let changes = arguments.fix || arguments.add_allow;
    if changes && arguments.files.reads_standard_input() && analysis.outcome.files.is_empty() {
        // Whoever replaces a text by what comes out must learn that nothing does.
        return Ok(Status::Failed);
    }
    let threshold = Severity::from(arguments.fail_on);
    let found = analysis
        .outcome
        .files
        .iter()
        .flat_map(|file| &file.report.findings)
        .any(|finding| finding.severity >= threshold);
    Ok(analysis.status(found && !arguments.exit_zero))
}

fn write(
    terminal: Terminal,
    analysis: &Analysis,
    fixing: Option<&Fixing>,
    arguments: &CheckArgs,
) -> anyhow::Result<()> {
    let (format, outcome) = (arguments.output_format, &analysis.outcome);
    let look = look(terminal, &arguments.files);
    let done = if arguments.add_allow { "Allowed" } else { "Fixed" };
    let summary = fixing.and_then(|fixing| fixing.summary(done));
    let summary = summary.filter(|_| format.is_for_people() && !arguments.files.quiet);
    deliver(arguments.files.output.as_deref(), |out| {
        if !arguments.statistics {
            format.write(out, outcome, look)?;
        } else if format.is_for_people() {
            Statistics::new(outcome).write_text(out, outcome, look)?;
        } else {
            Statistics::new(outcome).write_json(out)?;
        }
        summary.map_or(Ok(()), |summary| writeln!(out, "{summary}"))
    })
}

/// The baseline of a file, which need not be there when it is to be written.
fn read(file: &Path, arguments: &CheckArgs) -> anyhow::Result<Baseline> {
    match Baseline::read(file).map_err(anyhow::Error::msg)? {
        Some(baseline) => Ok(baseline),
        None if arguments.write_baseline => Ok(Baseline::new(file)),
        None => bail!("there is no baseline {}; write one with --write-baseline", file.display()),
    }
}

/// The changes since a commit, of the repository the run begins in.
fn since(revision: &str, arguments: &FilesArgs) -> anyhow::Result<Changes> {
    if arguments.reads_standard_input() && arguments.stdin_filename.is_none() {
        bail!("--changed-since needs to know which file it is; say so with --stdin-filename");
    }
    let start = arguments.stdin_filename.as_ref().or_else(|| arguments.paths.first());
    let start = start.map_or(Path::new("."), PathBuf::as_path);
    Changes::since(revision, start).map_err(anyhow::Error::msg)
}

/// Leaves out what the baseline has, and says so where that helps.
fn hold_back(
    terminal: Terminal,
    analysis: &mut Analysis,
    baseline: &Baseline,
    arguments: &CheckArgs,
) {
    let terminal = terminal.quiet(arguments.files.quiet);
    let held = baseline.hold_back(&mut analysis.outcome, &looked_at(&arguments.files));
    if held.findings > 0 && arguments.files.verbose {
        terminal.note(format!("{} of the baseline left out", counted(held.findings, "finding")));
    }
    let whole = arguments.changed_since.is_none() && arguments.select.is_empty();
    if held.gone > 0 && whole && arguments.ignore.is_empty() {
        let gone = counted(held.gone, "finding");
        terminal
            .note(format!("{gone} of the baseline no longer found; --write-baseline drops them"));
    }
}

fn write_baseline(
    terminal: Terminal,
    analysis: &Analysis,
    mut baseline: Baseline,
    arguments: &CheckArgs,
) -> anyhow::Result<Status> {
    let Some(file) = arguments.baseline.as_deref() else { return Ok(Status::Failed) };
    analysis.report(terminal, &arguments.files);
    if analysis.status(false) != Status::Clean {
        bail!("{} is as it was: not all files could be checked", file.display());
    }
    baseline.update(&analysis.outcome, &looked_at(&arguments.files));
    baseline.write().map_err(anyhow::Error::msg)?;
    if !arguments.files.quiet {
        let findings = counted(baseline.len(), "finding");
        fixing::say(&format!("Wrote {findings} to {}.", file.display()));
    }
    Ok(Status::Clean)
}
