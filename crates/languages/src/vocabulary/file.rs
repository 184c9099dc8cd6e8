//! `vocabulary.toml` as written.

use serde::{Deserialize, Deserializer};
use statuslint_codes::Class;

use crate::keyed::{Entry, Script};
use crate::{Helper, Role, Value};

/// `vocabulary.toml` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VocabularyFile {
    #[serde(default)]
    pub(crate) api: Vec<Api>,
    #[serde(default)]
    pub(crate) call: Vec<Call>,
    #[serde(default)]
    pub(crate) field: Vec<Field>,
    #[serde(default)]
    pub(crate) name: Vec<Member>,
    #[serde(default)]
    pub(crate) typed: Vec<Typed>,
    #[serde(default)]
    pub(crate) tuple: Vec<Tuple>,
    #[serde(default)]
    pub(crate) entry: Vec<Entry>,
    #[serde(default)]
    pub(crate) script: Vec<Script>,
    #[serde(default)]
    pub(crate) handler: Vec<Handler>,
    #[serde(default)]
    pub(crate) directive: Vec<Directive>,
    #[serde(default)]
    pub(crate) container: Vec<Container>,
    #[serde(default)]
    pub(crate) words: Words,
}

/// What holds the codes of a library as its members: another member that is written like them is
/// a mistake.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Container {
    /// The library, as the table of constants calls it.
    pub(crate) library: String,
    /// What the constants are members of: `HTTPStatus`, `requests.codes`.
    pub(crate) name: String,
    /// The modules one of which gives it its name. Empty: it is there without an import.
    #[serde(default)]
    pub(crate) modules: Vec<String>,
    /// What the names of all its codes begin with.
    #[serde(default)]
    pub(crate) prefix: String,
    /// Whether it holds codes and nothing else that is written so: even a name like none is none.
    #[serde(default)]
    pub(crate) whole: bool,
    /// Members written like its codes that are none.
    #[serde(default)]
    pub(crate) others: Vec<String>,
}

/// Functions that take one of these types answer with the status they return.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Handler {
    pub(crate) api: String,
    pub(crate) takes: Vec<String>,
}

/// A directive of a server's configuration that takes statuses: what of its words they are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Directive {
    /// The server.
    pub(crate) api: String,
    /// The first word, or several directives alike.
    #[serde(rename = "name", deserialize_with = "one_or_more")]
    pub(crate) names: Vec<String>,
    /// The blocks it must stand in. Empty: any.
    #[serde(default)]
    pub(crate) within: Vec<String>,
    /// The word that is a status, from 0 after the name.
    pub(crate) argument: Option<usize>,
    /// Whether every word that can be a status is one.
    #[serde(default)]
    pub(crate) all: bool,
    /// What stands before a status in its word: `=` in `try_files $uri =404`.
    #[serde(default)]
    pub(crate) prefix: Vec<String>,
    /// The words that statuses follow: `deny_status` in `http-request deny deny_status 429`.
    #[serde(default)]
    pub(crate) after: Vec<String>,
    /// The word that is the content sent along.
    pub(crate) content: Option<usize>,
    /// Whether other programs have directives of that name, so that it tells nothing of the file.
    #[serde(default)]
    pub(crate) common: bool,
}

/// A tuple that a handler returns, with a status at one of its places.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tuple {
    pub(crate) api: String,
    /// The place of the status, from 0.
    pub(crate) status: usize,
    /// The place of the content.
    pub(crate) content: usize,
    /// Whether the content is a list of parts, so that an empty list is none.
    #[serde(default)]
    pub(crate) parts: bool,
    /// The place of the headers: what holds some there is a response wherever it stands.
    pub(crate) headers: Option<usize>,
    /// How many places there are, where `headers` is given.
    pub(crate) length: Option<usize>,
}

/// A library, and the imports that show that a document uses it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Api {
    pub(crate) name: String,
    /// Modules, or with a star the ends of the names that a project gives its own.
    pub(crate) imports: Vec<String>,
}

/// A call that takes a status.
#[allow(clippy::struct_excessive_bools, reason = "a row of a table, read by its names")]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    /// The library.
    pub(crate) api: String,
    /// The last name of the callee, or several that take a status alike.
    #[serde(rename = "name", deserialize_with = "one_or_more")]
    pub(crate) names: Vec<String>,
    /// What it is called on: last names, any case. Empty: anything.
    #[serde(default)]
    pub(crate) on: Vec<String>,
    /// Whether it must be called on that itself, not anywhere after it in a chain.
    #[serde(default)]
    pub(crate) direct: bool,
    /// Whether it must be called on something.
    #[serde(default)]
    pub(crate) method: bool,
    /// The argument by position, from 0.
    pub(crate) argument: Option<usize>,
    /// The argument by name; `<0>` is the first type argument.
    pub(crate) keyword: Option<String>,
    /// What the status does there.
    pub(crate) role: WordRole,
    /// Where symbols name codes: those this call takes beside the library's.
    pub(crate) symbols: Option<Vec<String>>,
    /// Whether the status is given as a string or a status line.
    #[serde(default)]
    pub(crate) string: bool,
    /// Whether the name tells by itself, without the library's import in the document.
    #[serde(default)]
    pub(crate) sure: bool,
    /// Whether the name is so common that only the library's import makes it this call.
    #[serde(default)]
    pub(crate) only_imported: bool,
    /// The argument that is the content of the response.
    pub(crate) content: Option<usize>,
    /// The same by name, or by several names.
    #[serde(rename = "content_keyword", default, deserialize_with = "one_or_more")]
    pub(crate) content_keywords: Vec<String>,
    /// The calls given beside it that send the content: `json` in `res(ctx.status(204), ctx.json(x))`.
    #[serde(default)]
    pub(crate) content_beside: Vec<String>,
    /// Whether it decorates a function, and the content is what that returns.
    #[serde(default)]
    pub(crate) returned: bool,
    /// The argument that holds the headers.
    pub(crate) headers: Option<usize>,
    /// What the call is made for, where it is made for one kind of answer.
    pub(crate) helper: Option<Helper>,
    /// Whether a helper for errors may redirect too, or answer 304.
    #[serde(default)]
    pub(crate) redirects: bool,
    /// Whether content may follow in the call chain (`res.status(204).json(x)`).
    #[serde(default)]
    pub(crate) chain: bool,
    /// Whether the content is a list of parts, so that an empty list is none: `[204, {}, []]`.
    #[serde(default)]
    pub(crate) parts: bool,
    /// Whether even an empty string counts as content.
    #[serde(default)]
    pub(crate) strict: bool,
    /// Whether numbers that are no status mean something there: `ngx.exit(0)`.
    #[serde(default)]
    pub(crate) lenient: bool,
}

impl Call {
    /// What the call is made for, as far as it holds for a status.
    pub(crate) fn helper_for(&self, status: Value) -> Option<Helper> {
        helper_for(self.helper, self.redirects, status)
    }
}

impl Field {
    /// What its record is made for, as far as it holds for a status.
    pub(crate) fn helper_for(&self, status: Value) -> Option<Helper> {
        helper_for(self.helper, self.redirects, status)
    }
}

fn helper_for(helper: Option<Helper>, may_redirect: bool, status: Value) -> Option<Helper> {
    let redirects = match status {
        Value::Code(code) => code.class() == Some(Class::Redirection),
        Value::Class(class) => class == Class::Redirection,
        Value::Malformed => false,
    };
    helper.filter(|helper| !(*helper == Helper::Error && may_redirect && redirects))
}

/// A field of a record or options object that takes a status.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) api: String,
    /// The field.
    pub(crate) name: String,
    /// The record's type, or the call whose argument the object is; `.json` on anything.
    pub(crate) of: Vec<String>,
    pub(crate) role: WordRole,
    /// What that call is made for, where it is made for one kind of answer.
    pub(crate) helper: Option<Helper>,
    /// Whether what is made for errors may redirect too, or answer 304.
    #[serde(default)]
    pub(crate) redirects: bool,
    /// The argument of that call that is the content of the response.
    pub(crate) content: Option<usize>,
    /// Whether even an empty string counts as content.
    #[serde(default)]
    pub(crate) strict: bool,
}

/// A member whose value is a status.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Member {
    pub(crate) api: String,
    pub(crate) name: String,
    /// What it is taken from: last names, any case. Empty: anything.
    pub(crate) on: Vec<String>,
}

/// A member whose values are all of one type, so that nothing of another type equals them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typed {
    pub(crate) api: String,
    #[serde(rename = "name", deserialize_with = "one_or_more")]
    pub(crate) names: Vec<String>,
    /// What it is taken from: last names, any case, or whole expressions. Empty: anything.
    #[serde(default)]
    pub(crate) on: Vec<String>,
    /// What stands in the expression that made what it is taken from. Empty: anything.
    #[serde(default)]
    pub(crate) from: Vec<String>,
    #[serde(rename = "type")]
    pub(crate) gives: Written,
}

/// How an API gives a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Written {
    Number,
    String,
}

/// Words of the language itself that are transparent or compare.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    /// What shows that a project gives a library names of codes of its own (`:statuses`).
    #[serde(default)]
    pub(crate) registrations: Vec<String>,
    /// Calls and methods whose value is their argument or receiver (`Some`, `int`, `into`).
    #[serde(default)]
    pub(crate) conversions: Vec<String>,
    /// Methods whose argument stands in for a receiver that holds nothing (`unwrap_or`).
    #[serde(default)]
    pub(crate) fallbacks: Vec<String>,
    /// Methods that ask whether a list or range holds their argument (`includes`).
    #[serde(default)]
    pub(crate) memberships: Vec<String>,
    /// Calls that make a range of their arguments (`range`).
    #[serde(default)]
    pub(crate) ranges: Vec<String>,
    /// Calls that are one row of a table of cases (`pytest.param`).
    #[serde(default)]
    pub(crate) rows: Vec<String>,
    /// Methods that compare what an `expect(…)` holds with their argument (`toBe`).
    #[serde(default)]
    pub(crate) matchers: Vec<String>,
    /// Functions that compare their arguments (`assert_eq`).
    #[serde(default)]
    pub(crate) assertions: Vec<String>,
    /// Methods that tell whether what they are called on equals their argument (`equals`).
    #[serde(default)]
    pub(crate) equalities: Vec<String>,
    /// Methods without arguments that give what they are called on holds (`get`).
    #[serde(default)]
    pub(crate) getters: Vec<String>,
    /// What a function takes that names no parameter (`it`).
    #[serde(default)]
    pub(crate) implicit: Vec<String>,
    /// Keywords by which a call gives what it is assigned to a value (`default`).
    #[serde(default)]
    pub(crate) defaults: Vec<String>,
    /// Keywords by which a call bounds what it is assigned to (`ge`).
    #[serde(default)]
    pub(crate) limits: Vec<String>,
    /// Calls whose argument after a name is the value of that name (`get("status", 404)`).
    #[serde(default)]
    pub(crate) lookups: Vec<String>,
    /// Methods that add their arguments to what they are called on (`push_back`).
    #[serde(default)]
    pub(crate) additions: Vec<String>,
    /// Annotations that hold the arguments of one run of a test function (`#[case(…)]`).
    #[serde(default)]
    pub(crate) cases: Vec<String>,
    /// Annotations that name the function which gives a test its cases (`DataProvider`).
    #[serde(default)]
    pub(crate) providers: Vec<String>,
    /// What the failures of a test are reported to (`t`).
    #[serde(default)]
    pub(crate) reporters: Vec<String>,
    /// Methods that send content (`json` in `res.status(204).json(x)`).
    #[serde(default)]
    pub(crate) content: Vec<String>,
    /// Methods that redirect with the status set before them in the chain (`redirect` in
    /// `put_status(301) |> redirect(to: path)`).
    #[serde(default)]
    pub(crate) redirections: Vec<String>,
    /// Values that are nothing (`None`, `nil`, `null`).
    #[serde(default)]
    pub(crate) nothing: Vec<String>,
}

/// A name, or a list of names.
pub(crate) fn one_or_more<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        More(Vec<String>),
    }
    Ok(match Names::deserialize(deserializer)? {
        Names::One(name) => vec![name],
        Names::More(names) => names,
    })
}

/// The roles a vocabulary gives.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WordRole {
    Emit,
    Compare,
    Expect,
    Declare,
    Bound,
    Table,
    Config,
}

impl From<WordRole> for Role {
    fn from(role: WordRole) -> Self {
        match role {
            WordRole::Emit => Self::Emit,
            WordRole::Compare => Self::Compare,
            WordRole::Expect => Self::Expect,
            WordRole::Declare => Self::Declare,
            WordRole::Bound => Self::Bound,
            WordRole::Table => Self::Table,
            WordRole::Config => Self::Config,
        }
    }
}
