//! `statuslint sites`: lists every place where a status stands, without judging it.

use std::time::Instant;

use statuslint_config::Overrides;
use statuslint_languages::Evidence;

use super::files::{Wants, analyze, look};
use crate::Status;
use crate::arguments::SitesArgs;
use crate::terminal::{Terminal, deliver};

/// Lists the sites of what the arguments name.
pub(crate) fn run(terminal: Terminal, arguments: &SitesArgs) -> anyhow::Result<Status> {
    let mut analysis = analyze(&arguments.files, Overrides::default(), Wants::Sites)?;
    let least = Evidence::from(arguments.evidence);
    for file in &mut analysis.outcome.files {
        file.report.usage.sites.retain(|site| site.evidence >= least);
    }
    analysis.writing = Some(Instant::now());
    let look = look(terminal, &arguments.files);
    deliver(arguments.files.output.as_deref(), |out| {
        arguments.output_format.write(out, &analysis.outcome, look)
    })?;
    analysis.report(terminal, &arguments.files);
    Ok(analysis.status(false))
}
