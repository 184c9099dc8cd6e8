//! The codes of a tree that a configuration may have to make known.

use std::collections::{BTreeMap, BTreeSet};

use statuslint_codes::{StatusCode, vendors};
use statuslint_lint::Severity;
use statuslint_workspace::Checked;

use crate::output::LineIndex;

/// The codes that rules about single codes found.
#[derive(Debug, Default)]
pub(super) struct Codes(BTreeMap<StatusCode, Found>);

/// Where a code was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// `path:line` of the first place.
    pub(super) first: String,
    /// How many places there are.
    pub(super) places: usize,
    files: BTreeSet<String>,
    /// Whether it is 402, which nobody but the registry can give a meaning.
    reserved: bool,
    /// Whether any place is worth a warning: vendors' codes that came back are not.
    warned: bool,
}

/// What to do about the codes that were found.
#[derive(Debug, Default)]
pub(super) struct Proposal<'c> {
    /// Vendors whose codes are used on purpose, with those codes.
    pub(super) vendors: Vec<(&'static str, Vec<(StatusCode, &'c Found)>)>,
    /// Vendors that may be meant.
    pub(super) perhaps: Vec<(&'static str, Vec<(StatusCode, &'c Found)>)>,
    /// Codes that are used on purpose.
    pub(super) allowed: Vec<(StatusCode, &'c Found)>,
    /// Codes that may be mistakes.
    pub(super) doubtful: Vec<(StatusCode, &'c Found)>,
}

impl Codes {
    /// Reads what was found in a file. What tests alone do proves no purpose.
    pub(super) fn read(&mut self, file: &Checked, shown: &str) {
        if file.settings.in_test {
            return;
        }
        let lines = LineIndex::new(&file.text);
        for finding in &file.report.findings {
            let reserved = finding.rule == "reserved-code";
            let Some(code) = finding.code.filter(|_| reserved || finding.rule == "unknown-code")
            else {
                continue;
            };
            let found = self.0.entry(code).or_default();
            if found.places == 0 {
                found.first = format!("{shown}:{}", lines.position(finding.range.start).line);
            }
            found.places += 1;
            found.reserved = reserved;
            found.warned |= finding.severity >= Severity::Warning;
            found.files.insert(shown.to_owned());
        }
    }

    /// What to do about them: one place may be a mistake, several files are a purpose.
    pub(super) fn proposal(&self) -> Proposal<'_> {
        let mut proposal = Proposal::default();
        let mut open: BTreeMap<StatusCode, &Found> =
            self.0.iter().map(|(code, found)| (*code, found)).collect();
        while let Some((vendor, codes)) = likeliest_vendor(&open) {
            open.retain(|code, _| codes.iter().all(|(known, _)| known != code));
            let files: BTreeSet<_> = codes.iter().flat_map(|(_, found)| &found.files).collect();
            let meant = codes.len() > 1 || files.len() > 1;
            if meant { &mut proposal.vendors } else { &mut proposal.perhaps }.push((vendor, codes));
        }
        for (code, found) in open.into_iter().filter(|(_, found)| found.warned) {
            let several = found.files.len() > 1;
            if several { &mut proposal.allowed } else { &mut proposal.doubtful }
                .push((code, found));
        }
        proposal.vendors.sort_by_key(|(vendor, _)| *vendor);
        proposal
    }
}

/// The vendor that explains most of the codes, one that sends them rather than a library.
fn likeliest_vendor<'c>(
    open: &BTreeMap<StatusCode, &'c Found>,
) -> Option<(&'static str, Vec<(StatusCode, &'c Found)>)> {
    let explained = |id: &'static str| -> Vec<_> {
        let has = |code: StatusCode| code.vendors().any(|entry| entry.vendor == id);
        let codes = open.iter().filter(|(code, found)| !found.reserved && has(**code));
        codes.map(|(code, found)| (*code, *found)).collect()
    };
    let shared = |codes: &[(StatusCode, &Found)], id: &str| -> usize {
        let name = |code: StatusCode| {
            code.vendors().find(|entry| entry.vendor == id).map(|entry| entry.name)
        };
        let same = |code: StatusCode| {
            code.vendors().filter(|entry| Some(entry.name) == name(code)).count()
        };
        codes.iter().map(|(code, _)| same(*code)).sum()
    };
    let explained = vendors().iter().map(|vendor| (vendor, explained(vendor.id)));
    let explained = explained.filter(|(_, codes)| !codes.is_empty());
    // Of vendors that explain as much, the one whose names are the most common; then the first.
    let likeliest = explained
        .rev()
        .max_by_key(|(vendor, codes)| (codes.len(), !vendor.library, shared(codes, vendor.id)));
    likeliest.map(|(vendor, codes)| (vendor.id, codes))
}
