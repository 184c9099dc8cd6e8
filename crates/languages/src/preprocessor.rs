//! Definitions of the preprocessor as statements: grammars keep what `#define NAME` stands for as
//! text, and tables of statuses are written there.

use std::ops::Range;

use tree_sitter::Point;

/// What a body of several statements begins with, rather than with a value.
#[rustfmt::skip]
const STATEMENTS: &[&str] = &[
    "do", "if", "for", "while", "return", "switch", "case", "static", "extern", "struct",
    "typedef", "else", "throw", "goto", "inline", "const", "enum", "namespace", "template",
];

/// The definitions of a document that hold a number of three digits.
pub(crate) struct Definitions {
    /// The document, byte for byte, with these definitions written as `NAME=404;`.
    pub(crate) source: Vec<u8>,
    /// Where they are.
    pub(crate) ranges: Vec<tree_sitter::Range>,
}

/// The definitions outside of these comments, or `None` when there are none.
pub(crate) fn definitions(text: &str, comments: &[Range<usize>]) -> Option<Definitions> {
    let mut found = Definitions { source: Vec::new(), ranges: Vec::new() };
    let (mut start, mut row, mut definition_end) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        row += 1;
        let commented = || {
            let after = comments.partition_point(|comment| comment.end <= at);
            comments.get(after).is_some_and(|comment| comment.start < at)
        };
        if at < definition_end || !line.trim_start().starts_with('#') || commented() {
            continue;
        }
        let Some(definition) = Definition::read(text, at) else { continue };
        definition_end = definition.range.end;
        if found.source.is_empty() {
            found.source = text.as_bytes().to_vec();
        }
        let range = definition.write(&mut found.source);
        let point = |byte: usize| Point { row: row - 1, column: byte - at };
        found.ranges.push(tree_sitter::Range {
            start_byte: range.start,
            end_byte: range.end,
            start_point: point(range.start),
            end_point: point(range.end),
        });
    }
    (!found.ranges.is_empty()).then_some(found)
}

/// One `#define`.
struct Definition {
    /// From its name to the end of its last line.
    range: Range<usize>,
    /// Where what it stands for begins.
    body: usize,
}

impl Definition {
    /// The definition that begins with the `#` of this line, when it holds a number.
    fn read(text: &str, line: usize) -> Option<Self> {
        let rest = text[line..].trim_start().strip_prefix('#')?;
        let rest = rest.trim_start_matches([' ', '\t']).strip_prefix("define")?;
        let named = rest.trim_start_matches([' ', '\t']);
        if named.len() == rest.len() {
            return None;
        }
        let start = text.len() - named.len();
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let mut body = named.trim_start_matches(is_name);
        if body.starts_with('(') {
            body = &body[body.find(')')? + 1..];
        }
        let body_start = text.len() - body.len();
        let end = body_start + end_of(body);
        let body = &text[body_start..end];
        let digits = body.as_bytes().windows(3).any(|run| run.iter().all(u8::is_ascii_digit));
        (digits && body.starts_with([' ', '\t', '(', '\\']))
            .then_some(Self { range: start..end, body: body_start })
    }

    /// Writes the definition as statements; the bytes to be read.
    fn write(&self, source: &mut [u8]) -> Range<usize> {
        let body = &source[self.body..self.range.end];
        let space = body.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b'\\');
        let first = self.body + space.count();
        let text = String::from_utf8_lossy(&source[first..self.range.end]).into_owned();
        let word = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
        let statements =
            text.starts_with(['{', '#']) || word.is_some_and(|word| STATEMENTS.contains(&word));
        let rows = !statements && separate(&mut source[first..self.range.end]);
        let mut end = self.range.end;
        while end > first && matches!(source[end - 1], b'\n' | b'\r') {
            end -= 1;
        }
        if end < source.len() {
            source[end] = b';';
            end += 1;
        }
        if statements || rows || first == self.body {
            return first..end;
        }
        source[self.body] = b'=';
        self.range.start..end
    }
}

/// The length of a body: to the end of the first line that is not continued, without a comment
/// that runs on.
fn end_of(body: &str) -> usize {
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        let (code, comment) = match line.find("//") {
            Some(at) if !line[..at].contains('"') => (at, true),
            _ => (line.len(), false),
        };
        let open = line.rfind("/*").filter(|at| !line[*at..].contains("*/"));
        if let Some(at) = open.or(comment.then_some(code)) {
            // Its last blank becomes the end of the statement.
            return end + line[..at].trim_end().len();
        }
        end += line.len();
        if !line.trim_end().ends_with('\\') {
            break;
        }
    }
    end
}

/// Ends the calls that stand in rows, `CODE(200, OK) \ CODE(404, Not_Found) \`, as statements end;
/// says whether there were any.
fn separate(body: &mut [u8]) -> bool {
    let mut rows = false;
    let marks: Vec<usize> = memchr::memchr_iter(b'\\', body).collect();
    for at in marks {
        let before = body[..at].iter().rfind(|byte| !byte.is_ascii_whitespace());
        let mut after = body[at + 1..].iter().skip_while(|byte| byte.is_ascii_whitespace());
        let ends_line = matches!(body.get(at + 1), Some(b'\n' | b'\r'));
        let begins = after.next().is_none_or(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
        if ends_line && before == Some(&b')') && begins {
            body[at] = b';';
            rows = true;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::definitions;

    fn read(text: &str) -> Vec<String> {
        let Some(found) = definitions(text, &[]) else { return Vec::new() };
        let texts = found.ranges.iter().map(|it| &found.source[it.start_byte..it.end_byte]);
        texts.map(|it| String::from_utf8_lossy(it).into_owned()).collect()
    }

    #[test]
    fn definitions_are_statements() {
        let cases: &[(&str, &[&str])] = &[
            ("#define GONE 410\nint x;", &["GONE=410;"]),
            ("  #  define GONE\t(410)\r\n", &["GONE=(410);"]),
            ("#define GONE 410 // no more\n", &["GONE=410;"]),
            ("#define GONE 410 /* no\n more */\n", &["GONE=410;"]),
            ("#define IS(c) ((c) == 410)\n", &["IS(c)=((c) == 410);"]),
            ("#define ALL A(410) \\\n  A(411)\n", &["A(410) ;\n  A(411);"]),
            ("#define SEND do { send(410); } while (0)\n", &["do { send(410); } while (0);"]),
            ("#define NAME 12\n#ifdef X404\n#undef Y 404\n", &[]),
            ("#define LAST 410", &["LAST=410"]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), *expected, "{text}");
        }
    }
}
