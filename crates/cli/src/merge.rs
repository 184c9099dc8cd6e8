//! Findings and sites that `--output-format jsonl` wrote, read back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use serde::Deserialize;
use statuslint_codes::StatusCode;
use statuslint_languages::{Evidence, Language, Usage};
use statuslint_lint::{Edit, Finding, Fix, Report, Safety, Settings, Severity, rules};
use statuslint_workspace::{Checked, Outcome};

/// A line of an output: what it is about, and itself.
#[derive(Debug)]
pub(crate) struct Line {
    object: Object,
    text: String,
}

/// What is read of every line.
#[derive(Debug, Deserialize)]
struct Object {
    path: String,
    start: Offset,
    end: Offset,
    /// Findings have one, sites have none.
    rule: Option<String>,
    severity: Option<String>,
    #[serde(default)]
    message: String,
    help: Option<String>,
    code: Option<u16>,
    language: Option<String>,
    evidence: String,
    #[serde(default)]
    fixes: Vec<FixObject>,
}

#[derive(Debug, Deserialize)]
struct Offset {
    byte: usize,
}

#[derive(Debug, Deserialize)]
struct FixObject {
    title: String,
    safety: String,
    edits: Vec<EditObject>,
}

#[derive(Debug, Deserialize)]
struct EditObject {
    start: usize,
    end: usize,
    text: String,
}

impl Line {
    /// Reads a line; the error says what is wrong with it.
    pub(crate) fn read(text: &str) -> anyhow::Result<Self> {
        let object: Object = serde_json::from_str(text)
            .map_err(|error| anyhow::anyhow!("is no line of --output-format jsonl: {error}"))?;
        if object.rule.is_some() && object.severity().is_none() {
            bail!("has no severity that this statuslint knows");
        }
        Ok(Self { object, text: text.to_owned() })
    }

    /// The line as it was.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How bad the finding is; `None` for a site.
    pub(crate) fn severity(&self) -> Option<Severity> {
        self.object.severity()
    }
}

/// Puts lines into the order of one run, and drops those that are there twice.
pub(crate) fn sort(lines: &mut Vec<Line>) {
    // Several at one place are in the order in which they were written.
    lines.sort_by(|a, b| {
        let key = |line: &Line| line.object.start.byte;
        a.object.path.cmp(&b.object.path).then(key(a).cmp(&key(b)))
    });
    let mut unique: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines.drain(..) {
        let same_place = |known: &&Line| {
            known.object.path == line.object.path
                && known.object.start.byte == line.object.start.byte
        };
        let known = unique.iter().rev().take_while(same_place).any(|it| it.text == line.text);
        if !known {
            unique.push(line);
        }
    }
    *lines = unique;
}

/// The findings as a run that found them; their files must be as they were.
pub(crate) fn outcome(lines: Vec<Line>) -> anyhow::Result<Outcome> {
    let mut files: BTreeMap<String, Vec<Object>> = BTreeMap::new();
    for line in lines {
        files.entry(line.object.path.clone()).or_default().push(line.object);
    }
    let mut outcome = Outcome { checked: files.len(), ..Outcome::default() };
    for (path, objects) in files {
        let file = checked(&path, objects).with_context(|| path.clone())?;
        outcome.files.push(file);
    }
    Ok(outcome)
}

fn checked(path: &str, objects: Vec<Object>) -> anyhow::Result<Checked> {
    let text = fs::read_to_string(Path::new(path)).context("cannot be read")?;
    let language = objects.first().and_then(|it| it.language.as_deref());
    let language = language.and_then(Language::from_id);
    let findings: anyhow::Result<Vec<Finding>> =
        objects.into_iter().map(|object| object.finding(&text)).collect();
    let report = Report { usage: Usage::default(), findings: findings? };
    let settings = Arc::new(Settings::default());
    Ok(Checked { path: path.to_owned(), text: text.into(), language, settings, report })
}

impl Object {
    fn severity(&self) -> Option<Severity> {
        let name = self.severity.as_deref()?;
        let all = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];
        all.into_iter().find(|severity| severity.as_str() == name)
    }

    fn finding(self, text: &str) -> anyhow::Result<Finding> {
        let severity = self.severity().context("holds a site; sites are merged as jsonl only")?;
        let name = self.rule.as_deref().unwrap_or_default();
        let rule = rules().iter().find(|rule| rule.name == name);
        let rule = rule.with_context(|| format!("this statuslint knows no rule `{name}`"))?;
        let range = self.start.byte..self.end.byte;
        let edits = self.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.start..edit.end);
        if edits.chain([range.clone()]).any(|range| text.get(range).is_none()) {
            bail!("is not as it was when it was checked");
        }
        Ok(Finding {
            rule: rule.name,
            severity,
            code: self.code.map(StatusCode::new),
            range,
            evidence: match self.evidence.as_str() {
                "certain" => Evidence::Certain,
                _ => Evidence::Likely,
            },
            fixes: self.fixes.into_iter().map(FixObject::fix).collect(),
            message: self.message,
            help: self.help,
        })
    }
}

impl FixObject {
    fn fix(self) -> Fix {
        let safe = self.safety == Safety::Safe.as_str();
        let edit = |EditObject { start, end, text }| Edit { range: start..end, text };
        Fix {
            title: self.title,
            safety: if safe { Safety::Safe } else { Safety::Unsafe },
            edits: self.edits.into_iter().map(edit).collect(),
        }
    }
}
