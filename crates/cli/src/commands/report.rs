//! `statuslint report`: one page about the codes of a tree.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::time::Instant;

use anyhow::bail;
use statuslint_config::{Overrides, absolute};
use statuslint_languages::Evidence;

use super::files::{Wants, analyze};
use crate::Status;
use crate::arguments::{FilesArgs, ReportArgs};
use crate::report::page;
use crate::terminal::{Terminal, deliver};

/// Writes the page about what the arguments name.
pub(crate) fn run(terminal: Terminal, arguments: &ReportArgs) -> anyhow::Result<Status> {
    let files = &arguments.files;
    let output = files.output.as_deref().filter(|path| *path != Path::new("-"));
    if files.output.is_none() && io::stdout().is_terminal() {
        bail!("a page is nothing for a terminal; name a file for it: `-o report.html`");
    }
    let mut analysis = analyze(files, Overrides::default(), Wants::Sites)?;
    let least = Evidence::from(arguments.evidence);
    for file in &mut analysis.outcome.files {
        file.report.usage.sites.retain(|site| site.evidence >= least);
    }
    let name = name(files);
    analysis.writing = Some(Instant::now());
    deliver(output, |out| page(out, &analysis.outcome, &name))?;
    analysis.report(terminal, files);
    Ok(analysis.status(false))
}

/// What the page is about: the names of the folders and files.
fn name(arguments: &FilesArgs) -> String {
    let here = [Path::new(".").to_path_buf()];
    let listed = arguments.files_from.is_some();
    let paths = if arguments.paths.is_empty() && !listed { &here } else { &*arguments.paths };
    let names = paths.iter().map(|path| match arguments.stdin_filename.as_deref() {
        Some(name) if path == Path::new("-") => name.display().to_string(),
        _ => {
            let path = absolute(path);
            let name = path.file_name().unwrap_or(path.as_os_str());
            name.to_string_lossy().into_owned()
        }
    });
    let listed = listed.then(|| "the files of a list".to_owned());
    names.chain(listed).collect::<Vec<_>>().join(", ")
}
