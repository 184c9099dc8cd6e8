//! Cutting a long YAML document into pieces its grammar can read.
//!
//! tree-sitter-yaml keeps the row in sixteen bits: below row 32,767 its trees are wrong. A piece
//! begins at a line of little indentation and ends before a line of less.

use std::ops::Range;

/// Lines a piece has before it may end.
const LINES: usize = 15_000;

/// The pieces of a document: one when it is short.
pub(crate) fn regions(text: &str) -> Vec<Range<usize>> {
    if memchr::memchr_iter(b'\n', text.as_bytes()).count() < 2 * LINES {
        return std::iter::once(0..text.len()).collect();
    }
    let mut regions = Vec::new();
    let (mut start, mut lines, mut least, mut at) = (0, 0, usize::MAX, 0);
    for line in text.split_inclusive('\n') {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let blank = content.is_empty() || content.starts_with('#');
        let ends = !blank && lines > 0 && (indent < least || (lines >= LINES && indent <= 2));
        if ends {
            regions.push(start..at);
            (start, lines, least) = (at, 0, usize::MAX);
        }
        if !blank && least == usize::MAX {
            least = indent;
        }
        lines += 1;
        at += line.len();
    }
    regions.push(start..text.len());
    regions
}

#[cfg(test)]
mod tests {
    use super::regions;

    #[test]
    fn long_documents_are_cut_at_little_indentation() {
        let item =
            "  /pets:\n    get:\n      responses:\n        '200':\n          description: ok\n";
        let text =
            format!("openapi: 3.1.0\npaths:\n{}components:\n  schemas: {{}}\n", item.repeat(9_000));
        let pieces = regions(&text);
        assert!(pieces.len() > 2);
        assert_eq!(pieces.first().map(|piece| piece.start), Some(0));
        assert_eq!(pieces.last().map(|piece| piece.end), Some(text.len()));
        for pair in pieces.windows(2) {
            assert_eq!(pair[0].end, pair[1].start);
            assert!(
                text[pair[1].clone()].starts_with("  /pets:")
                    || text[pair[1].clone()].starts_with("components:")
            );
        }
        assert_eq!(regions(item).len(), 1);
    }
}
