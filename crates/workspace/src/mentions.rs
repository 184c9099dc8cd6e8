//! Which files of a workspace have which codes: what tells where to look for all places of one.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use statuslint_codes::StatusCode;
use statuslint_languages::{Site, Usage};

/// The codes of every file of a workspace that has a status.
#[derive(Debug, Default)]
pub struct Mentions(HashMap<PathBuf, Box<[StatusCode]>>);

impl Mentions {
    /// Takes in which codes a file has now.
    pub fn tell(&mut self, path: &Path, usage: &Usage) {
        self.note(path, codes(usage));
    }

    /// Forgets a file that is gone.
    pub fn forget(&mut self, path: &Path) {
        self.0.remove(path);
    }

    /// The files that had one of these codes when they were last read, in the order of their paths.
    pub fn files(&self, wanted: &[StatusCode]) -> Vec<&Path> {
        let has = |codes: &[StatusCode]| codes.iter().any(|code| wanted.contains(code));
        let files = self.0.iter().filter(|(_, codes)| has(codes));
        let mut files: Vec<&Path> = files.map(|(path, _)| path.as_path()).collect();
        files.sort_unstable();
        files
    }

    /// All codes that some file has, in their order.
    pub fn codes(&self) -> Vec<StatusCode> {
        let mut codes: Vec<StatusCode> = self.0.values().flatten().copied().collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The files that had a status when they were last read, of a whole class too, in any order.
    pub fn all(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }

    pub(crate) fn note(&mut self, path: &Path, codes: Option<Box<[StatusCode]>>) {
        match codes {
            Some(codes) => self.0.insert(path.to_path_buf(), codes),
            None => self.0.remove(path),
        };
    }
}

/// The codes of a document, each once; `None` where no status stands.
pub(crate) fn codes(usage: &Usage) -> Option<Box<[StatusCode]>> {
    if usage.sites.is_empty() {
        return None;
    }
    let mut codes: Vec<StatusCode> = usage.sites.iter().filter_map(Site::code).collect();
    codes.sort_unstable();
    codes.dedup();
    Some(codes.into_boxed_slice())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use statuslint_codes::StatusCode;

    use super::Mentions;

    #[test]
    fn the_last_word_about_a_file_counts() {
        let mut mentions = Mentions::default();
        let codes = |codes: &[u16]| Some(codes.iter().copied().map(StatusCode::new).collect());
        mentions.note(Path::new("/b"), codes(&[404, 410]));
        mentions.note(Path::new("/a"), codes(&[404]));
        mentions.note(Path::new("/c"), codes(&[200]));
        mentions.note(Path::new("/c"), codes(&[201]));
        let [found, gone, ok] = [404, 410, 200].map(StatusCode::new);
        assert_eq!(mentions.files(&[found]), [Path::new("/a"), Path::new("/b")]);
        assert_eq!(mentions.files(&[gone, ok]), [Path::new("/b")]);
        mentions.note(Path::new("/b"), None);
        assert_eq!(mentions.files(&[found]), [Path::new("/a")]);
        assert_eq!(mentions.codes(), [StatusCode::new(201), found]);
        mentions.note(Path::new("/c"), codes(&[]));
        mentions.forget(Path::new("/a"));
        assert_eq!(mentions.all().collect::<Vec<_>>(), [Path::new("/c")]);
    }
}
