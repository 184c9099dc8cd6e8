//! Statuses given to calls: by the vocabulary, by assertions, by a project's own functions.

use statuslint_codes::code_of_name;
use tree_sitter::Node;

use crate::assertion::compares_order;
use crate::climb::{Step, Way};
use crate::document::{Callee, Document, encloses};
use crate::facts::Candidate;
use crate::fields::role_named;
use crate::names::Says;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Argument, Evidence, Kind, Role, Value, value};

/// Asks whether its first argument lies between the two others, the last of which is left out.
pub(crate) const IN_RANGE: &str = "inRange";

/// What a call is given, seen from the argument that holds the candidate.
pub(crate) struct Given<'t> {
    pub(crate) call: Node<'t>,
    pub(crate) callee: Callee<'t>,
    pub(crate) arguments: Vec<Node<'t>>,
    /// The position of the argument that holds the candidate.
    pub(crate) at: usize,
}

impl<'t> Given<'t> {
    /// The argument right before the candidate's.
    pub(crate) fn before(&self) -> Option<Node<'t>> {
        self.arguments.get(self.at.checked_sub(1)?).copied()
    }

    /// The other arguments, each with its position.
    pub(crate) fn others(&self) -> impl Iterator<Item = (usize, Node<'t>)> {
        self.arguments.iter().copied().enumerate().filter(|(other, _)| *other != self.at)
    }
}

impl<'t> Document<'t> {
    /// The candidate is in the arguments of `call`, or is what is called.
    pub(crate) fn argument(
        &self,
        call: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        let call = self.whole_chain(call);
        let is_head = if self.tables.syntax.is_chained(call) {
            encloses(self.chain_head(call), candidate.node)
        } else {
            self.is_in_part(call, Part::Function, node)
        };
        if is_head {
            // `raise NotFound()`: the name is called, the call is what stands there.
            if candidate.kind == Kind::Name {
                return Step::On;
            }
            if self.is_prefix(call) {
                return self.led(call, node, candidate);
            }
            // `operation.response::<404, Problem>()`
            let typed = way.lists.first().zip(self.callee(call)).and_then(|(at, callee)| {
                self.known_call(call, callee, &Argument::Keyword(format!("<{at}>")), candidate)
            });
            return Step::End(typed);
        }
        if self.part(call, Part::Function).is_none() {
            if self.is_in_part(call, Part::Object, node) {
                return self.called_on(call, candidate, way);
            }
            if candidate.kind == Kind::Name && self.is_in_part(call, Part::Name, node) {
                return Step::On;
            }
        }
        // `@not_found 404` reads as a call under a sign.
        let defined = self.parent(call).filter(|up| self.shape(*up) == Some(Shape::Define));
        if let Some(defined) = defined.and_then(|up| self.part(up, Part::Name))
            && self.is_in_part(call, Part::Function, defined)
        {
            return Step::On;
        }
        let Some(callee) = self.callee(call) else { return Step::End(None) };
        let callee = self.extended(call, callee);
        if way.typed && !self.is_in_part(call, Part::Arguments, node) {
            return Step::End(self.type_argument(call, node, callee, candidate));
        }
        let arguments = self.arguments(call);
        if candidate.kind == Kind::Name && self.is_named_beside(&arguments, candidate) {
            return Step::End(Some(Verdict::new(Role::Define, Evidence::Certain)));
        }
        if self.is_prefix(call) && value::number(callee.name).is_some() {
            return Step::On;
        }
        let Some(at) = arguments.iter().position(|argument| encloses(*argument, candidate.node))
        else {
            // `new List<int> { 200, 404 }`: what is made is filled with it.
            let fills = matches!(self.shape(node), Some(Shape::List | Shape::Map));
            return if fills { Step::On } else { Step::End(None) };
        };
        let given = Given { call, callee, arguments, at };
        if let Some(verdict) = self.known_call(call, callee, &Argument::Position(at), candidate) {
            return Step::End(Some(verdict));
        }
        if candidate.kind == Kind::Number && self.is_content(&given) {
            return Step::End(None);
        }
        match self.through_call(&given, candidate, way) {
            Some(step) => step,
            None => self.told_by_call(&given, candidate, way),
        }
    }

    /// Calls that only carry their argument on, or compare it with another.
    fn through_call(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Option<Step<'t>> {
        if let Some(verdict) = self.sought(given, candidate) {
            return Some(Step::End(Some(verdict)));
        }
        let words = &self.tables.vocabulary;
        let Given { call, callee, at, .. } = *given;
        if let Some(step) = self.operated(given, candidate, way) {
            return Some(step);
        }
        // `Set.new([301, 302])`
        let made = callee.receiver.filter(|_| callee.name == "new");
        if at == 0 && made.is_some_and(|made| words.is_conversion(self.last_name(made))) {
            return Some(Step::Over(call));
        }
        // `zap.Int("status", 404)` is no conversion of its second argument.
        let matches = callee.receiver.is_some() && words.is_matcher(callee.name);
        if words.is_conversion(callee.name) && at == 0 && !way.range && !matches {
            return Some(Step::Over(call));
        }
        if words.is_range(callee.name) {
            way.range = true;
            return Some(Step::Over(call));
        }
        if words.is_fallback(callee.name)
            && let Some(receiver) = callee.receiver.filter(|_| at == 0 && way.lists.is_empty())
        {
            let verdict = self.compared(self.subject(receiver), candidate, Role::Emit);
            return Some(verdict.map_or(Step::Over(call), |verdict| Step::End(Some(verdict))));
        }
        if words.is_membership(callee.name) {
            // `_.inRange(status, 200, 300)`
            if callee.name == IN_RANGE && at > 0 && way.lists.is_empty() {
                let subject = self.subject(given.arguments[0]);
                return Some(Step::End(self.compared(subject, candidate, Role::Bound)));
            }
            // `matches!(status, 404 | 410)`
            if at > 0 && callee.receiver.is_none() {
                let role = if way.range { Role::Bound } else { self.equality(call, callee.name) };
                let subject = self.subject(given.arguments[0]);
                return Some(Step::End(self.compared(subject, candidate, role)));
            }
            // `statusCodes.contains(404)`
            let receiver = callee.receiver.filter(|_| at == 0 && way.lists.is_empty());
            if let Some(receiver) = receiver.filter(|_| given.arguments.len() == 1)
                && let Some(verdict) = self.compared(
                    self.subject(receiver),
                    candidate,
                    self.equality(call, callee.name),
                )
            {
                return Some(Step::End(Some(verdict)));
            }
            // `slices.Contains([]int{200, 204}, status)`, else `range(200, 300)` beside `in`
            let verdict = self.contained(given, candidate, way);
            return Some(verdict.map_or(Step::Over(call), |verdict| Step::End(Some(verdict))));
        }
        // `status.equals("404")`, `Objects.equals(status, 404)`
        if words.is_equality(callee.name) {
            let role = self.equality(call, callee.name);
            let others = given.others().map(|(_, other)| other).chain(callee.receiver);
            let verdict = others
                .map(|other| self.subject(other))
                .find_map(|subject| self.compared(subject, candidate, role));
            return Some(Step::End(verdict));
        }
        if words.is_row(callee.name) {
            // `Map.of("status", 404)`
            if let Some(verdict) = self.looked_up(given, candidate) {
                return Some(Step::End(Some(verdict)));
            }
            way.lists.push(at);
            return Some(Step::Over(call));
        }
        None
    }

    /// What a type takes as a value of it is made.
    pub(crate) fn told_by_type(&self, given: &Given<'t>, candidate: &Candidate<'t>) -> Step<'t> {
        let argument = Argument::Position(given.at);
        match self.known_call(given.call, given.callee, &argument, candidate) {
            Some(verdict) => Step::End(Some(verdict)),
            None => self.told_by_call(given, candidate, &mut Way::default()),
        }
    }

    /// Calls nobody declared, by what is asserted, named and given beside the candidate.
    fn told_by_call(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
        way: &mut Way,
    ) -> Step<'t> {
        let callee = given.callee;
        if let Some(verdict) = self.case_of_test(given, candidate) {
            return Step::End(Some(verdict));
        }
        if way.lists.len() <= 1
            && let Some(mut verdict) = self.asserted(given, candidate)
        {
            if way.range {
                verdict = Verdict { role: Role::Bound, lenient: true, ..verdict };
            }
            return Step::End(Some(verdict));
        }
        // `Expect(resp.StatusCode).To(Equal(200))`
        if self.tables.vocabulary.is_matcher(callee.name)
            && callee.receiver.is_none_or(|receiver| self.is_matcher_alone(receiver))
        {
            way.range |= compares_order(callee.name);
            return Step::Over(given.call);
        }
        if let Some(verdict) = self.table_test(given, candidate, way) {
            return Step::End(Some(verdict));
        }
        if !way.lists.is_empty() {
            // `checkStatusCodes(t, got, []int{200, 429})`
            let subject = self.name_subject(callee.name);
            let by_name = (subject.says >= Says::Status && way.lists.len() == 1)
                .then(|| self.compared(subject, candidate, role_named(callee.name)));
            return Step::End(by_name.flatten());
        }
        let own = self.own_function(given, candidate);
        let certain = own.clone().filter(|verdict| verdict.evidence == Evidence::Certain);
        let told = self
            .looked_up(given, candidate)
            .or_else(|| self.added(given, candidate))
            .or(certain)
            .or_else(|| self.field_given(given, candidate))
            .or_else(|| self.by_key(given, candidate))
            .or_else(|| self.by_callee(given, candidate, way))
            .or_else(|| self.by_test_helper(given, candidate))
            .or(own);
        match told {
            Some(verdict) if verdict.evidence == Evidence::Certain => Step::End(Some(verdict)),
            told => Step::End(self.function_elsewhere(given, candidate).or(told)),
        }
    }

    /// `c.json<User, 200>(user)`, `TypedResponse<User, 200>`, `Exclude<StatusCode, 204>`
    pub(crate) fn type_argument(
        &self,
        item: Node<'t>,
        list: Node<'t>,
        callee: Callee<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let types = self.children(list);
        let at = types.iter().position(|given| encloses(*given, candidate.node))?;
        if let Some(verdict) = self.known_call(item, callee, &Argument::Position(at), candidate) {
            return Some(verdict);
        }
        let beside = types.iter().enumerate().filter(|(other, _)| *other != at);
        beside
            .map(|(_, node)| self.subject(*node))
            .chain([self.name_subject(callee.name)])
            .find_map(|subject| self.compared(subject, candidate, Role::Declare))
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

    /// `values.get("status_code", 500)`, `getattr(error, "status", 500)`: the value of a name.
    fn looked_up(&self, given: &Given<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let name = given.before()?;
        if !self.tables.vocabulary.is_lookup(given.callee.name)
            || self.shape(name) != Some(Shape::String)
        {
            return None;
        }
        self.compared(self.subject(name), candidate, Role::Emit)
    }
}
