//! The `statuslint` command.

fn main() {}
