//! The words that stand with a code: its phrase in a status line, pair, row, call or arm.

mod places;

use std::ops::Range;

use statuslint_codes::{StatusCode, code_of_phrase, words};
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::Candidate;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Name, Phrase, Role, Site, Value, value};

/// Steps from a code to the whole expression that says it.
const STEPS: usize = 8;

/// A longer map whose keys and values stand in turn is data.
const TURNS: usize = 256;

/// How many rows on either side of one are read.
const ROWS: usize = 20;

/// No phrase is longer.
const LONGEST: usize = 60;

/// What stands after the code of a status line, as far as the line or its quotes go.
pub(crate) fn of_line(text: &str, site: &Site) -> Option<Phrase> {
    let code = site.code().filter(|_| site.kind == Kind::Line)?.to_string();
    let source = text.get(site.range.clone())?;
    let start = site.range.start + source.find(&code)? + code.len();
    let rest = text.get(start..)?.strip_prefix(' ')?;
    let end = rest.find(['\r', '\n', '\\', '"', '\'', '`', '<', ';']).unwrap_or(rest.len());
    // `I'm a teapot` has one of the marks that may end the line.
    let phrase = rest[..end].trim_end();
    let range = start + 1..start + 1 + phrase.len();
    let closed = !rest[end..].starts_with('\'') || source.contains('\'');
    (phrase.len() < LONGEST && !phrase.is_empty() && closed).then(|| Phrase {
        text: phrase.to_owned(),
        range,
        given: false,
    })
}

/// The text that a server sends with a code: `return 403 "Not Found";`.
pub(crate) fn of_answer(text: &str, site: &Site) -> Option<Phrase> {
    let rest = text.get(site.range.end..)?;
    let (body, quote) = match rest.trim_start_matches([' ', '\t']).split_at_checked(1)? {
        ("\"", body) => (body, '"'),
        ("'", body) => (body, '\''),
        _ => return None,
    };
    let phrase = &body[..body.find([quote, '\n'])?];
    let start = text.len() - body.len();
    let ends = body[phrase.len()..].strip_prefix(quote)?.trim_start().starts_with(';');
    (ends && phrase.len() < LONGEST).then(|| Phrase {
        text: phrase.to_owned(),
        range: start..start + phrase.len(),
        given: true,
    })
}

/// Words beside a code.
struct Words<'t> {
    node: Node<'t>,
    given: bool,
}

impl<'t> Document<'t> {
    /// Adds the words that stand with a candidate: its phrase, or the name it is given.
    pub(crate) fn with_words(&self, candidate: &Candidate<'t>, mut verdict: Verdict) -> Verdict {
        let Value::Code(code) = candidate.value else { return verdict };
        if matches!(verdict.role, Role::Bound | Role::Expect | Role::Compare | Role::Config)
            || candidate.kind == Kind::Line
        {
            return verdict;
        }
        if verdict.name.is_none() {
            verdict.name = self.class_named(candidate, verdict.role);
            // A failure that is named after a code has one.
            if let Some(name) = &verdict.name
                && words(&name.text).len() > 2
                && value::is_known(candidate.value)
            {
                verdict.evidence = Evidence::Certain;
            }
            verdict.name = verdict.name.or_else(|| self.name_of_constant(candidate));
        }
        if verdict.reason.is_none()
            && let Some(words) = self.words_beside(candidate, verdict.role)
        {
            self.keep(&words, code, &mut verdict);
        }
        verdict
    }

    /// A code beside a phrase, where another row or entry has a code beside its own phrase:
    /// `{403: "Not Found", 404: "Not Found"}`.
    pub(crate) fn among_phrases(&self, candidate: &Candidate<'t>) -> Option<Verdict> {
        let Value::Code(code) = candidate.value else { return None };
        if self.facts.foreign || candidate.kind == Kind::Name || !value::is_known(candidate.value) {
            return None;
        }
        let words = self.words_beside(candidate, Role::Table)?;
        let phrase = |words: &Words<'t>| {
            code_of_phrase(value::unquote(self.text(words.node))).is_some() && !words.given
        };
        if !words.iter().any(phrase) {
            return None;
        }
        let row = self.parent(self.unit_of(candidate))?;
        let agrees = if self.shape(row) == Some(Shape::Entries) {
            let cells = self.children(row);
            cells.len() <= TURNS && cells.chunks(2).any(|pair| self.row_agrees(pair, code))
        } else {
            self.rows_beside(row).into_iter().any(|row| self.row_agrees(&self.children(row), code))
        };
        agrees.then(|| Verdict::new(Role::Table, Evidence::Certain))
    }

    /// The rows of the kind of one, on either side of it.
    fn rows_beside(&self, row: Node<'t>) -> Vec<Node<'t>> {
        let mut unit = row;
        while let Some(above) = self.parent(unit).filter(|above| {
            above.named_child_count() == 1 && above.byte_range() == unit.byte_range()
        }) {
            unit = above;
        }
        let Some(table) = self.parent(unit) else { return Vec::new() };
        let rows = self.children(table);
        let Some(at) = rows.iter().position(|other| *other == unit) else { return Vec::new() };
        let (first, last) = (at.saturating_sub(ROWS), (at + ROWS).min(rows.len()));
        rows[first..last]
            .iter()
            .filter(|other| **other != unit)
            .map(|other| if unit == row { *other } else { innermost(*other) })
            .filter(|other| other.kind_id() == row.kind_id())
            .collect()
    }

    /// Whether a row has another code beside its own phrase.
    fn row_agrees(&self, cells: &[Node<'t>], than: StatusCode) -> bool {
        let cell = |node: &Node<'t>| innermost(*node);
        let number = |node: Node<'t>| match self.shape(node) {
            Some(Shape::Number) => value::number(self.text(node)),
            // `[404]` of Lua
            None => self.children(node).first().and_then(|it| value::number(self.text(*it))),
            _ => None,
        };
        let Some(code) = cells.iter().take(3).find_map(|node| number(cell(node))) else {
            return false;
        };
        let own = |node: &Node<'t>| {
            let phrase = self.phrase_of(cell(node));
            phrase.is_some_and(|it| code_of_phrase(value::unquote(self.text(it))) == Some(code))
        };
        code != than && cells.iter().take(4).any(own)
    }

    /// Keeps the words that are the code's own, else the first: as a name where they are written as one.
    fn keep(&self, found: &[Words<'t>], code: StatusCode, verdict: &mut Verdict) {
        let content = |words: &Words<'t>| value::unquote(self.text(words.node));
        let is_own = |words: &&Words<'t>| is_phrase_of(content(words), code);
        let is_any = |words: &&Words<'t>| code_of_phrase(content(words)).is_some();
        let chosen =
            found.iter().find(is_own).or_else(|| found.iter().find(is_any)).or(found.first());
        let Some(chosen) = chosen else { return };
        let text = content(chosen);
        let literal = self.text(chosen.node);
        let at = chosen.node.start_byte() + literal.find(text).unwrap_or(0);
        let range: Range<usize> = at..at + text.len();
        if text.is_empty() || text.len() > LONGEST {
            return;
        }
        // `:ok` beside a code is what a call came to.
        let several = words(text).len() > 1;
        let is_name = self.is_symbol(chosen.node) || (!text.contains(' ') && several);
        let names = is_name && several && !chosen.given && verdict.role == Role::Table;
        if !is_name {
            verdict.reason = Some(Phrase { text: text.to_owned(), range, given: chosen.given });
        } else if verdict.name.is_none() && names {
            verdict.name = Some(Name { text: text.to_owned(), range, judged: true });
        }
    }

    /// The whole expression that says the code: `http.StatusNotFound`, `HttpStatus.GONE.value()`.
    fn unit_of(&self, candidate: &Candidate<'t>) -> Node<'t> {
        let mut node = candidate.node;
        for _ in 0..STEPS {
            let Some(parent) = self.parent(node) else { break };
            let alone = parent.named_child_count() == 1 || self.has_part(parent, Part::Value);
            let on = match self.shape(parent) {
                Some(Shape::Path | Shape::Module | Shape::Scalar) => true,
                Some(Shape::Through) => alone,
                Some(Shape::List) => parent.byte_range() == node.byte_range(),
                Some(Shape::Member) => {
                    let last = self.is_in_part(parent, Part::Name, node);
                    candidate.kind == Kind::Name
                        && (last
                            || self.part(parent, Part::Name).is_some_and(|name| {
                                let name = self.text(name);
                                name == "value" || self.tables.vocabulary.is_conversion(name)
                            }))
                }
                Some(Shape::Call) => {
                    candidate.kind == Kind::Name
                        && self.is_in_part(parent, Part::Function, node)
                        && self.arguments(parent).is_empty()
                }
                _ => false,
            };
            if !on {
                break;
            }
            node = parent;
        }
        node
    }

    fn words_beside(&self, candidate: &Candidate<'t>, role: Role) -> Option<Vec<Words<'t>>> {
        let unit = self.unit_of(candidate);
        let parent = self.parent(unit)?;
        let plain = |node| vec![Words { node, given: false }];
        match self.shape(parent) {
            Some(Shape::Arguments) => {
                let call = self.parent(parent)?;
                if self.shape(call) == Some(Shape::Case) {
                    return self.phrase_of_arm(call, parent).map(plain);
                }
                let given = self.shape(call) == Some(Shape::Call);
                let mut words = self.strings_of(self.children(parent), unit, given);
                if given && role == Role::Emit {
                    words.extend(self.next_link(call));
                }
                Some(words)
            }
            Some(Shape::Call) => {
                let call = self.whole_chain(parent);
                let mut words = self.strings_of(self.arguments(call), unit, true);
                if role == Role::Emit {
                    words.extend(self.next_link(call));
                }
                Some(words)
            }
            Some(Shape::Pair) if self.is_in_part(parent, Part::Name, unit) => {
                self.phrase_of(self.part(parent, Part::Value)?).map(plain)
            }
            Some(Shape::Pair | Shape::Keyword | Shape::Assign) => self.fields_beside(parent),
            Some(Shape::Entries) => self.next_in_turn(parent, unit).map(plain),
            Some(Shape::List) => Some(self.cells_beside(parent, unit)),
            Some(Shape::Binary) => {
                let sides = self.children(parent);
                let ([left, right] | [left, _, right]) = sides[..] else { return None };
                let between = self.text.get(left.end_byte()..right.start_byte())?.trim();
                let arrow = matches!(between, "->" | "=>" | "to") && left == unit;
                // `complete(404 -> "none")` sends the text.
                let given = self.is_sent_with(parent);
                self.string(right).filter(|_| arrow).map(|node| vec![Words { node, given }])
            }
            Some(Shape::Index) => {
                let assign = self.parent(parent)?;
                let is_key = self.is_in_part(assign, Part::Name, parent)
                    && self.shape(assign) == Some(Shape::Assign);
                self.string(self.part(assign, Part::Value)?).filter(|_| is_key).map(plain)
            }
            Some(Shape::Case) => self.phrase_of_arm(parent, unit).map(plain),
            Some(Shape::Switch) if self.tables.syntax.is_prefixed() => {
                self.value_of_turn(parent, unit).map(plain)
            }
            _ => None,
        }
    }
}

/// Whether a text is a phrase of the code: current, older, of a library or a vendor.
pub(crate) fn is_phrase_of(text: &str, code: StatusCode) -> bool {
    code_of_phrase(text) == Some(code) || code.entry().is_some_and(|it| it.is_known_name(text))
}

/// What a node holds that stands for the whole of it.
pub(crate) fn innermost(mut node: Node<'_>) -> Node<'_> {
    while node.named_child_count() == 1
        && let Some(inner) = node.named_child(0)
        && inner.byte_range() == node.byte_range()
    {
        node = inner;
    }
    node
}
