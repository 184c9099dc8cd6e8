//! What the nodes of a grammar are, in words shared by all languages.

mod file;

use serde::Deserialize;

use tree_sitter::Node;

use crate::place::Place;
use crate::refined::Refined;

pub(crate) use file::{Row, SyntaxFile};

/// What a node is, as far as a status is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    /// A numeric literal.
    Number,
    /// A quoted string.
    String,
    /// What stands in a string between its escapes.
    Text,
    /// A bare scalar of a document, which may be a number or a word.
    Scalar,
    /// A comment.
    Comment,
    /// An import; its text names the libraries.
    Import,
    /// Nothing of its own: parentheses, casts, `await`, patterns around a literal. Its `value` is
    /// what it holds, else its first child.
    Through,
    /// Only the grammar's: what it holds stands in its place, as if the node were not there.
    Hidden,
    /// A word or sign that the grammar makes a node: an operator, `try`.
    Mark,
    /// A pattern of a named variant around its fields.
    Variant,
    /// Statements in a row; the last may be the value.
    Block,
    /// What a block ends with besides its statements, of which the last may be the value too:
    /// `else`, `rescue`.
    Clause,
    /// A conditional value; `condition` is not part of the value.
    Choice,
    /// A statement that does one thing or another by its `condition`.
    If,
    /// A call: `function` with `arguments`, and the function given after them as `value`; or, where
    /// the grammar has no node for what is called, the `name` that is called on an `object`.
    Call,
    /// The arguments of a call, in order.
    Arguments,
    /// The value at `object` is the first argument of the call at `function`: `conn |> resp(404)`.
    Pipe,
    /// An argument given by name; hidden where the name is left out.
    Keyword,
    /// `object` and the `name` of what is taken from it.
    Member,
    /// Names with dots between, as one.
    Path,
    /// As path, of modules that need no import: to name one is to use it.
    Module,
    /// A name after a sign that is no part of it: `$status`.
    Name,
    /// `object` indexed by `name`.
    Index,
    /// Operands with operators between them.
    Binary,
    /// Two ends of a range.
    Range,
    /// An array, tuple, set or expression list.
    List,
    /// `name` beside `value` inside a map, record or document.
    Pair,
    /// What holds pairs.
    Map,
    /// As map, with keys and values in turn and no node around the two.
    Entries,
    /// A struct literal: `name` with a map.
    Record,
    /// `name` is given `value`.
    Assign,
    /// `name` is given each of `value` in turn.
    Each,
    /// The elements of `value` that the block `condition` holds for.
    Sift,
    /// As assign, for a constant, enum member or type alias.
    Define,
    /// What holds definitions: an enum, class or block of constants.
    Class,
    /// A function with `name` and `parameters`, and the `type` it returns. Where the grammar has
    /// a parameter's default beside it, it is a `value` of the function.
    Function,
    /// The declaration of names of a `type`, each with the value it is given.
    Declaration,
    /// What is declared around its `name` and `parameters`, as C writes it: `*name`, `name[4]`.
    Declarator,
    /// Parameters in order, with their defaults and modifiers beside them.
    Parameters,
    /// One parameter, or field of a record type, with its default as `value`.
    Parameter,
    /// A function without a name.
    Lambda,
    /// `return` and its value.
    Return,
    /// An assertion statement.
    Assert,
    /// A switch over `subject`.
    Switch,
    /// What a switch compares its subject with; only its `condition`, where it has one.
    Case,
    /// A pattern bound to a value in a condition.
    Let,
    /// An annotation with unparsed tokens.
    Attribute,
    /// Unparsed tokens: the inside of a macro.
    Tokens,
    /// Alternatives of a type.
    Union,
    /// A literal that is a type.
    Type,
    /// A type called `name` that takes types.
    Generic,
    /// A type given a `name`; `type` is what it stands for.
    Alias,
    /// The type of a record, whose fields are the parameters within it, in order.
    Fields,
    /// A type of lists or maps; `type` is the type of what they hold.
    Listed,
}

/// A part of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Function,
    Arguments,
    Object,
    Name,
    Value,
    Subject,
    Condition,
    Parameters,
    Type,
}

/// How many parts there are.
pub(crate) const PARTS: usize = 9;

#[derive(Debug, Clone, Copy)]
struct Entry {
    shape: Shape,
    chained: bool,
    fixed: bool,
    places: [Option<Place>; PARTS],
}

impl Entry {
    /// Whether a node has no such part though others of its kind have.
    fn lacks(&self, part: Part, node: Node<'_>) -> bool {
        self.places[part as usize].is_some_and(|place| place.first(node).is_none())
    }

    /// Whether a pair or keyword is without its name; of parts known by their places the first is
    /// the value then.
    fn is_bare(&self, node: Node<'_>) -> bool {
        let by_place = self.places[Part::Value as usize].is_some_and(Place::is_second);
        self.lacks(Part::Name, node) || (by_place && self.lacks(Part::Value, node))
    }
}

/// The shapes of one grammar, by kind id.
#[derive(Debug, Default)]
pub(crate) struct Syntax {
    entries: Vec<Option<Entry>>,
    /// The kinds of names that are keys.
    keys: Vec<u16>,
    /// What only words tell.
    refined: Refined,
    /// Whether calls are lists of what is called and what it is given.
    prefixed: bool,
}

impl Syntax {
    /// Resolves the rows against a grammar; kinds it does not have are left out. A row of an
    /// earlier file comes before the same row of a later one.
    pub(crate) fn new(
        grammar: Option<&tree_sitter::Language>,
        files: &'static [SyntaxFile],
    ) -> Self {
        let Some(grammar) = grammar else { return Self::default() };
        let mut entries = vec![None; grammar.node_kind_count()];
        for (kind, row) in files.iter().flat_map(|file| &file.shape) {
            let places = row.places().map(|place| Place::read(place?, grammar));
            for (id, entry) in (0_u16..).zip(&mut entries) {
                if entry.is_none()
                    && grammar.node_kind_is_named(id)
                    && grammar.node_kind_for_id(id) == Some(kind)
                {
                    let (chained, fixed) = (row.chained, row.fixed);
                    *entry = Some(Entry { shape: row.is, chained, fixed, places });
                }
            }
        }
        let prefixed = files
            .iter()
            .flat_map(|file| file.shape.values())
            .any(|row| row.is == Shape::Call && row.arguments.as_deref() == Some("."));
        let keys = files.iter().flat_map(|file| &file.keys);
        let keys = keys.map(|kind| grammar.id_for_node_kind(kind, true)).collect();
        Self { entries, keys, refined: Refined::new(grammar, files), prefixed }
    }

    /// Whether a name is a key, and no variable that may hold any.
    pub(crate) fn is_key(&self, node: Node<'_>) -> bool {
        self.keys.contains(&node.kind_id())
    }

    /// Whether calls are lists of what is called and what it is given, as Lisp writes them.
    pub(crate) fn is_prefixed(&self) -> bool {
        self.prefixed
    }

    /// What a node of a text is.
    pub(crate) fn shape_in(&self, node: Node<'_>, text: &str) -> Option<Shape> {
        match self.refined.entry(node, text) {
            Some(refined) => Some(refined.shape),
            None => self.shape(node),
        }
    }

    /// A part of a node of a text.
    pub(crate) fn part_in<'t>(&self, node: Node<'t>, part: Part, text: &str) -> Option<Node<'t>> {
        match self.refined.entry(node, text) {
            Some(refined) => refined.part(node, part),
            None => self.part(node, part),
        }
    }

    /// All the nodes that are that part of a node of a text.
    pub(crate) fn parts_in<'t>(&self, node: Node<'t>, part: Part, text: &str) -> Vec<Node<'t>> {
        match self.refined.entry(node, text) {
            Some(refined) => refined.part(node, part).into_iter().collect(),
            None => self.parts(node, part),
        }
    }

    /// Whether such nodes of a text have such a part.
    pub(crate) fn has_part_in(&self, node: Node<'_>, part: Part, text: &str) -> bool {
        match self.refined.entry(node, text) {
            Some(refined) => refined.has_part(part),
            None => self.has_part(node, part),
        }
    }

    /// What a node is. Where a grammar has one kind for `a` and for `name = a`, the first is nothing
    /// of its own; where it has one for lists and maps, what begins with a pair is a map; where it
    /// has one for all that is assigned to, it is told by its parts.
    pub(crate) fn shape(&self, node: Node<'_>) -> Option<Shape> {
        let entry = self.entry(node)?;
        match entry.shape {
            Shape::Pair | Shape::Keyword if entry.is_bare(node) => Some(Shape::Through),
            Shape::Member if entry.lacks(Part::Object, node) && node.named_child_count() == 1 => {
                Some(Shape::Through)
            }
            Shape::Member if entry.lacks(Part::Name, node) && node.named_child_count() == 2 => {
                Some(Shape::Index)
            }
            Shape::List if self.begins_with_pair(node) => Some(Shape::Map),
            Shape::List if entry.places[Part::Value as usize].is_some() => {
                let labelled = !entry.lacks(Part::Name, node);
                Some(if labelled { Shape::Entries } else { Shape::List })
            }
            shape => Some(shape),
        }
    }

    /// Whether a node adds nothing to the one within, not even a character.
    pub(crate) fn is_wrapper(&self, node: Node<'_>) -> bool {
        node.child_count() == 1 && self.shape(node) == Some(Shape::Through)
    }

    /// What is left when wrappers are taken off.
    pub(crate) fn unwrapped<'t>(&self, mut node: Node<'t>) -> Node<'t> {
        while self.is_wrapper(node)
            && let Some(inner) = node.named_child(0)
        {
            node = inner;
        }
        node
    }

    fn begins_with_pair(&self, list: Node<'_>) -> bool {
        list.named_child(0).is_some_and(|first| {
            self.entry(first).is_some_and(|entry| match entry.shape {
                Shape::Pair => !entry.is_bare(first),
                Shape::Assign => true,
                _ => false,
            })
        })
    }

    /// A part of a node: of a declarator within it, the part of that; of a path that goes on in
    /// its name, the part of its last link.
    pub(crate) fn part<'t>(&self, node: Node<'t>, part: Part) -> Option<Node<'t>> {
        let entry = self.entry(node)?;
        let mut found = entry.places[part as usize]?.first(node)?;
        if matches!(part, Part::Name | Part::Parameters) {
            while let Some(inner) = self.entry(found).filter(|it| it.shape == Shape::Declarator) {
                found = inner.places[part as usize]?.first(found)?;
            }
        }
        if entry.shape == Shape::Member
            && let Some(last) = self.last_link(node, entry)
        {
            return self.part(last, part);
        }
        Some(found)
    }

    /// The last of the links that a path goes on in by its name, as C++ nests `a::b::c`.
    fn last_link<'t>(&self, node: Node<'t>, entry: &Entry) -> Option<Node<'t>> {
        let next = |node, entry: &Entry| {
            let name = entry.places[Part::Name as usize]?.first(node)?;
            self.entry(name).filter(|inner| inner.shape == Shape::Member).map(|inner| (name, inner))
        };
        let mut last = next(node, entry)?;
        while let Some(link) = next(last.0, last.1) {
            last = link;
        }
        Some(last.0)
    }

    /// All the nodes that are that part of a node: the names in `a, b int`.
    pub(crate) fn parts<'t>(&self, node: Node<'t>, part: Part) -> Vec<Node<'t>> {
        let Some(place) = self.entry(node).and_then(|entry| entry.places[part as usize]) else {
            return Vec::new();
        };
        let Some(field) = place.field() else { return place.first(node).into_iter().collect() };
        let mut cursor = node.walk();
        node.children_by_field_id(field, &mut cursor).filter(Node::is_named).collect()
    }

    /// Whether nodes of this kind have such a part.
    pub(crate) fn has_part(&self, node: Node<'_>, part: Part) -> bool {
        self.entry(node).is_some_and(|entry| entry.places[part as usize].is_some())
    }

    /// Whether the grammar nests a chain of nodes of this kind.
    pub(crate) fn is_chained(&self, node: Node<'_>) -> bool {
        self.entry(node).is_some_and(|entry| entry.chained)
    }

    /// Whether what a node names is never given another value.
    pub(crate) fn is_fixed(&self, node: Node<'_>) -> bool {
        self.entry(node).is_some_and(|entry| entry.fixed)
    }

    fn entry(&self, node: Node<'_>) -> Option<&Entry> {
        self.entries.get(usize::from(node.kind_id()))?.as_ref()
    }
}
