//! The language server, spoken to over a pipe like an editor does.

#![expect(clippy::unwrap_used, reason = "what a test cannot do is its failure")]

mod actions;
mod client;
mod completion;
mod configuration;
mod features;
mod lifecycle;
mod odd;
mod order;
mod panics;
mod parity;
mod place;
mod places;
mod pull;
#[cfg(target_os = "linux")]
mod soak;
mod sync;
mod trace;
mod workspace;
mod zoo;
