//! The statements of a server's configuration: words that a `;` or the end of a line ends, some
//! with a block of statements after them.

use std::ops::Range;

/// Blocks deeper than this are no configuration's: it bounds the work on hostile input.
const DEEPEST: usize = 64;

/// How the statements of a configuration end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// With `;` or a block in braces, as nginx has it.
    Terminated,
    /// With the line, unless it ends with a backslash; braces are words.
    Lines,
}

/// A word, with its quotes where it has some.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) range: Range<usize>,
    pub(crate) quoted: bool,
}

impl Word {
    /// What the word says, without its quotes.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        let word = &text[self.range.clone()];
        if !self.quoted {
            return word;
        }
        let inner = &word[1..];
        inner.strip_suffix(word.chars().next().unwrap_or('"')).unwrap_or(inner)
    }

    /// The bytes of what the word says.
    pub(crate) fn inner(&self, text: &str) -> Range<usize> {
        let start = self.range.start + usize::from(self.quoted);
        start..start + self.text(text).len()
    }
}

/// One statement.
#[derive(Debug, Default)]
pub(crate) struct Statement {
    pub(crate) words: Vec<Word>,
    /// The statement whose block this one stands in.
    pub(crate) around: Option<usize>,
    /// Whether it ended as statements do.
    pub(crate) ended: bool,
    /// The program of another language in its block.
    pub(crate) program: Option<Range<usize>>,
}

/// The statements and comments of a text.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    pub(crate) all: Vec<Statement>,
    pub(crate) comments: Vec<Range<usize>>,
}

impl Statements {
    /// Reads a text; what is broken ends with its line or block.
    pub(crate) fn read(text: &str, style: Style) -> Self {
        let mut reader = Reader {
            text,
            style,
            at: 0,
            words: Vec::new(),
            open: Vec::new(),
            read: Self::default(),
        };
        reader.run();
        reader.read
    }
}

struct Reader<'t> {
    text: &'t str,
    style: Style,
    at: usize,
    words: Vec<Word>,
    /// The statements whose blocks are open, outermost first.
    open: Vec<usize>,
    read: Statements,
}

impl Reader<'_> {
    fn run(&mut self) {
        let lines = self.style == Style::Lines;
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let start = self.at;
            match byte {
                b'\n' if lines => {
                    self.at += 1;
                    self.end(true);
                }
                b'\\' if lines && self.rest().starts_with("\\\n") => self.at += 2,
                b'\\' if lines && self.rest().starts_with("\\\r\n") => self.at += 3,
                _ if byte.is_ascii_whitespace() => self.at += 1,
                b'#' => {
                    self.at = self.line_end();
                    self.read.comments.push(start..self.at);
                }
                // A template: `{{ name }}` after others is a word, `{% if … %}` and `<%= … %>` are none.
                b'{' if self.rest().starts_with("{%") => self.skip_past("%}"),
                b'<' if self.rest().starts_with("<%") => self.skip_past("%>"),
                b'{' if self.rest().starts_with("{{") => {
                    self.word();
                    // `{{ if … }}` before a directive is none of its words.
                    if self.words.len() == 1 && !lines {
                        self.words.clear();
                    }
                }
                b'"' | b'\'' | b'`' if byte != b'`' || lines => self.quoted(byte),
                b';' if !lines => {
                    self.at += 1;
                    self.end(true);
                }
                b'{' if !lines || self.is_at_line_end() => {
                    self.at += 1;
                    self.enter();
                }
                b'}' if !lines || self.words.is_empty() => {
                    self.at += 1;
                    self.end(false);
                    self.open.pop();
                }
                _ => self.word(),
            }
        }
        self.end(lines);
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn line_end(&self) -> usize {
        memchr::memchr(b'\n', self.rest().as_bytes()).map_or(self.text.len(), |end| {
            let end = self.at + end;
            if self.text[..end].ends_with('\r') { end - 1 } else { end }
        })
    }

    /// Whether only blanks follow the byte that is read.
    fn is_at_line_end(&self) -> bool {
        self.text[self.at + 1..].split('\n').next().is_none_or(|rest| {
            let rest = rest.trim();
            rest.is_empty() || rest.starts_with('#')
        })
    }

    fn skip_past(&mut self, mark: &str) {
        self.at = self.rest().find(mark).map_or(self.line_end(), |end| self.at + end + mark.len());
    }

    /// A word in quotes; without the closing one it ends with its line.
    fn quoted(&mut self, quote: u8) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while at < bytes.len() && bytes[at] != quote {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        let spans = memchr::memchr(b'\n', &bytes[start..at.min(bytes.len())]).is_some();
        // A quote that closes has a blank or an end after it; else it opens another word.
        let closes = |next: &u8| next.is_ascii_whitespace() || b";{})".contains(next);
        let complete = at < bytes.len()
            && !(spans && self.style == Style::Lines)
            && (!spans || bytes.get(at + 1).is_none_or(closes));
        self.at = if complete { at + 1 } else { self.line_end() };
        self.words.push(Word { range: start..self.at, quoted: true });
        if !complete {
            self.end(false);
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let lines = self.style == Style::Lines;
        let mut at = start;
        while let Some(&byte) = bytes.get(at) {
            let rest = &bytes[at..];
            if byte.is_ascii_whitespace() || (!lines && byte == b';') {
                break;
            }
            let closing: Option<&[u8]> = match byte {
                b'$' if rest.starts_with(b"${") => Some(b"}"),
                b'{' if rest.starts_with(b"{{") => Some(b"}}"),
                b'{' if !lines => break,
                _ => None,
            };
            if let Some(closing) = closing {
                let line = memchr::memchr(b'\n', rest).map_or(rest, |end| &rest[..end]);
                let end = line.windows(closing.len()).position(|window| window == closing);
                at += end.map_or(2, |end| end + closing.len());
            } else {
                at += if byte == b'\\' && !matches!(rest.get(1), Some(b'\r' | b'\n')) {
                    2
                } else {
                    1
                };
            }
        }
        self.at = self.boundary(at);
        self.words.push(Word { range: start..self.at, quoted: false });
    }

    /// The first place from `at` on where a character begins.
    fn boundary(&self, at: usize) -> usize {
        (at..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }

    /// Ends the statement that is being read, if one is.
    fn end(&mut self, ended: bool) {
        if !self.words.is_empty() {
            let words = std::mem::take(&mut self.words);
            let around = self.open.last().copied();
            self.read.all.push(Statement { words, around, ended, program: None });
        }
    }

    /// Enters the block of the statement that was read.
    fn enter(&mut self) {
        let words = std::mem::take(&mut self.words);
        let name = words.first().map_or("", |name| name.text(self.text));
        let program = name.ends_with("_by_lua_block").then(|| {
            let end = lua_end(&self.text[self.at..]);
            self.at..self.at + end
        });
        let around = self.open.last().copied();
        if let Some(program) = &program {
            self.at = program.end;
        }
        self.read.all.push(Statement { words, around, ended: true, program });
        if self.open.len() < DEEPEST {
            self.open.push(self.read.all.len() - 1);
        }
    }
}

/// Where the brace is that closes a block of Lua.
fn lua_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let line = || memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let past = |mark: &str| text[at..].find(mark).map(|end| end + mark.len());
        match bytes[at] {
            b'-' if rest.starts_with(b"--[[") => at += past("]]").unwrap_or(rest.len()),
            b'-' if rest.starts_with(b"--") => at += line(),
            b'[' if rest.starts_with(b"[[") => at += past("]]").unwrap_or(2),
            quote @ (b'"' | b'\'') => {
                let end = line();
                let mut close = 1;
                while close < end && rest[close] != quote {
                    close += if rest[close] == b'\\' { 2 } else { 1 };
                }
                at += close.min(end) + 1;
            }
            b'{' => {
                depth += 1;
                at += 1;
            }
            b'}' if depth == 0 => return at,
            b'}' => {
                depth -= 1;
                at += 1;
            }
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Statements, Style};

    fn read(text: &str, style: Style) -> Vec<(Vec<&str>, Option<usize>)> {
        let statements = Statements::read(text, style);
        let words = |words: &[super::Word]| words.iter().map(|word| word.text(text)).collect();
        statements.all.iter().map(|statement| (words(&statement.words), statement.around)).collect()
    }

    #[test]
    fn words_quotes_variables_and_blocks() {
        let text =
            "server { # one\n  return 301 \"https://${host}/a;b\";\n  error_page 404\n /x; }";
        assert_eq!(
            read(text, Style::Terminated),
            [
                (vec!["server"], None),
                (vec!["return", "301", "https://${host}/a;b"], Some(0)),
                (vec!["error_page", "404", "/x"], Some(0)),
            ]
        );
    }

    #[test]
    fn templates_are_words_or_nothing() {
        let text = "{% if tls %}\nlisten {{ port }}; proxy_pass http://{{ host }}:80;\n{% endif %}";
        assert_eq!(
            read(text, Style::Terminated),
            [
                (vec!["listen", "{{ port }}"], None),
                (vec!["proxy_pass", "http://{{ host }}:80"], None)
            ]
        );
    }

    #[test]
    fn lua_is_a_program() {
        let text = "a_by_lua_block { x = { '}' } -- }\n }\nb 1;";
        let statements = Statements::read(text, Style::Terminated);
        assert_eq!(statements.all.len(), 2);
        let program = statements.all[0].program.clone().map(|range| &text[range]);
        assert_eq!(program, Some(" x = { '}' } -- }\n "));
        assert_eq!(statements.all[1].around, None);
    }

    #[test]
    fn lines_go_on_after_a_backslash() {
        let text = "RewriteRule ^a$ \\\n  /b [R=301]\r\nrespond 404 {\n  close\n}\nx";
        assert_eq!(
            read(text, Style::Lines),
            [
                (vec!["RewriteRule", "^a$", "/b", "[R=301]"], None),
                (vec!["respond", "404"], None),
                (vec!["close"], Some(1)),
                (vec!["x"], None),
            ]
        );
    }

    #[test]
    fn anything_ends() {
        for text in
            ["\"", "'\\", "a \\", "{{", "{%", "${", "x_by_lua_block {[[", "é\\é", "`", "}}}"]
        {
            read(text, Style::Terminated);
            read(text, Style::Lines);
        }
    }
}
