//! Statuses given to calls: by the vocabulary, by assertions, by a project's own functions.

use statuslint_codes::{code_of_name, words};
use tree_sitter::Node;

use crate::climb::{Step, Way};
use crate::document::{Callee, Document, encloses};
use crate::facts::{Candidate, Http};
use crate::fields::role_named;
use crate::names::{Says, expects, is_logger, is_responder, says};
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::vocabulary::{Call, WordRole};
use crate::{Argument, Evidence, Kind, Role, Value, value};

impl<'t> Document<'t> {
    /// The candidate is in the arguments of `call`, or is what is called.
    pub(crate) fn argument(
        &self,
        call: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        if self.is_in_part(call, Part::Function, node) {
            // `raise NotFound()`: the name is called, the call is what stands there.
            if candidate.kind == Kind::Name {
                return Step::On;
            }
            // `operation.response::<404, Problem>()`
            let typed = way.lists.first().zip(self.callee(call)).and_then(|(at, callee)| {
                self.known_call(call, callee, &Argument::Keyword(format!("<{at}>")), candidate)
            });
            return Step::End(typed);
        }
        let Some(callee) = self.callee(call) else { return Step::End(None) };
        let arguments = self.arguments(call);
        if candidate.kind == Kind::Name && self.is_named_beside(&arguments, candidate) {
            return Step::End(Some(Verdict::new(Role::Define, Evidence::Certain)));
        }
        let Some(at) = arguments.iter().position(|argument| encloses(*argument, candidate.node))
        else {
            return Step::End(None);
        };
        if let Some(verdict) = self.known_call(call, callee, &Argument::Position(at), candidate) {
            return Step::End(Some(verdict));
        }
        // `zap.Int("status", 404)` is no conversion of its second argument.
        if self.tables.vocabulary.is_conversion(callee.name) && at == 0 && !way.range {
            return Step::Over(call);
        }
        if self.tables.vocabulary.is_range(callee.name) {
            way.range = true;
            return Step::Over(call);
        }
        if self.tables.vocabulary.is_fallback(callee.name)
            && let Some(receiver) = callee.receiver.filter(|_| at == 0 && way.lists.is_empty())
        {
            let verdict = self.compared(self.subject(receiver), candidate, Role::Emit);
            return verdict.map_or(Step::Over(call), |verdict| Step::End(Some(verdict)));
        }
        if self.tables.vocabulary.is_membership(callee.name) {
            // `matches!(status, 404 | 410)`
            if at > 0 && callee.receiver.is_none() {
                let role = if way.range { Role::Bound } else { self.equality(call) };
                return Step::End(self.compared(self.subject(arguments[0]), candidate, role));
            }
            // `slices.Contains([]int{200, 204}, status)`, else `range(200, 300)` beside `in`
            return match self.contained(callee, &arguments, at, candidate, way) {
                Some(verdict) => Step::End(Some(verdict)),
                None => Step::Over(call),
            };
        }
        if self.tables.vocabulary.is_row(callee.name) {
            way.lists.push(at);
            return Step::Over(call);
        }
        if way.lists.len() <= 1
            && let Some(verdict) = self.asserted(callee, &arguments, at, candidate)
        {
            return Step::End(Some(verdict));
        }
        // `Expect(resp.StatusCode).To(Equal(200))`
        if callee.receiver.is_none() && self.tables.vocabulary.is_matcher(callee.name) {
            return Step::Over(call);
        }
        if let Some(verdict) = self.table_test(&arguments, at, candidate, way) {
            return Step::End(Some(verdict));
        }
        if !way.lists.is_empty() {
            // `checkStatusCodes(t, got, []int{200, 429})`
            let subject = self.name_subject(callee.name);
            let by_name = (subject.says >= Says::Status && way.lists.len() == 1)
                .then(|| self.compared(subject, candidate, role_named(callee.name)));
            return Step::End(by_name.flatten());
        }
        if let Some(verdict) = self.looked_up(callee, &arguments, at, candidate) {
            return Step::End(Some(verdict));
        }
        Step::End(
            self.own_function(callee, at, candidate)
                .filter(|verdict| verdict.evidence == Evidence::Certain)
                .or_else(|| self.by_key(callee, &arguments, at, candidate))
                .or_else(|| self.by_callee(callee, &arguments, at, candidate))
                .or_else(|| self.by_test_helper(callee, &arguments, at, candidate))
                .or_else(|| self.own_function(callee, at, candidate)),
        )
    }

    /// `static_resp!(NotFound, StatusCode::NOT_FOUND)`: a name given to the code beside it.
    fn is_named_beside(&self, arguments: &[Node<'t>], candidate: &Candidate<'t>) -> bool {
        let Value::Code(code) = candidate.value else { return false };
        arguments.iter().any(|argument| {
            argument.named_child_count() == 0
                && argument.byte_range() != candidate.node.byte_range()
                && code_of_name(self.text(*argument)) == Some(code)
        })
    }

    /// A call of the vocabulary or of the configuration.
    pub(crate) fn known_call(
        &self,
        call: Node<'t>,
        callee: Callee<'t>,
        argument: &Argument,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        if self.context.calls.iter().any(|own| own.name == callee.name && own.argument == *argument)
        {
            return Some(Verdict::new(Role::Emit, Evidence::Certain).with_api(Some("project")));
        }
        let from = callee.receiver.map(|receiver| self.last_name(receiver));
        let mut best: Option<((Evidence, bool, bool), Verdict)> = None;
        for known in self.tables.vocabulary.calls(callee.name) {
            let by = match argument {
                Argument::Position(at) => known.argument == Some(*at),
                Argument::Keyword(name) => known.keyword.as_deref() == Some(name),
            };
            let on = (known.on.is_empty()
                || from
                    .is_some_and(|from| known.on.iter().any(|on| on.eq_ignore_ascii_case(from))))
                && (!known.method || from.is_some());
            if !by || !on {
                continue;
            }
            let Some(evidence) = self.weigh_call(known, candidate) else { continue };
            // The surest entry, then one of an imported library, then one that says on what.
            let rank = (evidence, self.is_imported(&known.api), !known.on.is_empty());
            if best.as_ref().is_none_or(|(best, _)| *best < rank) {
                let mut verdict =
                    Verdict::new(known.role.into(), evidence).with_api(Some(&known.api));
                verdict.content = self.content_of_call(known, call);
                verdict.lenient =
                    verdict.lenient || !matches!(verdict.role, Role::Emit | Role::Declare);
                best = Some((rank, verdict));
            }
        }
        best.map(|(_, verdict)| verdict)
    }

    fn weigh_call(&self, known: &Call, candidate: &Candidate<'t>) -> Option<Evidence> {
        if candidate.kind == Kind::Name {
            return Some(Evidence::Certain);
        }
        let imported = self.is_imported(&known.api);
        if (self.facts.foreign || known.only_imported) && !imported {
            return None;
        }
        let known_value = value::is_known(candidate.value);
        // A string in its place is another parameter: the body in supertest's `.expect("204")`.
        let as_string =
            known.keyword.is_some() || known.string || matches!(known.role, WordRole::Declare);
        if candidate.kind != Kind::Number && !(as_string && known_value) {
            return None;
        }
        if known.sure || imported {
            return Some(Evidence::Certain);
        }
        // What it is called on was checked, and the file does HTTP: `c.Status(591)`.
        let status = matches!(candidate.value, Value::Code(code) if code.is_valid());
        match self.facts.http {
            Http::Imported if status && !known.on.is_empty() => Some(Evidence::Certain),
            Http::Imported | Http::Mentioned if known_value => Some(Evidence::Certain),
            Http::No if known_value => Some(Evidence::Likely),
            _ => None,
        }
    }

    pub(crate) fn is_assertion(&self, name: &str) -> bool {
        self.tables.vocabulary.is_assertion(name)
            || words(name).first().is_some_and(|word| {
                matches!(word.as_str(), "assert" | "expect" | "require" | "should" | "verify")
            })
    }

    /// `assert_eq!(response.status(), 200)`, `expect(res.status).toBe(200)`
    fn asserted(
        &self,
        callee: Callee<'t>,
        arguments: &[Node<'t>],
        at: usize,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        if self.tables.vocabulary.is_matcher(callee.name) || says(callee.name) >= Says::Status {
            let mut link = callee.receiver;
            for _ in 0..8 {
                let Some(node) = link else { break };
                match self.shape(node) {
                    Some(Shape::Call) => {
                        let expected = self.arguments(node);
                        if let Some(first) = expected.first()
                            && let Some(verdict) =
                                self.compared(self.subject(*first), candidate, Role::Expect)
                        {
                            return Some(verdict);
                        }
                        link = self.callee(node).and_then(|callee| callee.receiver);
                    }
                    Some(Shape::Member) => {
                        if let Some(verdict) =
                            self.compared(self.subject(node), candidate, Role::Expect)
                        {
                            return Some(verdict);
                        }
                        link = self.part(node, Part::Object);
                    }
                    _ => break,
                }
            }
        }
        // After a message there are only the values it shows.
        let shown = |arguments: &[Node<'t>]| {
            arguments.iter().skip(2).any(|node| self.shape(*node) == Some(Shape::String))
        };
        if !self.is_assertion(callee.name) || shown(&arguments[..at]) {
            return None;
        }
        arguments
            .iter()
            .enumerate()
            .filter(|(other, node)| *other != at && self.shape(**node) != Some(Shape::String))
            .filter(|(other, _)| candidate.kind != Kind::Line || other.abs_diff(at) == 1)
            .find_map(|(_, node)| self.compared(self.subject(*node), candidate, Role::Expect))
    }

    /// `parametrize("value,code", [("342", 200)])`: the columns are named in a string.
    fn table_test(
        &self,
        arguments: &[Node<'t>],
        at: usize,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let header = arguments.first().filter(|_| at == 1)?;
        let names: Vec<&str> = match self.shape(*header)? {
            Shape::String => value::unquote(self.text(*header)).split(',').map(str::trim).collect(),
            Shape::List => {
                self.children(*header).iter().map(|name| value::unquote(self.text(*name))).collect()
            }
            _ => return None,
        };
        let column = match way.lists.as_slice() {
            [column, _] => *column,
            [_] if names.len() == 1 => 0,
            _ => return None,
        };
        let subject = self.name_subject(names.get(column)?);
        self.compared(subject, candidate, Role::Expect)
    }

    /// `values.get("status_code", 500)`, `getattr(error, "status", 500)`: the value of a name.
    fn looked_up(
        &self,
        callee: Callee<'t>,
        arguments: &[Node<'t>],
        at: usize,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let name = *arguments.get(at.checked_sub(1)?)?;
        if !self.tables.vocabulary.is_lookup(callee.name) || self.shape(name) != Some(Shape::String)
        {
            return None;
        }
        self.compared(self.subject(name), candidate, Role::Emit)
    }

    /// A function of this document whose parameter is a status by name.
    fn own_function(
        &self,
        callee: Callee<'t>,
        at: usize,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let function = self.facts.functions.iter().find(|function| function.name == callee.name)?;
        let is_self = |name: &&&str| {
            matches!(name.trim_start_matches(['&', '*']), "self" | "mut self" | "cls")
        };
        let skip = usize::from(function.parameters.first().as_ref().is_some_and(is_self));
        let parameter = function.parameters.get(at + skip)?;
        let mut subject = self.name_subject(parameter);
        if subject.says < Says::Status && self.is_ally_within(parameter, &function.range) {
            subject.says = Says::Status;
        }
        let role =
            if expects(parameter) || expects(callee.name) { Role::Expect } else { Role::Emit };
        self.compared(subject, candidate, role)
    }

    /// `error_response("none", 401)`: a callee whose name says that it answers, and a code people
    /// send.
    fn by_callee(
        &self,
        callee: Callee<'t>,
        arguments: &[Node<'t>],
        at: usize,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let known = value::is_known(candidate.value);
        if candidate.kind == Kind::Name {
            return Some(Verdict::new(Role::Emit, Evidence::Certain));
        }
        if candidate.kind != Kind::Number || !known || self.facts.foreign || arguments.len() > 5 {
            return None;
        }
        let subject = self.name_subject(callee.name);
        let role = role_named(callee.name);
        if subject.says >= Says::Status {
            return self.compared(subject, candidate, role);
        }
        let Value::Code(code) = candidate.value else { return None };
        // Messages beside it are what errors are made with; other numbers are what sizes come in.
        let numbers =
            arguments.iter().filter(|node| self.shape(**node) == Some(Shape::Number)).count();
        let messages = arguments.iter().enumerate().filter(|(other, _)| *other != at).count();
        if numbers != 1 || code.get() < 300 || code.get() % 100 > 31 {
            return None;
        }
        if subject.says == Says::Code && (self.facts.http > Http::No || messages > 0) {
            return Some(Verdict::new(role, Evidence::Certain));
        }
        if self.facts.http == Http::No {
            return None;
        }
        let logs = callee.receiver.is_some_and(|receiver| is_logger(self.last_name(receiver)));
        if logs || !is_responder(callee.name) {
            return None;
        }
        let evidence = if messages > 0 || self.facts.http == Http::Imported {
            Evidence::Certain
        } else {
            Evidence::Likely
        };
        Some(Verdict::new(role, evidence))
    }
}
