//! Rows of tables whose other rows tell: `X(401, DENIED, "Not authorized")` among
//! `X(404, NOT_FOUND, "Not Found")`.

use statuslint_codes::{StatusCode, code_of_name, words};
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::Candidate;
use crate::syntax::Shape;
use crate::value::{number, unquote};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value};

/// How many rows on either side are read.
const REACH: usize = 20;

/// A longer table is data.
const CROWD: usize = 512;

/// This many rows must have a code beside its name.
const AGREEING: usize = 3;

impl<'t> Document<'t> {
    /// A number where the rows around it have codes beside their names.
    pub(crate) fn among_rows(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let Value::Code(code) = candidate.value else { return None };
        let list = self.parent(candidate.node)?;
        let cells = self.shape(list).filter(|it| matches!(it, Shape::Arguments | Shape::List))?;
        let row = if cells == Shape::Arguments { self.parent(list)? } else { list };
        if candidate.kind != Kind::Number || self.facts.foreign || !code.is_valid() {
            return None;
        }
        let at = self.position(list, candidate.node)?;
        let above = self.parent(row)?;
        let alone = self.shape(above).is_none() && self.children(above).len() == 1;
        let unit = if alone { above } else { row };
        let table = self.parent(unit).filter(|table| table.named_child_count() <= CROWD)?;
        let rows = self.children(table);
        let here = rows.iter().position(|other| other.id() == unit.id())?;
        let (mut agreeing, mut all) = (0, 0);
        let near = rows[..here].iter().rev().take(REACH).chain(rows[here + 1..].iter().take(REACH));
        for other in near {
            let Some(agrees) = self.agrees(*other, row, at) else { continue };
            all += 1;
            agreeing += usize::from(agrees);
        }
        (agreeing >= AGREEING && 2 * agreeing >= all)
            .then(|| Verdict::new(Role::Table, Evidence::Certain))
    }

    /// Whether another row has a code at that place and its name beside it; `None` when it is no
    /// row of the same kind.
    fn agrees(&self, other: Node<'t>, row: Node<'t>, at: usize) -> Option<bool> {
        let other = match self.shape(other) {
            None => self.children(other).first().copied()?,
            Some(_) => other,
        };
        if self.shape(other) != self.shape(row) {
            return None;
        }
        let cells = if self.shape(row) == Some(Shape::Call) {
            let same = self.callee(other)?.name == self.callee(row)?.name;
            same.then(|| self.arguments(other))?
        } else {
            self.children(other)
        };
        let code = number(self.text(*cells.get(at)?))?;
        Some(cells.iter().any(|cell| self.names(*cell, code)))
    }

    /// Whether a cell holds the name of the code.
    fn names(&self, cell: Node<'t>, code: StatusCode) -> bool {
        let text = self.text(cell);
        let quoted = self.shape(cell) == Some(Shape::String);
        let text = if quoted { unquote(text) } else { text };
        text.len() < 60
            && (quoted || words(text).len() > 1)
            && code_of_name(text) == Some(code)
            && text.contains(|c: char| c.is_alphabetic())
    }
}
