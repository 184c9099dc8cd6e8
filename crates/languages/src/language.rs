//! The supported languages and how a document's is known.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::folder::{FOLDERS, Folder, Reader};
use crate::{Constant, Numbers};

/// A supported language or format: one folder of `languages/`.
#[derive(Clone, Copy)]
pub struct Language(pub(crate) &'static Folder);

impl Language {
    /// The languages, in the order of their ids.
    pub fn all() -> impl Iterator<Item = Self> {
        FOLDERS.iter().map(Self)
    }

    /// Its id: `rust`, `typescript`, `yaml` — also the editor's language id where one exists.
    pub fn id(self) -> &'static str {
        self.0.id
    }

    /// The language it is built on, or itself: languages of one family call each other's functions.
    pub(crate) fn family(self) -> &'static str {
        self.0.chain().last().unwrap_or(self.0).id
    }

    /// Its name for people: `Rust`, `TypeScript`.
    pub fn title(self) -> &'static str {
        &self.0.file().title
    }

    /// The extensions its files have, without the dot, in lower case.
    pub fn extensions(self) -> impl Iterator<Item = &'static str> {
        self.0.file().extensions.iter().map(String::as_str)
    }

    /// The language of an editor's language id (`rust`, `typescriptreact`).
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|language| {
            language.id() == id || language.0.file().aliases.iter().any(|alias| alias == id)
        })
    }

    /// The language of a file by its extension, else by its path, and by its `#!` line where the
    /// name has no extension.
    pub fn detect(path: &str, text: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        if let Some((_, extension)) = name.rsplit_once('.') {
            let extension = extension.to_ascii_lowercase();
            return Self::all()
                .find(|language| language.0.file().extensions.contains(&extension))
                .or_else(|| Self::of_path(path));
        }
        if let Some(language) = Self::of_path(path) {
            return Some(language);
        }
        let interpreter = text.strip_prefix("#!")?.lines().next()?;
        let program = interpreter
            .split_whitespace()
            .map(|word| word.rsplit('/').next().unwrap_or(word))
            .find(|word| *word != "env" && !word.starts_with('-'))?;
        // `python3.12` is `python`.
        let program = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        Self::all()
            .find(|language| language.0.file().interpreters.iter().any(|known| known == program))
    }

    /// The language whose files stand at such paths, whatever their extension.
    fn of_path(path: &str) -> Option<Self> {
        Self::all().find(|language| language.0.globs().paths.is_match(path))
    }

    /// Whether the path is that of a test, by the conventions of the language.
    pub fn is_test_path(self, path: &str) -> bool {
        self.0.globs().tests.is_match(path)
    }

    /// Whether its documents are programs, not configuration, markup or data.
    pub fn is_code(self) -> bool {
        self.0.file().reader == Reader::Code
    }

    /// The named constants its libraries have, in the order of the tables.
    pub fn constants(self) -> &'static [Constant] {
        &self.0.tables().constants
    }

    /// How a range with its last number is written, or one without it (`..=`, `..<`).
    pub fn range_sign(self, inclusive: bool) -> Option<&'static str> {
        self.0.tables().signs.range_sign(inclusive)
    }

    /// How its constants are written where numbers stand, when they can be.
    pub fn numbers(self) -> Option<&'static Numbers> {
        self.0.chain().find_map(|folder| folder.file().numbers.as_ref())
    }

    /// How its comments are written, the usual way first: what opens one, and what closes it
    /// before the end of the line.
    pub fn comments(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let mut files = self.0.chain().map(|folder| &folder.file().comments);
        let own = files.find(|comments| !comments.is_empty());
        own.into_iter().flatten().map(|style| style.split_once(' ').unwrap_or((style, "")))
    }

    /// Whether its comments only stand on lines of their own.
    pub fn comments_stand_alone(self) -> bool {
        self.0.file().comments_alone
    }

    /// Whether its documents hold code of other languages in scripts.
    pub fn is_markup(self) -> bool {
        self.0.file().reader == Reader::Markup
    }

    /// Those of them that are of its own table, or of the language it extends.
    pub fn own_constants(self) -> &'static [Constant] {
        let tables = self.0.tables();
        &tables.constants[..tables.own]
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Language {}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.id()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn files_are_known_by_name_and_first_line() {
        let cases = [
            ("src/main.rs", "", Some("rust")),
            ("a/b/Handler.TSX", "", Some("tsx")),
            ("api.openapi.yml", "", Some("yaml")),
            ("bin/tool", "#!/usr/bin/env -S python3 -u\n", Some("python")),
            ("bin/tool", "#!/usr/bin/env python3.12\n", Some("python")),
            ("bin/tool", "#!/usr/bin/node\n", Some("javascript")),
            ("bin/tool", "#!/bin/sh\n", Some("bash")),
            ("bin/tool", "#!/usr/bin/awk -f\n", None),
            ("README", "", None),
            ("deploy/nginx.conf", "", Some("nginx")),
            ("deploy/nginx.conf.j2", "", Some("nginx")),
            ("etc/nginx/sites-available/example.org", "", Some("nginx")),
            ("www/.htaccess", "", Some("nginx")),
            ("haproxy.cfg", "", Some("nginx")),
            ("setup.cfg", "", None),
            ("Caddyfile", "", Some("nginx")),
            ("conf.d/tool.py", "", Some("python")),
            ("main.tf", "", Some("hcl")),
            ("notes.txt", "#!/usr/bin/node\n", None),
        ];
        for (path, text, expected) in cases {
            assert_eq!(Language::detect(path, text).map(Language::id), expected, "{path}");
        }
        assert_eq!(Language::from_id("typescriptreact").map(Language::id), Some("tsx"));
    }

    #[test]
    fn tests_are_known_by_path() {
        let is_test =
            |id, path| Language::from_id(id).is_some_and(|language| language.is_test_path(path));
        assert!(is_test("go", "server/handler_test.go"));
        assert!(is_test("python", "tests/test_api.py"));
        assert!(is_test("tsx", "src/App.test.tsx"));
        assert!(is_test("rust", "tests/http.rs"));
        assert!(!is_test("rust", "src/main.rs"));
        assert!(!is_test("go", "server/handler.go"));
    }
}
