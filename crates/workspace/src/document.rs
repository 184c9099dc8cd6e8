//! From bytes to text, or the reason there is none.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The size in bytes above which a document is not read.
pub const SIZE_LIMIT: u64 = 10_000_000;

/// How far a file is searched for the NUL that makes it binary.
const BINARY_PROBE: usize = 8 * 1024;

/// How much of a file is read for its `#!` line.
const FIRST_LINE: u64 = 256;

/// Why a file has no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoText {
    /// It is binary.
    Binary,
    /// It is another text, or too large; the message says which.
    Unfit(String),
    /// It could not be read; the message says why.
    Unreadable(String),
}

/// Reads a file into the buffer and gives its text.
pub(crate) fn read<'b>(path: &Path, buffer: &'b mut Vec<u8>) -> Result<&'b str, NoText> {
    buffer.clear();
    let unreadable = |error: io::Error| NoText::Unreadable(reason(&error));
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size <= SIZE_LIMIT {
        file.take(SIZE_LIMIT + 1).read_to_end(buffer).map_err(unreadable)?;
    }
    too_large(size.max(buffer.len() as u64))?;
    decode(buffer)
}

/// The text of some bytes. A byte order mark stays in it.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, NoText> {
    too_large(bytes.len() as u64)?;
    let other = |encoding: &str| NoText::Unfit(format!("is not UTF-8 but {encoding}, skipped"));
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return Err(other("UTF-32")),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Err(other("UTF-16")),
        _ => {}
    }
    if bytes[..bytes.len().min(BINARY_PROBE)].contains(&0) {
        return Err(NoText::Binary);
    }
    std::str::from_utf8(bytes).map_err(|_| NoText::Unfit("is not UTF-8, skipped".to_owned()))
}

/// The first line of a file if it is a `#!` line, else nothing.
pub(crate) fn interpreter_line(path: &Path) -> Option<String> {
    let mut start = Vec::new();
    File::open(path).ok()?.take(FIRST_LINE).read_to_end(&mut start).ok()?;
    let line = start.split(|byte| *byte == b'\n').next()?;
    line.starts_with(b"#!").then(|| String::from_utf8_lossy(line).into_owned())
}

/// What an error of the system means, for people.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn too_large(size: u64) -> Result<(), NoText> {
    if size <= SIZE_LIMIT {
        return Ok(());
    }
    let megabytes =
        |bytes: u64| format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000);
    let limit = SIZE_LIMIT / 1_000_000;
    Err(NoText::Unfit(format!(
        "is too large ({}, the limit is {limit} MB), skipped",
        megabytes(size)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_utf_8_alone() {
        let unfit = |message: &str| Err(NoText::Unfit(message.to_owned()));
        let late_nul = [vec![b'a'; BINARY_PROBE], vec![0]].concat();
        let early_nul = [vec![b'a'; BINARY_PROBE - 1], vec![0]].concat();
        let huge = vec![b'a'; 10_000_001];
        let cases: &[(&[u8], Result<&str, NoText>)] = &[
            (b"", Ok("")),
            ("é404".as_bytes(), Ok("é404")),
            (b"\xEF\xBB\xBF404", Ok("\u{feff}404")),
            (b"caf\xE9", unfit("is not UTF-8, skipped")),
            (b"\xC3", unfit("is not UTF-8, skipped")),
            (b"\xFF\xFE4\0", unfit("is not UTF-8 but UTF-16, skipped")),
            (b"\xFE\xFF\x004", unfit("is not UTF-8 but UTF-16, skipped")),
            (b"\xFF\xFE\0\x004\0\0\0", unfit("is not UTF-8 but UTF-32, skipped")),
            (b"\x7FELF\0", Err(NoText::Binary)),
            (&early_nul, Err(NoText::Binary)),
            (&late_nul, Ok(std::str::from_utf8(&late_nul).unwrap())),
            (&huge[1..], Ok(std::str::from_utf8(&huge[1..]).unwrap())),
            (&huge, unfit("is too large (10.0 MB, the limit is 10 MB), skipped")),
        ];
        for (bytes, expected) in cases {
            assert!(decode(bytes) == *expected, "{:?}", &bytes[..bytes.len().min(8)]);
        }
    }

    #[test]
    fn what_cannot_be_read_has_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let unreadable = |path: &Path| match read(path, &mut Vec::new()) {
            Err(NoText::Unreadable(message)) => message,
            other => panic!("{other:?}"),
        };
        assert_eq!(unreadable(&folder.path().join("no")), "no such file or directory");
        assert!(!unreadable(folder.path()).is_empty(), "a folder is no document");
    }

    #[test]
    fn the_buffer_holds_one_file_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let (long, short) = (folder.path().join("long"), folder.path().join("short"));
        std::fs::write(&long, "404 404").unwrap();
        std::fs::write(&short, "1").unwrap();
        let mut buffer = Vec::new();
        assert_eq!(read(&long, &mut buffer), Ok("404 404"));
        assert_eq!(read(&short, &mut buffer), Ok("1"));
    }
}
