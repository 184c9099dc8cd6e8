//! Inlay hints: reason phrases beside the numbers.

use lsp_types::{InlayHint, InlayHintLabel, Range};
use statuslint_workspace::Checked;

use crate::documents::Snapshot;
use crate::session::Session;

/// The hints of a range of a document.
pub(crate) fn hints(
    session: &Session,
    checked: &Checked,
    range: Range,
    snapshot: &Snapshot,
) -> Option<Vec<InlayHint>> {
    let configuration = session.configuration();
    let shown = configuration.wishes(&configuration.path_of(&snapshot.url)).inlay_hints;
    drop(configuration);
    if !shown {
        return None;
    }
    let positions = snapshot.positions();
    let wanted = positions.bytes(range);
    let hints = statuslint_lint::inlay_hints(&checked.text, &checked.report, &checked.settings);
    let inside = |offset| wanted.start <= offset && offset <= wanted.end;
    let shown = hints.into_iter().filter(|hint| inside(hint.offset)).map(|hint| InlayHint {
        position: positions.position(hint.offset),
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    Some(shown.collect())
}
