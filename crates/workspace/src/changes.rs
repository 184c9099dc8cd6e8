//! What changed since a commit: the findings on lines that git has otherwise in it.
//!
//! Asking git is the one place where another program is run, and only when somebody names a
//! commit. A line is new if the text of the file in the commit, as git has it, has no such line
//! there; a file that git does not know yet is new as a whole.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use imara_diff::{Algorithm, Diff, InternedInput};
use statuslint_config::absolute;

use crate::projects::REPOSITORIES;
use crate::{Checked, Outcome};

/// The changes since a commit, in each repository that has a finding.
#[derive(Debug)]
pub struct Changes {
    revision: String,
    /// By root.
    repositories: HashMap<PathBuf, Repository>,
}

/// What changed in one repository.
#[derive(Debug)]
struct Repository {
    root: PathBuf,
    /// The commit that is compared with: where the history of the named one and ours parted.
    base: String,
    /// The files that changed, with their names in the commit where they are in it.
    files: HashMap<PathBuf, Option<String>>,
}

impl Changes {
    /// The changes since this commit in the repository around a folder or file.
    pub fn since(revision: &str, start: &Path) -> Result<Self, String> {
        let mut changes = Self { revision: revision.to_owned(), repositories: HashMap::new() };
        changes.around(&absolute(start))?;
        Ok(changes)
    }

    /// Takes the findings that are not on a changed line out of a run.
    pub fn keep(&mut self, outcome: &mut Outcome) -> Result<(), String> {
        for file in outcome.files.iter_mut().filter(|file| !file.report.findings.is_empty()) {
            let path = absolute(file.path.as_ref());
            let lines = self.around(&path)?.changed(&path, file)?;
            let Some(lines) = lines else { continue };
            let text = &file.text;
            file.report.findings.retain(|finding| {
                let (first, last) =
                    (line(text, finding.range.start), line(text, finding.range.end));
                lines.iter().any(|changed| changed.start <= last && first < changed.end)
            });
        }
        Ok(())
    }

    /// The repository around a path, asked for what changed when it is the first time.
    fn around(&mut self, path: &Path) -> Result<&Repository, String> {
        let is_root = |folder: &&Path| folder.join(REPOSITORIES[0]).exists();
        let root = path.ancestors().find(is_root).ok_or_else(|| {
            format!(
                "{}: is in no git repository, so what changed there is not known",
                path.display()
            )
        })?;
        if !self.repositories.contains_key(root) {
            let repository = Repository::read(root, &self.revision)?;
            self.repositories.insert(root.to_path_buf(), repository);
        }
        Ok(&self.repositories[root])
    }
}

impl Repository {
    fn read(root: &Path, revision: &str) -> Result<Self, String> {
        let commit = format!("{revision}^{{commit}}");
        let named = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let named = named.ok_or_else(|| {
            format!("{}: git knows no commit `{revision}`; is it fetched?", root.display())
        })?;
        let base = git(root, &["merge-base", "HEAD", named.trim()])?.ok_or_else(|| {
            format!(
                "{}: HEAD and `{revision}` have no commit in common; fetch more of the history",
                root.display()
            )
        })?;
        let base = base.trim().to_owned();
        let mut files = HashMap::new();
        let changed =
            ["diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", &base, "--"];
        let changed = git(root, &changed)?.unwrap_or_default();
        let mut words = changed.split('\0').filter(|word| !word.is_empty());
        while let (Some(status), Some(name)) = (words.next(), words.next()) {
            // A rename and a copy have two names.
            let (old, new) = match status.as_bytes().first() {
                Some(b'R' | b'C') => (Some(name), words.next().unwrap_or(name)),
                Some(b'A') => (None, name),
                _ => (Some(name), name),
            };
            files.insert(root.join(new), old.map(str::to_owned));
        }
        let new = git(root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
        let new = new.unwrap_or_default();
        files.extend(new.split('\0').filter(|it| !it.is_empty()).map(|it| (root.join(it), None)));
        Ok(Self { root: root.to_path_buf(), base, files })
    }

    /// The lines of a document that changed, from 0; `None` when all of it is new.
    fn changed(&self, path: &Path, file: &Checked) -> Result<Option<Vec<Range<usize>>>, String> {
        let Some(old) = self.files.get(path) else { return Ok(Some(Vec::new())) };
        let Some(old) = old else { return Ok(None) };
        let object = format!("{}:{old}", self.base);
        let before = git(&self.root, &["cat-file", "blob", &object])?.ok_or_else(|| {
            format!("{}: git cannot show it as it was in {}", file.path, self.base)
        })?;
        Ok(Some(changed_lines(&before, &file.text)))
    }
}

/// The lines that the second text has and the first has not. How lines end does not matter.
fn changed_lines(before: &str, after: &str) -> Vec<Range<usize>> {
    let mut lines = InternedInput::default();
    lines.update_before(before.lines());
    lines.update_after(after.lines());
    let diff = Diff::compute(Algorithm::Histogram, &lines);
    let new = diff.hunks().map(|hunk| hunk.after.start as usize..hunk.after.end as usize);
    new.filter(|lines| !lines.is_empty()).collect()
}

/// The line of an offset, from 0.
fn line(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count()
}

/// What git writes, `None` when it fails.
fn git(root: &Path, arguments: &[&str]) -> Result<Option<String>, String> {
    let mut command = Command::new("git");
    // Nothing a repository configures is run, and none is meant but this one.
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false", "--no-optional-locks"]);
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command
        .args(arguments)
        .output()
        .map_err(|error| format!("--changed-since asks git, which cannot be run: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim();
        // What git has to say itself is better than what we would guess.
        return if said.is_empty() { Ok(None) } else { Err(format!("{}: {said}", root.display())) };
    }
    Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::changed_lines;

    #[test]
    fn lines_that_came_or_became_others_changed() {
        for (before, after, expected) in [
            ("", "", &[][..]),
            ("a\nb\n", "a\nb\n", &[]),
            ("a\nb\n", "a\r\nb\r\n", &[]),
            ("a\nb\n", "a\nb", &[]),
            ("a\nc\n", "a\nb\nc\n", &[(1, 2)]),
            ("a\nb\nc\n", "a\nc\n", &[]),
            ("a\nb\nc\n", "a\nB\nc\nd\n", &[(1, 2), (3, 4)]),
            ("", "a\nb", &[(0, 2)]),
        ] {
            let changed = changed_lines(before, after);
            let changed: Vec<_> = changed.iter().map(|lines| (lines.start, lines.end)).collect();
            assert_eq!(changed, expected, "{before:?} {after:?}");
        }
    }

    /// Work that grows with the square of the lines would take an hour here.
    #[test]
    fn all_of_a_large_file_can_change() {
        let line = |step: usize, at: usize| (at * step % 1_000_003).to_string();
        let lines = |step| (0..200_000).map(|at| line(step, at)).collect::<Vec<_>>().join("\n");
        let changed = changed_lines(&lines(7), &lines(11));
        assert!(changed.iter().map(ExactSizeIterator::len).sum::<usize>() > 150_000);
        let other = lines(7).replace('\n', " x\n") + " x";
        let all = changed_lines(&lines(7), &other);
        assert_eq!((all.len(), all[0].clone()), (1, 0..200_000));
    }
}
