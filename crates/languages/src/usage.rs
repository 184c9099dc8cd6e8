//! The only way in: from a text to its [`Usage`].

use std::borrow::Cow;

use tree_sitter::Parser;

use crate::document::Document;
use crate::facts::{Candidate, Facts};
use crate::verdict::Verdict;
use crate::{Context, Evidence, Kind, Language, Role, Site, Usage, Value, gate, openapi};

/// Finds where statuses stand in a document.
pub fn usage(text: &str, language: Language, context: &Context) -> Usage {
    if !gate::admits(text) {
        return Usage::default();
    }
    let tables = language.0.tables();
    let mut parser = Parser::new();
    if parser.set_language(&tables.grammar).is_err() {
        return Usage::default();
    }
    let source = if language.id() == "rust" { call_macros(text) } else { Cow::Borrowed(text) };
    let Some(tree) = parser.parse(source.as_bytes(), None) else { return Usage::default() };
    let mut document =
        Document { text, tables, context, facts: Facts::gather(text, &tree, tables, context) };
    let candidates = std::mem::take(&mut document.facts.candidates);
    let mut sites = if matches!(language.id(), "yaml" | "json") {
        openapi::sites(&document, tree.root_node(), &candidates)
    } else {
        candidates.into_iter().filter_map(|candidate| site(&document, candidate)).collect()
    };
    sites.sort_by_key(|site| (site.range.start, site.range.end));
    sites.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    let Facts { comments, imports, .. } = document.facts;
    Usage { sites, comments, imports }
}

fn site<'t>(document: &Document<'t>, candidate: Candidate<'t>) -> Option<Site> {
    let (candidate, library) = match candidate.kind {
        Kind::Name => {
            let (node, code, library) = document.constant(candidate.node)?;
            (Candidate { node, kind: Kind::Name, value: Value::Code(code) }, Some(library))
        }
        _ => (candidate, None),
    };
    let judged = document.judge(&candidate);
    let verdict = match (judged, candidate.kind) {
        (Some(verdict), _) => verdict,
        (None, Kind::Name) => Verdict::new(Role::Emit, Evidence::Certain),
        (None, _) => return None,
    };
    let evidence = if candidate.kind == Kind::Name { Evidence::Certain } else { verdict.evidence };
    let key = document.is_key(candidate.node);
    Some(Site {
        range: candidate.node.byte_range(),
        kind: candidate.kind,
        value: candidate.value,
        role: verdict.role,
        api: library.or(verdict.api),
        evidence,
        name: verdict.name,
        content: verdict.content,
        key,
        lenient: verdict.lenient,
    })
}

/// Lets the grammar see macro calls as calls: `assert_eq!(a, b)` reads as `assert_eq (a, b)`, byte
/// for byte. Braces, brackets and macro definitions stay as they are.
fn call_macros(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let marks: Vec<usize> = memchr::memchr_iter(b'!', bytes)
        .filter(|&at| {
            at > 0
                && is_name(bytes[at - 1])
                && bytes.get(at + 1) == Some(&b'(')
                && !matches!(
                    bytes[at + 2..].iter().find(|byte| !byte.is_ascii_whitespace()),
                    Some(b'{' | b'#' | b'$' | b'<' | b'=')
                )
        })
        .collect();
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = bytes.to_vec();
    for at in marks {
        bytes[at] = b' ';
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}
