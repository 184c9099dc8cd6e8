//! Codes that a configuration allows or names, and that no file it is for has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use statuslint_codes::StatusCode;
use statuslint_config::{Allowance, Config, absolute};
use statuslint_languages::{Site, Usage};
use statuslint_lint::{Report, unused_allowance};

use crate::{Checked, Options, Outcome, ProblemSeverity};

/// Adds a document for each configuration with such codes, with a finding for each of them.
///
/// Only whoever saw every file below a configuration can say that, so its folder must have been
/// walked, and nothing must have failed. The silent files are those that are no document of the
/// outcome, with the codes they have.
pub(crate) fn judge(outcome: &mut Outcome, silent: &[(&Path, Vec<u16>)], options: &Options) {
    let failed = |problem: &crate::Problem| problem.severity == ProblemSeverity::Error;
    let part = options.files_from.is_some() || options.shard.is_some();
    if part || outcome.problems.iter().any(failed) {
        return;
    }
    let walked: Vec<PathBuf> = match options.paths.as_slice() {
        [] => vec![absolute(".".as_ref())],
        paths => paths.iter().map(|path| absolute(path)).filter(|path| path.is_dir()).collect(),
    };
    let whole = |config: &Arc<Config>| {
        let folder = config.path().and_then(|path| path.parent());
        folder.is_some_and(|folder| walked.iter().any(|walked| folder.starts_with(walked)))
    };
    let configs: Vec<_> = options.configs.all().into_iter().filter(whole).collect();
    if configs.is_empty() {
        return;
    }
    let used = used(outcome, silent, options);
    let found = configs.iter().filter_map(|config| document(config, &used, options));
    outcome.files.extend(found.collect::<Vec<_>>());
    outcome.files.sort_by(|a, b| a.path.cmp(&b.path));
}

/// An allowance by its file and its place there.
type Key = (PathBuf, usize);

fn key(allowance: &Allowance<'_>) -> Key {
    (allowance.file.to_path_buf(), allowance.place.range.start)
}

/// The allowances for which a file has the code, however sure it is that it is a status.
fn used(outcome: &Outcome, silent: &[(&Path, Vec<u16>)], options: &Options) -> BTreeSet<Key> {
    let documents = outcome.files.iter().map(|file| {
        let codes = file.report.usage.sites.iter().filter_map(Site::code);
        (Path::new(&file.path), codes.collect::<BTreeSet<_>>())
    });
    let silent = silent
        .iter()
        .map(|(path, codes)| (*path, codes.iter().copied().map(StatusCode::new).collect()));
    let mut used = BTreeSet::new();
    for (path, codes) in documents.chain(silent) {
        let Ok(config) = options.configs.for_path(path) else { continue };
        let allowances = config.allowances_for(path);
        used.extend(allowances.iter().filter(|it| codes.contains(&it.code)).map(key));
    }
    used
}

/// A configuration as a document, when it has findings.
fn document(config: &Config, used: &BTreeSet<Key>, options: &Options) -> Option<Checked> {
    let path = config.path()?;
    let settings = config.settings_of_any(path, &options.overrides);
    let text = fs::read_to_string(path).ok()?;
    let unused = config.own_allowances().into_iter().filter(|it| !used.contains(&key(it)));
    // By place: what a file says twice is found twice, and each once.
    let findings: BTreeMap<usize, _> = unused
        .filter(|it| text.get(it.place.range.clone()).is_some())
        .filter_map(|it| {
            let range = it.place.range.clone();
            Some((range.start, unused_allowance(&settings, it.code, it.name, range)?))
        })
        .collect();
    let findings: Vec<_> = findings.into_values().collect();
    (!findings.is_empty()).then(|| Checked {
        path: config.shown_path().unwrap_or_default(),
        text: text.into(),
        language: None,
        settings: Arc::new(settings),
        report: Report { usage: Usage::default(), findings },
    })
}
