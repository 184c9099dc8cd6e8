//! Named codes of the libraries: `StatusCode::NOT_FOUND`, `http.StatusNotFound`, `HTTPNotFound`.

use statuslint_codes::StatusCode;
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::starts_with_path;
use crate::imports::modules;
use crate::names::{Says, says};
use crate::syntax::{Part, Shape};
use crate::{Constant, folder};

impl<'t> Document<'t> {
    /// The whole expression that a name ends, and the code a library gives it.
    pub(crate) fn constant(&self, name: Node<'t>) -> Option<(Node<'t>, StatusCode, &'static str)> {
        let whole = match name.parent() {
            Some(parent) if self.shape(parent) == Some(Shape::Member) => {
                if self.part(parent, Part::Name)?.id() != name.id() {
                    return None;
                }
                parent
            }
            Some(parent) if self.defines(parent, name) => return None,
            _ => name,
        };
        if std::iter::successors(whole.parent(), Node::parent)
            .take(8)
            .any(|up| self.shape(up) == Some(Shape::Import))
        {
            return None;
        }
        let text = &self.text[self.written(whole)];
        let rows = self.tables.by_name.get(self.text(name))?;
        rows.iter().map(|at| &self.tables.constants[*at]).find_map(|constant| {
            self.is_constant(text, constant).then_some((whole, constant.code, constant.library))
        })
    }

    /// The bytes of a name; among unparsed tokens with the path before it.
    pub(crate) fn written(&self, name: Node<'t>) -> std::ops::Range<usize> {
        let mut start = name;
        if name.parent().and_then(|parent| self.shape(parent)) == Some(Shape::Tokens) {
            while let Some(colons) = start.prev_sibling().filter(|node| self.text(*node) == "::")
                && let Some(before) = colons.prev_sibling()
            {
                start = before;
            }
        }
        start.start_byte()..name.end_byte()
    }

    /// Whether the name is what this node defines, declares or labels.
    fn defines(&self, parent: Node<'t>, name: Node<'t>) -> bool {
        match self.shape(parent) {
            Some(
                Shape::Assign
                | Shape::Define
                | Shape::Parameter
                | Shape::Keyword
                | Shape::Pair
                | Shape::Class
                | Shape::Function,
            ) => self.is_in_part(parent, Part::Name, name),
            _ => false,
        }
    }

    fn is_constant(&self, text: &str, constant: &Constant) -> bool {
        let Some(rest) = text.strip_suffix(constant.expression) else { return false };
        if !(rest.is_empty() || rest.ends_with(['.', ':'])) {
            return false;
        }
        let proven = modules(constant.import).iter().any(|module| {
            let library = module.split(['/', ':']).next().unwrap_or(module);
            self.facts.imports.iter().any(|import| {
                starts_with_path(import, module)
                    || starts_with_path(import, library)
                    || starts_with_path(module, import)
            })
        });
        let (container, last) = match constant.expression.rfind(['.', ':']) {
            Some(at) => (&constant.expression[..at], folder::last_name(constant.expression)),
            None => ("", constant.expression),
        };
        let container = container.trim_end_matches(':');
        // `StatusCode::NOT_FOUND`, `http.StatusNotFound` and `HTTP_404_NOT_FOUND` tell by themselves.
        let tells = says(folder::last_name(container)) >= Says::StatusCode
            || (says(container) >= Says::Status
                && last.chars().any(char::is_uppercase)
                && last.starts_with("HTTP_"))
            || (container.starts_with("http") && last.starts_with("Status"))
            || matches!(container, "HttpStatus" | "HTTPStatus");
        proven || (tells && !self.facts.foreign)
    }
}
