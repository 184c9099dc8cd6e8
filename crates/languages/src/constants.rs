//! Named codes of the libraries: `StatusCode::NOT_FOUND`, `http.StatusNotFound`, `HTTPNotFound`.

use std::collections::BTreeSet;

use statuslint_codes::{StatusCode, digits_in_name};
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::Http;
use crate::imports::modules;
use crate::imports::starts_with_path;
use crate::names::{Says, is_response, says};
use crate::syntax::{Part, Shape};
use crate::{Constant, folder};

/// A name of a code.
pub(crate) struct Named<'t> {
    /// The whole expression.
    pub(crate) node: Node<'t>,
    pub(crate) code: StatusCode,
    pub(crate) library: &'static str,
    /// Whether its type is left out: `.notFound`.
    pub(crate) implicit: bool,
}

impl<'t> Document<'t> {
    /// The whole expression that a name ends, and the code a library gives it.
    pub(crate) fn constant(&self, name: Node<'t>) -> Option<Named<'t>> {
        if let Some(parent) = self.parent(name)
            && self.text(parent).strip_prefix('.') == Some(self.text(name))
        {
            return self.implicit(parent, self.text(name));
        }
        let whole = match self.parent(name) {
            Some(parent) if self.shape(parent) == Some(Shape::Member) => {
                if self.part(parent, Part::Name)?.id() != name.id() {
                    return None;
                }
                self.outermost(parent, name)
            }
            // A pattern may be a path without a node of its own.
            Some(path)
                if matches!(self.shape(path), Some(Shape::Path | Shape::Module | Shape::Case)) =>
            {
                if path.end_byte() != name.end_byte() {
                    return None;
                }
                path
            }
            Some(parent) if self.defines(parent, name) || self.is_type(parent) => return None,
            _ => name,
        };
        if self.ancestors(whole).take(8).any(|up| self.shape(up) == Some(Shape::Import)) {
            return None;
        }
        let text = &self.text[self.written(whole)];
        let rows = self.tables.by_name.get(folder::last_name(self.text(name)))?;
        let fitting = || {
            rows.iter()
                .map(|at| &self.tables.constants[*at])
                .filter(|constant| fits(text, constant))
        };
        let by_member = || rows.iter().map(|at| &self.tables.constants[*at]);
        let constant = fitting()
            .find(|constant| constant.is_imported(&self.facts.imports))
            .or_else(|| {
                by_member().find(|constant| constant.is_member_imported(text, &self.facts.imports))
            })
            .or_else(|| fitting().find(|constant| !self.facts.foreign && tells(constant)))
            .or_else(|| {
                // `Net::HTTPNotFound` names its library.
                let module = self.shape(whole) == Some(Shape::Module);
                fitting().find(|constant| module && text == constant.expression)
            })
            .or_else(|| {
                let mut within = rows.iter().map(|at| &self.tables.constants[*at]);
                within.find(|constant| {
                    let numbered = digits_in_name(text) == Some(constant.code);
                    let whole = fits(text, constant) && numbered && self.facts.http > Http::No;
                    whole
                        || (is_within(text, constant)
                            && (numbered || constant.is_imported(&self.facts.imports)))
                })
            })?;
        Some(Named { node: whole, code: constant.code, library: constant.library, implicit: false })
    }

    /// `.notFound`, in a document that imports a library which has that name for a code.
    fn implicit(&self, whole: Node<'t>, name: &str) -> Option<Named<'t>> {
        // gRPC has codes of its own with the same names.
        let other = self.facts.imports.iter().any(|import| import.starts_with("GRPC"));
        let imported = self.facts.http == Http::Imported && !other;
        let rows = self.tables.by_name.get(name).filter(|_| imported)?;
        let constant = &self.tables.constants[*rows.first()?];
        let Constant { code, library, .. } = *constant;
        Some(Named { node: whole, code, library, implicit: true })
    }

    /// The whole of a path whose links nest to the right: `a::b::NAME` in C++.
    fn outermost(&self, link: Node<'t>, name: Node<'t>) -> Node<'t> {
        let is_longer = |node: &Node<'t>| {
            self.shape(*node) == Some(Shape::Member)
                && self.part(*node, Part::Name).is_some_and(|last| last.id() == name.id())
        };
        self.ancestors(link).take_while(is_longer).last().unwrap_or(link)
    }

    /// The bytes of a name; among unparsed tokens with the path before it.
    pub(crate) fn written(&self, name: Node<'t>) -> std::ops::Range<usize> {
        let mut start = name;
        if self.parent(name).and_then(|parent| self.shape(parent)) == Some(Shape::Tokens) {
            while let Some(colons) = start.prev_sibling().filter(|node| self.text(*node) == "::")
                && let Some(before) = colons.prev_sibling()
            {
                start = before;
            }
        }
        start.start_byte()..name.end_byte()
    }

    /// Whether a node is the type of a parameter or of what a function returns.
    fn is_type(&self, node: Node<'t>) -> bool {
        self.shape(node) == Some(Shape::Type)
            && self.parent(node).is_some_and(|up| {
                matches!(self.shape(up), Some(Shape::Parameter | Shape::Function))
            })
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
}

impl Constant {
    /// Whether a document with these imports has what the constant needs: its module, one within
    /// it, or one around it.
    pub fn is_imported(&self, imports: &BTreeSet<String>) -> bool {
        modules(self.import).iter().any(|module| {
            // `axum::http` is of `axum`, while `dart:io` and `package:shelf` are whole names.
            let library = module.split(['/', '\\']).next().unwrap_or(module);
            let library = library.split("::").next().unwrap_or(library);
            imports.iter().any(|import| {
                let import = import.trim_end_matches(".*").trim_end_matches("._");
                starts_with_path(import, module)
                    || starts_with_path(import, library)
                    || starts_with_path(module, import)
            })
        })
    }
}

impl Constant {
    /// Whether a document with these imports means this constant by a text that leaves out what it
    /// is a member of: `NOT_FOUND` after `import static org.springframework.http.HttpStatus.NOT_FOUND`,
    /// `Status.GONE` after `import jakarta.ws.rs.core.Response.Status`.
    fn is_member_imported(&self, text: &str, imports: &BTreeSet<String>) -> bool {
        let modules = modules(self.import);
        let [module] = modules.as_slice() else { return false };
        let (outer, inner) = self.expression.split_once('.').unwrap_or((self.expression, ""));
        if inner.is_empty() || !module.ends_with(outer) {
            return false;
        }
        let full = format!("{module}.{inner}");
        let Some(around) = full.strip_suffix(text).and_then(|rest| rest.strip_suffix('.')) else {
            return false;
        };
        let first = text.split('.').next().unwrap_or(text);
        imports.iter().any(|import| {
            // What belongs to a class of Kotlin is in its companion.
            let import = import.replace(".Companion", "");
            import
                .strip_prefix(around)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| rest == first || rest == "*" || rest == "_")
        })
    }
}

/// Whether an expression is the constant's, whatever path stands before it.
fn fits(text: &str, constant: &Constant) -> bool {
    text.strip_suffix(constant.expression).is_some_and(|rest| {
        rest.is_empty() || rest.ends_with(['.', ':', '\\', '/']) || is_own_response(rest, constant)
    })
}

/// `JsonResponse::HTTP_OK`: what extends a response has its constants.
fn is_own_response(before: &str, constant: &Constant) -> bool {
    before.ends_with(|c: char| c.is_ascii_lowercase())
        && constant.expression.starts_with("Response::HTTP_")
}

/// Whether a text is the constant's without the namespaces before it, and more than one word of
/// everyday: `HTTPResponse::HTTP_OK`, `k404NotFound`.
fn is_within(text: &str, constant: &Constant) -> bool {
    let numbered = text.contains(|c: char| c.is_ascii_digit());
    constant.expression.strip_suffix(text).is_some_and(|rest| rest.ends_with("::"))
        && (text.contains("::") || text.starts_with("HTTP_") || numbered)
}

/// Whether a constant tells by itself that it is a status, without an import to prove it:
/// `StatusCode::NOT_FOUND`, `http.StatusNotFound`, `status.HTTP_404_NOT_FOUND`.
fn tells(constant: &Constant) -> bool {
    let last = folder::last_name(constant.expression);
    let container = constant.expression.strip_suffix(last).unwrap_or_default();
    let container = container.trim_end_matches(['.', ':']);
    let container = container.trim_end_matches("Interface");
    // `SOUP_STATUS_NOT_FOUND`: the library, the trade and the name.
    let prefixed = container.is_empty()
        && last.split('_').count() > 3
        && last.split('_').nth(1).is_some_and(|word| matches!(word, "HTTP" | "STATUS"));
    if prefixed {
        return true;
    }
    says(folder::last_name(container)) >= Says::StatusCode
        // What is there without an import: `ngx.HTTP_OK`.
        || (constant.import == container && !container.is_empty())
        || (is_response(container) && last.starts_with("HTTP_"))
        || (says(container) >= Says::Status && last.starts_with("HTTP_"))
        || (container.starts_with("http") && last.starts_with("Status"))
        || matches!(container, "HttpStatus" | "HTTPStatus")
}
