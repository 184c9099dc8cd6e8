//! `statuslint init`: looks at a tree and writes a commented configuration for it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use statuslint_config::{Configs, FILE_NAMES, Overrides, absolute};

use super::files::analyze_folder;
use crate::Status;
use crate::arguments::InitArgs;
use crate::init::{Tree, configuration};
use crate::terminal::{Terminal, deliver};

/// Writes the configuration of a folder, unless there is one.
pub(crate) fn run(terminal: Terminal, arguments: &InitArgs) -> anyhow::Result<Status> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        bail!("{} is no folder; name the one to write a configuration for", folder.display());
    }
    let target = target(arguments);
    if let Some(target) = &target {
        let names = FILE_NAMES.iter().map(|name| within(folder, name));
        let taken = names.filter(|_| arguments.output.is_none()).chain([target.clone()]);
        if let Some(there) = taken.into_iter().find(|path| path.symlink_metadata().is_ok()) {
            return Err(is_there(&there));
        }
    }
    let configs = Configs::discover().passing_over(folder);
    let base = extended(&configs, folder, target.as_deref())?;
    let every_rule = Overrides::new(None, &["all".to_owned()], &[]).map_err(anyhow::Error::msg)?;
    let analysis = analyze_folder(folder, configs, every_rule);
    let tree = Tree::new(&analysis.outcome, &analysis.configs, folder);
    let text = configuration(&tree, base.as_deref());
    match &target {
        None => deliver(None, |out| out.write_all(text.as_bytes()))?,
        Some(path) => {
            create(path, &text)?;
            deliver(None, |out| writeln!(out, "Wrote {}: {}", path.display(), tree.summary()))?;
        }
    }
    analysis.report_problems(terminal);
    Ok(analysis.status(false))
}

/// The file to write; `None` for standard output.
fn target(arguments: &InitArgs) -> Option<PathBuf> {
    match &arguments.output {
        _ if arguments.stdout => None,
        Some(file) if file == Path::new("-") => None,
        Some(file) => Some(file.clone()),
        None => Some(within(&arguments.folder, FILE_NAMES[0])),
    }
}

/// The path of a file in a folder as people write it, without `./` before it.
fn within(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") { name.into() } else { folder.join(name) }
}

/// The configuration that holds in the folder so far, as `extends` names it.
fn extended(
    configs: &Configs,
    folder: &Path,
    target: Option<&Path>,
) -> anyhow::Result<Option<String>> {
    let config = configs.for_folder(folder)?;
    let written = target.and_then(Path::parent).map_or_else(|| absolute(folder), absolute);
    Ok(config.path().and_then(|path| relative(&written, path)))
}

/// The way from one folder to a file, with `/`.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Some(".."));
    let down = to.components().skip(shared).map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    Some(up.chain(down).collect::<Option<Vec<_>>>()?.join("/"))
}

/// Writes a file that is not there, whoever else may be about to.
fn create(path: &Path, text: &str) -> anyhow::Result<()> {
    let written = File::create_new(path).and_then(|mut file| {
        let done = file.write_all(text.as_bytes());
        // Half a configuration is none.
        done.inspect_err(|_| drop(fs::remove_file(path)))
    });
    written.or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Err(is_there(path)),
        _ => Err(error).with_context(|| format!("cannot write {}", path.display())),
    })
}

fn is_there(path: &Path) -> anyhow::Error {
    anyhow::anyhow!(
        "{} is there already, and stays as it is; `statuslint init --stdout` prints what would be \
         written",
        path.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_goes_up_and_down() {
        for (from, to, way) in [
            ("/a/b", "/a/statuslint.toml", "../statuslint.toml"),
            ("/a", "/a/x.toml", "x.toml"),
            ("/a/b/c", "/a/d/x.toml", "../../d/x.toml"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)).as_deref(), Some(way));
        }
    }
}
