//! The command line from outside: the built binary, its arguments, output and exit status.

#![expect(clippy::unwrap_used, reason = "what a test cannot do is its failure")]

mod allowances;
mod check;
mod color;
mod configuration;
mod consumers;
mod examples;
mod explain;
mod failures;
mod fixing;
mod folder;
mod formats;
mod init;
mod input;
mod killed;
mod lists;
mod panics;
mod projects;
mod report;
mod schema;
mod sites;
mod usage;

use folder::{Folder, Outcome};
