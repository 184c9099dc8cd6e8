//! What fixing makes of whole documents.

use super::*;
use statuslint_languages::Language;
use statuslint_lint::Settings;

fn checked(id: &str, text: &str) -> Checked {
    let language = Language::from_id(id).unwrap();
    let settings = Arc::new(Settings::default());
    let report = analyze(text, language, &settings);
    let (path, language) = ("a".to_owned(), Some(language));
    Checked { path, text: Arc::new(text.to_owned()), language, settings, report }
}

fn edit_of(text: &str, from: &str, to: &str) -> statuslint_lint::Edit {
    let start = text.find(from).unwrap();
    statuslint_lint::Edit { range: start..start + from.len(), text: to.to_owned() }
}

/// A document with one finding whose fix is this edit.
fn with_fix(text: &str, from: &str, to: &str) -> Checked {
    let mut file = checked("python", text);
    let finding = file.report.findings.first_mut().expect("something is wrong in it");
    finding.fixes = vec![statuslint_lint::Fix {
        title: "Mend".to_owned(),
        safety: Safety::Safe,
        edits: vec![edit_of(text, from, to)],
    }];
    file
}

const RESERVED: &str = "from starlette.responses import Response\n\ndef pay():\n    return Response(status_code=402)\n";

#[test]
fn allowances_that_overlap_go_in_rounds() {
    let text = "# statuslint: allow(unused-code, reserved-code)\nx = 1\n";
    let (done, report) = fixed(&checked("python", text), Safety::Safe).unwrap().unwrap();
    assert_eq!((done.after.as_str(), done.findings), ("x = 1\n", 2));
    assert!(report.findings.is_empty());
}

#[test]
fn a_result_that_no_longer_parses_is_refused() {
    let refused = fixed(&with_fix(RESERVED, "402)", "409"), Safety::Safe).unwrap_err();
    assert_eq!(refused, "was left as it is: the fixes of reserved-code would break its syntax");
}

#[test]
fn a_result_with_a_new_finding_is_refused() {
    let refused = fixed(&with_fix(RESERVED, "402", "306"), Safety::Safe).unwrap_err();
    assert!(refused.ends_with("would bring a new finding of unused-code"), "{refused}");
    let refused = fixed(&with_fix(RESERVED, "pay", "paid"), Safety::Safe).unwrap_err();
    assert!(refused.ends_with("would bring a new finding of reserved-code"), "{refused}");
}

#[test]
fn what_is_good_is_taken_whole() {
    let (done, _) = fixed(&with_fix(RESERVED, "402", "403"), Safety::Safe).unwrap().unwrap();
    assert_eq!(*done.after, RESERVED.replace("402", "403"));
    assert!(fixed(&checked("python", RESERVED), Safety::Safe).unwrap().is_none());
}
