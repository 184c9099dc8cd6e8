//! A baseline: the findings a project has written down to live with for now.
//!
//! A finding is known again by its file, its rule and the text of its line, so it may move within
//! its file and be indented anew. The same text twice is written down with a count of two; a third
//! one is new.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use statuslint_config::{Place, absolute};

use crate::document::reason;
use crate::outcome::shown;
use crate::writer::write;
use crate::{Outcome, Problem};

/// The version of the file; there is no other yet.
const VERSION: u8 = 1;

/// Lines with more bytes are known by what is around the finding.
const LONG: usize = 200;

/// How many bytes around a finding tell it from others in a long line.
const AROUND: usize = 60;

/// Findings that are not to be told again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Its file, absolute: the paths in it count from the folder of that.
    file: PathBuf,
    /// How often each finding is there.
    counts: BTreeMap<Key, usize>,
}

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: String,
    rule: String,
    text: String,
}

/// A finding, or several alike, in the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    text: String,
    count: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    version: u8,
    findings: Vec<Entry>,
}

/// What a baseline did to a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeldBack {
    /// How many findings it has held back.
    pub findings: usize,
    /// How many it knows in the files and folders of the run that are not there any more.
    pub gone: usize,
}

impl Baseline {
    /// An empty one, which is to be written to this file.
    pub fn new(file: &Path) -> Self {
        Self { file: absolute(file), counts: BTreeMap::new() }
    }

    /// Reads one; `None` when there is no such file.
    pub fn read(file: &Path) -> Result<Option<Self>, Problem> {
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Problem::error(shown(file), reason(&error))),
        };
        let content: Content = serde_json::from_str(&text).map_err(|error| {
            let (line, column) = (error.line().max(1), error.column().max(1));
            let message = format!("is no baseline: {error}; write it anew with --write-baseline");
            Problem {
                place: Some(Place { line, column, range: 0..0 }),
                ..Problem::error(shown(file), message)
            }
        })?;
        if content.version != VERSION {
            let message = format!(
                "is a baseline of version {}, of a newer statuslint; this one reads version {VERSION}",
                content.version
            );
            return Err(Problem::error(shown(file), message));
        }
        let mut baseline = Self::new(file);
        for Entry { path, rule, text, count } in content.findings {
            *baseline.counts.entry(Key { path, rule, text }).or_default() += count;
        }
        Ok(Some(baseline))
    }

    /// Writes down all findings of a run; those of files that were not looked at stay.
    pub fn update(&mut self, outcome: &Outcome, looked_at: &[PathBuf]) {
        let folder = self.folder();
        self.counts.retain(|key, _| !is_below(&folder.join(&key.path), looked_at));
        for file in &outcome.files {
            let path = self.name(&file.path);
            for finding in &file.report.findings {
                let text = text_of(&file.text, &finding.range);
                let key = Key { path: path.clone(), rule: finding.rule.to_owned(), text };
                *self.counts.entry(key).or_default() += 1;
            }
        }
    }

    /// Takes the findings it knows out of a run over these files and folders.
    pub fn hold_back(&self, outcome: &mut Outcome, looked_at: &[PathBuf]) -> HeldBack {
        let mut left = self.counts.clone();
        let mut held = HeldBack::default();
        for file in &mut outcome.files {
            let path = self.name(&file.path);
            let source = &file.text;
            file.report.findings.retain(|finding| {
                let text = text_of(source, &finding.range);
                let key = Key { path: path.clone(), rule: finding.rule.to_owned(), text };
                let known = left.get_mut(&key).filter(|count| **count > 0);
                let is_known = known.map(|count| *count -= 1).is_some();
                held.findings += usize::from(is_known);
                !is_known
            });
        }
        let folder = self.folder();
        let here = left.iter().filter(|(key, _)| is_below(&folder.join(&key.path), looked_at));
        held.gone = here.map(|(_, count)| count).sum();
        held
    }

    /// How many findings it has.
    pub fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// Whether it has no finding.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes its file, as a whole or not at all.
    pub fn write(&self) -> Result<(), Problem> {
        let (file, new) = (&self.file, self.to_json());
        let written = match fs::read(file) {
            Ok(before) => write(file, &before, new.as_bytes()).map_err(|error| error.to_string()),
            Err(_) => fs::write(file, new).map_err(|error| reason(&error)),
        };
        written.map_err(|message| Problem::error(shown(file), message))
    }

    /// The file as it is to be written: a line for each entry, in the order of paths.
    pub fn to_json(&self) -> String {
        let entry = |(key, count): (&Key, &usize)| {
            let Key { path, rule, text } = key.clone();
            let entry = Entry { path, rule, text, count: *count };
            serde_json::to_string(&entry).expect("strings and numbers can be written")
        };
        let entries: Vec<String> = self.counts.iter().map(entry).collect();
        let lines =
            if entries.is_empty() { String::new() } else { format!("\n{}\n", entries.join(",\n")) };
        format!("{{\"version\":{VERSION},\"findings\":[{lines}]}}\n")
    }

    fn folder(&self) -> PathBuf {
        self.file.parent().unwrap_or(&self.file).to_path_buf()
    }

    /// The path of a document from the folder of the baseline, with `/`; an absolute one outside.
    fn name(&self, path: &str) -> String {
        let path = absolute(path.as_ref());
        let below = path.strip_prefix(self.folder()).unwrap_or(&path);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        if below == path { path.to_string_lossy().into_owned() } else { parts.join("/") }
    }
}

fn is_below(path: &Path, folders: &[PathBuf]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

/// The line of a finding with single spaces, or what is around it in a long one.
fn text_of(text: &str, range: &Range<usize>) -> String {
    let start = text[..range.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[range.start..].find(['\n', '\r']).map_or(text.len(), |at| range.start + at);
    let (mut from, mut to) = (start, end);
    if end - start > LONG {
        from = range.start.saturating_sub(AROUND).max(start);
        to = (range.end + AROUND).min(end).max(from);
        // Never within a character: the ends of the line are none.
        from = (start..=from).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
        to = (to..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    }
    text[from..to].split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
