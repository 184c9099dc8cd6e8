//! The only way in: from a text to its [`Usage`].

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use tree_sitter::Parser;

use crate::allies::Allies;
use crate::document::Document;
use crate::facts::{Candidate, Facts};
use crate::folder::Reader;
use crate::regions::regions;
use crate::verdict::Verdict;
use crate::{
    Context, Evidence, Kind, Language, Name, Role, Site, Usage, Value, blocks, directives, gate,
    openapi, shell,
};

/// Finds where statuses stand in a document.
pub fn usage(text: &str, language: Language, context: &Context) -> Usage {
    let mut usage = Usage::default();
    if !gate::admits(text) {
        return usage;
    }
    match language.0.header().file.reader {
        Reader::Directives => directives::read(text, language, context, &mut usage),
        Reader::Openapi if openapi::may_describe(text) => {
            for region in regions(text) {
                piece(&text[region.clone()], text, language, context, region.start, &mut usage);
            }
        }
        Reader::Openapi => {}
        Reader::Code | Reader::Shell | Reader::Blocks => {
            piece(text, text, language, context, 0, &mut usage);
        }
    }
    usage.sites.sort_by_key(|site| (site.range.start, site.range.end));
    usage.sites.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    usage
}

/// Reads one piece of a document that starts at `offset` of the `whole`.
fn piece(
    text: &str,
    whole: &str,
    language: Language,
    context: &Context,
    offset: usize,
    usage: &mut Usage,
) {
    let tables = language.0.tables();
    let mut parser = Parser::new();
    let Some(grammar) = &tables.grammar else { return };
    if parser.set_language(grammar).is_err() {
        return;
    }
    let source =
        if language.0.header().file.macros { call_macros(text) } else { Cow::Borrowed(text) };
    let Some(tree) = parser.parse(source.as_bytes(), None) else { return };
    let facts = Facts::gather(text, &tree, tables, context);
    let mut document = Document {
        text,
        tables,
        context,
        facts,
        language,
        allies: Allies::default(),
        questions: RefCell::default(),
    };
    let candidates = std::mem::take(&mut document.facts.candidates);
    let takes_any = document.facts.functions.iter().any(|it| !it.given().is_empty());
    if takes_any || candidates.iter().any(|candidate| candidate.kind != Kind::Name) {
        document.ally();
    }
    let root = tree.root_node();
    let sites: Vec<Site> = match language.0.header().file.reader {
        Reader::Openapi => {
            openapi::sites(&document, root, openapi::is_description(whole), &candidates)
        }
        Reader::Shell => {
            let (sites, survey) = shell::sites(&document, root);
            usage.survey.join(survey);
            sites
        }
        Reader::Blocks => blocks::sites(&document, root),
        Reader::Code | Reader::Directives => {
            candidates.into_iter().filter_map(|candidate| site(&document, candidate)).collect()
        }
    };
    usage.sites.extend(sites.into_iter().map(|site| moved(site, offset)));
    let questions = document.questions.take();
    usage.survey.join(document.survey(questions));
    let Facts { comments, imports, tests, .. } = document.facts;
    usage
        .comments
        .extend(comments.into_iter().map(|range| range.start + offset..range.end + offset));
    usage.tests.extend(tests);
    usage.imports.extend(imports);
}

/// A site of a piece as one of the whole document.
pub(crate) fn moved(mut site: Site, offset: usize) -> Site {
    let shift = |range: Range<usize>| range.start + offset..range.end + offset;
    site.range = shift(site.range);
    site.content = site.content.map(shift);
    site.name = site.name.map(|name| Name { range: shift(name.range), ..name });
    site
}

fn site<'t>(document: &Document<'t>, candidate: Candidate<'t>) -> Option<Site> {
    let kind = candidate.kind;
    let (candidate, library) = match kind {
        Kind::Name => {
            let named = document.constant(candidate.node)?;
            // What stands for a code only where a status does is judged as its number would be.
            let kind = if named.implicit { Kind::Number } else { Kind::Name };
            let (value, implicit) = (Value::Code(named.code), named.implicit);
            (Candidate { node: named.node, kind, value, implicit }, Some(named.library))
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
    if candidate.implicit && (evidence < Evidence::Certain || verdict.name.is_some()) {
        return None;
    }
    let key = document.is_key(candidate.node);
    Some(Site {
        range: document.written(candidate.node),
        kind,
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

/// Lets the grammar see macro calls as calls: `assert_eq!(a, b)` reads as `assert_eq (a, b)`, and
/// `vec![a, b]` as `[a, b]`, byte for byte. Other brackets, braces and macro definitions stay.
fn call_macros(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let marks: Vec<Range<usize>> = memchr::memchr_iter(b'!', bytes)
        .filter(|&at| {
            let inside = bytes.get(at + 2..).unwrap_or_default();
            let first = inside.iter().find(|byte| !byte.is_ascii_whitespace());
            let asserts = text[..at].ends_with("assert_eq") || text[..at].ends_with("assert_ne");
            at > 0
                && is_name(bytes[at - 1])
                && !matches!(first, Some(b'{' | b'#' | b'$' | b'='))
                && (asserts || first != Some(&b'<'))
        })
        .filter_map(|at| match bytes.get(at + 1) {
            Some(b'(') => Some(at..at + 1),
            Some(b'[') if bytes[..at].ends_with(b"vec") => Some(at - 3..at + 1),
            _ => None,
        })
        .collect();
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = bytes.to_vec();
    for mark in marks {
        bytes[mark].fill(b' ');
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}
