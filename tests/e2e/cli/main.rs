//! The command line from outside: the built binary, its arguments, output and exit status.

mod check;
mod color;
mod configuration;
mod explain;
mod failures;
mod folder;
mod formats;
mod input;
mod lists;
mod sites;
mod usage;

use folder::{Folder, Outcome};
