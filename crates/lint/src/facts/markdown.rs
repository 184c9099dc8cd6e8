//! Explanations and hovers as Markdown that no source text can break out of.

use std::fmt::Write as _;

use super::explanation::{Explanation, Fact};
use super::hover::Hover;
use crate::quote::quoted;

impl Explanation {
    /// The explanation as Markdown: a heading, the meaning, the facts, the constants.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("### {}\n\n{}\n\n", escape(&self.title), escape(&self.meaning));
        for Fact { label, value } in &self.facts {
            let _ = match (&self.url, *label) {
                (Some(url), "Reference") => {
                    writeln!(out, "- {label}: [{}]({url})", escape(value))
                }
                _ => writeln!(out, "- {label}: {}", escape(value)),
            };
        }
        for constant in &self.constants {
            let name = quoted(constant.expression);
            let _ = writeln!(out, "- {}: {name}", escape(constant.library));
        }
        out
    }
}

impl Hover {
    /// The hover as Markdown: the explanation, then what is wrong there.
    pub fn to_markdown(&self) -> String {
        let mut out = self.explanation.to_markdown();
        for finding in &self.findings {
            let severity = finding.severity.as_str();
            let message = escape(&finding.message);
            let _ = write!(out, "\n**{severity}**: {message} ({})", finding.rule);
            match &finding.help {
                Some(help) => writeln!(out, "  \n{}", escape(help)),
                None => writeln!(out),
            }
            .expect("a String takes everything");
        }
        out
    }
}

/// Text in which nothing means anything in Markdown but its code spans.
fn escape(text: &str) -> String {
    // Where several stand together, which of them belong together is hard to tell.
    let has_spans = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    let mut in_span = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '`' if has_spans => in_span = !in_span,
            c if c.is_control() => {
                out.push(' ');
                continue;
            }
            c if !in_span && "\\`*_{}[]<>&|~#$!".contains(c) => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn only_code_spans_mean_something() {
        assert_eq!(escape("`a*b` [x](y) <b>"), "`a*b` \\[x\\](y) \\<b\\>");
        assert_eq!(escape("odd ` *x*"), "odd \\` \\*x\\*");
        assert_eq!(escape("```<b>`\r\n# a"), "\\`\\`\\`\\<b\\>\\`  \\# a");
    }
}
