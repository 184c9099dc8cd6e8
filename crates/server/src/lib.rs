//! The language server of statuslint: the protocol on one side, the same analysis as the command
//! line's on the other.
//!
//! [`run`] is the only way in; [`settings_schema`] says what an editor's settings may be. Standard output belongs to the protocol.

mod abilities;
mod actions;
mod analyses;
mod analysis;
mod backend;
mod capabilities;
mod completion;
mod configuration;
mod desync;
mod diagnostics;
mod documents;
mod frames;
mod hang_up;
mod hover;
mod inbox;
mod inlay;
mod lanes;
mod lenient;
mod lines;
mod lost;
mod message;
mod outgoing;
mod parent;
mod places;
mod positions;
mod progress;
mod publisher;
mod pull;
mod references;
mod session;
mod settings;
mod sites;
mod sites_changed;
mod sources;
mod trace;
mod transport;
mod workspace;
mod writer;

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use tower_lsp::LspService;

use crate::backend::Backend;
pub use crate::configuration::settings_schema;
use crate::hang_up::hang_up;
use crate::transport::Ending;

/// How long a thread waits for more work before it leaves.
const KEEP_ALIVE: Duration = Duration::from_secs(2);

/// Serves one client on standard input and output until it leaves.
///
/// The exit status is 0 after `shutdown`, 1 when the client left or ended without it, and 3 when it
/// closed standard output. The caller should end the process at once: threads may still wait for input.
pub fn run() -> io::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(statuslint_workspace::STACK_SIZE)
        // A thread each for the requests that wait for an analysis; the analyses take turns.
        .max_blocking_threads(256)
        .thread_keep_alive(KEEP_ALIVE)
        .enable_time()
        .build()?;
    let output = output()?;
    let ending = runtime.block_on(async {
        let mut publishing = None;
        let (service, socket) = LspService::build(|client| {
            let (backend, session, task) = Backend::new(client);
            publishing = Some((backend.clone(), session, task));
            backend
        })
        .custom_method("$/setTrace", Backend::set_trace)
        .custom_method("window/workDoneProgress/cancel", Backend::stop)
        .custom_method(sites::METHOD, Backend::sites)
        .finish();
        let (backend, session, task) = publishing.expect("the service makes its backend at once");
        tokio::spawn(task.run(session));
        let lose = |lost| backend.lose(lost);
        transport::serve(service, socket, (io::stdin(), output), hang_up(), lose).await
    });
    // Whatever still runs has nobody to answer.
    runtime.shutdown_background();
    Ok(ExitCode::from(match ending {
        Ending::Regular => 0,
        Ending::Abrupt => 1,
        Ending::Deaf => 3,
    }))
}

/// Standard output without the buffer that would write a message in two pieces.
#[cfg(unix)]
fn output() -> io::Result<impl io::Write> {
    use std::os::fd::AsFd;

    Ok(std::fs::File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// Standard output.
#[cfg(not(unix))]
fn output() -> io::Result<impl io::Write> {
    Ok(io::stdout())
}
