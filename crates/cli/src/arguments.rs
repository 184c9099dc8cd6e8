//! The command line: every command and option, defined once.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use statuslint_codes::{Class, State};
use statuslint_languages::Evidence;
use statuslint_lint::Severity;
use statuslint_workspace::Shard;

use crate::commands::codes::{parse_class, states};
use crate::known::Known;
use crate::output::{FindingsFormat, SitesFormat};

/// Finds wrong, outdated and risky HTTP status codes in source code.
#[derive(Debug, Parser)]
#[command(name = "statuslint", version, max_term_width = 100, args_override_self = true)]
#[command(after_help = "Exit status: 0 nothing found, 1 problems found, 2 the job could not be \
                        done, or not all of it.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(help = "When to use colours; NO_COLOR and FORCE_COLOR are heeded")]
    pub(crate) color: Color,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Checks files and folders for problems with status codes
    Check(CheckArgs),
    /// Lists every place where a status code stands, without judging it
    Sites(SitesArgs),
    /// Joins what several runs wrote with --output-format jsonl, as if it had been one
    Merge(MergeArgs),
    /// Writes one HTML page: which codes the files send, expect, compare and document, and where
    Report(ReportArgs),
    /// Says what a code, a class, a name or a rule means
    Explain(ExplainArgs),
    /// Lists the status codes there are, registered ones and those of vendors
    Codes(CodesArgs),
    /// Lists the rules
    Rules(RulesArgs),
    /// Looks at a tree and writes a commented statuslint.toml for it
    Init(InitArgs),
    /// Prints the JSON schema of statuslint.toml
    Schema(SchemaArgs),
    /// Prints what a shell needs to complete commands, options and names of rules
    Completions(CompletionsArgs),
    /// Prints a manual page, or writes all of them
    Man(ManArgs),
    /// Runs the language server on standard input and output
    Lsp(LspArgs),
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Print that of the settings an editor gives the language server
    #[arg(long)]
    pub(crate) editor: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line are bools")]
pub(crate) struct CheckArgs {
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output_format: FindingsFormat,
    /// Run only these rules; `all` stands for every rule
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    #[arg(value_parser = Known::RULES, hide_possible_values = true)]
    pub(crate) select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    #[arg(value_parser = Known::RULES, hide_possible_values = true)]
    pub(crate) ignore: Vec<String>,
    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(crate) fail_on: SeverityArg,
    /// How sure a place must be to hold a status [default: what the configuration says, or certain]
    #[arg(long, value_name = "EVIDENCE")]
    pub(crate) evidence: Option<EvidenceArg>,
    /// Apply the safe fixes, and report what is left
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix or --diff: also fixes that may change what the program does
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
    /// Show what --fix or --add-allow would change, and write nothing; exit with 1 if that is anything
    #[arg(long, conflicts_with = "statistics")]
    pub(crate) diff: bool,
    /// Write a comment that allows it beside each finding, where one silences it
    #[arg(long, conflicts_with = "fix")]
    pub(crate) add_allow: bool,
    /// Exit with status 0 whatever is found
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Leave out the findings written down in this file, wherever in their files they have moved
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff", "add_allow"])]
    pub(crate) baseline: Option<PathBuf>,
    /// Write down all that is found in the file of --baseline, and exit with status 0
    #[arg(long, requires = "baseline")]
    #[arg(conflicts_with_all = ["changed_since", "files_from", "shard", "select", "ignore"])]
    pub(crate) write_baseline: bool,
    /// Leave out what is not on a line that changed since this commit, which git knows
    #[arg(long, value_name = "REV", conflicts_with_all = ["fix", "diff", "add_allow"])]
    pub(crate) changed_since: Option<String>,
    /// Count the findings of each rule instead of showing them (text, concise and json)
    #[arg(long)]
    pub(crate) statistics: bool,
    #[command(flatten)]
    pub(crate) files: FilesArgs,
}

/// Arguments of `sites`.
#[derive(Debug, Args)]
pub(crate) struct SitesArgs {
    /// How to write the sites
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output_format: SitesFormat,
    /// How sure a place must be to hold a status
    #[arg(long, value_name = "EVIDENCE", default_value = "likely")]
    pub(crate) evidence: EvidenceArg,
    #[command(flatten)]
    pub(crate) files: FilesArgs,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// Outputs of `check` or `sites`, or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// How to write the findings; all but jsonl read the files again that were checked
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) output_format: FindingsFormat,
    /// Write the result to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(crate) fail_on: SeverityArg,
    /// Exit with status 0 whatever is found
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// How sure a place must be to hold a status
    #[arg(long, value_name = "EVIDENCE", default_value = "likely")]
    pub(crate) evidence: EvidenceArg,
    #[command(flatten)]
    pub(crate) files: FilesArgs,
}

/// Which files to look at and how: what `check`, `sites` and `report` share.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line are bools")]
pub(crate) struct FilesArgs {
    /// Files and folders, or `-` for standard input [default: .]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write the result to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Also look at the files this file lists, one a line (or NUL-separated); `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// Look only at this share of the files, such as 2/5; see `statuslint merge`
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// Use this configuration for every file
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Use no configuration file at all
    #[arg(long, conflicts_with = "config")]
    pub(crate) isolated: bool,
    /// Leave out what `exclude` says even if it is named here, and say nothing of other languages
    #[arg(long)]
    pub(crate) force_exclude: bool,
    /// Look at files that .gitignore and its kin leave out
    #[arg(long)]
    pub(crate) no_ignore: bool,
    /// Look at hidden files and folders
    #[arg(long)]
    pub(crate) hidden: bool,
    /// How many threads to use [default: as many as the machine has]
    #[arg(short = 'j', long = "jobs", value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Analyse every file anew, and remember nothing of it
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// The name of the file that standard input stands for
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Print the findings and errors, nothing else
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say which configurations were used, and how long each stage took
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// `404`, `4xx`, `NOT_FOUND`, `StatusCode::NOT_FOUND`, "not found" or a rule like unknown-code
    #[arg(value_name = "CODE|CLASS|RULE|NAME")]
    #[arg(value_parser = Known::SUBJECTS, hide_possible_values = true)]
    pub(crate) subject: String,
}

/// Arguments of `codes`.
#[derive(Debug, Args)]
pub(crate) struct CodesArgs {
    /// Only codes of this class: `4xx` or `client-error`
    #[arg(long, value_name = "CLASS", value_delimiter = ',', value_parser = parse_class)]
    pub(crate) class: Vec<Class>,
    /// Only registered codes of this standing
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = states())]
    pub(crate) state: Vec<State>,
    /// Only the codes this vendor uses without registration
    #[arg(long, value_name = "VENDOR", value_delimiter = ',', conflicts_with = "state")]
    #[arg(value_parser = Known::VENDORS)]
    pub(crate) vendor: Vec<String>,
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output_format: ListFormat,
}

/// Arguments of `rules`.
#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output_format: ListFormat,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to look at and to write the configuration for
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// Write to this file instead of statuslint.toml in the folder; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print the configuration, and write nothing
    #[arg(long, conflicts_with = "output")]
    pub(crate) stdout: bool,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The command whose page to print [default: statuslint itself]
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
    /// Write the pages of statuslint and all its commands to this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(crate) output_dir: Option<PathBuf>,
}

/// Arguments of `lsp`.
#[derive(Debug, Args)]
pub(crate) struct LspArgs {
    /// There is no other way to speak to it, but some clients append this to the command
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
}

/// A format of the lists that do not come from files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table, for people.
    Text,
    /// One JSON object.
    Json,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless the environment says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A severity on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeverityArg {
    Error,
    Warning,
    Info,
    Hint,
}

/// A degree of evidence on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvidenceArg {
    /// A known API, or an operand whose name or type says HTTP status.
    Certain,
    /// Also a plausible name in a file that does HTTP.
    Likely,
}

impl From<SeverityArg> for Severity {
    fn from(argument: SeverityArg) -> Self {
        match argument {
            SeverityArg::Error => Self::Error,
            SeverityArg::Warning => Self::Warning,
            SeverityArg::Info => Self::Info,
            SeverityArg::Hint => Self::Hint,
        }
    }
}

impl From<EvidenceArg> for Evidence {
    fn from(argument: EvidenceArg) -> Self {
        match argument {
            EvidenceArg::Certain => Self::Certain,
            EvidenceArg::Likely => Self::Likely,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }
}
