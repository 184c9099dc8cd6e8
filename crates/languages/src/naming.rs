//! Names given to codes: constants, enum members and entries of maps from names to codes.

use statuslint_codes::{StatusCode, code_of_name, words};
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::{Candidate, Http};
use crate::names::{Says, is_other, says};
use crate::syntax::{Part, Shape};
use crate::value::{number, unquote};
use crate::verdict::Verdict;
use crate::{Evidence, Kind, Name, Role, Value};

/// Items beyond which a container is no list of statuses.
const CROWD: usize = 1000;

/// No declaration has more modifiers, attributes and types than this before its name.
const MODIFIERS: usize = 16;

/// How far beside an item others are looked at.
const REACH: usize = 60;

/// The items beside one, itself included, as far as numbers go on being named.
#[derive(Default)]
struct Company {
    /// How many there are.
    total: usize,
    /// How many have the name of a code and a registered number; one name counts once.
    codes: usize,
    /// The codes of those names.
    named: Vec<StatusCode>,
    /// How many of those names agree with their number.
    agreeing: usize,
}

impl Company {
    /// Whether this is a list of statuses, even where one of them is wrong.
    fn is_of_statuses(&self) -> bool {
        self.agreeing >= 1 && self.codes >= 2 && 2 * self.codes >= self.total
    }

    /// Whether most have names HTTP does not know: the replies of another protocol.
    fn is_of_others(&self) -> bool {
        self.total >= 6 && 3 * self.codes < self.total
    }
}

impl<'t> Document<'t> {
    /// `(402, "PAYMENT_REQUIRED")`: a row of a table of names.
    pub(crate) fn is_listed_name(&self, list: Node<'t>, candidate: &Candidate<'t>) -> bool {
        let children = self.children(list);
        let Value::Code(code) = candidate.value else { return false };
        candidate.kind == Kind::Number
            && (2..=4).contains(&children.len())
            && self.parent(candidate.node).is_some_and(|parent| parent.id() == list.id())
            && children.iter().any(|beside| {
                self.shape(*beside) == Some(Shape::String)
                    && !self.is_symbol(*beside)
                    && beside.byte_range().len() < 60
                    && code_of_name(unquote(self.text(*beside))) == Some(code)
            })
            && self.parent(list).is_some_and(|up| {
                !matches!(self.shape(up), Some(Shape::Assign | Shape::Define | Shape::Return))
            })
    }

    /// A name given to a code where names of codes are given.
    pub(crate) fn named(
        &self,
        name: Node<'t>,
        text: &str,
        item: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let Value::Code(code) = candidate.value else { return None };
        if self.facts.foreign || candidate.kind == Kind::Name || !(100..1000).contains(&code.get())
        {
            return None;
        }
        let here = code_of_name(text);
        if here.is_none() && is_other(text) {
            return None;
        }
        let agrees = here == Some(code) && code.is_valid();
        let company = self.company(item);
        let strange = company.is_of_others();
        let company = company.is_of_statuses();
        let says_status = says(self.container(item)) >= Says::Status
            || says(text) >= Says::Status
            || words(text).first().is_some_and(|word| word == "http" || word == "status");
        // `ok:` is what a call came to as often as it is a code.
        let in_http = agrees && self.facts.http > Http::No && text != "ok";
        if !(company || (says_status && here.is_some() && !strange) || in_http) {
            return None;
        }
        let mut verdict = Verdict::new(Role::Define, Evidence::Certain);
        verdict.name = Some(Name {
            text: text.to_owned(),
            range: name.byte_range(),
            judged: company || says_status,
        });
        Some(verdict)
    }

    /// The named numbers around an item.
    fn company(&self, item: Node<'t>) -> Company {
        let mut company = Company::default();
        let unit = match self.parent(item) {
            Some(parent)
                if matches!(self.shape(parent), None | Some(Shape::Declaration))
                    && self.is_alone(parent, item) =>
            {
                parent
            }
            _ => item,
        };
        self.join(item, &mut company);
        let Some(all) = self.parent(unit).filter(|all| all.named_child_count() <= CROWD) else {
            return company;
        };
        let items = self.children(all);
        let Some(at) = items.iter().position(|item| *item == unit) else { return company };
        let mut count = |beside: &mut dyn Iterator<Item = &Node<'t>>| {
            for node in beside.take(REACH) {
                if self.shape(*node) != Some(Shape::Comment) && !self.join(*node, &mut company) {
                    break;
                }
            }
        };
        count(&mut items[at + 1..].iter());
        count(&mut items[..at].iter().rev());
        company
    }

    /// Whether an item is the only one of a declaration, whatever modifiers and types stand there.
    fn is_alone(&self, declaration: Node<'t>, item: Node<'t>) -> bool {
        let mut cursor = declaration.walk();
        declaration.named_child_count() <= MODIFIERS
            && declaration
                .named_children(&mut cursor)
                .all(|child| child == item || !self.is_given(child))
    }

    /// Whether a node gives a name a value.
    fn is_given(&self, node: Node<'t>) -> bool {
        self.part(node, Part::Name).is_some() && self.part(node, Part::Value).is_some()
    }

    /// Counts an item that names a number; says whether it was one.
    fn join(&self, item: Node<'t>, company: &mut Company) -> bool {
        let item = match self.shape(item) {
            None | Some(Shape::Declaration) => {
                match self.children(item).into_iter().find(|inner| self.is_given(*inner)) {
                    Some(inner) => inner,
                    None => return false,
                }
            }
            Some(_) => item,
        };
        let (Some(name), Some(value)) = (self.part(item, Part::Name), self.part(item, Part::Value))
        else {
            return false;
        };
        // `NOT_FOUND = 404, "Not Found"` and `(404, "Not Found")` begin with the number too.
        let first = self.text(value).split([',', '(', ' ', ')']).find(|part| !part.is_empty());
        let Some(code) = first.and_then(number) else { return false };
        company.total += 1;
        let text = unquote(self.text(name));
        if let Some(named) = (text.len() < 60).then(|| code_of_name(text)).flatten()
            && code.entry().is_some()
            && !company.named.contains(&named)
        {
            company.named.push(named);
            company.codes += 1;
            company.agreeing += usize::from(named == code);
        }
        true
    }

    /// The name of the class, enum or map that holds an item.
    fn container(&self, item: Node<'t>) -> &'t str {
        if let Some(map) = self.parent(item).filter(|map| self.shape(*map) == Some(Shape::Map)) {
            return self.holder(map);
        }
        self.ancestor(item, Shape::Class)
            .and_then(|class| self.part(class, Part::Name))
            .map_or("", |name| self.text(name))
    }
}
