//! The model every language is lowered to, and all that rules see.

use std::collections::BTreeSet;
use std::ops::Range;

use statuslint_codes::{Class, StatusCode};

use crate::{Language, Spoken, Survey};

mod condition;
mod division;
mod placed;

pub use condition::{
    Arm, Branches, BranchesKind, Comparator, Comparison, Condition, Member, Membership, Test,
};
pub use division::{Division, Quotient};

/// Where statuses stand in one document.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Whether the document took too long to parse; what it holds is not known then.
    pub exhausted: bool,
    /// The sites, ascending by position, none overlapping.
    pub sites: Vec<Site>,
    /// The boolean expressions over statuses, each whole, ascending by position.
    pub conditions: Vec<Condition>,
    /// What takes one of several ways by a status, ascending by position.
    pub branches: Vec<Branches>,
    /// The divisions of statuses by the first code of a class, ascending by position.
    pub divisions: Vec<Division>,
    /// The operations that the document describes, ascending by position.
    pub operations: Vec<Operation>,
    /// The titled tests, ascending by position.
    pub titles: Vec<Title>,
    /// What stands where the name of a code must stand and is none, ascending by position.
    pub misnomers: Vec<Misnomer>,
    /// The comments, ascending by position: suppressions are read from them.
    pub comments: Vec<Range<usize>>,
    /// The pieces of code of other languages that were read, in the order they were.
    pub excerpts: Vec<(Range<usize>, Language)>,
    /// The parts of the document that are tests (`#[cfg(test)] mod tests { … }`).
    pub tests: Vec<Range<usize>>,
    /// The import paths of the document (`net/http`, `axum`), for naming constants.
    pub imports: BTreeSet<String>,
    /// The statements that import, ascending by position, for adding another.
    pub import_statements: Vec<Range<usize>>,
    /// The names of the document that libraries' constants begin with.
    pub roots: Vec<Root>,
    /// What the document tells the other documents of its project, and asks of them.
    pub survey: Survey,
    /// What the document speaks of, for reading a part of it.
    pub spoken: Spoken,
}

impl Usage {
    /// The language of the code at a place of a document of another language.
    pub fn language_at(&self, offset: usize) -> Option<Language> {
        let around = self.excerpts.iter().filter(|(range, _)| range.contains(&offset));
        around.min_by_key(|(range, _)| range.len()).map(|(_, language)| *language)
    }
}

/// One place where a status code stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says a thing of its own about the place")]
pub struct Site {
    /// Its bytes in the document, quotes of a string included.
    pub range: Range<usize>,
    /// How it is written.
    pub kind: Kind,
    /// What it says.
    pub value: Value,
    /// What it does there.
    pub role: Role,
    /// The library or format whose vocabulary told, where one did.
    pub api: Option<&'static str>,
    /// How sure the finding of the site is.
    pub evidence: Evidence,
    /// The name being given to the code: of a constant, enum member or table entry.
    pub name: Option<Name>,
    /// The phrase that stands with the code: in the same pair, tuple, status line or call.
    pub reason: Option<Phrase>,
    /// The content sent along with this status in the same expression or builder chain.
    pub content: Option<Range<usize>>,
    /// The headers sent along, where all of them can be seen: their names, in lower case.
    pub headers: Option<Vec<String>>,
    /// What the call that takes the status is made for, where it is made for one kind of answer.
    pub helper: Option<Helper>,
    /// Whether a text is compared here, strictly, with what the API gives as a number.
    pub mistyped: bool,
    /// Whether it stands in what is named after the code, as libraries define what nobody should
    /// use: `fn payment_required() { reply(402) }`.
    pub namesake: bool,
    /// Whether it is one of a long ascending run of codes, as those write who list all there are.
    pub listed: bool,
    /// Whether it is the key of an entry: `404:` in a document, `{404: …}` in code.
    pub key: bool,
    /// Whether only a literal may stand here: a key, a type, a string.
    pub literal: bool,
    /// Whether `0` and numbers beyond 100–599 are at home here: bounds, client-side comparisons.
    pub lenient: bool,
}

/// How a site is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A numeric literal: `404`, `4_04u16`.
    Number,
    /// A quoted code or wildcard: `"404"`, `'4XX'`.
    String,
    /// A constant, symbol or exception class that stands for a code: `StatusCode::NOT_FOUND`.
    Name,
    /// A status line: `404 Not Found`.
    Line,
}

/// What a site says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// One code, valid or not.
    Code(StatusCode),
    /// A whole class: `4XX`, in any letter case.
    Class(Class),
    /// Something that stands where a status must stand and is none: an OpenAPI key `2xX0`.
    Malformed,
}

/// What a status does at its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A response is given this code.
    Emit,
    /// Compared for equality.
    Compare,
    /// A switch or match arm.
    Branch,
    /// One end of a range.
    Bound,
    /// A test asserts it.
    Expect,
    /// A constant or enum member.
    Define,
    /// OpenAPI, annotation, attribute.
    Declare,
    /// One entry of a map from codes to something.
    Table,
    /// Configuration of a server, proxy or infrastructure.
    Config,
}

/// How sure the finding of a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A plausible name in a file that does HTTP.
    Likely,
    /// A known API, or an operand whose name or type says HTTP status.
    Certain,
}

/// A name being given to a code, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The identifier as written.
    pub text: String,
    /// Its bytes in the document.
    pub range: Range<usize>,
    /// Whether the container looks like statuses, so that the name can be judged.
    pub judged: bool,
}

/// A name that the constants of some library begin with: `status` of `status.HTTP_404_NOT_FOUND`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The name.
    pub text: &'static str,
    /// Whether it stands somewhere without a member of it being taken: declared, given, a type.
    pub bare: bool,
}

/// A reason phrase, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The text, without quotes.
    pub text: String,
    /// Its bytes in the document, without quotes.
    pub range: Range<usize>,
    /// Whether it is a text given along with the code, in the same call or the next of its chain,
    /// and so perhaps no phrase but words.
    pub given: bool,
}

/// What a call that takes a status is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Helper {
    /// It redirects: `redirect("/", 301)`.
    Redirect,
    /// It answers with an error: `abort(404)`.
    Error,
}

/// A test with a title: `it("returns 404", …)`, `def test_not_found`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The title, without quotes, or the name of the function.
    pub text: String,
    /// Its bytes in the document.
    pub range: Range<usize>,
    /// The bytes of the whole test, in which its assertions stand.
    pub test: Range<usize>,
}

/// What can be asked of an interface, as an `OpenAPI` document describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The method (`GET`).
    pub method: &'static str,
    /// The path as written (`/pets/{id}`), where the document says it.
    pub path: Option<String>,
    /// The bytes of its map of responses; the codes that it documents are the keys in there.
    pub range: Range<usize>,
    /// Whether one of its responses stands for all codes that are not listed.
    pub others: bool,
}

/// A word that stands where the name of a code must stand, and that the library does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misnomer {
    /// The word as written: `:not_foud`.
    pub text: String,
    /// Its bytes in the document.
    pub range: Range<usize>,
    /// The library whose names it is none of.
    pub api: &'static str,
    /// The nearest name the library has, if any is near.
    pub nearest: Option<Nearest>,
}

/// The name that was meant by a word that is none, or may have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The name, written as the word is.
    pub text: String,
    /// Its code.
    pub code: StatusCode,
    /// Whether it is so near that it must have been meant.
    pub close: bool,
}

impl Site {
    /// A site with nothing beside it.
    pub fn new(
        range: Range<usize>,
        kind: Kind,
        value: Value,
        role: Role,
        evidence: Evidence,
    ) -> Self {
        Self {
            range,
            kind,
            value,
            role,
            api: None,
            evidence,
            name: None,
            reason: None,
            content: None,
            headers: None,
            helper: None,
            mistyped: false,
            namesake: false,
            listed: false,
            key: false,
            literal: kind != Kind::Number,
            lenient: role == Role::Bound,
        }
    }

    /// The code, when the site says one.
    pub fn code(&self) -> Option<StatusCode> {
        match self.value {
            Value::Code(code) => Some(code),
            Value::Class(_) | Value::Malformed => None,
        }
    }
}

impl Kind {
    /// As the JSON output spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::String => "string",
            Self::Name => "name",
            Self::Line => "line",
        }
    }
}

impl Role {
    /// As the JSON output spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Emit => "emit",
            Self::Compare => "compare",
            Self::Branch => "branch",
            Self::Bound => "bound",
            Self::Expect => "expect",
            Self::Define => "define",
            Self::Declare => "declare",
            Self::Table => "table",
            Self::Config => "config",
        }
    }
}

impl Evidence {
    /// As the JSON output spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}
