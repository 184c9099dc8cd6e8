//! The commands, a file each.

pub(crate) mod check;
pub(crate) mod codes;
pub(crate) mod completions;
pub(crate) mod explain;
mod files;
mod fixing;
pub(crate) mod init;
pub(crate) mod man;
pub(crate) mod merge;
pub(crate) mod report;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod sites;
mod table;
