//! GitLab's Code Quality report, by a schema written from its documentation.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::schema::Schema;
use super::{Said, slashed, subjects};

#[test]
fn the_report_is_as_documented_and_says_what_json_says() {
    let schema = Schema::new(&serde_json::from_str(include_str!("gitlab.schema.json")).unwrap());
    for subject in subjects() {
        let text = subject.written("gitlab");
        // GitLab takes no byte order mark, and needs no control characters to be escaped ones.
        assert!(text.starts_with('['), "{text}");
        let report: Value = serde_json::from_str(&text).unwrap();
        schema.accepts(&report, subject.name);
        let severities =
            [("error", "major"), ("warning", "minor"), ("info", "info"), ("hint", "info")];
        let expected = Said::of(&subject).mapped(severities, |it, severity| {
            let place = |(line, column)| json!({"line": line, "column": column});
            json!({
                "description": it.joined("; "),
                "check_name": it.rule,
                "severity": severity,
                "location": {
                    "path": slashed(&it.path),
                    "lines": {"begin": it.start.0, "end": it.end.0},
                    "positions": {"begin": place(it.start), "end": place(it.end)},
                },
            })
        });
        let mut violations = report.as_array().unwrap().clone();
        // GitLab shows violations of one fingerprint as one.
        let prints: BTreeSet<_> = violations
            .iter_mut()
            .map(|it| it.as_object_mut().unwrap().remove("fingerprint").unwrap().to_string())
            .collect();
        assert_eq!(prints.len(), expected.len(), "{}", subject.name);
        assert_eq!(violations, expected, "{}", subject.name);
    }
}

#[test]
fn the_schema_refuses_what_gitlab_would() {
    let schema = Schema::new(&serde_json::from_str(include_str!("gitlab.schema.json")).unwrap());
    let violation = json!({
        "description": "a", "check_name": "b", "fingerprint": "c", "severity": "minor",
        "location": {"path": "d", "lines": {"begin": 1}},
    });
    schema.accepts(&json!([violation]), "the least there can be");
    for (pointer, wrong) in [
        ("/description", json!(1)),
        ("/severity", json!("warning")),
        ("/fingerprint", json!("")),
        ("/location/path", json!("./d")),
        ("/location/path", json!("/d")),
        ("/location/lines", json!({})),
        ("/location/lines/begin", json!(0)),
        ("/location/lines/begin", json!("1")),
    ] {
        let mut violation = violation.clone();
        *violation.pointer_mut(pointer).unwrap() = wrong;
        assert!(!schema.is_valid(&json!([violation])), "{violation}");
    }
}
