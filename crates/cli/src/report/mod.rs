//! `statuslint report`: one self-contained page about the codes of a tree.
//!
//! What was found stands in the page as one JSON text; the script beside it draws everything from
//! that, as text and never as markup. A content security policy lets nothing else run, and nothing
//! be fetched.

mod data;
mod sha256;
mod snippet;
mod summary;

use std::io::{self, Write};

use statuslint_workspace::Outcome;

use data::Data;
use sha256::source;

const TEMPLATE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/style.css");

/// The script: its files in the order in which they build on each other.
const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("page/data.js"),
    include_str!("page/dom.js"),
    include_str!("page/filter.js"),
    include_str!("page/chart.js"),
    include_str!("page/tables.js"),
    include_str!("page/folders.js"),
    include_str!("page/matrix.js"),
    include_str!("page/places.js"),
    include_str!("page/main.js"),
    "})();\n",
);

/// Writes the page about what a run over something of this name found.
pub(crate) fn page(out: &mut dyn Write, run: &Outcome, name: &str) -> io::Result<()> {
    let data = Data::new(run, name);
    // What is put in is never looked at for marks again.
    for (at, part) in TEMPLATE.split("{{").enumerate() {
        let (mark, text) = match part.split_once("}}") {
            Some((mark, text)) if at > 0 => (mark, text),
            _ => ("", part),
        };
        match mark {
            "policy" => out.write_all(policy().as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "summary" => summary::write(out, run)?,
            "data" => out.write_all(harmless(&serde_json::to_string(&data)?).as_bytes())?,
            _ => {}
        }
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

fn policy() -> String {
    format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        source(SCRIPT),
        source(STYLE)
    )
}

/// JSON in which nothing can end or open an element, or a line of a script.
///
/// These characters stand in strings only, where JSON takes them as escapes as well.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{file, finding, hostile_texts, run, sample, written};
    use statuslint_lint::Severity;

    /// The JSON that stands in a page.
    fn embedded(page: &str) -> &str {
        let (_, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
        rest.split_once("</script>").unwrap().0
    }

    #[test]
    fn every_mark_of_the_template_is_filled() {
        let page = written(|out| page(out, &sample(), "sample"));
        assert!(!page.contains("{{") && page.ends_with("</html>\n"));
        assert!(page.contains(SCRIPT) && page.contains(STYLE));
    }

    #[test]
    fn neither_script_nor_style_can_end_their_element() {
        for text in [SCRIPT, STYLE] {
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
    }

    #[test]
    fn hostile_texts_stay_in_their_json() {
        let empty = written(|out| page(out, &run(Vec::new()), ""));
        let around = |page: &str| page.replacen(embedded(page), "", 1);
        for text in hostile_texts().into_iter().step_by(20) {
            let text = format!("{text}</script><script>alert(1)</script><!--{{{{data}}}}\u{2028}");
            let source = format!("{text}404");
            let found = finding(&source, "404", Severity::Error, &text);
            let run = run(vec![file(&text, &source, vec![found])]);
            let page = written(|out| page(out, &run, &text));
            assert_eq!(around(&page), around(&empty));
            assert!(!embedded(&page).contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
            let data: serde_json::Value = serde_json::from_str(embedded(&page)).unwrap();
            let read = [&data["name"], &data["files"][0]["path"], &data["findings"][0][5]];
            assert_eq!(read.map(|it| it.as_str().unwrap()), [text.as_str(); 3]);
        }
    }
}
