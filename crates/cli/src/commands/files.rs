//! Which files a command looks at, and what there is to say about the run beside its result.

use std::env;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use etcetera::{BaseStrategy as _, choose_base_strategy};
use statuslint_config::{Configs, Overrides, absolute};
use statuslint_workspace::{
    Cache, Options, Outcome, Past, Problem, ProblemSeverity, Progress, Stage, check_bytes, run,
};

use crate::Status;
use crate::arguments::FilesArgs;
use crate::output::{Look, counted, errors, notes};
use crate::progress::watched;
use crate::terminal::Terminal;

/// What a run gave, with what is said about it on standard error.
pub(super) struct Analysis {
    /// What was found.
    pub(super) outcome: Outcome,
    /// The configurations it was judged by.
    pub(super) configs: Arc<Configs>,
    /// How many files were known from an earlier run.
    recalled: usize,
    /// How it went.
    pub(super) progress: Arc<Progress>,
    started: Instant,
    /// When the writing of the result began, if anything is written.
    pub(super) writing: Option<Instant>,
}

/// What a command wants to know of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    /// What is to be said against them.
    Findings,
    /// Every place where a status stands.
    Sites,
}

/// Analyses what the arguments name.
pub(super) fn analyze(
    arguments: &FilesArgs,
    overrides: Overrides,
    wants: Wants,
) -> anyhow::Result<Analysis> {
    let started = Instant::now();
    let mut recalled = 0;
    let configs = Arc::new(match &arguments.config {
        Some(file) => Configs::fixed(file)?,
        None if arguments.isolated => Configs::isolated(),
        None => Configs::discover(),
    });
    let from_stdin = arguments.reads_standard_input();
    if !from_stdin && arguments.stdin_filename.is_some() {
        bail!("--stdin-filename names what `-` stands for; add `-` to read standard input");
    }
    let progress = Arc::<Progress>::default();
    let outcome = if from_stdin {
        standard_input(arguments, &configs, &overrides)?
    } else {
        let mut options = options(arguments, Arc::clone(&configs), overrides)?;
        options.progress = Arc::clone(&progress);
        options.cache = cache(arguments, wants).map(Arc::new);
        let outcome = watched(&progress, arguments.quiet, || run(&options));
        recalled = keep(options.cache.take(), arguments);
        outcome
    };
    Ok(Analysis { outcome, configs, recalled, progress, started, writing: None })
}

/// Analyses a whole folder by these configurations.
pub(super) fn analyze_folder(folder: &Path, configs: Configs, overrides: Overrides) -> Analysis {
    let started = Instant::now();
    let configs = Arc::new(configs);
    let options = Options {
        paths: vec![folder.to_path_buf()],
        configs: Arc::clone(&configs),
        overrides,
        ..Options::default()
    };
    let progress = Arc::clone(&options.progress);
    let outcome = watched(&progress, false, || run(&options));
    Analysis { outcome, configs, recalled: 0, progress, started, writing: None }
}

fn options(
    arguments: &FilesArgs,
    configs: Arc<Configs>,
    overrides: Overrides,
) -> anyhow::Result<Options> {
    let files_from = arguments.files_from.as_deref().map(listed_files).transpose()?;
    let mut paths = arguments.paths.clone();
    // An empty list means no files, not all of them.
    if paths.is_empty() && files_from.is_none() {
        paths.push(PathBuf::from("."));
    }
    Ok(Options {
        paths,
        force_exclude: arguments.force_exclude,
        files_from,
        hidden: arguments.hidden,
        no_ignore: arguments.no_ignore,
        only: None,
        output: arguments.output.clone(),
        shard: arguments.shard,
        threads: arguments.jobs,
        configs,
        overrides,
        ..Options::default()
    })
}

/// What earlier runs in this folder have found out, where it may be used.
fn cache(arguments: &FilesArgs, wants: Wants) -> Option<Cache> {
    if arguments.no_cache {
        return None;
    }
    let named = env::var_os("STATUSLINT_CACHE_DIR").filter(|name| !name.is_empty());
    let of_user = || Some(choose_base_strategy().ok()?.cache_dir().join("statuslint"));
    let folder = named.map(PathBuf::from).or_else(of_user)?;
    let cache = Cache::open(&folder, Path::new("."));
    Some(if wants == Wants::Sites { cache.with_sites() } else { cache })
}

/// Writes down what this run has found out, and gives how many files it knew.
fn keep(cache: Option<Arc<Cache>>, arguments: &FilesArgs) -> usize {
    let Some(cache) = cache.and_then(Arc::into_inner) else { return 0 };
    let recalled = cache.recalled();
    // Whoever cannot write it, as on a read-only disk, does without.
    cache.save(&looked_at(arguments)).ok();
    recalled
}

/// The files and folders of which a run sees everything; a list or a part says nothing about the
/// files that are not in it.
pub(super) fn looked_at(arguments: &FilesArgs) -> Vec<PathBuf> {
    let part = arguments.files_from.is_some() || arguments.shard.is_some();
    match arguments.paths.as_slice() {
        _ if part || arguments.reads_standard_input() => Vec::new(),
        [] => vec![absolute(Path::new("."))],
        paths => paths.iter().map(|path| absolute(path)).collect(),
    }
}

/// The files a list names, one a line, or separated by NUL where there is one.
fn listed_files(list: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let bytes = if list == Path::new("-") {
        read_standard_input()?
    } else {
        fs::read(list).with_context(|| format!("cannot read the list {}", list.display()))?
    };
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(|byte| *byte == separator);
    let names = names.map(|name| name.strip_suffix(b"\r").unwrap_or(name));
    names
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
        .map(|(at, name)| {
            path_of(name).with_context(|| format!("{}:{}: not UTF-8", list.display(), at + 1))
        })
        .collect()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere a path must be Unicode")]
fn path_of(name: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt as _;
    Some(std::ffi::OsStr::from_bytes(name).into())
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(name).ok().map(PathBuf::from)
}

fn read_standard_input() -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(bytes)
}

fn standard_input(
    arguments: &FilesArgs,
    configs: &Configs,
    overrides: &Overrides,
) -> anyhow::Result<Outcome> {
    if arguments.paths.len() > 1 || arguments.files_from.is_some() || arguments.shard.is_some() {
        bail!("`-` stands alone: standard input cannot be checked together with other files");
    }
    let bytes = read_standard_input()?;
    let name = arguments.stdin_filename.as_deref().unwrap_or(Path::new("-"));
    let checked = check_bytes(name, &bytes, None, configs, overrides);
    let mut outcome = Outcome::default();
    match checked {
        Ok(Some(checked)) => {
            outcome.checked = 1;
            outcome.files.push(checked);
        }
        Ok(None) if arguments.stdin_filename.is_none() => {
            bail!(
                "the language of standard input is not known; say what it is with \
                 --stdin-filename, as in `--stdin-filename src/app.py -`"
            );
        }
        Ok(None) => outcome.problems.push(Problem {
            path: name.display().to_string(),
            place: None,
            severity: ProblemSeverity::Note,
            message: "is of no language statuslint knows, skipped".to_owned(),
        }),
        Err(problem) => outcome.problems.push(problem),
    }
    Ok(outcome)
}

impl FilesArgs {
    /// Whether it is standard input that is looked at.
    pub(super) fn reads_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path == Path::new("-"))
    }
}

impl Analysis {
    /// Says on standard error what was odd, passed over or failed.
    pub(super) fn report(&self, terminal: Terminal, arguments: &FilesArgs) {
        let terminal = terminal.quiet(arguments.quiet);
        let wrote = self.writing.map(|begun| begun.elapsed());
        self.report_problems(terminal);
        if arguments.verbose {
            let files = self.configs.files();
            for file in &files {
                terminal.note(format!("used the configuration {}", file.display()));
            }
            if files.is_empty() {
                terminal.note("no configuration file was used");
            }
            self.report_stages(terminal, wrote);
        }
    }

    /// Says how long each stage took, and all of it.
    fn report_stages(&self, terminal: Terminal, wrote: Option<Duration>) {
        for Past { stage, files, took } in self.progress.past() {
            let files = counted(files, "file");
            terminal.note(match stage {
                Stage::Collecting => format!("collected {files} in {took:.2?}"),
                Stage::Checking => format!("read and analysed {files} in {took:.2?}"),
                Stage::Joining => format!("joined them, and analysed {files} again, in {took:.2?}"),
                Stage::Changing => format!("changed {files} in {took:.2?}"),
            });
        }
        if let Some(took) = wrote {
            let files = counted(self.outcome.files.len(), "file");
            terminal.note(format!("wrote the result, about {files}, in {took:.2?}"));
        }
        let checked = counted(self.outcome.checked, "file");
        terminal.note(format!("looked at {checked} in {:.2?}", self.started.elapsed()));
        if self.recalled > 0 {
            let recalled = counted(self.recalled, "file");
            terminal.note(format!("of these, {recalled} had nothing to tell in an earlier run"));
        }
    }

    /// Says what was odd, passed over or failed, without how it went.
    pub(super) fn report_problems(&self, terminal: Terminal) {
        for warning in self.configs.warnings() {
            terminal.warning(warning);
        }
        notes(&self.outcome).for_each(|note| terminal.note(note));
        errors(&self.outcome).for_each(|error| terminal.error(error));
        if self.outcome.checked == 0 && errors(&self.outcome).next().is_none() {
            terminal.warning("No files to check");
        }
    }

    /// 2 when not the whole job was done, else 1 when something was found.
    pub(super) fn status(&self, found: bool) -> Status {
        match errors(&self.outcome).next() {
            Some(_) => Status::Failed,
            None if found => Status::Found,
            None => Status::Clean,
        }
    }
}

/// How text formats look with these arguments.
pub(super) fn look(terminal: Terminal, arguments: &FilesArgs) -> Look {
    look_of(terminal, arguments.output.as_deref(), !arguments.quiet)
}

/// How text formats look on standard output, or in a file.
pub(super) fn look_of(terminal: Terminal, output: Option<&Path>, summary: bool) -> Look {
    let color = if output.is_some() { terminal.color_in_files() } else { terminal.color() };
    Look { color, width: Terminal::width(), summary }
}
