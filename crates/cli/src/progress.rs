//! The progress of long runs: a bar on standard error, where a person sees it.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use statuslint_workspace::{Now, Progress, Stage};

/// Shorter runs show nothing: a bar that comes and goes at once only disturbs.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the bar is drawn anew.
const PACE: Duration = Duration::from_millis(100);

/// The columns that the longest line with a bar needs.
const WIDTH: usize = 80;

/// The name of the thread that draws.
const THREAD: &str = "progress";

/// The bar that is shown at the moment.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Does the work, and shows how far it is when it takes long and somebody looks on. When this
/// returns, the bar is gone.
pub(crate) fn watched<T>(progress: &Progress, quiet: bool, work: impl FnOnce() -> T) -> T {
    if quiet || !is_seen() {
        return work();
    }
    thread::scope(|scope| {
        let (going_on, over) = channel::<()>();
        // Where the system gives no thread, the work is done unseen.
        thread::Builder::new()
            .name(THREAD.to_owned())
            .spawn_scoped(scope, move || show(progress, &over))
            .ok();
        let result = work();
        drop(going_on);
        result
    })
}

/// Says on standard error that something broke, without mixing it with the bar.
pub(crate) fn aside(say: impl FnOnce()) {
    // If drawing itself breaks, the bar cannot be asked to wait.
    let draws = thread::current().name() == Some(THREAD);
    let bar = if draws { None } else { shown().clone() };
    let Some(bar) = bar else { return say() };
    bar.suspend(|| {
        // In a thread that panics the library does not clear the line.
        write!(io::stderr().lock(), "\r\x1b[2K").ok();
        say();
    });
}

/// Whether a person sees what is drawn: a log of CI keeps every frame for ever, even where it
/// calls itself a terminal.
fn is_seen() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == *"dumb");
    io::stderr().is_terminal() && !dumb && !set("CI") && !set("TF_BUILD")
}

/// Draws the bar until the work is over.
fn show(progress: &Progress, over: &Receiver<()>) {
    let waits = |time| over.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if !waits(PATIENCE) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    *shown() = Some(bar.clone());
    loop {
        if let Some(now) = progress.now() {
            draw(&bar, now);
        }
        if !waits(PACE) {
            break;
        }
    }
    *shown() = None;
    bar.finish_and_clear();
}

fn shown() -> MutexGuard<'static, Option<ProgressBar>> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Draws a frame in one go: each setter of the bar would draw one of its own.
fn draw(bar: &ProgressBar, now: Now) {
    let size = terminal_size::terminal_size_of(io::stderr());
    let width = size.map_or(WIDTH, |(width, _)| usize::from(width.0));
    let (done, all) = (now.done as u64, now.all.unwrap_or_default() as u64);
    let style = ProgressStyle::with_template(&template(now, width));
    bar.set_style(style.expect("the template has one bar at most").progress_chars("=> "));
    bar.update(|state| {
        state.set_pos(done);
        state.set_len(all);
    });
}

/// The line for a terminal of this width, with the place of the bar in it where there is room.
fn template(now: Now, width: usize) -> String {
    let verb = match now.stage {
        Stage::Collecting => "Collecting",
        Stage::Checking => "Checking",
        Stage::Joining => "Joining",
        Stage::Changing => "Changing",
    };
    let done = HumanCount(now.done as u64);
    let text = match now.all {
        Some(all) => format!("{done}/{} files, {}/s", HumanCount(all as u64), rate(now)),
        None if now.done == 0 => "files".to_owned(),
        None => format!("{done} files"),
    };
    if now.all.is_some() && width >= WIDTH {
        return format!("{verb} [{{bar:24}}] {text}");
    }
    let line = format!("{verb} {text}");
    line.chars().take(width.saturating_sub(1)).collect()
}

/// How many files a second were done so far.
fn rate(now: Now) -> HumanCount {
    let millis = now.took.as_millis().max(1);
    HumanCount(u64::try_from(now.done as u128 * 1000 / millis).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_and_how_fast() {
        for (stage, done, all, millis, width, expected) in [
            (
                Stage::Checking,
                123_456,
                Some(234_567),
                10_000,
                80,
                "Checking [{bar:24}] 123,456/234,567 files, 12,345/s",
            ),
            (Stage::Changing, 0, Some(1), 0, 80, "Changing [{bar:24}] 0/1 files, 0/s"),
            (Stage::Checking, 5, Some(2_000), 500, 79, "Checking 5/2,000 files, 10/s"),
            (Stage::Checking, 5, Some(2_000), 500, 12, "Checking 5/"),
            (Stage::Collecting, 2_500, None, 700, 80, "Collecting 2,500 files"),
            (Stage::Joining, 0, None, 0, 80, "Joining files"),
            (Stage::Joining, 0, None, 0, 0, ""),
        ] {
            let now = Now { stage, done, all, took: Duration::from_millis(millis) };
            assert_eq!(template(now, width), expected);
        }
    }
}
