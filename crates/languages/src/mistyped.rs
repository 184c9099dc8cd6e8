//! Comparisons that never hold because an API gives numbers and a text stands there, or the other
//! way around.

use tree_sitter::Node;

use crate::document::{Callee, Document, encloses, without_sign};
use crate::facts::Candidate;
use crate::syntax::{Part, Shape};
use crate::vocabulary::{Typed, Written};
use crate::{Kind, Role};

/// Levels between a status and the comparison it stands in.
const HEIGHT: usize = 5;

/// Levels between a status and the function whose parameter is compared with it.
const AROUND: usize = 40;

/// Assignments before a comparison that are looked at.
const ASSIGNMENTS: usize = 256;

/// What makes another thing of what was sent for.
const PARSED: &[&str] = &[".json(", ".data", "JSON.parse", ".body", ".then(", ".parsed"];

impl<'t> Document<'t> {
    /// Whether a candidate is compared, strictly, with what an API gives as another type.
    pub(crate) fn is_mistyped(&self, candidate: &Candidate<'t>, role: Role) -> bool {
        let strict = &self.language.0.file().strict;
        let other = match candidate.kind {
            Kind::String if !candidate.implicit => Written::Number,
            Kind::Number => Written::String,
            _ => return false,
        };
        if strict.is_empty()
            || !matches!(role, Role::Compare | Role::Branch | Role::Expect)
            || self.text(candidate.node).starts_with(':')
        {
            return false;
        }
        let is_strict = |written: &str| strict.iter().any(|word| word == written);
        self.beside_strictly(candidate.node, &is_strict)
            .is_some_and(|operand| self.gives(operand, candidate.node, 0) == Some(other))
    }

    /// What a node is compared with, when nothing is converted for that.
    fn beside_strictly(
        &self,
        node: Node<'t>,
        is_strict: &dyn Fn(&str) -> bool,
    ) -> Option<Node<'t>> {
        let mut inner = node;
        for up in self.ancestors(node).take(HEIGHT) {
            match self.shape(up) {
                Some(Shape::Through | Shape::List | Shape::Arguments) => {}
                Some(Shape::Binary) => {
                    let mut beside = self.neighbours(up, inner).into_iter();
                    return beside.find(|it| is_strict(it.operator)).map(|it| it.operand);
                }
                Some(Shape::Case) => {
                    let switch = self.ancestors(up).take(HEIGHT).find(|up| {
                        matches!(
                            self.shape(*up),
                            Some(Shape::Switch | Shape::Function | Shape::Lambda)
                        )
                    })?;
                    let word = if up.kind().starts_with("match") { "match" } else { "switch" };
                    let subject = self.part(switch, Part::Subject)?;
                    return (is_strict(word) && self.shape(switch) == Some(Shape::Switch))
                        .then_some(subject);
                }
                // `(= "404" (:status response))`
                Some(Shape::Call) if self.is_prefix(up) => {
                    let called = self.callee(up)?.name;
                    let [left, right] = self.arguments(up)[..] else { return None };
                    let other = if left.id() == inner.id() { right } else { left };
                    return is_strict(called).then_some(other);
                }
                // `["404"].includes(response.status)`
                Some(Shape::Member | Shape::Call) => {
                    let call =
                        if self.shape(up) == Some(Shape::Call) { up } else { self.parent(up)? };
                    let Callee { name, receiver } = self.callee(call)?;
                    let holds = receiver.is_some_and(|list| list.id() == inner.id());
                    // `assert.Equal(t, "404", response.StatusCode)`
                    if !holds && is_strict(name) && self.tables.vocabulary.is_assertion(name) {
                        let arguments = self.arguments(call).into_iter();
                        let mut pair = arguments.filter(|it| !self.is_reporter(*it)).take(2);
                        return pair.find(|it| !encloses(*it, node));
                    }
                    let first = self.arguments(call).into_iter().next();
                    // `response.statusCode().equals("404")`, `Objects.equals(status, "404")`
                    if !holds && is_strict(name) && self.tables.vocabulary.is_equality(name) {
                        let other = first.filter(|first| !encloses(*first, node));
                        return other.or(receiver);
                    }
                    return first.filter(|_| holds && is_strict(name));
                }
                _ => return None,
            }
            inner = up;
        }
        None
    }

    /// As what an API gives the value of an expression, which stands beside a candidate.
    fn gives(&self, node: Node<'t>, beside: Node<'t>, depth: usize) -> Option<Written> {
        let (name, object) = match self.shape(node) {
            Some(Shape::Index) if self.tables.syntax.is_prefixed() => {
                (self.part(node, Part::Name)?, self.part(node, Part::Object)?)
            }
            Some(Shape::Member) => (self.part(node, Part::Name)?, self.part(node, Part::Object)?),
            Some(Shape::Through) if depth < HEIGHT => {
                let children = self.children(node);
                let [only] = children.as_slice() else { return None };
                let plain = self.text(node).starts_with('(');
                return plain.then(|| self.gives(*only, beside, depth + 1)).flatten();
            }
            Some(Shape::Call) if self.arguments(node).is_empty() => {
                let callee = self.callee(node)?;
                return self.told_by(callee.name, callee.receiver?, beside);
            }
            _ => return None,
        };
        self.told_by(without_sign(self.text(name)), object, beside)
    }

    fn told_by(&self, name: &str, object: Node<'t>, beside: Node<'t>) -> Option<Written> {
        let typed = self.tables.vocabulary.typed(name);
        typed.iter().find(|typed| self.is_typed(typed, object, beside)).map(|typed| typed.gives)
    }

    fn is_typed(&self, typed: &Typed, object: Node<'t>, beside: Node<'t>) -> bool {
        let text = self.text(object);
        let last = self.last_name(object);
        let on = typed.on.is_empty()
            || typed.on.iter().any(|on| {
                if on.contains('.') { on == text } else { on.eq_ignore_ascii_case(last) }
            });
        on && self.is_imported(&typed.api)
            && (typed.from.is_empty()
                || self.origin(object, beside).is_some_and(|made| {
                    typed.from.iter().any(|from| made.contains(from.as_str()))
                        && !PARSED.iter().any(|other| made.contains(other))
                }))
    }

    /// The expression that made what a name stands for: what it was last given before, or what
    /// its function is called on, as in `fetch(url).then((response) => …)`.
    fn origin(&self, object: Node<'t>, beside: Node<'t>) -> Option<&'t str> {
        let name = without_sign(self.text(object));
        for up in self.ancestors(beside).take(AROUND) {
            if self.shape(up) != Some(Shape::Lambda) {
                continue;
            }
            let takes = self.parameters(up).contains(&name);
            if takes {
                let call = self.ancestor(up, Shape::Call)?;
                return self.callee(call)?.receiver.map(|receiver| self.text(receiver));
            }
        }
        let end = self
            .facts
            .relations
            .partition_point(|relation| relation.node.start_byte() < object.start_byte());
        let before = self.facts.relations[..end].iter().rev().take(ASSIGNMENTS);
        before
            .map(|relation| relation.node)
            .filter(|node| self.shape(*node) == Some(Shape::Assign))
            .find_map(|node| {
                let named = self.text(self.part(node, Part::Name)?);
                (without_sign(named) == name).then(|| self.part(node, Part::Value)).flatten()
            })
            .map(|value| self.text(value))
    }
}
