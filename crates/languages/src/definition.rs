//! Statuses that are given to variables, members, parameters and constants.

use statuslint_codes::{code_of_name, code_of_vendor_name, words};
use tree_sitter::Node;

use crate::climb::Way;
use crate::document::{Document, encloses};
use crate::facts::{Candidate, Http};
use crate::names::{Says, expects};
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Name, Role, Value, value};

impl<'t> Document<'t> {
    /// `x.status = 404`, `const NOT_FOUND: u16 = 404`, `def f(status_code=200)`.
    pub(crate) fn definition(
        &self,
        node: Node<'t>,
        from: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let name = self.part(node, Part::Name)?;
        if encloses(name, from) {
            return self.matched_with(node, name, candidate);
        }
        let names = self.targets(node, name, from);
        let parallel = self.is_parallel(&names, from);
        let target = match way.lists.last() {
            Some(&at) if parallel => names.get(at),
            _ => names.last(),
        };
        let target = target.copied().unwrap_or(name);
        let text = self.text(target);
        if text.len() > 80 {
            return None;
        }
        if let Some(verdict) = self.initialised(node, from, candidate, way) {
            return Some(verdict);
        }
        let plain = !matches!(self.shape(target), Some(Shape::Member | Shape::Index));
        let constant = self.shape(node) == Some(Shape::Define)
            || (plain && (is_constant_name(text) || self.is_constant(node)));
        let capital = plain && text.starts_with(char::is_uppercase);
        let alone = way.lists.is_empty()
            || (parallel && way.lists.len() == 1)
            || is_first_of_pair(self, from, way);
        if (constant || capital || (plain && (self.is_fixed(node) || self.is_member(node))))
            && alone
            && !way.range
            && let Some(verdict) = self.named(target, text, node, candidate)
        {
            return Some(verdict);
        }
        if constant
            && alone
            && !way.range
            && let Some(verdict) = self.embeds(target, text, candidate)
        {
            return Some(verdict);
        }
        let role = if !alone {
            Role::Compare
        } else if constant {
            Role::Define
        } else if expects(text) {
            Role::Expect
        } else {
            Role::Emit
        };
        let role = if way.alternative || self.is_of_named_class(node, candidate) {
            Role::Define
        } else if way.range || (value::is_edge(candidate.value) && is_limit(text)) {
            Role::Bound
        } else {
            role
        };
        let entry = self.given_to_entry(node, candidate);
        let mut subject = entry.unwrap_or_else(|| self.subject(target));
        if subject.says < Says::StatusCode && self.is_typed_status(node) {
            subject.says = Says::StatusCode;
        }
        let code = subject.says == Says::Code;
        // `val REDIRECTION = 300..399`
        if way.range && self.facts.http > Http::No && names_class(text) {
            subject.says = subject.says.max(Says::Status);
        }
        let head = if code { self.class_head(node, target) } else { Vec::new() };
        if code && head.iter().any(|word| word.starts_with("http")) {
            subject.says = Says::Status;
        }
        let error = head.iter().any(|word| matches!(word.as_str(), "error" | "exception"));
        self.compared(subject, candidate, role).or_else(|| {
            // `class NoSuchKey(ServiceError): code = 404`
            let failure =
                matches!(candidate.value, Value::Code(code) if (400..600).contains(&code.get()));
            subject.says = Says::Status;
            let verdict = self.compared(subject, candidate, role).filter(|_| error && failure)?;
            Some(Verdict { evidence: Evidence::Likely, ..verdict })
        })
    }

    /// Whether something is defined right in a class, as fields and static constants are.
    fn is_member(&self, item: Node<'t>) -> bool {
        let around = self.ancestors(item).take(3);
        around
            .take_while(|node| matches!(self.shape(*node), None | Some(Shape::Class)))
            .any(|node| self.shape(node) == Some(Shape::Class))
    }

    /// Whether what is defined or returned has a type that says status: `let gone: HTTPStatus`.
    pub(crate) fn is_typed_status(&self, node: Node<'t>) -> bool {
        self.part(node, Part::Type).is_some_and(|held| {
            let text = self.text(held);
            text.len() < 80 && self.name_subject(text).says == Says::StatusCode
        })
    }

    /// The parameter whose default a value beside it is: `fun respond(status: Int = 404)`.
    pub(crate) fn defaulted(
        &self,
        list: Node<'t>,
        shape: Shape,
        value: Node<'t>,
    ) -> Option<Node<'t>> {
        let holds = match shape {
            Shape::Parameters => self.shape(value) != Some(Shape::Parameter),
            Shape::Function => {
                self.parts(list, Part::Value).iter().any(|default| default.id() == value.id())
            }
            _ => false,
        };
        let parameter = holds.then(|| value.prev_named_sibling()).flatten()?;
        (self.shape(parameter) == Some(Shape::Parameter)).then(|| {
            let own = self.children(parameter).first().copied();
            own.filter(|own| self.shape(*own) == Some(Shape::Parameter)).unwrap_or(parameter)
        })
    }

    /// Whether a declaration says that what it declares never changes: `private const int Gone = 410`.
    fn is_constant(&self, node: Node<'t>) -> bool {
        let unchanging = |modifier: &Node<'t>| {
            modifier.kind() == "modifier" && matches!(self.text(*modifier), "const" | "readonly")
        };
        std::iter::once(node)
            .chain(self.ancestors(node).take(2))
            .take_while(|up| !matches!(self.shape(*up), Some(Shape::Block | Shape::Class)))
            .any(|up| self.children(up).iter().take(6).any(unchanging))
    }

    /// The words of the head of the class whose attribute is given a value: `class Gone(HTTPError)`.
    fn class_head(&self, item: Node<'t>, target: Node<'t>) -> Vec<String> {
        let Some(class) = self.ancestor(item, Shape::Class) else { return Vec::new() };
        let own = self.part(target, Part::Object).is_some_and(|object| {
            self.shape(target) == Some(Shape::Member)
                && matches!(self.text(object), "self" | "this")
        });
        let within = |function: Node<'t>| encloses(class, function);
        if !own && self.ancestor(item, Shape::Function).is_some_and(within) {
            return Vec::new();
        }
        words(self.text(class).lines().next().unwrap_or_default())
    }

    /// `for status in (200, 404)`, `for path, status in [("/", 200)]`.
    pub(crate) fn each(
        &self,
        each: Node<'t>,
        from: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let name =
            self.part(each, Part::Name).filter(|_| self.is_in_part(each, Part::Value, from))?;
        let columns = self.shape(name) == Some(Shape::List);
        let target = match (way.lists.as_slice(), columns) {
            ([] | [_], false) => name,
            ([column, _], true) => *self.children(name).get(*column)?,
            // `for _, code in ipairs({ 200, 404 })`: after its place the value.
            ([_], true) => *self.children(name).last()?,
            _ => return None,
        };
        let role = if way.range { Role::Bound } else { Role::Compare };
        let mut subject = self.subject(target);
        if subject.says == Says::Code && self.is_among_statuses(candidate) {
            subject.says = Says::Status;
        }
        self.compared(subject, candidate, role)
    }

    /// `["301", "302", "303"]`: several codes in a list, none of which may as well be a size.
    fn is_among_statuses(&self, candidate: &Candidate<'t>) -> bool {
        let Some(list) = self.parent(candidate.node) else { return false };
        let items = self.children(list);
        let telling = |item: &Node<'t>| {
            let value = match self.shape(*item) {
                Some(Shape::Number) => value::number(self.text(*item)).map(Value::Code),
                Some(Shape::String) => value::string(value::unquote(self.text(*item))),
                _ => None,
            };
            value.is_some_and(value::is_telling)
        };
        items.len() > 1 && items.iter().all(telling)
    }

    /// `class HTTPGone: status_code = 410`: the class that is named after the code defines it.
    fn is_of_named_class(&self, node: Node<'t>, candidate: &Candidate<'t>) -> bool {
        let Value::Code(code) = candidate.value else { return false };
        let class = self.ancestors(node).take(3).find(|up| self.shape(*up) == Some(Shape::Class));
        class
            .and_then(|class| self.part(class, Part::Name))
            .is_some_and(|name| code_of_name(self.text(name)) == Some(code))
    }

    /// `class PaymentRequiredResponse : HttpResponse(402)`: what a class named after the code gives
    /// to the class it is made of.
    pub(crate) fn makes_named_class(&self, candidate: &Candidate<'t>) -> bool {
        let Value::Code(code) = candidate.value else { return false };
        let head = self
            .ancestors(candidate.node)
            .take(12)
            .take_while(|up| !matches!(self.shape(*up), Some(Shape::Lambda | Shape::Block)))
            .find(|up| self.shape(*up) == Some(Shape::Class));
        let Some(name) = head.and_then(|class| self.part(class, Part::Name)) else { return false };
        let mut words = words(self.text(name));
        while matches!(words.last().map(String::as_str), Some("response" | "error" | "exception")) {
            words.pop();
        }
        let name = words.join("_");
        code_of_name(&name).or_else(|| code_of_vendor_name(&name)) == Some(code)
    }

    /// `val UseProxy = Status.UseProxy` and `status: UseProxy.type`: another place for the same
    /// name, or what is of its type.
    pub(crate) fn is_passed_on(&self, candidate: &Candidate<'t>) -> bool {
        let mut around = self.ancestors(candidate.node).take(2).map(|up| self.shape(up));
        if around.next() == Some(Some(Shape::Type)) && around.next() == Some(Some(Shape::Parameter))
        {
            return true;
        }
        let defines =
            |up: &Node<'t>| matches!(self.shape(*up), Some(Shape::Assign | Shape::Define));
        let item = self.ancestors(candidate.node).take(4).find(defines);
        let name = item.and_then(|item| self.part(item, Part::Name));
        name.is_some_and(|name| {
            !encloses(name, candidate.node)
                && words(self.last_name(name)) == words(self.last_name(candidate.node))
        })
    }

    /// The names that are given values: one, or several as in `a, b = 1, 404`. Where a single value
    /// is taken apart, as in `for _, b = range []int{404}`, the last is what it holds.
    fn targets(&self, node: Node<'t>, name: Node<'t>, from: Node<'t>) -> Vec<Node<'t>> {
        let names = self.parts(node, Part::Name);
        match self.shape(name) {
            Some(Shape::List) => match self.parts(name, Part::Name) {
                // `x <const>` of Lua has more than names in its list.
                parts if parts.is_empty() => self.children(name),
                parts => parts,
            },
            // `a = 1, b = 404`
            _ if names.len() > 1 => {
                names.into_iter().filter(|name| name.start_byte() < from.start_byte()).collect()
            }
            _ => vec![name],
        }
    }

    /// Whether as many names are given as many values.
    fn is_parallel(&self, names: &[Node<'t>], value: Node<'t>) -> bool {
        self.shape(value) == Some(Shape::List)
            && names.len() > 1
            && self.children(value).len() == names.len()
    }

    /// `PARTIAL_CONTENT_RESPONSE = 206`: a constant whose words hold the code's own name.
    fn embeds(&self, name: Node<'t>, text: &str, candidate: &Candidate<'t>) -> Option<Verdict> {
        if candidate.kind == Kind::Name || self.facts.foreign || self.facts.http == Http::No {
            return None;
        }
        let Value::Code(code) = candidate.value else { return None };
        let own = words(code.entry()?.name);
        let words = words(text);
        let holds =
            own.len() > 1 && words.windows(own.len()).any(|window| window == own.as_slice());
        holds.then(|| {
            let mut verdict = Verdict::new(Role::Define, Evidence::Certain);
            verdict.name =
                Some(Name { text: text.to_owned(), range: name.byte_range(), judged: false });
            verdict
        })
    }
}

/// `NAME = 404, "Not Found"` and `NAME = (404, "Not Found")`: the code with its phrase.
fn is_first_of_pair<'t>(document: &Document<'t>, list: Node<'t>, way: &Way) -> bool {
    way.lists == [0]
        && matches!(document.shape(list), Some(Shape::List))
        && matches!(document.children(list).as_slice(), [_, phrase] if document.shape(*phrase) == Some(Shape::String))
}

/// Whether a name says that it is the end of a range: `limitStatusCode`.
fn is_limit(name: &str) -> bool {
    words(name).iter().any(|word| {
        matches!(
            word.as_str(),
            "limit" | "max" | "min" | "upper" | "lower" | "first" | "last" | "start" | "end"
        )
    })
}

/// Whether a name is written as constants are: `NOT_FOUND`.
fn is_constant_name(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// Whether a name is that of a class of codes: `CLIENT_ERROR`, `redirects`.
fn names_class(name: &str) -> bool {
    let words = words(name);
    match words.as_slice() {
        [.., party, error] => {
            matches!(party.as_str(), "client" | "server") && error.starts_with("error")
        }
        [word] => {
            ["informational", "success", "redirect"].iter().any(|class| word.starts_with(class))
        }
        [] => false,
    }
}
