//! `check --fix`, `--add-allow` and `--diff`: what was changed, or would be.

use std::io::{self, Write as _};
use std::sync::Arc;

use similar::TextDiff;
use statuslint_lint::Safety;
use statuslint_workspace::{Destination, Fixed, allow, fix, fixable};

use super::files::{Analysis, look};
use crate::Status;
use crate::arguments::CheckArgs;
use crate::output::counted;
use crate::output::escape::visible;
use crate::progress::watched;
use crate::terminal::{Terminal, deliver};

/// What fixing or allowing made of a run.
pub(super) struct Fixing {
    changed: Vec<Fixed>,
    /// How many fixes were left out as unsafe.
    hidden: usize,
}

/// Applies the fixes of a run, or allows what it found, in files unless they are only to be shown.
pub(super) fn apply(analysis: &mut Analysis, arguments: &CheckArgs) -> Fixing {
    let most = if arguments.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let shown_only = arguments.diff || arguments.files.reads_standard_input();
    let destination = if shown_only { Destination::Nowhere } else { Destination::Files };
    let progress = Arc::clone(&analysis.progress);
    let outcome = &mut analysis.outcome;
    let changed = watched(&progress, arguments.files.quiet, || {
        if arguments.add_allow {
            allow(outcome, destination, &progress)
        } else {
            fix(outcome, most, destination, &progress)
        }
    });
    let hidden = if arguments.add_allow { 0 } else { fixable(&analysis.outcome, most).1 };
    Fixing { changed, hidden }
}

impl Fixing {
    /// The line that sums up, unless there was nothing to fix.
    pub(super) fn summary(&self, done: &str) -> Option<String> {
        let findings: usize = self.changed.iter().map(|fixed| fixed.findings).sum();
        let hidden = match self.hidden {
            0 => String::new(),
            hidden if findings == 0 => {
                let fixes = if hidden == 1 { "fix" } else { "fixes" };
                return Some(format!("No safe fixes; {hidden} {fixes} with --unsafe-fixes."));
            }
            hidden => format!("; {hidden} more with --unsafe-fixes"),
        };
        let files = counted(self.changed.len(), "file");
        let findings = (findings > 0).then(|| counted(findings, "finding"))?;
        Some(format!("{done} {findings} in {files}{hidden}."))
    }
}

/// Writes what the fixes would change, as a patch, and sums up on standard error.
pub(super) fn show(
    terminal: Terminal,
    analysis: &Analysis,
    fixing: &Fixing,
    arguments: &CheckArgs,
) -> anyhow::Result<Status> {
    deliver(arguments.files.output.as_deref(), |out| {
        for Fixed { path, before, after, .. } in &fixing.changed {
            let shown = visible(path);
            let diff = TextDiff::from_lines(&**before, &**after);
            let mut patch = diff.unified_diff();
            patch.context_radius(3).header(&shown, &shown).to_writer(&mut *out)?;
        }
        Ok(())
    })?;
    analysis.report(terminal, &arguments.files);
    let done = if arguments.add_allow { "Would allow" } else { "Would fix" };
    if let Some(summary) = fixing.summary(done).filter(|_| !arguments.files.quiet) {
        say(&summary);
    }
    let found = !fixing.changed.is_empty() && !arguments.exit_zero;
    Ok(analysis.status(found))
}

/// Writes the fixed standard input to standard output; what is left to say goes to standard error.
pub(super) fn pass_on(
    terminal: Terminal,
    analysis: &Analysis,
    arguments: &CheckArgs,
) -> anyhow::Result<()> {
    let Some(file) = analysis.outcome.files.first() else { return Ok(()) };
    deliver(None, |out| out.write_all(file.text.as_bytes()))?;
    if file.report.findings.is_empty() {
        return Ok(());
    }
    let mut look = look(terminal, &arguments.files);
    look.color = terminal.color_in_files();
    let write =
        |out: &mut dyn io::Write| arguments.output_format.write(out, &analysis.outcome, look);
    if let Some(file) = &arguments.files.output {
        return deliver(Some(file), write);
    }
    // Nobody is left to be told when standard error is closed.
    write(&mut io::stderr().lock()).ok();
    Ok(())
}

/// Says something on standard error, by itself.
pub(super) fn say(line: &str) {
    writeln!(io::stderr().lock(), "{line}").ok();
}
