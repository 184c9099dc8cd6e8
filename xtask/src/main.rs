//! Generated files, scaffolds and measurements of the repository: `cargo xtask <task>`.

mod codegen;
mod data;
mod helix;
mod languages;
mod latency;
mod new_language;
mod picture;
mod vscode;

use std::path::Path;
use std::process::ExitCode;

/// A task by the name it is called with.
struct Task {
    name: &'static str,
    about: &'static str,
    run: fn(root: &Path, arguments: &[String]) -> anyhow::Result<()>,
}

const TASKS: &[Task] = &[
    Task {
        name: "codegen",
        about: "writes crates/codes/src/generated.rs from crates/codes/data",
        run: |root, _| codegen::run(root),
    },
    Task {
        name: "languages",
        about: "writes the lists of languages in the README and for editors from their folders",
        run: |root, _| languages::run(root).and_then(|()| helix::run(root)),
    },
    Task {
        name: "new-language",
        about: "makes the folder of a language and its rows: NAME [CRATE OF THE GRAMMAR]",
        run: new_language::run,
    },
    Task {
        name: "latency",
        about: "measures the language server on long documents: [--binary PATH] [--check] \
                [--languages python,go] [--lines 10000,100000]",
        run: latency::run,
    },
    Task {
        name: "picture",
        about: "writes docs/check.svg from what `statuslint check` prints",
        run: |root, _| picture::run(root),
    },
    Task {
        name: "vscode",
        about: "writes the settings of editors/vscode/package.json from `statuslint schema --editor`",
        run: |root, _| vscode::run(root),
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let found = arguments
        .split_first()
        .and_then(|(name, rest)| Some((TASKS.iter().find(|task| task.name == name)?, rest)));
    let Some((task, rest)) = found else {
        eprintln!("usage: cargo xtask <task>\n\ntasks:");
        for task in TASKS {
            eprintln!("  {:<12} {}", task.name, task.about);
        }
        return ExitCode::from(2);
    };
    match (task.run)(root(), rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository")
}
