//! OpenAPI and Swagger documents, whole or in fragments: the statuses they declare.

use tree_sitter::Node;

use statuslint_codes::{Class, StatusCode};

use crate::branches::member_arm;
use crate::described::Described;
use crate::document::Document;
use crate::facts::Candidate;
use crate::names::{Says, says};
use crate::operations::operation;
use crate::syntax::{Part, Shape};
use crate::value::{is_edge, is_known, unquote};
use crate::{Branches, BranchesKind, Evidence, Kind, Operation, Role, Site, Value};

/// Lines or keys among which a file of responses has its first.
const TOP: usize = 200;

/// Responses deeper than this are no description's: it bounds the work on hostile input.
const DEEPEST: usize = 64;

/// What a description says about statuses.
#[derive(Default)]
pub(crate) struct Description {
    /// Keys of `responses`, and values that a schema or example calls a status.
    pub(crate) sites: Vec<Site>,
    /// The maps of responses.
    pub(crate) maps: Vec<Branches>,
    /// What can be asked for, with what it answers.
    pub(crate) operations: Vec<Operation>,
    /// Which codes are documented.
    pub(crate) described: Described,
}

/// Reads a description.
///
/// `whole` says that the document is a description by its top; else it is judged by its shape.
pub(crate) fn read<'t>(
    document: &Document<'t>,
    root: Node<'t>,
    whole: bool,
    candidates: &[Candidate<'t>],
) -> Description {
    let (mut sites, mut maps, mut operations) = (Vec::new(), Vec::new(), Vec::new());
    let mut described = Described { whole, ..Described::default() };
    let mut cursor = root.walk();
    // The pairs around the node the cursor is at, outermost first.
    let mut around: Vec<Node<'t>> = Vec::new();
    loop {
        let node = cursor.node();
        if !whole && around.is_empty() && document.shape(node) == Some(Shape::Map) {
            let first = sites.len();
            let found = responses(document, node, false, Place::Operation, &mut sites);
            described.others |= found;
            maps.extend(keys(node, &sites[first..]));
        }
        if document.shape(node) == Some(Shape::Pair) {
            while around.last().is_some_and(|pair| pair.end_byte() <= node.start_byte()) {
                around.pop();
            }
            if document.key_text(node) == Some("responses")
                && let Some(map) = document.part(node, Part::Value).and_then(|it| document.map(it))
            {
                let place = place(document, &around, whole);
                let first = sites.len();
                let others = responses(document, map, whole, place, &mut sites);
                described.others |= others;
                maps.extend(keys(map, &sites[first..]));
                if place == Place::Operation && (others || first < sites.len()) {
                    operations.extend(operation(document, &around, map, others));
                }
            }
            around.push(node);
        }
        if cursor.goto_first_child() {
            continue;
        }
        let mut done = false;
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                done = true;
                break;
            }
        }
        if done {
            break;
        }
    }
    for site in &sites {
        described.add(site.value);
    }
    if whole {
        sites.extend(candidates.iter().filter_map(|candidate| value(document, candidate)));
    }
    Description { sites, maps, operations, described }
}

/// Whether the text can hold anything an OpenAPI description declares.
pub(crate) fn may_describe(text: &str) -> bool {
    text.contains("responses") || is_description(text) || begins_with_code(text)
}

/// Whether a key at the top is a code, as in a file of nothing but responses.
fn begins_with_code(text: &str) -> bool {
    let is_code = |key: &str| {
        let key = key.trim_start_matches(['"', '\'']);
        let code = key.get(..3).is_some_and(|code| crate::value::string(code).is_some());
        code && key[3..].trim_start_matches(['"', '\'']).starts_with(':')
    };
    if text.trim_start().starts_with('{') {
        return outermost_keys(text).take(TOP).any(is_code);
    }
    text.lines().take(TOP).any(|line| is_code(line.trim_start()))
}

/// Whether a document says at its top that it is a description: `openapi: 3.1.0`, in YAML a key
/// without indentation, in JSON one of the outermost object.
pub(crate) fn is_description(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("//"));
    if first.is_some_and(|line| line.trim_start().starts_with('{')) {
        return outermost_keys(text).any(|rest| says_version(&rest[1..]));
    }
    text.lines().any(|line| says_version(line.trim_start_matches(['"', '\''])))
}

/// Whether a document is a whole description; nothing where it describes what is not HTTP.
pub(crate) fn kind(text: &str) -> Option<bool> {
    let whole = is_description(text);
    let of_messages = |line: &str| {
        let key = line.trim_start_matches(['"', '\'', ' ', '\t', '{']);
        key.strip_prefix("asyncapi")
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
    };
    let messages = !whole && text.lines().take(TOP).any(of_messages);
    (!messages).then_some(whole)
}

/// Whether a line or the rest of a text begins with `openapi`, a colon and a version.
fn says_version(text: &str) -> bool {
    const KEYS: [&str; 3] = ["openapi", "swagger", "arazzo"];
    let quotes = ['"', '\''];
    KEYS.iter().filter_map(|key| text.strip_prefix(key)).any(|rest| {
        let Some(value) = rest.trim_start_matches(quotes).trim_start().strip_prefix(':') else {
            return false;
        };
        let version = value.trim_start().trim_start_matches(quotes);
        let digits = version.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < version.len() && digits.starts_with('.')
    })
}

/// What begins at each string directly inside of the outermost object.
fn outermost_keys(text: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let opens = !quoted && byte == b'"' && depth == 1;
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        opens.then(|| &text[at..])
    })
}

/// The keys of a map of responses; whether one of them stands for all other codes.
fn responses<'t>(
    document: &Document<'t>,
    map: Node<'t>,
    whole: bool,
    place: Place,
    sites: &mut Vec<Site>,
) -> bool {
    let entries: Vec<(Node<'t>, Node<'t>)> = document
        .children(map)
        .into_iter()
        .filter(|entry| document.shape(*entry) == Some(Shape::Pair))
        .filter_map(|entry| Some((entry, document.scalar(document.part(entry, Part::Name)?))))
        .collect();
    let sure = whole && place != Place::Elsewhere;
    if !sure && !is_fragment(document, &entries) {
        return false;
    }
    let others = entries.iter().any(|(_, key)| unquote(document.text(*key)) == "default");
    for (entry, key) in entries {
        let text = document.text(key);
        let Some(value) = key_value(unquote(text)) else { continue };
        if place != Place::Operation && !is_known(value) {
            continue;
        }
        let quoted = text.starts_with(['"', '\'']);
        let kind = match value {
            Value::Code(_) if !quoted => Kind::Number,
            _ => Kind::String,
        };
        sites.push(Site {
            api: Some("openapi"),
            content: content(document, entry),
            key: true,
            ..Site::new(key.byte_range(), kind, value, Role::Declare, Evidence::Certain)
        });
    }
    others
}

/// The keys of a map of responses, each of which answers for its code alone.
fn keys(map: Node<'_>, sites: &[Site]) -> Option<Branches> {
    let arms: Vec<_> = sites.iter().filter_map(member_arm).collect();
    let several = arms.len() > 1;
    several.then(|| Branches { range: map.byte_range(), kind: BranchesKind::Map, arms })
}

/// Where a map of responses stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In an operation: its keys are statuses.
    Operation,
    /// Among the components, where keys are names.
    Components,
    /// In an example or an extension, where keys may be anything.
    Elsewhere,
}

/// Where a map of responses within these pairs stands.
fn place<'t>(document: &Document<'t>, around: &[Node<'t>], whole: bool) -> Place {
    if around.len() > DEEPEST {
        return Place::Elsewhere;
    }
    let mut keys = around.iter().rev().filter_map(|pair| document.key_text(*pair)).peekable();
    let named = match keys.peek() {
        Some(above) => *above == "components",
        // The definitions of Swagger 2 stand at the top.
        None => whole,
    };
    if named {
        return Place::Components;
    }
    let data = |key: &str| {
        key.starts_with("x-") || matches!(key, "example" | "examples" | "schema" | "schemas")
    };
    if keys.any(data) { Place::Elsewhere } else { Place::Operation }
}

/// Without `openapi:` at the top, a map is one of responses when every key is a code, a wildcard
/// or `default`, and a value is described as responses are.
fn is_fragment<'t>(document: &Document<'t>, entries: &[(Node<'t>, Node<'t>)]) -> bool {
    let keys: Vec<&str> = entries.iter().map(|(_, key)| unquote(document.text(*key))).collect();
    let is_code = |key: &&str| matches!(key_value(key), Some(value) if is_known(value));
    let keys_fit = keys.iter().any(is_code)
        && keys.iter().all(|key| {
            let first = key.bytes().next().unwrap_or(b'x');
            matches!(*key, "default" | "<<" | "$ref")
                || key.starts_with("x-")
                || first.is_ascii_digit()
        });
    let described = entries.iter().any(|(entry, _)| {
        document.part(*entry, Part::Value).and_then(|value| document.map(value)).is_some_and(
            |map| {
                document.children(map).iter().filter_map(|pair| document.key_text(*pair)).any(
                    |key| matches!(key, "description" | "content" | "$ref" | "schema" | "headers"),
                )
            },
        )
    });
    keys_fit && described
}

/// What a key of `responses` says; `None` for `default`, extensions, references and names.
fn key_value(key: &str) -> Option<Value> {
    let first = key.bytes().next()?;
    if !first.is_ascii_digit() {
        return None;
    }
    if key.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(
            key.parse().map_or(Value::Malformed, |code| Value::Code(StatusCode::new(code))),
        );
    }
    let class = Class::from_digit(first - b'0');
    match (class, &key[1..]) {
        (Some(class), "XX" | "xx") => Some(Value::Class(class)),
        _ => Some(Value::Malformed),
    }
}

/// The key under which a response has content.
fn content<'t>(document: &Document<'t>, entry: Node<'t>) -> Option<std::ops::Range<usize>> {
    let map = document.part(entry, Part::Value).and_then(|value| document.map(value))?;
    document.children(map).into_iter().find_map(|pair| {
        let key = document.key_text(pair)?;
        let filled = document
            .part(pair, Part::Value)
            .and_then(|value| document.map(value))
            .is_some_and(|map| !document.children(map).is_empty());
        (matches!(key, "content" | "schema") && filled)
            .then(|| document.part(pair, Part::Name).map(|name| document.scalar(name).byte_range()))
            .flatten()
    })
}

/// `status: 404` in an example, `maximum: 599` in the schema of a status.
fn value<'t>(document: &Document<'t>, candidate: &Candidate<'t>) -> Option<Site> {
    let mut node = candidate.node;
    let mut pair = None;
    for _ in 0..8 {
        node = document.parent(node)?;
        match document.shape(node) {
            Some(Shape::Pair) => {
                pair = Some(node);
                break;
            }
            Some(Shape::Map) => return None,
            _ => {}
        }
    }
    let pair = pair.filter(|pair| !document.is_in_part(*pair, Part::Name, candidate.node))?;
    let key = document.key_text(pair)?;
    let bound = matches!(key, "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum");
    let (name, role) =
        if bound || matches!(key, "example" | "examples" | "default" | "const" | "enum") {
            let schema = document.ancestor(pair, Shape::Pair)?;
            (document.key_text(schema)?, if bound { Role::Bound } else { Role::Declare })
        } else {
            (key, Role::Declare)
        };
    let fits = is_known(candidate.value) || (bound && is_edge(candidate.value));
    if says(name) < Says::Status || !fits {
        return None;
    }
    Some(Site {
        api: Some("openapi"),
        ..Site::new(
            candidate.node.byte_range(),
            candidate.kind,
            candidate.value,
            role,
            Evidence::Certain,
        )
    })
}

impl<'t> Document<'t> {
    /// The text of a pair's key, unquoted.
    pub(crate) fn key_text(&self, pair: Node<'t>) -> Option<&'t str> {
        let key = self.part(pair, Part::Name)?;
        Some(unquote(self.text(self.scalar(key))))
    }

    /// Below the nodes that wrap it, the scalar of a key.
    pub(crate) fn scalar(&self, node: Node<'t>) -> Node<'t> {
        let mut node = node;
        while self.shape(node) == Some(Shape::Through) {
            let Some(inner) = self.children(node).into_iter().next_back() else { break };
            node = inner;
        }
        node
    }

    /// Below the nodes that wrap it, the map of a value.
    pub(crate) fn map(&self, node: Node<'t>) -> Option<Node<'t>> {
        let mut node = node;
        while self.shape(node) == Some(Shape::Through) {
            node = self.children(node).into_iter().next_back()?;
        }
        (self.shape(node) == Some(Shape::Map)).then_some(node)
    }

    /// Whether a candidate is the key of an entry.
    pub(crate) fn is_key(&self, node: Node<'t>) -> bool {
        std::iter::once(node)
            .chain(self.ancestors(node))
            .take(5)
            .find(|up| self.shape(*up) == Some(Shape::Pair))
            .is_some_and(|pair| self.is_in_part(pair, Part::Name, node))
    }
}
