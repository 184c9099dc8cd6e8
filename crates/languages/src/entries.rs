//! Members of an enum that are made with arguments: `GONE(410, "it was here")`.

use tree_sitter::Node;

use crate::document::{Document, encloses};
use crate::facts::Candidate;
use crate::subject::Subject;
use crate::syntax::{Part, Shape};

/// Fields of an enum stand no deeper in it than this.
const DEPTH: usize = 4;

impl<'t> Document<'t> {
    /// What the enum calls the argument of an entry that holds the candidate: the parameter of its
    /// constructor, or the field in that place where a constructor is not written.
    pub(crate) fn given_to_entry(
        &self,
        entry: Node<'t>,
        candidate: &Candidate<'t>,
    ) -> Option<Subject> {
        let arguments = self.arguments(entry);
        let at = arguments.iter().position(|argument| encloses(*argument, candidate.node))?;
        let class = self.ancestor(entry, Shape::Class)?;
        let name = self.text(self.part(class, Part::Name)?);
        let constructors = || {
            let within = class.byte_range();
            self.facts.functions.iter().filter(move |function| {
                function.name == name && within.contains(&function.range.start)
            })
        };
        let fitting = constructors().find(|made| made.parameters.len() == arguments.len());
        let Some(constructor) = fitting.or_else(|| constructors().next()) else {
            let mut fields = Vec::new();
            self.fields_without_value(class, 0, &mut fields);
            return fields.get(at).map(|name| self.name_subject(name));
        };
        let parameter = constructor.parameters.get(at)?;
        let mut subject = self.name_subject(parameter);
        subject.says = subject.says.max(self.ally_within(parameter, &constructor.range));
        Some(subject)
    }

    /// The names of the fields of a class that are given no value where they are declared.
    fn fields_without_value(&self, node: Node<'t>, depth: usize, fields: &mut Vec<&'t str>) {
        for child in self.children(node) {
            match self.shape(child) {
                Some(Shape::Assign) => {
                    let name = self.part(child, Part::Name);
                    if let Some(name) = name.filter(|_| self.part(child, Part::Value).is_none()) {
                        fields.push(self.text(name));
                    }
                }
                None if depth < DEPTH => self.fields_without_value(child, depth + 1, fields),
                _ => {}
            }
        }
    }
}
