//! Nodes of one kind that a word tells apart: in Elixir a definition, an `if` and a `case` are
//! calls like any other, and all operators make the same node.

use std::collections::HashMap;

use tree_sitter::Node;

use crate::place::Place;
use crate::syntax::{PARTS, Part, Row, Shape, SyntaxFile};

/// A word longer than this tells nothing.
const LONGEST: usize = 24;

/// Children, comments among them, that may come up to the word.
const HEAD: u32 = 16;

/// Where a part of a node is, step by step; a step with a `?` is left out where it leads nowhere.
#[derive(Debug)]
struct Path(Vec<(Place, bool)>);

impl Path {
    fn read(written: &str, grammar: &tree_sitter::Language) -> Option<Self> {
        let step = |step: &str| {
            let required = step.strip_suffix('?');
            Some((Place::read(required.unwrap_or(step), grammar)?, required.is_none()))
        };
        written.split(' ').map(step).collect::<Option<Vec<_>>>().map(Self)
    }

    fn first<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        self.0.iter().try_fold(node, |node, (place, required)| {
            place.first(node).or_else(|| (!required).then_some(node))
        })
    }
}

/// What nodes with a word are, and where their parts are.
#[derive(Debug)]
pub(crate) struct Refinement {
    pub(crate) shape: Shape,
    paths: [Option<Path>; PARTS],
}

impl Refinement {
    /// A part of such a node.
    pub(crate) fn part<'t>(&self, node: Node<'t>, part: Part) -> Option<Node<'t>> {
        self.paths[part as usize].as_ref()?.first(node)
    }

    /// Whether such nodes have such a part.
    pub(crate) fn has_part(&self, part: Part) -> bool {
        self.paths[part as usize].is_some()
    }
}

/// The rows of `syntax.toml` that name words after the kind: `"call def defp"`.
#[derive(Debug, Default)]
pub(crate) struct Refined {
    kinds: HashMap<u16, HashMap<&'static str, usize>>,
    entries: Vec<Refinement>,
}

impl Refined {
    /// The rows of the files that name words.
    pub(crate) fn new(grammar: &tree_sitter::Language, files: &'static [SyntaxFile]) -> Self {
        let mut refined = Self::default();
        for (key, row) in files.iter().flat_map(|file| &file.shape) {
            let mut words = key.split(' ');
            let kind = words.next().unwrap_or_default();
            let words: Vec<&'static str> = words.collect();
            if !words.is_empty() {
                refined.add(kind, &words, row, grammar);
            }
        }
        refined
    }

    fn add(
        &mut self,
        kind: &str,
        words: &[&'static str],
        row: &Row,
        grammar: &tree_sitter::Language,
    ) {
        let paths = row.places().map(|path| Path::read(path?, grammar));
        let at = self.entries.len();
        self.entries.push(Refinement { shape: row.is, paths });
        for id in 0..u16::try_from(grammar.node_kind_count()).unwrap_or(u16::MAX) {
            if grammar.node_kind_is_named(id) && grammar.node_kind_for_id(id) == Some(kind) {
                let known = self.kinds.entry(id).or_default();
                known.extend(words.iter().map(|word| (*word, at)));
            }
        }
    }

    /// What a node is by its word, which is one of its first two children, comments aside.
    pub(crate) fn entry(&self, node: Node<'_>, text: &str) -> Option<&Refinement> {
        let words = self.kinds.get(&node.kind_id())?;
        let children = (0..HEAD).map_while(|at| node.child(at));
        children.filter(|child| !child.is_extra()).take(2).find_map(|child| {
            let range = child.byte_range();
            let word = text.get(range.clone()).filter(|_| range.len() <= LONGEST)?;
            words.get(word.trim()).map(|at| &self.entries[*at])
        })
    }
}
