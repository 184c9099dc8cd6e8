//! Standard output and standard error: colours, width, and writing without ever panicking.

use std::env;
use std::fmt::Display;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use annotate_snippets::renderer::{
    DEFAULT_ERROR_STYLE, DEFAULT_NOTE_STYLE, DEFAULT_TERM_WIDTH, DEFAULT_WARNING_STYLE,
};
use anstyle::Style;
use anyhow::Context as _;

use crate::arguments::Color;
use crate::output::escape::visible;

/// What a person sees while a command runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    color: Color,
    quiet: bool,
}

impl Terminal {
    /// A terminal with this wish for colours.
    pub(crate) fn new(color: Color) -> Self {
        Self { color, quiet: false }
    }

    /// The same one, which keeps notes and warnings to itself.
    pub(crate) fn quiet(self, quiet: bool) -> Self {
        Self { quiet, ..self }
    }

    /// Whether what goes to standard output has colours.
    pub(crate) fn color(self) -> bool {
        wants_color(self.color, io::stdout().is_terminal())
    }

    /// Whether what goes to a file has colours: only when they are asked for.
    pub(crate) fn color_in_files(self) -> bool {
        self.color == Color::Always
    }

    /// The columns of standard output, or as many as rustc takes when it is no terminal.
    pub(crate) fn width() -> usize {
        terminal_width().unwrap_or(DEFAULT_TERM_WIDTH)
    }

    /// The columns that running text is wrapped to: it is hard to read when too wide.
    pub(crate) fn text_width() -> usize {
        terminal_width().unwrap_or(80).clamp(40, 100)
    }

    /// Says that something could not be done.
    pub(crate) fn error(self, message: impl Display) {
        self.say(DEFAULT_ERROR_STYLE, "error", message);
    }

    /// Says that something is odd.
    pub(crate) fn warning(self, message: impl Display) {
        if !self.quiet {
            self.say(DEFAULT_WARNING_STYLE, "warning", message);
        }
    }

    /// Says that something was passed over on purpose.
    pub(crate) fn note(self, message: impl Display) {
        if !self.quiet {
            self.say(DEFAULT_NOTE_STYLE, "note", message);
        }
    }

    fn say(self, style: Style, label: &str, message: impl Display) {
        // Lines of a message are ours, what stands in them may not be.
        let message = message.to_string();
        let message: Vec<_> = message.split('\n').map(visible).collect();
        let message = message.join("\n");
        let color = wants_color(self.color, io::stderr().is_terminal());
        let style = if color { style } else { Style::new() };
        // Nobody is left to be told when standard error is closed.
        writeln!(io::stderr().lock(), "{style}{label}{style:#}: {message}").ok();
    }
}

fn wants_color(color: Color, is_terminal: bool) -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != *"0");
    match color {
        Color::Always => true,
        Color::Never => false,
        // https://no-color.org: any value but the empty one counts.
        Color::Auto if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        Color::Auto if set("FORCE_COLOR") => true,
        Color::Auto => is_terminal && env::var_os("TERM").is_none_or(|term| term != *"dumb"),
    }
}

fn terminal_width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Hands the output to `write`: standard output, or the file when there is one.
///
/// A file is written in one go when all is known, so that one within the checked tree is never
/// read half-written. A reader that went away (`| head`) is no error.
pub(crate) fn deliver(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    if let Some(file) = file {
        let mut content = Vec::new();
        write(&mut content)?;
        return fs::write(file, content)
            .with_context(|| format!("cannot write {}", file.display()));
    }
    // Colours were decided on already; on Windows this also makes older consoles show them.
    let mut out =
        BufWriter::with_capacity(1 << 16, anstream::AutoStream::always(io::stdout().lock()));
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(()),
    }
}
