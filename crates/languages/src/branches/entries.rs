//! The keys of map literals and the members of set literals.

use tree_sitter::Node;

use super::Way;
use crate::document::Document;
use crate::operators::Operator;
use crate::syntax::{Part, Shape};
use crate::{BranchesKind, Role, Site};

/// Levels between a key and its entry, and between that and the map.
const HEIGHT: usize = 4;

/// Calls and types that make a set of what they are given.
const SETS: &[&str] = &[
    "Set",
    "set",
    "frozenset",
    "setOf",
    "mutableSetOf",
    "hashSetOf",
    "linkedSetOf",
    "HashSet",
    "BTreeSet",
    "MapSet",
    "ImmutableHashSet",
    "FrozenSet",
    "hash-set",
    "sorted-set",
];

impl<'t> Document<'t> {
    /// The map that a status is a key of.
    pub(super) fn entry_way(&self, node: Node<'t>) -> Option<Way<'t>> {
        let mut key = node;
        for up in self.ancestors(node).take(HEIGHT) {
            match self.shape(up) {
                Some(
                    Shape::Through
                    | Shape::Member
                    | Shape::Path
                    | Shape::Module
                    | Shape::Declarator
                    | Shape::Keyword,
                ) => {}
                Some(Shape::Pair) if self.is_in_part(up, Part::Name, node) => {
                    return self.map_around(up, node);
                }
                Some(Shape::Assign) if self.is_in_part(up, Part::Name, node) => {
                    let within = self.parent(up).and_then(|around| self.shape(around));
                    let is_map = matches!(within, Some(Shape::Map | Shape::List));
                    return is_map.then(|| self.map_around(up, node)).flatten();
                }
                Some(Shape::Binary) => {
                    let beside = self.neighbours(up, key);
                    let named = beside.iter().any(|beside| {
                        !beside.before && self.operator(beside.operator) == Some(Operator::Pair)
                    });
                    return named.then(|| self.map_around(up, node)).flatten();
                }
                Some(Shape::Entries) => {
                    let is_key = self.position(up, key)? % 2 == 0;
                    return is_key.then_some(Way { kind: BranchesKind::Map, whole: up, arm: node });
                }
                Some(Shape::List) if self.is_row_of_map(up, key) => {
                    let whole = self.parent(up)?;
                    return Some(Way { kind: BranchesKind::Map, whole, arm: node });
                }
                Some(Shape::Arguments) => {
                    let whole = self.map_given(up, key)?;
                    return Some(Way { kind: BranchesKind::Map, whole, arm: node });
                }
                Some(Shape::List) => {
                    let arrow = key.next_sibling().is_some_and(|next| self.text(next) == "=>");
                    let hash = || self.is_hash(up);
                    return (arrow && hash()).then_some(Way {
                        kind: BranchesKind::Map,
                        whole: up,
                        arm: node,
                    });
                }
                _ => return None,
            }
            key = up;
        }
        None
    }

    /// The map that an entry stands in; a list of pairs is none.
    fn map_around(&self, pair: Node<'t>, key: Node<'t>) -> Option<Way<'t>> {
        for up in self.ancestors(pair).take(HEIGHT) {
            let is_map = match self.shape(up) {
                Some(Shape::Map) => true,
                // Where a grammar has one kind for lists and maps; `[…]` of pairs is a list.
                Some(Shape::List) => {
                    matches!(up.kind(), "initializer_expression" | "initializer_list")
                        || up.kind() == "table_constructor"
                }
                Some(Shape::Call) => {
                    let name = self.callee(up).map_or("", |callee| callee.name);
                    name.to_lowercase().contains("map") && name.len() < 20
                }
                Some(Shape::Through | Shape::Arguments | Shape::Keyword | Shape::Hidden) => {
                    continue;
                }
                _ => return None,
            };
            return is_map.then_some(Way { kind: BranchesKind::Map, whole: up, arm: key });
        }
        None
    }

    /// `new Dictionary<int, string> { { 404, "none" } }`: whether a list is such a row, and the key its first.
    fn is_row_of_map(&self, row: Node<'t>, key: Node<'t>) -> bool {
        let is_row = row.kind() == "initializer_expression" && self.position(row, key) == Some(0);
        let Some(list) = self.parent(row).filter(|list| is_row && list.kind() == row.kind()) else {
            return false;
        };
        // What is made without a name is named where it is declared.
        self.ancestors(list).take(HEIGHT).any(|up| {
            let before = self.text.get(up.start_byte()..list.start_byte()).unwrap_or_default();
            before.len() < 200 && before.contains("Dictionary<")
        })
    }

    /// The map whose keys and values a call is given in turn: `Map.of(404, "none")`,
    /// `Map.ofEntries(Map.entry(404, "none"))`.
    fn map_given(&self, list: Node<'t>, key: Node<'t>) -> Option<Node<'t>> {
        let is_map = |call: Node<'t>, name: &str| {
            self.callee(call).is_some_and(|callee| {
                let on = callee.receiver.map_or("", |on| self.last_name(on));
                callee.name == name && matches!(on, "Map" | "ImmutableMap")
            })
        };
        let call = self.parent(list).filter(|call| self.shape(*call) == Some(Shape::Call))?;
        let at = self.position(list, key)?;
        if is_map(call, "of") {
            return (at % 2 == 0).then_some(call);
        }
        let entries = self.parent(call).filter(|_| at == 0 && is_map(call, "entry"))?;
        let whole = self.parent(entries)?;
        (self.shape(whole) == Some(Shape::Call) && is_map(whole, "ofEntries")).then_some(whole)
    }

    /// Whether a list of Perl fills a hash.
    fn is_hash(&self, list: Node<'t>) -> bool {
        self.ancestors(list).take(3).any(|up| {
            up.kind() == "anonymous_hash_expression"
                || (self.shape(up) == Some(Shape::Assign)
                    && self.part(up, Part::Name).is_some_and(|name| self.text(name).contains('%')))
        })
    }

    /// The set, or the list asked for a status, that a status is a member of.
    pub(super) fn member_way(&self, node: Node<'t>, site: &Site) -> Option<Way<'t>> {
        if matches!(site.role, Role::Expect | Role::Bound | Role::Branch) {
            return None;
        }
        for up in self.ancestors(node).take(HEIGHT) {
            match self.shape(up) {
                Some(
                    Shape::Through | Shape::Member | Shape::Path | Shape::Module | Shape::Keyword,
                ) => {}
                Some(Shape::List) => {
                    return self.is_set(up, site).then_some(Way {
                        kind: BranchesKind::Set,
                        whole: up,
                        arm: node,
                    });
                }
                Some(Shape::Arguments) => {
                    let call = self.parent(up).filter(|call| self.is_set_call(*call))?;
                    return Some(Way { kind: BranchesKind::Set, whole: call, arm: node });
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether a list holds no code twice: a set, or what a status is looked for in.
    fn is_set(&self, list: Node<'t>, site: &Site) -> bool {
        if list.kind().starts_with("set") {
            return true;
        }
        let mut held = list;
        for up in self.ancestors(list).take(HEIGHT) {
            match self.shape(up) {
                Some(Shape::Through | Shape::Arguments) => {}
                Some(Shape::Call) => return self.is_set_call(up),
                Some(Shape::Binary) => {
                    return site.role == Role::Compare
                        && self.neighbours(up, held).iter().any(|beside| {
                            matches!(
                                self.operator(beside.operator),
                                Some(Operator::In | Operator::Holds)
                            )
                        });
                }
                Some(Shape::Member) => {
                    let call =
                        self.parent(up).filter(|call| self.shape(*call) == Some(Shape::Call));
                    let asks = call
                        .and_then(|call| self.callee(call))
                        .is_some_and(|callee| self.tables.vocabulary.is_membership(callee.name));
                    return asks && site.role == Role::Compare;
                }
                _ => return false,
            }
            held = up;
        }
        false
    }

    /// `setOf(404)`, `Set.of(404)`, `new Set([404])`
    fn is_set_call(&self, call: Node<'t>) -> bool {
        if self.shape(call) != Some(Shape::Call) {
            return false;
        }
        let Some(callee) = self.callee(call) else { return false };
        let on = callee.receiver.map_or("", |receiver| self.last_name(receiver));
        let makes = matches!(callee.name, "of" | "from" | "new" | "Create" | "ToFrozenSet");
        let generic = callee.name.split('<').next().unwrap_or_default();
        SETS.contains(&generic) && callee.receiver.is_none() || (makes && SETS.contains(&on))
    }
}
