//! The syntax tree of a document as text: what `syntax.toml` is written from.

use std::fmt::Write as _;

use tree_sitter::Parser;

use crate::Language;

/// Longer sources of nodes are left out.
const SHOWN: usize = 60;

/// One line per named node: its depth, field, kind and, where short, its source.
pub fn tree(text: &str, language: Language) -> String {
    let mut shown = String::new();
    let mut parser = Parser::new();
    let Some(grammar) = language.0.grammar else { return shown };
    if parser.set_language(&grammar()).is_err() {
        return shown;
    }
    let Some(tree) = parser.parse(text.as_bytes(), None) else { return shown };
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if node.is_named() {
            let indent = "  ".repeat(usize::try_from(cursor.depth()).unwrap_or_default());
            let field = cursor.field_name().map(|field| format!("{field}: ")).unwrap_or_default();
            let _ = write!(shown, "{indent}{field}{}", node.kind());
            let source = &text[node.byte_range()];
            if source.len() < SHOWN {
                let _ = write!(shown, " {source:?}");
            }
            shown.push('\n');
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return shown;
            }
        }
    }
}
