//! The last analysis of each open document, made once for whoever asks: the diagnostics and every
//! request about the same state of a document share it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::Url;

use crate::documents::Snapshot;

/// The analyses of the open documents, each good until its text or what it is judged by changes.
#[derive(Debug)]
pub(crate) struct Analyses<T> {
    slots: Mutex<HashMap<Url, Slot<T>>>,
    /// Counts the changes of what documents are judged by: settings, manifests, other documents.
    epoch: AtomicU64,
}

/// Whoever makes an analysis holds its slot, so that others wait for it instead of making it too.
type Slot<T> = Arc<Mutex<Option<Kept<T>>>>;

#[derive(Debug)]
struct Kept<T> {
    revision: u64,
    epoch: u64,
    analysis: Arc<T>,
}

impl<T> Default for Analyses<T> {
    fn default() -> Self {
        Self { slots: Mutex::default(), epoch: AtomicU64::default() }
    }
}

impl<T> Analyses<T> {
    /// The analysis of a document, made if it is not there. This takes its time: not for the
    /// reactor.
    pub(crate) fn of(&self, snapshot: &Snapshot, make: impl FnOnce() -> T) -> Arc<T> {
        let slot = Arc::clone(self.slots().entry(snapshot.url.clone()).or_default());
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        // What changes while the analysis is made, makes it outdated.
        let epoch = self.epoch.load(Ordering::Acquire);
        let good = |kept: &&Kept<T>| (kept.revision, kept.epoch) == (snapshot.revision, epoch);
        if let Some(kept) = slot.as_ref().filter(good) {
            return Arc::clone(&kept.analysis);
        }
        let analysis = Arc::new(make());
        // Who asks about a past state does not replace a later one.
        if slot.as_ref().is_none_or(|kept| kept.revision <= snapshot.revision) {
            let analysis = Arc::clone(&analysis);
            *slot = Some(Kept { revision: snapshot.revision, epoch, analysis });
        }
        analysis
    }

    /// What documents are judged by has changed: every analysis is to be made again.
    pub(crate) fn outdate(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
    }

    /// Forgets the analysis of a document that was closed.
    pub(crate) fn forget(&self, url: &Url) {
        self.slots().remove(url);
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<Url, Slot<T>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::Analyses;
    use crate::documents::Snapshot;
    use crate::positions::Encoding;

    fn snapshot(revision: u64) -> Snapshot {
        Snapshot::of("file:///a.py", revision, "", Encoding::Utf8)
    }

    #[test]
    fn an_analysis_is_made_once_for_a_state() {
        let (analyses, made) = (Analyses::default(), Cell::new(0));
        let ask = |revision| {
            *analyses.of(&snapshot(revision), || {
                made.set(made.get() + 1);
                made.get()
            })
        };
        assert_eq!((ask(1), ask(1)), (1, 1));
        assert_eq!((ask(2), ask(2)), (2, 2));
        // The past is told when asked for, and not kept.
        assert_eq!((ask(1), ask(2)), (3, 2));
        analyses.outdate();
        assert_eq!((ask(2), ask(2)), (4, 4));
        analyses.forget(&snapshot(2).url);
        assert_eq!(ask(2), 5);
    }

    #[test]
    fn a_panic_leaves_the_slot_usable() {
        let analyses = Analyses::<u8>::default();
        let panics = || {
            let make = || panic!("in an analysis");
            analyses.of(&snapshot(1), make);
        };
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).is_err());
        assert_eq!(*analyses.of(&snapshot(1), || 7), 7);
    }
}
