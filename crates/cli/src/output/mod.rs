//! The output formats of `check` and `sites`, a file each.
//!
//! A format is a function from what a run found to bytes; none of them looks at the terminal, the
//! disk or the arguments.

mod checkstyle;
mod concise;
pub(crate) mod escape;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod lines;
mod sarif;
mod statistics;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod xml;

use std::io::{self, Write};

use anstyle::Style;
use statuslint_lint::{Finding, Rule, Severity, rules};
use statuslint_workspace::{Checked, Outcome, Problem, ProblemSeverity};

pub(crate) use lines::LineIndex;
pub(crate) use statistics::Statistics;

/// How text formats look: decided once, from the terminal and the arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// Whether to write terminal colours.
    pub(crate) color: bool,
    /// How many columns there are.
    pub(crate) width: usize,
    /// Whether to end with a line that sums up.
    pub(crate) summary: bool,
}

/// A format of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FindingsFormat {
    /// The source line with the place marked, for people.
    Text,
    /// A line for each finding: `path:line:column: severity[rule]: message`.
    Concise,
    /// One JSON object with everything.
    Json,
    /// A JSON object on a line for each finding.
    Jsonl,
    /// Workflow commands, which GitHub Actions shows beside the code.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// A Code Quality report, which GitLab shows in merge requests.
    Gitlab,
    /// JUnit XML, which servers show among the tests.
    Junit,
    /// Checkstyle XML, which many servers and editors read.
    Checkstyle,
}

/// A format of `sites`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum SitesFormat {
    /// A line for each site, for people.
    Text,
    /// The same as `text`.
    Concise,
    /// One JSON object with everything.
    Json,
    /// A JSON object on a line for each site.
    Jsonl,
}

impl FindingsFormat {
    /// Whether people read it rather than programs.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self, Self::Text | Self::Concise)
    }

    /// Writes the findings of a run.
    pub(crate) fn write(self, out: &mut dyn Write, run: &Outcome, look: Look) -> io::Result<()> {
        match self {
            Self::Text => text::findings(out, run, look),
            Self::Concise => concise::findings(out, run, look),
            Self::Json => json::findings(out, run),
            Self::Jsonl => jsonl::findings(out, run),
            Self::Github => github::findings(out, run),
            Self::Sarif => sarif::findings(out, run),
            Self::Gitlab => gitlab::findings(out, run),
            Self::Junit => junit::findings(out, run),
            Self::Checkstyle => checkstyle::findings(out, run),
        }
    }
}

impl SitesFormat {
    /// Writes the sites of a run.
    pub(crate) fn write(self, out: &mut dyn Write, run: &Outcome, look: Look) -> io::Result<()> {
        match self {
            Self::Text | Self::Concise => concise::sites(out, run, look),
            Self::Json => json::sites(out, run),
            Self::Jsonl => jsonl::sites(out, run),
        }
    }
}

/// Every finding of a run with its file, in the order of path, then position.
fn all_findings(run: &Outcome) -> impl Iterator<Item = (&Checked, &Finding)> {
    run.files.iter().flat_map(|file| file.report.findings.iter().map(move |each| (file, each)))
}

/// What kept the run from doing its whole job.
pub(crate) fn errors(run: &Outcome) -> impl Iterator<Item = &Problem> {
    run.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error)
}

/// What the run passed over on purpose.
pub(crate) fn notes(run: &Outcome) -> impl Iterator<Item = &Problem> {
    run.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Note)
}

/// The worst first, as summaries list them.
const SEVERITIES: [Severity; 4] =
    [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];

/// How many findings of this severity a run has.
fn count(run: &Outcome, severity: Severity) -> usize {
    all_findings(run).filter(|(_, finding)| finding.severity == severity).count()
}

/// The rule of this name.
fn rule(name: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.name == name)
}

/// The text in this style, where the output has colours.
pub(crate) fn paint(look: Look, style: Style, text: &str) -> String {
    if look.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// A number with its noun: `1 file`, `2 files`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
