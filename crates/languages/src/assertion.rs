//! Statuses that tests expect: matchers, assertions and tables of cases.

use statuslint_codes::words;
use tree_sitter::Node;

use crate::argument::Given;
use crate::climb::Way;
use crate::document::{Callee, Document};
use crate::facts::Candidate;
use crate::known_calls::LINKS;
use crate::names::{Says, says};
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Argument, Kind, Role, value};

impl<'t> Document<'t> {
    pub(crate) fn is_assertion(&self, name: &str) -> bool {
        self.tables.vocabulary.is_assertion(name)
            || words(name).first().is_some_and(|word| {
                matches!(word.as_str(), "assert" | "expect" | "require" | "should" | "verify")
            })
    }

    /// `assert_eq!(response.status(), 200)`, `expect(res.status).toBe(200)`
    pub(crate) fn asserted(&self, given: &Given<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let Given { call, callee, ref arguments, at } = *given;
        let role = match callee.name {
            name if compares_order(name) => Role::Bound,
            // `when(response.status()).thenReturn(404)`
            name if words(name).iter().any(|word| word.starts_with("return")) => Role::Emit,
            _ => Role::Expect,
        };
        if (self.tables.vocabulary.is_matcher(callee.name) || says(callee.name) >= Says::Status)
            && let Some(verdict) = self.against_matcher(given, candidate, role)
        {
            return Some(verdict);
        }
        // After a message there are only the values it shows.
        let shown = |arguments: &[Node<'t>]| {
            arguments.iter().skip(2).any(|node| self.shape(*node) == Some(Shape::String))
        };
        if !self.is_assertion(callee.name) || shown(&arguments[..at]) {
            return None;
        }
        given
            .others()
            .filter(|(_, node)| self.shape(*node) != Some(Shape::String))
            .filter(|(other, _)| candidate.kind != Kind::Line || other.abs_diff(at) == 1)
            .find_map(|(_, node)| self.compared(self.subject(node), candidate, role))
            .or_else(|| self.matched_later(call, candidate))
    }

    /// Whether a pair stands in what a matcher is given: `toMatchObject({ status: 404 })`.
    pub(crate) fn is_expected(&self, pair: Node<'t>) -> bool {
        let inside = |node: &Node<'t>| {
            matches!(
                self.shape(*node),
                Some(Shape::Map | Shape::Pair | Shape::List | Shape::Arguments | Shape::Through)
            )
        };
        self.ancestors(pair)
            .take(LINKS)
            .find(|node| !inside(node))
            .and_then(|call| self.callee(call))
            .is_some_and(|callee| {
                self.tables.vocabulary.is_matcher(callee.name) || self.is_assertion(callee.name)
            })
    }

    /// The candidate is given to a matcher: what an earlier link of the chain holds is expected.
    fn against_matcher(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
        role: Role,
    ) -> Option<Verdict> {
        // `toHaveProperty("status", 404)`
        let property = given.before().filter(|node| self.shape(*node) == Some(Shape::String));
        if let Some(property) = property
            && let Some(verdict) = self.compared(self.subject(property), candidate, role)
        {
            return Some(verdict);
        }
        let mut link = given.callee.receiver;
        for at in 0..LINKS {
            let Some(node) = link else { break };
            let (subject, next) = match self.shape(node) {
                Some(Shape::Call) => {
                    // A getter holds its own value, `$response->getStatusCode()->willReturn(200)`,
                    // and so does one that is told what to ask, `status("/orders").must_equal 200`.
                    let held = self.arguments(node).first().copied();
                    let asked = held.is_none_or(|held| {
                        matches!(self.shape(held), Some(Shape::String | Shape::Pair))
                    });
                    (
                        if asked { Some(node).filter(|_| at == 0) } else { held },
                        self.callee(node).and_then(|callee| callee.receiver),
                    )
                }
                Some(Shape::Member) => (Some(node), self.part(node, Part::Object)),
                _ => (Some(node), None),
            };
            // `when(() => response.statusCode)`
            let subject = subject.and_then(|subject| match self.shape(subject) {
                Some(Shape::Lambda) => self.children(subject).last().copied(),
                _ => Some(subject),
            });
            if let Some(subject) = subject {
                let verdict = self
                    .compared(self.subject(subject), candidate, role)
                    .or_else(|| self.called_with(given, subject, candidate));
                if verdict.is_some() {
                    return verdict;
                }
            }
            // `….expectStatus().isOk().expectBody().jsonPath("$.total").isEqualTo(300)`
            let expects_anew = self.shape(node) == Some(Shape::Call)
                && self.last_name(node).strip_prefix("expect").is_some();
            link = next.filter(|_| !expects_anew);
        }
        None
    }

    /// Whether an expression is a matcher that holds nothing to compare: `either(equalTo(200))`.
    pub(crate) fn is_matcher_alone(&self, node: Node<'t>) -> bool {
        let callee = self.callee(node).filter(|_| self.shape(node) == Some(Shape::Call));
        callee.is_some_and(|callee| {
            callee.receiver.is_none() && self.tables.vocabulary.is_matcher(callee.name)
        })
    }

    /// `expect(res.redirect).toHaveBeenCalledWith(302, "/")`: what the mocked call takes there.
    fn called_with(
        &self,
        given: &Given<'t>,
        mocked: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        if !words(given.callee.name).iter().any(|word| word == "called") {
            return None;
        }
        let receiver = self.part(mocked, Part::Object);
        let callee = Callee { name: self.last_name(mocked), receiver };
        let verdict = self.known_call(mocked, callee, &Argument::Position(given.at), candidate)?;
        Some(Verdict::new(Role::Expect, verdict.evidence).with_api(verdict.api))
    }

    /// `expect([200, 204]).toContain(res.status)`: what is compared stands in the matcher.
    fn matched_later(&self, call: Node<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let mut link = call;
        for _ in 0..LINKS {
            link = self.call_on(link)?;
            let callee = self.callee(link)?;
            if let Some(expected) = self.arguments(link).first()
                && self.tables.vocabulary.is_matcher(callee.name)
            {
                return self.compared(self.subject(*expected), candidate, Role::Expect);
            }
        }
        None
    }

    /// `parametrize("value,code", [("342", 200)])`: the columns are named in a string;
    /// `it.each([["342", 200]])("…", (value, code) => …)`: by what the test takes.
    pub(crate) fn table_test(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let Given { call, ref arguments, at, .. } = *given;
        let header = arguments.first()?;
        let names: Vec<&str> = match self.shape(*header)? {
            Shape::List if at == 0 && self.callee(call)?.name == "each" => self.cases_of(call)?,
            _ if at != 1 => return None,
            Shape::String => value::unquote(self.text(*header)).split(',').map(str::trim).collect(),
            Shape::List => {
                self.children(*header).iter().map(|name| value::unquote(self.text(*name))).collect()
            }
            _ => return None,
        };
        let column = match way.lists.as_slice() {
            [column, _] => *column,
            [_] if at == 0 || names.len() == 1 => 0,
            _ => return None,
        };
        let subject = self.name_subject(names.get(column)?);
        self.compared(subject, candidate, Role::Expect)
    }

    /// The parameters of the test that `each(…)` is then called with.
    fn cases_of(&self, each: Node<'t>) -> Option<Vec<&'t str>> {
        let outer =
            self.parent(each).filter(|outer| self.is_in_part(*outer, Part::Function, each))?;
        let test = self.arguments(outer).into_iter().find(|argument| {
            matches!(self.shape(*argument), Some(Shape::Lambda | Shape::Function))
        })?;
        Some(self.parameters(test))
    }
}

/// Whether a matcher or assertion compares by order: `toBeLessThan`, `at.most`, `within`.
pub(crate) fn compares_order(name: &str) -> bool {
    words(name).iter().any(|word| {
        matches!(
            word.as_str(),
            "less"
                | "greater"
                | "above"
                | "below"
                | "least"
                | "most"
                | "within"
                | "between"
                | "range"
                | "lt"
                | "lte"
                | "gt"
                | "gte"
        )
    })
}
