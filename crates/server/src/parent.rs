//! Watches the process that the client said it is: without it nobody needs the server.

use tokio::sync::oneshot;

/// Tells when a process has ended, if it lives now.
///
/// A number nobody has is not watched: the client may live where processes are numbered otherwise,
/// outside of the container that the server runs in. Nor is our own number, for the same reason.
#[cfg(unix)]
pub(crate) fn watch(id: u64, ended: oneshot::Sender<()>) {
    let process = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    let Some(process) = process.filter(|&it| it != rustix::process::getpid()) else { return };
    let Some(wait) = wait_for(process) else { return };
    std::thread::spawn(move || {
        wait();
        let _ = ended.send(());
    });
}

/// Where processes cannot be watched, the end of the input must do.
#[cfg(not(unix))]
pub(crate) fn watch(_: u64, _: oneshot::Sender<()>) {}

/// How to wait for the end of a process, if it lives.
#[cfg(unix)]
fn wait_for(process: rustix::process::Pid) -> Option<Box<dyn FnOnce() + Send>> {
    use rustix::io::Errno;
    use rustix::process::test_kill_process;

    #[cfg(target_os = "linux")]
    {
        use rustix::event::{PollFd, PollFlags, poll};
        use rustix::process::{PidfdFlags, pidfd_open};

        match pidfd_open(process, PidfdFlags::empty()) {
            Ok(handle) => {
                return Some(Box::new(move || {
                    let mut handles = [PollFd::new(&handle, PollFlags::IN)];
                    while poll(&mut handles, None) == Err(Errno::INTR) {}
                }));
            }
            Err(Errno::SRCH) => return None,
            // An old kernel, or a sandbox that forbids it.
            Err(_) => {}
        }
    }
    // A process of another user lives too, although it may not be asked.
    let lives = move || test_kill_process(process) != Err(Errno::SRCH);
    lives().then(|| -> Box<dyn FnOnce() + Send> {
        Box::new(move || {
            while lives() {
                std::thread::sleep(std::time::Duration::from_secs(3));
            }
        })
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use tokio::sync::oneshot;
    use tokio::sync::oneshot::error::TryRecvError;

    use super::watch;

    #[test]
    fn a_process_that_lives_is_watched_until_its_end() {
        let mut process = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let (sender, mut ended) = oneshot::channel();
        watch(process.id().into(), sender);
        assert_eq!(ended.try_recv(), Err(TryRecvError::Empty));
        process.kill().unwrap();
        // Nobody has asked how it ended: it is still in the table of processes, on Linux at least.
        if !cfg!(target_os = "linux") {
            process.wait().unwrap();
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let told = async { tokio::time::timeout(Duration::from_secs(10), ended).await };
        assert_eq!(runtime.block_on(told).unwrap(), Ok(()));
        process.wait().unwrap();
    }

    #[test]
    fn others_are_not_watched() {
        let mut process = Command::new("true").spawn().unwrap();
        process.wait().unwrap();
        for id in [process.id().into(), std::process::id().into(), 0, u64::MAX] {
            let (sender, mut ended) = oneshot::channel();
            watch(id, sender);
            assert_eq!(ended.try_recv(), Err(TryRecvError::Closed), "{id}");
        }
    }
}
