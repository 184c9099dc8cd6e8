//! The language server, spoken to over a pipe like an editor does.

#![expect(clippy::unwrap_used, reason = "what a test cannot do is its failure")]

mod client;
mod configuration;
mod features;
mod lifecycle;
mod parity;
mod place;
mod sync;

use std::path::PathBuf;

/// The built binary.
fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("the test has a path");
    test.ancestors().nth(2).expect("it is in target/debug/deps").join("statuslint")
}
