//! The only way in: from a text to its [`Usage`].

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use tree_sitter::Parser;

use crate::allies::Allies;
use crate::document::Document;
use crate::embedded::{Excerpt, Found, markdown, markup, requests};
use crate::facts::{Candidate, Facts};
use crate::folder::Reader;
use crate::index::Survey;
use crate::parsing::Budget;
use crate::preprocessor::definitions;
use crate::protocol::Spoken;
use crate::regions::regions;
use crate::verdict::Verdict;
use crate::{
    Context, Evidence, Kind, Language, Role, Root, Site, Usage, Value, blocks, described,
    directives, gate, keyed, logic, openapi, phrases, shell, tabular,
};

/// Code within code within code: deeper than this nobody writes.
pub(crate) const DEEPEST: usize = 4;

/// Finds where statuses stand in a document.
pub fn usage(text: &str, language: Language, context: &Context) -> Usage {
    if !gate::admits(text) {
        return Usage::default();
    }
    usage_of_part(text, language, context, Spoken::of(text))
}

/// Finds where statuses stand in a part of a document, or in what stands for one, of which the
/// whole is known to speak.
pub fn usage_of_part(text: &str, language: Language, context: &Context, spoken: Spoken) -> Usage {
    let budget = Budget::new(context.clock, text);
    let whole = Whole { context, spoken, budget };
    let mut usage = read(text, language, &context.path, &whole, DEEPEST);
    if whole.budget.is_exceeded() {
        // Half of the truth would change with the machine.
        return Usage { exhausted: true, ..Usage::default() };
    }
    usage.spoken = whole.spoken;
    usage.spoken.imported |= usage.survey.imports_http();
    usage.sites.sort_by_key(|site| (site.range.start, site.range.end));
    usage.sites.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    for site in &mut usage.sites {
        if site.reason.is_none() {
            site.reason = phrases::of_line(text, site);
        }
        if site.reason.is_none() && language.0.file().reader == Reader::Directives {
            site.reason = phrases::of_answer(text, site);
        }
    }
    usage.survey.sends(described::sent(&usage.sites, language, context));
    usage.conditions.sort_by_key(|condition| (condition.range.start, condition.range.end));
    usage.branches.sort_by_key(|branches| (branches.range.start, branches.range.end));
    tabular::mark(&mut usage);
    usage.divisions.sort_by_key(|division| (division.range.start, division.range.end));
    usage.operations.sort_by_key(|operation| (operation.range.start, operation.range.end));
    usage.titles.sort_by_key(|title| (title.range.start, title.range.end));
    usage.misnomers.sort_by_key(|misnomer| (misnomer.range.start, misnomer.range.end));
    usage.import_statements.sort_by_key(|statement| (statement.start, statement.end));
    usage.comments.sort_by_key(|comment| (comment.start, comment.end));
    usage
}

/// What holds for every piece of a document.
struct Whole<'a> {
    context: &'a Context,
    spoken: Spoken,
    budget: Budget,
}

/// Reads a document, or code that stands in one, and then what stands in that.
fn read(text: &str, language: Language, path: &str, whole: &Whole<'_>, depth: usize) -> Usage {
    let reader = language.0.file().reader;
    let Found { mut usage, excerpts } = match reader {
        Reader::Code | Reader::Shell | Reader::Blocks => piece(text, language, whole, Some(false)),
        Reader::Directives => directives::read(text, language, path),
        Reader::Document => documents(text, language, whole),
        Reader::Markup => markup::read(text, language),
        Reader::Markdown => markdown::read(text),
        Reader::Requests => requests::read(text),
    };
    for excerpt in excerpts {
        if depth > 0 && gate::admits(&excerpt.text) {
            let Excerpt { text, name, .. } = &excerpt;
            let inner = read(text, excerpt.language, name, whole, depth - 1);
            excerpt.hand_over(inner, &mut usage);
        }
    }
    if reader == Reader::Markdown {
        // What a page shows is no function of the project.
        usage.survey = Survey::default();
    }
    usage
}

/// Reads a document of keys and values, in pieces where it is long.
fn documents<'a>(text: &'a str, language: Language, whole: &Whole<'_>) -> Found<'a> {
    let mut found = Found::default();
    let vocabulary = &language.0.tables().vocabulary;
    if !openapi::may_describe(text)
        && !vocabulary.hints().admit(vocabulary, text, &whole.context.path)
    {
        return found;
    }
    let description = openapi::kind(text);
    for region in regions(text) {
        let part = Excerpt::of(text, region.clone(), language);
        let Found { usage, excerpts } = piece(&text[region.clone()], language, whole, description);
        part.hand_over(usage, &mut found.usage);
        let at = region.start;
        found.excerpts.extend(excerpts.into_iter().map(|excerpt| excerpt.moved(at)));
    }
    found
}

/// Reads one piece of a document; `description` says whether the document is one of an API;
/// nothing of what is none, nor a fragment of one.
fn piece<'a>(
    text: &'a str,
    language: Language,
    whole: &Whole<'_>,
    description: Option<bool>,
) -> Found<'a> {
    let mut found = Found::default();
    let Whole { context, spoken, budget } = whole;
    let tables = language.0.tables();
    let mut parser = Parser::new();
    let Some(grammar) = &tables.grammar else { return found };
    if parser.set_language(grammar).is_err() {
        return found;
    }
    let header = &language.0.file();
    let source = if header.macros { call_macros(text) } else { Cow::Borrowed(text) };
    let Some(tree) = budget.parse(&mut parser, source.as_bytes()) else { return found };
    let mut facts = Facts::gather(text, &tree, tables, context, spoken);
    let definitions = header.preprocessor.then(|| definitions(text, &facts.comments)).flatten();
    let defined = definitions.and_then(|it| {
        parser.set_included_ranges(&it.ranges).ok()?;
        budget.parse(&mut parser, &it.source)
    });
    if let Some(tree) = &defined {
        facts.add_definitions(text, tree, tables);
    }
    let mut document = Document {
        text,
        tables,
        context,
        facts,
        language,
        codes: Vec::new(),
        allies: Allies::default(),
        questions: RefCell::default(),
    };
    let candidates = std::mem::take(&mut document.facts.candidates);
    let takes_any = document.facts.functions.iter().any(|it| !it.given().is_empty());
    if takes_any || candidates.iter().any(|candidate| candidate.kind != Kind::Name) {
        document.ally();
    }
    let root = tree.root_node();
    found.usage.misnomers = document.misnomers(&candidates, root);
    found.usage.sites = match header.reader {
        Reader::Document => {
            let openapi::Description { mut sites, maps, operations, described } = description
                .map(|whole| openapi::read(&document, root, whole, &candidates))
                .unwrap_or_default();
            found.usage.operations = operations;
            if !language.is_test_path(&context.path) {
                found.usage.survey.join(Survey::of_description(described));
            }
            let (entries, conditions, excerpts) = keyed::entries(&document, root);
            found.excerpts = excerpts.into_iter().map(Excerpt::owned).collect();
            sites.extend(entries);
            logic::back(&mut found.usage, sites, conditions, maps)
        }
        Reader::Shell => {
            let Found { usage, excerpts } = shell::sites(&document, root);
            found.excerpts = excerpts.into_iter().map(Excerpt::owned).collect();
            let sites = usage.sites;
            found.usage = Usage { sites: Vec::new(), ..usage };
            sites
        }
        Reader::Blocks => {
            let (sites, conditions) = blocks::sites(&document, root);
            logic::back(&mut found.usage, sites, conditions, Vec::new())
        }
        _ => {
            found.usage.divisions =
                candidates.iter().filter_map(|candidate| document.division(candidate)).collect();
            let (mut nodes, mut sites) = (Vec::new(), Vec::new());
            for candidate in candidates {
                let node = candidate.node;
                if let Some(found) = site(&document, candidate) {
                    nodes.push(node);
                    sites.push(found);
                }
            }
            document.note_codes(&sites);
            found.usage.conditions = document.conditions(&nodes);
            found.usage.branches = document.branches(&nodes, &sites);
            sites
        }
    };
    let questions = document.questions.take();
    found.usage.survey.join(document.survey(questions));
    let Facts { comments, imports, import_statements, roots, tests, titles, .. } = document.facts;
    found.usage.comments = comments;
    found.usage.tests = tests;
    found.usage.titles = titles;
    found.usage.imports = imports;
    found.usage.import_statements = import_statements;
    found.usage.roots = roots.into_iter().map(|(text, bare)| Root { text, bare }).collect();
    found
}

fn site<'t>(document: &Document<'t>, candidate: Candidate<'t>) -> Option<Site> {
    let symbol = document.symbol(candidate.node).filter(|_| candidate.kind == Kind::Name);
    if let Some((code, library)) = symbol {
        let verdict = document.judge_symbol(candidate.node, code)?;
        let candidate = Candidate { value: Value::Code(code), ..candidate };
        return Some(told(document, &candidate, verdict, Some(library)));
    }
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
        (None, Kind::Name) => {
            let role = if document.is_passed_on(&candidate) { Role::Define } else { Role::Emit };
            Verdict::new(role, Evidence::Certain)
        }
        (None, _) => return None,
    };
    let mut site = told(document, &candidate, verdict, library);
    if site.role == Role::Emit && document.makes_named_class(&candidate) {
        site.role = Role::Define;
    }
    let vague = candidate.implicit && (site.evidence < Evidence::Certain || site.name.is_some());
    (!vague).then_some(Site { kind, ..site })
}

/// The site that a verdict makes of a candidate.
fn told<'t>(
    document: &Document<'t>,
    candidate: &Candidate<'t>,
    verdict: Verdict,
    library: Option<&'static str>,
) -> Site {
    let verdict = document.with_sent(verdict, candidate);
    let verdict = document.with_words(candidate, verdict);
    let evidence = if candidate.kind == Kind::Name { Evidence::Certain } else { verdict.evidence };
    Site {
        range: document.range_of(candidate),
        kind: candidate.kind,
        value: candidate.value,
        role: verdict.role,
        api: library.or(verdict.api),
        evidence,
        name: verdict.name,
        reason: verdict.reason,
        content: verdict.content,
        headers: verdict.headers,
        helper: verdict.helper,
        mistyped: document.is_mistyped(candidate, verdict.role),
        namesake: document.is_in_namesake(candidate),
        listed: false,
        key: document.is_key(candidate.node),
        literal: document.takes_literals_only(candidate),
        lenient: verdict.lenient,
    }
}

/// Lets the grammar see macro calls as calls: `assert_eq!(a, b)` reads as `assert_eq (a, b)`, and
/// `vec![a, b]` as `[a, b]`, byte for byte. Other brackets, braces and macro definitions stay.
pub(crate) fn call_macros(text: &str) -> Cow<'_, str> {
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
