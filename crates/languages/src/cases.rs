//! Statuses in the arms of switches and matches.

use statuslint_codes::{code_of_name, words};
use tree_sitter::Node;

use crate::argument::Given;
use crate::climb::{Step, Way};
use crate::document::{Document, encloses};
use crate::facts::Candidate;
use crate::operators::Operator;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value};

impl<'t> Document<'t> {
    /// A pattern of a switch or match.
    pub(crate) fn case(
        &self,
        case: Node<'t>,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Step<'t> {
        if let Some(operator) = self.relation(node) {
            return Step::End(self.related(case, operator, candidate));
        }
        let conditions = self.parts(case, Part::Condition);
        let in_pattern = conditions.into_iter().any(|condition| encloses(condition, node))
            || !self.has_part(case, Part::Condition);
        if !in_pattern {
            // The value of an arm is the value of the switch.
            if self.is_named_by_arm(case, candidate) {
                return Step::End(Some(Verdict::new(Role::Table, Evidence::Certain)));
            }
            let is_value = self.is_in_part(case, Part::Value, node);
            return if is_value { Step::On } else { Step::End(None) };
        }
        let subject =
            self.matched(case, way).map_or(Subject::NOTHING, |subject| self.subject(subject));
        let role = if way.range { Role::Bound } else { Role::Branch };
        let verdict = self.compared(subject, candidate, role);
        let told = verdict.is_some() || candidate.kind == Kind::Name;
        if told && !way.range && self.arm_names(case, candidate) {
            return Step::End(Some(Verdict::new(Role::Table, Evidence::Certain)));
        }
        Step::End(verdict)
    }

    /// The comparison that a pattern makes of a value by itself: `case >= 200 && < 300`.
    pub(crate) fn relation(&self, node: Node<'t>) -> Option<Operator> {
        let mark = node.prev_sibling().filter(|mark| self.shape(*mark) == Some(Shape::Mark))?;
        self.operator(self.text(mark))
            .filter(|operator| matches!(operator, Operator::Equal | Operator::Order))
    }

    /// What a value in such a pattern is, in a switch over a status.
    pub(crate) fn related(
        &self,
        case: Node<'t>,
        operator: Operator,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let role = if operator == Operator::Order { Role::Bound } else { Role::Branch };
        let switch = self.ancestor(case, Shape::Switch)?;
        self.compared(self.subject(self.part(switch, Part::Subject)?), candidate, role)
    }

    /// `case Response(statusCode: >= 200 && < 300)`: by the label before the comparisons.
    pub(crate) fn related_field(
        &self,
        node: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let before = std::iter::successors(node.prev_named_sibling(), Node::prev_named_sibling);
        let mut label = before.take(8).skip_while(|before| {
            matches!(self.shape(*before), Some(Shape::Mark | Shape::Number | Shape::Member))
        });
        self.compared(self.subject(label.next()?), candidate, Role::Bound)
    }

    /// `[InlineData("/none", 404)]` above a test: what the parameter at its place takes.
    pub(crate) fn case_of_test(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        if !self.tables.vocabulary.is_case(given.callee.name) {
            return None;
        }
        let test = self
            .ancestors(given.call)
            .take(3)
            .find(|up| self.shape(*up) == Some(Shape::Function))?;
        let parameters = self.part(test, Part::Parameters)?;
        let parameter = self.children(parameters).get(given.at).copied()?;
        self.compared(self.subject(parameter), candidate, Role::Expect)
    }

    /// What a case is compared with: the subject of the switch, or the part of it that the
    /// candidate's place in a tuple or its key in a map names.
    fn matched(&self, case: Node<'t>, way: &Way) -> Option<Node<'t>> {
        let around = self.parent(case)?;
        if self.shape(around) == Some(Shape::Map) {
            return case.prev_named_sibling();
        }
        let switch = self.ancestors(case).take(64).find(|up| {
            matches!(self.shape(*up), Some(Shape::Switch | Shape::Lambda | Shape::Function))
        });
        let switch = switch.filter(|switch| self.shape(*switch) == Some(Shape::Switch))?;
        let subject = self.part(switch, Part::Subject)?;
        let several = self.shape(subject) == Some(Shape::List);
        if self.shape(around) == Some(Shape::List) {
            // `match method, status` has its subjects side by side.
            let list = if several { subject } else { switch };
            return self.children(list).get(self.position(around, case)?).copied();
        }
        let at = way.lists.last().filter(|_| several);
        let part = at.and_then(|at| self.children(subject).get(*at).copied());
        Some(part.unwrap_or(subject))
    }

    /// `402 => Ok(StatusCode::PaymentRequired)`, seen from the name: the arm is for its number.
    pub(crate) fn is_named_by_arm(&self, arm: Node<'t>, candidate: &Candidate<'t>) -> bool {
        let Value::Code(code) = candidate.value else { return false };
        candidate.kind == Kind::Name
            && self
                .part(arm, Part::Condition)
                .is_some_and(|pattern| crate::value::number(self.text(pattern)) == Some(code))
    }

    /// `402 => Ok(StatusCode::PaymentRequired)`: an arm that names the code it is for.
    fn arm_names(&self, case: Node<'t>, candidate: &Candidate<'t>) -> bool {
        let Value::Code(code) = candidate.value else { return false };
        let arm = match self.part(case, Part::Condition) {
            Some(_) => case,
            None => self.parent(case).unwrap_or(case),
        };
        let Some(rest) = self.text.get(candidate.node.end_byte()..arm.end_byte()) else {
            return false;
        };
        let end = rest.char_indices().nth(160).map_or(rest.len(), |(at, _)| at);
        rest[..end]
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ' ' | '-' | '\'')))
            // `I'm a teapot` holds what others quote with.
            .flat_map(|phrase| {
                [phrase].into_iter().chain(phrase.split(' ')).chain(phrase.split('\''))
            })
            .any(|phrase| words(phrase).len() > 1 && code_of_name(phrase) == Some(code))
    }
}
