//! `statuslint check`: lints files and folders.

use anyhow::bail;
use statuslint_config::Overrides;
use statuslint_lint::Severity;

use super::files::{analyze, look};
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
    let analysis = analyze(&arguments.files, overrides)?;
    let outcome = &analysis.outcome;
    let look = look(terminal, &arguments.files);
    deliver(arguments.files.output.as_deref(), |out| {
        if !arguments.statistics {
            format.write(out, outcome, look)
        } else if format.is_for_people() {
            Statistics::new(outcome).write_text(out, outcome, look)
        } else {
            Statistics::new(outcome).write_json(out)
        }
    })?;
    analysis.report(terminal, &arguments.files);
    let threshold = Severity::from(arguments.fail_on);
    let found = outcome
        .files
        .iter()
        .flat_map(|file| &file.report.findings)
        .any(|finding| finding.severity >= threshold);
    Ok(analysis.status(found && !arguments.exit_zero))
}
