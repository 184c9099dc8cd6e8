//! Files of HTTP requests (`.http`, `.rest`, `.hurl`): status lines and what is expected of a
//! response, and the scripts that check it.

use std::ops::Range;

use super::{Excerpt, Found};
use crate::comparisons::{codes, comparisons};
use crate::names::{Says, says};
use crate::{Evidence, Kind, Language, Role, Site, Value};

/// The sites of the lines, and the scripts as one piece of JavaScript.
pub(crate) fn read(text: &str) -> Found<'_> {
    let mut found = Found::default();
    let Some(language) = Language::from_id("javascript") else { return found };
    let mut script = Excerpt::new(language);
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        let content = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        if at < script_end(&script) {
            continue;
        }
        if let Some(code) = script_in(text, at, end) {
            script.push(text, code);
            script.glue(";\n");
        } else if is_comment(content) {
            found.usage.comments.push(at..at + content.len());
        } else {
            found.usage.sites.extend(expected(content, at));
        }
    }
    found.excerpts.push(script);
    found
}

/// Where the last span of the scripts ends.
fn script_end(script: &Excerpt<'_>) -> usize {
    script.spans.last().map_or(0, |span| span.there + span.length)
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#') || line.starts_with("//")
}

/// The script that a line begins: `> {% … %}`, `< {% … %}`, or `{{` and `}}` on lines of their own.
fn script_in(text: &str, at: usize, line_end: usize) -> Option<Range<usize>> {
    let line = &text[at..line_end];
    let opened = line.trim_start_matches(['>', '<', ' ', '\t']);
    if let Some(code) = opened.strip_prefix("{%") {
        let start = line_end - code.len();
        let length = text[start..].find("%}").unwrap_or(text.len() - start);
        return Some(start..start + length);
    }
    if line.starts_with("{{") && !line.contains("}}") {
        let length = text[line_end..].find("\n}}").map_or(text.len() - line_end, |at| at + 1);
        return Some(line_end..line_end + length);
    }
    None
}

/// What a line of this content, at this offset, says of the status of a response.
fn expected(line: &str, at: usize) -> Vec<Site> {
    if let Some((range, kind, value)) = status_line(line) {
        return vec![site(at + range.start..at + range.end, kind, value, Role::Expect)];
    }
    let (asserted, skipped) = match line.strip_prefix("??") {
        Some(asserted) => (asserted, 2),
        None => (line, 0),
    };
    let subject = asserted.trim_start().split([' ', '=', '<', '>', '!']).next().unwrap_or("");
    let of_status = match skipped {
        // Hurl: `status == 200`.
        0 => subject == "status",
        // httpYac: `?? status == 200`, `?? js response.statusCode == 200`.
        _ => subject != "body" && subject != "header",
    };
    if !of_status {
        return Vec::new();
    }
    let compared = comparisons(asserted).into_iter();
    compared
        .filter(|one| says(one.name) >= Says::Status)
        .map(|one| {
            let range = at + skipped + one.range.start..at + skipped + one.range.end;
            let role = if one.role == Role::Bound { Role::Bound } else { Role::Expect };
            let kind = if one.range.len() == 3 { Kind::Number } else { Kind::String };
            site(range, kind, Value::Code(one.code), role)
        })
        .collect()
}

/// `HTTP/1.1 404 Not Found`, Hurl's `HTTP 404`: the code, with the phrase where there is one.
fn status_line(line: &str) -> Option<(Range<usize>, Kind, Value)> {
    let rest = line.strip_prefix("HTTP")?;
    let version = rest.split([' ', '\t']).next()?;
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let versioned = version.strip_prefix('/').is_some_and(digits);
    if !versioned && !version.is_empty() {
        return None;
    }
    let (range, code) = codes(line).next()?;
    if !line[4 + version.len()..range.start].trim().is_empty() {
        return None;
    }
    let after = &line[range.end..];
    let phrase = after.split('#').next().unwrap_or(after).trim();
    if phrase.is_empty() {
        return Some((range, Kind::Number, Value::Code(code)));
    }
    let is_phrase = phrase.chars().all(|c| c.is_ascii_alphabetic() || " -'".contains(c));
    let end = range.end + (after.len() - after.trim_start().len()) + phrase.len();
    (versioned && is_phrase && after.starts_with(' ')).then_some((
        range.start..end,
        Kind::Line,
        Value::Code(code),
    ))
}

fn site(range: Range<usize>, kind: Kind, value: Value, role: Role) -> Site {
    Site { api: Some("http"), ..Site::new(range, kind, value, role, Evidence::Certain) }
}
