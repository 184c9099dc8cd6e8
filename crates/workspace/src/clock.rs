//! The clock by which a document is given up that takes too long.

use std::time::Duration;

/// The processor time this thread has taken so far.
#[cfg(unix)]
pub fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.try_into().unwrap_or_default()
}

/// The time since this was first asked: the next best where a thread's own is not to be had.
#[cfg(not(unix))]
pub fn thread_time() -> Duration {
    static BEGUN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    BEGUN.get_or_init(std::time::Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::thread_time;

    #[test]
    fn time_passes() {
        let before = thread_time();
        while thread_time() == before {
            std::hint::black_box(before);
        }
        assert!(thread_time() > before);
    }
}
