//! Patterns of paths, as `exclude` and `paths` have them.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Patterns relative to one folder, as in a `.gitignore`: one without a slash matches at any
/// depth, and one that matches a folder matches everything in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Globs(GlobSet);

impl Globs {
    /// Compiles patterns; the error is the index of the bad one and what is wrong with it.
    pub(crate) fn new<'p>(
        patterns: impl IntoIterator<Item = &'p str>,
    ) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        let mut count = 0;
        for pattern in patterns {
            let globs = anchored(pattern)
                .and_then(|anchored| compile(&anchored))
                .map_err(|problem| (count, problem))?;
            set.add(globs);
            count += 1;
        }
        let set = set.build().map_err(|error| (count.saturating_sub(1), describe(&error)))?;
        Ok(Self(set))
    }

    /// Whether a pattern matches the path, relative to the folder and with `/`, or a folder it
    /// is in.
    pub(crate) fn matches(&self, path: &str) -> bool {
        if self.0.is_empty() || path.is_empty() {
            return false;
        }
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.chain([path]).any(|path| self.0.is_match(path))
    }
}

/// The pattern as globset wants it, from the top of the folder.
fn anchored(pattern: &str) -> Result<String, String> {
    let slashed = pattern.replace('\\', "/");
    if slashed.starts_with('!') {
        return Err("patterns cannot be negated; name what is meant instead".to_owned());
    }
    let trimmed = slashed.trim_end_matches('/').trim_start_matches("./");
    if trimmed.split('/').any(|part| part == "..") {
        return Err("patterns cannot leave the folder of their configuration".to_owned());
    }
    let anchored = match trimmed.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None if trimmed.contains('/') => trimmed.to_owned(),
        None => format!("**/{trimmed}"),
    };
    if trimmed.is_empty() || anchored.is_empty() {
        return Err("an empty pattern matches nothing; use \"**\" for everything".to_owned());
    }
    Ok(anchored)
}

fn compile(pattern: &str) -> Result<globset::Glob, String> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .empty_alternates(true)
        .build()
        .map_err(|error| describe(&error))
}

fn describe(error: &globset::Error) -> String {
    error.kind().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_as_a_gitignore_does() {
        type Case = (&'static str, &'static [&'static str], &'static [&'static str]);
        let cases: [Case; 10] = [
            ("vendor/**", &["vendor/a.py", "vendor/a/b.py"], &["src/vendor/a.py", "vendors"]),
            ("vendor", &["vendor", "vendor/a.py", "src/vendor/a.py"], &["vendors/a.py"]),
            ("vendor/", &["vendor/a.py", "src/vendor/a.py"], &["vendors/a.py"]),
            ("/vendor", &["vendor/a.py"], &["src/vendor/a.py"]),
            ("./src/gen", &["src/gen/a.py"], &["gen/a.py"]),
            ("*.gen.go", &["a.gen.go", "src/a.gen.go"], &["a.go"]),
            ("src/*.py", &["src/a.py"], &["src/a/b.py", "a.py"]),
            ("src\\gen\\*.py", &["src/gen/a.py"], &["src/a.py"]),
            ("{a,b}.py", &["a.py", "x/b.py"], &["c.py"]),
            ("**", &["a", "a/b"], &[""]),
        ];
        for (pattern, yes, no) in cases {
            let globs = Globs::new([pattern]).unwrap();
            for path in yes {
                assert!(globs.matches(path), "{pattern} should match {path}");
            }
            for path in no {
                assert!(!globs.matches(path), "{pattern} should not match {path}");
            }
        }
    }

    #[test]
    fn names_the_bad_pattern() {
        for bad in ["a[", "{a", "!a", "", "/", "../a"] {
            assert_eq!(Globs::new(["ok", bad]).unwrap_err().0, 1, "{bad}");
        }
    }
}
