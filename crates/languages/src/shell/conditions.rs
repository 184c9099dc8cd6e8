//! What the tests of a shell script ask of statuses: tests, lists of them, and the arms of `case`.

use std::ops::Range;

use tree_sitter::Node;

use crate::logic::{self, LogicDialect};
use crate::shell::{Finder, class};
use crate::{Arm, Branches, BranchesKind, Condition, Test, Value, value};

/// Tests in one list, and lists within lists: more are no condition that somebody reads.
const MOST: usize = 64;
const DEEPEST: usize = 8;

impl<'t> Finder<'_, 't> {
    /// Notes the condition that begins here, unless it is a part of one that was noted.
    pub(crate) fn note_condition(&mut self, node: Node<'t>) {
        if node.start_byte() < self.judged {
            return;
        }
        let kind = node.kind();
        let tests = kind == "command"
            && node.child_by_field_name("name").is_some_and(|name| self.text(name) == "test");
        if kind == "command" && !tests {
            return;
        }
        self.judged = node.end_byte();
        let condition = self.condition(node, 0);
        self.conditions.extend(Some(condition).filter(|it| it.test != Test::Other));
    }

    /// What a test, a negated one or a list of them asks.
    fn condition(&self, node: Node<'t>, depth: usize) -> Condition {
        let other = || Condition { range: node.byte_range(), test: Test::Other };
        if depth > DEEPEST {
            return other();
        }
        match node.kind() {
            "list" => self.list(node, depth).unwrap_or_else(other),
            "negated_command" => {
                let Some(inner) = node.named_child(0) else { return other() };
                let inner = self.condition(inner, depth + 1);
                Condition { range: node.byte_range(), test: Test::Not(Box::new(inner)) }
            }
            "test_command" | "compound_statement" | "arithmetic_expansion" => {
                match self.asked(node.byte_range()) {
                    Some(asked) => Condition { range: node.byte_range(), ..asked },
                    None => other(),
                }
            }
            "command" => {
                let asked = self.text(node).strip_prefix("test ").and_then(|rest| {
                    let start = node.end_byte() - rest.len();
                    let range = start..node.end_byte();
                    logic::condition(self.document.text, range, LogicDialect::Shell)
                });
                asked.unwrap_or_else(other)
            }
            _ => other(),
        }
    }

    /// What stands between the brackets of a test.
    fn asked(&self, range: Range<usize>) -> Option<Condition> {
        const BRACKETS: [(&str, &str); 4] = [("[[", "]]"), ("((", "))"), ("$((", "))"), ("[", "]")];
        let text = &self.document.text[range.clone()];
        let inner = BRACKETS
            .iter()
            .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))?;
        let open = text.find(inner)?;
        let inner = range.start + open..range.start + open + inner.len();
        logic::condition(self.document.text, inner, LogicDialect::Shell)
    }

    /// `a && b || c`: neither binds tighter, and the grammar nests the left one.
    fn list(&self, list: Node<'t>, depth: usize) -> Option<Condition> {
        let (mut node, mut rights) = (list, Vec::new());
        while node.kind() == "list" {
            let (left, operator, right) = (node.child(0)?, node.child(1)?, node.child(2)?);
            if rights.len() == MOST {
                return None;
            }
            rights.push((operator.kind(), self.condition(right, depth + 1)));
            node = left;
        }
        let mut whole = self.condition(node, depth + 1);
        for (operator, right) in rights.into_iter().rev() {
            let range = whole.range.start..right.range.end;
            let test = match (operator, whole.test) {
                ("&&", Test::And(mut parts)) => {
                    parts.push(right);
                    Test::And(parts)
                }
                ("||", Test::Or(mut parts)) => {
                    parts.push(right);
                    Test::Or(parts)
                }
                ("&&", test) => Test::And(vec![Condition { range: whole.range, test }, right]),
                ("||", test) => Test::Or(vec![Condition { range: whole.range, test }, right]),
                _ => return None,
            };
            whole = Condition { range, test };
        }
        Some(whole)
    }

    /// `if …; then …; elif …; then …; fi`
    pub(crate) fn chain(&mut self, node: Node<'t>) {
        let mut cursor = node.walk();
        let clauses = node.named_children(&mut cursor).filter(|it| it.kind() == "elif_clause");
        let mut asked = vec![node.child_by_field_name("condition")];
        asked.extend(clauses.map(|clause| clause.named_child(0)));
        if asked.len() < 2 || asked.len() > MOST {
            return;
        }
        let arms = asked.into_iter().flatten().map(|asked| Arm {
            condition: self.condition(asked, 0),
            guarded: false,
            falls_through: false,
        });
        let arms = arms.collect();
        self.branches.push(Branches { range: node.byte_range(), kind: BranchesKind::Chain, arms });
    }

    /// The arms of `case "$code" in 200|201) …;; esac`
    pub(crate) fn arms(&mut self, node: Node<'t>, items: &[Node<'t>]) {
        let Some(subject) = node.child_by_field_name("value") else { return };
        let operand = logic::named(self.text(subject), LogicDialect::Shell);
        let mut arms = Vec::new();
        for item in items {
            let mut cursor = item.walk();
            let patterns: Vec<Node<'t>> =
                item.children_by_field_name("value", &mut cursor).collect();
            let (Some(first), Some(last)) = (patterns.first(), patterns.last()) else { continue };
            let range = first.start_byte()..last.end_byte();
            let values: Option<Vec<(Value, Range<usize>)>> = patterns
                .iter()
                .map(|pattern| {
                    let bare = value::unquote(self.text(*pattern));
                    let value = value::string(bare).or_else(|| class(bare))?;
                    Some((value, pattern.byte_range()))
                })
                .collect();
            let source = self.text(*item).trim_end();
            let test = values.map_or(Test::Other, |values| logic::asks(&operand, &values));
            // `200|299)` may be meant as a range.
            if patterns.len() == 2 && matches!(test, Test::In(_)) {
                self.conditions.push(Condition { range: range.clone(), test: test.clone() });
            }
            arms.push(Arm {
                condition: Condition { range, test },
                // The arms after `;;&` are asked too.
                guarded: source.ends_with(";;&"),
                falls_through: source.ends_with(";&") && !source.ends_with(";;&"),
            });
        }
        self.branches.push(Branches { range: node.byte_range(), kind: BranchesKind::Switch, arms });
    }
}
