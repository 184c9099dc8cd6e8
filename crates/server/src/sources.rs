//! Files of the workspace that change while they are not open: what they tell other documents
//! changes, and where codes stand.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use lsp_types::Url;
use statuslint_languages::Language;
use statuslint_workspace::{Options, each};

use crate::backend::Backend;
use crate::session::Session;

/// The files to watch, as a glob: all that by their extension may be of a language we know.
pub(crate) fn glob() -> String {
    let extensions: Vec<&str> = Language::all().flat_map(Language::extensions).collect();
    format!("**/*.{{{}}}", extensions.join(","))
}

/// The files to read again.
#[derive(Debug, Default)]
pub(crate) struct Changed(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    paths: HashSet<PathBuf>,
    /// Whether somebody reads: one is enough, however many files are closed at once.
    reading: bool,
}

impl Changed {
    /// Takes files in; whether somebody must begin to read.
    fn add(&self, paths: impl IntoIterator<Item = PathBuf>) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.paths.extend(paths);
        let begins = !state.reading && !state.paths.is_empty();
        state.reading |= begins;
        begins
    }

    /// The files to read next; `None` when there are none, and nobody reads then.
    fn take(&self) -> Option<HashSet<PathBuf>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let paths = std::mem::take(&mut state.paths);
        state.reading = !paths.is_empty();
        state.reading.then_some(paths)
    }
}

impl Backend {
    /// Reads files again that are not open, and judges the open documents again if they tell these
    /// something new.
    pub(crate) fn files_changed(&self, urls: impl IntoIterator<Item = Url>) {
        let open = self.session.documents.urls();
        let closed = urls.into_iter().filter(|url| !open.contains(url));
        if !self.session.changed.add(closed.filter_map(|url| url.to_file_path().ok())) {
            return;
        }
        let backend = self.clone();
        tokio::spawn(async move {
            while let Some(paths) = backend.session.changed.take() {
                let session = Arc::clone(&backend.session);
                let news = tokio::task::spawn_blocking(move || session.reread(&paths)).await;
                backend.session.touched.notify_one();
                if news.is_ok_and(|news| news) {
                    backend.judge_again();
                }
            }
        });
    }
}

impl Session {
    /// Reads files again; whether that is news to others. This takes its time: not for the reactor.
    fn reread(&self, paths: &HashSet<PathBuf>) -> bool {
        // They are looked for as the workspace is read: what is ignored there does not count.
        let mut folders = self.configuration().roots().to_vec();
        let outside = paths.iter().filter(|path| !folders.iter().any(|it| path.starts_with(it)));
        let outside: HashSet<_> = outside.filter_map(|path| path.parent()).collect();
        let outside = outside.into_iter().map(Path::to_path_buf).collect::<Vec<_>>();
        folders.extend(outside.into_iter().filter(|folder| folder.is_dir()));
        let options = Options { only: Some(paths.clone()), ..self.options(folders) };
        let seen = Mutex::new((HashSet::new(), false));
        let index = |_: &Path| Arc::default();
        each(
            &options,
            |path| paths.contains(path),
            index,
            &AtomicBool::new(false),
            |told| {
                let Some((language, survey)) = told.survey else { return };
                match told.checked {
                    Some(checked) => self.mentions().tell(told.path, &checked.report.usage),
                    None => self.mentions().forget(told.path),
                }
                let news = self.surveys().tell(told.path, language, &survey);
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.0.insert(told.path.to_path_buf());
                seen.1 |= news;
            },
        );
        let (seen, mut news) = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        for gone in paths.difference(&seen) {
            self.mentions().forget(gone);
            news |= self.surveys().forget(gone);
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Changed;

    #[test]
    fn one_reads_what_all_ask_for() {
        let (changed, path) = (Changed::default(), |name: &str| PathBuf::from(name));
        assert!(!changed.add([]));
        assert!(changed.add([path("a")]));
        assert!(!changed.add([path("b"), path("a")]));
        assert_eq!(changed.take().map(|paths| paths.len()), Some(2));
        assert!(!changed.add([path("c")]));
        assert_eq!(changed.take(), Some([path("c")].into()));
        assert_eq!(changed.take(), None);
        assert!(changed.add([path("a")]));
    }
}
