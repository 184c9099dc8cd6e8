//! Where HTTP status codes stand in a text: grammars, vocabularies and the climbing between them.
//!
//! [`usage`] is the only way in. It cannot fail: broken code is input.

mod allies;
mod argument;
mod arrows;
mod assertion;
mod beside;
mod blocks;
mod branches;
mod callee;
mod cases;
mod chains;
mod choice;
mod climb;
mod comparisons;
mod conditions;
mod constants;
mod constructors;
mod content;
mod damage;
mod decorated;
mod definition;
mod described;
mod directives;
mod divisions;
mod document;
mod embedded;
mod entries;
mod facts;
mod fields;
mod folder;
mod functions;
mod gate;
mod helpers;
mod imports;
mod index;
mod keyed;
mod known_calls;
mod lambdas;
mod language;
mod lines;
mod logic;
mod maps;
mod misnomers;
mod mistyped;
mod model;
mod named_classes;
mod names;
mod namesakes;
mod naming;
mod numbers;
mod openapi;
mod operations;
mod operators;
mod parsing;
mod patterns;
mod phrases;
mod place;
mod prefix;
mod preprocessor;
mod protocol;
mod providers;
mod records;
mod refined;
mod regions;
mod responses;
mod returns;
mod rows;
mod scopes;
mod sent;
mod shell;
mod sifted;
mod subject;
mod symbols;
mod syntax;
mod tabular;
#[cfg(test)]
mod tests;
mod text;
mod titles;
mod tokens;
mod tree;
mod turns;
mod usage;
mod value;
mod verdict;
mod vocabulary;

pub use damage::syntax_errors;
pub use index::{Index, Survey};
pub use language::Language;
pub use model::{
    Arm, Branches, BranchesKind, Comparator, Comparison, Condition, Division, Evidence, Helper,
    Kind, Member, Membership, Misnomer, Name, Nearest, Operation, Phrase, Quotient, Role, Root,
    Site, Test, Title, Usage, Value,
};
pub use numbers::{ImportStyle, Numbers};
pub use parsing::Clock;
pub use protocol::Spoken;
pub use tree::tree;
pub use usage::{usage, usage_of_part};

use std::sync::Arc;

/// A library's name for a code.
#[derive(Debug)]
pub struct Constant {
    /// The code.
    pub code: statuslint_codes::StatusCode,
    /// The library (`http`, `net/http`).
    pub library: &'static str,
    /// The expression that names it (`StatusCode::NOT_FOUND`).
    pub expression: &'static str,
    /// What must be imported (`use http::StatusCode;`).
    pub import: &'static str,
    /// Whether it can stand where the number stood.
    pub drop_in: bool,
    /// Whether the library prefers this spelling to its others for the same code.
    pub preferred: bool,
    /// The current name when this one is a deprecated alias, else empty.
    pub deprecated_alias_of: &'static str,
    /// The library, or another package, and the version that first had the name
    /// (`starlette 0.48`), where that is known to matter, else empty.
    pub since: &'static str,
}

/// What a project says about its own code, and where the document stands.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The path from the root of the project, with `/`, or empty.
    pub path: String,
    /// The project's own functions that take a status.
    pub calls: Vec<OwnCall>,
    /// The project's own identifiers that hold a status; `*` stands for any part of one.
    pub names: Vec<String>,
    /// What the other documents of the project tell.
    pub index: Arc<Index>,
    /// Tells how long the document takes, so that a tangled one does not take for ever; without
    /// it, every document is read to its end.
    pub clock: Option<Clock>,
}

/// A function of the project that takes a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCall {
    /// Its name, without what it hangs on.
    pub name: String,
    /// Which argument is the status.
    pub argument: Argument,
}

/// One argument of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// By position, from 0.
    Position(usize),
    /// By keyword.
    Keyword(String),
}
