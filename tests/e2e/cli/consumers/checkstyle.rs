//! Checkstyle's report: `checkstyle` of `file` of `error`, as its `XMLLogger` writes them.

use super::xml::{attributes, elements, number, parsed};
use super::{Said, is_hidden, slashed, subjects, visible};

/// File, line, column, severity, message and source.
type Row = (String, u64, Option<u64>, String, String, String);

fn rows(text: &str) -> Vec<Row> {
    let document = parsed(text);
    let root = document.root_element();
    assert!(root.has_tag_name("checkstyle"));
    attributes(root, ["version"]);
    let mut rows = Vec::new();
    for file in elements(root, "file") {
        let [name] = attributes(file, ["name"]).map(Option::unwrap);
        let errors = elements(file, "error");
        assert!(!errors.is_empty(), "{name} has no errors");
        for error in errors {
            let names = ["line", "column?", "severity", "message", "source"];
            let [line, column, severity, message, source] = attributes(error, names);
            let column = column.map(|column| number(Some(column)));
            let [severity, message, source] =
                [severity, message, source].map(|text| text.unwrap().to_owned());
            assert!(["ignore", "info", "warning", "error"].contains(&&*severity));
            assert!(elements(error, "nothing").is_empty());
            rows.push((name.to_owned(), number(line), column, severity, message, source));
        }
    }
    rows
}

#[test]
fn a_parser_reads_what_json_says() {
    let shown = |text: &str| visible(text, is_hidden);
    for subject in subjects() {
        let said = Said::of(&subject);
        let errors = said.errors.iter().map(|error| {
            let (path, message) = (shown(&slashed(&error.path)), shown(&error.message));
            let line = error.line.unwrap_or(0);
            (path, line, error.column, "error".to_owned(), message, "statuslint".to_owned())
        });
        let severities =
            [("error", "error"), ("warning", "warning"), ("info", "info"), ("hint", "info")];
        let findings = said.mapped(severities, |it, severity| {
            let (path, message) = (shown(&slashed(&it.path)), shown(&it.joined("; ")));
            let (line, column) = it.start;
            let source = format!("statuslint.{}", it.rule);
            (path, line, Some(column), severity.to_owned(), message, source)
        });
        let expected: Vec<Row> = errors.chain(findings).collect();
        assert_eq!(rows(&subject.written("checkstyle")), expected, "{}", subject.name);
    }
}
