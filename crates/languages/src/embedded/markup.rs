//! Script in HTML, Vue, Svelte and Astro: `<script>` blocks, and the expressions of templates.
//!
//! A document's scripts of one language are read as one piece, as the browser or the compiler does,
//! so that a template knows what its script imports. Tags are scanned for as HTML has it: whatever
//! else a template dialect adds does not keep a script from being found.

use std::ops::Range;

use super::braces::closing;
use super::{Excerpt, Found};
use crate::Language;

/// Attributes whose value is an expression begin with one of these: Vue, Angular, Alpine.
const BOUND: &[&str] = &["v-", ":", "@", "#", "[", "(", "*ng", "x-", "on"];

/// Braces that are closed nowhere, beyond which braces are no expressions.
const UNCLOSED: usize = 64;

/// A stretch of code.
struct Piece {
    range: Range<usize>,
    /// `None` for an expression of the template: the language of the scripts.
    language: Option<&'static str>,
}

/// The comments and the scripts of a document.
pub(crate) fn read(text: &str, language: Language) -> Found<'_> {
    let mut found = Found::default();
    let brace = &language.0.file().expression;
    let mut scan = Scan { text, at: 0, brace, unclosed: 0, pieces: Vec::new() };
    scan.frontmatter();
    while let Some(found_at) = memchr::memchr2(b'<', b'{', &text.as_bytes()[scan.at..]) {
        scan.at += found_at;
        let rest = &text[scan.at..];
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(text.len(), |end| scan.at + end + 3);
            found.usage.comments.push(scan.at..end);
            scan.at = end;
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) && rest.starts_with('<')
        {
            scan.tag();
        } else if rest.starts_with('{') {
            scan.expression();
        } else {
            scan.at += 1;
        }
    }
    found.excerpts = joined(text, &scan.pieces);
    found
}

/// The pieces of each language together.
fn joined<'t>(text: &'t str, pieces: &[Piece]) -> Vec<Excerpt<'t>> {
    let scripts = || pieces.iter().filter_map(|piece| piece.language);
    let of_templates = ["tsx", "typescript"].into_iter().find(|id| scripts().any(|it| it == *id));
    let of_templates = of_templates.unwrap_or("javascript");
    let mut excerpts: Vec<Excerpt<'t>> = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.range.is_empty()) {
        let id = piece.language.unwrap_or(of_templates);
        let at = excerpts.iter().position(|excerpt| excerpt.language.id() == id);
        let at = at.unwrap_or_else(|| {
            excerpts.extend(Language::from_id(id).map(Excerpt::new));
            excerpts.len() - 1
        });
        let Some(excerpt) = excerpts.get_mut(at) else { continue };
        let is_value = piece.language.is_none() && !text[piece.range.clone()].contains(';');
        excerpt.glue(if is_value { ";(" } else { ";" });
        excerpt.push(text, piece.range.clone());
        excerpt.glue(if is_value { ");\n" } else { "\n" });
    }
    excerpts
}

/// Where the scan of a document is.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// What opens an expression of the template.
    brace: &'static str,
    /// How many braces were closed nowhere.
    unclosed: usize,
    pieces: Vec<Piece>,
}

impl Scan<'_> {
    /// Astro's code between `---` at the top.
    fn frontmatter(&mut self) {
        let Some(rest) = self.text.strip_prefix("---") else { return };
        if !rest.starts_with(['\n', '\r']) {
            return;
        }
        let Some(end) = rest.find("\n---") else { return };
        let start = self.text.len() - rest.len();
        self.pieces.push(Piece { range: start..start + end, language: Some("tsx") });
        self.at = start + end;
    }

    /// A start tag, and the content of one that holds raw text.
    fn tag(&mut self) {
        let name_start = self.at + 1;
        let rest = &self.text[name_start..];
        let length = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
        let name = rest[..length.unwrap_or(rest.len())].to_ascii_lowercase();
        self.at = name_start + name.len();
        let is_raw = name == "script" || name == "style";
        let mut kind = String::new();
        while let Some((attribute, value)) = self.attribute() {
            let attribute = &self.text[attribute];
            if name == "script" && matches!(attribute, "lang" | "type") {
                let said = self.text[value].to_ascii_lowercase();
                if attribute == "lang" || kind.is_empty() {
                    kind = said;
                }
            } else if !is_raw && BOUND.iter().any(|start| attribute.starts_with(start)) {
                self.pieces.push(Piece { range: value, language: None });
            }
        }
        if is_raw {
            let start = self.at;
            let end =
                closing_tag(&self.text[start..], &name).map_or(self.text.len(), |at| start + at);
            if name == "script"
                && let Some(language) = language_of(&kind)
            {
                self.pieces.push(Piece { range: start..end, language: Some(language) });
            }
            self.at = end;
        }
    }

    /// The next attribute's name and value; `None` at the end of the tag, which is then behind.
    fn attribute(&mut self) -> Option<(Range<usize>, Range<usize>)> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return None;
                }
                b'<' => return None,
                // Svelte: `{...rest}`, `{name}`.
                b'{' => self.expression(),
                byte if byte.is_ascii_whitespace() || *byte == b'/' => self.at += 1,
                _ => break,
            }
        }
        let start = self.at;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'{');
        let length = bytes[start..].iter().position(ends).unwrap_or(bytes.len() - start);
        self.at = start + length.max(1);
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        let name = start..self.at;
        if bytes.get(self.at) != Some(&b'=') {
            return Some((name, self.at..self.at));
        }
        self.at += 1;
        let value = match bytes.get(self.at) {
            Some(quote @ (b'"' | b'\'')) => {
                let start = self.at + 1;
                let length = memchr::memchr(*quote, &bytes[start..])?;
                self.at = start + length + 1;
                start..start + length
            }
            Some(b'{') => {
                self.expression();
                self.at..self.at
            }
            _ => {
                let start = self.at;
                let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
                let length = bytes[start..].iter().position(ends).unwrap_or(bytes.len() - start);
                self.at = start + length;
                start..self.at
            }
        };
        Some((name, value))
    }

    /// `{…}` of Svelte and Astro, `{{…}}` of Vue and Angular: code up to the brace that closes it.
    fn expression(&mut self) {
        let rest = &self.text[self.at..];
        let opens = rest.starts_with(self.brace) && self.unclosed < UNCLOSED;
        let Some(length) = opens.then(|| closing(rest)).flatten() else {
            self.unclosed += usize::from(opens);
            self.at += 1;
            return;
        };
        let end = self.at + length;
        let inside = self.at + 1..end - 1;
        let code = &self.text[inside.clone()];
        let doubled = code.starts_with('{') && code.ends_with('}');
        let inside = if doubled { inside.start + 1..inside.end - 1 } else { inside };
        let code = &self.text[inside.clone()];
        let start = inside.start + (code.len() - statement(code).len());
        self.at = end;
        if start < inside.end {
            self.pieces.push(Piece { range: start..inside.end, language: None });
        }
    }
}

/// What stands after the word of a block: `status === 404` of `#if status === 404`.
fn statement(code: &str) -> &str {
    if !code.starts_with(['#', ':', '@', '/']) {
        return code;
    }
    let rest = code[1..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    rest.trim_start().strip_prefix("if ").unwrap_or(rest)
}

/// Where the end tag of raw text begins.
fn closing_tag(text: &str, name: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), "</").find(|at| {
        text.get(at + 2..at + 2 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    })
}

/// The language that `lang` or `type` of a script names; `None` for data and for others.
fn language_of(kind: &str) -> Option<&'static str> {
    match kind {
        ""
        | "module"
        | "js"
        | "jsx"
        | "text/javascript"
        | "application/javascript"
        | "text/ecmascript"
        | "application/ecmascript"
        | "text/babel"
        | "text/jsx"
        | "javascript" => Some("javascript"),
        "ts" | "typescript" | "text/typescript" | "application/typescript" => Some("typescript"),
        "tsx" | "text/tsx" => Some("tsx"),
        _ => None,
    }
}
