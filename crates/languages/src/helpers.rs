//! Calls nobody declared whose other arguments tell: `zap.Int("status", 404)`,
//! `testRequest(t, router, "GET", "/users", 200)`.

use statuslint_codes::words;
use tree_sitter::Node;

use crate::argument::Given;
use crate::climb::Way;
use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::fields::role_named;
use crate::functions::Function;
use crate::index::Question;
use crate::names::{Says, expects, is_response, says};
use crate::subject::Subject;
use crate::syntax::Shape;
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Role, Value, value};

impl<'t> Document<'t> {
    /// A function of this document whose parameter is a status by name or by use.
    pub(crate) fn own_function(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let Given { callee, at, .. } = *given;
        let function = self.facts.functions.iter().find(|function| function.name == callee.name)?;
        let parameter = function.given().get(at)?;
        let says = self.parameter_says(function, parameter);
        let subject = Subject { says, ..self.name_subject(parameter) };
        let role =
            if expects(parameter) || expects(callee.name) { Role::Expect } else { Role::Emit };
        self.compared(subject, candidate, role)
    }

    /// What a parameter of a function says, by its name or by what the function does with it.
    pub(crate) fn parameter_says(&self, function: &Function<'t>, parameter: &str) -> Says {
        self.name_subject(parameter).says.max(self.ally_within(parameter, &function.range))
    }

    /// A function of another document whose parameter is a status.
    pub(crate) fn function_elsewhere(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let Given { callee, at, .. } = *given;
        let status = matches!(candidate.value, Value::Code(code) if code.is_valid());
        let known = value::is_known(candidate.value) && status;
        if !known || candidate.kind != Kind::Number || self.facts.foreign {
            return None;
        }
        // A method of one word may be of anything: `list.add(200)`.
        if callee.receiver.is_some() && words(callee.name).len() < 2 {
            return None;
        }
        if self.facts.functions.iter().any(|function| function.name == callee.name) {
            return None;
        }
        let question = Question::new(callee.name, at, given.arguments.len())?;
        let answered = self.context.index.answers(self.language, &question);
        self.questions.borrow_mut().push(question);
        let subject = Subject { says: Says::Status, api: Some("project") };
        answered.then(|| self.compared(subject, candidate, role_named(callee.name))).flatten()
    }

    /// A list that is asked, or asserted, to hold a status.
    pub(crate) fn contained(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let Given { callee, arguments, at, .. } = given;
        let asserts = arguments.first().is_some_and(|first| self.is_reporter(*first))
            || callee.receiver.is_some_and(|receiver| self.is_assertion(self.last_name(receiver)));
        let role = match way.range {
            true => Role::Bound,
            false if asserts => Role::Expect,
            false => Role::Compare,
        };
        let beside = arguments.get(at + 1)?;
        self.compared(self.subject(*beside), candidate, role)
    }

    /// A key that says status right before the candidate: `span.Set("http.status_code", 404)`.
    pub(crate) fn by_key(&self, given: &Given<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let mut key = given.before()?;
        // `Header(ascii.encode(":status"), ascii.encode("404"))`
        if let Some(callee) = self.callee(key).filter(|_| self.shape(key) == Some(Shape::Call))
            && self.tables.vocabulary.is_conversion(callee.name)
        {
            key = self.arguments(key).first().copied()?;
        }
        // `canvas.text("status", 300, 404)` has a key and two numbers: where something stands.
        let last = given.at + 1 == given.arguments.len();
        // `set_option(response, OPTION_STATUS, 404, OPTION_END)`
        let constant = self.text(key);
        if is_key(constant) {
            return self.compared(self.name_subject(constant), candidate, Role::Emit);
        }
        if !last || !value::is_known(candidate.value) {
            return None;
        }
        if self.shape(key) != Some(Shape::String) {
            return self.by_named_key(given, candidate);
        }
        let text = value::unquote(self.text(key));
        let subject = self.name_subject(text);
        if text.contains(' ') || subject.says < Says::Status {
            return None;
        }
        self.compared(subject, candidate, role_named(given.callee.name))
    }

    /// `expected_codes.push_back(404)`: what is added to a list of statuses.
    pub(crate) fn added(&self, given: &Given<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let list = given.callee.receiver?;
        let alone = given.arguments.len() == 1;
        let adds = alone && self.tables.vocabulary.is_addition(given.callee.name);
        let subject = self.subject(list);
        (adds && subject.says >= Says::Status)
            .then(|| self.compared(subject, candidate, role_named(self.last_name(list))))
            .flatten()
    }

    /// A name that says status, and one that is given its value: `get(h, INFO_STATUS_CODE, &code)`.
    pub(crate) fn filled(&self, call: Node<'t>) -> Vec<[Node<'t>; 2]> {
        let arguments = self.arguments(call);
        let Some(at) = arguments.iter().take(4).position(|node| {
            let text = self.text(*node);
            text.len() < 60 && is_key(text.split(' ').next().unwrap_or(text))
        }) else {
            return Vec::new();
        };
        let key = arguments[at];
        let addressed = arguments.into_iter().skip(at + 1).filter_map(|node| {
            let address = self.text(node).starts_with('&') && self.shape(node).is_some();
            self.children(node).first().copied().filter(|_| address)
        });
        addressed.map(|node| [key, node]).take(1).collect()
    }

    /// The same where the key is a constant, or the value a string beside any name:
    /// `span.setAttribute(HTTP_STATUS_CODE, 404)`, `Header(responseStatus, "404")`.
    fn by_named_key(&self, given: &Given<'t>, candidate: &Candidate<'t>) -> Option<Verdict> {
        let key = given.before()?;
        let name = match self.shape(key) {
            Some(Shape::Member) => self.last_name(key),
            _ => self.identifier(key)?,
        };
        let constant = !name.chars().any(char::is_lowercase);
        let subject = self.name_subject(name);
        if subject.says != Says::StatusCode || !(constant || candidate.kind == Kind::String) {
            return None;
        }
        self.compared(subject, candidate, role_named(given.callee.name))
    }

    /// A helper of a test that is told what to request and which code to expect.
    pub(crate) fn by_test_helper(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let Given { callee, arguments, at, .. } = given;
        let Value::Code(code) = candidate.value else { return None };
        code.entry().filter(|_| code.get() >= 200 && candidate.kind == Kind::Number)?;
        if self.facts.foreign || self.facts.http == Http::No {
            return None;
        }
        let numbers =
            arguments.iter().filter(|node| self.shape(**node) == Some(Shape::Number)).count();
        let requests = arguments.iter().take(*at).any(|node| self.is_request(*node));
        let tests = arguments.first().is_some_and(|first| self.is_reporter(*first))
            || self.is_assertion(callee.name);
        let responds =
            requests || arguments.iter().take(*at).any(|node| is_response(self.last_name(*node)));
        (numbers == 1 && tests && responds).then(|| Verdict::new(Role::Expect, Evidence::Certain))
    }

    /// Whether an argument is a method or the address of a request.
    fn is_request(&self, node: Node<'t>) -> bool {
        let text = match self.shape(node) {
            Some(Shape::String) => value::unquote(self.text(node)),
            Some(Shape::Member) => self.last_name(node),
            _ => return false,
        };
        let method = text.strip_prefix("Method").unwrap_or(text);
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
            .iter()
            .any(|known| method.eq_ignore_ascii_case(known))
            || text.starts_with('/')
            || text.starts_with("http://")
            || text.starts_with("https://")
    }

    /// Whether an argument is what the failures of a test are reported to: `t` in Go.
    pub(crate) fn is_reporter(&self, node: Node<'t>) -> bool {
        self.tables.vocabulary.is_reporter(self.text(node))
    }
}

/// Whether this is the name of a constant that says status: `CURLINFO_RESPONSE_CODE`.
pub(crate) fn is_key(name: &str) -> bool {
    name.len() < 60
        && name.contains('_')
        && !name.contains(|c: char| c.is_lowercase())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && says(name) >= Says::Status
        && statuslint_codes::code_of_name(name).is_none()
}
