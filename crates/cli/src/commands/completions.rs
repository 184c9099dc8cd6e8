//! `statuslint completions`: what a shell needs to complete the command line.

use clap::CommandFactory as _;
use clap_complete::generate;

use crate::Status;
use crate::arguments::{Cli, CompletionsArgs};
use crate::terminal::deliver;

/// Writes the script.
pub(crate) fn run(arguments: &CompletionsArgs) -> anyhow::Result<Status> {
    // The generator panics where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    generate(arguments.shell, &mut Cli::command(), "statuslint", &mut script);
    deliver(None, |out| out.write_all(&script))?;
    Ok(Status::Clean)
}
