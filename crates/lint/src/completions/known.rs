//! What the last analysis of a document still tells about its text of now.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use statuslint_languages::{Constant, Context, Language, Root, Spoken, Usage, usage_of_part};

/// A document that was never analysed is looked at from its top to here.
const HEAD: usize = 3_000;

/// A document as it was when it was last analysed.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its text then.
    pub text: &'a str,
    /// What was found in it.
    pub usage: &'a Usage,
}

/// What is known of a document as it is now.
pub(crate) struct Facts<'a> {
    usage: Cow<'a, Usage>,
    /// The statements that import, where they stand now.
    pub(crate) statements: Vec<Range<usize>>,
    comments: Vec<Range<usize>>,
    /// Whether something may have been imported since.
    pub(crate) unsure: bool,
    /// Which of the imports that constants need there are, as far as somebody asked.
    imported: RefCell<HashMap<&'static str, bool>>,
    /// Which words the statements that import have, as far as somebody asked.
    bound: RefCell<HashMap<String, bool>>,
}

impl<'a> Facts<'a> {
    /// What the last analysis tells, or without one the top of the text.
    pub(crate) fn of(
        text: &str,
        language: Language,
        context: &Context,
        known: Option<Known<'a>>,
    ) -> Self {
        // A document that has no status yet may not have been read.
        let read = known.filter(|known| !known.usage.exhausted && *known.usage != Usage::default());
        let Some(Known { text: then, usage: found }) = read else {
            let end = text.floor_char_boundary(HEAD);
            let end = if end < text.len() { text[..end].rfind('\n').unwrap_or(0) } else { end };
            let (head, spoken) = (&text[..end], Spoken::of(&text[..end]));
            let usage = usage_of_part(head, language, context, spoken);
            let (statements, comments) = (usage.import_statements.clone(), usage.comments.clone());
            return Self {
                usage: Cow::Owned(usage),
                statements,
                comments,
                unsure: end < text.len(),
                imported: RefCell::default(),
                bound: RefCell::default(),
            };
        };
        let same = Same::of(then, text);
        let kept = |ranges: &[Range<usize>]| -> Vec<_> {
            ranges.iter().filter_map(|range| same.now(range)).collect()
        };
        let statements = kept(&found.import_statements);
        let unsure = statements.len() < found.import_statements.len();
        let comments = kept(&found.comments);
        Self {
            usage: Cow::Borrowed(found),
            statements,
            comments,
            unsure,
            imported: RefCell::default(),
            bound: RefCell::default(),
        }
    }

    /// What it speaks of.
    pub(crate) fn spoken(&self) -> &Spoken {
        &self.usage.spoken
    }

    /// Whether it imports what a constant needs.
    pub(crate) fn imports(&self, constant: &Constant) -> bool {
        let asked = || constant.is_imported(&self.usage.imports);
        *self.imported.borrow_mut().entry(constant.import).or_insert_with(asked)
    }

    /// Whether a statement that imports has a name.
    pub(crate) fn binds(&self, text: &str, name: &str) -> bool {
        if let Some(known) = self.bound.borrow().get(name) {
            return *known;
        }
        let within = |c: char| c.is_alphanumeric() || c == '_';
        let has = |statement: &str| {
            statement.match_indices(name).any(|(at, _)| {
                !statement[..at].ends_with(within)
                    && !statement[at + name.len()..].starts_with(within)
            })
        };
        let mut sources = self.statements.iter().filter_map(|range| text.get(range.clone()));
        let bound = !name.is_empty() && sources.any(has);
        self.bound.borrow_mut().insert(name.to_owned(), bound);
        bound
    }

    /// Whether it writes statuses as names.
    pub(crate) fn writes_names(&self) -> bool {
        self.usage.sites.iter().any(|site| site.kind == statuslint_languages::Kind::Name)
    }

    /// Whether an offset is within a comment.
    pub(crate) fn is_comment(&self, offset: usize) -> bool {
        let after = self.comments.partition_point(|comment| comment.start < offset);
        self.comments[..after].last().is_some_and(|comment| offset < comment.end)
    }

    /// What is needed to write names, with the names that an excerpt has.
    pub(crate) fn for_names(&self, excerpt: &Usage) -> Usage {
        let mut roots: Vec<Root> = self.usage.roots.clone();
        for root in &excerpt.roots {
            match roots.iter_mut().find(|known| known.text == root.text) {
                Some(known) => known.bare |= root.bare,
                None => roots.push(root.clone()),
            }
        }
        Usage {
            import_statements: self.statements.clone(),
            comments: self.comments.clone(),
            imports: self.usage.imports.clone(),
            roots,
            ..Usage::default()
        }
    }
}

/// What two texts have in common at their ends.
struct Same {
    /// The bytes both begin with.
    first: usize,
    /// Where the end of the earlier text begins that both have.
    last: usize,
    /// How long the texts are.
    then: usize,
    now: usize,
}

impl Same {
    fn of(then: &str, now: &str) -> Self {
        /// Pieces that are compared at once.
        const PIECE: usize = 256;
        let (a, b) = (then.as_bytes(), now.as_bytes());
        let common = |a: &mut dyn Iterator<Item = (&[u8], &[u8])>| {
            a.take_while(|(a, b)| a.len() == PIECE && a == b).count() * PIECE
        };
        let mut first = common(&mut a.chunks(PIECE).zip(b.chunks(PIECE)));
        first += a[first..].iter().zip(&b[first..]).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[first..], &b[first..]);
        let mut end = common(&mut a.rchunks(PIECE).zip(b.rchunks(PIECE)));
        let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
        end += a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        Self { first, last: then.len() - end, then: then.len(), now: now.len() }
    }

    /// Where a range of the earlier text is now, when nothing in it or beside it changed.
    fn now(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if range.end < self.first || (self.first == self.then && range.end == self.first) {
            return Some(range.clone());
        }
        let moved = |at: usize| at + self.now - self.then;
        (range.start > self.last || (self.last == 0 && range.start == 0))
            .then(|| moved(range.start)..moved(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::Same;

    #[test]
    fn ranges_move_with_what_was_typed_before_them() {
        for (then, now, range, expected) in [
            ("ab cd ef", "ab cd ef", 6..8, Some(6..8)),
            ("ab cd ef", "ab cdx ef", 0..2, Some(0..2)),
            ("ab cd ef", "ab cdx ef", 3..5, None),
            ("ab cd ef", "ab cdx ef", 6..8, Some(7..9)),
            ("ab cd ef", "ab  ef", 6..8, Some(4..6)),
            ("ab", "", 0..2, None),
            ("", "ab", 0..0, Some(0..0)),
        ] {
            assert_eq!(Same::of(then, now).now(&range), expected, "{then:?} {now:?} {range:?}");
        }
    }
}
