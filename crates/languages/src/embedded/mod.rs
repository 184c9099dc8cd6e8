//! Code of other languages inside a document: where it stands, and how its offsets are those of the
//! document.

mod braces;
pub(crate) mod markdown;
pub(crate) mod markup;
pub(crate) mod requests;

use std::borrow::Cow;
use std::ops::Range;

use crate::{Language, Usage};

/// What a reader found in a document: its own sites and comments, and code of other languages.
#[derive(Default)]
pub(crate) struct Found<'t> {
    pub(crate) usage: Usage,
    pub(crate) excerpts: Vec<Excerpt<'t>>,
}

/// Code of one language, put together from spans of a document in their order.
///
/// What stands between the spans in the document (quotation marks, indentation, other languages) is
/// left out; what stands between them in the excerpt was glued in to keep them apart.
pub(crate) struct Excerpt<'t> {
    pub(crate) language: Language,
    pub(crate) text: Cow<'t, str>,
    /// What the document calls it: the name of a file, the word of a fence; or nothing.
    pub(crate) name: String,
    spans: Vec<Span>,
}

/// Bytes that the excerpt shares with the document.
#[derive(Clone, Copy)]
struct Span {
    /// Where they start in the excerpt.
    here: usize,
    /// Where they start in the document.
    there: usize,
    length: usize,
}

impl<'t> Excerpt<'t> {
    /// One stretch of the document.
    pub(crate) fn of(document: &'t str, range: Range<usize>, language: Language) -> Self {
        let span = Span { here: 0, there: range.start, length: range.len() };
        Self {
            language,
            text: Cow::Borrowed(&document[range]),
            name: String::new(),
            spans: vec![span],
        }
    }

    /// Nothing yet.
    pub(crate) fn new(language: Language) -> Self {
        Self { language, text: Cow::Borrowed(""), name: String::new(), spans: Vec::new() }
    }

    /// Adds a stretch of the document that stands after those already added.
    pub(crate) fn push(&mut self, document: &'t str, range: Range<usize>) {
        if self.text.is_empty() {
            let name = std::mem::take(&mut self.name);
            *self = Self { name, ..Self::of(document, range, self.language) };
            return;
        }
        let span = Span { here: self.text.len(), there: range.start, length: range.len() };
        self.text.to_mut().push_str(&document[range]);
        self.spans.push(span);
    }

    /// Adds text that the document does not have.
    pub(crate) fn glue(&mut self, text: &str) {
        self.text.to_mut().push_str(text);
    }

    /// The same excerpt, on its own.
    pub(crate) fn owned(self) -> Excerpt<'static> {
        let Self { language, text, name, spans } = self;
        Excerpt { language, text: Cow::Owned(text.into_owned()), name, spans }
    }

    /// The same excerpt of a document in which this one's begins at an offset.
    pub(crate) fn moved(mut self, offset: usize) -> Self {
        for span in &mut self.spans {
            span.there += offset;
        }
        self
    }

    /// Adds what was found in the excerpt to what was found in the document.
    pub(crate) fn hand_over(&self, found: Usage, usage: &mut Usage) {
        let place = |range| self.range(range);
        usage.sites.extend(found.sites.into_iter().filter_map(|it| it.placed(&place)));
        usage.conditions.extend(found.conditions.into_iter().filter_map(|it| it.placed(&place)));
        usage.divisions.extend(found.divisions.into_iter().filter_map(|it| it.placed(&place)));
        usage.branches.extend(found.branches.into_iter().filter_map(|it| it.placed(&place)));
        usage.operations.extend(found.operations.into_iter().filter_map(|it| it.placed(&place)));
        usage.titles.extend(found.titles.into_iter().filter_map(|it| it.placed(&place)));
        usage.misnomers.extend(found.misnomers.into_iter().filter_map(|it| it.placed(&place)));
        usage.comments.extend(found.comments.into_iter().filter_map(place));
        let span = |span: &Span| (span.there..span.there + span.length, self.language);
        usage.excerpts.extend(self.spans.iter().map(span));
        let placed = |(range, language)| Some((place(range)?, language));
        usage.excerpts.extend(found.excerpts.into_iter().filter_map(placed));
        usage.tests.extend(found.tests.into_iter().filter_map(place));
        usage.imports.extend(found.imports);
        usage.import_statements.extend(found.import_statements.into_iter().filter_map(place));
        usage.roots.extend(found.roots);
        usage.survey.join(found.survey);
    }

    /// Where a range of the excerpt stands in the document; `None` when all of it was glued in.
    fn range(&self, range: Range<usize>) -> Option<Range<usize>> {
        let after = self.spans.partition_point(|span| span.here <= range.start);
        let first = self.spans[..after].last().filter(|span| range.start < span.here + span.length);
        let first = first.or_else(|| self.spans.get(after))?;
        let before = self.spans.partition_point(|span| span.here < range.end);
        let last = self.spans[..before].last()?;
        let start = first.there + range.start.saturating_sub(first.here);
        let end = last.there + (range.end - last.here).min(last.length);
        (start < end).then_some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;
    use crate::Language;

    #[test]
    fn ranges_of_an_excerpt_are_found_in_the_document() {
        let document = "> a = 1\n> b = 2\n";
        let mut excerpt = Excerpt::new(Language::from_id("python").unwrap());
        excerpt.push(document, 2..8);
        excerpt.glue(";;");
        excerpt.push(document, 10..16);
        assert_eq!(excerpt.text, "a = 1\n;;b = 2\n");
        let written = |range| excerpt.range(range).map(|range| &document[range]);
        assert_eq!(written(4..5), Some("1"));
        assert_eq!(written(8..13), Some("b = 2"));
        assert_eq!(written(0..13), Some("a = 1\n> b = 2"));
        assert_eq!(written(7..9), Some("b"));
        assert_eq!(written(6..8), None);
    }
}
