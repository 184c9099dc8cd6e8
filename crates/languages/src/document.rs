//! A parsed document and the questions shapes ask of it.

use std::cell::RefCell;

use tree_sitter::Node;

use crate::allies::Allies;
use crate::conditions::Codes;
use crate::facts::Facts;
use crate::folder::{Tables, last_name};
use crate::index::Question;
use crate::syntax::{Part, Shape};
use crate::{Context, Language};

/// Children beyond which a node is looked at no further: it bounds the work per candidate.
const CROWD: usize = 512;

/// Hidden nodes within hidden nodes.
const NESTED: usize = 4;

/// A parsed document.
pub(crate) struct Document<'t> {
    pub(crate) text: &'t str,
    pub(crate) tables: &'static Tables,
    pub(crate) context: &'t Context,
    pub(crate) facts: Facts<'t>,
    pub(crate) allies: Allies<'t>,
    pub(crate) language: Language,
    /// The codes of the sites found: conditions count no others.
    pub(crate) codes: Codes,
    /// What climbing asked of other documents.
    pub(crate) questions: RefCell<Vec<Question>>,
}

impl<'t> Document<'t> {
    pub(crate) fn text(&self, node: Node<'t>) -> &'t str {
        &self.text[node.byte_range()]
    }

    pub(crate) fn shape(&self, node: Node<'t>) -> Option<Shape> {
        self.tables.syntax.shape_in(node, self.text)
    }

    pub(crate) fn part(&self, node: Node<'t>, part: Part) -> Option<Node<'t>> {
        self.tables.syntax.part_in(node, part, self.text)
    }

    /// All the nodes that are that part of `node`.
    pub(crate) fn parts(&self, node: Node<'t>, part: Part) -> Vec<Node<'t>> {
        self.tables.syntax.parts_in(node, part, self.text)
    }

    /// Whether nodes of this kind have such a part.
    pub(crate) fn has_part(&self, node: Node<'t>, part: Part) -> bool {
        self.tables.syntax.has_part_in(node, part, self.text)
    }

    /// The identifier that a node is, without the sign before it.
    pub(crate) fn identifier(&self, node: Node<'t>) -> Option<&'t str> {
        match self.shape(node) {
            Some(Shape::Name) => Some(without_sign(self.text(node))),
            None | Some(Shape::Module) if node.named_child_count() == 0 => Some(self.text(node)),
            _ => None,
        }
    }

    /// Whether `child` is, or lies in, that part of `node`.
    pub(crate) fn is_in_part(&self, node: Node<'t>, part: Part, child: Node<'t>) -> bool {
        self.part(node, part).is_some_and(|part| encloses(part, child))
    }

    /// The node above one that holds a candidate.
    pub(crate) fn parent(&self, node: Node<'t>) -> Option<Node<'t>> {
        self.facts.parents.get(&node.id()).copied()
    }

    /// The nodes above one that holds a candidate, nearest first.
    pub(crate) fn ancestors(&self, node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
        std::iter::successors(self.parent(node), |node| self.parent(*node))
    }

    /// The named children that are neither comments nor marks, as far as a status can have
    /// company: the first of them where there are many. For a hidden one stands what it holds.
    pub(crate) fn children(&self, node: Node<'t>) -> Vec<Node<'t>> {
        let mut children = Vec::new();
        self.gather(node, NESTED, &mut children);
        children
    }

    fn gather(&self, node: Node<'t>, depth: usize, children: &mut Vec<Node<'t>>) {
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor).take(CROWD) {
            match self.shape(child) {
                Some(Shape::Comment | Shape::Mark) => {}
                Some(Shape::Hidden) if depth > 0 => self.gather(child, depth - 1, children),
                _ => children.push(self.tables.syntax.unwrapped(child)),
            }
        }
    }

    /// What a node that is nothing of its own holds: the value of a cast, the first child of others.
    pub(crate) fn held(&self, through: Node<'t>) -> Option<Node<'t>> {
        self.part(through, Part::Value).or_else(|| self.children(through).first().copied())
    }

    /// The arguments of a call, with what is piped into it before them and its block after.
    pub(crate) fn arguments(&self, call: Node<'t>) -> Vec<Node<'t>> {
        if self.tables.syntax.is_chained(call) {
            return self.chained_arguments(call);
        }
        let listed = match self.part(call, Part::Arguments) {
            Some(list) if list == call => {
                let is_head = |node: &Node<'t>| self.is_in_part(call, Part::Function, *node);
                let mut children = self.children(call);
                children.retain(|child| !is_head(child));
                Some(children)
            }
            Some(only) if !self.lists_arguments(only) => Some(vec![only]),
            list => list.map(|list| self.children(list)),
        };
        let piped = self.facts.pipes.get(&call.id()).copied();
        // A function after the brackets: `codes.forEach { … }`
        let is_call = self.shape(call) == Some(Shape::Call);
        let after = self.part(call, Part::Value).filter(|_| is_call);
        let after = after.map(|function| self.tables.syntax.unwrapped(function));
        piped.into_iter().chain(listed.into_iter().flatten()).chain(after).collect()
    }

    /// Whether a node lists the arguments of a call; without brackets a single one is just there.
    fn lists_arguments(&self, node: Node<'t>) -> bool {
        match self.shape(node) {
            Some(Shape::Arguments | Shape::List) => true,
            None => node.child_count() > 0,
            Some(_) => false,
        }
    }

    /// Whether a call is a list of what is called and what it is given, as Lisp writes it.
    pub(crate) fn is_prefix(&self, call: Node<'t>) -> bool {
        self.shape(call) == Some(Shape::Call) && self.part(call, Part::Arguments) == Some(call)
    }

    /// Whether a list is what a call is given, and no list among that.
    pub(crate) fn is_arguments(&self, list: Node<'t>) -> bool {
        self.parent(list).is_some_and(|call| {
            self.shape(call) == Some(Shape::Call) && self.part(call, Part::Arguments) == Some(list)
        })
    }

    /// The call that is made on what a node is: the next link of a chain.
    pub(crate) fn call_on(&self, node: Node<'t>) -> Option<Node<'t>> {
        let (mut link, mut parent) = (node, self.parent(node)?);
        if self.shape(parent) == Some(Shape::Pipe) {
            return self.piped_into(node).next();
        }
        while self.shape(parent) == Some(Shape::Member)
            && self.is_in_part(parent, Part::Object, link)
        {
            (link, parent) = (parent, self.parent(parent)?);
        }
        let part = if link == node { Part::Object } else { Part::Function };
        let is_call = self.shape(parent) == Some(Shape::Call);
        (is_call && self.is_in_part(parent, part, link)).then_some(parent)
    }

    /// The calls that a node is piped into, one after the other: `json(x)` for both calls of
    /// `put_status(conn, 204) |> json(x)` and `conn |> put_status(204) |> json(x)`.
    fn piped_into(&self, node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
        let mut inner = node;
        let pipes = self.ancestors(node).take_while(|up| self.shape(*up) == Some(Shape::Pipe));
        pipes
            .filter_map(move |pipe| {
                let goes_in = self.is_in_part(pipe, Part::Object, inner);
                inner = pipe;
                self.part(pipe, Part::Function).filter(|_| goes_in)
            })
            .take_while(|call| self.shape(*call) == Some(Shape::Call))
    }

    /// The next links of a chain after a call, no more than so many.
    pub(crate) fn links_after(&self, call: Node<'t>, most: usize) -> Vec<Node<'t>> {
        let piped: Vec<Node<'t>> = self.piped_into(call).take(most).collect();
        if !piped.is_empty() {
            return piped;
        }
        let next = |link: &Node<'t>| self.call_on(*link);
        std::iter::successors(next(&call), next).take(most).collect()
    }

    /// The position of `child` among the children of `list`.
    pub(crate) fn position(&self, list: Node<'t>, child: Node<'t>) -> Option<usize> {
        self.children(list).iter().position(|node| node.id() == child.id())
    }

    /// What is called: the callee's last name, and what it is called on.
    pub(crate) fn callee(&self, call: Node<'t>) -> Option<Callee<'t>> {
        let Some(mut function) = self.part(call, Part::Function) else {
            // `: base(404)`: what is called is no node of its own, but stands before the arguments.
            let before = || self.part(call, Part::Arguments)?.prev_sibling();
            let name = self.text(self.part(call, Part::Name).or_else(before)?);
            let receiver = self.part(call, Part::Object);
            return (name.len() < 80).then_some(Callee { name, receiver });
        };
        if self.tables.syntax.is_chained(call) {
            function = self.chain_head(call);
        }
        if self.shape(function) == Some(Shape::Through) {
            function = self.part(function, Part::Name).or_else(|| self.held(function))?;
        }
        let (name, receiver) = match self.shape(function) {
            Some(Shape::Member) => {
                (self.part(function, Part::Name)?, self.part(function, Part::Object))
            }
            _ => (function, None),
        };
        let name = self.name_text(name);
        (name.len() < 80).then_some(Callee { name, receiver })
    }

    /// A name without the types it is given, `Produces` of `Produces<Order>`, and without its sign.
    fn name_text(&self, name: Node<'t>) -> &'t str {
        let generic = self.shape(name) == Some(Shape::Through);
        let name = if generic { self.held(name).unwrap_or(name) } else { name };
        without_sign(self.text(name))
    }

    /// The last name of an expression: of a member its name, of a call its callee's.
    pub(crate) fn last_name(&self, node: Node<'t>) -> &'t str {
        match self.shape(node) {
            Some(Shape::Member) => {
                self.part(node, Part::Name).map_or("", |name| self.name_text(name))
            }
            Some(Shape::Call) => self.callee(node).map_or("", |callee| callee.name),
            Some(Shape::Index) => {
                let key =
                    self.part(node, Part::Name).or_else(|| self.children(node).get(1).copied());
                if let Some(key) = key.filter(|key| self.shape(*key) == Some(Shape::String)) {
                    return crate::value::unquote(self.text(key));
                }
                let object =
                    self.part(node, Part::Object).or_else(|| self.children(node).first().copied());
                object.map_or("", |object| self.last_name(object))
            }
            Some(Shape::Name) => without_sign(self.text(node)),
            Some(Shape::Through) => self.held(node).map_or("", |inner| self.last_name(inner)),
            _ => {
                let text = self.text(node);
                if text.len() < 120 { last_name(text) } else { "" }
            }
        }
    }

    /// The nearest ancestor of that shape.
    pub(crate) fn ancestor(&self, node: Node<'t>, shape: Shape) -> Option<Node<'t>> {
        self.ancestors(node).take(64).find(|ancestor| self.shape(*ancestor) == Some(shape))
    }

    /// The child of a binary beside `operand`, with the operator between, seen from the operand.
    pub(crate) fn neighbours(&self, binary: Node<'t>, operand: Node<'t>) -> Vec<Neighbour<'t>> {
        let mut cursor = binary.walk();
        let parts: Vec<Node<'t>> = binary
            .children(&mut cursor)
            .filter(|child| self.shape(*child) != Some(Shape::Comment))
            .map(|child| self.tables.syntax.unwrapped(child))
            .collect();
        let Some(at) = parts.iter().position(|part| part.id() == operand.id()) else {
            return Vec::new();
        };
        let mut neighbours = Vec::new();
        neighbours.extend(self.chained_before(binary, operand));
        if at >= 2 {
            neighbours.push(Neighbour {
                operator: self.text(parts[at - 1]),
                operand: parts[at - 2],
                before: true,
            });
        }
        if at + 2 < parts.len() {
            neighbours.push(Neighbour {
                operator: self.text(parts[at + 1]),
                operand: self.chained_first(parts[at + 2]),
                before: false,
            });
        }
        neighbours
    }
}

/// A name without the sign before it.
pub(crate) fn without_sign(name: &str) -> &str {
    name.trim_start_matches(['$', '@', '%', '.'])
}

/// Whether `inner` lies within `node`.
pub(crate) fn encloses(node: Node<'_>, inner: Node<'_>) -> bool {
    node.start_byte() <= inner.start_byte() && inner.end_byte() <= node.end_byte()
}

/// What is called.
#[derive(Clone, Copy)]
pub(crate) struct Callee<'t> {
    pub(crate) name: &'t str,
    pub(crate) receiver: Option<Node<'t>>,
}

/// An operand beside another.
pub(crate) struct Neighbour<'t> {
    pub(crate) operator: &'t str,
    pub(crate) operand: Node<'t>,
    /// Whether it stands before the operand it is seen from.
    pub(crate) before: bool,
}
