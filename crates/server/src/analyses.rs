//! The last analysis of each open document, made once for whoever asks: the diagnostics and every
//! request about the same state of a document share it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::Url;
use tokio::sync::OwnedMutexGuard;

use crate::documents::Snapshot;

/// The analyses of the open documents, each good until its text or what it is judged by changes.
#[derive(Debug)]
pub(crate) struct Analyses<T> {
    slots: Mutex<HashMap<Url, Arc<Slot<T>>>>,
    /// Counts the changes of what documents are judged by: settings, manifests, other documents.
    epoch: AtomicU64,
}

/// What is known of one document.
#[derive(Debug)]
struct Slot<T> {
    /// Held while one waits for the next on a thread: who waits for this needs no thread for it.
    turn: Arc<tokio::sync::Mutex<()>>,
    /// Whoever makes an analysis holds this, so that others wait for it instead of making it too.
    making: Mutex<()>,
    /// The last one, which can be had while the next is made.
    kept: Mutex<Option<Kept<T>>>,
}

#[derive(Debug)]
struct Kept<T> {
    revision: u64,
    epoch: u64,
    analysis: Arc<T>,
}

impl<T> Slot<T> {
    fn kept(&self) -> MutexGuard<'_, Option<Kept<T>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { turn: Arc::default(), making: Mutex::default(), kept: Mutex::default() }
    }
}

impl<T> Default for Analyses<T> {
    fn default() -> Self {
        Self { slots: Mutex::default(), epoch: AtomicU64::default() }
    }
}

impl<T> Analyses<T> {
    /// Waits until nobody else waits on a thread for the analysis of a document. However many
    /// requests there are about it, they keep one thread from the others, even cancelled.
    pub(crate) async fn turn(&self, url: &Url) -> OwnedMutexGuard<()> {
        let turn = Arc::clone(&self.slot(url).turn);
        turn.lock_owned().await
    }

    /// The analysis of a document, made if it is not there and the document is still in this
    /// state. This takes its time: not for the reactor.
    pub(crate) fn of(
        &self,
        snapshot: &Snapshot,
        is_current: impl FnOnce() -> bool,
        make: impl FnOnce() -> T,
    ) -> Option<Arc<T>> {
        let slot = self.slot(&snapshot.url);
        let _making = slot.making.lock().unwrap_or_else(PoisonError::into_inner);
        // What changes while the analysis is made, makes it outdated.
        let epoch = self.epoch.load(Ordering::Acquire);
        let good = |kept: &&Kept<T>| (kept.revision, kept.epoch) == (snapshot.revision, epoch);
        if let Some(kept) = slot.kept().as_ref().filter(good) {
            return Some(Arc::clone(&kept.analysis));
        }
        if !is_current() {
            return None;
        }
        let analysis = Arc::new(make());
        // A document that was closed and opened again may have got a later analysis meanwhile.
        let mut kept = slot.kept();
        if kept.as_ref().is_none_or(|kept| kept.revision <= snapshot.revision) {
            let analysis = Arc::clone(&analysis);
            *kept = Some(Kept { revision: snapshot.revision, epoch, analysis });
        }
        Some(analysis)
    }

    /// The last analysis of a document, perhaps of an earlier state of it; none is made for this.
    pub(crate) fn last(&self, url: &Url) -> Option<Arc<T>> {
        let slot = Arc::clone(self.slots().get(url)?);
        let kept = slot.kept();
        kept.as_ref().map(|kept| Arc::clone(&kept.analysis))
    }

    /// What documents are judged by has changed: every analysis is to be made again.
    pub(crate) fn outdate(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
    }

    /// Which change of what documents are judged by was the last.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// What a document tells has changed: every analysis but its own is to be made again.
    pub(crate) fn outdate_others(&self, url: &Url) {
        let before = self.epoch.fetch_add(1, Ordering::AcqRel);
        let own = self.slots().get(url).map(Arc::clone);
        let Some(own) = own else { return };
        if let Some(kept) = own.kept().as_mut().filter(|kept| kept.epoch == before) {
            kept.epoch = before + 1;
        }
    }

    /// Forgets the analysis of a document that was closed.
    pub(crate) fn forget(&self, url: &Url) {
        self.slots().remove(url);
    }

    fn slot(&self, url: &Url) -> Arc<Slot<T>> {
        Arc::clone(self.slots().entry(url.clone()).or_default())
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<Url, Arc<Slot<T>>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::FutureExt;

    use super::Analyses;
    use crate::documents::Snapshot;
    use crate::positions::Encoding;

    fn snapshot(revision: u64) -> Snapshot {
        Snapshot::of("file:///a.py", revision, "", Encoding::Utf8)
    }

    #[test]
    fn an_analysis_is_made_once_for_a_state() {
        let (analyses, count) = (Analyses::default(), Cell::new(0));
        let ask = |revision, is_current| {
            let make = || {
                count.set(count.get() + 1);
                count.get()
            };
            analyses.of(&snapshot(revision), || is_current, make).map(|it| *it)
        };
        assert_eq!((ask(1, true), ask(1, false)), (Some(1), Some(1)));
        assert_eq!((ask(2, true), ask(2, true)), (Some(2), Some(2)));
        // What is past and was not analysed then never is.
        assert_eq!((ask(1, false), ask(2, true)), (None, Some(2)));
        analyses.outdate();
        assert_eq!((ask(2, true), ask(2, true)), (Some(3), Some(3)));
        assert_eq!(analyses.last(&snapshot(3).url).as_deref(), Some(&3));
        analyses.forget(&snapshot(2).url);
        assert_eq!(analyses.last(&snapshot(3).url), None);
        assert_eq!(ask(2, true), Some(4));
    }

    #[test]
    fn one_request_about_a_document_waits_on_a_thread() {
        let analyses = Analyses::<u8>::default();
        let turn = |document: &str| {
            analyses.turn(&format!("file:///{document}").parse().unwrap()).now_or_never()
        };
        let first = turn("a").unwrap();
        assert!(turn("a").is_none());
        assert!(turn("b").is_some());
        drop(first);
        assert!(turn("a").is_some());
    }

    #[test]
    fn the_analysis_of_what_outdates_the_others_is_kept() {
        let (analyses, count) = (Analyses::default(), Cell::new(0));
        let ask = |url: &str| {
            let snapshot = Snapshot::of(url, 1, "", Encoding::Utf8);
            let make = || {
                count.set(count.get() + 1);
                count.get()
            };
            analyses.of(&snapshot, || true, make).map(|it| *it)
        };
        let (own, other) = ("file:///own.py", "file:///other.py");
        assert_eq!((ask(own), ask(other)), (Some(1), Some(2)));
        analyses.outdate_others(&Snapshot::of(own, 1, "", Encoding::Utf8).url);
        assert_eq!((ask(own), ask(other)), (Some(1), Some(3)));
        analyses.outdate();
        analyses.outdate_others(&Snapshot::of(own, 1, "", Encoding::Utf8).url);
        assert_eq!((ask(own), ask(other)), (Some(4), Some(5)));
    }

    #[test]
    fn a_panic_leaves_the_slot_usable() {
        let analyses = Analyses::<u8>::default();
        let panics = || {
            let make = || panic!("in an analysis");
            analyses.of(&snapshot(1), || true, make);
        };
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).is_err());
        assert_eq!(analyses.of(&snapshot(1), || true, || 7).as_deref(), Some(&7));
    }
}
