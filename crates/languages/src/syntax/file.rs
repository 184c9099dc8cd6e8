//! `syntax.toml` as written: rows that say what the nodes of a grammar are.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{PARTS, Shape};
use crate::conditions::ConditionFile;
use crate::operators::Operator;

/// One row of `syntax.toml`: the shape of a node kind and where its parts are. Words after the kind
/// (`"call def defp"`) mean nodes that have one of them as their first or second child.
///
/// A part is a field of the grammar (`"left"`), a named child by its place (`"#0"`, from the end
/// `"#-1"`), the first child of a kind (`"@value_arguments"`), or a part of such a part
/// (`"signature/name"`). A field may name several children; with a dot only its first is meant
/// (`"name/."`). `"."` alone is the node itself: the arguments of a call that stand beside what is
/// called, `(status response 404)`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) is: Shape,
    pub(crate) function: Option<String>,
    pub(crate) arguments: Option<String>,
    pub(crate) object: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) condition: Option<String>,
    pub(crate) parameters: Option<String>,
    pub(crate) r#type: Option<String>,
    /// Whether the grammar nests a chain of these: calls with an argument each in what is called,
    /// operators, whatever binds closer, in the right operand.
    #[serde(default)]
    pub(crate) chained: bool,
    /// Whether what is named so is never given another value.
    #[serde(default)]
    pub(crate) fixed: bool,
}

/// `syntax.toml` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SyntaxFile {
    /// The kinds of names that are keys and no variables: `{ Allow: "GET" }`.
    #[serde(default)]
    pub(crate) keys: Vec<String>,
    #[serde(default)]
    pub(crate) shape: BTreeMap<String, Row>,
    /// Operators that only this language has, or uses otherwise than most.
    #[serde(default)]
    pub(crate) operators: BTreeMap<String, Operator>,
    /// What signs mean in conditions.
    #[serde(default)]
    pub(crate) conditions: ConditionFile,
}

impl Row {
    /// Where the parts are, in the order of [`Part`].
    pub(crate) fn places(&self) -> [Option<&str>; PARTS] {
        [
            self.function.as_deref(),
            self.arguments.as_deref(),
            self.object.as_deref(),
            self.name.as_deref(),
            self.value.as_deref(),
            self.subject.as_deref(),
            self.condition.as_deref(),
            self.parameters.as_deref(),
            self.r#type.as_deref(),
        ]
    }
}
