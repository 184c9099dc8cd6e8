//! The functions of a document: what they are called, what they take, what they are given to.

use std::ops::Range;

use tree_sitter::Node;

use crate::climb::Way;
use crate::document::{Callee, Document, encloses, without_sign};
use crate::facts::Candidate;
use crate::folder::last_name;
use crate::names::expects;
use crate::syntax::{Part, Shape, Syntax};
use crate::verdict::Verdict;
use crate::{Argument, Evidence, Role, value};

/// Lists of parameters within lists: optional ones in Dart.
const NESTED: usize = 2;

/// A function of the document and its parameters' names, in order.
pub(crate) struct Function<'t> {
    pub(crate) name: &'t str,
    pub(crate) parameters: Vec<&'t str>,
    pub(crate) range: Range<usize>,
}

impl<'t> Function<'t> {
    /// The function a node is, when something names it.
    pub(crate) fn read(
        node: Node<'t>,
        above: &[Node<'t>],
        text: &'t str,
        syntax: &Syntax,
    ) -> Option<Self> {
        let parameters = parameters(node, text, syntax)?;
        let shown = |node: &Node<'t>| syntax.shape(*node) != Some(Shape::Hidden);
        let above = above.iter().rev().copied().filter(shown);
        let name = name(node, above, text, syntax)?;
        Some(Self { name, parameters, range: node.byte_range() })
    }

    /// The parameters that a call gives: without the object a method is called on.
    pub(crate) fn given(&self) -> &[&'t str] {
        let is_self =
            |name: &str| matches!(name.trim_start_matches(['&', '*']), "self" | "mut self" | "cls");
        let skip = usize::from(self.parameters.first().is_some_and(|first| is_self(first)));
        &self.parameters[skip..]
    }
}

/// What a function is called: its own name, that of the class it makes, or what it is given to.
fn name<'t>(
    node: Node<'t>,
    mut above: impl Iterator<Item = Node<'t>>,
    text: &'t str,
    syntax: &Syntax,
) -> Option<&'t str> {
    let named = |node: Node<'t>| {
        let name = syntax.part_in(node, Part::Name, text)?;
        (name.byte_range().len() < 80).then(|| &text[name.byte_range()])
    };
    match named(node) {
        Some("constructor" | "__init__" | "__construct") => above
            .take(8)
            .find(|ancestor| syntax.shape_in(*ancestor, text) == Some(Shape::Class))
            .and_then(named),
        Some(name) => Some(last_name(name)),
        None => {
            // A list of one is that one: `f = function() … end` in Lua.
            let is_alone = |parent: &Node<'t>| {
                syntax.shape_in(*parent, text) == Some(Shape::List) && parent.child_count() == 1
            };
            let given = above.find(|parent| !is_alone(parent))?;
            match syntax.shape(given) {
                Some(Shape::Assign | Shape::Define | Shape::Pair | Shape::Keyword) => {
                    named(given).map(last_name)
                }
                // A constructor that is written without a name, in a class or its body.
                shape if syntax.shape(node) == Some(Shape::Function) => {
                    let class = if shape == Some(Shape::Class) { given } else { above.next()? };
                    named(class).filter(|_| syntax.shape(class) == Some(Shape::Class))
                }
                _ => None,
            }
        }
    }
}

/// The names of a function's parameters, in order; `None` when the node takes none.
pub(crate) fn parameters<'t>(
    node: Node<'t>,
    text: &'t str,
    syntax: &Syntax,
) -> Option<Vec<&'t str>> {
    let mut parameters = Vec::new();
    if let Some(list) = syntax.part_in(node, Part::Parameters, text) {
        if list.child_count() == 0 {
            return Some(vec![&text[list.byte_range()]]);
        }
        let listed = syntax.shape(list) == Some(Shape::Parameters);
        gather(list, listed, NESTED, text, syntax, &mut parameters);
        return Some(parameters);
    }
    // `status => …`, else parameters that stand in the function without a list
    if let Some(only) = node.child_by_field_name("parameter") {
        return Some(vec![&text[only.byte_range()]]);
    }
    gather(node, true, 0, text, syntax, &mut parameters);
    (!parameters.is_empty()).then_some(parameters)
}

/// Gathers the names of the parameters in a list; of `bare` ones only what is marked as such.
fn gather<'t>(
    list: Node<'t>,
    bare: bool,
    depth: usize,
    text: &'t str,
    syntax: &Syntax,
    found: &mut Vec<&'t str>,
) {
    let mut cursor = list.walk();
    for item in list.named_children(&mut cursor) {
        match syntax.shape_in(item, text) {
            Some(Shape::Comment | Shape::Mark) => {}
            Some(Shape::Hidden | Shape::Parameters) if depth > 0 => {
                gather(item, true, depth - 1, text, syntax, found);
            }
            Some(Shape::Parameter) => {
                let named = syntax.parts_in(item, Part::Name, text);
                let inner = item.named_child(0).filter(|_| named.is_empty());
                match inner {
                    // `this.status`, a parameter of a kind of its own
                    Some(own) if syntax.shape(own) == Some(Shape::Parameter) => {
                        gather(item, true, depth, text, syntax, found);
                    }
                    inner => {
                        let named = named.into_iter().chain(inner);
                        found.extend(named.map(|name| without_sign(&text[name.byte_range()])));
                    }
                }
            }
            // Among them stand what is no parameter: defaults and modifiers.
            _ if bare => {}
            _ => found.push(without_sign(&text[item.byte_range()])),
        }
    }
}

impl<'t> Document<'t> {
    /// The names of a function's parameters, in order.
    pub(crate) fn parameters(&self, function: Node<'t>) -> Vec<&'t str> {
        parameters(function, self.text, &self.tables.syntax).unwrap_or_default()
    }

    /// What a function is called.
    pub(crate) fn function_name(&self, function: Node<'t>) -> Option<&'t str> {
        name(function, self.ancestors(function), self.text, &self.tables.syntax)
    }

    /// The function that a node stands in, with a name or without.
    pub(crate) fn function_around(&self, node: Node<'t>) -> Option<Node<'t>> {
        std::iter::once(node)
            .chain(self.ancestors(node))
            .take(64)
            .find(|ancestor| matches!(self.shape(*ancestor), Some(Shape::Function | Shape::Lambda)))
    }

    /// `super(404)`: what is called is the class that this one extends; `this(404)`: this class.
    pub(crate) fn extended(&self, call: Node<'t>, callee: Callee<'t>) -> Callee<'t> {
        if matches!(callee.name, "make_shared" | "make_unique") {
            let name = self.cast_to(call).unwrap_or(callee.name);
            return Callee { name, ..callee };
        }
        if callee.name == "this" {
            let class = self.ancestor(call, Shape::Class);
            let name = class.and_then(|class| self.part(class, Part::Name));
            return Callee { name: name.map_or(callee.name, |name| self.text(name)), ..callee };
        }
        let parent = callee.name == "__construct"
            && callee.receiver.is_some_and(|receiver| self.text(receiver) == "parent");
        if !matches!(callee.name, "super" | "base") && !parent {
            return callee;
        }
        let heritage = self.ancestor(call, Shape::Class).and_then(|class| {
            self.children(class).into_iter().find_map(|child| {
                let text = self.text(child);
                let text = text.strip_prefix("extends ").or_else(|| text.strip_prefix(": "))?;
                Some(last_name(text.split(['<', '(', ' ', '\n']).next()?))
            })
        });
        Callee { name: heritage.unwrap_or(callee.name), ..callee }
    }

    /// `mock.onGet("/").reply(() => [404, body])`: a function given where the vocabulary has a
    /// status returns it, alone or first.
    pub(crate) fn given(
        &self,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        if !matches!(way.lists.as_slice(), [] | [0]) {
            return None;
        }
        let function = self.function_around(node)?;
        let call = self.ancestors(function).take(2).find(|call| {
            self.shape(*call) == Some(Shape::Call)
                && !self.is_in_part(*call, Part::Function, function)
        })?;
        let at = self.arguments(call).iter().position(|given| encloses(*given, function))?;
        let callee = self.callee(call)?;
        // `let(:status) { 404 }`
        if at == 1 && way.lists.is_empty() && self.tables.vocabulary.is_lookup(callee.name) {
            let name = self.arguments(call).into_iter().next()?;
            let name = value::unquote(self.text(name));
            let role = if expects(name) { Role::Expect } else { Role::Emit };
            let named = self.compared(self.name_subject(name), candidate, role);
            if named.is_some() {
                return named;
            }
        }
        let known = self.known_call(call, callee, &Argument::Position(at), candidate)?;
        (known.evidence == Evidence::Certain)
            .then(|| Verdict::new(known.role, known.evidence).with_api(known.api))
    }
}
