//! What is known of files from an earlier run, so that those with nothing to tell need not be
//! analysed again.
//!
//! Only silence is remembered: that a text, judged by these settings by this program, has no
//! finding, with what it tells the other documents of its project. A file with a finding is always
//! analysed anew, so whatever is shown comes from an analysis. What is remembered holds for the
//! bytes of the text. On Unix a file is known without being read by its number, size and times as
//! long as those were old when it was read; the system sets the time of the last change itself, so
//! that one cannot be forged by a program that keeps times. Whatever is odd about the cache, there
//! is none.

mod file;
mod stamp;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use statuslint_config::absolute;
use statuslint_languages::{Index, Language, Survey, Usage};
use statuslint_lint::Settings;

use crate::mentions;
pub(crate) use stamp::Stamp;

/// What earlier runs have found silent, and this one.
#[derive(Debug)]
pub struct Cache {
    file: PathBuf,
    /// Whether a file with sites has something to tell even without findings.
    sites: bool,
    now: SystemTime,
    known: HashMap<Slot, Entry>,
    fresh: Mutex<HashMap<Slot, Entry>>,
    recalled: AtomicUsize,
    /// How many of the fresh ones are not as they are in the file.
    news: AtomicUsize,
}

/// A file, and whether it was analysed alone or by what the rest of its project tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Slot {
    path: String,
    joined: bool,
}

/// What everything depends on but the text: a hash.
pub(crate) type Key = [u8; 32];

/// A file without findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    key: Key,
    content: [u8; 32],
    stamp: Option<Stamp>,
    silence: Silence,
}

/// What there is to know of a file without findings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Silence {
    /// What it tells the others.
    pub(crate) survey: Survey,
    /// Whether it has a site.
    pub(crate) sites: bool,
    /// The codes it has, each once.
    pub(crate) codes: Vec<u16>,
}

impl Silence {
    /// What there is to know of a document that has no finding.
    pub(crate) fn of(usage: &Usage) -> Self {
        let codes = mentions::codes(usage).unwrap_or_default();
        Self {
            survey: usage.survey.clone(),
            sites: !usage.sites.is_empty(),
            codes: codes.iter().map(|code| code.get()).collect(),
        }
    }
}

/// What everything depends on but the text: the settings, whatever they come from.
///
/// The settings must not have their index and clock yet.
pub(crate) fn key(settings: &Settings, language: Language, index: &Index) -> Key {
    // All that settings hold is in their debug output, which is derived.
    let said = format!("{}\n{}\n{settings:?}", language.id(), index.fingerprint());
    blake3::hash(said.as_bytes()).into()
}

impl Cache {
    /// What is remembered in a folder about the runs in `here`; nothing when it cannot be read.
    pub fn open(folder: &Path, here: &Path) -> Self {
        let now = SystemTime::now();
        let file = file::of(folder, &absolute(here));
        let known = file::read(&file).unwrap_or_default();
        Self {
            file,
            sites: false,
            now,
            known,
            fresh: Mutex::default(),
            recalled: AtomicUsize::new(0),
            news: AtomicUsize::new(0),
        }
    }

    /// The same for who wants to know of sites, too: only files without any are silent then.
    #[must_use]
    pub fn with_sites(self) -> Self {
        Self { sites: true, ..self }
    }

    /// How many files were known.
    pub fn recalled(&self) -> usize {
        self.recalled.load(Ordering::Relaxed)
    }

    /// Writes down what is known now, when that is news; older news about files that were below
    /// these folders, and were not looked at, is dropped.
    pub fn save(self, looked_at: &[PathBuf]) -> std::io::Result<()> {
        let Self { file, known, fresh, news, .. } = self;
        if news.into_inner() == 0 {
            return Ok(());
        }
        let mut entries = fresh.into_inner().unwrap_or_else(PoisonError::into_inner);
        let elsewhere = |path: &str| !looked_at.iter().any(|top| Path::new(path).starts_with(top));
        for (slot, entry) in known {
            if elsewhere(&slot.path) {
                entries.entry(slot).or_insert(entry);
            }
        }
        file::write(&file, entries)
    }

    /// What is known of a file that still has this stamp.
    pub(crate) fn by_stamp(&self, slot: &Slot, key: &Key, stamp: Option<Stamp>) -> Option<Silence> {
        let stamp = stamp?;
        self.recall(slot, |entry| entry.key == *key && entry.stamp == Some(stamp))
    }

    /// What is known of a file with this text; its stamp is remembered from now on.
    pub(crate) fn by_text(
        &self,
        slot: &Slot,
        key: &Key,
        stamp: Option<Stamp>,
        text: &str,
    ) -> Option<Silence> {
        let content: [u8; 32] = blake3::hash(text.as_bytes()).into();
        let known = self.known.get(slot)?;
        if known.key != *key || known.content != content || (self.sites && known.silence.sites) {
            return None;
        }
        let silence = known.silence.clone();
        self.recalled.fetch_add(usize::from(!slot.joined), Ordering::Relaxed);
        self.remember(slot, Entry { stamp: self.trusted(stamp), ..known.clone() });
        Some(silence)
    }

    /// Remembers that this text has no finding.
    pub(crate) fn note(
        &self,
        slot: &Slot,
        key: Key,
        stamp: Option<Stamp>,
        text: &str,
        silence: Silence,
    ) {
        let content = blake3::hash(text.as_bytes()).into();
        self.remember(slot, Entry { key, content, stamp: self.trusted(stamp), silence });
    }

    /// Where a file is remembered; nowhere when its name is not Unicode.
    pub(crate) fn slot(path: &Path, index: &Index) -> Option<Slot> {
        let joined = index.fingerprint() != 0;
        Some(Slot { path: absolute(path).to_str()?.to_owned(), joined })
    }

    fn recall(&self, slot: &Slot, holds: impl Fn(&Entry) -> bool) -> Option<Silence> {
        let known = self.known.get(slot).filter(|entry| holds(entry))?;
        if self.sites && known.silence.sites {
            return None;
        }
        self.recalled.fetch_add(usize::from(!slot.joined), Ordering::Relaxed);
        self.remember(slot, known.clone());
        Some(known.silence.clone())
    }

    fn remember(&self, slot: &Slot, entry: Entry) {
        let is_news = self.known.get(slot) != Some(&entry);
        self.news.fetch_add(usize::from(is_news), Ordering::Relaxed);
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        fresh.insert(slot.clone(), entry);
    }

    /// The stamp, where a later change is sure to change it.
    fn trusted(&self, stamp: Option<Stamp>) -> Option<Stamp> {
        stamp.filter(|stamp| stamp.is_older_than(self.now))
    }
}

#[cfg(test)]
mod tests;
