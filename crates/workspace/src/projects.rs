//! Which files belong together: the documents of one project know each other's functions.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use statuslint_config::absolute;
use statuslint_languages::{Index, Language, Survey};

/// Folders with one of these are the root of a repository.
const REPOSITORIES: &[&str] = &[".git", ".hg", ".jj", ".svn"];

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
    /// Folders above which no project is looked for, unless a repository is there.
    tops: Vec<PathBuf>,
    /// The root of the project by folder: each is asked once.
    roots: HashMap<PathBuf, PathBuf>,
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
        let news = told
            .get(&path)
            .is_none_or(|(known, old)| *known != language || !old.tells_the_same(survey));
        told.insert(path, (language, survey.clone()));
        if news {
            self.indexes.remove(&root);
        }
        news
    }

    /// Forgets a document that is gone.
    pub fn forget(&mut self, path: &Path) {
        let root = self.root(path);
        if self.told.get_mut(&root).is_some_and(|told| told.remove(&absolute(path)).is_some()) {
            self.indexes.remove(&root);
        }
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
    /// folder below one of the tops that looks like a project, else that top.
    fn root(&mut self, file: &Path) -> PathBuf {
        let file = absolute(file);
        let folder = file.parent().unwrap_or(&file).to_path_buf();
        if let Some(root) = self.roots.get(&folder) {
            return root.clone();
        }
        let has = |folder: &Path, names: &[&str]| names.iter().any(|it| folder.join(it).exists());
        let repository = folder.ancestors().find(|folder| has(folder, REPOSITORIES));
        let root = repository.map_or_else(
            || {
                let top = self.tops.iter().find(|top| folder.starts_with(top));
                let below: Vec<&Path> = folder
                    .ancestors()
                    .take_while(|folder| top.is_some_and(|top| folder.starts_with(top)))
                    .collect();
                let outermost = below.iter().rev().find(|folder| has(folder, TOPS));
                (*outermost.or(below.last()).unwrap_or(&folder.as_path())).to_path_buf()
            },
            Path::to_path_buf,
        );
        self.roots.insert(folder, root.clone());
        root
    }
}
