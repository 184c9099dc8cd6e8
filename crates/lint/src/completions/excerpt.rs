//! A text small enough to be read at every key, with what tells whether a status can stand at a
//! place of a long one: what is imported, the lines around the place, and what they stand in.

mod frame;
mod lines;

use std::ops::Range;

use statuslint_languages::Language;

use super::brackets::closers;
use super::typed::Typed;
use lines::{Lines, around, following, indent, preceding};

/// A line longer than this was not written by somebody who types.
const LINE: usize = 2_000;

/// A statement that imports, at most, and all of them.
const STATEMENT: usize = 2_000;
const STATEMENTS: usize = 6_000;

/// A part of a document around a place, in which something else can be put there.
pub(crate) struct Excerpt {
    language: Language,
    /// What comes before the line.
    above: String,
    /// The line up to the place, and behind it.
    before: String,
    behind: String,
    /// What comes after the line.
    below: String,
    /// What ends the part it stands in: `</script>`.
    end: &'static str,
    /// What closes the string that is begun at the place.
    quote: Option<char>,
}

/// An excerpt with something at the place.
pub(crate) struct Tried {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

impl Excerpt {
    /// The part of a document around what is typed; `imports` are the statements that import, as
    /// far as they are known. Nothing where a document is made of endless lines, or where the
    /// place is in the prose of one.
    pub(crate) fn of(
        text: &str,
        language: Language,
        imports: &[Range<usize>],
        typed: &Typed,
    ) -> Option<Self> {
        let whole = typed.whole();
        let start = text[..whole.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[whole.end..].find('\n').map_or(text.len(), |at| whole.end + at);
        if end - start > LINE {
            return None;
        }
        let frame = frame::around(text, language, start)?;
        let mut above = String::from(frame.begin);
        let lines = Lines { text, first: frame.first };
        let near = preceding(&lines, start);
        if frame.begin.is_empty() && near.start > 0 {
            above.push_str(frame::opening(text));
        }
        let statements = statements(text, imports, frame.imports.start..near.start);
        above.push_str(&statements);
        above.push_str(frame.between);
        let mut least = indent(&text[start..end]).unwrap_or(usize::MAX);
        if least == end - start {
            least = usize::MAX;
        }
        above.push_str(&around(&lines, near.start, start, least, language));
        above.push_str(&text[near]);
        let below = following(text, end, frame.last);
        let behind = text[whole.end..end].trim_end_matches('\r').to_owned();
        let closed = typed.quote.is_none_or(|quote| behind.contains(quote));
        Some(Self {
            language,
            above,
            before: text[start..whole.start].to_owned(),
            behind,
            below: text[end..below].to_owned(),
            end: frame.end,
            quote: typed.quote.filter(|_| !closed),
        })
    }

    /// The lines of the excerpt, without what was put into them.
    pub(crate) fn text(&self) -> String {
        format!("{}{}{}{}", self.above, self.before, self.behind, self.below)
    }

    /// The excerpt with something at the place, as it may be meant when it is finished: as it
    /// stands, with its brackets closed, and with what has to follow. What is still being written
    /// is finished first, as parsers take long to make sense of what is not.
    pub(crate) fn tries(&self, placeholder: &str) -> Vec<Tried> {
        let line = format!("{}{placeholder}{}", self.before, self.behind);
        let closers = closers(&line, self.language);
        let rest = self.behind.trim_matches(|c: char| c.is_whitespace() || ")]}\"'".contains(c));
        let mut tails = Vec::new();
        if rest.is_empty() {
            tails.extend(self.endings().iter().map(|ending| format!("{closers}{ending}")));
        }
        tails.push(closers);
        tails.push(String::new());
        if !self.behind.trim().is_empty() {
            tails.reverse();
        }
        tails.dedup();
        tails.iter().map(|tail| self.tried(placeholder, tail)).collect()
    }

    fn tried(&self, placeholder: &str, tail: &str) -> Tried {
        let mut text = format!("{}{}", self.above, self.before);
        let start = text.len();
        text.push_str(placeholder);
        let range = start..text.len();
        text.extend(self.quote);
        text.push_str(&self.behind);
        text.push_str(tail);
        text.push_str(&self.below);
        let open = closers(&text, self.language);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&open);
        text.push_str(self.end);
        Tried { text, range }
    }

    /// What follows a status that begins an arm, an entry or a statement.
    fn endings(&self) -> &'static [&'static str] {
        let head = self.before.trim_start().trim_end_matches(['"', '\'']);
        let first = head.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_arm = head.is_empty() || first == "case" || head.starts_with('|') || first == "when";
        let is_condition =
            matches!(first, "if" | "elif" | "while" | "else" | "elseif" | "elsif" | "guard");
        match self.language.id() {
            "nginx" => &[";", " /x;"],
            "yaml" if is_arm => &[": {}"],
            "json" if is_arm => &[": {}", ": {},"],
            "python" if is_condition || first == "case" => &[":"],
            "rust" if is_arm => &[" => {}"],
            "scala" if is_arm => &[" => 0"],
            "kotlin" if is_arm => &[" -> {}"],
            "elixir" | "haskell" if is_arm => &[" -> 0"],
            "java" if is_arm => &[": break;", " -> 0;"],
            "csharp" | "php" if is_arm => &[": break;", " => 0,"],
            "bash" if is_arm => &[") ;;"],
            "bash" if is_condition => &[" ]; then", " ]]; then"],
            "lua" if is_condition => &[" then"],
            "go" | "swift" | "javascript" | "typescript" | "tsx" | "c" | "cpp" | "dart"
                if first == "case" =>
            {
                &[":"]
            }
            "swift" if first == "guard" => &[" else { return }"],
            "go" | "swift" | "rust" if is_condition => &[" {}"],
            _ => &[],
        }
    }
}

/// The statements that import and stand in a range, as far as they are worth reading.
fn statements(text: &str, imports: &[Range<usize>], within: Range<usize>) -> String {
    let mut out = String::new();
    for statement in imports {
        let inside = within.start <= statement.start && statement.end <= within.end;
        let short = statement.len() <= STATEMENT && out.len() + statement.len() <= STATEMENTS;
        if let Some(source) = text.get(statement.clone()).filter(|_| inside && short) {
            out.push_str(source);
            out.push('\n');
        }
    }
    out
}
