//! Calls told by the name of what is called: `error_response("none", 401)`, `assertCode(200)`.

use crate::argument::Given;
use crate::climb::Way;
use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::fields::role_named;
use crate::names::{Says, expects, is_logger, is_responder, is_response};
use crate::syntax::Shape;
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value, value};

impl<'t> Document<'t> {
    /// `error_response("none", 401)`: a callee whose name says that it answers, and a code people
    /// send.
    pub(crate) fn by_callee(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let Given { callee, arguments, .. } = given;
        let callee = *callee;
        let known =
            value::is_known(candidate.value) || (way.range && value::is_edge(candidate.value));
        if candidate.kind == Kind::Name {
            return Some(Verdict::new(role_named(callee.name), Evidence::Certain));
        }
        if candidate.kind != Kind::Number || !known || self.facts.foreign || arguments.len() > 5 {
            return None;
        }
        let subject = self.name_subject(callee.name);
        let role = match role_named(callee.name) {
            _ if way.range => Role::Bound,
            Role::Emit if self.hangs_on(callee, &["expect"]) => Role::Expect,
            role => role,
        };
        if subject.says >= Says::Status {
            return self.compared(subject, candidate, role);
        }
        let Value::Code(code) = candidate.value else { return None };
        // Messages beside it are what errors are made with; other numbers are what sizes come in.
        let numbers: Vec<Value> = arguments
            .iter()
            .filter(|node| self.shape(**node) == Some(Shape::Number))
            .filter_map(|node| value::number(self.text(*node)).map(Value::Code))
            .collect();
        let messages = given.others().count();
        // `standardResponses(401, 403, 404)`
        let several = numbers.len() > 1
            && numbers.len() == arguments.len()
            && numbers.iter().all(|number| value::is_known(*number))
            && numbers.iter().any(|number| value::is_telling(*number));
        // `writeJSON(w, 201, user)`: what answers stands first.
        let answers = given.arguments.first().is_some_and(|first| {
            let name = self.text(*first);
            given.at > 0 && (matches!(name, "w" | "rw") || is_response(name))
        });
        let error = code.get() >= 300 && code.get() % 100 <= 31;
        let sent = answers && self.facts.http == Http::Imported && code.get() >= 200;
        // `call.execute().assertCode(200)`
        let checks =
            subject.says == Says::Code && messages == 0 && expects(callee.name) && code.is_valid();
        // `Response(201, "created")`
        let first = given.at == 0 && messages > 0 && (200..300).contains(&code.get());
        let response = first && self.facts.http == Http::Imported && is_a_response(callee.name);
        let alone = numbers.len() == 1 && (error || sent || checks || response);
        if !several && !alone {
            return None;
        }
        let role = if several { Role::Declare } else { role };
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

/// Whether what is called makes a response: `Response`, `ApiResponse`.
fn is_a_response(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.ends_with("Response")
}
