//! Statuses in a shell script that its grammar could not read: by lines and words.

use crate::shell::scripts::Holds;
use crate::shell::{EQUALITIES, Finder, ORDERS};
use crate::{Kind, Role, value};

impl Finder<'_, '_> {
    /// Reads a script by its lines where the grammar could not: tests, and arms of `case`.
    pub(crate) fn broken(&mut self) {
        let text = self.document.text;
        let mut subjects: Vec<&str> = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let code = line.trim_start();
            let at = start + line.len() - code.len();
            start += line.len();
            let code = code.trim_end();
            if code.starts_with('#') {
                continue;
            }
            match code.strip_prefix("case ").and_then(|rest| rest.split_once(" in")) {
                Some((subject, _)) => subjects.push(subject),
                None if code.starts_with("esac") => drop(subjects.pop()),
                None => {}
            }
            if let Some(subject) = subjects.last()
                && let Some((patterns, _)) = code.split_once(')')
                && patterns.len() < 80
            {
                let holds = self.script.holds(subject);
                self.words(patterns, at, '|', &|_| Some((Role::Branch, holds)));
            }
            let words: Vec<&str> = code.split(' ').collect();
            let script = &self.script;
            let found: Vec<(Role, Holds)> = words
                .windows(2)
                .map(|pair| {
                    let role = match pair[1] {
                        operator if EQUALITIES.contains(&operator) => Role::Compare,
                        operator if ORDERS.contains(&operator) => Role::Bound,
                        _ => return (Role::Compare, Holds::Nothing),
                    };
                    (role, script.holds(pair[0]))
                })
                .collect();
            self.words(code, at, ' ', &|index| found.get(index.checked_sub(2)?).copied());
        }
    }

    /// The codes among the words of a line, each as what is known of its place.
    fn words(
        &mut self,
        line: &str,
        at: usize,
        between: char,
        told: &dyn Fn(usize) -> Option<(Role, Holds)>,
    ) {
        let mut start = at;
        for (index, word) in line.split(between).enumerate() {
            let bare = word.trim().trim_end_matches([';', ']', ')']);
            let inner = bare.trim_matches(['"', '\'']);
            if let Some(value) = value::string(inner)
                && let Some((role, holds)) = told(index)
            {
                let start = start + word.find(bare).unwrap_or_default();
                let quoted = inner.len() < bare.len();
                let kind = if quoted { Kind::String } else { Kind::Number };
                self.add(start..start + bare.len(), kind, value, role, holds);
            }
            start += word.len() + between.len_utf8();
        }
    }
}
