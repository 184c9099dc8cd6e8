//! The file of a cache: a line that says what it is, a hash of the rest, and the rest.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{Entry, Slot};

/// What a file of ours begins with.
const MAGIC: &[u8] = b"statuslint cache 1\n";

/// How the names of the files end.
const SUFFIX: &str = ".silence";

/// More bytes are not written: to read them would take longer than they save.
const SIZE_LIMIT: usize = 256_000_000;

/// A file nobody has written for so long is of a project that is gone, or of an older version.
const STALE: Duration = Duration::from_hours(24 * 30);

/// The file for the runs in a folder.
pub(super) fn of(cache: &Path, here: &Path) -> PathBuf {
    let name = blake3::hash(here.as_os_str().as_encoded_bytes()).to_hex();
    cache.join(format!("{}{SUFFIX}", &name[..16]))
}

/// Reads a file; `None` when it is not exactly what this very program has written.
pub(super) fn read(file: &Path) -> Option<HashMap<Slot, Entry>> {
    let bytes = fs::read(file).ok()?;
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(program()?.as_slice())?;
    let (hash, entries) = rest.split_at_checked(blake3::OUT_LEN)?;
    if blake3::hash(entries).as_bytes() != hash {
        return None;
    }
    let entries: Vec<(Slot, Entry)> = postcard::from_bytes(entries).ok()?;
    Some(entries.into_iter().collect())
}

/// Writes a file as a whole, and removes those of projects that are gone.
pub(super) fn write(file: &Path, entries: HashMap<Slot, Entry>) -> io::Result<()> {
    let Some(program) = program() else { return Ok(()) };
    let Some(folder) = file.parent() else { return Ok(()) };
    let mut entries: Vec<(Slot, Entry)> = entries.into_iter().collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    let entries = postcard::to_stdvec(&entries).map_err(io::Error::other)?;
    fs::create_dir_all(folder)?;
    sweep(folder);
    if entries.len() > SIZE_LIMIT {
        return fs::remove_file(file);
    }
    let hash = blake3::hash(&entries);
    let content = [MAGIC, &program, hash.as_bytes(), &entries].concat();
    let new = file.with_extension(std::process::id().to_string());
    let written = fs::write(&new, content).and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        fs::remove_file(&new).ok();
    }
    written
}

/// Which program this is: its version, and the size and time of its file, so that no build ever
/// reads what another one has written.
fn program() -> Option<[u8; 32]> {
    let metadata = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let modified = metadata.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    let said = format!("{version} {} {}", metadata.len(), modified.as_nanos());
    Some(blake3::hash(said.as_bytes()).into())
}

/// Removes what nobody has written for long.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let is_stale = modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > STALE));
        if is_stale && entry.path().extension().is_some() {
            fs::remove_file(entry.path()).ok();
        }
    }
}
