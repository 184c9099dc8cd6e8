//! The one owner of the texts of open documents.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

use crate::lines::Lines;
use crate::positions::{Encoding, Positions};

/// The open documents, changed by notifications in the order they come.
#[derive(Debug, Default)]
pub(crate) struct Documents(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    encoding: Encoding,
    open: HashMap<Url, Document>,
    revisions: u64,
}

#[derive(Debug)]
struct Document {
    language_id: String,
    version: i32,
    revision: u64,
    text: String,
    lines: Lines,
    /// Both as they were last handed out, until they change.
    shared: Option<(Arc<str>, Arc<Lines>)>,
}

/// A document as it was at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    /// Which document.
    pub(crate) url: Url,
    /// The editor's name for its language.
    pub(crate) language_id: String,
    /// The editor's number for this state of it.
    pub(crate) version: i32,
    /// Our own number, which no other state of any document ever has.
    pub(crate) revision: u64,
    /// The text.
    pub(crate) text: Arc<str>,
    /// Its lines.
    pub(crate) lines: Arc<Lines>,
    /// The encoding of positions agreed with the client.
    pub(crate) encoding: Encoding,
}

impl Snapshot {
    /// A document with some text, for tests.
    #[cfg(test)]
    pub(crate) fn of(url: &str, revision: u64, text: &str, encoding: Encoding) -> Self {
        Self {
            url: Url::parse(url).expect("a test gives a URL"),
            language_id: "python".to_owned(),
            version: 4,
            revision,
            text: text.into(),
            lines: Arc::new(Lines::of(text)),
            encoding,
        }
    }

    /// For converting between the bytes of the text and the editor's positions.
    pub(crate) fn positions(&self) -> Positions<'_> {
        Positions::with_lines(&self.text, &self.lines, self.encoding)
    }
}

impl Documents {
    /// Fixes the encoding of positions, before the first document opens.
    pub(crate) fn agree(&self, encoding: Encoding) {
        self.lock().encoding = encoding;
    }

    /// The encoding of positions agreed with the client.
    pub(crate) fn encoding(&self) -> Encoding {
        self.lock().encoding
    }

    /// Takes a document in, or anew.
    pub(crate) fn open(&self, item: TextDocumentItem) {
        let TextDocumentItem { uri, language_id, version, text } = item;
        let mut state = self.lock();
        let revision = state.next_revision();
        let lines = Lines::of(&text);
        let document = Document { language_id, version, revision, text, lines, shared: None };
        state.open.insert(uri, document);
    }

    /// Applies changes one after the other; `false` when the document is not open.
    pub(crate) fn change(
        &self,
        url: &Url,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> bool {
        let mut state = self.lock();
        let (encoding, revision) = (state.encoding, state.next_revision());
        let Some(document) = state.open.get_mut(url) else { return false };
        for change in changes {
            let Document { text, lines, .. } = &mut *document;
            if let Some(range) = change.range {
                let bytes = Positions::with_lines(text, lines, encoding).bytes(range);
                text.replace_range(bytes.clone(), &change.text);
                lines.edited(bytes, change.text.len(), text);
            } else {
                *text = change.text;
                *lines = Lines::of(text);
            }
        }
        document.version = version;
        document.revision = revision;
        document.shared = None;
        true
    }

    /// Forgets a document.
    pub(crate) fn close(&self, url: &Url) {
        self.lock().open.remove(url);
    }

    /// A document as it is now, if it is open.
    pub(crate) fn snapshot(&self, url: &Url) -> Option<Snapshot> {
        let mut state = self.lock();
        let encoding = state.encoding;
        let document = state.open.get_mut(url)?;
        let share = || (document.text.as_str().into(), Arc::new(document.lines.clone()));
        let (text, lines) = document.shared.get_or_insert_with(share);
        Some(Snapshot {
            url: url.clone(),
            language_id: document.language_id.clone(),
            version: document.version,
            revision: document.revision,
            text: Arc::clone(text),
            lines: Arc::clone(lines),
            encoding,
        })
    }

    /// The state a document is in, if it is open.
    pub(crate) fn revision(&self, url: &Url) -> Option<u64> {
        self.lock().open.get(url).map(|document| document.revision)
    }

    /// Whether the document is open and still in this state.
    pub(crate) fn is_current(&self, url: &Url, revision: u64) -> bool {
        self.lock().open.get(url).is_some_and(|document| document.revision == revision)
    }

    /// The open documents.
    pub(crate) fn urls(&self) -> Vec<Url> {
        self.lock().open.keys().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next_revision(&mut self) -> u64 {
        self.revisions += 1;
        self.revisions
    }
}

#[cfg(test)]
mod tests {
    use lsp_types::{Position, Range, TextDocumentContentChangeEvent, TextDocumentItem, Url};

    use super::Documents;
    use crate::positions::Encoding;

    fn url() -> Url {
        Url::parse("file:///a.py").unwrap()
    }

    fn opened(encoding: Encoding, text: &str) -> Documents {
        let documents = Documents::default();
        documents.agree(encoding);
        documents.open(TextDocumentItem::new(url(), "python".into(), 1, text.into()));
        documents
    }

    fn change(range: Option<[u32; 4]>, text: &str) -> TextDocumentContentChangeEvent {
        let range = range.map(|[a, b, c, d]| Range::new(Position::new(a, b), Position::new(c, d)));
        TextDocumentContentChangeEvent { range, range_length: None, text: text.into() }
    }

    fn text(documents: &Documents) -> String {
        documents.snapshot(&url()).unwrap().text.to_string()
    }

    #[test]
    fn each_change_sees_the_one_before() {
        let documents = opened(Encoding::Utf16, "a🦀b\r\nc");
        let changes = vec![
            change(Some([0, 3, 0, 3]), "é"),
            change(Some([0, 4, 1, 0]), "\n\n"),
            change(Some([2, 0, 2, 1]), "d"),
        ];
        assert!(documents.change(&url(), 7, changes));
        assert_eq!(text(&documents), "a🦀é\n\nd");
        assert_eq!(documents.snapshot(&url()).unwrap().version, 7);
    }

    #[test]
    fn the_encoding_decides_what_a_character_is() {
        for (encoding, after_crab) in
            [(Encoding::Utf8, 4), (Encoding::Utf16, 2), (Encoding::Utf32, 1)]
        {
            let documents = opened(encoding, "🦀x");
            documents.change(
                &url(),
                2,
                vec![change(Some([0, after_crab, 0, after_crab + 1]), "y")],
            );
            assert_eq!(text(&documents), "🦀y", "{encoding:?}");
        }
    }

    #[test]
    fn impossible_ranges_are_clamped() {
        let documents = opened(Encoding::Utf16, "a🦀b\n");
        documents.change(&url(), 2, vec![change(Some([900, 9, u32::MAX, u32::MAX]), "end")]);
        assert_eq!(text(&documents), "a🦀b\nend");
        documents.change(&url(), 3, vec![change(Some([0, 2, 0, 2]), "|")]);
        assert_eq!(text(&documents), "a|🦀b\nend");
        documents.change(&url(), 4, vec![change(Some([1, 1, 0, 1]), "")]);
        assert_eq!(text(&documents), "and");
    }

    #[test]
    fn a_change_without_a_range_replaces_everything() {
        let documents = opened(Encoding::Utf8, "old");
        documents.change(&url(), 2, vec![change(None, "new\n"), change(Some([1, 0, 1, 0]), "er")]);
        assert_eq!(text(&documents), "new\ner");
    }

    #[test]
    fn a_state_is_current_until_the_next_change() {
        let documents = opened(Encoding::Utf8, "x");
        let before = documents.snapshot(&url()).unwrap();
        assert!(documents.is_current(&url(), before.revision));
        documents.change(&url(), 1, vec![change(None, "x")]);
        assert!(!documents.is_current(&url(), before.revision));
        documents.close(&url());
        let reopened = opened(Encoding::Utf8, "x");
        assert!(reopened.snapshot(&url()).is_some());
        assert!(documents.snapshot(&url()).is_none());
        assert!(!documents.change(&url(), 2, vec![change(None, "x")]));
        assert_eq!(*before.text, *"x");
    }
}
