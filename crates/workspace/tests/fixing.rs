//! Fixing real files that others work on, too.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests, too")]

use std::fs;

use statuslint_lint::Safety;
use statuslint_workspace::{Destination, Options, ProblemSeverity, fix, fixable, run};

const ALLOWED: &str = "import requests\n\n# statuslint: allow(reserved-code)\nif \
                       requests.get(url).status_code == 404:\n    pass\n";

#[test]
fn a_file_that_changes_between_reading_and_writing_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let [changed, gone, other] = ["a.py", "b.py", "c.py"].map(|name| folder.path().join(name));
    for path in [&changed, &gone, &other] {
        fs::write(path, ALLOWED).unwrap();
    }
    let options = Options { paths: vec![folder.path().to_path_buf()], ..Options::default() };
    let mut outcome = run(&options);
    assert_eq!(fixable(&outcome, Safety::Safe), (3, 0));
    fs::write(&changed, "# mine\n").unwrap();
    fs::remove_file(&gone).unwrap();
    let fixed = fix(&mut outcome, Safety::Safe, Destination::Files, &options.progress);
    assert_eq!(fixed.len(), 1);
    assert_eq!(fs::read_to_string(&changed).unwrap(), "# mine\n");
    assert!(!gone.exists());
    assert!(!fs::read_to_string(&other).unwrap().contains("allow"));
    let said: Vec<_> = outcome.problems.iter().map(|it| (it.severity, &*it.message)).collect();
    let error = ProblemSeverity::Error;
    assert_eq!(
        said,
        [
            (error, "was left as it is: it changed while it was checked"),
            (error, "was left as it is: no such file or directory"),
        ]
    );
    // What was not written is reported as it was, what was written as it is.
    let left: Vec<_> = outcome.files.iter().map(|file| file.report.findings.len()).collect();
    assert_eq!(left, [1, 1, 0]);
}

#[test]
fn nothing_is_written_unless_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.py");
    fs::write(&path, ALLOWED).unwrap();
    let options = Options { paths: vec![path.clone()], ..Options::default() };
    let fixed = fix(&mut run(&options), Safety::Safe, Destination::Nowhere, &options.progress);
    assert_eq!(&*fixed[0].before, ALLOWED);
    assert_eq!(*fixed[0].after, ALLOWED.replace("# statuslint: allow(reserved-code)\n", ""));
    assert_eq!(fs::read_to_string(&path).unwrap(), ALLOWED);
}
