//! The folders of `languages/`, compiled in and read when first needed.

use std::collections::HashMap;
use std::sync::OnceLock;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use statuslint_codes::StatusCode;

use crate::Constant;
use crate::syntax::{Syntax, SyntaxFile};
use crate::vocabulary::{Vocabulary, VocabularyFile};

/// One folder as it was compiled in.
pub(crate) struct Folder {
    pub(crate) id: &'static str,
    pub(crate) language: &'static str,
    pub(crate) syntax: &'static str,
    pub(crate) vocabulary: &'static str,
    pub(crate) constants: &'static str,
    pub(crate) grammar: fn() -> tree_sitter::Language,
    header: OnceLock<Header>,
    tables: OnceLock<Tables>,
}

/// `language.toml`: how documents of the language are known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LanguageFile {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) extensions: Vec<String>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) interpreters: Vec<String>,
    #[serde(default)]
    pub(crate) tests: Vec<String>,
    pub(crate) extends: Option<String>,
    /// Whether macro calls (`name!(…)`) are to be read as calls.
    #[serde(default)]
    pub(crate) macros: bool,
    /// Whether documents are OpenAPI descriptions rather than code.
    #[serde(default)]
    pub(crate) openapi: bool,
}

/// `language.toml`, ready for use.
pub(crate) struct Header {
    pub(crate) file: LanguageFile,
    pub(crate) tests: GlobSet,
}

/// The rest of a folder, with what it extends, ready for use.
pub(crate) struct Tables {
    pub(crate) grammar: tree_sitter::Language,
    pub(crate) syntax: Syntax,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) constants: Vec<Constant>,
    /// Constants by their last name.
    pub(crate) by_name: HashMap<&'static str, Vec<usize>>,
}

macro_rules! folders {
    ($(($id:literal, $grammar:expr, $vocabulary:expr, $constants:expr)),+ $(,)?) => {
        /// Every folder, in the order of the ids.
        pub(crate) static FOLDERS: [Folder; [$($id),+].len()] = [$(Folder {
            id: $id,
            language: include_str!(concat!("../languages/", $id, "/language.toml")),
            syntax: include_str!(concat!("../languages/", $id, "/syntax.toml")),
            vocabulary: $vocabulary,
            constants: $constants,
            grammar: || $grammar.into(),
            header: OnceLock::new(),
            tables: OnceLock::new(),
        }),+];
    };
}

macro_rules! file {
    ($path:literal) => {
        include_str!(concat!("../languages/", $path))
    };
}

folders! {
    ("go", tree_sitter_go::LANGUAGE, file!("go/vocabulary.toml"), file!("go/constants.tsv")),
    ("javascript", tree_sitter_javascript::LANGUAGE, file!("javascript/vocabulary.toml"), file!("javascript/constants.tsv")),
    ("json", tree_sitter_json::LANGUAGE, "", ""),
    ("python", tree_sitter_python::LANGUAGE, file!("python/vocabulary.toml"), file!("python/constants.tsv")),
    ("rust", tree_sitter_rust::LANGUAGE, file!("rust/vocabulary.toml"), file!("rust/constants.tsv")),
    ("tsx", tree_sitter_typescript::LANGUAGE_TSX, "", ""),
    ("typescript", tree_sitter_typescript::LANGUAGE_TYPESCRIPT, "", ""),
    ("yaml", tree_sitter_yaml::LANGUAGE, "", ""),
}

impl Folder {
    /// The folder of this id.
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        FOLDERS.iter().find(|folder| folder.id == id)
    }

    pub(crate) fn header(&'static self) -> &'static Header {
        self.header.get_or_init(|| {
            let file: LanguageFile =
                toml::from_str(self.language).expect("a test reads every language.toml");
            let mut tests = GlobSetBuilder::new();
            for pattern in self.chain().flat_map(|folder| {
                let file: LanguageFile =
                    toml::from_str(folder.language).expect("a test reads every language.toml");
                file.tests
            }) {
                tests.add(Glob::new(&pattern).expect("a test reads every language.toml"));
            }
            let tests = tests.build().expect("a test reads every language.toml");
            Header { file, tests }
        })
    }

    /// This folder, then the one it extends, and so on.
    pub(crate) fn chain(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), |folder| {
            let file: LanguageFile =
                toml::from_str(folder.language).expect("a test reads every language.toml");
            Self::find(&file.extends?)
        })
    }

    pub(crate) fn tables(&'static self) -> &'static Tables {
        self.tables.get_or_init(|| {
            let syntax: Vec<SyntaxFile> = self
                .chain()
                .map(|folder| {
                    toml::from_str(folder.syntax).expect("a test reads every syntax.toml")
                })
                .collect();
            let vocabulary: Vec<VocabularyFile> = self
                .chain()
                .map(|folder| {
                    toml::from_str(folder.vocabulary).expect("a test reads every vocabulary.toml")
                })
                .collect();
            let grammar = (self.grammar)();
            let constants: Vec<Constant> =
                self.chain().flat_map(|folder| rows(folder.constants)).collect();
            let mut by_name: HashMap<&'static str, Vec<usize>> = HashMap::new();
            for (at, constant) in constants.iter().enumerate() {
                by_name.entry(last_name(constant.expression)).or_default().push(at);
            }
            Tables {
                syntax: Syntax::new(&grammar, &syntax),
                // The tables live as long as the program: one leak per language.
                vocabulary: Vocabulary::new(Box::leak(vocabulary.into_boxed_slice())),
                grammar,
                constants,
                by_name,
            }
        })
    }
}

/// The last name of an expression: `NOT_FOUND` of `http::StatusCode::NOT_FOUND`.
pub(crate) fn last_name(expression: &str) -> &str {
    expression.rsplit(['.', ':']).next().unwrap_or(expression)
}

/// The rows of a `constants.tsv`; a test reads every file and finds none malformed.
fn rows(text: &'static str) -> impl Iterator<Item = Constant> {
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    lines.filter_map(move |line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let cell = |name: &str| {
            let at = columns.iter().position(|column| *column == name)?;
            cells.get(at).copied()
        };
        Some(Constant {
            code: StatusCode::new(cell("code")?.parse().ok()?),
            library: cell("library")?,
            expression: cell("expression")?,
            import: cell("import")?,
            drop_in: cell("drop_in")? == "y",
            preferred: cell("preferred")? == "y",
            deprecated_alias_of: cell("deprecated_alias_of").unwrap_or_default(),
        })
    })
}
