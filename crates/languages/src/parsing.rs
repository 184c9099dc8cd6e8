//! From a text to its syntax tree, within a budget of time: some texts of a few kilobytes would
//! keep a parser busy for minutes.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::time::Duration;

use tree_sitter::{ParseOptions, ParseState, Parser, Tree};

/// The time any document may take.
const LEAST: Duration = Duration::from_secs(2);
/// The time it may take more for each megabyte: several times what the slowest grammar needs.
const PER_MEGABYTE: Duration = Duration::from_millis(600);
/// Reading the clock costs, so it is read once in so many steps of the parser.
const STEPS: u32 = 16;

/// Tells the time, from any moment on: best the processor time of the thread, which does not
/// depend on what else the machine does.
pub type Clock = fn() -> Duration;

/// What the parsing of one document may take.
#[derive(Debug)]
pub(crate) struct Budget {
    clock: Option<(Clock, Duration)>,
    exceeded: Cell<bool>,
}

impl Budget {
    /// The budget of a document, from now on; without a clock there is no end to it.
    pub(crate) fn new(clock: Option<Clock>, text: &str) -> Self {
        let megabytes = u32::try_from(text.len() / 1_000_000).unwrap_or(u32::MAX);
        let time = LEAST.saturating_add(PER_MEGABYTE.saturating_mul(megabytes));
        let until = |clock: Clock| (clock, clock().saturating_add(time));
        Self { clock: clock.map(until), exceeded: Cell::new(false) }
    }

    /// Whether some text of the document was not parsed for lack of time.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.exceeded.get()
    }

    /// The syntax tree of a text of the document; `None` when there is no time left for it.
    pub(crate) fn parse(&self, parser: &mut Parser, text: &[u8]) -> Option<Tree> {
        if self.is_exceeded() {
            return None;
        }
        let Some((clock, until)) = self.clock else { return parser.parse(text, None) };
        let mut steps = 0;
        let mut check = |_: &ParseState| {
            steps += 1;
            if steps % STEPS == 0 && clock() > until {
                self.exceeded.set(true);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let options = ParseOptions::new().progress_callback(&mut check);
        let mut read = |at: usize, _| text.get(at..).unwrap_or_default();
        parser.parse_with_options(&mut read, None, Some(options))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use crate::{Context, Language, Usage, usage};

    const TEXT: &str = "import requests\nassert requests.get('/').status_code == 404\n";

    /// A clock on which each look takes a second.
    fn hasty() -> Duration {
        static SECONDS: AtomicU64 = AtomicU64::new(0);
        Duration::from_secs(SECONDS.fetch_add(1, Ordering::Relaxed))
    }

    fn read(text: &str) -> Usage {
        let python = Language::from_id("python").unwrap();
        usage(text, python, &Context { clock: Some(hasty), ..Context::default() })
    }

    #[test]
    fn who_takes_too_long_is_not_read() {
        assert_eq!(read(TEXT).sites.len(), 1);
        let long = read(&TEXT.repeat(10_000));
        assert_eq!(long, Usage { exhausted: true, ..Usage::default() });
    }
}
