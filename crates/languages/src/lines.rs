//! Status lines in strings: `"HTTP/1.1 404 Not Found\r\n"`.

use std::ops::Range;

use statuslint_codes::words;

use crate::document::Document;
use crate::facts::Candidate;
use crate::syntax::Shape;
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, value};

impl<'t> Document<'t> {
    /// A status line says by itself what it is; the call around it, what it is for.
    pub(crate) fn status_line(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        if candidate.kind != Kind::Line || self.shape(candidate.node) != Some(Shape::Text) {
            return None;
        }
        let call = self.ancestor(candidate.node, Shape::Call).and_then(|call| self.callee(call));
        let role = match call {
            Some(callee) if self.is_assertion(callee.name) => Role::Expect,
            Some(callee) if compares(callee.name) => Role::Compare,
            _ => Role::Emit,
        };
        Some(Verdict::new(role, Evidence::Certain))
    }

    /// The bytes of a candidate: of a text that goes on, only its status line.
    pub(crate) fn range_of(&self, candidate: &Candidate<'t>) -> Range<usize> {
        let range = self.written(candidate.node);
        if self.shape(candidate.node) == Some(Shape::Text)
            && let Some((_, length)) = value::opening_line(self.text(candidate.node))
        {
            return range.start..range.start + length;
        }
        range
    }
}

/// Whether a function's name says that it compares texts or looks for one: `strncmp`, `strstr`.
fn compares(name: &str) -> bool {
    let finds = |word: &str| {
        word.ends_with("cmp")
            || matches!(
                word,
                "strstr"
                    | "find"
                    | "contains"
                    | "starts"
                    | "compare"
                    | "match"
                    | "equal"
                    | "equals"
            )
    };
    words(name).iter().any(|word| finds(word))
}
