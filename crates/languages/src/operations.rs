//! The operations that `OpenAPI` documents describe, each with the responses it has.

use tree_sitter::Node;

use crate::Operation;
use crate::document::Document;

/// The fields of a path item that are operations, and what their methods are called.
const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// The operation that a map of responses within these pairs, outermost first, belongs to.
pub(crate) fn operation<'t>(
    document: &Document<'t>,
    around: &[Node<'t>],
    map: Node<'t>,
    others: bool,
) -> Option<Operation> {
    let mut keys = around.iter().rev().filter_map(|pair| document.key_text(*pair));
    let field = keys.next()?;
    let (_, method) = METHODS.into_iter().find(|(name, _)| *name == field)?;
    // A file of one path has no key for it, and `paths` is none.
    let path = keys.next().filter(|key| !matches!(*key, "paths" | "webhooks" | "x-webhooks"));
    Some(Operation { method, path: path.map(str::to_owned), range: map.byte_range(), others })
}

#[cfg(test)]
mod tests {
    use crate::{Context, Language, usage};

    #[track_caller]
    fn describes(language: &str, text: &str, expected: &[(&str, Option<&str>, bool, &str)]) {
        let language = Language::from_id(language).unwrap();
        let found = usage(text, language, &Context::default());
        let found: Vec<_> = found
            .operations
            .iter()
            .map(|it| {
                let inside = found.sites.iter().filter(|site| it.range.contains(&site.range.start));
                let codes: Vec<_> = inside.map(|site| &text[site.range.clone()]).collect();
                (it.method, it.path.as_deref(), it.others, codes.join(" "))
            })
            .collect();
        let found: Vec<_> =
            found.iter().map(|(a, b, c, codes)| (*a, *b, *c, codes.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_operation_has_a_method_and_a_path() {
        describes(
            "yaml",
            "openapi: 3.1.0\npaths:\n  /pets/{id}:\n    get:\n      responses:\n        '200': {description: a}\n        4XX: {description: b}\n    delete:\n      responses:\n        default: {description: c}\ncomponents:\n  responses:\n    '404': {description: d}\n",
            &[
                ("GET", Some("/pets/{id}"), false, "'200' 4XX"),
                ("DELETE", Some("/pets/{id}"), true, ""),
            ],
        );
        describes(
            "json",
            r#"{"swagger": "2.0", "paths": {"/a": {"x-of": {"responses": {"200": {}}}, "post": {"responses": {"201": {}}}}}}"#,
            &[("POST", Some("/a"), false, "\"201\"")],
        );
    }

    #[test]
    fn a_file_of_one_path_has_none() {
        describes(
            "yaml",
            "put:\n  responses:\n    '204':\n      description: done\n",
            &[("PUT", None, false, "'204'")],
        );
    }
}
