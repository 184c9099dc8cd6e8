//! A run of `check --fix` that is killed: each file is the old one or the new one.

use std::fs;
use std::time::{Duration, Instant};

use crate::Folder;

const OLD: &str = "\
from starlette.responses import Response

# statuslint: allow(reserved-code)
GONE = Response(status_code=410)
";

const NEW: &str = "\
from starlette.responses import Response

GONE = Response(status_code=410)
";

/// How many files there are to write, so that a run can be met in the midst of it.
const FILES: usize = 400;

fn name(number: usize) -> String {
    format!("{number:03}.py")
}

/// How many files are fixed; none is anything but old or new.
fn fixed(folder: &Folder) -> usize {
    let texts = (0..FILES).map(|number| folder.read(&name(number)));
    let is_new = |text: String| {
        assert!(text == OLD || text == NEW, "{text:?}");
        text == NEW
    };
    texts.map(is_new).filter(|is_new| *is_new).count()
}

#[test]
fn a_killed_run_leaves_each_file_old_or_new() {
    let folder = Folder::new(&[]);
    let mut interrupted = 0;
    for round in 0..6 {
        for number in 0..FILES {
            folder.write(&name(number), OLD.as_bytes());
        }
        let mut run = folder.command(&["check", "--fix", "--quiet"]).spawn().unwrap();
        // A different file each time, and a different moment after it.
        let sign = folder.path().join(name(round * 11));
        let started = Instant::now();
        while fs::read(&sign).is_ok_and(|text| text == OLD.as_bytes())
            && run.try_wait().unwrap().is_none()
        {
            assert!(started.elapsed() < Duration::from_mins(1), "nothing happens");
        }
        std::thread::sleep(Duration::from_micros(137 * round as u64));
        run.kill().unwrap();
        run.wait().unwrap();
        interrupted += usize::from((1..FILES).contains(&fixed(&folder)));
    }
    assert!(interrupted > 0, "no run was met in the midst of it");
    // What was left beside the files goes with the next run.
    let outcome = folder.run(&["check", "--fix"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert_eq!(fixed(&folder), FILES);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), FILES);
}
