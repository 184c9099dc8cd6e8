//! Names a code is given other than by a number: those of classes, and of constants for constants.

use statuslint_codes::{code_of_name, words};
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::Candidate;
use crate::folder::last_name;
use crate::names::{Says, says};
use crate::syntax::{Part, Shape};
use crate::{Kind, Name, Role, Value, value};

/// How far above a code the class that it is the code of stands.
const HEIGHT: usize = 16;

/// More members than this are data.
const CROWD: usize = 128;

impl<'t> Document<'t> {
    /// `class NotFoundError extends HttpError { status = 404 }`: the class the code is given to.
    pub(crate) fn class_named(&self, candidate: &Candidate<'t>, role: Role) -> Option<Name> {
        if !matches!(role, Role::Emit | Role::Define) || self.facts.foreign {
            return None;
        }
        let mut own = false;
        for up in self.ancestors(candidate.node).take(HEIGHT) {
            match self.shape(up) {
                Some(Shape::Call) => {
                    // `super(404, message)`, `parent::__construct($message, 404)`
                    let called = self.callee(up)?.name;
                    if !matches!(called, "super" | "base" | "__init__" | "__construct") {
                        return None;
                    }
                    own = true;
                }
                Some(Shape::Assign | Shape::Define | Shape::Parameter) if !own => {
                    let target = self.part(up, Part::Name)?;
                    let own_field = match self.shape(target) {
                        Some(Shape::Member) => self
                            .part(target, Part::Object)
                            .is_some_and(|it| matches!(self.text(it), "self" | "this" | "$this")),
                        Some(Shape::Index) => return None,
                        _ => self.is_class_field(up),
                    };
                    let name = self.last_name(target).to_lowercase();
                    own = own_field && (name.ends_with("code") || name.ends_with("status"));
                    if !own {
                        return None;
                    }
                }
                Some(Shape::Choice | Shape::Case | Shape::Switch | Shape::Return | Shape::Map) => {
                    return None;
                }
                Some(Shape::Class) if own => {
                    return self.failing_class(up).filter(|name| !is_general(candidate, name));
                }
                Some(Shape::Class | Shape::Lambda) => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether what is given a value is a field of a class, or a parameter of what makes one.
    fn is_class_field(&self, item: Node<'t>) -> bool {
        for up in self.ancestors(item).take(6) {
            match self.shape(up) {
                Some(Shape::Class) => return true,
                Some(Shape::Function) => {
                    return self.part(up, Part::Name).is_some_and(|name| {
                        matches!(self.text(name), "constructor" | "__init__" | "__construct")
                    });
                }
                Some(Shape::Lambda) => return false,
                _ => {}
            }
        }
        false
    }

    /// The name of a class, where it is that of a failure or speaks of HTTP.
    fn failing_class(&self, class: Node<'t>) -> Option<Name> {
        let name = self.part(class, Part::Name).filter(|name| name.byte_range().len() < 80)?;
        let text = self.text(name);
        // `NotModifiedException`: as an error it is no name of a code.
        let failure = text.strip_suffix("Exception").or_else(|| text.strip_suffix("Error"));
        let plain = failure.filter(|it| words(it).len() > 1).and_then(code_of_name);
        code_of_name(text).or(plain)?;
        let head = self.text(class);
        let end = head.find(['{', '\n']).unwrap_or(head.len()).min(400);
        let head = words(head.get(..end)?);
        let fails = |word: &String| {
            matches!(word.as_str(), "error" | "exception" | "http" | "https" | "err" | "status")
        };
        head.iter().any(fails).then(|| Name {
            text: text.to_owned(),
            range: name.byte_range(),
            judged: true,
        })
    }

    /// `NOT_FOUND = HTTPStatus.NOT_FOUND` among others of its kind: the name given to a constant.
    pub(crate) fn name_of_constant(&self, candidate: &Candidate<'t>) -> Option<Name> {
        let Value::Code(code) = candidate.value else { return None };
        if candidate.kind != Kind::Name {
            return None;
        }
        let item = self.ancestors(candidate.node).take(4).find(|up| {
            !matches!(
                self.shape(*up),
                Some(Shape::Member | Shape::Path | Shape::Through | Shape::Module | Shape::List)
            )
        })?;
        let kind = self.shape(item);
        if !matches!(kind, Some(Shape::Assign | Shape::Define | Shape::Pair)) {
            return None;
        }
        let name = self.part(item, Part::Name).filter(|name| name.byte_range().len() < 80)?;
        let text = value::unquote(self.text(name));
        if name.end_byte() > candidate.node.start_byte() || code_of_name(text)? == code {
            return None;
        }
        let container = self
            .ancestors(item)
            .take(4)
            .find(|up| matches!(self.shape(*up), Some(Shape::Class | Shape::Map)))?;
        let held = match self.shape(container) {
            Some(Shape::Map) => self.holder(container),
            _ => self.part(container, Part::Name).map_or("", |name| self.text(name)),
        };
        let mut unit = item;
        let alone = |above: &Node<'t>| *above != container && above.named_child_count() == 1;
        while let Some(above) = self.parent(unit).filter(alone) {
            unit = above;
        }
        let beside = self.children(self.parent(unit)?);
        let agrees = |other: &Node<'t>| {
            let other = self.held_alone(*other, kind);
            let part = |part| self.part(other, part).map(|it| self.text(it));
            let (Some(name), Some(said)) = (part(Part::Name), part(Part::Value)) else {
                return false;
            };
            let name = code_of_name(value::unquote(name));
            said.len() < 120 && name.is_some() && name == code_of_name(last_name(said))
        };
        let judged = says(held) >= Says::StatusCode
            || (beside.len() <= CROWD && beside.iter().filter(|it| **it != unit).any(agrees));
        judged.then(|| Name { text: text.to_owned(), range: name.byte_range(), judged })
    }

    /// What of that shape a node is alone around.
    fn held_alone(&self, mut node: Node<'t>, shape: Option<Shape>) -> Node<'t> {
        while self.shape(node) != shape
            && node.named_child_count() == 1
            && let Some(inner) = node.named_child(0)
        {
            node = inner;
        }
        node
    }
}

/// Whether the code is the general one of the class that the name's is of: interfaces answer 400 for
/// a `NotFoundException` on purpose, as RFC 9110 section 15 lets clients treat any 4xx.
fn is_general(candidate: &Candidate<'_>, name: &Name) -> bool {
    let Value::Code(code) = candidate.value else { return false };
    let failure = name.text.strip_suffix("Exception").unwrap_or(&name.text);
    let meant = code_of_name(&name.text).or_else(|| code_of_name(failure));
    code.get() % 100 == 0 && meant.is_some_and(|meant| meant.class() == code.class())
}
