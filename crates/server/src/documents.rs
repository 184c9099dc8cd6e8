//! The one owner of the texts of open documents.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::notification::{DidChangeTextDocument, Notification as _};
use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

use statuslint_lint::failpoint;

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
    text: Arc<String>,
    lines: Arc<Lines>,
    /// What was copied last to be changed, for [`own`].
    older: (Arc<String>, Arc<Lines>),
    /// A change was lost, so that the text is not the editor's, until the whole text comes again.
    desynced: bool,
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
    pub(crate) text: Arc<String>,
    /// Its lines.
    pub(crate) lines: Arc<Lines>,
    /// The encoding of positions agreed with the client.
    pub(crate) encoding: Encoding,
}

/// How a document compares with the editor's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verified {
    /// It is the same, or not open.
    Same,
    /// A change was lost before; now it is the same again.
    Resynced,
    /// It was not the same, for no known reason; now it is.
    Differed,
}

impl Snapshot {
    /// A file that is not open, as it was read.
    pub(crate) fn of_file(url: Url, text: Arc<String>, encoding: Encoding) -> Self {
        let lines = Arc::new(Lines::of(&text));
        let language_id = String::new();
        Self { url, language_id, version: 0, revision: 0, text, lines, encoding }
    }

    /// A document with some text, for tests.
    #[cfg(test)]
    pub(crate) fn of(url: &str, revision: u64, text: &str, encoding: Encoding) -> Self {
        Self {
            url: Url::parse(url).expect("a test gives a URL"),
            language_id: "python".to_owned(),
            version: 4,
            revision,
            text: Arc::new(text.to_owned()),
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
        let TextDocumentItem { uri, language_id, version, mut text } = item;
        // Room to type in, here and in the older one: no edit has the time to move megabytes.
        text.reserve_exact(text.len() / 16);
        let mut copy = String::with_capacity(text.capacity());
        copy.push_str(&text);
        let lines = Lines::of(&text);
        let older = (Arc::new(copy), Arc::new(lines.clone()));
        let (text, lines) = (Arc::new(text), Arc::new(lines));
        let mut state = self.lock();
        let (revision, desynced) = (state.next_revision(), false);
        let document = Document { language_id, version, revision, text, lines, older, desynced };
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
        let whole = changes.iter().rposition(|change| change.range.is_none());
        document.desynced &= whole.is_none();
        for change in changes.into_iter().skip(whole.unwrap_or(0)) {
            let Document { text, lines, older, .. } = &mut *document;
            if let Some(range) = change.range {
                let (text, lines) = (own(text, &mut older.0), own(lines, &mut older.1));
                let bytes = Positions::with_lines(text, lines, encoding).bytes(range);
                text.replace_range(bytes.clone(), &change.text);
                // Half done: the worst moment.
                failpoint(DidChangeTextDocument::METHOD, &change.text);
                lines.edited(bytes, change.text.len(), text);
            } else {
                *lines = Arc::new(Lines::of(&change.text));
                *text = Arc::new(change.text);
            }
        }
        document.version = version;
        document.revision = revision;
        true
    }

    /// Tells nobody a text any more that may not be the editor's; `false` when it is not open.
    pub(crate) fn desync(&self, url: &Url) -> bool {
        let mut state = self.lock();
        let revision = state.next_revision();
        let Some(document) = state.open.get_mut(url) else { return false };
        document.revision = revision;
        document.desynced = true;
        true
    }

    /// Compares a document with the text the editor has, and takes that one where they differ.
    pub(crate) fn verify(&self, url: &Url, text: String) -> Verified {
        let mut state = self.lock();
        let revision = state.next_revision();
        let Some(document) = state.open.get_mut(url) else { return Verified::Same };
        // ALE tells of what is saved with `\n` written out in place of each line break: that is no text of the editor.
        let mangled = || !text.contains('\n') && document.text.replace('\n', "\\n") == text;
        if !document.desynced && (*document.text == text || mangled()) {
            return Verified::Same;
        }
        let verified = if document.desynced { Verified::Resynced } else { Verified::Differed };
        document.lines = Arc::new(Lines::of(&text));
        document.text = Arc::new(text);
        document.revision = revision;
        document.desynced = false;
        verified
    }

    /// Forgets a document.
    pub(crate) fn close(&self, url: &Url) {
        self.lock().open.remove(url);
    }

    /// A document as it is now, if it is open.
    pub(crate) fn snapshot(&self, url: &Url) -> Option<Snapshot> {
        let state = self.lock();
        let encoding = state.encoding;
        let document = state.open.get(url).filter(|document| !document.desynced)?;
        Some(Snapshot {
            url: url.clone(),
            language_id: document.language_id.clone(),
            version: document.version,
            revision: document.revision,
            text: Arc::clone(&document.text),
            lines: Arc::clone(&document.lines),
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

/// The value, to be changed: a copy where somebody reads it, in the place of an older one that
/// nobody reads any more. New memory for a text of megabytes costs more than its copying.
fn own<'value, T: Clone>(value: &'value mut Arc<T>, older: &mut Arc<T>) -> &'value mut T {
    if Arc::get_mut(value).is_none()
        && let Some(room) = Arc::get_mut(older)
    {
        room.clone_from(value);
        mem::swap(value, older);
    }
    Arc::make_mut(value)
}

impl State {
    fn next_revision(&mut self) -> u64 {
        self.revisions += 1;
        self.revisions
    }
}

#[cfg(test)]
mod tests;
