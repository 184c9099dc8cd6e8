//! The command line from outside: the built binary, its arguments, output and exit status.

#![expect(clippy::unwrap_used, reason = "what a test cannot do is its failure")]

mod adoption;
mod allowances;
mod cache;
mod check;
mod color;
mod completions;
mod configuration;
mod consumers;
mod examples;
mod exit_status;
mod explain;
mod failures;
mod fixing;
mod folder;
mod formats;
mod init;
mod input;
mod killed;
mod lists;
mod man;
mod panics;
#[cfg(unix)]
mod progress;
mod projects;
mod report;
mod schema;
mod shards;
mod sites;
mod usage;

use folder::{Folder, Outcome};
