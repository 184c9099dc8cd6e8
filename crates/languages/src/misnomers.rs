//! Words that stand where the name of a code must stand, and that the library does not have.

use std::ops::Range;

use statuslint_codes::{StatusCode, code_of_name, digits_in_name};
use strsim::normalized_damerau_levenshtein;
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::folder::{Tables, last_name};
use crate::imports::{modules, starts_with_path};
use crate::syntax::{Part, Shape};
use crate::vocabulary::{Call, Container, WordRole};
use crate::{Constant, Kind, Misnomer, Nearest, value};

/// How far above a symbol the call that takes it may be.
const STEPS: usize = 6;

/// Expressions longer than this are no names of codes.
const LONGEST: usize = 80;

/// From this likeness on, a name is worth mentioning.
const ALIKE: f64 = 0.7;

/// From this likeness on, a name must have been meant.
const CLOSE: f64 = 0.85;

/// Whether a name that no library has is to be looked at: a symbol given to a call that takes the
/// names of codes, or a member of what holds a library's codes.
pub(crate) fn is_stranger(
    name: Node<'_>,
    above: &[Node<'_>],
    text: &str,
    tables: &'static Tables,
) -> bool {
    let source = &text[name.byte_range()];
    if source.starts_with(':') {
        let is_call = |node: &&Node<'_>| tables.syntax.shape_in(**node, text) == Some(Shape::Call);
        let called = above.iter().rev().take(STEPS).find(is_call).and_then(|call| {
            let part = |part| tables.syntax.part_in(*call, part, text);
            part(Part::Function).or_else(|| part(Part::Name))
        });
        return called.is_some_and(|function| {
            let calls = tables.vocabulary.calls(last_name(&text[function.byte_range()]));
            calls.iter().any(|call| call.symbols.is_some())
        });
    }
    let Some(member) = above.last().filter(|up| up.end_byte() == name.end_byte()) else {
        return false;
    };
    let whole = &text[member.byte_range()];
    whole.len() < LONGEST
        && member_of(whole, source)
            .is_some_and(|container| tables.vocabulary.containers(last_name(container)).is_some())
}

/// What a name is a member of: `StatusCodes` for `NOT_FOUND` in `StatusCodes.NOT_FOUND`.
fn member_of<'a>(whole: &'a str, name: &str) -> Option<&'a str> {
    let rest = whole.strip_suffix(name)?;
    rest.strip_suffix("::").or_else(|| rest.strip_suffix('.')).map(str::trim)
}

impl<'t> Document<'t> {
    /// The names among the candidates that their libraries do not have.
    pub(crate) fn misnomers(&self, candidates: &[Candidate<'t>], root: Node<'t>) -> Vec<Misnomer> {
        if self.language.0.file().compiled || self.registers() {
            return Vec::new();
        }
        let mut statements = None;
        let names = candidates.iter().filter(|candidate| candidate.kind == Kind::Name);
        names
            .filter_map(|candidate| {
                if self.is_symbol(candidate.node) {
                    return self.unknown_symbol(candidate.node);
                }
                self.unknown_member(candidate.node, &mut || {
                    statements.get_or_insert_with(|| self.import_statements(root)).clone()
                })
            })
            .collect()
    }

    /// Whether the document gives the library names of its own: `config :plug, :statuses`.
    fn registers(&self) -> bool {
        let mut words = self.tables.vocabulary.registrations();
        words.any(|word| self.text.contains(word))
    }

    /// A symbol that the call which takes it does not know.
    fn unknown_symbol(&self, node: Node<'t>) -> Option<Misnomer> {
        let name = value::unquote(self.text(node));
        if self.facts.foreign || name.len() > LONGEST || self.symbol(node).is_some() {
            return None;
        }
        let known = self.taken_by(node)?;
        if known.symbols.as_ref()?.iter().any(|word| word == name) {
            return None;
        }
        let emits = matches!(known.role, WordRole::Emit);
        if emits && self.language.is_test_path(&self.context.path) {
            return None;
        }
        let all = self.tables.constants.iter();
        let symbols = all.filter(|constant| constant.expression.starts_with(':'));
        let symbols: Vec<(&str, &Constant)> =
            symbols.map(|constant| (&constant.expression[1..], constant)).collect();
        let library = symbols.first()?.1.library;
        let nearest = nearest(name, &symbols)?;
        let close = nearest.as_ref().is_some_and(|nearest| nearest.close);
        if self.facts.http != Http::Imported && !known.sure && !close {
            return None;
        }
        let nearest = nearest.map(|it| Nearest { text: format!(":{}", it.text), ..it });
        let text = self.text(node).to_owned();
        Some(Misnomer { text, range: node.byte_range(), api: library, nearest })
    }

    /// The call of the vocabulary that takes a symbol as the name of a code.
    fn taken_by(&self, node: Node<'t>) -> Option<&'static Call> {
        let (mut inner, mut keyword) = (node, None);
        for parent in self.ancestors(node).take(STEPS) {
            match self.shape(parent) {
                Some(Shape::Arguments | Shape::Through) => {}
                Some(Shape::Choice) if !self.is_condition(parent, inner) => {}
                Some(Shape::Keyword | Shape::Pair) if keyword.is_none() => {
                    let name = self.part(parent, Part::Name)?;
                    if name.id() == inner.id() {
                        return None;
                    }
                    keyword = Some(value::unquote(self.text(name)));
                }
                Some(Shape::Call) => return self.takes(parent, node, keyword),
                _ => return None,
            }
            inner = parent;
        }
        None
    }

    fn takes(
        &self,
        call: Node<'t>,
        node: Node<'t>,
        keyword: Option<&str>,
    ) -> Option<&'static Call> {
        let callee = self.callee(call)?;
        // A function of the document may have that name, too.
        if self.facts.functions.iter().any(|function| function.name == callee.name) {
            return None;
        }
        let arguments = self.arguments(call);
        let within = |it: &Node<'t>| crate::document::encloses(*it, node);
        let at = arguments.iter().position(within)?;
        let rows = self.tables.vocabulary.calls(callee.name).iter().copied();
        rows.filter(|known| known.symbols.is_some() && self.is_called_so(known, callee))
            .filter(|known| known.sure || self.is_imported(&known.api))
            .find(|known| match keyword {
                Some(name) => known.keyword.as_deref() == Some(name),
                None => known.argument == Some(at),
            })
    }

    /// A member of what holds a library's codes, by a name that is none of them.
    fn unknown_member(
        &self,
        node: Node<'t>,
        statements: &mut dyn FnMut() -> Vec<&'t str>,
    ) -> Option<Misnomer> {
        let whole = self.parent(node).filter(|up| up.end_byte() == node.end_byte())?;
        let (written, name) = (self.text(whole), self.text(node));
        let container = member_of(written, name).filter(|_| written.len() < LONGEST)?;
        let rows = self.tables.vocabulary.containers(last_name(container))?;
        let proved: Vec<&Container> = rows
            .iter()
            .copied()
            .filter(|row| row.name == container || container.ends_with(&format!(".{}", row.name)))
            .filter(|row| is_bound(row, container, &statements()))
            .collect();
        if proved.is_empty() || self.is_changed(container, name) {
            return None;
        }
        // Of two libraries that give a container its name, either may have the member.
        let mut found = None;
        for row in proved {
            found = Some(self.unknown_in(row, name)?);
        }
        let (library, nearest) = found?;
        Some(Misnomer { text: written.to_owned(), range: node.byte_range(), api: library, nearest })
    }

    /// What is nearest in a container to a name that it does not have; `None` when it has it, or
    /// when the name is not written like one of its codes.
    fn unknown_in(
        &self,
        row: &'static Container,
        name: &str,
    ) -> Option<(&'static str, Option<Nearest>)> {
        let all = self.tables.constants.iter();
        let constants: Vec<(&str, &Constant)> = all
            .filter(|constant| constant.library == row.library)
            .map(|constant| (last_name(constant.expression), constant))
            .collect();
        let prefix = row.prefix.as_str();
        let alike = constants.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        let written_so = constants.iter().any(|(known, _)| style(known) == style(name));
        let other = row.others.iter().any(|other| other == name);
        if alike || other || !written_so || !name.starts_with(prefix) {
            return None;
        }
        let nearest = nearest(name, &constants)?;
        (row.whole || nearest.as_ref().is_some_and(|nearest| nearest.close))
            .then_some((row.library.as_str(), nearest))
    }

    /// The texts of the imports, whole: what they bind is in them.
    fn import_statements(&self, root: Node<'t>) -> Vec<&'t str> {
        let mut statements = Vec::new();
        let mut cursor = root.walk();
        loop {
            let node = cursor.node();
            let mut descend = true;
            match self.shape(node) {
                Some(Shape::Import) => {
                    statements.push(self.text(node));
                    descend = false;
                }
                // `const { StatusCodes } = require("http-status-codes")`
                Some(Shape::Call) => {
                    let function = self.part(node, Part::Function);
                    if function.is_some_and(|it| matches!(self.text(it), "require" | "import")) {
                        let start = self.text[..node.start_byte()].rfind([';', '\n']);
                        let start = start.map_or(0, |at| at + 1);
                        statements.push(self.text[start..node.end_byte()].trim());
                    }
                }
                _ => {}
            }
            if descend && cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return statements;
                }
            }
        }
    }

    /// Whether the document gives the container's name to something else, or the container this
    /// member or others: `StatusCodes.TEAPOT = 418`, `Object.assign(StatusCodes, …)`.
    fn is_changed(&self, container: &str, name: &str) -> bool {
        let first = container.split(['.', ':', '\\']).next().unwrap_or(container);
        let assigned = |at: Range<usize>| {
            let rest = &self.text[at.end..];
            let rest = rest.strip_prefix(' ').map_or("", |rest| rest.trim_start());
            rest.strip_prefix('=').is_some_and(|value| {
                !value.starts_with(['=', '>'])
                    && !["require", "await import"]
                        .iter()
                        .any(|load| value.trim_start().starts_with(load))
            })
        };
        contains_word(self.text, first).any(|at| {
            let before = self.text[..at.start].trim_end();
            assigned(at) || before.ends_with("Object.assign(") || before.ends_with("class")
        }) || contains_word(self.text, name).any(assigned)
    }
}

/// The places of a word in a text.
fn contains_word<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).filter_map(move |(at, _)| {
        let end = at + word.len();
        let alone = !text[..at].ends_with(is_part) && !text[end..].starts_with(is_part);
        (alone && !word.is_empty()).then_some(at..end)
    })
}

/// How a name is written: with capitals, with small letters.
fn style(name: &str) -> (bool, bool) {
    let has = |test: fn(&char) -> bool| name.chars().any(|c| test(&c));
    (has(char::is_ascii_uppercase), has(char::is_ascii_lowercase))
}

/// The name of a library that is nearest to one it does not have, if any is near.
///
/// `None` when the name says a code that the library has no name for: a later version may.
#[allow(clippy::option_option, reason = "whether to speak, and then of what")]
fn nearest(name: &str, constants: &[(&str, &Constant)]) -> Option<Option<Nearest>> {
    let plain = |name: &str| name.to_lowercase();
    let of = |constant: &(&str, &Constant), close| Nearest {
        text: constant.0.to_owned(),
        code: constant.1.code,
        close,
    };
    let alike = |known: &str| normalized_damerau_levenshtein(&plain(name), &plain(known));
    let best = constants.iter().map(|constant| (alike(constant.0), constant));
    let best = best.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    if best.0 >= CLOSE {
        return Some(Some(of(best.1, true)));
    }
    let said: Option<StatusCode> = digits_in_name(name).or_else(|| code_of_name(name));
    if let Some(code) = said {
        let same = constants.iter().filter(|(_, constant)| constant.code == code);
        let own = same.max_by_key(|(_, constant)| constant.preferred)?;
        return Some(Some(of(own, true)));
    }
    Some((best.0 >= ALIKE).then(|| of(best.1, false)))
}

/// Whether an import of the document gives a container its name.
fn is_bound(row: &Container, container: &str, statements: &[&str]) -> bool {
    if row.modules.is_empty() {
        return true;
    }
    let first = container.split(['.', ':', '\\']).next().unwrap_or(container);
    statements.iter().any(|statement| {
        let found = modules(statement);
        let module = |module: &String| {
            row.modules.iter().any(|it| it == module || starts_with_path(module, it))
        };
        // What an import gives another name, it does not give this one.
        let renamed = contains_word(statement, first)
            .any(|at| statement[at.end..].trim_start().starts_with("as "));
        found.iter().any(module) && contains_word(statement, first).next().is_some() && !renamed
    })
}
