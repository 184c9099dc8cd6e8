//! XML read by a parser that is not of the library that wrote it.

use roxmltree::{Document, Node};

use super::is_hidden;

/// The document; anything that XML 1.0 does not allow fails the test, and so does what is hidden.
#[track_caller]
pub(super) fn parsed(text: &str) -> Document<'_> {
    let hidden = |c| c != '\n' && is_hidden(c);
    assert!(!text.contains(hidden), "{text:?}");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), "{text}");
    Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The elements in this one, each of this name; there must be no others, and no text.
#[track_caller]
pub(super) fn elements<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    let text = node.children().filter_map(|child| child.text().filter(|_| child.is_text()));
    assert!(text.into_iter().all(|text| text.trim().is_empty()), "{node:?}");
    let elements: Vec<_> = node.children().filter(Node::is_element).collect();
    assert!(elements.iter().all(|it| it.has_tag_name(name)), "{elements:?}");
    elements
}

/// The values of these attributes; those with a `?` may be missing, others must not be there.
#[track_caller]
pub(super) fn attributes<'a, const N: usize>(
    node: Node<'a, 'a>,
    names: [&str; N],
) -> [Option<&'a str>; N] {
    let known = |name: &str| names.iter().any(|it| it.trim_end_matches('?') == name);
    assert!(node.attributes().all(|it| known(it.name())), "{node:?}");
    names.map(|name| {
        let value = node.attribute(name.trim_end_matches('?'));
        assert!(value.is_some() || name.ends_with('?'), "{node:?} has no {name}");
        value
    })
}

/// A number as attributes have it.
#[track_caller]
pub(super) fn number(value: Option<&str>) -> u64 {
    value.unwrap().parse().unwrap()
}
