//! Where HTTP status codes stand in a text: grammars, vocabularies and the climbing between them.
//!
//! [`usage`] is the only way in. It cannot fail: broken code is input.

mod model;

pub use model::{Evidence, Kind, Name, Role, Site, Usage, Value};

/// A supported language or format: one folder of `languages/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language(&'static str);

impl Language {
    /// The languages, in the order of their ids.
    pub fn all() -> impl Iterator<Item = Self> {
        ["go", "javascript", "json", "python", "rust", "typescript", "tsx", "yaml"]
            .into_iter()
            .map(Self)
    }

    /// Its id: `rust`, `typescript`, `yaml` — also the editor's language id where one exists.
    pub fn id(self) -> &'static str {
        self.0
    }

    /// Its name for people: `Rust`, `TypeScript`.
    pub fn title(self) -> &'static str {
        self.0
    }

    /// The language of an editor's language id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|language| language.0 == id)
    }

    /// The language of a file by its name, and by its `#!` line where the name does not tell.
    pub fn detect(path: &str, text: &str) -> Option<Self> {
        let _ = (path, text);
        None
    }

    /// Whether the path is that of a test, by the conventions of the language.
    pub fn is_test_path(self, path: &str) -> bool {
        let _ = path;
        false
    }

    /// The named constants its libraries have, in the order of the table.
    pub fn constants(self) -> &'static [Constant] {
        &[]
    }
}

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
}

/// What a project says about its own code, and where the document stands.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The path from the root of the project, with `/`, or empty.
    pub path: String,
    /// The project's own functions that take a status.
    pub calls: Vec<OwnCall>,
    /// The project's own identifiers that hold a status.
    pub names: Vec<String>,
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

/// Finds where statuses stand in a document.
pub fn usage(text: &str, language: Language, context: &Context) -> Usage {
    let _ = (text, language, context);
    Usage::default()
}
