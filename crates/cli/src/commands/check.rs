//! `statuslint check`: lints files and folders.

use anyhow::bail;
use statuslint_config::Overrides;
use statuslint_lint::Severity;

use super::files::{Analysis, analyze, look};
use super::fixing::{self, Fixing};
use crate::Status;
use crate::arguments::CheckArgs;
use crate::output::{FindingsFormat, Statistics};
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
    let mut analysis = analyze(&arguments.files, overrides)?;
    let fixes = arguments.fix || arguments.diff;
    let fixing = fixes.then(|| fixing::apply(&mut analysis, arguments));
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
    if arguments.fix && arguments.files.reads_standard_input() && analysis.outcome.files.is_empty()
    {
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
    let summary = fixing.and_then(|fixing| fixing.summary("Fixed"));
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
