//! Names that options take and shells complete: rules, vendors, and what can be explained.
//!
//! Any other name is let through as well: the command says which was meant, in fewer words than a
//! list of all of them.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};
use statuslint_codes::{Class, registry, vendor_ids};
use statuslint_lint::rules;

/// A string, with a list of what it usually is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known(fn() -> Vec<PossibleValue>);

impl Known {
    /// The names of rules, and `all` for every one.
    pub(crate) const RULES: Self = Self(rule_names);
    /// The catalogues of vendors.
    pub(crate) const VENDORS: Self = Self(vendor_names);
    /// Codes, classes and rules. Names of codes are many, and known without completion.
    pub(crate) const SUBJECTS: Self = Self(subjects);
}

impl TypedValueParser for Known {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter()))
    }
}

fn rule_names() -> Vec<PossibleValue> {
    let every = PossibleValue::new("all").help("every rule");
    [every].into_iter().chain(each_rule()).collect()
}

fn each_rule() -> impl Iterator<Item = PossibleValue> {
    rules().iter().map(|rule| PossibleValue::new(rule.name).help(rule.summary))
}

fn vendor_names() -> Vec<PossibleValue> {
    vendor_ids().map(PossibleValue::new).collect()
}

fn subjects() -> Vec<PossibleValue> {
    let codes = registry().iter();
    let codes = codes.map(|entry| PossibleValue::new(entry.code.to_string()).help(entry.name));
    let classes = Class::ALL.map(|class| PossibleValue::new(format!("{}xx", class.digit())));
    codes.chain(classes).chain(each_rule()).collect()
}
