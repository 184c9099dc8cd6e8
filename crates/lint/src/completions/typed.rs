//! What is being typed where somebody asks for completions.

use std::ops::Range;

use statuslint_codes::registry;

/// More letters than any name of a code has, or digits or parts of a path, are something else.
const LONGEST: usize = 80;

/// The names before a name, as in `http.StatusNotFound`, at most.
const SEGMENTS: usize = 4;

/// Words of a phrase, at most.
const WORDS: usize = 5;

/// Signs after which an expression begins, or a name.
const OPENERS: &[char] = &['(', '=', ',', '[', '{', ':', '>', '<', '!', '|', '&', '?', '~'];

/// Words after which an expression begins.
const LEADERS: &[&str] = &[
    "return",
    "case",
    "when",
    "in",
    "is",
    "not",
    "if",
    "elif",
    "unless",
    "status",
    "code",
    "of",
    "equal",
    "eq",
    "ne",
    "be",
    "to",
    "error",
    "head",
    "halt",
    "abort",
    "throw",
    "raise",
    "match",
    "or",
    "and",
    "then",
    "else",
    "put_status",
    "send_resp",
];

/// What is being typed at an offset of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    /// What a choice replaces: what is typed, and what of it stands behind the cursor.
    pub(crate) range: Range<usize>,
    /// Where the path before it begins (`http.`, `StatusCode::`, `:`); its own start without one.
    pub(crate) start: usize,
    /// The offset itself.
    pub(crate) cursor: usize,
    /// What it is made of.
    pub(crate) form: Form,
    /// The quote it stands in.
    pub(crate) quote: Option<char>,
    /// Whether it is the first in its quotes, or what follows the version of a status line there.
    pub(crate) begins_line: bool,
}

/// What the typed is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing is typed yet.
    Nothing,
    /// One to three digits that a code begins with.
    Digits,
    /// Letters: of a name, or of words.
    Letters,
}

impl Typed {
    /// Reads what is typed before an offset, the longest first; nothing where no status can be
    /// meant by it.
    pub(crate) fn at(text: &str, offset: usize) -> Vec<Self> {
        if !text.is_char_boundary(offset) {
            return Vec::new();
        }
        let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let before = &text[line..offset];
        let rest = text[offset..].bytes().take_while(|byte| is_word(*byte)).count();
        let word = before.bytes().rev().take_while(|byte| is_word(*byte)).count();
        if word + rest > LONGEST {
            return Vec::new();
        }
        let range = offset - word..offset + rest;
        let Some(form) = form(&text[range.start..offset]) else { return Vec::new() };
        let behind = &text[offset..offset + rest];
        let line_end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
        let fits = match form {
            Form::Nothing => rest == 0,
            Form::Digits => word + rest <= 3 && behind.bytes().all(|byte| byte.is_ascii_digit()),
            Form::Letters => true,
        };
        if !fits {
            return Vec::new();
        }
        let head = &before[..before.len() - word];
        let start = line + if form == Form::Digits { head.len() } else { path(head) };
        let quote = quote(&text[line..start]);
        let head = &text[line..start];
        let begins_line = quote.is_some_and(|quote| {
            let version = head.rsplit(quote).next().unwrap_or_default();
            version.is_empty() || (version.starts_with("HTTP/") && version.ends_with(' '))
        });
        let typed = Self { range, start, cursor: offset, form, quote, begins_line };
        let after = &text[offset + rest..line_end];
        if !typed.may_begin(&text[line..start]) || !typed.may_end(after) {
            return Vec::new();
        }
        let mut found = typed.with_words(text, line);
        found.push(typed);
        found
    }

    /// What is typed up to the cursor.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range.start..self.cursor).unwrap_or_default()
    }

    /// The path before it, with its last separator.
    pub(crate) fn path<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.range.start).unwrap_or_default()
    }

    /// All of it, its path too.
    pub(crate) fn whole(&self) -> Range<usize> {
        self.start..self.range.end
    }

    /// Whether an expression may begin after what stands before it on its line.
    fn may_begin(&self, before: &str) -> bool {
        let head = before.trim_end();
        let last = head.chars().next_back();
        let spaced = head.len() < before.len();
        let after_word = || {
            let start = head.rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
            let word = start.map_or(head, |at| &head[at + 1..]);
            let last = word.rsplit('.').next().unwrap_or(word);
            LEADERS.contains(&last) || last.to_ascii_lowercase().ends_with("status")
        };
        match last {
            Some('"' | '\'') => self.quote.is_some(),
            None => self.form != Form::Letters || self.start < self.range.start,
            Some(c) if OPENERS.contains(&c) => true,
            Some(c) if c.is_alphanumeric() || matches!(c, '_' | '.' | ')' | ']' | '-' | '}') => {
                let pathed = self.start < self.range.start;
                spaced && (self.form == Form::Digits || pathed || after_word())
            }
            Some(_) => false,
        }
    }

    /// Whether what follows is none of it: no expression where nothing is typed yet, and no
    /// fraction of a number.
    fn may_end(&self, behind: &str) -> bool {
        if self.form == Form::Digits {
            let fraction = behind.strip_prefix('.');
            return fraction.is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        }
        if self.form == Form::Letters || self.start < self.range.start {
            return true;
        }
        let rest = behind.trim();
        if let Some(quote) = self.quote {
            return rest.is_empty() || behind.starts_with(quote);
        }
        let closes = rest.starts_with([')', ']', '}', ',', ';', '{']);
        let goes_on = ["=>", "->", "&&", "||", ": ", "then", "and ", "or ", "do"];
        rest.is_empty() || rest == ":" || closes || goes_on.iter().any(|it| rest.starts_with(it))
    }

    /// The same with the words before it that a phrase begins with: `not f`.
    fn with_words(&self, text: &str, line: usize) -> Vec<Self> {
        if self.form != Form::Letters || self.start < self.range.start {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut start = self.range.start;
        for _ in 1..WORDS {
            let before = &text[line..start];
            let Some(head) = before.strip_suffix(' ') else { break };
            let word = head.bytes().rev().take_while(|byte| is_word(*byte)).count();
            if word == 0 || word > LONGEST {
                break;
            }
            start = line + head.len() - word;
            let typed = Self { range: start..self.range.end, start, ..self.clone() };
            let said = typed.text(text);
            let begins = |name: &str| {
                name.get(..said.len()).is_some_and(|first| first.eq_ignore_ascii_case(said))
            };
            if registry().iter().any(|entry| begins(entry.name))
                && typed.may_begin(&text[line..start])
            {
                found.insert(0, typed);
            }
        }
        found
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// What a word is, when it may be the beginning of a status.
fn form(word: &str) -> Option<Form> {
    match word.bytes().next() {
        None => Some(Form::Nothing),
        Some(first) if first.is_ascii_digit() => {
            let digits = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
            digits.then_some(Form::Digits)
        }
        Some(_) => Some(Form::Letters),
    }
}

/// Where the path begins that ends what stands before a name.
fn path(head: &str) -> usize {
    let mut at = head.len();
    for _ in 0..SEGMENTS {
        let before = &head[..at];
        let Some(separator) =
            ["::", ".", "\\", ":"].into_iter().find(|separator| before.ends_with(separator))
        else {
            break;
        };
        let name = &before[..before.len() - separator.len()];
        let word = name.bytes().rev().take_while(|byte| is_word(*byte)).count();
        let first = name.as_bytes().get(name.len() - word);
        if separator == ":" {
            // A symbol has nothing before its sign.
            let symbol = word == 0 && at == head.len();
            at = if symbol { at - 1 } else { at };
            break;
        }
        if word > LONGEST || first.is_some_and(u8::is_ascii_digit) {
            break;
        }
        at = name.len() - word;
        if word == 0 {
            break;
        }
    }
    at
}

/// The quote that is open at the end of a line's beginning.
fn quote(before: &str) -> Option<char> {
    let mut open = None;
    let mut escaped = false;
    for (at, c) in before.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if open == Some(c) => open = None,
            '"' => open = open.or(Some(c)),
            // An apostrophe, or a lifetime.
            '\'' if open.is_none() => {
                let rest = &before[at + 1..];
                let alone = before[..at].ends_with(|c: char| c.is_alphanumeric());
                let lifetime = before[..at].ends_with(['&', '<']) && !rest.contains('\'');
                open = (!alone && !lifetime).then_some(c);
            }
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::{Form, Typed};

    /// What is typed at the mark: its path, itself up to the mark, and its form.
    fn typed(marked: &str) -> Vec<(String, String, Form)> {
        let offset = marked.find('‸').unwrap();
        let text = marked.replace('‸', "");
        let read =
            |typed: Typed| (typed.path(&text).to_owned(), typed.text(&text).to_owned(), typed.form);
        Typed::at(&text, offset).into_iter().map(read).collect()
    }

    fn one(path: &str, text: &str, form: Form) -> Vec<(String, String, Form)> {
        vec![(path.to_owned(), text.to_owned(), form)]
    }

    #[test]
    fn digits_letters_and_paths_are_told_apart() {
        for (marked, path, text, form) in [
            ("f(40‸", "", "40", Form::Digits),
            ("f(4‸04)", "", "4", Form::Digits),
            ("x == ‸", "", "", Form::Nothing),
            ("x = \"4‸\"", "", "4", Form::Digits),
            ("f(http.Sta‸)", "http.", "Sta", Form::Letters),
            ("f(StatusCode::‸)", "StatusCode::", "", Form::Nothing),
            ("a::http::StatusCode::N‸", "a::http::StatusCode::", "N", Form::Letters),
            ("render status: :not_f‸", ":", "not_f", Form::Letters),
            ("status: .not‸", ".", "not", Form::Letters),
            ("status:no‸", "", "no", Form::Letters),
            ("return 4‸", "", "4", Form::Digits),
            ("  4‸", "", "4", Form::Digits),
        ] {
            assert_eq!(typed(marked), one(path, text, form), "{marked}");
        }
    }

    #[test]
    fn words_of_a_phrase_are_typed_together() {
        let words: Vec<_> = typed("f(status=not f‸").into_iter().map(|(_, text, _)| text).collect();
        assert_eq!(words, ["not f", "f"]);
    }

    #[test]
    fn where_no_status_can_be_meant_nothing_is_read() {
        for marked in [
            "nam‸",
            "x.5‸",
            "404‸5",
            "4040‸",
            "4x‸",
            "(‸foo",
            "a - 4‸0.5x",
            "my name‸",
            "é‸",
            "x; y‸",
        ] {
            assert_eq!(typed(marked), [], "{marked}");
        }
    }
}
