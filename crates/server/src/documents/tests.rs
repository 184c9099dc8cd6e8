//! Edits, each after the one before, and against a model.

mod edits;

use lsp_types::{Position, Range, TextDocumentContentChangeEvent, TextDocumentItem, Url};

use super::{Documents, Verified};
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
    for (encoding, after_crab) in [(Encoding::Utf8, 4), (Encoding::Utf16, 2), (Encoding::Utf32, 1)]
    {
        let documents = opened(encoding, "🦀x");
        documents.change(&url(), 2, vec![change(Some([0, after_crab, 0, after_crab + 1]), "y")]);
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

#[test]
fn a_document_whose_change_was_lost_is_silent_until_the_whole_text_comes() {
    let documents = opened(Encoding::Utf8, "old");
    let lose = || {
        let before = documents.snapshot(&url()).unwrap();
        assert!(documents.desync(&url()));
        assert!(!documents.is_current(&url(), before.revision));
        assert!(documents.change(&url(), 7, vec![change(Some([0, 0, 9, 9]), "new")]));
        assert!(documents.snapshot(&url()).is_none());
    };
    lose();
    documents.change(&url(), 8, vec![change(Some([9, 9, 9, 9]), "x"), change(None, "a")]);
    assert_eq!(text(&documents), "a");
    lose();
    assert_eq!(documents.verify(&url(), "b".to_owned()), Verified::Resynced);
    assert_eq!(text(&documents), "b");
    assert_eq!(documents.snapshot(&url()).unwrap().version, 7);
    lose();
    documents.open(TextDocumentItem::new(url(), "python".into(), 1, "c".into()));
    assert_eq!(text(&documents), "c");
    documents.close(&url());
    assert!(!documents.desync(&url()));
}

#[test]
fn a_text_that_differs_is_replaced() {
    let documents = opened(Encoding::Utf8, "same");
    let before = documents.snapshot(&url()).unwrap();
    assert_eq!(documents.verify(&url(), "same".to_owned()), Verified::Same);
    assert!(documents.is_current(&url(), before.revision));
    assert_eq!(documents.verify(&url(), "other".to_owned()), Verified::Differed);
    assert!(!documents.is_current(&url(), before.revision));
    assert_eq!(text(&documents), "other");
    documents.close(&url());
    assert_eq!(documents.verify(&url(), "any".to_owned()), Verified::Same);
}

#[test]
fn a_text_with_its_line_breaks_written_out_is_no_other() {
    let documents = opened(Encoding::Utf8, "a\nb\n");
    assert_eq!(documents.verify(&url(), "a\\nb\\n".to_owned()), Verified::Same);
    assert_eq!(text(&documents), "a\nb\n");
    assert_eq!(documents.verify(&url(), "a\\nc\\n".to_owned()), Verified::Differed);
}
