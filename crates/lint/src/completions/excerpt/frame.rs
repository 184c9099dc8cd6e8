//! What code stands in that is embedded in a document: a script of a page, a fence of Markdown.

use std::ops::Range;

use statuslint_languages::Language;

/// The part of a document that a line belongs to.
pub(crate) struct Frame<'t> {
    /// What begins the part.
    pub(crate) begin: &'t str,
    /// What stands between what is imported and the lines.
    pub(crate) between: &'static str,
    /// What ends the part.
    pub(crate) end: &'static str,
    /// Where its lines begin, and where they end.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Where statements that import count for it.
    pub(crate) imports: Range<usize>,
}

impl Frame<'_> {
    fn whole(text: &str) -> Self {
        Self { begin: "", between: "", end: "", first: 0, last: text.len(), imports: 0..text.len() }
    }
}

/// What must stand first in a text for it to be code: `<?php`.
pub(crate) fn opening(text: &str) -> &str {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let opens = line.starts_with("<?") && line.len() < 200 && line.ends_with('\n');
    if opens { line } else { "" }
}

/// The part around the line that starts at an offset; `None` in prose.
pub(crate) fn around(text: &str, language: Language, start: usize) -> Option<Frame<'_>> {
    if language.id() == "markdown" {
        return fence(text, start);
    }
    if language.is_markup() {
        return Some(script(text, language, start));
    }
    Some(Frame::whole(text))
}

/// The fence of Markdown that an offset is in.
fn fence(text: &str, start: usize) -> Option<Frame<'_>> {
    let (mut open, mut at) = (None, 0);
    for line in text[..start].split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '>', '\t']);
        if content.starts_with("```") || content.starts_with("~~~") {
            open = if open.is_none() { Some(at..at + line.len()) } else { None };
        }
        at += line.len();
    }
    let open = open?;
    let end = if text[open.clone()].contains("```") { "\n```\n" } else { "\n~~~\n" };
    let close = text[start..].find(end.trim()).map_or(text.len(), |at| start + at);
    let imports = open.end..start;
    Some(Frame {
        begin: &text[open.clone()],
        between: "",
        end,
        first: open.end,
        last: close,
        imports,
    })
}

/// The script of a page that an offset is in, or the page with the imports of its scripts.
fn script(text: &str, language: Language, start: usize) -> Frame<'_> {
    let before = &text[..start];
    let opened = before.rfind("<script");
    let closed = before.rfind("</script");
    if let Some(open) = opened.filter(|open| closed.is_none_or(|closed| closed < *open))
        && let Some(line) = text[open..start].find('\n')
    {
        let first = open + line + 1;
        let last = text[start..].find("</script").map_or(text.len(), |at| start + at);
        let begin = &text[open..first];
        let imports = first..start;
        return Frame { begin, between: "", end: "\n</script>\n", first, last, imports };
    }
    let page = Frame::whole(text);
    if language.id() == "astro" && text.starts_with("---\n") {
        let fence = text[4..].find("\n---").map_or(text.len(), |at| at + 4);
        if start <= fence + 1 {
            let imports = 4..start;
            return Frame {
                begin: "---\n",
                end: "\n---\n",
                first: 4,
                last: fence,
                imports,
                ..page
            };
        }
        let first = (fence + 5).min(start);
        return Frame { begin: "---\n", between: "---\n", first, ..page };
    }
    let mut first = 0;
    if let Some(closed) = closed {
        first = text[closed..start].find('\n').map_or(start, |at| closed + at + 1);
    }
    Frame { begin: "<script>\n", between: "</script>\n", first, ..page }
}
