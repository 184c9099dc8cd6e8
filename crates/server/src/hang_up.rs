//! Notices that the other ends of standard input and output are closed, even while nothing is read
//! or written.

/// What the client closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HangUp {
    /// Its way to the server. What it said before may still wait there.
    Input,
    /// The server's way to it.
    Output,
}

/// Waits until the client closes standard input or output; for ever where that cannot be seen.
#[cfg(unix)]
pub(crate) async fn hang_up() -> HangUp {
    let (sender, told) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        if let Some(hang_up) = wait() {
            let _ = sender.send(hang_up);
        }
    });
    crate::transport::told(told).await
}

/// Where pipes cannot be watched, reading and writing must do.
#[cfg(not(unix))]
pub(crate) async fn hang_up() -> HangUp {
    std::future::pending().await
}

#[cfg(unix)]
fn wait() -> Option<HangUp> {
    use rustix::event::{PollFd, PollFlags, poll};

    let (input, output) = (std::io::stdin(), std::io::stdout());
    // That the other end is closed is told without being asked for.
    let mut pipes = [&input as &dyn std::os::fd::AsFd, &output]
        .map(|pipe| PollFd::from_borrowed_fd(pipe.as_fd(), PollFlags::empty()));
    while poll(&mut pipes, None) == Err(rustix::io::Errno::INTR) {}
    let closed = |pipe: &PollFd<'_>| pipe.revents().intersects(PollFlags::HUP | PollFlags::ERR);
    match pipes {
        [input, _] if closed(&input) => Some(HangUp::Input),
        [_, output] if closed(&output) => Some(HangUp::Output),
        // They are nothing that can be watched.
        _ => None,
    }
}
