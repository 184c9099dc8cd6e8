//! What the client wants to know of the work behind the answers, and how long the work took.

use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use lsp_types::TraceValue;
use statuslint_workspace::thread_time;

const OFF: u8 = 0;
const MESSAGES: u8 = 1;
const VERBOSE: u8 = 2;

/// How much the client wants to know; nothing, until it says.
#[derive(Debug, Default)]
pub(crate) struct Trace(AtomicU8);

impl Trace {
    /// What the client says it wants to know.
    pub(crate) fn set(&self, value: TraceValue) {
        let value = match value {
            TraceValue::Off => OFF,
            TraceValue::Messages => MESSAGES,
            TraceValue::Verbose => VERBOSE,
        };
        self.0.store(value, Ordering::Relaxed);
    }

    /// Whether it wants to know anything, and if so, whether every detail.
    pub(crate) fn wants(&self) -> Option<bool> {
        let value = self.0.load(Ordering::Relaxed);
        (value != OFF).then_some(value == VERBOSE)
    }
}

/// Measures some work of one thread; displays as what it took so far.
#[derive(Debug)]
pub(crate) struct Watch {
    begun: Instant,
    busy: Duration,
}

impl Watch {
    /// Starts now, on this thread.
    pub(crate) fn start() -> Self {
        Self { begun: Instant::now(), busy: thread_time() }
    }
}

impl fmt::Display for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = |time: Duration| time.as_secs_f64() * 1e3;
        write!(f, "{:.3} ms", millis(self.begun.elapsed()))?;
        let busy = thread_time().saturating_sub(self.busy);
        write!(f, ", {:.3} ms of them busy", millis(busy))
    }
}

#[cfg(test)]
mod tests {
    use lsp_types::TraceValue;

    use super::{Trace, Watch};

    #[test]
    fn tells_as_much_as_is_wanted() {
        let trace = Trace::default();
        assert_eq!(trace.wants(), None);
        trace.set(TraceValue::Messages);
        assert_eq!(trace.wants(), Some(false));
        trace.set(TraceValue::Verbose);
        assert_eq!(trace.wants(), Some(true));
        trace.set(TraceValue::Off);
        assert_eq!(trace.wants(), None);
    }

    #[test]
    fn says_what_the_work_took() {
        let said = Watch::start().to_string();
        assert!(said.ends_with(" ms of them busy"), "{said}");
    }
}
