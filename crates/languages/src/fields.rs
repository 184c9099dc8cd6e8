//! Statuses given by name: keyword arguments, fields of records, keys and values of maps.

use statuslint_codes::words;
use tree_sitter::Node;

use crate::climb::{Step, Way};
use crate::document::{Document, encloses};
use crate::facts::{Candidate, Http};
use crate::folder::last_name;
use crate::names::{Says, expects, is_responder, is_response};
use crate::syntax::{Part, Shape};
use crate::value::{is_known, unquote};
use crate::verdict::Verdict;
use crate::{Argument, Evidence, Role, Value};

impl<'t> Document<'t> {
    /// `status_code=404` in a call, `status={404}` in JSX.
    pub(crate) fn keyword(
        &self,
        keyword: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        let children = self.children(keyword);
        let name = self.part(keyword, Part::Name).or_else(|| children.first().copied());
        let Some(name) = name.filter(|name| name.id() != node.id()) else { return Step::End(None) };
        let name = self.text(name);
        let call = self.ancestor(keyword, Shape::Call);
        if let Some(call) = call
            && let Some(callee) = self.callee(call)
            && let Some(verdict) =
                self.known_call(call, callee, &Argument::Keyword(name.to_owned()), candidate)
        {
            return Step::End(Some(verdict));
        }
        let mut subject = self.name_subject(name);
        // `@ValueSource(ints = {404, 410}) void answers(int status)`
        if self.tables.vocabulary.is_case(self.keyword_owner(keyword))
            && let Some(function) = self.ancestor(keyword, Shape::Function)
            && let [only] = self.parameters(function).as_slice()
        {
            return Step::End(self.compared(self.name_subject(only), candidate, Role::Expect));
        }
        if subject.says == Says::Code
            && !candidate.implicit
            && is_responder(self.keyword_owner(keyword))
        {
            subject.says = Says::Status;
        }
        if candidate.implicit && subject.says == Says::Status && self.is_of_response(keyword) {
            subject.says = Says::StatusCode;
        }
        let matched = self.parent(keyword).and_then(|up| self.shape(up)) == Some(Shape::Case);
        let role = if matched { Role::Branch } else { role_of(name, way) };
        let verdict = self.compared(subject, candidate, role);
        let limit = self.tables.vocabulary.is_limit(name);
        match call.filter(|_| limit || self.tables.vocabulary.is_default(name)) {
            // `status_code: int = Field(default=200, ge=100)`
            Some(call) if verdict.is_none() => {
                way.range |= limit;
                Step::Over(call)
            }
            _ => Step::End(verdict),
        }
    }

    /// `.init(status: .ok, headers: headers)`: whether what is given beside is of a response, and
    /// whether anything else is.
    fn is_of_response(&self, keyword: Node<'t>) -> bool {
        let Some(list) = self.parent(keyword) else { return false };
        let names = self
            .children(list)
            .into_iter()
            .map(|beside| self.part(beside, Part::Name).map_or("", |name| self.text(name)));
        let own = ["status", "headers", "headerFields", "body", "version", "reasonPhrase"];
        let names: Vec<&str> = names.collect();
        let responds =
            names.iter().any(|name| matches!(*name, "headers" | "headerFields" | "body"));
        let call = self.ancestor(keyword, Shape::Call);
        let callee = call.and_then(|call| self.callee(call)).map_or("", |callee| callee.name);
        // `let report: Report = .init(status: .ok)` is told by its type.
        let typed = call
            .and_then(|call| self.part(self.parent(call)?, Part::Type))
            .is_some_and(|held| !is_response(self.last_name(held)));
        let made =
            names == ["status"] && !typed && (callee.ends_with("init") || is_response(callee));
        names.iter().all(|name| own.contains(name))
            && (responds || made || names.contains(&"version"))
    }

    /// What a keyword is given to: the call or the element around it.
    fn keyword_owner(&self, keyword: Node<'t>) -> &'t str {
        let mut around = self.ancestors(keyword).take(2);
        around
            .find_map(|node| match self.shape(node) {
                Some(Shape::Call) => self.callee(node).map(|callee| callee.name),
                Some(Shape::Record) => self.part(node, Part::Name).map(|name| self.last_name(name)),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// `status: 404` and `404: "Not Found"`.
    pub(crate) fn pair(
        &self,
        pair: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Step<'t> {
        if self.is_in_part(pair, Part::Name, node) {
            let entry = self.entry(pair, candidate);
            // `complete(404 -> "none")`: two values side by side, and no entry of a map.
            let is_map = self.shape(pair) != Some(Shape::Binary)
                || (entry.is_some() && !self.is_status_given(pair, candidate));
            return if is_map { Step::End(entry) } else { Step::On };
        }
        let Some(name) = self.part(pair, Part::Name) else { return Step::End(None) };
        let key = unquote(self.text(name));
        if key.len() > 60 {
            return Step::End(None);
        }
        if let Some(verdict) = self.pair_in_call(pair, key, candidate) {
            return Step::End(Some(verdict));
        }
        let owner = self.owner(pair);
        for known in self.tables.vocabulary.fields(key) {
            let Some((of, full, call)) = owner else { break };
            let is_record = self.shape(call) == Some(Shape::Record);
            let belongs = |known: &String| belongs(known, of, full) || (is_record && known == of);
            if known.of.iter().any(belongs) && !self.facts.foreign {
                let sure = is_known(candidate.value) || self.facts.http > Http::No;
                let role = match known.role.into() {
                    Role::Emit => self.role_in_pattern(pair).unwrap_or(Role::Emit),
                    role => role,
                };
                let mut verdict =
                    Verdict::new(role, if sure { Evidence::Certain } else { Evidence::Likely })
                        .with_api(Some(&known.api));
                verdict.helper = known.helper_for(candidate.value);
                verdict.content = known
                    .content
                    .and_then(|at| {
                        self.arguments(call)
                            .get(at)
                            .copied()
                            .filter(|content| !encloses(*content, candidate.node))
                    })
                    .and_then(|content| self.content_of(content, known.strict));
                return Step::End(Some(verdict));
            }
        }
        // `NOT_FOUND: 404` in a map of names.
        if let Some(verdict) = self.named(name, key, pair, candidate) {
            return Step::End(Some(verdict));
        }
        let mut subject = self.name_subject(key);
        let registered = matches!(candidate.value, Value::Code(code) if code.entry().is_some());
        if subject.says == Says::Code && registered && self.speaks_of_errors(pair) {
            subject.says = Says::Status;
        }
        let subject = self.allied(subject, key, pair);
        let role = match role_of(key, way) {
            _ if way.alternative => Role::Define,
            Role::Emit if self.is_expected(pair) => Role::Expect,
            Role::Emit if !way.range => self.role_in_pattern(pair).unwrap_or(Role::Emit),
            role => role,
        };
        let verdict = self
            .compared(subject, candidate, role)
            .or_else(|| self.limit_of_field(key, pair, candidate));
        let verdict = verdict
            .or_else(|| self.value_of_map(pair, candidate, way))
            .or_else(|| self.provided(pair, candidate, way));
        Step::End(verdict)
    }

    /// `status = { type = "integer", minimum = 200, default = 503 }`: a field that is described.
    fn limit_of_field(
        &self,
        key: &str,
        pair: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let role = match key {
            key if self.tables.vocabulary.is_limit(key) => Role::Bound,
            key if self.tables.vocabulary.is_default(key) => Role::Emit,
            _ => return None,
        };
        self.compared(self.name_subject(self.holder(self.parent(pair)?)), candidate, role)
    }

    /// `HTTP_STATUS_BY_ERROR = {"missing": 404}`: a map that is named after its values.
    fn value_of_map(
        &self,
        pair: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let holder = self.holder(self.parent(pair)?);
        let subject = self.name_subject(holder);
        // `status = {"points": 300}` is one status and no map of them.
        let several = words(holder).iter().any(|word| {
            matches!(word.as_str(), "by" | "for" | "map" | "mapping" | "statuses" | "codes")
        });
        if subject.says < Says::Status
            || !several
            || !way.lists.is_empty()
            || !is_known(candidate.value)
        {
            return None;
        }
        let mut verdict = self.compared(subject, candidate, Role::Emit)?;
        if subject.says == Says::Status {
            verdict.evidence = Evidence::Likely;
        }
        Some(verdict)
    }

    /// Whether a call of the vocabulary takes a status where this pair stands.
    fn is_status_given(&self, pair: Node<'t>, candidate: &Candidate<'t>) -> bool {
        let Some(call) = self.ancestor(pair, Shape::Call) else { return false };
        let at = self.arguments(call).iter().position(|given| given.id() == pair.id());
        at.zip(self.callee(call)).is_some_and(|(at, callee)| {
            self.known_call(call, callee, &Argument::Position(at), candidate).is_some()
        })
    }

    /// What the map of a pair belongs to: the type of a record, or the call it is an argument of;
    /// by its last name, in full, and as a node.
    fn owner(&self, pair: Node<'t>) -> Option<(&'t str, &'t str, Node<'t>)> {
        let mut node = self.parent(pair)?;
        // `ServerError { errHTTPCode = 404 }`, where the grammar has no node between the two.
        if self.shape(node) == Some(Shape::Record)
            && let Some(name) = self.part(node, Part::Name)
        {
            let name = self.text(name);
            return Some((last_name(name), name, node));
        }
        for _ in 0..4 {
            let parent = self.parent(node)?;
            match self.shape(parent) {
                Some(Shape::Record) => {
                    let name = self.text(self.part(parent, Part::Name)?);
                    return Some((last_name(name), name, parent));
                }
                Some(Shape::Call) => {
                    let Some(function) = self.part(parent, Part::Function) else {
                        let name = self.callee(parent)?.name;
                        return Some((name, name, parent));
                    };
                    let (last, full) = (self.last_name(function), self.text(function));
                    return Some((last, if full.len() < 80 { full } else { "…" }, parent));
                }
                Some(Shape::Arguments | Shape::Map | Shape::Through) => node = parent,
                _ => return None,
            }
        }
        None
    }

    /// Whether the pairs beside this one speak of messages, errors, bodies or headers.
    fn speaks_of_errors(&self, pair: Node<'t>) -> bool {
        let Some(map) = self.parent(pair) else { return false };
        self.children(map).iter().take(12).any(|beside| {
            self.part(*beside, Part::Name)
                .is_some_and(|name| is_about_errors(unquote(self.text(name))))
        })
    }
}

/// Whether the owner of a field is the one the vocabulary means: `json` is called by itself,
/// `.json` on anything, `Response.json` on just that.
fn belongs(known: &str, last: &str, full: &str) -> bool {
    known == full || known.strip_prefix('.').is_some_and(|method| method == last && last != full)
}

/// What a status does that is given to this name, perhaps among others.
pub(crate) fn role_of(name: &str, way: &Way) -> Role {
    if way.range {
        return Role::Bound;
    }
    if way.lists.is_empty() || expects(name) { role_named(name) } else { Role::Compare }
}

/// What a status does that is given to this name.
pub(crate) fn role_named(name: &str) -> Role {
    // `add_status_range(400, 499)`
    if words(name).iter().any(|word| word == "range") {
        Role::Bound
    } else if expects(name) {
        Role::Expect
    } else {
        Role::Emit
    }
}

/// Whether a key is one that stands beside the status of an error or a response.
pub(crate) fn is_about_errors(key: &str) -> bool {
    matches!(
        key,
        "message"
            | "Message"
            | "headers"
            | "body"
            | "header"
            | "Header"
            | "Body"
            | "HeaderMap"
            | "error"
    )
}
