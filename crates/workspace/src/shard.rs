//! Dividing the files of a run among machines, each of which gets the same number of them.
//!
//! The documents of a project tell each other of their functions, so a project goes to one shard
//! as a whole where there is room for it. Where there is none, its files are dealt out, and every
//! shard reads all of them but speaks of its own only: what is found does not depend on how many
//! shards there are.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

/// One of several shares of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 0.
    at: usize,
    /// How many there are.
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    /// Reads `2/5`: the second of five.
    fn from_str(text: &str) -> Result<Self, String> {
        let (number, of) = text.split_once('/').unwrap_or_default();
        match (number.parse::<usize>(), of.parse::<usize>()) {
            (Ok(number), Ok(of)) if (1..=of).contains(&number) => Ok(Self { at: number - 1, of }),
            _ => Err("write which shard of how many, such as 1/4 to 4/4".to_owned()),
        }
    }
}

/// What a shard has to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// It speaks of it.
    Own,
    /// It reads it, for what it tells of its project.
    Read,
    /// Nothing.
    None,
}

impl Shard {
    /// What this shard has to do with each file, whose projects these are.
    pub(crate) fn parts(self, projects: &[PathBuf]) -> Vec<Part> {
        let mut files: BTreeMap<&PathBuf, Vec<usize>> = BTreeMap::new();
        for (at, project) in projects.iter().enumerate() {
            files.entry(project).or_default().push(at);
        }
        let mut files: Vec<Vec<usize>> = files.into_values().collect();
        let share = projects.len().div_ceil(self.of);
        // The largest first, and in the end those that fit nowhere; those of one size by their paths.
        files.sort_by_key(|files| (files.len() > share, std::cmp::Reverse(files.len())));
        let mut loads = vec![0; self.of];
        let mut parts = vec![Part::None; projects.len()];
        let mut give = |to: usize, at: usize, other: Part| {
            parts[at] = if to == self.at { Part::Own } else { other };
        };
        for files in files {
            let to = least(&loads);
            if loads[to] + files.len() <= share {
                loads[to] += files.len();
                files.into_iter().for_each(|at| give(to, at, Part::None));
                continue;
            }
            for at in files {
                let to = least(&loads);
                loads[to] += 1;
                give(to, at, Part::Read);
            }
        }
        parts
    }
}

/// The first of those shards that have the fewest files.
fn least(loads: &[usize]) -> usize {
    (0..loads.len()).min_by_key(|at| loads[*at]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files of projects of these sizes.
    fn projects(sizes: &[usize]) -> Vec<PathBuf> {
        let files = |(at, size): (usize, &usize)| vec![PathBuf::from(format!("p{at}")); *size];
        sizes.iter().enumerate().flat_map(files).collect()
    }

    #[test]
    fn each_file_is_of_one_shard_and_all_have_as_many() {
        for sizes in [&[][..], &[1], &[100], &[5, 5, 5], &[50, 1, 1, 1], &[7, 30, 2, 9, 9, 1, 1]] {
            let projects = projects(sizes);
            for of in 1..9 {
                let shards: Vec<_> = (0..of).map(|at| Shard { at, of }.parts(&projects)).collect();
                for at in 0..projects.len() {
                    let own = shards.iter().filter(|parts| parts[at] == Part::Own).count();
                    assert_eq!(own, 1, "{sizes:?} {of} {at}");
                }
                let loads = shards
                    .iter()
                    .map(|parts| parts.iter().filter(|part| **part == Part::Own).count());
                let share = projects.len().div_ceil(of);
                let loads: Vec<usize> = loads.collect();
                assert!(loads.iter().all(|load| *load <= share), "{sizes:?} {of} {loads:?}");
            }
        }
    }

    #[test]
    fn a_project_is_whole_or_read_by_all() {
        let projects = projects(&[2, 40, 3]);
        for at in 0..3 {
            let parts = Shard { at, of: 3 }.parts(&projects);
            assert!(parts[2..42].iter().all(|part| *part != Part::None));
            for whole in [&parts[..2], &parts[42..]] {
                assert!(whole.iter().all(|part| *part == whole[0] && *part != Part::Read));
            }
        }
    }

    #[test]
    fn what_is_no_shard_is_refused() {
        assert_eq!("2/3".parse(), Ok(Shard { at: 1, of: 3 }));
        for text in ["", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3", "-1/2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
