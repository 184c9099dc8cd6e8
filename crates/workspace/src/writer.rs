//! The only place that changes the files people work on.
//!
//! A file is replaced as a whole by a new one that was written beside it, so that whenever the
//! machine stops, either the old or the new text is there.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::document::reason;

/// How the names of new files end until they take the place of the old ones.
const SUFFIX: &str = ".statuslint-tmp";

/// The age at which a new file that nobody put in place is litter, where no process can be asked.
const STALE: Duration = Duration::from_hours(1);

/// Bytes of a name that are kept in the name of the new file: names have at most 255.
const LONGEST_NAME: usize = 200;

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// It is another one than that which was read.
    #[error("was left as it is: it changed while it was checked")]
    Changed,
    /// Its permissions forbid it.
    #[error("was left as it is: it is read-only")]
    ReadOnly,
    /// The system refused.
    #[error("was left as it is: {}", reason(.0))]
    System(#[from] io::Error),
}

/// Replaces the bytes `before` of a file by `after`, or leaves it as it is.
///
/// Behind a symbolic link the file it leads to is written, and the link stays. A file with several
/// names is written in place, so that they stay one file. Permissions and owner stay.
pub(crate) fn write(path: &Path, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    let path = path.canonicalize()?;
    let metadata = fs::metadata(&path)?;
    let now = fs::read(&path)?;
    if now == after {
        // Another name of a file that was written already.
        return Ok(());
    }
    if now != before {
        return Err(WriteError::Changed);
    }
    if metadata.permissions().readonly() {
        return Err(WriteError::ReadOnly);
    }
    // Asks the system whether the file may be written, without touching it.
    drop(OpenOptions::new().write(true).open(&path)?);
    sweep(&path);
    let new = Beside::create(&path)?;
    if names(&metadata) > 1 || !new.belongs_as(&metadata) {
        return in_place(&path, new, before, after);
    }
    new.fill(after)?;
    fs::set_permissions(&new.path, metadata.permissions())?;
    if fs::read(&path)? != before {
        return Err(WriteError::Changed);
    }
    rename(&new.path, &path)?;
    // The new name outlives a crash only once the folder is written; not every system can do that.
    path.parent().and_then(|folder| File::open(folder).ok()).map(|folder| folder.sync_all());
    Ok(())
}

/// Writes over a file. What stood there is kept beside it until that is done.
fn in_place(path: &Path, kept: Beside, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    kept.fill(before)?;
    if fs::read(path)? != before {
        return Err(WriteError::Changed);
    }
    let mut file = OpenOptions::new().write(true).open(path)?;
    let written = file.write_all(after).and_then(|()| file.set_len(after.len() as u64));
    if let Err(error) = written.and_then(|()| file.sync_all()) {
        let restored = fs::write(path, before);
        if restored.is_err() {
            // The text is nowhere else any more.
            std::mem::forget(kept);
        }
        return Err(error.into());
    }
    Ok(())
}

/// A file beside another one, removed unless it took another name.
struct Beside {
    path: PathBuf,
}

impl Beside {
    fn create(path: &Path) -> io::Result<Self> {
        let name = name(path, &std::process::id().to_string());
        let path = path.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        if let Err(error) = options.open(&path) {
            if error.kind() != io::ErrorKind::AlreadyExists {
                return Err(error);
            }
            // Of a process that had our number.
            fs::remove_file(&path)?;
            options.open(&path)?;
        }
        Ok(Self { path })
    }

    fn fill(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Whether the file has, or can be given, the owner of another one.
    #[cfg(unix)]
    fn belongs_as(&self, other: &Metadata) -> bool {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let Ok(own) = fs::metadata(&self.path) else { return false };
        (own.uid(), own.gid()) == (other.uid(), other.gid())
            || chown(&self.path, Some(other.uid()), Some(other.gid())).is_ok()
    }

    #[cfg(not(unix))]
    fn belongs_as(&self, _: &Metadata) -> bool {
        true
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It is not there when it took the other's place.
        fs::remove_file(&self.path).ok();
    }
}

/// The name of the new file beside another: `.NAME.PROCESS.statuslint-tmp`.
fn name(path: &Path, process: &str) -> OsString {
    let own = path.file_name().filter(|name| name.len() <= LONGEST_NAME);
    let mut name = OsString::from(".");
    name.push(own.unwrap_or(OsStr::new("long")));
    name.push(format!(".{process}{SUFFIX}"));
    name
}

/// Removes what a process left beside a file when it was killed.
fn sweep(path: &Path) {
    let start = name(path, "");
    let start = start.to_string_lossy();
    let start = start.trim_end_matches(SUFFIX);
    let Some(Ok(entries)) = path.parent().map(fs::read_dir) else { return };
    for entry in entries.flatten() {
        let found = entry.file_name();
        let found = found.to_string_lossy();
        let process = found.strip_prefix(start).and_then(|rest| rest.strip_suffix(SUFFIX));
        let Some(process) = process.and_then(|process| process.parse::<u32>().ok()) else {
            continue;
        };
        if is_gone(process, &entry) {
            fs::remove_file(entry.path()).ok();
        }
    }
}

/// Whether the process that wrote a new file has ended, as far as that can be known.
fn is_gone(process: u32, entry: &fs::DirEntry) -> bool {
    if Path::new("/proc/self").exists() {
        return !Path::new("/proc").join(process.to_string()).exists();
    }
    let age = entry.metadata().and_then(|it| it.modified()).map(|it| it.elapsed());
    age.is_ok_and(|age| age.is_ok_and(|age| age > STALE))
}

/// How many names a file has.
#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// Renames; again, where another program only looks at the file for a moment, as on Windows.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let mut result = fs::rename(from, to);
    for pause in [10, 50, 200] {
        match &result {
            Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(Duration::from_millis(pause));
                result = fs::rename(from, to);
            }
            _ => break,
        }
    }
    result
}

#[cfg(test)]
mod tests;
