//! The folders of `languages/`, compiled in and read when first needed.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use statuslint_codes::StatusCode;

use crate::conditions::Signs;
use crate::operators::Operators;
use crate::syntax::{Syntax, SyntaxFile};
use crate::vocabulary::{Vocabulary, VocabularyFile};
use crate::{Constant, Numbers};

/// One folder as it was compiled in.
pub(crate) struct Folder {
    pub(crate) id: &'static str,
    pub(crate) language: &'static str,
    pub(crate) syntax: &'static str,
    pub(crate) vocabulary: &'static str,
    pub(crate) constants: &'static str,
    /// `None` where a reader of its own finds what there is to find.
    pub(crate) grammar: Option<fn() -> tree_sitter::Language>,
    file: OnceLock<LanguageFile>,
    globs: OnceLock<Globs>,
    tables: OnceLock<Tables>,
}

/// `language.toml`: how documents of the language are known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each says a thing of its own")]
pub(crate) struct LanguageFile {
    pub(crate) title: String,
    /// What is told of it in the README, where that is not its libraries.
    #[serde(default)]
    #[expect(dead_code, reason = "for `cargo xtask languages`")]
    pub(crate) about: Option<String>,
    #[serde(default)]
    pub(crate) extensions: Vec<String>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) interpreters: Vec<String>,
    #[serde(default)]
    pub(crate) tests: Vec<String>,
    /// How comments are written, the usual way first: what opens one, and behind a space what
    /// closes it. Those of the language it extends where it has none; data has none at all.
    #[serde(default)]
    pub(crate) comments: Vec<String>,
    /// Whether comments only stand on lines of their own.
    #[serde(default)]
    pub(crate) comments_alone: bool,
    /// The folder whose syntax, vocabulary and constants this one's build on.
    pub(crate) extends: Option<String>,
    /// Folders whose libraries are called from this language too.
    #[serde(default)]
    pub(crate) shares: Vec<String>,
    /// Whether macro calls (`name!(…)`) are to be read as calls.
    #[serde(default)]
    pub(crate) macros: bool,
    /// Whether what `#define` gives names to is to be read too.
    #[serde(default)]
    pub(crate) preprocessor: bool,
    /// What compares without converting: operators, methods that look for a member, `switch`.
    /// Empty where the compiler says that a number equals no text.
    #[serde(default)]
    pub(crate) strict: Vec<String>,
    /// Whether a compiler tells of names that are not there.
    #[serde(default)]
    pub(crate) compiled: bool,
    /// Patterns of paths that tell where the extension does not.
    #[serde(default)]
    pub(crate) paths: Vec<String>,
    /// What its documents are.
    #[serde(default)]
    pub(crate) reader: Reader,
    /// How constants of libraries are written here.
    pub(crate) numbers: Option<Numbers>,
    /// What opens an expression in markup: `{{` in Vue, `{` in Svelte.
    #[serde(default)]
    pub(crate) expression: String,
}

/// What the documents of a language are, and so how they are read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reader {
    /// Code of one language.
    #[default]
    Code,
    /// Keys and values: descriptions of APIs, configuration, data.
    Document,
    /// Tags around code of other languages.
    Markup,
    /// Prose around code of other languages.
    Markdown,
    /// HTTP requests and what is expected of their responses.
    Requests,
    /// Directives of a server.
    Directives,
    /// Commands of a shell.
    Shell,
    /// Blocks of attributes: Terraform.
    Blocks,
}

/// The patterns of paths in `language.toml`, ready to match.
pub(crate) struct Globs {
    pub(crate) tests: GlobSet,
    pub(crate) paths: GlobSet,
}

/// The rest of a folder, with what it extends, ready for use.
pub(crate) struct Tables {
    pub(crate) grammar: Option<tree_sitter::Language>,
    pub(crate) syntax: Syntax,
    pub(crate) operators: Operators,
    pub(crate) signs: Signs,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) constants: Vec<Constant>,
    /// How many of them are not shared from another language.
    pub(crate) own: usize,
    /// What the constants begin with that can stand for numbers.
    pub(crate) roots: HashSet<&'static str>,
    /// Constants by their last name.
    pub(crate) by_name: HashMap<&'static str, Vec<usize>>,
}

macro_rules! folders {
    ($(($id:literal, $grammar:tt $(:: $part:ident)*, $vocabulary:expr, $constants:expr)),+ $(,)?) => {
        /// Every folder, in the order of the ids.
        pub(crate) static FOLDERS: [Folder; [$($id),+].len()] = [$(Folder {
            id: $id,
            language: include_str!(concat!("../languages/", $id, "/language.toml")),
            syntax: syntax!($id, $grammar),
            vocabulary: $vocabulary,
            constants: $constants,
            grammar: grammar!($grammar $(:: $part)*),
            file: OnceLock::new(),
            globs: OnceLock::new(),
            tables: OnceLock::new(),
        }),+];
    };
}

/// A folder without a grammar has no table of its nodes either.
macro_rules! syntax {
    ($id:literal, none) => {
        ""
    };
    ($id:literal, $grammar:tt) => {
        include_str!(concat!("../languages/", $id, "/syntax.toml"))
    };
}

macro_rules! grammar {
    (none) => {
        None
    };
    ($grammar:path) => {
        Some(|| $grammar.into())
    };
}

macro_rules! file {
    ($path:literal) => {
        include_str!(concat!("../languages/", $path))
    };
}

folders! {
    ("astro", none, "", ""),
    ("bash", tree_sitter_bash::LANGUAGE, file!("bash/vocabulary.toml"), ""),
    ("c", tree_sitter_c::LANGUAGE, file!("c/vocabulary.toml"), file!("c/constants.tsv")),
    ("clojure", tree_sitter_clojure_orchard::LANGUAGE, file!("clojure/vocabulary.toml"), file!("clojure/constants.tsv")),
    ("cpp", tree_sitter_cpp::LANGUAGE, file!("cpp/vocabulary.toml"), file!("cpp/constants.tsv")),
    ("csharp", tree_sitter_c_sharp::LANGUAGE, file!("csharp/vocabulary.toml"), file!("csharp/constants.tsv")),
    ("dart", tree_sitter_dart::LANGUAGE, file!("dart/vocabulary.toml"), file!("dart/constants.tsv")),
    ("elixir", tree_sitter_elixir::LANGUAGE, file!("elixir/vocabulary.toml"), file!("elixir/constants.tsv")),
    ("go", tree_sitter_go::LANGUAGE, file!("go/vocabulary.toml"), file!("go/constants.tsv")),
    ("haskell", tree_sitter_haskell::LANGUAGE, file!("haskell/vocabulary.toml"), file!("haskell/constants.tsv")),
    ("hcl", tree_sitter_hcl::LANGUAGE, file!("hcl/vocabulary.toml"), ""),
    ("html", none, "", ""),
    ("http", none, "", ""),
    ("java", tree_sitter_java::LANGUAGE, file!("java/vocabulary.toml"), file!("java/constants.tsv")),
    ("javascript", tree_sitter_javascript::LANGUAGE, file!("javascript/vocabulary.toml"), file!("javascript/constants.tsv")),
    ("json", tree_sitter_json::LANGUAGE, "", ""),
    ("kotlin", tree_sitter_kotlin_ng::LANGUAGE, file!("kotlin/vocabulary.toml"), file!("kotlin/constants.tsv")),
    ("lua", tree_sitter_lua::LANGUAGE, file!("lua/vocabulary.toml"), file!("lua/constants.tsv")),
    ("markdown", none, "", ""),
    ("nginx", none, file!("nginx/vocabulary.toml"), ""),
    ("perl", ts_parser_perl::LANGUAGE, file!("perl/vocabulary.toml"), file!("perl/constants.tsv")),
    ("php", tree_sitter_php::LANGUAGE_PHP, file!("php/vocabulary.toml"), file!("php/constants.tsv")),
    ("python", tree_sitter_python::LANGUAGE, file!("python/vocabulary.toml"), file!("python/constants.tsv")),
    ("ruby", tree_sitter_ruby::LANGUAGE, file!("ruby/vocabulary.toml"), file!("ruby/constants.tsv")),
    ("rust", tree_sitter_rust::LANGUAGE, file!("rust/vocabulary.toml"), file!("rust/constants.tsv")),
    ("scala", tree_sitter_scala::LANGUAGE, file!("scala/vocabulary.toml"), file!("scala/constants.tsv")),
    ("svelte", none, "", ""),
    ("swift", tree_sitter_swift::LANGUAGE, file!("swift/vocabulary.toml"), file!("swift/constants.tsv")),
    ("tsx", tree_sitter_typescript::LANGUAGE_TSX, "", ""),
    ("typescript", tree_sitter_typescript::LANGUAGE_TYPESCRIPT, "", ""),
    ("vue", none, "", ""),
    ("yaml", tree_sitter_yaml::LANGUAGE, file!("yaml/vocabulary.toml"), ""),
}

/// Where tests are in projects of any language, and the scripts of tools that test.
#[rustfmt::skip]
const TESTS: &[&str] = &[
    "**/test/**", "**/tests/**", "**/Tests/**", "**/__tests__/**", "**/testdata/**", "**/unittest/**", "**/unittests/**",
    "**/e2e/**", "**/integration_test/**", "**/integration_tests/**", "**/integration-tests/**", "**/cypress/**",
    "**/*.cy.*", "**/k6/**", "**/*.k6.*", "**/karate/**", "**/*.postman_collection.json",
];

impl Folder {
    /// The folder of this id.
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        FOLDERS.iter().find(|folder| folder.id == id)
    }

    /// Its `language.toml`, read once.
    pub(crate) fn file(&'static self) -> &'static LanguageFile {
        self.file.get_or_init(|| {
            toml::from_str(self.language).expect("a test reads every language.toml")
        })
    }

    /// The patterns of paths that its `language.toml` names, ready to match.
    pub(crate) fn globs(&'static self) -> &'static Globs {
        self.globs.get_or_init(|| {
            let mut tests = GlobSetBuilder::new();
            let shared = TESTS.iter().map(|pattern| (*pattern).to_owned());
            let own = self.chain().flat_map(|folder| folder.file().tests.iter().cloned());
            for pattern in shared.chain(own) {
                tests.add(Glob::new(&pattern).expect("a test reads every language.toml"));
            }
            let tests = tests.build().expect("a test reads every language.toml");
            let mut paths = GlobSetBuilder::new();
            for pattern in &self.file().paths {
                paths.add(Glob::new(pattern).expect("a test reads every language.toml"));
            }
            let paths = paths.build().expect("a test reads every language.toml");
            Globs { tests, paths }
        })
    }

    /// This folder, then the one it extends, and so on.
    pub(crate) fn chain(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), |folder| Self::find(folder.file().extends.as_ref()?))
    }

    /// The folders whose vocabulary and constants hold here: the chain, then what its folders share.
    pub(crate) fn libraries(&'static self) -> impl Iterator<Item = &'static Self> {
        let shared = self.chain().flat_map(|folder| &folder.file().shares);
        let shared = shared.filter_map(|id| Self::find(id));
        self.chain().chain(shared)
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
                .libraries()
                .map(|folder| {
                    toml::from_str(folder.vocabulary).expect("a test reads every vocabulary.toml")
                })
                .collect();
            // The tables live as long as the program: two leaks per language.
            let syntax: &'static [SyntaxFile] = Box::leak(syntax.into_boxed_slice());
            let grammar = self.grammar.map(|grammar| grammar());
            let constants: Vec<Constant> =
                self.libraries().flat_map(|folder| rows(folder.constants)).collect();
            let mut by_name: HashMap<&'static str, Vec<usize>> = HashMap::new();
            for (at, constant) in constants.iter().enumerate() {
                by_name.entry(last_name(constant.expression)).or_default().push(at);
            }
            let dropped = constants.iter().filter(|constant| constant.drop_in);
            let roots = dropped.map(|constant| root(constant.expression)).collect();
            let own = self.chain().map(|folder| rows(folder.constants).count()).sum();
            Tables {
                own,
                roots,
                syntax: Syntax::new(grammar.as_ref(), syntax),
                operators: Operators::new(syntax),
                signs: Signs::new(syntax),
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

/// The first name of an expression: `http` of `http.StatusNotFound`.
pub(crate) fn root(expression: &str) -> &str {
    expression.split(['.', ':']).next().unwrap_or(expression)
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
            since: cell("since").unwrap_or_default(),
        })
    })
}
