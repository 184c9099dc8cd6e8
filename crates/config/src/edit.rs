//! Changing the text of a configuration file, comments and layout kept.

use std::ops::Range;

use statuslint_codes::StatusCode;
use toml_edit::{Array, DocumentMut, Item, RawString, Table, Value};

/// A change that makes a configuration silent about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// This code is used knowingly.
    Allow(StatusCode),
    /// The codes of this vendor count.
    Vendor(&'static str),
    /// This rule is off.
    Off(&'static str),
}

impl Change {
    /// The text of a configuration with this change; `None` when it cannot be made there.
    pub fn made(self, text: &str) -> Option<String> {
        // A byte order mark is no part of the document, but of the file.
        let content = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mark = &text[..text.len() - content.len()];
        let mut document: DocumentMut = content.parse().ok()?;
        let root = document.as_table_mut();
        match self {
            Self::Allow(code) => push(root, "allow", i64::from(code.get()).into())?,
            Self::Vendor(vendor) => push(root, "vendors", vendor.into())?,
            Self::Off(rule) => {
                let rules = root.entry("rules").or_insert_with(|| Item::Table(Table::new()));
                set(rules, rule)?;
            }
        }
        let made = document.to_string();
        let made = if content.contains("\r\n") {
            made.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            made
        };
        Some(format!("{mark}{made}"))
    }
}

/// Switches a rule off; what stands beside its severity stays.
fn set(rules: &mut Item, rule: &str) -> Option<()> {
    let off = Value::from("off");
    let known = rules.as_table_like_mut()?.get_mut(rule).and_then(Item::as_value_mut);
    if let Some(severity) = known {
        let decor = severity.decor().clone();
        *severity = off;
        *severity.decor_mut() = decor;
    } else if let Some(inline) = rules.as_inline_table_mut() {
        // The space before the brace stays before the brace.
        let space = inline.iter_mut().last().and_then(|(_, last)| {
            let space = last.decor().suffix()?.as_str().map(str::to_owned);
            last.decor_mut().set_suffix("");
            space
        });
        inline.insert(rule, off.decorated(" ", space.unwrap_or_default()));
    } else {
        rules.as_table_like_mut()?.insert(rule, Item::Value(off));
    }
    Some(())
}

/// Adds an element to a list, written as those before it are.
fn push(root: &mut Table, key: &str, element: Value) -> Option<()> {
    let list = root.entry(key).or_insert_with(|| Item::Value(Value::Array(Array::new())));
    let list = list.as_array_mut()?;
    let Some(element_before) = list.len().checked_sub(1).and_then(|at| list.get_mut(at)) else {
        let has_comment = list.trailing().as_str().is_some_and(|it| it.contains('#'));
        list.push(element);
        return (!has_comment).then_some(());
    };
    let said = |text: Option<&RawString>| text.and_then(RawString::as_str).map(str::to_owned);
    let before = said(element_before.decor().prefix()).unwrap_or_default();
    let behind = said(element_before.decor().suffix()).unwrap_or_default();
    element_before.decor_mut().set_suffix("");
    let behind = behind + list.trailing().as_str().unwrap_or_default();
    // A comment behind the last element is about that one, and stays there.
    let (comment, end) = behind.split_at(behind.rfind('\n').unwrap_or(0));
    let line = before.rfind('\n').map(|at| &before[at..]);
    let line = line.unwrap_or(if comment.contains('#') { "\n  " } else { " " });
    list.push_formatted(element.decorated(format!("{}{line}", comment.trim_end()), ""));
    list.set_trailing(end);
    Some(())
}

/// The difference between two texts as one replacement: what the lines they begin and end with
/// share stays.
pub fn replacement<'t>(before: &str, after: &'t str) -> (Range<usize>, &'t str) {
    let same = |(a, b): &(&str, &str)| a == b;
    let lines = |text| str::split_inclusive(text, '\n');
    let start: usize =
        lines(before).zip(lines(after)).take_while(same).map(|(line, _)| line.len()).sum();
    let (old, new) = (&before[start..], &after[start..]);
    let end: usize =
        lines(old).rev().zip(lines(new).rev()).take_while(same).map(|(line, _)| line.len()).sum();
    (start..before.len() - end, &new[..new.len() - end])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use statuslint_codes::StatusCode;

    use super::{Change, replacement};
    use crate::{Config, Overrides};

    const ALLOW: Change = Change::Allow(StatusCode::new(402));
    const OFF: Change = Change::Off("magic-code");

    #[track_caller]
    fn makes(change: Change, before: &str, after: &str) {
        assert_eq!(change.made(before).as_deref(), Some(after), "{before}");
        let (config, warnings) = Config::parse(Path::new("/p/statuslint.toml"), after).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert!(config.silences(change, Path::new("/p/a.py"), &Overrides::default()));
    }

    #[test]
    fn a_new_file_says_only_that() {
        makes(ALLOW, "", "allow = [402]\n");
        makes(Change::Vendor("nginx"), "", "vendors = [\"nginx\"]\n");
        makes(OFF, "", "[rules]\nmagic-code = \"off\"\n");
    }

    #[test]
    fn a_list_grows_as_it_is_written() {
        makes(ALLOW, "allow = [418] # tea\n", "allow = [418, 402] # tea\n");
        makes(ALLOW, "allow = []\n", "allow = [402]\n");
        let lines = "allow = [\n  # tea\n  418, # pot\n  # gateway\n  470,\n]\n";
        makes(ALLOW, lines, &lines.replace("470,\n", "470,\n  402,\n"));
        let open = "allow = [\n    418,\n    470 # own\n]\n";
        makes(ALLOW, open, "allow = [\n    418,\n    470, # own\n    402\n]\n");
    }

    #[test]
    fn a_key_is_added_where_it_belongs() {
        let rules = "# Ours.\n\n[rules] # all of them\nunused-code = \"error\"\n\n[[code]]\ncode = 470\nname = \"A\"\n";
        makes(OFF, rules, &rules.replace("\"error\"\n", "\"error\"\nmagic-code = \"off\"\n"));
        makes(ALLOW, rules, &format!("allow = [402]\n{rules}"));
        let known = "[rules]\nmagic-code = \"hint\" # for now\n";
        makes(OFF, known, &known.replace("hint", "off"));
        let inline = "rules = { unused-code = \"error\" }\n";
        makes(OFF, inline, "rules = { unused-code = \"error\", magic-code = \"off\" }\n");
        makes(
            OFF,
            "rules.unused-code = \"info\"\n",
            "rules.unused-code = \"info\"\nrules.magic-code = \"off\"\n",
        );
        makes(
            OFF,
            "\u{feff}[rules]\r\nunused-code = \"info\"\r\n",
            "\u{feff}[rules]\r\nunused-code = \"info\"\r\nmagic-code = \"off\"\r\n",
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_changed() {
        for text in ["allow = [", "allow = 7", "rules = 1"] {
            let changes = [ALLOW, OFF].map(|change| change.made(text));
            assert!(changes.contains(&None), "{text}: {changes:?}");
        }
    }

    #[test]
    fn the_difference_is_of_whole_lines() {
        assert_eq!(replacement("a\nb\nc\n", "a\nx\nc\n"), (2..4, "x\n"));
        assert_eq!(replacement("", "a\n"), (0..0, "a\n"));
        assert_eq!(replacement("a", "a\nb\n"), (0..1, "a\nb\n"));
        assert_eq!(replacement("a\na\n", "a\na\na\n"), (4..4, "a\n"));
    }
}
