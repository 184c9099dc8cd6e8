//! What stands in the page as JSON: every place and finding, and how often each code is used.
//!
//! Rows are lists rather than objects, and refer to files and libraries by number: a tree has tens
//! of thousands of places, and the page is to open at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};
use statuslint_codes::{StatusCode, VendorEntry};
use statuslint_languages::{Evidence, Language, Site, Value};
use statuslint_lint::{Finding, rules};
use statuslint_workspace::{Checked, Outcome, Problem, ProblemSeverity};

use super::snippet::Snippet;
use crate::output::LineIndex;

/// The version of what stands in the page; fields may be added without a new one.
const VERSION: u8 = 1;

#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    version: u8,
    tool: &'static str,
    /// What the page is about.
    name: &'a str,
    /// How many files were looked at.
    checked: usize,
    files: Vec<FileObject<'a>>,
    /// The title of each language.
    languages: BTreeMap<&'static str, &'static str>,
    /// The libraries and formats that told what is a status.
    apis: Vec<&'static str>,
    /// What is known about each code that occurs.
    codes: BTreeMap<u16, CodeObject>,
    /// The summary of each rule that found something.
    rules: BTreeMap<&'static str, &'static str>,
    /// By file, then position.
    sites: Vec<SiteRow<'a>>,
    /// By file, then position.
    findings: Vec<FindingRow<'a>>,
    operations: Vec<OperationRow<'a>>,
    counts: Counts<'a>,
    problems: Vec<ProblemObject<'a>>,
}

/// How many places there are, by what they are.
#[derive(Debug, Default, Serialize)]
struct Counts<'a> {
    sites: usize,
    /// By code, wildcard (`4XX`) or `invalid`, then by role.
    code: BTreeMap<String, BTreeMap<&'static str, usize>>,
    role: BTreeMap<&'static str, usize>,
    language: BTreeMap<&'static str, usize>,
    file: BTreeMap<&'a str, usize>,
}

#[derive(Debug, Serialize)]
struct FileObject<'a> {
    path: &'a str,
    language: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct CodeObject {
    name: &'static str,
    /// Whose the code is: null for a registered one.
    vendor: Option<&'static str>,
    /// Where it is defined.
    url: Option<String>,
}

/// File, line, column, code, role, kind, flags, library (-1 for none), line of code.
#[derive(Debug, Serialize)]
struct SiteRow<'a>(usize, usize, usize, Said, &'a str, &'a str, u8, isize, Snippet);

/// File, line, column, rule, severity, message, help, its sites, line of code.
#[derive(Debug, Serialize)]
struct FindingRow<'a>(
    usize,
    usize,
    usize,
    &'a str,
    &'a str,
    &'a str,
    Option<&'a str>,
    Vec<usize>,
    Snippet,
);

/// File, line, method, path, whether a response stands for all other codes, its sites.
#[derive(Debug, Serialize)]
struct OperationRow<'a>(usize, usize, &'a str, Option<&'a str>, bool, Vec<usize>);

#[derive(Debug, Serialize)]
struct ProblemObject<'a> {
    path: &'a str,
    message: &'a str,
    failed: bool,
}

/// What a place says: `404`, `"4XX"`, or null for what is no code.
#[derive(Debug, Clone, Copy)]
struct Said(Value);

/// A place that is only likely one of a status.
const LIKELY: u8 = 1;
/// A place in a test.
const TEST: u8 = 2;

impl<'a> Data<'a> {
    /// What the page about a run says.
    pub(super) fn new(run: &'a Outcome, name: &'a str) -> Self {
        let mut data = Self {
            version: VERSION,
            tool: concat!("statuslint ", env!("CARGO_PKG_VERSION")),
            name,
            checked: run.checked,
            files: Vec::new(),
            languages: BTreeMap::new(),
            apis: apis(run),
            codes: codes(run),
            rules: BTreeMap::new(),
            sites: Vec::new(),
            findings: Vec::new(),
            operations: Vec::new(),
            counts: Counts::default(),
            problems: run.problems.iter().map(ProblemObject::new).collect(),
        };
        let told = |file: &&Checked| {
            !file.report.usage.sites.is_empty() || !file.report.findings.is_empty()
        };
        run.files.iter().filter(told).for_each(|file| data.add(file));
        data
    }

    fn add(&mut self, file: &'a Checked) {
        let lines = LineIndex::new(&file.text);
        let at = self.files.len();
        let first = self.sites.len();
        let language = file.language.map(Language::id);
        self.files.push(FileObject { path: &file.path, language });
        if let Some(language) = file.language {
            self.languages.insert(language.id(), language.title());
        }
        let usage = &file.report.usage;
        for site in &usage.sites {
            self.sites.push(self.site(file, &lines, at, site));
            self.counts.add(file, language, site);
        }
        for finding in &file.report.findings {
            let summary = rules().iter().find(|rule| rule.name == finding.rule);
            self.rules.insert(finding.rule, summary.map_or("", |rule| rule.summary));
            self.findings.push(finding_row(file, &lines, (at, first), finding));
        }
        for operation in &usage.operations {
            let inside = |site: &Site| site.key && operation.range.contains(&site.range.start);
            // A callback within an operation is one of its own.
            let nested: Vec<_> = usage
                .operations
                .iter()
                .filter(|other| {
                    *other != operation
                        && operation.range.contains(&other.range.start)
                        && other.range.end <= operation.range.end
                })
                .collect();
            let own = |site: &Site| {
                inside(site) && !nested.iter().any(|it| it.range.contains(&site.range.start))
            };
            let sites = numbers(&usage.sites, first, own);
            let line = lines.position(operation.range.start).line;
            let path = operation.path.as_deref();
            self.operations.push(OperationRow(
                at,
                line,
                operation.method,
                path,
                operation.others,
                sites,
            ));
        }
    }

    fn site(
        &self,
        file: &'a Checked,
        lines: &LineIndex<'_>,
        at: usize,
        site: &'a Site,
    ) -> SiteRow<'a> {
        let start = lines.position(site.range.start);
        let api = site.api.and_then(|api| self.apis.binary_search(&api).ok());
        let api = api.and_then(|at| isize::try_from(at).ok()).unwrap_or(-1);
        let tests = &file.report.usage.tests;
        let in_test =
            file.settings.in_test || tests.iter().any(|test| test.contains(&site.range.start));
        let likely = if site.evidence == Evidence::Likely { LIKELY } else { 0 };
        let flags = likely | if in_test { TEST } else { 0 };
        let (role, kind) = (site.role.as_str(), site.kind.as_str());
        let snippet = Snippet::new(&file.text, lines, &site.range);
        SiteRow(at, start.line, start.column, Said(site.value), role, kind, flags, api, snippet)
    }
}

impl<'a> Counts<'a> {
    fn add(&mut self, file: &'a Checked, language: Option<&'static str>, site: &Site) {
        let role = site.role.as_str();
        self.sites += 1;
        *self.role.entry(role).or_default() += 1;
        *self.code.entry(key(site.value)).or_default().entry(role).or_default() += 1;
        *self.file.entry(&file.path).or_default() += 1;
        if let Some(language) = language {
            *self.language.entry(language).or_default() += 1;
        }
    }
}

/// What the counts call what a place says.
fn key(value: Value) -> String {
    match value {
        Value::Code(code) => code.to_string(),
        Value::Class(class) => format!("{}XX", class.digit()),
        Value::Malformed => "invalid".to_owned(),
    }
}

fn finding_row<'a>(
    file: &'a Checked,
    lines: &LineIndex<'_>,
    (at, first): (usize, usize),
    finding: &'a Finding,
) -> FindingRow<'a> {
    let start = lines.position(finding.range.start);
    let overlaps =
        |site: &Site| site.range.start < finding.range.end && finding.range.start < site.range.end;
    let sites = numbers(&file.report.usage.sites, first, overlaps);
    let snippet = Snippet::new(&file.text, lines, &finding.range);
    let (rule, severity) = (finding.rule, finding.severity.as_str());
    let help = finding.help.as_deref();
    FindingRow(at, start.line, start.column, rule, severity, &finding.message, help, sites, snippet)
}

/// The numbers of the sites that are like that, where the first of the file has this one.
fn numbers(sites: &[Site], first: usize, like: impl Fn(&Site) -> bool) -> Vec<usize> {
    sites.iter().enumerate().filter(|(_, site)| like(site)).map(|(at, _)| first + at).collect()
}

/// All sites of a run.
fn sites(run: &Outcome) -> impl Iterator<Item = &Site> {
    run.files.iter().flat_map(|file| &file.report.usage.sites)
}

fn apis(run: &Outcome) -> Vec<&'static str> {
    let apis: BTreeSet<_> = sites(run).filter_map(|site| site.api).collect();
    apis.into_iter().collect()
}

fn codes(run: &Outcome) -> BTreeMap<u16, CodeObject> {
    let codes: BTreeSet<StatusCode> = sites(run).filter_map(Site::code).collect();
    codes.into_iter().filter_map(|code| Some((code.get(), CodeObject::new(code)?))).collect()
}

impl CodeObject {
    fn new(code: StatusCode) -> Option<Self> {
        let registered = code.entry().map(|entry| Self {
            name: entry.name,
            vendor: None,
            url: Some(entry.reference.url()),
        });
        let of_vendor = |entry: &VendorEntry| Self {
            name: entry.name,
            vendor: Some(entry.owner().title),
            url: None,
        };
        registered.or_else(|| code.vendors().next().map(of_vendor))
    }
}

impl<'a> ProblemObject<'a> {
    fn new(problem: &'a Problem) -> Self {
        let failed = problem.severity == ProblemSeverity::Error;
        Self { path: &problem.path, message: &problem.message, failed }
    }
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Code(code) => serializer.serialize_u16(code.get()),
            Value::Class(class) => serializer.collect_str(&format_args!("{}XX", class.digit())),
            Value::Malformed => serializer.serialize_unit(),
        }
    }
}
