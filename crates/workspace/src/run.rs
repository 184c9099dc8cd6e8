//! Checking many files.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use statuslint_config::{Configs, Overrides};

use crate::collect::{Target, collect};
use crate::document::{NoText, read};
use crate::outcome::shown;
use crate::text::judge;
use crate::{Checked, Outcome, Problem, STACK_SIZE};

/// What to check and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Files and folders, or none for the current folder. A file named here is checked whatever
    /// ignore files and `exclude` say, and if it cannot be, that is said.
    pub paths: Vec<PathBuf>,
    /// Files from a list some program made: ignore files do not matter, `exclude` does, and those
    /// of no known language are passed over in silence.
    pub files_from: Option<Vec<PathBuf>>,
    /// Whether to enter hidden files and folders.
    pub hidden: bool,
    /// Whether to pass over `.gitignore` and its kin.
    pub no_ignore: bool,
    /// How many threads, or as many as the machine has.
    pub threads: Option<NonZeroUsize>,
    /// Where configuration comes from.
    pub configs: Arc<Configs>,
    /// What the command line adds to it.
    pub overrides: Overrides,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            files_from: None,
            hidden: false,
            no_ignore: false,
            threads: None,
            configs: Arc::new(Configs::discover()),
            overrides: Overrides::default(),
        }
    }
}

/// Checks files and folders. The outcome does not depend on the number of threads.
pub fn run(options: &Options) -> Outcome {
    let threads = options.threads.or_else(|| thread::available_parallelism().ok());
    let threads = threads.map_or(1, NonZeroUsize::get);
    let (targets, problems) = collect(options, threads);
    let mut results = check_all(&targets, options, threads.min(targets.len()));
    results.sort_by_key(|(index, _)| *index);

    let mut outcome = Outcome { problems, ..Outcome::default() };
    for (_, result) in results {
        outcome.checked += usize::from(result.is_ok());
        match result {
            Ok(checked) => outcome.files.extend(checked),
            Err(problem) => outcome.problems.extend(problem),
        }
    }
    outcome.problems.sort_by(|a, b| {
        let key = |problem: &Problem| problem.place.as_ref().map(|place| place.range.start);
        (&a.path, key(a), &a.message).cmp(&(&b.path, key(b), &b.message))
    });
    outcome.problems.dedup();
    outcome
}

/// A document when it has anything to tell; else a problem when there is any to tell.
type Result = std::result::Result<Option<Checked>, Option<Problem>>;

fn check_all(targets: &[Target], options: &Options, threads: usize) -> Vec<(usize, Result)> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut results = Vec::new();
        let mut buffer = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(target) = targets.get(index) else { break results };
            results.push((index, check(target, options, &mut buffer)));
        }
    };
    thread::scope(|scope| {
        let start = |number| {
            let builder = thread::Builder::new().name(format!("check-{number}"));
            builder.stack_size(STACK_SIZE).spawn_scoped(scope, work)
        };
        // Where the system gives fewer threads than asked for, fewer must do.
        let workers: Vec<_> = (0..threads).map_while(|number| start(number).ok()).collect();
        let mut results = if workers.is_empty() { work() } else { Vec::new() };
        for worker in workers {
            results.extend(worker.join().expect("a panic is caught where a document is analysed"));
        }
        results
    })
}

fn check(target: &Target, options: &Options, buffer: &mut Vec<u8>) -> Result {
    let Target { path, language, named } = target;
    let name = || shown(path);
    let Some(language) = *language else {
        return Err(Some(Problem::note(name(), "is of no language statuslint knows, skipped")));
    };
    let text = read(path, buffer).map_err(|no_text| match no_text {
        NoText::Binary => named.then(|| Problem::note(name(), "is binary, skipped")),
        NoText::Unfit(message) => Some(Problem::note(name(), message)),
        NoText::Unreadable(message) => Some(Problem::error(name(), message)),
    })?;
    let (settings, report) = judge(path, text, language, &options.configs, &options.overrides)?;
    let silent = report.usage.sites.is_empty() && report.findings.is_empty();
    let checked = || Checked { path: name(), text: text.into(), language, settings, report };
    Ok((!silent).then(checked))
}
