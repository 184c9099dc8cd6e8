//! Functions without a name that are given what a name before them holds:
//! `statusCodes.any { it > 599 }`, `statuses.anyMatch(s -> s == 404)`.

use std::ops::Range;

use tree_sitter::Node;

use crate::document::{Document, encloses};
use crate::functions::parameters;
use crate::known_calls::LINKS;
use crate::names::Says;
use crate::syntax::{Part, Shape, Syntax};

/// This many functions that end before a place or hold it are asked whether they hold it.
const ASKED: usize = 64;

/// A function without a name, and what the call it is given to is made on.
pub(crate) struct Lambda<'t> {
    parameters: Vec<&'t str>,
    range: Range<usize>,
    receiver: Node<'t>,
}

impl<'t> Lambda<'t> {
    /// The lambda a node is, when a call on something is given it.
    pub(crate) fn read(
        node: Node<'t>,
        above: &[Node<'t>],
        text: &'t str,
        syntax: &Syntax,
    ) -> Option<Self> {
        let call = above.iter().rev().take(3).find(|up| syntax.shape(**up) == Some(Shape::Call))?;
        let receiver = match syntax.part(*call, Part::Function) {
            Some(function) => syntax
                .part(function, Part::Object)
                .filter(|_| syntax.shape(function) == Some(Shape::Member)),
            None => syntax.part(*call, Part::Object),
        };
        let receiver = receiver.filter(|receiver| !encloses(*receiver, node))?;
        let parameters = parameters(node, text, syntax).unwrap_or_default();
        Some(Self { parameters, range: node.byte_range(), receiver })
    }
}

impl<'t> Document<'t> {
    /// What a name says that is all a lambda takes: what the call is made on says.
    pub(crate) fn taken_by_lambda(&self, name: &str, at: Node<'t>) -> Says {
        let lambdas = &self.facts.lambdas;
        let before = lambdas.partition_point(|lambda| lambda.range.start <= at.start_byte());
        let takes = |lambda: &&Lambda<'t>| {
            let named = lambda.parameters.as_slice() == [name];
            let implicit = lambda.parameters.is_empty() && self.tables.vocabulary.is_implicit(name);
            (named || implicit) && lambda.range.contains(&at.start_byte())
        };
        let lambda = lambdas[..before].iter().rev().take(ASKED).find(takes);
        lambda.map_or(Says::Nothing, |lambda| self.plainly(lambda.receiver))
    }

    /// What an expression says by its last name, that of a conversion left out.
    fn plainly(&self, node: Node<'t>) -> Says {
        let mut node = node;
        for _ in 0..LINKS {
            match (self.shape(node), self.callee(node)) {
                (Some(Shape::Call), Some(callee))
                    if self.tables.vocabulary.is_conversion(callee.name) =>
                {
                    let Some(receiver) = callee.receiver else { return Says::Nothing };
                    node = receiver;
                }
                _ => return self.name_subject(self.last_name(node)).says,
            }
        }
        Says::Nothing
    }
}
