//! The words of tests, and patterns that stand for a class of codes.

use tree_sitter::Node;

use crate::Value;

/// The operands and operators of a test in the order they are written.
pub(super) fn flatten<'t>(node: Node<'t>, parts: &mut Vec<Node<'t>>) {
    let mut cursor = node.walk();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let children: Vec<Node<'t>> = node.children(&mut cursor).collect();
        let inner = matches!(
            node.kind(),
            "test_command"
                | "compound_statement"
                | "arithmetic_expansion"
                | "binary_expression"
                | "unary_expression"
                | "parenthesized_expression"
                | "ternary_expression"
        );
        if inner && !children.is_empty() {
            open.extend(children.into_iter().rev());
        } else {
            parts.push(node);
        }
    }
}

/// The class that a pattern of the shell is: `2*`, `4??`, `5[0-9][0-9]`.
pub(crate) fn class(pattern: &str) -> Option<Value> {
    let digit = *pattern.as_bytes().first()?;
    let rest = pattern.get(1..)?;
    let any = matches!(rest, "*" | "??" | "[0-9][0-9]" | "[0-9]*" | "[0-9]?");
    let class = statuslint_codes::Class::from_digit(digit.wrapping_sub(b'0'))?;
    any.then_some(Value::Class(class))
}
