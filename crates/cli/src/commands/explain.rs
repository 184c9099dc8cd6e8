//! `statuslint explain`: says what a code, a class, a name or a rule means.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::Style;
use anyhow::anyhow;
use statuslint_codes::{registry, vendor_codes};
use statuslint_config::{Configs, Overrides, suggestion};
use statuslint_languages::Language;
use statuslint_lint::{
    Explanation, Fact, Rule, Settings, Subject, explain_class, explain_code, rules, subject,
};

use crate::Status;
use crate::arguments::ExplainArgs;
use crate::terminal::{Terminal, deliver};

/// Where the values of labels start.
const COLUMN: usize = 16;

/// A name with its library that is longer is broken between the two.
const ROOM: usize = 62;

/// Explains what the arguments name.
pub(crate) fn run(terminal: Terminal, arguments: &ExplainArgs) -> anyhow::Result<Status> {
    let asked = arguments.subject.as_str();
    let subject = subject(asked).ok_or_else(|| unknown(asked))?;
    let page = Page { color: terminal.color(), width: Terminal::text_width(), text: String::new() };
    let text = match subject {
        Subject::Rule(rule) => page.rule(rule),
        Subject::Code(code) => page.facts(&explain_code(code, &settings(terminal))),
        Subject::Class(class) => page.facts(&explain_class(class)),
    };
    deliver(None, |out| out.write_all(text.as_bytes()))?;
    Ok(Status::Clean)
}

/// The settings of the current folder, whose private codes belong to the answer.
///
/// A broken configuration is said, but what a code means does not depend on it.
fn settings(terminal: Terminal) -> Settings {
    let folder = Path::new(".");
    match Configs::discover().for_folder(folder) {
        Ok(config) => Language::all()
            .next()
            .map(|any| config.settings(folder, any, &Overrides::default()))
            .unwrap_or_default(),
        Err(error) => {
            terminal.warning(error);
            Settings::default()
        }
    }
}

fn unknown(asked: &str) -> anyhow::Error {
    if asked.bytes().all(|byte| byte.is_ascii_digit()) && !asked.is_empty() {
        return anyhow!("{asked} is not a status code: those are 100 to 599");
    }
    let names = registry().iter().map(|entry| entry.name);
    let names = names.chain(vendor_codes().iter().map(|entry| entry.name));
    let names = names.chain(rules().iter().map(|rule| rule.name));
    let hint = suggestion(asked, names, || {
        "ask for a code (404), a class (4xx), a name (NOT_FOUND) or a rule (unknown-code)"
            .to_owned()
    });
    anyhow!("there is no status code, class or rule \"{asked}\"; {hint}")
}

/// A text that is being written for the terminal.
struct Page {
    color: bool,
    width: usize,
    text: String,
}

impl Page {
    /// A code or class: title, meaning, facts, and the names libraries have for it.
    fn facts(mut self, explanation: &Explanation) -> String {
        self.title(&explanation.title);
        self.wrapped(&explanation.meaning, 2);
        self.text.push('\n');
        for fact in &explanation.facts {
            // The codes of a class stay with their names.
            let value = match fact.label {
                Fact::CODES => fact.value.split(", ").map(unbroken).collect::<Vec<_>>().join(", "),
                _ => fact.value.clone(),
            };
            self.labelled(fact.label, &value);
        }
        if let Some(url) = &explanation.url {
            self.labelled("Read more", url);
        }
        for (at, (languages, names)) in explanation.by_language().iter().enumerate() {
            if at == 0 {
                self.text.push('\n');
            }
            // A name stays with the first of its libraries where a line holds both.
            let fits = |name: &str| name.split(", ").next().is_some_and(|it| it.len() < ROOM);
            let joined = |name: &String| {
                if fits(name) { name.replacen(" (", "\u{a0}(", 1) } else { name.clone() }
            };
            let names: Vec<_> = names.iter().map(joined).collect();
            self.labelled(languages, &names.join(", "));
        }
        self.text
    }

    /// A rule: its page, which is Markdown, with prose wrapped and code as it is.
    fn rule(mut self, rule: &Rule) -> String {
        self.title(rule.name);
        let mut in_code = false;
        let page = rule.page.trim();
        let body = page.split_once('\n').filter(|(first, _)| first.starts_with("# "));
        for line in body.map_or(page, |(_, body)| body).trim().lines() {
            let is_fence = line.trim_start().starts_with("```");
            in_code ^= is_fence;
            if line.starts_with('#') && !in_code {
                self.styled(Style::new().bold(), line);
                self.text.push('\n');
            } else if in_code || is_fence || line.starts_with('|') {
                self.text.push_str(line);
                self.text.push('\n');
            } else {
                self.prose(line);
            }
        }
        self.text.push('\n');
        self.labelled("Read more", &rule.url());
        self.text
    }

    /// A line of prose; what follows a list mark is indented like the first line.
    fn prose(&mut self, line: &str) {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let mark = if text.starts_with("- ") || text.starts_with("* ") { 2 } else { 0 };
        for (at, line) in wrap(text, self.width - indent - mark).iter().enumerate() {
            self.push_spaces(if at == 0 { indent } else { indent + mark });
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn title(&mut self, title: &str) {
        self.styled(Style::new().bold(), title);
        self.text.push_str("\n\n");
    }

    fn labelled(&mut self, label: &str, value: &str) {
        self.text.push_str("  ");
        self.styled(Style::new().dimmed(), label);
        let used = 2 + label.chars().count();
        if used >= COLUMN {
            self.text.push('\n');
            self.push_spaces(COLUMN);
        } else {
            self.push_spaces(COLUMN - used);
        }
        let lines = wrap(value, self.width.saturating_sub(COLUMN));
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.push_spaces(COLUMN);
            }
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn wrapped(&mut self, text: &str, indent: usize) {
        for line in wrap(text, self.width - indent) {
            self.push_spaces(indent);
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    fn push_spaces(&mut self, number: usize) {
        self.text.extend(std::iter::repeat_n(' ', number));
    }

    fn styled(&mut self, style: Style, text: &str) {
        let style = if self.color { style } else { Style::new() };
        write!(self.text, "{style}{text}{style:#}").expect("writing to a String cannot fail");
    }
}

/// The text as one word, for [`wrap`].
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The text in lines of at most this many characters; a longer word has a line of its own.
///
/// A no-break space keeps words together and is a space in the end.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_ascii_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("there is always a line");
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(&word.replace('\u{a0}', " "));
        used += length;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a  verylongword\nb", 4), ["a", "verylongword", "b"]);
        assert_eq!(wrap(&format!("one {}", unbroken("two three")), 9), ["one", "two three"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
