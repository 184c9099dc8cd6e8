//! What the formats in XML share: a writer, and text that may stand in a document.
//!
//! quick-xml escapes what is markup. What XML 1.0 forbids it lets through, and no escape would
//! help (`&#0;` is forbidden as well); such characters come as `\u{0}`, like every other that is
//! hidden.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::escape::{is_hidden, push_escaped};

/// A document being written.
pub(super) type Document<'a> = Writer<&'a mut dyn Write>;

/// Writes a document: its declaration, what `write` puts into it, and the end of its last line.
pub(super) fn document(
    out: &mut dyn Write,
    write: impl FnOnce(&mut Document<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut document = Writer::new_with_indent(out, b' ', 2);
    document.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    write(&mut document)?;
    writeln!(document.get_mut())
}

/// The text with everything hidden or forbidden as `\u{0}`, on one line for certain.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unfit) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unfit(c) { push_escaped(&mut out, c) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Hidden characters, and the two beyond them that are no `Char` of XML 1.0 (section 2.2).
fn is_unfit(c: char) -> bool {
    is_hidden(c) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Whether a document has only characters that XML 1.0 allows, and none that are hidden but
    /// for the ends of lines.
    pub(crate) fn is_harmless(document: &str) -> bool {
        let allowed = |c| {
            matches!(c, '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
                && (c == '\n' || !is_hidden(c))
        };
        document.chars().all(allowed)
    }

    #[test]
    fn every_character_is_let_through_or_shown() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let shown = plain(&text);
            assert!(is_harmless(&shown) && !shown.contains('\n'), "{c:?} became {shown:?}");
            let escaped = format!("\\u{{{:x}}}", u32::from(c));
            assert!(*shown == text || *shown == escaped, "{c:?} became {shown:?}");
        }
        assert_eq!(plain("a\0\u{fffe}é\n"), "a\\u{0}\\u{fffe}é\\u{a}");
    }
}
