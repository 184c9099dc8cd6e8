//! Generated files and scaffolds of the repository: `cargo xtask <task>`.

mod codegen;
mod data;
mod picture;

use std::path::Path;
use std::process::ExitCode;

/// A task by the name it is called with.
struct Task {
    name: &'static str,
    about: &'static str,
    run: fn(root: &Path) -> anyhow::Result<()>,
}

const TASKS: &[Task] = &[
    Task {
        name: "codegen",
        about: "writes crates/codes/src/generated.rs from crates/codes/data",
        run: codegen::run,
    },
    Task {
        name: "picture",
        about: "writes docs/check.svg from what `statuslint check` prints",
        run: picture::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let task = match arguments.as_slice() {
        [name] => TASKS.iter().find(|task| task.name == name),
        _ => None,
    };
    let Some(task) = task else {
        eprintln!("usage: cargo xtask <task>\n\ntasks:");
        for task in TASKS {
            eprintln!("  {:<10} {}", task.name, task.about);
        }
        return ExitCode::from(2);
    };
    match (task.run)(root()) {
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
