//! What climbing finds out about a candidate, and how sure that is.

use std::ops::Range;

use statuslint_codes::code_of_name;

use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::names::{Says, says};
use crate::subject::Subject;
use crate::syntax::{Part, Shape};
use crate::{Evidence, Helper, Kind, Name, Phrase, Role, Value, value};

/// A candidate that is a status, and what stands beside it.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    pub(crate) role: Role,
    pub(crate) evidence: Evidence,
    pub(crate) api: Option<&'static str>,
    pub(crate) name: Option<Name>,
    pub(crate) reason: Option<Phrase>,
    pub(crate) content: Option<Range<usize>>,
    pub(crate) headers: Option<Vec<String>>,
    pub(crate) helper: Option<Helper>,
    pub(crate) lenient: bool,
}

impl Verdict {
    pub(crate) fn new(role: Role, evidence: Evidence) -> Self {
        Self {
            role,
            evidence,
            api: None,
            name: None,
            reason: None,
            content: None,
            headers: None,
            helper: None,
            lenient: role == Role::Bound,
        }
    }

    pub(crate) fn with_api(self, api: Option<&'static str>) -> Self {
        Self { api, ..self }
    }
}

impl<'t> Document<'t> {
    /// How sure a subject of this name makes a candidate, given the value and the document.
    pub(crate) fn weigh(
        &self,
        subject: Subject,
        candidate: &Candidate<'t>,
        role: Role,
    ) -> Option<Evidence> {
        if candidate.kind == Kind::Name {
            return (subject.says > Says::Nothing).then_some(Evidence::Certain);
        }
        if self.facts.foreign {
            return None;
        }
        let value = candidate.value;
        if self.is_symbol(candidate.node) {
            return self.weigh_symbol(subject, candidate);
        }
        // `order.status == .accepted`: kinds of status have names of their own.
        if candidate.implicit && subject.says < Says::StatusCode {
            return None;
        }
        let plausible = value::is_known(value) || (role == Role::Bound && value::is_edge(value));
        let in_range = match value {
            Value::Code(code) => (100..1000).contains(&code.get()),
            _ => true,
        };
        match subject.says {
            Says::StatusCode if plausible => Some(Evidence::Certain),
            Says::StatusCode if in_range => {
                Some(if self.facts.http > Http::No { Evidence::Certain } else { Evidence::Likely })
            }
            Says::StatusCode => {
                let sent = matches!(role, Role::Emit) && self.facts.http == Http::Imported;
                let number = value_number(value);
                (number > 600 && sent).then_some(Evidence::Likely)
            }
            Says::Status
                if plausible && (self.facts.http > Http::No || value::is_telling(value)) =>
            {
                Some(Evidence::Certain)
            }
            Says::Status if plausible || (in_range && self.facts.http > Http::No) => {
                Some(Evidence::Likely)
            }
            Says::Code if plausible && self.facts.http == Http::Imported => {
                Some(if candidate.kind == Kind::Number {
                    Evidence::Certain
                } else {
                    Evidence::Likely
                })
            }
            Says::Code if plausible && self.facts.http == Http::Mentioned => {
                let certain = candidate.kind == Kind::Number && self.is_in_status(candidate);
                Some(if certain { Evidence::Certain } else { Evidence::Likely })
            }
            Says::Nothing | Says::Status | Says::Code => None,
        }
    }

    /// Whether a candidate stands in a type that is a status by name, or is named after the code:
    /// `trait Status { def isSuccess = code >= 200 }`, `object Gone extends Failure { val code = 410 }`.
    fn is_in_status(&self, candidate: &Candidate<'t>) -> bool {
        let classes =
            self.ancestors(candidate.node).filter(|up| self.shape(*up) == Some(Shape::Class));
        classes.take(3).filter_map(|class| self.part(class, Part::Name)).any(|name| {
            let name = self.text(name);
            let named = code_of_name(name).map(Value::Code);
            says(name) >= Says::Status || named == Some(candidate.value)
        })
    }
}

fn value_number(value: Value) -> u16 {
    match value {
        Value::Code(code) => code.get(),
        Value::Class(_) | Value::Malformed => 0,
    }
}
