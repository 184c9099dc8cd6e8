//! JUnit XML, read by the crate junit-parser and, for what that passes over, by the elements and
//! attributes that the plug-in of Jenkins knows.

use junit_parser::{TestCase, TestStatus, TestSuites};

use super::xml::{attributes, elements, number, parsed};
use super::{Said, is_hidden, slashed, subjects, visible};

/// Suite, test, line, how it ended, the type and the message of that.
type Row = (String, String, Option<u64>, &'static str, String, String);

fn row(suite: &str, test: &TestCase) -> Row {
    let (end, kind, message) = match &test.status {
        TestStatus::Success => ("success", "", ""),
        TestStatus::Error(it) => ("error", &*it.error_type, &*it.message),
        TestStatus::Failure(it) => ("failure", &*it.failure_type, &*it.message),
        TestStatus::Skipped(it) => ("skipped", &*it.skipped_type, &*it.message),
    };
    assert_eq!(test.classname.as_deref(), Some(suite));
    assert!(test.file.as_deref().is_none_or(|file| file == suite), "{test:?}");
    let (suite, name) = (suite.to_owned(), test.original_name.clone());
    (suite, name, test.line, end, kind.to_owned(), message.to_owned())
}

/// How many tests there are, and how many of each end, as the rows say.
fn counted<'a>(rows: impl Iterator<Item = &'a Row>) -> [u64; 4] {
    let mut counts = [0; 4];
    for (_, _, _, end, _, _) in rows {
        counts[0] += 1;
        match *end {
            "failure" => counts[1] += 1,
            "error" => counts[2] += 1,
            "skipped" => counts[3] += 1,
            _ => {}
        }
    }
    counts
}

fn rows(text: &str) -> Vec<Row> {
    let read: TestSuites = junit_parser::from_reader(text.as_bytes()).unwrap();
    assert_eq!(read.name, "statuslint");
    let mut rows = Vec::new();
    for suite in &read.suites {
        let start = rows.len();
        rows.extend(suite.cases.iter().map(|test| row(&suite.name, test)));
        let counts = [suite.tests, suite.failures, suite.errors, suite.skipped];
        assert_eq!(counts, counted(rows[start..].iter()), "{}", suite.name);
        assert!(suite.tests > 0, "{} has no tests", suite.name);
    }
    let counts = [read.tests, read.failures, read.errors, read.skipped];
    assert_eq!(counts, counted(rows.iter()));
    rows
}

/// Looks that there are no other elements and attributes than those of the plug-in of Jenkins.
/// Gives the bodies of the failures and of what was skipped.
fn bodies(text: &str) -> Vec<String> {
    let document = parsed(text);
    let root = document.root_element();
    assert!(root.has_tag_name("testsuites"));
    let counts = ["name", "tests", "failures", "errors", "skipped"];
    attributes(root, counts);
    let mut bodies = Vec::new();
    for suite in elements(root, "testsuite") {
        attributes(suite, counts)[1..].iter().for_each(|count| assert!(number(*count) < 10_000));
        for test in elements(suite, "testcase") {
            attributes(test, ["name", "classname", "file?", "line?"]);
            let end = test.children().filter(roxmltree::Node::is_element);
            for end in end {
                assert!(["failure", "skipped", "error"].contains(&end.tag_name().name()));
                attributes(end, ["type", "message"]);
                bodies.extend(end.text().map(str::to_owned));
            }
        }
    }
    bodies
}

#[test]
fn a_parser_reads_what_json_says() {
    let shown = |text: &str| visible(text, is_hidden);
    for subject in subjects() {
        let said = Said::of(&subject);
        let errors = said.errors.iter().map(|it| {
            let place = it.line.zip(it.column).map(|(line, column)| format!(" ({line}:{column})"));
            let name = format!("error{}", place.unwrap_or_default());
            let (path, message) = (shown(&slashed(&it.path)), shown(&it.message));
            (path, name, None, "error", "error".to_owned(), message)
        });
        let ends = [
            ("error", "failure"),
            ("warning", "failure"),
            ("info", "skipped"),
            ("hint", "skipped"),
        ];
        let findings = said.mapped(ends, |it, end| {
            let (line, column) = it.start;
            let name = format!("{} ({line}:{column})", it.rule);
            let (path, message) = (shown(&slashed(&it.path)), shown(&it.message));
            (path, name, Some(line), end, it.severity.clone(), message)
        });
        let mut expected: Vec<Row> = errors.chain(findings).collect();
        if expected.is_empty() {
            let (suite, name) = ("statuslint".to_owned(), "No findings".to_owned());
            expected.push((suite, name, None, "success", String::new(), String::new()));
        }
        let text = subject.written("junit");
        assert_eq!(rows(&text), expected, "{}", subject.name);
        let expected = said.findings.iter().map(|it| {
            let (path, (line, column)) = (shown(&slashed(&it.path)), it.start);
            let parts = [Some(&*it.message), it.help.as_deref()].into_iter().flatten();
            let message = parts.map(shown).collect::<Vec<_>>().join("\nhelp: ");
            format!("{path}:{line}:{column}: {}[{}]: {message}", it.severity, it.rule)
        });
        assert_eq!(bodies(&text), expected.collect::<Vec<_>>(), "{}", subject.name);
    }
}
