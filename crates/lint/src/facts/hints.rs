//! Reason phrases shown beside the numbers.

use statuslint_codes::{StatusCode, code_of_name, words};
use statuslint_languages::{Kind, Role, Site};

use crate::{Report, Settings};

/// A label shown after a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlayHint {
    /// Where it is shown: the end of the number, in bytes.
    pub offset: usize,
    /// The reason phrase.
    pub label: String,
}

/// The reason phrases of a document's numbers, where the document does not say them itself.
pub fn inlay_hints(text: &str, report: &Report, settings: &Settings) -> Vec<InlayHint> {
    let hint = |site: &Site| {
        let written = matches!(site.kind, Kind::Number | Kind::String);
        let code = site.code().filter(|_| written && site.role != Role::Bound)?;
        let label = settings.name(code)?;
        let said = is_named(site, code) || line_says(text, site.range.start, label);
        (!said).then(|| InlayHint { offset: site.range.end, label: label.to_owned() })
    };
    report.usage.sites.iter().filter_map(hint).collect()
}

/// Whether the name being defined already says the code.
fn is_named(site: &Site, code: StatusCode) -> bool {
    site.name.as_ref().is_some_and(|name| code_of_name(&name.text) == Some(code))
}

/// How much of a long line is read on either side of a number, in bytes.
const AROUND: usize = 200;

/// Whether the line of an offset has the words of the phrase one after the other; a phrase of
/// one word (`OK`, `Found`) counts only as it is written.
fn line_says(text: &str, offset: usize, phrase: &str) -> bool {
    let first = text.ceil_char_boundary(offset.saturating_sub(AROUND));
    let last = text.floor_char_boundary(offset + AROUND);
    let start = text[first..offset].rfind('\n').map_or(first, |at| first + at + 1);
    let end = text[offset..last].find('\n').map_or(last, |at| offset + at);
    let line = &text[start..end];
    let said = words(phrase);
    match said.len() {
        0 => false,
        1 => line.split(|c: char| !c.is_alphanumeric()).any(|word| word == phrase),
        length => words(line).windows(length).any(|words| words == said),
    }
}
