//! Maps whose keys and values stand in turn, with no node around the two: `["status": 404]`.

use statuslint_codes::{code_of_name, words};
use tree_sitter::Node;

use crate::climb::Way;
use crate::document::Document;
use crate::facts::Candidate;
use crate::fields::{role_named, role_of};
use crate::names::Says;
use crate::syntax::Shape;
use crate::value::{is_known, number, unquote};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Name, Role};

/// How many entries on either side of one are read.
const REACH: usize = 20;

impl<'t> Document<'t> {
    /// `[404: "Not Found"]` and `["status": 404]`: the candidate is, or is in, a key or a value.
    pub(crate) fn value_in_turn(
        &self,
        map: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let at = self.position(map, node)?;
        if at % 2 == 0 {
            if candidate.kind == Kind::Name {
                return Some(Verdict::new(Role::Table, Evidence::Certain));
            }
            let holder = self.holder(map);
            // `:responses {200 {:body Order}}`
            if holder == "responses" && is_known(candidate.value) && !self.facts.foreign {
                return Some(Verdict::new(Role::Declare, Evidence::Certain));
            }
            return self.compared(self.name_subject(holder), candidate, Role::Table);
        }
        let children = self.children(map);
        let key = unquote(self.text(*children.get(at - 1)?));
        if key.len() > 60 {
            return None;
        }
        if let Some(verdict) = self.field_in_turn(map, key, candidate) {
            return Some(verdict);
        }
        if let Some(verdict) = self.named_in_turn(&children, at, candidate) {
            return Some(verdict);
        }
        let mut subject = self.name_subject(key);
        if subject.says == Says::Code && self.has_error_keys(&children) {
            subject.says = Says::Status;
        }
        let subject = self.allied(subject, key, node);
        let role = if self.is_asserted(map) { Role::Expect } else { role_of(key, way) };
        if let Some(verdict) = self.compared(subject, candidate, role) {
            return Some(verdict);
        }
        let holder = self.name_subject(self.holder(map));
        let listed = holder.says == Says::StatusCode && way.lists.is_empty();
        (listed && is_known(candidate.value))
            .then(|| self.compared(holder, candidate, Role::Emit))
            .flatten()
    }

    /// `(ex-info "none" {:status 404})`: a field of what a call of the vocabulary is given.
    fn field_in_turn(
        &self,
        map: Node<'t>,
        key: &str,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let call = self.parent(map).filter(|up| self.shape(*up) == Some(Shape::Call))?;
        let called = self.callee(call)?.name;
        let mut fields = self.tables.vocabulary.fields(key).iter();
        let known = fields.find(|known| known.of.iter().any(|of| of == called))?;
        let likely = is_known(candidate.value) && self.is_imported(&known.api);
        (likely && !self.facts.foreign).then(|| Verdict {
            helper: known.helper_for(candidate.value),
            ..Verdict::new(known.role.into(), Evidence::Certain).with_api(Some(&known.api))
        })
    }

    /// `[:not-found 404 :gone 410]`: the name of a code as the key, where another is named right.
    pub(crate) fn named_in_turn(
        &self,
        children: &[Node<'t>],
        at: usize,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let name = *children.get(at.checked_sub(1)?)?;
        let text = unquote(self.text(name));
        if self.facts.foreign
            || candidate.kind != Kind::Number
            || children.get(at)?.id() != candidate.node.id()
            || code_of_name(text).is_none()
            || words(text).len() < 2
        {
            return None;
        }
        let near = children.chunks(2).skip((at / 2).saturating_sub(REACH)).take(2 * REACH);
        let agrees = |pair: &[Node<'t>]| match pair {
            [key, value] => {
                let code = number(self.text(*value));
                code.is_some() && code_of_name(unquote(self.text(*key))) == code
            }
            _ => false,
        };
        near.filter(|pair| pair[0] != name).any(agrees).then(|| {
            let range = name.byte_range();
            let name = Some(Name { text: text.to_owned(), range, judged: true });
            Verdict { name, ..Verdict::new(Role::Define, Evidence::Certain) }
        })
    }

    /// `("http.status_code", "404")`: a key that says status beside its value.
    pub(crate) fn beside_key(
        &self,
        list: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        if list.named_child_count() != 2 {
            return None;
        }
        let children = self.children(list);
        let [key, value] = children.as_slice() else { return None };
        let told = value.id() == node.id() && self.shape(*key) == Some(Shape::String);
        let key = unquote(self.text(*key));
        if !told || key.len() > 60 || key.contains([' ', '/']) || !is_known(candidate.value) {
            return None;
        }
        let subject = self.name_subject(key);
        (subject.says == Says::StatusCode)
            .then(|| self.compared(subject, candidate, role_named(key)))
            .flatten()
    }

    /// Whether the other keys are those of an error or a response.
    fn has_error_keys(&self, children: &[Node<'t>]) -> bool {
        children.iter().step_by(2).take(12).any(|key| {
            self.shape(*key) == Some(Shape::String)
                && matches!(unquote(self.text(*key)), "message" | "error" | "body" | "headers")
        })
    }
}
