//! `statuslint man`: manual pages, one for each command.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use statuslint_config::suggestion;

use crate::Status;
use crate::arguments::{Cli, ManArgs};
use crate::terminal::deliver;

/// Writes one page, or all of them.
pub(crate) fn run(arguments: &ManArgs) -> anyhow::Result<Status> {
    let whole = whole();
    match (&arguments.output_dir, &arguments.command) {
        (Some(folder), _) => write_all(&whole, folder)?,
        (None, None) => deliver(None, |out| page(out, &whole))?,
        (None, Some(name)) => {
            let command = named(&whole, name)?;
            deliver(None, |out| page(out, command))?;
        }
    }
    Ok(Status::Clean)
}

/// The command line with all that clap adds to it. What `help` says is in the pages.
fn whole() -> Command {
    let mut whole = Cli::command().disable_help_subcommand(true);
    whole.build();
    whole
}

fn named<'a>(whole: &'a Command, name: &str) -> anyhow::Result<&'a Command> {
    whole.find_subcommand(name).ok_or_else(|| {
        let names = || whole.get_subcommands().map(Command::get_name);
        let all = || format!("there are {}", names().collect::<Vec<_>>().join(", "));
        anyhow!("there is no command \"{name}\"; {}", suggestion(name, names(), all))
    })
}

fn write_all(whole: &Command, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for command in [whole].into_iter().chain(whole.get_subcommands()) {
        let mut text = Vec::new();
        page(&mut text, command)?;
        let path = folder.join(Man::new(command.clone()).get_filename());
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Writes the page of a command, in the order manual pages have.
fn page(out: &mut dyn Write, command: &Command) -> io::Result<()> {
    let is_whole = command.has_subcommands();
    let name = command.get_display_name().unwrap_or(command.get_name());
    let man = Man::new(command.clone())
        .title(name.to_uppercase())
        // An empty date would be left out, and what follows taken for it.
        .date(" ")
        .source(concat!("statuslint ", env!("CARGO_PKG_VERSION")))
        .manual("Statuslint Manual");
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    if is_whole {
        man.render_subcommands_section(out)?;
    }
    let mut roff = Roff::default();
    section(&mut roff, "EXIT STATUS", exit_status(name));
    if is_whole {
        section(&mut roff, "ENVIRONMENT", ENVIRONMENT);
        section(&mut roff, "FILES", FILES);
    } else {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("statuslint"), roman("(1)")]);
    }
    roff.to_writer(out)
}

/// A section of terms and what they mean.
fn section(roff: &mut Roff, title: &str, terms: &[(&str, &str)]) {
    roff.control("SH", [title]);
    for (term, meaning) in terms {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
}

/// What the exit status of a command means, by the name of its page.
fn exit_status(name: &str) -> &'static [(&'static str, &'static str)] {
    match name {
        "statuslint-check" => &[
            ("0", "Nothing was found at or above --fail-on; with --diff, there is nothing to fix."),
            ("1", "Something was found; with --diff, there is something to fix."),
            ("2", "The job could not be done, or not all of it. What was found is still printed."),
        ],
        "statuslint-lsp" => &[
            ("0", "The client asked to shut down, then to exit."),
            ("1", "The client left without asking to shut down."),
            ("2", "Standard input or standard output cannot be used."),
            ("3", "The client closed standard output."),
        ],
        "statuslint" => &[
            ("0", "Nothing was found."),
            ("1", "Problems were found (check)."),
            ("2", "The job could not be done, or not all of it."),
        ],
        _ => &[("0", "All was done."), ("2", "The job could not be done, or not all of it.")],
    }
}

const ENVIRONMENT: &[(&str, &str)] = &[
    ("NO_COLOR", "With any value: no colours, unless --color=always."),
    ("FORCE_COLOR", "With any value but 0: colours also where the output is no terminal."),
    ("CI", "With any value: no progress bar."),
];

const FILES: &[(&str, &str)] = &[(
    "statuslint.toml, .statuslint.toml",
    "The configuration of a folder and what is below it; the nearest one above a file counts. \
     statuslint init writes one.",
)];
