//! How far a run is, for whoever shows it, and what its stages took.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What a run does, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Looks which files there are.
    Collecting,
    /// Reads and analyses each file.
    Checking,
    /// Joins what the files tell each other, and analyses again those that it concerns.
    Joining,
    /// Fixes what can be fixed in the files, or allows what was found.
    Changing,
}

/// A run while it goes on. The run counts; who wants to show it asks now and then, from another
/// thread.
#[derive(Debug, Default)]
pub struct Progress {
    /// Apart from the rest, for several threads count at once.
    done: AtomicUsize,
    stages: Mutex<Stages>,
}

#[derive(Debug, Default)]
struct Stages {
    current: Option<(Stage, Instant)>,
    all: Option<usize>,
    past: Vec<Past>,
}

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Which it is.
    pub stage: Stage,
    /// How many files it is done with, or has found.
    pub done: usize,
    /// How many there are, once that is known.
    pub all: Option<usize>,
    /// How long it goes on already.
    pub took: Duration,
}

/// A stage that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// Which it was.
    pub stage: Stage,
    /// How many files it was about.
    pub files: usize,
    /// How long it took.
    pub took: Duration,
}

impl Progress {
    /// How far the run is; `None` between its stages.
    pub fn now(&self) -> Option<Now> {
        let stages = self.stages();
        let (stage, begun) = stages.current?;
        let done = self.done.load(Ordering::Relaxed);
        Some(Now { stage, done, all: stages.all, took: begun.elapsed() })
    }

    /// The stages that are over, in their order.
    pub fn past(&self) -> Vec<Past> {
        self.stages().past.clone()
    }

    pub(crate) fn begin(&self, stage: Stage) {
        let mut stages = self.stages();
        stages.current = Some((stage, Instant::now()));
        stages.all = None;
        self.done.store(0, Ordering::Relaxed);
    }

    pub(crate) fn expect(&self, all: usize) {
        self.stages().all = Some(all);
    }

    pub(crate) fn count(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn end(&self, files: usize) {
        let mut stages = self.stages();
        if let Some((stage, begun)) = stages.current.take() {
            stages.past.push(Past { stage, files, took: begun.elapsed() });
        }
    }

    fn stages(&self) -> MutexGuard<'_, Stages> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_follow_each_other() {
        let progress = Progress::default();
        assert_eq!(progress.now(), None);
        progress.begin(Stage::Collecting);
        progress.count();
        progress.count();
        let now = progress.now().unwrap();
        assert_eq!((now.stage, now.done, now.all), (Stage::Collecting, 2, None));
        progress.end(1);
        assert_eq!(progress.now(), None);
        progress.begin(Stage::Checking);
        progress.expect(7);
        let now = progress.now().unwrap();
        assert_eq!((now.stage, now.done, now.all), (Stage::Checking, 0, Some(7)));
        progress.end(7);
        let past: Vec<_> = progress.past().iter().map(|past| (past.stage, past.files)).collect();
        assert_eq!(past, [(Stage::Collecting, 1), (Stage::Checking, 7)]);
    }
}
