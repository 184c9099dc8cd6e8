//! Where a new import goes, and how it looks beside those that are there.

use std::ops::Range;

use statuslint_languages::ImportStyle;

use super::{Binding, Imports, What};
use crate::Edit;

/// A line with another name added may not become longer than this.
const WIDTH: usize = 88;

impl Imports<'_> {
    /// The edit that adds an import, when there is a place for it.
    pub(super) fn add(&self, import: &str, wanted: &Binding, at: usize) -> Option<Edit> {
        if let Some(edit) = self.merged(wanted, at) {
            return Some(edit);
        }
        if self.style == ImportStyle::Grouped {
            return self.add_grouped(&wanted.module);
        }
        let anchor = match self.style {
            // What follows a condition of the preprocessor stands in it.
            ImportStyle::Include => self.outermost_include(),
            _ => self.anchors(at).next_back(),
        };
        let line = self.line_of(import, wanted, anchor);
        if let Some(anchor) = anchor {
            let package = ["package ", "namespace "];
            let opens = package.iter().any(|word| self.line_at(anchor.start).1.starts_with(word));
            let gap = if opens { 2 } else { 1 };
            return Some(self.after_line(anchor, gap, &line));
        }
        if self.markup {
            return None;
        }
        if let Some(package) = self.package() {
            return Some(self.after_line(&package, 2, &line));
        }
        let start = self.header_end();
        let end = if self.text[start..].starts_with(['\n', '\r']) { 1 } else { 2 };
        let text = format!("{line}{}", self.newline().repeat(end));
        Some(Edit { range: start..start, text })
    }

    /// The statements after which an import may stand.
    fn anchors(&self, at: usize) -> impl DoubleEndedIterator<Item = &Range<usize>> {
        let words: &[&str] = match self.style {
            ImportStyle::From => &["from ", "import "],
            ImportStyle::Module => &["import ", "const ", "let ", "var "],
            ImportStyle::Path => &["import ", "package "],
            ImportStyle::Namespace => &["using ", "global using "],
            ImportStyle::Use => &["use ", "namespace "],
            ImportStyle::Library => &["import "],
            ImportStyle::Exporter => &["use ", "package "],
            ImportStyle::Include => &["#"],
            ImportStyle::Ambient | ImportStyle::Grouped => &[],
        };
        let fits = move |statement: &&Range<usize>| {
            let (_, line) = self.line_at(statement.start);
            words.iter().any(|word| line.trim_start().starts_with(word))
                && statement.start < at
                && self.is_at_top(statement)
                && self.is_in_script(statement, at)
        };
        self.statements.iter().filter(fits)
    }

    /// The last include that stands in the fewest conditions.
    fn outermost_include(&self) -> Option<&Range<usize>> {
        let mut depth = 0_usize;
        let mut depths = Vec::new();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let directive = line.trim_start().strip_prefix('#').map_or("", str::trim_start);
            if directive.starts_with("if") {
                depth += 1;
            } else if directive.starts_with("endif") {
                depth = depth.saturating_sub(1);
            } else if directive.starts_with("include") {
                depths.push((at, depth));
            }
            at += line.len();
        }
        let of = |statement: &&Range<usize>| {
            let line = self.line_at(statement.start).0.start;
            let found = depths.binary_search_by_key(&line, |(at, _)| *at);
            found.map_or(usize::MAX, |index| depths[index].1)
        };
        self.statements.iter().rev().min_by_key(of)
    }

    /// An import of another name by the statement that imports from the module already.
    fn merged(&self, wanted: &Binding, at: usize) -> Option<Edit> {
        let What::Named(name) = &wanted.what else { return None };
        let mut known = self.bindings.iter().filter(|known| {
            known.module == wanted.module
                && self.is_at_top(&known.statement)
                && self.is_in_script(&known.statement, at)
        });
        match self.style {
            ImportStyle::From => known
                .filter(|known| matches!(known.what, What::Named(_)))
                .find_map(|known| self.merged_list(&known.statement, name)),
            ImportStyle::Module => {
                known.find_map(|known| self.merged_braces(&known.statement, name))
            }
            _ => None,
        }
    }

    /// `from http import client` with one name more.
    fn merged_list(&self, statement: &Range<usize>, name: &str) -> Option<Edit> {
        let text = &self.text[statement.clone()];
        if text.contains(['#', '\\']) {
            return None;
        }
        if let Some(list) = text.strip_suffix(')') {
            let kept = list.trim_end_matches([' ', ',', '\n', '\r', '\t']);
            let end = statement.start + kept.len();
            let last = kept.rfind('\n').map(|at| &kept[at..]);
            let indent = last.map(|line| &line[..line.len() - line.trim_start().len()]);
            let text = match indent {
                Some(indent) => format!(",{}{}{name}", carriage(self.newline()), indent),
                None => format!(", {name}"),
            };
            return Some(Edit { range: end..end, text });
        }
        let fits = text.len() + name.len() + 2 <= WIDTH && !text.contains('\n');
        let end = statement.start + text.trim_end_matches(';').len();
        fits.then(|| Edit { range: end..end, text: format!(", {name}") })
    }

    /// `import { A } from 'x'`, `import X from 'x'` or `const { A } = require('x')` with one more.
    fn merged_braces(&self, statement: &Range<usize>, name: &str) -> Option<Edit> {
        let text = &self.text[statement.clone()];
        let head = &text[..text.find(['"', '\''])?];
        if head.contains("//") || head.contains("/*") {
            return None;
        }
        if let Some(close) = head.find('}') {
            let list = &head[..close];
            let kept = list.trim_end();
            let comma = if kept.ends_with([',', '{']) { "" } else { "," };
            let end = statement.start + kept.len();
            let last_line = list.rfind('\n').map(|_| kept.rsplit('\n').next().unwrap_or_default());
            let text = match last_line {
                Some(line) if !kept.ends_with('{') => {
                    let indent = &line[..line.len() - line.trim_start().len()];
                    let trailing = if comma.is_empty() { "," } else { "" };
                    format!("{comma}{}{indent}{name}{trailing}", self.newline())
                }
                _ => format!("{comma} {name}"),
            };
            return Some(Edit { range: end..end, text });
        }
        let clause = head.strip_prefix("import ")?.trim_end().strip_suffix("from")?.trim();
        let single = !clause.contains([',', '*', ' ']);
        let end = statement.start + "import ".len() + clause.len();
        single.then(|| Edit { range: end..end, text: format!(", {{ {name} }}") })
    }

    /// The line of an import, with the marks of the one that stands before it.
    fn line_of(&self, import: &str, wanted: &Binding, anchor: Option<&Range<usize>>) -> String {
        let before = anchor.map(|range| self.text[range.clone()].trim());
        let kept = import.trim_end_matches(';');
        match self.style {
            ImportStyle::Path if import.ends_with(';') => {
                // Kotlin and Scala take the classes of Java without its semicolon.
                let ends = before.is_none_or(|line| line.ends_with(';'));
                if ends { import.to_owned() } else { kept.to_owned() }
            }
            ImportStyle::Module => {
                let before = before.unwrap_or(import);
                let required = before.contains("require(") && !before.starts_with("import ");
                let line = if required { required_line(import, wanted) } else { kept.to_owned() };
                let quote = if before.contains('"') { "\"" } else { "'" };
                let end = if before.ends_with(';') { ";" } else { "" };
                format!("{}{end}", line.replace(['\'', '"'], quote))
            }
            ImportStyle::Library => {
                let quote = if before.is_some_and(|line| line.contains('"')) { "\"" } else { "'" };
                import.replace('\'', quote)
            }
            _ => import.to_owned(),
        }
    }

    /// An edit that puts a line after the line in which a statement ends.
    pub(super) fn after_line(&self, statement: &Range<usize>, gap: usize, line: &str) -> Edit {
        // Some grammars count the end of the line as part of the statement.
        let last = statement.start + self.text[statement.clone()].trim_end().len();
        let end = self.text[last..].find('\n').map_or(self.text.len(), |at| last + at);
        let end = if self.text[..end].ends_with('\r') { end - 1 } else { end };
        let (_, first) = self.line_at(statement.start);
        let indent = &first[..first.len() - first.trim_start().len()];
        let text = format!("{}{indent}{line}", self.newline().repeat(gap));
        Edit { range: end..end, text }
    }

    /// The line at an offset: its bytes and its text.
    pub(super) fn line_at(&self, at: usize) -> (Range<usize>, &str) {
        let start = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        (start..end, &self.text[start..end])
    }

    /// The line that says which package a document is of.
    pub(super) fn package(&self) -> Option<Range<usize>> {
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let words = ["package ", "namespace ", "library "];
            if words.iter().any(|word| line.starts_with(word))
                && !self.comments.iter().any(|comment| comment.contains(&at))
            {
                return Some(at..at + line.trim_end().len());
            }
            at += line.len();
        }
        None
    }

    /// Where what opens a document ends: its first line for the system, comments, its own text.
    fn header_end(&self) -> usize {
        let mut at = 0;
        let mut rest = self.text;
        let mut comments = self.comments.iter();
        loop {
            let blank = rest.len() - rest.trim_start_matches(['\u{feff}', '\n', '\r']).len();
            let start = at + blank;
            let comment = comments.clone().find(|comment| comment.start == start);
            let end = match comment {
                Some(comment) => comment.end,
                None if self.text[start..].starts_with("#!") && start == 0 => 0,
                None => match documentation(&self.text[start..]) {
                    Some(length) if self.style == ImportStyle::From => start + length,
                    _ => return start,
                },
            };
            let line = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at + 1);
            comments.by_ref().find(|known| known.end >= end);
            (at, rest) = (line, &self.text[line..]);
            if rest.is_empty() {
                return at;
            }
        }
    }

    /// How the lines of the document end.
    pub(super) fn newline(&self) -> &'static str {
        if self.text.find('\n').is_some_and(|at| self.text[..at].ends_with('\r')) {
            "\r\n"
        } else {
            "\n"
        }
    }
}

/// What stands before the line feed of a line's end.
fn carriage(newline: &str) -> &str {
    newline.trim_end_matches('\n')
}

/// The length of the text between triple quotes that a module begins with.
fn documentation(text: &str) -> Option<usize> {
    let body = text.trim_start_matches(['r', 'R', 'u', 'U']);
    let quotes = ["\"\"\"", "'''"].into_iter().find(|quotes| body.starts_with(quotes))?;
    let open = text.len() - body.len() + quotes.len();
    Some(open + text[open..].find(quotes)? + quotes.len())
}

/// An import of a script as scripts without modules write it.
fn required_line(import: &str, wanted: &Binding) -> String {
    let quoted = import.trim_end_matches(';').rsplit(' ').next().unwrap_or_default();
    let clause = match &wanted.what {
        What::Named(name) => format!("{{ {name} }}"),
        What::Module | What::Default | What::All => wanted.local.clone(),
    };
    format!("const {clause} = require({quoted})")
}
