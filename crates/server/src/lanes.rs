//! Who may analyse now: long documents one at a time, so that they never keep all the others
//! waiting, and of the others as many as there are cores.

use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

/// From so many bytes on a document is long: its analysis takes about a second.
const LONG: usize = 1_000_000;

/// The lanes of long and of other documents.
#[derive(Debug)]
pub(crate) struct Lanes {
    long: Lane,
    other: Lane,
}

/// How many places are free, and the queue for one.
#[derive(Debug)]
struct Lane {
    free: Mutex<usize>,
    left: Condvar,
}

/// A place in a lane, given back when it goes.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Lane);

impl Default for Lanes {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(2, NonZeroUsize::get).max(2);
        Self { long: Lane::new(1), other: Lane::new(cores) }
    }
}

impl Lanes {
    /// Waits for a place for a document of so many bytes: not for the reactor.
    pub(crate) fn enter(&self, length: usize) -> Place<'_> {
        let lane = if length >= LONG { &self.long } else { &self.other };
        let free = lane.free.lock().unwrap_or_else(PoisonError::into_inner);
        let free = lane.left.wait_while(free, |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Place(lane)
    }
}

impl Lane {
    fn new(places: usize) -> Self {
        Self { free: Mutex::new(places), left: Condvar::new() }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::{LONG, Lanes};

    #[test]
    fn long_documents_go_one_at_a_time_and_keep_no_other_waiting() {
        let (lanes, inside, most) = (Lanes::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        let long = lanes.enter(LONG);
        drop(lanes.enter(LONG - 1));
        drop(long);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _place = lanes.enter(LONG);
                    let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(1));
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!((most.into_inner(), inside.into_inner()), (1, 0));
    }
}
