//! The commented configuration.

use std::fmt::Write as _;

use statuslint_codes::{StatusCode, vendors};
use statuslint_lint::Severity;

use super::codes::{Found, Proposal};
use super::tree::Tree;
use crate::output::counted;
use crate::output::escape::visible;

/// Where editors find the schema of the configuration.
const SCHEMA: &str =
    "https://raw.githubusercontent.com/statuslint/statuslint/main/statuslint.schema.json";

/// How many of a list are named before the rest is only counted.
const NAMED: usize = 5;

/// The configuration for a tree, which builds on `base` where there is one.
pub(crate) fn configuration(tree: &Tree, base: Option<&str>) -> String {
    let mut file = Writer::default();
    let proposal = tree.codes.proposal();
    head(&mut file, tree);
    if let Some(base) = base {
        file.comment("What holds for the folders above holds here too.");
        file.line(&format!("extends = {}", quoted(base)));
        file.gap();
    }
    evidence(&mut file, tree);
    foreign(&mut file, tree);
    vendor_catalogues(&mut file, &proposal);
    allowances(&mut file, &proposal);
    tests(&mut file, tree);
    severities(&mut file, tree);
    own_code(&mut file);
    file.text.truncate(file.text.trim_end().len());
    file.line("");
    file.text
}

fn head(file: &mut Writer, tree: &Tree) {
    file.line(&format!("#:schema {SCHEMA}"));
    file.comment("The configuration of statuslint for the files in this folder and below.");
    file.comment("All of it may go: without a configuration the defaults hold.");
    file.comment("");
    file.comment(&format!("`statuslint init` found {}.", tree.summary()));
    let titles = tree.languages.iter().map(|spoken| spoken.title.len()).max().unwrap_or_default();
    let digits = tree.languages.first().map_or(0, |spoken| spoken.places.to_string().len());
    for spoken in &tree.languages {
        let line = format!("  {:titles$}  {:digits$}", spoken.title, spoken.places);
        file.comment(format!("{line}  {}", some(&spoken.libraries)).trim_end());
    }
    if !tree.descriptions.is_empty() {
        file.comment("");
        file.comment("OpenAPI describes interfaces in");
        for path in tree.descriptions.iter().take(NAMED) {
            file.comment(&format!("  {path}"));
        }
        if let more @ 1.. = tree.descriptions.len().saturating_sub(NAMED) {
            file.comment(&format!("  and {}.", counted(more, "other file")));
        }
    }
    file.gap();
}

fn evidence(file: &mut Writer, tree: &Tree) {
    let likely = match tree.likely {
        0 => "there are none here".to_owned(),
        number => format!("{} more here", counted(number, "place")),
    };
    file.comment(
        "Judged is what surely is a status. With \"likely\", plausible places are as well:",
    );
    file.comment(&format!("{likely}."));
    file.comment("evidence = \"likely\"");
    file.gap();
}

fn foreign(file: &mut Writer, tree: &Tree) {
    file.comment("Not looked at, beside what .gitignore names; the patterns are written as there.");
    if tree.foreign.is_empty() {
        file.comment("exclude = [\"generated/**\"]");
    } else {
        let patterns: Vec<_> = tree.foreign.iter().map(|pattern| quoted(pattern)).collect();
        file.line(&format!("exclude = [{}]", patterns.join(", ")));
    }
    file.gap();
}

fn vendor_catalogues(file: &mut Writer, proposal: &Proposal<'_>) {
    file.comment("Vendors whose codes count beside the registered ones (`statuslint codes`).");
    let explain = |file: &mut Writer, list: &[(&'static str, Vec<(StatusCode, &Found)>)]| {
        for (vendor, codes) in list {
            let title = vendors().iter().find(|it| it.id == *vendor).map_or("", |it| it.title);
            file.comment(&format!("{title}:"));
            for (code, found) in codes {
                file.comment(&format!("  {}", at(*code, found)));
            }
        }
    };
    explain(file, &proposal.vendors);
    if !proposal.vendors.is_empty() {
        let ids: Vec<_> = proposal.vendors.iter().map(|(vendor, _)| quoted(vendor)).collect();
        file.line(&format!("vendors = [{}]", ids.join(", ")));
    }
    if !proposal.perhaps.is_empty() {
        file.comment("Seen in one file only; add the vendor if it is meant.");
        explain(file, &proposal.perhaps);
    }
    if proposal.vendors.is_empty() {
        let perhaps = proposal.perhaps.iter().map(|(vendor, _)| quoted(vendor));
        let perhaps: Vec<_> = perhaps.collect();
        let ids = if perhaps.is_empty() { quoted("nginx") } else { perhaps.join(", ") };
        file.comment(&format!("vendors = [{ids}]"));
    }
    file.gap();
}

fn allowances(file: &mut Writer, proposal: &Proposal<'_>) {
    file.comment("Codes that are used knowingly though nobody registered them, or 402.");
    if !proposal.allowed.is_empty() {
        file.line("allow = [");
        for (code, found) in &proposal.allowed {
            let places = at(*code, found);
            let (_, places) = places.split_once("  ").unwrap_or_default();
            file.line(&format!("  {code}, # {places}"));
        }
        file.line("]");
    }
    if !proposal.doubtful.is_empty() {
        file.comment("In one file only, so perhaps mistakes; what is meant belongs into the list.");
        for (code, found) in &proposal.doubtful {
            file.comment(&format!("  {}", at(*code, found)));
        }
    }
    if proposal.allowed.is_empty() {
        let codes: Vec<_> = proposal.doubtful.iter().map(|(code, _)| code.to_string()).collect();
        let codes = if codes.is_empty() { "402".to_owned() } else { codes.join(", ") };
        file.comment(&format!("allow = [{codes}]"));
    }
    file.gap();
}

fn tests(file: &mut Writer, tree: &Tree) {
    file.comment(
        "What rules about single codes drop to in tests, which send odd codes on purpose.",
    );
    if !tree.tests.is_empty() {
        let folders = tree.tests.iter();
        let folders: Vec<_> =
            folders.map(|(folder, files)| format!("{folder} ({files})")).collect();
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        file.comment(&format!("Taken for tests, with so many files: {}.", some(&folders)));
    }
    file.comment("test-severity = \"off\"");
    file.gap();
}

fn severities(file: &mut Writer, tree: &Tree) {
    file.line("[rules]");
    file.comment("error, warning, info, hint or off; `statuslint rules` lists all of them.");
    let off = statuslint_lint::rules().iter().filter(|rule| rule.severity.is_none());
    file.comment("These are off until asked for. What they would find today:");
    for rule in off.filter(|rule| rule.name != "undocumented-code" || tree.describes()) {
        let number = tree.off.get(rule.name).copied().unwrap_or_default();
        let severity = if rule.name == "magic-code" { Severity::Hint } else { Severity::Warning };
        let setting = format!("{} = \"{}\"", rule.name, severity.as_str());
        file.comment(&format!("{setting:32} # {}", counted(number, "place")));
    }
    file.gap();
}

fn own_code(file: &mut Writer) {
    file.comment("This project's own functions that take a status, and names that hold one.");
    for line in ["[[call]]", "name = \"respond_with\"", "argument = 1", "", "[[name]]"] {
        file.comment(line);
    }
    file.comment("pattern = \"rc\"");
    file.gap();
    file.comment("This project's own codes, with their meaning.");
    for line in ["[[code]]", "code = 470", "name = \"Tenant Suspended\""] {
        file.comment(line);
    }
}

impl Tree {
    fn describes(&self) -> bool {
        !self.descriptions.is_empty()
    }
}

/// A code with where it was found.
fn at(code: StatusCode, found: &Found) -> String {
    let more = match found.places - 1 {
        0 => String::new(),
        1 => " and 1 more place".to_owned(),
        more => format!(" and {more} more places"),
    };
    format!("{code}  {}{more}", found.first)
}

/// The first of a list, and how many more there are.
fn some(list: &[&str]) -> String {
    let named = list.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match list.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// A text as TOML quotes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                write!(quoted, "\\u{:04X}", u32::from(c)).expect("writing to a String cannot fail");
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// The lines of the file.
#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A comment, in which names of files do no harm.
    fn comment(&mut self, text: &str) {
        self.line(format!("# {}", visible(text)).trim_end());
    }

    /// An empty line, and never two.
    fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}
