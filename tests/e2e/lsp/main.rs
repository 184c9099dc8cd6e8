//! The language server, spoken to over a pipe like an editor does.

#![expect(clippy::unwrap_used, reason = "what a test cannot do is its failure")]

mod actions;
mod allowing;
mod client;
mod completion;
mod configuration;
mod endings;
mod features;
mod findings;
mod frames;
mod lifecycle;
mod liveness;
mod lost;
mod mutations;
mod odd;
mod order;
mod panics;
mod parity;
mod place;
mod places;
mod pull;
mod roots;
#[cfg(target_os = "linux")]
mod sites;
mod soak;
mod sources;
mod strange;
mod sync;
mod trace;
mod wire;
mod workspace;
mod zoo;
