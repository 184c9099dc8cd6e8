//! The command line from outside: the built binary, its arguments, output and exit status.

#![expect(clippy::unwrap_used, reason = "what a test cannot do is its failure")]

mod adoption;
mod allowances;
mod cache;
mod check;
mod color;
mod configuration;
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
mod shards;
mod sites;
mod usage;

use folder::{Folder, Outcome};
