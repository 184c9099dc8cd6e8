//! What the command line or the editor adds to every configuration.

use std::collections::BTreeMap;

use statuslint_languages::Evidence;
use statuslint_lint::Severity;

use crate::layer::{Level, rule};

/// What the command line or the editor adds to every configuration, and wins over it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    evidence: Option<Evidence>,
    select: Option<Vec<&'static str>>,
    ignore: Vec<&'static str>,
}

impl Overrides {
    /// Checks the names of rules; the error is a message that says which are meant.
    ///
    /// With a `select` that is not empty, only those rules run, a rule that is off otherwise as a
    /// warning, and an `[[override]]` still holds for its paths. `ignore` switches rules off, also
    /// selected ones. `all` stands for every rule.
    pub fn new(
        evidence: Option<Evidence>,
        select: &[String],
        ignore: &[String],
    ) -> Result<Self, String> {
        let select = if select.is_empty() { None } else { Some(rules(select)?) };
        Ok(Self { evidence, select, ignore: rules(ignore)? })
    }

    /// The least evidence asked for, when it is.
    pub fn evidence(&self) -> Option<Evidence> {
        self.evidence
    }

    /// Switches off what is not selected, and on what is.
    pub(crate) fn select_in(&self, rules: &mut BTreeMap<&'static str, Level>) {
        let Some(select) = &self.select else { return };
        for rule in statuslint_lint::rules() {
            let severity = select.contains(&rule.name).then(|| {
                let configured = rules.get(rule.name).copied().flatten();
                configured.or(rule.severity).unwrap_or(Severity::Warning)
            });
            rules.insert(rule.name, severity);
        }
    }

    /// Switches off what is ignored, and what an `[[override]]` switched on unselected.
    pub(crate) fn ignore_in(&self, rules: &mut BTreeMap<&'static str, Level>) {
        for rule in statuslint_lint::rules() {
            let selected = self.select.as_ref().is_none_or(|select| select.contains(&rule.name));
            if !selected || self.ignore.contains(&rule.name) {
                rules.insert(rule.name, None);
            }
        }
    }
}

fn rules(names: &[String]) -> Result<Vec<&'static str>, String> {
    let mut rules = Vec::new();
    for name in names {
        if name == "all" {
            rules.extend(statuslint_lint::rules().iter().map(|rule| rule.name));
        } else {
            rules.push(rule(name)?);
        }
    }
    Ok(rules)
}
