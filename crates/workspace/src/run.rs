//! Checking many files.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use statuslint_config::{Configs, Overrides};
use statuslint_languages::{Index, Language, Survey};

use crate::allowances;
use crate::cache::{self, Silence, Stamp};
use crate::collect::{Target, collect};
use crate::document::{NoText, read};
use crate::outcome::shown;
use crate::projects::Surveys;
use crate::shard::{Part, Shard};
use crate::text::{judge, settle};
use crate::{
    Cache, Checked, Manifests, Mentions, Outcome, Problem, Progress, STACK_SIZE, Stage, mentions,
};

/// What to check and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Files and folders, or none for the current folder. A file named here is checked whatever
    /// ignore files and `exclude` say, and if it cannot be, that is said.
    pub paths: Vec<PathBuf>,
    /// Whether named files are treated as listed ones are.
    pub force_exclude: bool,
    /// Files from a list some program made: ignore files do not matter, `exclude` does, and those
    /// of no known language are passed over in silence.
    pub files_from: Option<Vec<PathBuf>>,
    /// Whether to enter hidden files and folders.
    pub hidden: bool,
    /// Whether to pass over `.gitignore` and its kin.
    pub no_ignore: bool,
    /// Of what is found in the folders, only these files: others are not looked for.
    pub only: Option<HashSet<PathBuf>>,
    /// What the result will be written to: a file that the folders have from an earlier run is
    /// not looked at.
    pub output: Option<PathBuf>,
    /// Of all the files, only those of this shard.
    pub shard: Option<Shard>,
    /// How many threads, or as many as the machine has.
    pub threads: Option<NonZeroUsize>,
    /// Where configuration comes from.
    pub configs: Arc<Configs>,
    /// What the command line adds to it.
    pub overrides: Overrides,
    /// What the manifests around the files tell.
    pub manifests: Arc<Manifests>,
    /// What is known from earlier runs.
    pub cache: Option<Arc<Cache>>,
    /// What [`run`] counts for whoever wants to know how far it is.
    pub progress: Arc<Progress>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            force_exclude: false,
            files_from: None,
            hidden: false,
            no_ignore: false,
            only: None,
            output: None,
            shard: None,
            threads: None,
            configs: Arc::new(Configs::discover()),
            overrides: Overrides::default(),
            manifests: Arc::default(),
            cache: None,
            progress: Arc::default(),
        }
    }
}

/// Checks files and folders. The outcome does not depend on the number of threads.
pub fn run(options: &Options) -> Outcome {
    let progress = &options.progress;
    progress.begin(Stage::Collecting);
    let (targets, problems) = collect(options, threads(options));
    let (targets, own) = share(targets, options);
    progress.end(targets.len());
    let jobs: Vec<Job> =
        targets.iter().map(|target| Job { target, index: Arc::default() }).collect();
    progress.begin(Stage::Checking);
    let mut checks = for_all(&jobs, options, |job, buffer| check(job, options, buffer));
    progress.end(jobs.len());
    progress.begin(Stage::Joining);
    // A document that calls another's function with what may be a status is looked at again, once
    // it is known what the function takes.
    let told = checks.iter().map(|check| check.told.as_ref());
    let mut surveys = surveys(&targets, told, options);
    let (concerned, jobs): (Vec<usize>, Vec<Job>) = (targets.iter().zip(&checks).enumerate())
        .filter_map(|(at, (target, check))| {
            let (language, survey) = check.told.as_ref()?;
            let index = surveys.index(&target.path);
            index.concerns(*language, survey).then_some((at, Job { target, index }))
        })
        .unzip();
    let again = for_all(&jobs, options, |job, buffer| check(job, options, buffer));
    progress.end(jobs.len());
    for (at, check) in concerned.into_iter().zip(again) {
        checks[at] = check;
    }
    let mut outcome = Outcome { problems, ..Outcome::default() };
    let mut silent = Vec::new();
    for ((check, own), target) in checks.into_iter().zip(own).zip(&targets) {
        if !own {
            continue;
        }
        outcome.checked += usize::from(check.result.is_ok());
        silent.extend(check.codes.map(|codes| (target.path.as_path(), codes)));
        match check.result {
            Ok(checked) => outcome.files.extend(checked),
            Err(problem) => outcome.problems.extend(problem),
        }
    }
    outcome.problems.sort_by(|a, b| {
        let key = |problem: &Problem| problem.place.as_ref().map(|place| place.range.start);
        (&a.path, key(a), &a.message).cmp(&(&b.path, key(b), &b.message))
    });
    outcome.problems.dedup();
    allowances::judge(&mut outcome, &silent, options);
    outcome
}

/// What the documents of these files and folders tell each other, as [`run`] would find out, and
/// the codes they have.
pub fn survey(options: &Options) -> (Surveys, Mentions) {
    let (targets, _) = collect(options, threads(options));
    let jobs: Vec<Job> =
        targets.iter().map(|target| Job { target, index: Arc::default() }).collect();
    let read = for_all(&jobs, options, |job, buffer| {
        let Check { result, told, .. } = check(job, options, buffer);
        let checked = result.ok().flatten();
        (told, checked.and_then(|checked| mentions::codes(&checked.report.usage)))
    });
    let mut mentions = Mentions::default();
    for (target, (_, codes)) in targets.iter().zip(&read) {
        mentions.note(&target.path, codes.clone());
    }
    (surveys(&targets, read.iter().map(|(told, _)| told.as_ref()), options), mentions)
}

/// A file as soon as it is checked, for who does not wait for the others.
#[derive(Debug)]
pub struct Told<'a> {
    /// The file.
    pub path: &'a Path,
    /// The document, where it has anything to tell.
    pub checked: Option<Checked>,
    /// What it tells the others of its project.
    pub survey: Option<(Language, Survey)>,
    /// How many files there are.
    pub all: usize,
}

/// Checks files and folders, those that are wanted, by what is known of their projects; tells of
/// each as soon as it is done, from several threads, and of none after `stop`.
pub fn each(
    options: &Options,
    wants: impl Fn(&Path) -> bool + Sync,
    index: impl Fn(&Path) -> Arc<Index> + Sync,
    stop: &AtomicBool,
    tell: impl Fn(Told<'_>) + Sync,
) {
    let (targets, _) = collect(options, threads(options));
    let jobs: Vec<Job> =
        targets.iter().map(|target| Job { target, index: Arc::default() }).collect();
    for_all(&jobs, options, |job, buffer| {
        let path = job.target.path.as_path();
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let check = wants(path)
            .then(|| check(&Job { target: job.target, index: index(path) }, options, buffer));
        let (checked, survey) =
            check.map_or((None, None), |check| (check.result.ok().flatten(), check.told));
        tell(Told { path, checked, survey, all: jobs.len() });
    });
}

/// The files a run reads, and which of them it speaks of.
fn share(targets: Vec<Target>, options: &Options) -> (Vec<Target>, Vec<bool>) {
    let Some(shard) = options.shard else {
        let own = vec![true; targets.len()];
        return (targets, own);
    };
    let mut projects = projects(options);
    let roots: Vec<PathBuf> = targets.iter().map(|target| projects.root(&target.path)).collect();
    let parts = shard.parts(&roots).into_iter();
    let read = targets.into_iter().zip(parts).filter(|(_, part)| *part != Part::None);
    read.map(|(target, part)| (target, part == Part::Own)).unzip()
}

/// The projects of a run, nothing told yet.
fn projects(options: &Options) -> Surveys {
    // Listed files are of the folder they are listed in.
    let here = options.files_from.is_some() || options.paths.is_empty();
    let here = here.then(|| PathBuf::from("."));
    Surveys::new(options.paths.iter().cloned().chain(here))
}

fn surveys<'a>(
    targets: &[Target],
    told: impl Iterator<Item = Option<&'a (Language, Survey)>>,
    options: &Options,
) -> Surveys {
    let mut surveys = projects(options);
    for (target, told) in targets.iter().zip(told) {
        if let Some((language, survey)) = told {
            surveys.tell(&target.path, *language, survey);
        }
    }
    surveys
}

fn threads(options: &Options) -> usize {
    let threads = options.threads.or_else(|| thread::available_parallelism().ok());
    threads.map_or(1, NonZeroUsize::get)
}

/// A file to check, and what the rest of its project tells.
struct Job<'a> {
    target: &'a Target,
    index: Arc<Index>,
}

/// What became of a file.
struct Check {
    /// A document when it has anything to tell; else a problem when there is any to tell.
    result: Result<Option<Checked>, Option<Problem>>,
    /// What it tells the others of its project.
    told: Option<(Language, Survey)>,
    /// The codes of a file that is known from an earlier run, and so is no result.
    codes: Option<Vec<u16>>,
}

/// Does something with each file, on several threads; the results are in the order of the files.
fn for_all<T: Send>(
    jobs: &[Job<'_>],
    options: &Options,
    work: impl Fn(&Job<'_>, &mut Vec<u8>) -> T + Sync,
) -> Vec<T> {
    options.progress.expect(jobs.len());
    let next = AtomicUsize::new(0);
    let run = || {
        let mut results = Vec::new();
        let mut buffer = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(at) else { break results };
            results.push((at, work(job, &mut buffer)));
            options.progress.count();
        }
    };
    let mut results = thread::scope(|scope| {
        let start = |number| {
            let builder = thread::Builder::new().name(format!("check-{number}"));
            builder.stack_size(STACK_SIZE).spawn_scoped(scope, run)
        };
        // Where the system gives fewer threads than asked for, fewer must do.
        let count = threads(options).min(jobs.len());
        let workers: Vec<_> = (0..count).map_while(|number| start(number).ok()).collect();
        let mut results = if workers.is_empty() { run() } else { Vec::new() };
        for worker in workers {
            results.extend(worker.join().expect("a panic is caught where a document is analysed"));
        }
        results
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

fn check(job: &Job<'_>, options: &Options, buffer: &mut Vec<u8>) -> Check {
    match read_and_judge(job, options, buffer) {
        Ok((language, Read::Analysed { checked, survey })) => {
            let result = Ok(checked.map(|checked| *checked));
            Check { result, told: Some((language, survey)), codes: None }
        }
        Ok((language, Read::Known(Silence { survey, codes, .. }))) => {
            Check { result: Ok(None), told: Some((language, survey)), codes: Some(codes) }
        }
        Err(problem) => Check { result: Err(problem), told: None, codes: None },
    }
}

/// What reading a file gave.
enum Read {
    /// A document, where it has anything to tell, and what it tells the others.
    Analysed { checked: Option<Box<Checked>>, survey: Survey },
    /// It is as it was in an earlier run.
    Known(Silence),
}

fn read_and_judge(
    job: &Job<'_>,
    options: &Options,
    buffer: &mut Vec<u8>,
) -> Result<(Language, Read), Option<Problem>> {
    let Target { path, language, named } = job.target;
    let name = || shown(path);
    let Some(language) = *language else {
        return Err(Some(Problem::note(name(), "is of no language statuslint knows, skipped")));
    };
    let Options { configs, overrides, manifests, .. } = options;
    let settings = settle(path, language, configs, overrides, manifests);
    let memory = options.cache.as_deref().zip(settings.as_ref().ok());
    let memory = memory.and_then(|(cache, settings)| {
        let key = cache::key(settings, language, &job.index);
        Some((cache, Cache::slot(path, &job.index)?, key, Stamp::of(path)))
    });
    if let Some((cache, slot, key, stamp)) = &memory
        && let Some(silence) = cache.by_stamp(slot, key, *stamp)
    {
        return Ok((language, Read::Known(silence)));
    }
    let text = read(path, buffer).map_err(|no_text| match no_text {
        NoText::Binary => named.then(|| Problem::note(name(), "is binary, skipped")),
        NoText::Unfit(message) => Some(Problem::note(name(), message)),
        NoText::Unreadable(message) => Some(Problem::error(name(), message)),
    })?;
    if let Some((cache, slot, key, stamp)) = &memory
        && let Some(silence) = cache.by_text(slot, key, *stamp, text)
    {
        return Ok((language, Read::Known(silence)));
    }
    let (settings, report) = judge(path, text, language, settings?, &job.index)?;
    if let Some((cache, slot, key, stamp)) = memory
        && report.findings.is_empty()
    {
        cache.note(&slot, key, stamp, text, Silence::of(&report.usage));
    }
    let survey = report.usage.survey.clone();
    let silent = report.usage.sites.is_empty() && report.findings.is_empty();
    let checked = (!silent).then(|| {
        let (text, language) = (Arc::new(text.to_owned()), Some(language));
        Box::new(Checked { path: name(), text, language, settings, report })
    });
    Ok((language, Read::Analysed { checked, survey }))
}
