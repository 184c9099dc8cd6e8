//! Conditions as Lisp writes them: `(and (>= status 200) (< status 300))`.

use tree_sitter::Node;

use super::joined;
use super::signs::Sign;
use crate::document::Document;
use crate::{Condition, Test};

impl<'t> Document<'t> {
    /// The sign that a list begins with, where that is how the language writes conditions.
    pub(super) fn prefix_sign(&self, list: Node<'t>) -> Option<Sign> {
        if !self.tables.syntax.is_prefixed() || list.child(0)?.kind() != "(" {
            return None;
        }
        let head = list.named_child(0)?;
        let sign = self.tables.signs.sign(self.text(head))?;
        (!matches!(sign, Sign::Is | Sign::In)).then_some(sign)
    }

    /// What such a list asks.
    pub(super) fn prefixed(&self, list: Node<'t>, sign: Sign, depth: usize) -> Test {
        let children = self.children(list);
        let operands = children.get(1..).unwrap_or_default();
        match sign {
            Sign::And | Sign::Or => {
                let parts = operands.iter().map(|part| self.operand_condition(*part, depth));
                joined(sign == Sign::Or, parts.collect())
            }
            Sign::Not => match operands {
                [only] => match self.lowered(*only, depth) {
                    Condition { test: Test::Other, .. } => Test::Other,
                    inner => Test::Not(Box::new(inner)),
                },
                _ => Test::Other,
            },
            _ => match operands {
                [left, right] => self.compared_by(*left, sign, *right, depth),
                [_, _, _] if sign != Sign::NotEqual => {
                    let pairs = operands.windows(2).map(|pair| Condition {
                        range: pair[0].start_byte()..pair[1].end_byte(),
                        test: self.compared_by(pair[0], sign, pair[1], depth),
                    });
                    Test::And(pairs.collect())
                }
                _ => Test::Other,
            },
        }
    }
}
