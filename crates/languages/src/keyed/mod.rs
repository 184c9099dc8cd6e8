//! Entries of documents that are no description of an API: configuration, stubs, recordings, tests.
//!
//! The rows `[[entry]]` and `[[script]]` of a vocabulary say which key, where, is a status or code.

mod hints;
mod rows;
mod scripts;
mod values;

use std::ops::Range;

use tree_sitter::Node;

use crate::comparisons::comparisons;
use crate::document::Document;
use crate::embedded::Excerpt;
use crate::facts::Http;
use crate::logic::templated;
use crate::names::{Says, expects, says};
use crate::syntax::{Part, Shape};
use crate::value::{self, is_edge, is_known, is_telling, unquote};
use crate::{Condition, Evidence, Kind, Role, Site, Value};

pub(crate) use hints::Hints;
pub(crate) use rows::{Entry, Script};
use rows::{Form, Place};
use scripts::script;
use values::{MANY, is_code, items, listed};

/// Keys around an entry that are looked at.
const AROUND: usize = 8;

/// The entries of a document that are statuses, and those that are code of other languages.
pub(crate) fn entries<'t>(
    document: &Document<'t>,
    root: Node<'t>,
) -> (Vec<Site>, Vec<Condition>, Vec<Excerpt<'t>>) {
    let (mut sites, mut conditions, mut excerpts) = (Vec::new(), Vec::new(), Vec::new());
    let mut cursor = root.walk();
    let mut above: Vec<Node<'t>> = Vec::new();
    loop {
        let node = cursor.node();
        if document.shape(node) == Some(Shape::Pair) {
            let spot = Spot { document, pair: node, above: &above };
            spot.read(&mut sites, &mut conditions, &mut excerpts);
        }
        if cursor.goto_first_child() {
            above.push(node);
            continue;
        }
        while !cursor.goto_next_sibling() {
            above.pop();
            if !cursor.goto_parent() {
                return (sites, conditions, excerpts);
            }
        }
    }
}

/// One entry and what is around it.
pub(crate) struct Spot<'a, 't> {
    document: &'a Document<'t>,
    pair: Node<'t>,
    /// The nodes around it, outermost first.
    above: &'a [Node<'t>],
}

impl<'t> Spot<'_, 't> {
    fn read(
        &self,
        sites: &mut Vec<Site>,
        conditions: &mut Vec<Condition>,
        excerpts: &mut Vec<Excerpt<'t>>,
    ) {
        let Some(key) = self.document.key_text(self.pair) else { return };
        let vocabulary = &self.document.tables.vocabulary;
        let Some(value) = self.document.part(self.pair, Part::Value) else { return };
        let known = sites.len();
        for entry in vocabulary.entries(key).iter().filter(|entry| self.is_at(&entry.place)) {
            self.codes_of(entry, value, sites);
            if sites.len() > known {
                if matches!(entry.form, Form::Text) {
                    conditions.extend(self.conditions(value));
                }
                if entry.likely && self.document.facts.http == Http::No {
                    sites[known..].iter_mut().for_each(|site| site.evidence = Evidence::Likely);
                }
                return;
            }
        }
        if self.is_named(key) {
            let told = |site: Site| self.told(key, site);
            let read = self.scalars(value, self.role(key), None, false);
            sites.extend(read.into_iter().filter_map(told));
            return;
        }
        if let Some(row) = vocabulary.scripts(key).find(|row| self.is_at(&row.place)) {
            let named = || self.beside(&row.named_by).map(|value| self.scalar_text(value));
            let named = if row.named_by.is_empty() { None } else { named() };
            excerpts.extend(script(self.document, row, key, named, value));
        }
    }

    /// Whether the name of the key alone says that its value is a status.
    fn is_named(&self, key: &str) -> bool {
        let facts = &self.document.facts;
        let expected = || says(key) == Says::Status && expects(key) && facts.http > Http::No;
        (says(key) == Says::StatusCode || expected()) && !facts.foreign
    }

    /// What a status does under a key that no row knows.
    fn role(&self, key: &str) -> Role {
        let around = || self.around().take(3);
        if expects(key) || around().any(expects) {
            Role::Expect
        } else if around().next().is_some_and(says_response) {
            Role::Emit
        } else {
            Role::Config
        }
    }

    /// A site that only the name of its key tells, if its value agrees.
    fn told(&self, key: &str, site: Site) -> Option<Site> {
        let named = key.to_ascii_lowercase();
        let sure = named.contains("status") || named.contains("http");
        let agrees = match site.role {
            Role::Bound => is_known(site.value) || is_edge(site.value),
            _ if sure || site.kind == Kind::Number => is_known(site.value),
            _ => is_telling(site.value),
        };
        if agrees {
            return Some(site);
        }
        // A code that nobody has registered: where there is HTTP around it is a mistake.
        let http = self.document.facts.http > Http::No;
        let evidence = if http { Evidence::Certain } else { Evidence::Likely };
        sure.then_some(Site { evidence, ..site })
    }

    /// Whether the entry stands where a row has it.
    fn is_at(&self, place: &Place) -> bool {
        let Place { under, beside, text, file, .. } = place;
        let any = |list: &[String], holds: &dyn Fn(&str) -> bool| {
            list.is_empty() || list.iter().any(|one| holds(one))
        };
        let path = self.document.context.path.as_str();
        any(file, &|end| path.ends_with(end))
            && any(under, &|keys| self.is_under(keys))
            && any(beside, &|key| self.is_beside(key))
            && any(text, &|text| self.document.text.contains(text))
    }

    fn is_under(&self, keys: &str) -> bool {
        let mut around = self.around();
        keys.rsplit('.').all(|key| {
            let above = around.next();
            key == "*" && above.is_some() || above == Some(key)
        })
    }

    fn is_beside(&self, key: &str) -> bool {
        match key.split_once('=') {
            Some((key, wanted)) => {
                self.beside(key).is_some_and(|value| self.scalar_text(value) == wanted)
            }
            None => self.beside(key).is_some(),
        }
    }

    /// The value of another key of the same map.
    fn beside(&self, key: &str) -> Option<Node<'t>> {
        let map =
            self.above.iter().rev().find(|node| self.document.shape(**node) == Some(Shape::Map))?;
        let other = self.document.children(*map).into_iter().find(|pair| {
            self.document.shape(*pair) == Some(Shape::Pair)
                && self.document.key_text(*pair) == Some(key)
        })?;
        self.document.part(other, Part::Value)
    }

    /// The keys around, nearest first.
    fn around(&self) -> impl Iterator<Item = &'t str> {
        let pairs = self.above.iter().rev().copied();
        let pairs = pairs.filter(|node| self.document.shape(*node) == Some(Shape::Pair));
        pairs.filter_map(|pair| self.document.key_text(pair)).take(AROUND)
    }

    fn scalar_text(&self, value: Node<'t>) -> &'t str {
        unquote(self.document.text(self.document.scalar(value)))
    }

    fn codes_of(&self, entry: &'static Entry, value: Node<'t>, sites: &mut Vec<Site>) {
        let api = Some(entry.api.as_str());
        let role = entry.role.into();
        match entry.form {
            Form::Codes => sites.extend(self.scalars(value, role, api, false)),
            Form::Words => sites.extend(self.scalars(value, role, api, true)),
            Form::Text => {
                for scalar in self.items(value) {
                    sites.extend(self.compared(scalar, role, api));
                }
            }
            Form::Keys => {
                let Some(map) = self.document.map(value) else { return };
                for pair in self.document.children(map).into_iter().take(MANY) {
                    let Some(key) = self.document.part(pair, Part::Name) else { continue };
                    let key = self.document.scalar(key);
                    let read = self.scalars(key, role, api, false);
                    sites.extend(read.into_iter().map(|site| Site { key: true, ..site }));
                }
            }
        }
    }

    /// The scalar that a value is, or those of the list it is.
    fn items(&self, value: Node<'t>) -> Vec<Node<'t>> {
        items(self.document, value)
    }

    /// The codes that a value says as such.
    fn scalars(
        &self,
        value: Node<'t>,
        role: Role,
        api: Option<&'static str>,
        among_words: bool,
    ) -> Vec<Site> {
        let mut sites = Vec::new();
        for scalar in self.items(value) {
            let written = self.document.text(scalar);
            let content = unquote(written);
            let quoted = content.len() < written.len();
            if let Some(value) = value::string(content).filter(|value| is_code(*value)) {
                let kind = if quoted { Kind::String } else { Kind::Number };
                sites.push(site(scalar.byte_range(), kind, value, role, api));
            } else if let Some(code) = value::line(content) {
                let value = Value::Code(code);
                sites.push(site(scalar.byte_range(), Kind::Line, value, role, api));
            } else if content.len() < 200 {
                let start = scalar.start_byte() + usize::from(quoted);
                let listed = listed(content, among_words).unwrap_or_default();
                sites.extend(listed.into_iter().map(|(range, value, bounds)| {
                    let role = if bounds { Role::Bound } else { role };
                    site(start + range.start..start + range.end, Kind::Number, value, role, api)
                }));
            }
        }
        sites
    }

    /// The conditions that a value asks for.
    fn conditions(&self, value: Node<'t>) -> Vec<Condition> {
        let text = self.document.text;
        let scalars = self.items(value).into_iter();
        scalars.flat_map(|it| templated(text, inside(text, it.byte_range()))).collect()
    }

    /// The codes that a value compares a status with.
    fn compared(&self, scalar: Node<'t>, role: Role, api: Option<&'static str>) -> Vec<Site> {
        let text = self.document.text(scalar);
        let http = ["http", "response.code"].iter().any(|word| text.contains(word));
        let start = scalar.start_byte();
        comparisons(text)
            .into_iter()
            .filter(|one| says(one.name) >= if http { Says::Code } else { Says::Status })
            .filter(|one| {
                let value = Value::Code(one.code);
                // The ends of a class may be members of a list where a range was meant.
                let listed = text[..one.range.start].contains(" in ") && is_edge(value);
                is_known(value) || listed || one.role == Role::Bound
            })
            .map(|one| {
                let kind = if one.range.len() == 3 { Kind::Number } else { Kind::String };
                let role = if one.role == Role::Bound { Role::Bound } else { role };
                let range = start + one.range.start..start + one.range.end;
                site(range, kind, Value::Code(one.code), role, api)
            })
            .collect()
    }
}

/// What a scalar says, without its quotes and the sign of a block.
fn inside(text: &str, scalar: Range<usize>) -> Range<usize> {
    let written = &text[scalar.clone()];
    let content = unquote(written);
    if content.len() < written.len() {
        return scalar.start + 1..scalar.start + 1 + content.len();
    }
    let block = written.starts_with(['|', '>']);
    let header = written.find('\n').filter(|_| block).unwrap_or_default();
    scalar.start + header..scalar.end
}

/// Whether a key is called a response: `Response`, `mockResponse`.
fn says_response(key: &str) -> bool {
    key.to_ascii_lowercase().ends_with("response")
}

fn site(
    range: Range<usize>,
    kind: Kind,
    value: Value,
    role: Role,
    api: Option<&'static str>,
) -> Site {
    Site { api, ..Site::new(range, kind, value, role, Evidence::Certain) }
}
