//! The bytes of the protocol, cut into message bodies; whatever the bytes are, it finds the next one.

use std::io::{self, Read};

/// A body larger than this is refused: no editor sends one.
const LONGEST_BODY: usize = 512 << 20;
/// A header line larger than this is garbage, of which only the end can matter.
const LONGEST_LINE: usize = 16 << 10;
/// How much of the end of such a line is kept: more than a header takes.
const KEPT: usize = 64;
/// How much is read at once: what a pipe holds.
const STEP: usize = 64 << 10;
/// How much is kept of what belongs to no frame, to see what was lost.
const SKIPPED: usize = 4 << 10;
/// From here on a body is taken out of the buffer and not copied.
const LARGE: usize = 1 << 20;
const HEADER: &[u8] = b"content-length:";

/// What was found in the input.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The body of a message, of the announced length.
    Body(Vec<u8>),
    /// A header that announces no readable body, and why.
    Malformed(&'static str),
}

/// Reads frames from a byte stream.
#[derive(Debug)]
pub(crate) struct Frames<R> {
    source: R,
    /// What was read and not used yet begins at `used`.
    buffer: Vec<u8>,
    used: usize,
    /// Where the source puts what it gives.
    landing: Box<[u8]>,
    /// The beginning of what was skipped before the last frame.
    skipped: Vec<u8>,
}

impl<R: Read> Frames<R> {
    /// Reads from a source.
    pub(crate) fn new(source: R) -> Self {
        let landing = vec![0; STEP].into_boxed_slice();
        Self { source, buffer: Vec::new(), used: 0, landing, skipped: Vec::new() }
    }

    /// The next frame, or `None` at the end of the input.
    pub(crate) fn next(&mut self) -> io::Result<Option<Frame>> {
        let mut length = None;
        let mut header_seen = false;
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            let line = line.trim_ascii();
            if let Some((announced, before)) = announced_length(line) {
                length = Some(announced);
                self.skip(before);
            } else if line.contains(&b'{') {
                self.skip(line);
            }
            if !line.is_empty() {
                header_seen = true;
                continue;
            }
            match length {
                Some(Ok(length)) => return self.body(length),
                Some(Err(Unusable)) => {
                    return Ok(Some(Frame::Malformed("the Content-Length is not a usable number")));
                }
                None if header_seen => {
                    return Ok(Some(Frame::Malformed("a message without Content-Length")));
                }
                None => {}
            }
        }
    }

    /// Gives back the last bytes of the last body, to be read again as the next header.
    pub(crate) fn give_back(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.used, bytes.iter().copied());
        self.used = 0;
    }

    /// The beginning of what stood before the last frame and belonged to none.
    pub(crate) fn take_skipped(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.skipped)
    }

    fn skip(&mut self, bytes: &[u8]) {
        let room = SKIPPED - self.skipped.len();
        self.skipped.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// A line with its `\n`, or `None` at the end of the input.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut searched = 0;
        loop {
            let unread = &self.buffer[self.used..];
            if let Some(end) = unread[searched..].iter().position(|&byte| byte == b'\n') {
                let line = unread[..=searched + end].to_vec();
                self.used += line.len();
                return Ok(Some(line));
            }
            searched = unread.len();
            if searched > LONGEST_LINE {
                let start = unread[..SKIPPED].to_vec();
                self.skip(&start);
                self.used += searched - KEPT;
                searched = KEPT;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// A body of the given length, or `None` when the input ends inside it.
    ///
    /// Where another header stands in it, it ends there: in JSON no line can begin like that.
    fn body(&mut self, mut length: usize) -> io::Result<Option<Frame>> {
        let mut searched = 0;
        loop {
            let unread = &self.buffer[self.used..];
            let seen = unread.len().min(length + KEPT);
            let header = header_inside(&unread[searched..seen]).map(|at| searched + at);
            length = header.unwrap_or(length).min(length);
            if length <= unread.len() {
                break;
            }
            // A header may have arrived in part.
            searched = unread.len().saturating_sub(KEPT);
            if !self.fill()? {
                return Ok(None);
            }
        }
        if length < LARGE {
            let body = self.buffer[self.used..self.used + length].to_vec();
            self.used += length;
            return Ok(Some(Frame::Body(body)));
        }
        self.buffer.drain(..self.used);
        self.used = 0;
        let rest = self.buffer.split_off(length);
        Ok(Some(Frame::Body(std::mem::replace(&mut self.buffer, rest))))
    }

    /// Reads some more: memory grows with what arrives, not with what was announced.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.used);
        self.used = 0;
        let count = loop {
            match self.source.read(&mut self.landing) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.buffer.extend_from_slice(&self.landing[..count]);
        Ok(count > 0)
    }
}

/// A `Content-Length` that is no number, or too large a one.
#[derive(Debug, Clone, Copy)]
struct Unusable;

/// The length a line announces, if it is a `Content-Length` line, and what stands before it there
/// (a byte order mark, the rest of a bad body).
fn announced_length(line: &[u8]) -> Option<(Result<usize, Unusable>, &[u8])> {
    let starts = |&at: &usize| line[at..at + HEADER.len()].eq_ignore_ascii_case(HEADER);
    let at = (0..=line.len().checked_sub(HEADER.len())?).rev().find(starts)?;
    if at > 0 && line[at - 1] == b'-' {
        return None;
    }
    let digits = line[at + HEADER.len()..].trim_ascii();
    let usable = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let number = str::from_utf8(digits).ok().filter(|_| usable).and_then(|it| it.parse().ok());
    let length = number.filter(|&length| length <= LONGEST_BODY).ok_or(Unusable);
    Some((length, &line[..at]))
}

/// Where the first whole header line stands in the bytes of a body.
fn header_inside(body: &[u8]) -> Option<usize> {
    // Clients that exist write it with a small or a large C.
    memchr::memmem::find_iter(body, b"ontent-").map(|at| at.saturating_sub(1)).find(|&at| {
        let rest = &body[at..];
        if !rest.get(..HEADER.len()).is_some_and(|name| name.eq_ignore_ascii_case(HEADER)) {
            return false;
        }
        let value = rest[HEADER.len()..].trim_ascii_start();
        let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = value[digits..].iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        digits > 0 && end.is_some_and(|end| value[digits + end] == b'\n')
    })
}

/// How many bytes at the end of a body are the beginning of a header line.
pub(crate) fn header_begun(body: &[u8]) -> usize {
    let begins = |line: &[u8]| match line.split_at_checked(HEADER.len()) {
        Some((name, value)) => {
            let value = value.trim_ascii();
            name.eq_ignore_ascii_case(HEADER) && value.iter().all(u8::is_ascii_digit)
        }
        None => line.eq_ignore_ascii_case(&HEADER[..line.len()]),
    };
    (1..=body.len().min(KEPT)).rev().find(|&count| begins(&body[body.len() - count..])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Frame, Frames};

    /// Gives its bytes one at a time, as a slow pipe does.
    struct Trickle<'a>(&'a [u8]);

    impl std::io::Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(1);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read(bytes: &[u8]) -> Vec<String> {
        let all = |mut frames: Frames<Box<dyn std::io::Read + '_>>| {
            let mut seen = Vec::new();
            while let Some(frame) = frames.next().unwrap() {
                seen.push(match frame {
                    Frame::Body(body) => String::from_utf8_lossy(&body).into_owned(),
                    Frame::Malformed(why) => format!("! {why}"),
                });
            }
            seen
        };
        let at_once = all(Frames::new(Box::new(bytes)));
        assert_eq!(at_once, all(Frames::new(Box::new(Trickle(bytes)))), "the pace must not matter");
        at_once
    }

    #[test]
    fn reads_plain_frames() {
        assert_eq!(
            read(b"Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\nnull"),
            ["{}", "null"]
        );
        assert_eq!(read(b"Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}"), ["", "{}"]);
        assert_eq!(read(b""), [""; 0]);
    }

    #[test]
    fn accepts_every_legal_header() {
        assert_eq!(read(b"content-length:2\r\n\r\n{}"), ["{}"]);
        assert_eq!(read(b"Content-Length: 2\n\n{}"), ["{}"]);
        assert_eq!(read(b"X-Content-Length: 9\r\nContent-Type: a; charset=\"utf-8\"\r\nContent-Length: 2 \r\nX: y\r\n\r\n{}"), ["{}"]);
    }

    #[test]
    fn finds_the_next_frame_after_garbage() {
        assert_eq!(read(b"hello\r\nContent-Length: 2\r\n\r\n{}"), ["{}"]);
        assert_eq!(read(b"\xef\xbb\xbfContent-Length: 2\r\n\r\n{}"), ["{}"]);
        assert_eq!(read(b"\r\n\r\n\0\xff Content-Length: 2\r\n\r\n{}"), ["{}"]);
        let long = [vec![b'x'; 100_000], b" Content-Length: 2\r\n\r\n{}".to_vec()].concat();
        assert_eq!(read(&long), ["{}"]);
    }

    #[test]
    fn reports_a_header_without_a_usable_length() {
        for value in ["abc", "-1", "", "1e3", "99999999999999999999999", "536870913"] {
            let bytes = format!("Content-Length: {value}\r\n\r\n{{}}Content-Length: 4\r\n\r\nnull");
            assert_eq!(
                read(bytes.as_bytes()),
                ["! the Content-Length is not a usable number", "null"],
                "{value}"
            );
        }
        assert_eq!(
            read(b"X-Foo: 1\r\n\r\nContent-Length: 2\r\n\r\n{}"),
            ["! a message without Content-Length", "{}"]
        );
    }

    #[test]
    fn ends_with_the_input() {
        assert_eq!(read(b"Content-Length: 1000000\r\n\r\n{}"), [""; 0]);
        assert_eq!(read(b"Content-Length: 2\r\n"), [""; 0]);
    }

    #[test]
    fn a_short_length_costs_only_its_own_message() {
        assert_eq!(
            read(b"Content-Length: 3\r\n\r\nnullContent-Length: 2\r\n\r\n{}"),
            ["nul", "{}"]
        );
    }

    #[test]
    fn a_large_length_costs_only_its_own_message() {
        for length in [24, 25, 26, 1_000_000] {
            let bytes =
                format!("Content-Length: {length}\r\n\r\n{{\"a\":Content-Length: 4\r\n\r\nnull");
            assert_eq!(read(bytes.as_bytes()), ["{\"a\":", "null"], "{length}");
        }
        let body = r#"{"content-length: 7\r\n": "Content-Length: 7"}"#;
        let bytes = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        assert_eq!(read(bytes.as_bytes()), [body]);
    }

    #[test]
    fn a_large_body_is_read_whole() {
        let body = "x".repeat(super::LARGE);
        let bytes =
            format!("Content-Length: {}\r\n\r\n{body}Content-Length: 2\r\n\r\n{{}}", body.len());
        let mut frames = Frames::new(bytes.as_bytes());
        assert_eq!(frames.next().unwrap(), Some(Frame::Body(body.into_bytes())));
        assert_eq!(frames.next().unwrap(), Some(Frame::Body(b"{}".to_vec())));
        assert_eq!(frames.next().unwrap(), None);
    }

    #[test]
    fn what_is_skipped_is_told() {
        let mut frames = Frames::new(
            &b"hello {\r\nContent-Length: x\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}"[..],
        );
        assert!(matches!(frames.next().unwrap(), Some(Frame::Malformed(_))));
        assert_eq!(frames.take_skipped(), b"hello {");
        assert_eq!(frames.next().unwrap(), Some(Frame::Body(b"{}".to_vec())));
        assert_eq!(frames.take_skipped(), b"{\"a\":1}");
        assert_eq!(frames.take_skipped(), b"");
        let long = [vec![b'x'; 100_000], b" Content-Length: 2\r\n\r\n{}".to_vec()].concat();
        let mut frames = Frames::new(&long[..]);
        assert_eq!(frames.next().unwrap(), Some(Frame::Body(b"{}".to_vec())));
        assert_eq!(frames.take_skipped(), vec![b'x'; super::SKIPPED]);
    }

    #[test]
    fn what_is_given_back_is_read_again() {
        let bytes = b"Content-Length: 8\r\n\r\nnullContent-Length: 2\r\n\r\n{}";
        let mut frames = Frames::new(Trickle(bytes));
        assert_eq!(frames.next().unwrap(), Some(Frame::Body(b"nullCont".to_vec())));
        frames.give_back(b"Cont");
        assert_eq!(frames.next().unwrap(), Some(Frame::Body(b"{}".to_vec())));
        assert_eq!(frames.next().unwrap(), None);
    }
}
