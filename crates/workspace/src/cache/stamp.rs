//! What tells that a file is the same without reading it.

use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A file that was changed less than this before it was read may be changed again without its
/// times telling: clocks of file systems tick up to so slowly.
const TICK: Duration = Duration::from_secs(2);

/// The number, size and times of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    device: u64,
    number: u64,
    size: u64,
    /// When its content was last changed, in nanoseconds.
    modified: i128,
    /// When anything about it was last changed, as the system sets it.
    changed: i128,
}

impl Stamp {
    /// That of a file; `None` where the system does not tell when a file was changed.
    #[cfg(unix)]
    pub(crate) fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let it = std::fs::metadata(path).ok()?;
        let time = |seconds: i64, nanoseconds: i64| {
            i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds)
        };
        Some(Self {
            device: it.dev(),
            number: it.ino(),
            size: it.size(),
            modified: time(it.mtime(), it.mtime_nsec()),
            changed: time(it.ctime(), it.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    pub(crate) fn of(_: &Path) -> Option<Self> {
        None
    }

    /// Whether the last change was long enough before a time.
    pub(crate) fn is_older_than(&self, time: SystemTime) -> bool {
        let Ok(since) = time.duration_since(SystemTime::UNIX_EPOCH) else { return false };
        let limit = since.saturating_sub(TICK).as_nanos();
        let limit = i128::try_from(limit).unwrap_or(i128::MAX);
        self.modified < limit && self.changed < limit
    }
}
