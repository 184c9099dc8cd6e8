//! Symbols and atoms: `:not_found` is a status where a status stands, and a word elsewhere.

use statuslint_codes::{StatusCode, words};
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::{Candidate, Http, is_symbol};
use crate::names::Says;
use crate::subject::Subject;
use crate::syntax::Shape;
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value, value};

impl<'t> Document<'t> {
    /// The code that a library has that symbol for.
    pub(crate) fn symbol(&self, node: Node<'t>) -> Option<(StatusCode, &'static str)> {
        if self.facts.foreign || !self.is_symbol(node) {
            return None;
        }
        let name = value::unquote(self.text(node));
        let rows = self.tables.by_name.get(name)?.iter().map(|at| &self.tables.constants[*at]);
        rows.filter(|constant| constant.expression.strip_prefix(':') == Some(name))
            .map(|constant| (constant.code, constant.library))
            .next()
    }

    pub(crate) fn is_symbol(&self, node: Node<'t>) -> bool {
        self.shape(node) == Some(Shape::String) && is_symbol(node, self.text(node))
    }

    /// What a symbol is: judged as a string of its code would be, and nothing where it is only a
    /// word beside another.
    pub(crate) fn judge_symbol(&self, node: Node<'t>, code: StatusCode) -> Option<Verdict> {
        let candidate =
            Candidate { node, kind: Kind::String, value: Value::Code(code), implicit: false };
        self.judge(&candidate).filter(|verdict| {
            verdict.evidence == Evidence::Certain
                && !matches!(verdict.role, Role::Define | Role::Table | Role::Bound)
        })
    }

    /// How sure a subject makes a symbol: an order's `status` may be `:processing` or `:gone`.
    pub(crate) fn weigh_symbol(
        &self,
        subject: Subject,
        candidate: &Candidate<'t>,
    ) -> Option<Evidence> {
        let name = value::unquote(self.text(candidate.node));
        let distinct = words(name).len() > 1 || matches!(name, "forbidden" | "unauthorized");
        let told = match subject.says {
            Says::StatusCode => true,
            Says::Status => {
                let error = value::is_telling(candidate.value) && distinct;
                error && self.facts.http == Http::Imported
            }
            Says::Code | Says::Nothing => false,
        };
        told.then_some(Evidence::Certain)
    }
}
