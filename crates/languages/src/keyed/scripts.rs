//! Code of other languages in the values of a document: `run: |` of a workflow.

use std::ops::Range;

use tree_sitter::Node;

use super::rows::Script;
use super::values::items;
use crate::Language;
use crate::document::Document;
use crate::embedded::Excerpt;
use crate::value::unquote;

/// What shells are called beside a script.
const SHELLS: &[&str] = &["bash", "sh"];

/// The code that a value of this key is; `named` is what is said of its language beside it.
pub(crate) fn script<'t>(
    document: &Document<'t>,
    row: &Script,
    key: &str,
    named: Option<&str>,
    value: Node<'t>,
) -> Option<Excerpt<'t>> {
    let id = match named.and_then(|named| named.split_whitespace().next()) {
        Some(named) if SHELLS.contains(&named) => "bash",
        Some(named) => named,
        None => &row.language,
    };
    let language = match id {
        "" => Language::detect(key, "")?,
        id => Language::from_id(id)?,
    };
    let mut excerpt = Excerpt::new(language);
    excerpt.name.push_str(if id.is_empty() { key } else { id });
    for item in items(document, value) {
        add(document.text, item, &mut excerpt);
        excerpt.glue("\n");
    }
    Some(excerpt)
}

/// Adds the content of a scalar.
fn add<'t>(text: &'t str, scalar: Node<'t>, excerpt: &mut Excerpt<'t>) {
    let written = &text[scalar.byte_range()];
    let start = scalar.start_byte();
    if written.starts_with(['|', '>']) {
        let Some(header) = written.find('\n') else { return };
        lines(text, start + header + 1..scalar.end_byte(), excerpt);
    } else {
        let content = unquote(written);
        let at = usize::from(content.len() < written.len());
        let range = start + at..start + at + content.len();
        if written.starts_with('"') {
            unescaped(text, range, excerpt);
        } else {
            with_expressions(text, range, excerpt);
        }
    }
}

/// Adds the lines of a block without the indentation they share: a here-document ends at the
/// margin.
fn lines<'t>(text: &'t str, block: Range<usize>, excerpt: &mut Excerpt<'t>) {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let filled = text[block.clone()].lines().filter(|line| !line.trim().is_empty());
    let shared = filled.map(indent).min().unwrap_or(0);
    let mut at = block.start;
    for line in text[block].split_inclusive('\n') {
        let start = at + shared.min(indent(line));
        at += line.len();
        with_expressions(text, start..at, excerpt);
    }
}

/// Adds text in which `\"` is a quotation mark and `\n` ends a line.
fn unescaped<'t>(text: &'t str, range: Range<usize>, excerpt: &mut Excerpt<'t>) {
    let mut start = range.start;
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[start..range.end]) {
        let at = start + found;
        excerpt.push(text, start..at);
        start = at + 1;
        match text.as_bytes().get(start) {
            Some(b'n' | b'r') => excerpt.glue("\n"),
            Some(b't') => excerpt.glue(" "),
            Some(b'"' | b'\\' | b'/') => {
                excerpt.push(text, start..start + 1);
            }
            _ => continue,
        }
        start = (start + 1).min(range.end);
    }
    excerpt.push(text, start..range.end.max(start));
}

/// Adds text in which `${{ steps.probe.outputs.status }}` is read as `$status`.
fn with_expressions<'t>(text: &'t str, range: Range<usize>, excerpt: &mut Excerpt<'t>) {
    let mut start = range.start;
    while let Some(found) = text[start..range.end].find("${{") {
        let at = start + found;
        let Some(length) = text[at..range.end].find("}}") else { break };
        let inside = text[..at + length].trim_end();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let name = inside.trim_end_matches(is_name).len();
        excerpt.push(text, start..at + 1);
        excerpt.push(text, name.max(at + 3)..inside.len().max(at + 3));
        start = at + length + 2;
    }
    excerpt.push(text, start..range.end);
}
