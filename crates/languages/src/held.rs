//! What the variables of a document hold, as far as one name says more than another.

use std::collections::HashMap;
use std::ops::Range;

use tree_sitter::Node;

use crate::syntax::{Part, Shape, Syntax};

/// Values longer than this are not looked at.
const LONG: usize = 200;

/// What variables were given, by name, in the order of the document.
#[derive(Default)]
pub(crate) struct Held<'t>(HashMap<&'t str, Vec<Given<'t>>>);

/// One value given to a variable.
struct Given<'t> {
    value: Node<'t>,
    /// The function it happens in: elsewhere the name may be another variable's.
    scope: Range<usize>,
}

impl<'t> Held<'t> {
    /// Notes `code = response.status`: a value that speaks of a status.
    pub(crate) fn note(
        &mut self,
        assignment: Node<'t>,
        above: &[Node<'t>],
        text: &'t str,
        syntax: &Syntax,
    ) {
        let (Some(name), Some(value)) =
            (syntax.part(assignment, Part::Name), syntax.part(assignment, Part::Value))
        else {
            return;
        };
        let (name, source) = (&text[name.byte_range()], &text[value.byte_range()]);
        let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !plain || source.len() > LONG || !(source.contains("tatus") || source.contains("ode")) {
            return;
        }
        let scope = above
            .iter()
            .rev()
            .find(|node| matches!(syntax.shape(**node), Some(Shape::Function | Shape::Lambda)))
            .map_or(0..text.len(), Node::byte_range);
        self.0.entry(name).or_default().push(Given { value, scope });
    }

    /// The last value given to `name` before `at`, in the same function or around it.
    pub(crate) fn before(&self, name: &str, at: usize) -> Option<Node<'t>> {
        let given = self.0.get(name)?.iter().rev();
        let mut visible =
            given.filter(|given| given.value.end_byte() <= at && given.scope.contains(&at));
        visible.next().map(|given| given.value)
    }
}
