//! OpenAPI and Swagger documents, whole or in fragments: the statuses they declare.

use tree_sitter::Node;

use statuslint_codes::{Class, StatusCode};

use crate::document::Document;
use crate::facts::Candidate;
use crate::names::{Says, says};
use crate::syntax::{Part, Shape};
use crate::value::{is_edge, is_known, unquote};
use crate::{Evidence, Kind, Role, Site, Value};

/// The sites of a document: keys of `responses`, and values that a schema or example calls a status.
///
/// `whole` says that the document is a description by its top; else it is judged by its shape.
pub(crate) fn sites<'t>(
    document: &Document<'t>,
    root: Node<'t>,
    whole: bool,
    candidates: &[Candidate<'t>],
) -> Vec<Site> {
    let mut sites = Vec::new();
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        if document.shape(node) == Some(Shape::Pair) && document.key_text(node) == Some("responses")
        {
            responses(document, node, whole, &mut sites);
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
    if whole {
        sites.extend(candidates.iter().filter_map(|candidate| value(document, candidate)));
    }
    sites
}

/// Whether the text can hold anything an OpenAPI description declares.
pub(crate) fn may_describe(text: &str) -> bool {
    text.contains("responses") || is_description(text)
}

/// Whether a document says at its top that it is a description: `openapi: 3.1.0`, in YAML a key
/// without indentation, in JSON one of the first keys.
pub(crate) fn is_description(text: &str) -> bool {
    const KEYS: [&str; 3] = ["openapi", "swagger", "arazzo"];
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        let mut end = text.len().min(4096);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        return KEYS.iter().any(|key| text[..end].contains(&format!("\"{key}\"")));
    }
    text.lines().any(|line| {
        let line = line.trim_start_matches(['"', '\'']);
        KEYS.iter().any(|key| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
        })
    })
}

/// The keys of a `responses` map.
fn responses<'t>(document: &Document<'t>, pair: Node<'t>, whole: bool, sites: &mut Vec<Site>) {
    let Some(map) = document.part(pair, Part::Value).and_then(|value| document.map(value)) else {
        return;
    };
    let entries: Vec<(Node<'t>, Node<'t>)> = document
        .children(map)
        .into_iter()
        .filter(|entry| document.shape(*entry) == Some(Shape::Pair))
        .filter_map(|entry| Some((entry, document.scalar(document.part(entry, Part::Name)?))))
        .collect();
    if !whole && !is_fragment(document, &entries) {
        return;
    }
    for (entry, key) in entries {
        let text = document.text(key);
        let Some(value) = read(unquote(text)) else { continue };
        let quoted = text.starts_with(['"', '\'']);
        let kind = match value {
            Value::Code(_) if !quoted => Kind::Number,
            _ => Kind::String,
        };
        sites.push(Site {
            range: key.byte_range(),
            kind,
            value,
            role: Role::Declare,
            api: Some("openapi"),
            evidence: Evidence::Certain,
            name: None,
            content: content(document, entry),
            key: true,
            lenient: false,
        });
    }
}

/// Without `openapi:` at the top, a map is one of responses when every key is a code, a wildcard
/// or `default`, and a value is described as responses are.
fn is_fragment<'t>(document: &Document<'t>, entries: &[(Node<'t>, Node<'t>)]) -> bool {
    let keys_fit = entries.iter().all(|(_, key)| {
        let key = unquote(document.text(*key));
        key == "default"
            || key.starts_with("x-")
            || matches!(read(key), Some(value) if is_known(value))
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
fn read(key: &str) -> Option<Value> {
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
        range: candidate.node.byte_range(),
        kind: candidate.kind,
        value: candidate.value,
        role,
        api: Some("openapi"),
        evidence: Evidence::Certain,
        name: None,
        content: None,
        key: false,
        lenient: role == Role::Bound,
    })
}

impl<'t> Document<'t> {
    /// The text of a pair's key, unquoted.
    fn key_text(&self, pair: Node<'t>) -> Option<&'t str> {
        let key = self.part(pair, Part::Name)?;
        Some(unquote(self.text(self.scalar(key))))
    }

    /// Below the nodes that wrap it, the scalar of a key.
    fn scalar(&self, node: Node<'t>) -> Node<'t> {
        let mut node = node;
        while self.shape(node) == Some(Shape::Through) {
            let Some(inner) = self.children(node).into_iter().next_back() else { break };
            node = inner;
        }
        node
    }

    /// Below the nodes that wrap it, the map of a value.
    fn map(&self, node: Node<'t>) -> Option<Node<'t>> {
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
