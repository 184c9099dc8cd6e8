//! How damaged a text is: what fixing compares before it writes.

use std::borrow::Cow;

use tree_sitter::{Parser, Tree};

use crate::Language;
use crate::embedded::{markdown, markup, requests};
use crate::folder::Reader;
use crate::regions::regions;
use crate::usage::{DEEPEST, call_macros};

/// How many syntax errors a text has, those of the code within it included.
///
/// A language without a grammar has none, and grammars do not know all of the newest syntax: the
/// number tells something only beside that of another version of the same text.
pub fn syntax_errors(text: &str, language: Language) -> usize {
    count(text, language, DEEPEST)
}

fn count(text: &str, language: Language, depth: usize) -> usize {
    let found = match language.0.file().reader {
        Reader::Directives => return 0,
        Reader::Code | Reader::Shell | Reader::Blocks => return errors(text, language),
        Reader::Document => {
            return regions(text).into_iter().map(|range| errors(&text[range], language)).sum();
        }
        Reader::Markup => markup::read(text, language),
        Reader::Markdown => markdown::read(text),
        Reader::Requests => requests::read(text),
    };
    if depth == 0 {
        return 0;
    }
    found.excerpts.iter().map(|excerpt| count(&excerpt.text, excerpt.language, depth - 1)).sum()
}

fn errors(text: &str, language: Language) -> usize {
    let mut parser = Parser::new();
    let Some(grammar) = &language.0.tables().grammar else { return 0 };
    if parser.set_language(grammar).is_err() {
        return 0;
    }
    let macros = language.0.file().macros;
    let source = if macros { call_macros(text) } else { Cow::Borrowed(text) };
    parser.parse(source.as_bytes(), None).map_or(0, |tree| errors_of(&tree))
}

/// Counts the nodes that are errors or that the parser made up, going only where there are some.
fn errors_of(tree: &Tree) -> usize {
    let mut cursor = tree.walk();
    let mut count = 0;
    loop {
        let node = cursor.node();
        count += usize::from(node.is_error() || node.is_missing());
        if node.has_error() && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return count;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::syntax_errors;
    use crate::Language;

    #[test]
    fn errors_are_counted_where_they_are() {
        let cases = [
            ("python", "f(404)\n", "f(404\n"),
            ("rust", "fn f() { assert_eq!(a, 404); }", "fn f() { assert_eq!(a, 404; }"),
            ("go", "package a\nfunc f() {}\n", "package a\nfunc f( {}\n"),
            ("json", "{\"a\": 404}", "{\"a\" 404,,}"),
            ("markdown", "# a (\n```python\nf(404)\n```\n", "# a\n```python\nf(404\n```\n"),
            ("vue", "<script>\nf(404)\n</script>", "<script>\nf(404\n</script>"),
        ];
        for (id, sound, damaged) in cases {
            let language = Language::from_id(id).unwrap();
            assert_eq!(syntax_errors(sound, language), 0, "{sound}");
            assert!(syntax_errors(damaged, language) > 0, "{damaged}");
        }
    }

    #[test]
    fn what_has_no_grammar_has_no_errors() {
        let language = Language::from_id("nginx").unwrap();
        assert_eq!(syntax_errors("return 404 {{{", language), 0);
    }
}
