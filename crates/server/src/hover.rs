//! Hovers: the explanation of a place, as the client can show it.

use std::fmt::Write as _;

use lsp_types::{HoverContents, MarkupContent, MarkupKind, Position};
use statuslint_lint::Explanation;
use statuslint_workspace::Checked;

use crate::abilities::Abilities;
use crate::documents::Snapshot;

/// What there is to say about a position, when a status stands there.
pub(crate) fn hover(
    checked: &Checked,
    position: Position,
    snapshot: &Snapshot,
    abilities: Abilities,
) -> Option<lsp_types::Hover> {
    let positions = snapshot.positions();
    let Checked { text, language, settings, report, .. } = checked;
    let offset = positions.byte(position);
    let hover = statuslint_lint::hover(text, report, (*language)?, settings, offset)?;
    let (kind, value) = if abilities.markdown {
        (MarkupKind::Markdown, hover.to_markdown())
    } else {
        (MarkupKind::PlainText, plain(&hover))
    };
    Some(lsp_types::Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: Some(positions.range(&hover.range)),
    })
}

/// The hover for a client that shows no Markdown.
fn plain(hover: &statuslint_lint::Hover) -> String {
    let mut text = plain_explanation(&hover.explanation);
    for finding in &hover.findings {
        let severity = finding.severity.as_str();
        let _ = writeln!(text, "\n{severity}: {} ({})", finding.message, finding.rule);
        if let Some(help) = &finding.help {
            let _ = writeln!(text, "help: {help}");
        }
    }
    text
}

/// An explanation for a client that shows no Markdown.
pub(crate) fn plain_explanation(explanation: &Explanation) -> String {
    let mut text = format!("{}\n\n{}\n\n", explanation.title, explanation.meaning);
    for fact in &explanation.facts {
        let _ = writeln!(text, "{}: {}", fact.label, fact.value);
    }
    if let Some(url) = &explanation.url {
        let _ = writeln!(text, "Read more: {url}");
    }
    for (languages, names) in explanation.by_language() {
        let _ = writeln!(text, "{languages}: {}", names.join(", "));
    }
    text
}
