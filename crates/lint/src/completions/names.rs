//! The names that libraries of a language have for codes, as far as one is being typed.

use statuslint_languages::{Constant, Language};

use super::matching::{last_name, means};

/// Letters of a name that tell it from the others of a module which holds more than codes.
const TELLING: usize = 2;

/// The names that what is typed may become.
pub(crate) struct Names<'a> {
    language: Language,
    path: &'a str,
    typed: &'a str,
}

impl<'a> Names<'a> {
    pub(crate) fn new(language: Language, path: &'a str, typed: &'a str) -> Self {
        Self { language, path, typed }
    }

    /// Whether some library has a name that begins so.
    pub(crate) fn may_be(&self) -> bool {
        if self.path.is_empty() {
            let mut constants = self.language.constants().iter();
            return constants.any(|constant| means(constant.expression, self.typed));
        }
        self.members().next().is_some()
    }

    /// Whether the path holds codes and nothing else, or so much is typed that a code is meant.
    pub(crate) fn are_sure(&self) -> bool {
        self.path.starts_with([':', '.'])
            || says_status(container(self.path))
            || (self.typed.len() >= TELLING
                && self
                    .members()
                    .any(|constant| starts(last_name(constant.expression), self.typed)))
    }

    /// A name of the path to put at the place, by which the detection is asked.
    pub(crate) fn placeholder(&self) -> Option<String> {
        // What is everybody's word where it is a symbol tells nothing of the others.
        let codes: &[u16] = if self.path == ":" { &[201, 202, 302, 200, 404] } else { &[404] };
        let of_code = |code: &u16| self.members().find(|constant| constant.code.get() == *code);
        let common = codes.iter().find_map(of_code);
        let constant = common.or_else(|| self.members().next())?;
        Some(format!("{}{}", self.path, last_name(constant.expression)))
    }

    /// The constants that are members of the path and begin with what is typed.
    pub(crate) fn members(&self) -> impl Iterator<Item = &'static Constant> + Clone {
        let (path, typed) = (self.path, self.typed);
        self.language.constants().iter().filter(move |constant| {
            let (holder, name) = split(constant.expression);
            is_path(path, holder) && said_within(name, typed)
        })
    }
}

/// Whether a constant is one of a container that holds codes: `StatusCode::NOT_FOUND`, and no
/// class of a failure.
pub(crate) fn is_status(constant: &Constant) -> bool {
    let (holder, _) = split(constant.expression);
    says_status(container(holder)) || holder == ":"
}

/// What holds a name, with the separator, and the name.
fn split(expression: &str) -> (&str, &str) {
    let name = last_name(expression);
    (&expression[..expression.len() - name.len()], name)
}

/// The last name of a path.
fn container(path: &str) -> &str {
    last_name(path.trim_end_matches([':', '.', '\\']))
}

fn says_status(container: &str) -> bool {
    let lower = container.to_ascii_lowercase();
    lower.contains("status") || matches!(lower.as_str(), "codes" | "httpcode")
}

/// Whether a path is that of a holder: `http::StatusCode::` that of `StatusCode::`, and `.` that of
/// each where the language leaves types out.
fn is_path(path: &str, holder: &str) -> bool {
    if path == "." {
        return !holder.is_empty() && holder != ":" && says_status(container(holder));
    }
    !holder.is_empty()
        && path
            .strip_suffix(holder)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with([':', '.', '\\']))
}

/// Whether a name begins with what is typed, or a word of it does: `Found` of `StatusNotFound`.
fn said_within(name: &str, typed: &str) -> bool {
    let word = |at: usize| {
        let (before, here) = (name.as_bytes().get(at - 1), name.as_bytes()[at]);
        let capital = here.is_ascii_uppercase() && before.is_some_and(u8::is_ascii_lowercase);
        capital || (before == Some(&b'_') && here != b'_')
    };
    starts(name, typed)
        || (1..name.len())
            .any(|at| name.is_char_boundary(at) && word(at) && starts(&name[at..], typed))
}

/// Whether a text begins with what is typed, in any letter case.
pub(crate) fn starts(text: &str, typed: &str) -> bool {
    text.get(..typed.len()).is_some_and(|first| first.eq_ignore_ascii_case(typed))
}
