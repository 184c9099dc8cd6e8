//! Which files belong together: the documents of one project know each other's functions.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use statuslint_config::absolute;
use statuslint_languages::{Index, Language, Survey};

/// Folders with one of these are the root of a repository.
pub(crate) const REPOSITORIES: &[&str] = &[".git", ".hg", ".jj", ".svn"];

/// Files that stand at the top of a project.
const TOPS: &[&str] = &[
    "README.md",
    "README",
    "README.rst",
    "README.adoc",
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
    "COPYING",
    "Cargo.toml",
    "package.json",
    "go.mod",
    "pyproject.toml",
    "setup.py",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "composer.json",
    "Gemfile",
    "mix.exs",
    "Package.swift",
    "pubspec.yaml",
    "CMakeLists.txt",
    "Makefile",
];

/// What the documents of projects tell each other.
#[derive(Debug, Default)]
pub struct Surveys {
    /// What a run was asked to check: above that, only a repository counts.
    tops: Vec<PathBuf>,
    /// The root by folder: each is asked once.
    roots: HashMap<PathBuf, Root>,
    /// What was told, by root and path.
    told: HashMap<PathBuf, HashMap<PathBuf, (Language, Survey)>>,
    /// What follows from it, by root, once somebody asks.
    indexes: HashMap<PathBuf, Arc<Index>>,
}

impl Surveys {
    /// Nothing told yet about the projects in these folders.
    pub fn new(tops: impl IntoIterator<Item = PathBuf>) -> Self {
        let tops = tops.into_iter().map(|top| absolute(&top)).collect();
        Self { tops, ..Self::default() }
    }

    /// Takes in what a document tells; whether that is news to the others of its project.
    pub fn tell(&mut self, path: &Path, language: Language, survey: &Survey) -> bool {
        let (path, root) = (absolute(path), self.root(path));
        let told = self.told.entry(root.clone()).or_default();
        let news = match told.get(&path) {
            Some((known, old)) => *known != language || !old.tells_the_same(survey),
            None => !Survey::default().tells_the_same(survey),
        };
        told.insert(path, (language, survey.clone()));
        if news {
            self.indexes.remove(&root);
        }
        news
    }

    /// Forgets a document that is gone; whether that is news to the others of its project.
    pub fn forget(&mut self, path: &Path) -> bool {
        let root = self.root(path);
        let news = self.told.get_mut(&root).is_some_and(|it| it.remove(&absolute(path)).is_some());
        if news {
            self.indexes.remove(&root);
        }
        news
    }

    /// What the project of a document tells it.
    pub fn index(&mut self, path: &Path) -> Arc<Index> {
        let root = self.root(path);
        let Some(told) = self.told.get(&root) else { return Arc::default() };
        let join =
            || Arc::new(Index::new(told.values().map(|(language, survey)| (*language, survey))));
        Arc::clone(self.indexes.entry(root).or_insert_with(join))
    }

    /// The root of the project a file belongs to: the repository around it, else the outermost
    /// folder of the run that looks like a project, else the folder of the run.
    pub(crate) fn root(&mut self, file: &Path) -> PathBuf {
        let file = absolute(file);
        self.around(file.parent().unwrap_or(&file)).folder
    }

    fn around(&mut self, folder: &Path) -> Root {
        if let Some(root) = self.roots.get(folder) {
            return root.clone();
        }
        let here = |mark| Root { folder: folder.to_path_buf(), mark };
        let (repository, project) = marks(folder);
        let outer = folder.parent().map(|parent| self.around(parent));
        let in_run = self.tops.iter().any(|top| folder.starts_with(top));
        let root = match outer {
            _ if repository => here(Mark::Repository),
            Some(outer) if outer.mark != Mark::None => outer,
            _ if in_run && project => here(Mark::Project),
            // The folder of the run itself, for what stands in no project.
            Some(outer) if self.tops.iter().any(|top| outer.folder.starts_with(top)) => outer,
            _ => here(Mark::None),
        };
        self.roots.insert(folder.to_path_buf(), root.clone());
        root
    }
}

/// The folder whose documents know each other.
#[derive(Debug, Clone)]
struct Root {
    folder: PathBuf,
    mark: Mark,
}

/// What shows that a folder is a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Project,
    Repository,
}

/// Whether a folder is the root of a repository, and whether it looks like the top of a project.
fn marks(folder: &Path) -> (bool, bool) {
    let Ok(entries) = fs::read_dir(folder) else { return (false, false) };
    let (mut repository, mut project) = (false, false);
    for entry in entries.flatten() {
        let name = entry.file_name();
        repository |= REPOSITORIES.iter().any(|it| name == *it);
        project |= TOPS.iter().any(|it| name == *it);
    }
    (repository, project)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_belong_to_the_repository_or_project_around_them() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        for file in [
            "a/.git/config",
            "a/pkg/package.json",
            "a/pkg/x.js",
            "b/README.md",
            "b/sub/go.mod",
            "b/sub/x.go",
            "c/x.py",
            "d/x.py",
        ] {
            let path = top.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let mut surveys = Surveys::new([top.clone()]);
        for (file, root) in
            [("a/pkg/x.js", "a"), ("b/sub/x.go", "b"), ("c/x.py", ""), ("d/x.py", "")]
        {
            assert_eq!(
                surveys.root(&top.join(file)),
                top.join(root).components().collect::<PathBuf>(),
                "{file}"
            );
        }
        // A named file alone: what stands above the run says nothing, but for a repository.
        let mut alone = Surveys::new([top.join("b/sub/x.go")]);
        assert_eq!(alone.root(&top.join("b/sub/x.go")), top.join("b/sub"));
        assert_eq!(alone.root(&top.join("a/pkg/x.js")), top.join("a"));
    }
}
