//! What recognises a finding in the next run, for servers that compare runs.

use std::collections::HashMap;

use statuslint_lint::Finding;
use statuslint_workspace::Checked;

use super::escape::slashed;
use super::lines::LineIndex;

/// The fingerprints of the findings of one file, asked for in their order.
pub(super) struct Fingerprints<'a> {
    file: &'a Checked,
    lines: &'a LineIndex<'a>,
    /// How many there were so far of each rule on each text of a line.
    seen: HashMap<(&'a str, &'a str), usize>,
}

impl<'a> Fingerprints<'a> {
    pub(super) fn new(file: &'a Checked, lines: &'a LineIndex<'a>) -> Self {
        Self { file, lines, seen: HashMap::new() }
    }

    /// What stays the same when lines are added above a finding: file, rule, the text of its line,
    /// and which of several alike it is.
    pub(super) fn of(&mut self, finding: &'a Finding) -> String {
        let line = self.file.text[self.lines.line_range(finding.range.start)].trim();
        let number = self.seen.entry((finding.rule, line)).or_default();
        *number += 1;
        let path = slashed(&self.file.path);
        let mut hash = Fnv::new();
        for part in [&*path, finding.rule, line, &number.to_string()] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        format!("{:016x}", hash.0)
    }
}

/// The hash FNV-1a, 64 bits wide: the same on every machine and in every version.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{file, finding};
    use statuslint_lint::Severity;

    fn prints(path: &str, source: &str) -> Vec<String> {
        let first = finding(source, "209", Severity::Error, "");
        let at = source.rfind("209").unwrap();
        let second = Finding { range: at..at + 3, ..first.clone() };
        let checked = file(path, source, vec![first, second]);
        let lines = LineIndex::new(&checked.text);
        let mut prints = Fingerprints::new(&checked, &lines);
        checked.report.findings.iter().map(|finding| prints.of(finding)).collect()
    }

    #[test]
    fn they_move_with_their_lines_and_differ_among_alike() {
        let before = prints("a.py", "s == 209\ns == 209\n");
        assert_ne!(before[0], before[1]);
        assert_eq!(before, prints("a.py", "# new\n\n\ts == 209\nx = 1\n  s == 209 \n"));
        assert_ne!(before, prints("a.py", "t == 209\nt == 209\n"));
        assert_ne!(before, prints("b.py", "s == 209\ns == 209\n"));
        assert_eq!(before, prints("./a.py", "s == 209\ns == 209\n"));
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        // The test vectors of the hash's authors.
        for (text, expected) in [("", 0xcbf2_9ce4_8422_2325), ("foobar", 0x8594_4171_f739_67e8)] {
            let mut hash = Fnv::new();
            hash.write(text.as_bytes());
            assert_eq!(hash.0, expected, "{text}");
        }
    }
}
