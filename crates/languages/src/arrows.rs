//! Lists in which `key => value` is two elements with an arrow between, as in Perl.

use statuslint_codes::{code_of_name, words};
use tree_sitter::Node;

use crate::climb::{Step, Way};
use crate::document::{Document, encloses};
use crate::facts::{Candidate, Http};
use crate::fields::{is_about_errors, role_of};
use crate::maps::tells;
use crate::names::Says;
use crate::syntax::{Part, Shape};
use crate::value::{is_known, string, unquote};
use crate::verdict::Verdict;
use crate::{Argument, Evidence, Kind, Name, Role, Value};

/// A longer list has no arrows that are looked at.
const LIST: u32 = 512;

impl<'t> Document<'t> {
    /// The candidate is an element of a list beside an arrow: a value, or a key.
    pub(crate) fn beside_arrow(
        &self,
        list: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Step<'t>> {
        if list.child_count() > LIST {
            return None;
        }
        let mut cursor = list.walk();
        let parts: Vec<Node<'t>> = list.children(&mut cursor).collect();
        let at = parts.iter().position(|part| encloses(*part, node))?;
        let is_arrow = |at: usize| parts.get(at).is_some_and(|part| self.text(*part) == "=>");
        if is_arrow(at + 1) {
            // `HTTP::Response->new(404 => "none")`: an argument with a long comma.
            if self.is_arguments(list) && at == 0 {
                return None;
            }
            let holder = self.arrow_holder(list);
            let keys: Vec<Node<'t>> =
                (0..parts.len()).filter(|at| is_arrow(at + 1)).map(|at| parts[at]).collect();
            let verdict = self
                .compared(self.name_subject(holder), candidate, Role::Table)
                .or_else(|| self.is_table(&keys, candidate));
            return Some(Step::End(verdict));
        }
        let name = *parts.get(at.checked_sub(2)?)?;
        // `is $response->code => 404` has a long comma there and no key.
        let comma = self.is_arguments(list) && self.shape(name) != Some(Shape::String);
        if !is_arrow(at - 1) || comma {
            return None;
        }
        Some(Step::End(self.arrow_value(list, name, candidate, way)))
    }

    /// `200 => 'fine', 404 => 'none'`: keys of which most are codes, whatever is said of them.
    fn is_table(&self, keys: &[Node<'t>], candidate: &Candidate<'t>) -> Option<Verdict> {
        let codes: Vec<Value> = keys
            .iter()
            .filter_map(|key| string(unquote(self.text(*key))))
            .filter(|code| is_known(*code))
            .collect();
        let table =
            codes.len() >= 2 && codes.len() * 2 > keys.len() && codes.into_iter().any(tells);
        (table && is_known(candidate.value) && self.facts.http > Http::No && !self.facts.foreign)
            .then(|| Verdict::new(Role::Table, Evidence::Certain))
    }

    fn arrow_value(
        &self,
        list: Node<'t>,
        name: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let key = unquote(self.text(name));
        if key.len() > 60 {
            return None;
        }
        if let Some(call) =
            self.ancestors(list).take(2).find(|up| self.shape(*up) == Some(Shape::Call))
            && let Some(callee) = self.callee(call)
            && let Some(verdict) =
                self.known_call(call, callee, &Argument::Keyword(key.to_owned()), candidate)
        {
            return Some(verdict);
        }
        let Value::Code(code) = candidate.value else { return None };
        let says = self.name_subject(self.arrow_holder(list)).says >= Says::Status
            || words(key).first().is_some_and(|word| word == "http" || word == "status");
        let named = candidate.kind == Kind::Number
            && code_of_name(key)
                .is_some_and(|named| named == code || (says && is_known(candidate.value)))
            && (says || self.facts.http > Http::No)
            && !self.facts.foreign;
        if named {
            let mut verdict = Verdict::new(Role::Define, Evidence::Certain);
            let range = name.byte_range();
            verdict.name = Some(Name { text: key.to_owned(), range, judged: says });
            return Some(verdict);
        }
        // `use constant { NOT_FOUND => 404, FORBIDDEN => 404 }`
        let is_comment = |node: &Node<'t>| self.shape(*node) == Some(Shape::Comment);
        let elements: Vec<Node<'t>> =
            self.children(list).into_iter().filter(|node| !is_comment(node)).collect();
        if let Some(at) = elements.iter().position(|element| *element == candidate.node)
            && let Some(verdict) = self.named_in_turn(&elements, at, candidate)
        {
            return Some(verdict);
        }
        let mut subject = self.name_subject(key);
        if subject.says == Says::Code
            && self.children(list).iter().any(|beside| is_about_errors(unquote(self.text(*beside))))
        {
            subject.says = Says::Status;
        }
        let role = match role_of(key, way) {
            Role::Emit if self.is_expected(candidate.node) => Role::Expect,
            role => role,
        };
        self.compared(subject, candidate, role)
    }

    /// The name of what a list with arrows is given to.
    fn arrow_holder(&self, list: Node<'t>) -> &'t str {
        let around = self
            .ancestors(list)
            .take(3)
            .find(|up| matches!(self.shape(*up), Some(Shape::Assign | Shape::List)));
        match around.filter(|up| self.shape(*up) == Some(Shape::Assign)) {
            Some(assign) => self.part(assign, Part::Name).map_or("", |name| {
                let name = self.children(name).last().copied().unwrap_or(name);
                self.last_name(name)
            }),
            None => "",
        }
    }
}
