//! The `statuslint` command.

mod arguments;
mod commands;
mod init;
mod known;
mod merge;
mod output;
mod progress;
mod report;
mod terminal;

use std::io::{self, Write as _};
use std::panic;
use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::{Cli, Color, Command};
use crate::terminal::Terminal;

/// How a command ended, as its exit status tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// 0: all was done and nothing was found.
    Clean,
    /// 1: something was found.
    Found,
    /// 2: something could not be done.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clean => Self::SUCCESS,
            Status::Found => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}

fn main() -> ExitCode {
    panic::set_hook(Box::new(ask_for_a_report));
    panic::catch_unwind(run).unwrap_or(Status::Failed.into())
}

fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return answer(&error).into(),
    };
    let terminal = Terminal::new(cli.color);
    let status = match &cli.command {
        Command::Check(arguments) => commands::check::run(terminal, arguments),
        Command::Sites(arguments) => commands::sites::run(terminal, arguments),
        Command::Merge(arguments) => commands::merge::run(terminal, arguments),
        Command::Report(arguments) => commands::report::run(terminal, arguments),
        Command::Explain(arguments) => commands::explain::run(terminal, arguments),
        Command::Codes(arguments) => commands::codes::run(terminal, arguments),
        Command::Rules(arguments) => commands::rules::run(terminal, arguments),
        Command::Init(arguments) => commands::init::run(terminal, arguments),
        Command::Schema(arguments) => commands::schema::run(arguments),
        Command::Completions(arguments) => commands::completions::run(arguments),
        Command::Man(arguments) => commands::man::run(arguments),
        Command::Lsp(_) => return serve(terminal),
    };
    status
        .unwrap_or_else(|error| {
            terminal.error(format!("{error:#}"));
            Status::Failed
        })
        .into()
}

/// Prints help, the version, or what is wrong with the arguments.
fn answer(error: &clap::Error) -> Status {
    let printed = error.print().and_then(|()| io::stdout().flush());
    match printed {
        _ if error.use_stderr() => Status::Failed,
        // A closed pipe is the reader's choice.
        Err(broken) if broken.kind() != io::ErrorKind::BrokenPipe => {
            let terminal = Terminal::new(Color::Auto);
            terminal.error(format!("cannot write to standard output: {broken}"));
            Status::Failed
        }
        _ => Status::Clean,
    }
}

fn serve(terminal: Terminal) -> ExitCode {
    statuslint_server::run().unwrap_or_else(|error| {
        terminal.error(format!("the language server cannot start: {error}"));
        Status::Failed.into()
    })
}

fn ask_for_a_report(info: &panic::PanicHookInfo<'_>) {
    progress::aside(|| {
        let mut err = io::stderr().lock();
        writeln!(
            err,
            "statuslint {} broke. This is a bug in statuslint, not in your code.\n\
             Please report it, with the lines below and the file it happened on if you can share \
             it:\n{}/issues/new\n\n{info}",
            env!("CARGO_PKG_VERSION"),
            env!("CARGO_PKG_REPOSITORY"),
        )
        .ok();
    });
}
