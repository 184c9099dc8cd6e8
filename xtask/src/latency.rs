//! `latency`: what the server's process takes to say what is known about long documents.

mod documents;
mod session;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use documents::{Document, KINDS, Kind, State};
use session::Session;

/// How many of each request, and of the edits of a document that is short and whole.
const TIMES: usize = 200;
/// Edits of the others.
const FEW: usize = 24;
/// A document of so many lines is long: what requests about it take is only reported.
const LONG: usize = 50_000;
/// Changes of a burst, and the analyses they may cost.
const BURST: usize = 100;
const BURST_LIMIT: usize = 3;
/// What the server may add to an analysis, and what a request about a short document may take.
const LIMIT: Duration = Duration::from_millis(5);
/// From the start of the process to the first diagnostics of an open document.
const START_LIMIT: Duration = Duration::from_millis(50);
/// Lines of the document that is opened first.
const ORDINARY: usize = 400;

const COLUMNS: [&str; 8] = [
    "document",
    "analysis",
    "server beside it",
    "edit to diagnostics, on the clock",
    "hover",
    "completion",
    "code action",
    "analyses of a burst",
];

/// What the arguments ask for.
struct Wanted {
    binary: PathBuf,
    check: bool,
    languages: Option<Vec<String>>,
    lines: Vec<usize>,
}

/// Measures and prints the tables; an error when `--check` asks for one and a limit is exceeded.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let wanted = Wanted::of(root, arguments)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "p50 / p99 / largest, in milliseconds, of processor time where nothing else is said\n"
    )?;
    writeln!(out, "| {} |", COLUMNS.join(" | "))?;
    writeln!(out, "| --- |{}", " --: |".repeat(COLUMNS.len() - 1))?;
    let mut broken = Vec::new();
    let asked = |kind: &&Kind| {
        wanted.languages.as_ref().is_none_or(|all| all.iter().any(|it| it == kind.language))
    };
    for &lines in &wanted.lines {
        for kind in KINDS.iter().filter(asked) {
            for state in State::ALL {
                let name = format!("{} {} k, {}", kind.language, lines / 1_000, state.name());
                let row = Row::measure(&wanted.binary, kind, lines, state).context(name.clone())?;
                writeln!(out, "| {name} | {row} |")?;
                out.flush()?;
                row.judge(&name, lines, &mut broken);
            }
        }
    }
    let (busy, wall) = start(&wanted.binary)?;
    writeln!(out, "\nstart to first diagnostics: {busy}, on the clock {wall}")?;
    if busy.p99() > START_LIMIT {
        broken.push(format!("start to first diagnostics: {busy}"));
    }
    if wanted.check && !broken.is_empty() {
        bail!("over the limit:\n{}", broken.join("\n"));
    }
    Ok(())
}

impl Wanted {
    fn of(root: &Path, arguments: &[String]) -> Result<Self> {
        let binary = root.join("target/release/statuslint");
        let lines = vec![10_000, 100_000];
        let mut wanted = Self { binary, check: false, languages: None, lines };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} of what?"));
            match argument.as_str() {
                "--check" => wanted.check = true,
                "--binary" => wanted.binary = value()?.into(),
                "--languages" => {
                    let all: Vec<String> = value()?.split(',').map(str::to_owned).collect();
                    for language in &all {
                        let known = KINDS.iter().any(|it| it.language == language);
                        ensure!(known, "there are no documents in {language}");
                    }
                    wanted.languages = Some(all);
                }
                "--lines" => {
                    let numbers = value()?.split(',').map(str::parse);
                    wanted.lines = numbers.collect::<Result<_, _>>()?;
                }
                other => bail!("{other} is none of --binary, --check, --languages, --lines"),
            }
        }
        Ok(wanted)
    }
}

/// What was measured on one document.
struct Row {
    analysis: Times,
    beside: Times,
    /// From an edit to its diagnostics, on the clock.
    clock: Times,
    hover: Times,
    completion: Option<Times>,
    action: Times,
    burst: usize,
}

impl Row {
    fn measure(binary: &Path, kind: &Kind, lines: usize, state: State) -> Result<Self> {
        let document = kind.document(lines, state);
        let mut edited = Edited::open(binary, kind, &document)?;
        let count = if lines < LONG && state == State::Whole { TIMES } else { FEW };
        let [mut analysis, mut beside, mut clock] = [(); 3].map(|()| Times::default());
        for number in 0..count {
            let Edit { analyzed, all, shown } = edited.edit(&document, number)?;
            analysis.add(analyzed);
            clock.add(shown);
            beside.add(all.saturating_sub(analyzed));
        }
        let burst = edited.burst(&document)?;
        let place =
            |&(line, column): &(usize, usize)| json!({"line": line, "character": column + 1});
        // The lines of the edits are not where they were.
        let places: Vec<Value> =
            document.statuses.iter().filter(|it| it.0 > 4).map(place).collect();
        ensure!(!places.is_empty(), "the document has no status");
        let at = |number: usize| &places[number * 7_919 % places.len()];
        let position = |number| json!({"position": at(number)});
        let hover = edited.ask("textDocument/hover", position)?;
        let action = edited.ask("textDocument/codeAction", |number| {
            let range = json!({"start": at(number), "end": at(number)});
            json!({"range": range, "context": {"diagnostics": []}})
        })?;
        let completion = edited.ask("textDocument/completion", position).ok();
        Ok(Self { analysis, beside, clock, hover, completion, action, burst })
    }

    fn judge(&self, name: &str, lines: usize, broken: &mut Vec<String>) {
        let mut limit = |what: &str, times: &Times| {
            if times.p99() > LIMIT {
                broken.push(format!("{name}, {what}: {times}"));
            }
        };
        limit("server beside the analysis", &self.beside);
        if lines < LONG {
            limit("hover", &self.hover);
            limit("code action", &self.action);
            self.completion.iter().for_each(|times| limit("completion", times));
        }
        if self.burst > BURST_LIMIT {
            broken.push(format!("{name}, a burst: {} analyses", self.burst));
        }
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { analysis, beside, clock, hover, completion, action, burst } = self;
        let completion = completion.as_ref().map_or_else(|| "none".to_owned(), Times::to_string);
        write!(f, "{analysis} | {beside} | {clock} | {hover} | {completion} | {action} | {burst}")
    }
}

/// A document that is open in a session.
struct Edited {
    session: Session,
    uri: String,
    version: i32,
}

/// What one edit took.
struct Edit {
    /// What the analyses took, as the server measures them.
    analyzed: Duration,
    /// What the process took until it rested again.
    all: Duration,
    /// From the edit to its diagnostics, on the clock.
    shown: Duration,
}

impl Edited {
    fn open(binary: &Path, kind: &Kind, document: &Document) -> Result<Self> {
        let session = Session::start(binary)?;
        let uri = format!("file:///latency/orders.{}", kind.extension);
        let mut edited = Self { session, uri, version: 1 };
        let item = json!({
            "uri": edited.uri, "languageId": kind.language, "version": 1, "text": document.text,
        });
        edited.session.notify("textDocument/didOpen", &json!({"textDocument": item}))?;
        edited.shown()?;
        Ok(edited)
    }

    /// Waits for the diagnostics of the last version and for what its analysis took: when they
    /// came, and what every analysis took that was told of meanwhile.
    fn shown(&mut self) -> Result<(Instant, Vec<Duration>)> {
        let (mut shown, mut told, mut analyses) = (None, false, Vec::new());
        let last = format!("analyzed {} version {}", self.uri, self.version);
        loop {
            let (came, message) = self.session.next()?;
            let params = &message["params"];
            analyses.extend(analysis(&message));
            told |= params["message"] == last;
            if message["method"] == "textDocument/publishDiagnostics"
                && params["version"] == self.version
            {
                shown = Some(came);
            }
            if let Some(shown) = shown.filter(|_| told) {
                return Ok((shown, analyses));
            }
        }
    }

    /// Types a character at the start, the middle or the end, or takes it away.
    fn change(&mut self, document: &Document, number: usize) -> Result<()> {
        let line = [2, document.lines / 2, document.lines - 2][number / 2 % 3];
        let [start, end] =
            [0, number % 2].map(|character| json!({"line": line, "character": character}));
        let text = if number.is_multiple_of(2) { "x" } else { "" };
        self.version += 1;
        let change = json!({"range": {"start": start, "end": end}, "text": text});
        let params = json!({
            "textDocument": {"uri": self.uri, "version": self.version}, "contentChanges": [change],
        });
        self.session.notify("textDocument/didChange", &params)
    }

    fn edit(&mut self, document: &Document, number: usize) -> Result<Edit> {
        let before = self.session.processor_time()?;
        let begun = Instant::now();
        self.change(document, number)?;
        let (came, analyses) = self.shown()?;
        let shown = came.duration_since(begun);
        let all = self.session.processor_time()?.saturating_sub(before);
        Ok(Edit { analyzed: analyses.iter().sum(), all, shown })
    }

    /// How many analyses it takes to follow changes that come at once.
    fn burst(&mut self, document: &Document) -> Result<usize> {
        self.session.processor_time()?;
        self.session.came();
        (0..BURST).try_for_each(|number| self.change(document, number))?;
        let analyses = self.shown()?.1.len();
        self.session.processor_time()?;
        Ok(analyses + self.session.came().iter().filter_map(analysis).count())
    }

    /// What requests take that have nothing to wait for.
    fn ask(&mut self, method: &str, params: impl Fn(usize) -> Value) -> Result<Times> {
        let mut times = Times::default();
        for number in 0..TIMES {
            let mut params = params(number);
            params["textDocument"] = json!({"uri": self.uri});
            let before = self.session.processor_time()?;
            self.session.request(method, &params)?;
            times.add(self.session.processor_time()?.saturating_sub(before));
        }
        Ok(times)
    }
}

/// What an analysis took, if a message tells of one: `1.250 ms, 1.230 ms of them busy`.
fn analysis(message: &Value) -> Option<Duration> {
    let params = &message["params"];
    params["message"].as_str().filter(|it| it.starts_with("analyzed "))?;
    let (_, busy) = params["verbose"].as_str()?.split_once(", ")?;
    let millis: f64 = busy.split(' ').next()?.parse().ok()?;
    Some(Duration::from_secs_f64(millis / 1e3))
}

/// From the start of the process to the first diagnostics: processor time, and on the clock.
fn start(binary: &Path) -> Result<(Times, Times)> {
    let (mut busy, mut wall) = (Times::default(), Times::default());
    for kind in KINDS.iter().cycle().take(TIMES) {
        let document = kind.document(ORDINARY, State::Whole);
        let begun = Instant::now();
        let mut edited = Edited::open(binary, kind, &document)?;
        wall.add(begun.elapsed());
        busy.add(edited.session.processor_time()?);
    }
    Ok((busy, wall))
}

/// What something took each time.
#[derive(Debug, Default)]
struct Times(Vec<Duration>);

impl Times {
    fn add(&mut self, time: Duration) {
        let at = self.0.partition_point(|&it| it < time);
        self.0.insert(at, time);
    }

    /// What so many of a hundred do not exceed.
    fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or_default()
    }

    fn p99(&self) -> Duration {
        self.percentile(99)
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [p50, p99, largest] =
            [50, 99, 100].map(|percent| self.percentile(percent).as_secs_f64() * 1e3);
        write!(f, "{p50:.2} / {p99:.2} / {largest:.2}")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::{Times, analysis};

    #[test]
    fn the_server_tells_what_an_analysis_took() {
        let told = |message, verbose| {
            analysis(&json!({"params": {"message": message, "verbose": verbose}}))
        };
        let verbose = "2.500 ms, 1.250 ms of them busy";
        assert_eq!(
            told("analyzed file:///a.py version 3", verbose),
            Some(Duration::from_micros(1_250))
        );
        assert_eq!(told("surveyed the workspace", verbose), None);
    }

    #[test]
    fn percentiles_are_of_what_was_measured() {
        let mut times = Times::default();
        (1..=200).rev().for_each(|it| times.add(Duration::from_millis(it)));
        let [p50, p99] = [50, 99].map(|percent| times.percentile(percent));
        assert_eq!((p50, p99), (Duration::from_millis(100), Duration::from_millis(198)));
        assert_eq!(times.to_string(), "100.00 / 198.00 / 200.00");
    }
}
