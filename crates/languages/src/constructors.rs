//! Statuses given to a type as a value of it is made: `crow::response r(404)`, `Error e{404}`,
//! and by their place in a record whose type the document declares.

use tree_sitter::Node;

use crate::argument::Given;
use crate::climb::{Step, Way};
use crate::document::{Callee, Document, encloses};
use crate::facts::Candidate;
use crate::fields::role_of;
use crate::folder::last_name;
use crate::syntax::{Part, Shape};
use crate::verdict::Verdict;

/// Types with more parts are not looked through.
const TYPES: usize = 24;

impl<'t> Document<'t> {
    /// `crow::response answer(404, "none")`, `struct row rows[] = {{404, "none"}}`: what the
    /// declared type takes at the candidate's place.
    pub(crate) fn initialised(
        &self,
        item: Node<'t>,
        from: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let declaration =
            self.parent(item).filter(|up| self.shape(*up) == Some(Shape::Declaration))?;
        let declared = self.part(declaration, Part::Type)?;
        let direct = match self.shape(from) {
            Some(Shape::Arguments) => way.lists.is_empty(),
            Some(Shape::List) => way.lists.len() <= 1,
            _ => false,
        };
        let array = item.child(0).is_some_and(|first| self.text(first).ends_with(']'));
        if direct
            && !array
            && let Some(verdict) = self.made(declared, item, from, candidate)
        {
            return Some(verdict);
        }
        self.placed(declared, candidate, way)
    }

    /// `return {404, "none"}`: what the function returns takes it.
    pub(crate) fn returned_object(
        &self,
        item: Node<'t>,
        value: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let function = self.function_around(item)?;
        let list = match self.shape(value) {
            Some(Shape::List) => value,
            _ => self.children(value).into_iter().last()?,
        };
        self.made(self.part(function, Part::Type)?, item, list, candidate)
    }

    /// The type is called with the children of `list`.
    fn made(
        &self,
        declared: Node<'t>,
        call: Node<'t>,
        list: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let callee = self.type_called(declared)?;
        let arguments = self.children(list);
        let at = arguments.iter().position(|given| encloses(*given, candidate.node))?;
        let given = Given { call, callee, arguments, at };
        match self.told_by_type(&given, candidate) {
            Step::End(verdict) => verdict,
            Step::On | Step::Over(_) => None,
        }
    }

    /// What is called when a value of a type is made.
    fn type_called(&self, declared: Node<'t>) -> Option<Callee<'t>> {
        let (name, receiver) = match self.shape(declared) {
            Some(Shape::Member) => {
                (self.part(declared, Part::Name)?, self.part(declared, Part::Object))
            }
            Some(Shape::Through) => {
                (self.part(declared, Part::Name).or_else(|| self.held(declared))?, None)
            }
            _ => (declared, None),
        };
        let name = self.last_name(name);
        (name.len() < 80).then_some(Callee { name, receiver })
    }

    /// The field of the record that has the candidate's place.
    fn placed(&self, declared: Node<'t>, candidate: &Candidate<'t>, way: &Way) -> Option<Verdict> {
        let at = *way.lists.first()?;
        let record = self.record_within(declared)?;
        let (name, _) = self.fields_of(record).into_iter().nth(at)?;
        let name = self.text(name);
        let subject = self.allied(self.name_subject(name), name, candidate.node);
        self.compared(subject, candidate, role_of(name, &Way::default()))
    }

    /// What `static_cast<StatusCode>(404)` makes, and `std::make_shared<Answer>(404)` calls: the
    /// first type the callee is given.
    pub(crate) fn cast_to(&self, call: Node<'t>) -> Option<&'t str> {
        let mut function = self.part(call, Part::Function)?;
        if self.shape(function) == Some(Shape::Member) {
            function = self.part(function, Part::Name)?;
        }
        let types = self.part(function, Part::Arguments)?;
        let first = self.children(types).first().copied()?;
        let name = self.text(first);
        (name.len() < 80).then(|| last_name(name.split('<').next().unwrap_or(name).trim()))
    }

    /// The record type that a type is, or holds: `struct row`, `std::vector<Row>`.
    fn record_within(&self, declared: Node<'t>) -> Option<Node<'t>> {
        let is_record = |node: &Node<'t>| self.shape(*node) == Some(Shape::Fields);
        if let Some(record) = self.resolved(declared).filter(is_record) {
            return Some(record);
        }
        let mut nodes = vec![declared];
        let mut at = 0;
        while at < nodes.len() && nodes.len() < TYPES {
            nodes.extend(self.children(nodes[at]));
            at += 1;
        }
        nodes.into_iter().rev().filter_map(|node| self.resolved(node)).find(is_record)
    }

    /// `Case{"/", 404}`: the field at the candidate's place, where the type has no function that
    /// makes it.
    pub(crate) fn field_given(
        &self,
        given: &Given<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        let made = self.facts.types.iter().rfind(|alias| alias.name == given.callee.name)?;
        let record = self.resolved(made.aliased)?;
        let fields = self.fields_of(record);
        let (name, _) =
            fields.get(given.at).filter(|_| self.shape(record) == Some(Shape::Fields))?;
        let name = self.text(*name);
        self.compared(self.name_subject(name), candidate, role_of(name, &Way::default()))
    }

    /// `int status{500}`: brackets around the one value of a name.
    pub(crate) fn is_bare(&self, list: Node<'t>) -> bool {
        let holder = |node: Node<'t>| match self.shape(node) {
            Some(Shape::Parameter) => Some(node),
            _ => self.parent(node).filter(|up| self.shape(*up) == Some(Shape::Declaration)),
        };
        self.children(list).len() == 1
            && self
                .parent(list)
                .and_then(holder)
                .and_then(|holder| self.part(holder, Part::Type))
                .is_some_and(|held| !self.text(held).contains('<'))
    }

    /// Whether a list is what a call is given: `HttpError{404}`.
    pub(crate) fn is_called_with(&self, list: Node<'t>) -> bool {
        self.parent(list).is_some_and(|call| {
            self.shape(call) == Some(Shape::Call)
                && self.part(call, Part::Arguments).is_some_and(|it| it.id() == list.id())
        })
    }

    /// Whether a name is declared never to be given another value: `static const int Gone = 410;`.
    pub(crate) fn is_fixed(&self, item: Node<'t>) -> bool {
        if self.tables.syntax.is_fixed(item) {
            return true;
        }
        let declaration = match self.shape(item) {
            Some(Shape::Parameter) => Some(item),
            _ => self.parent(item).filter(|up| self.shape(*up) == Some(Shape::Declaration)),
        };
        let Some((declaration, name)) = declaration.zip(self.part(item, Part::Name)) else {
            return false;
        };
        let before = &self.text[declaration.start_byte()..name.start_byte()];
        before.len() < 120
            && before.split_whitespace().any(|word| matches!(word, "const" | "constexpr"))
    }
}
