//! `statuslint rules`: lists the rules.

use std::io::{self, Write};

use serde::Serialize;
use statuslint_lint::{Rule, Severity, rules};

use super::table;
use crate::Status;
use crate::arguments::{ListFormat, RulesArgs};
use crate::terminal::{Terminal, deliver};

/// Writes the list.
pub(crate) fn run(terminal: Terminal, arguments: &RulesArgs) -> anyhow::Result<Status> {
    let color = terminal.color();
    deliver(None, |out| match arguments.output_format {
        ListFormat::Text => text(out, color),
        ListFormat::Json => json(out),
    })?;
    Ok(Status::Clean)
}

fn text(out: &mut dyn Write, color: bool) -> io::Result<()> {
    let rows: Vec<_> = rules()
        .iter()
        .map(|rule| {
            let fix = if rule.fixable { "fix" } else { "" };
            [rule.name, default_severity(rule), fix, rule.summary].map(str::to_owned)
        })
        .collect();
    table::write(out, ["RULE", "SEVERITY", "FIX", "FLAGS"], &rows, color)
}

#[derive(Debug, Serialize)]
struct RuleObject {
    name: &'static str,
    severity: &'static str,
    fixable: bool,
    summary: &'static str,
    url: String,
}

fn json(out: &mut dyn Write) -> io::Result<()> {
    let objects = rules().iter().map(|rule| RuleObject {
        name: rule.name,
        severity: default_severity(rule),
        fixable: rule.fixable,
        summary: rule.summary,
        url: rule.url(),
    });
    table::write_json(out, "rules", objects)
}

/// The default severity as the configuration would spell it.
fn default_severity(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", Severity::as_str)
}
