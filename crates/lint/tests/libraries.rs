//! Every library whose constants may stand for numbers: a document that imports it is offered the
//! library's name for each of its codes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use statuslint_languages::{Constant, Language};
use statuslint_lint::{Fix, Settings, analyze, rewrites};

/// The least document of each language that imports something and compares a status.
const DOCUMENTS: &[(&str, &str)] = &[
    ("c", "IMPORT\n\nint f(int status_code) {\n  return status_code == NUMBER;\n}\n"),
    ("cpp", "IMPORT\n\nbool f(int status_code) {\n  return status_code == NUMBER;\n}\n"),
    ("csharp", "IMPORT\n\nclass A {\n  bool F(int statusCode) => statusCode == NUMBER;\n}\n"),
    ("dart", "IMPORT\n\nbool f(int statusCode) => statusCode == NUMBER;\n"),
    (
        "go",
        "package a\n\nIMPORT\n\nfunc f(statusCode int) bool {\n\treturn statusCode == NUMBER\n}\n",
    ),
    (
        "java",
        "package a;\n\nIMPORT\n\nclass A {\n  boolean f(int statusCode) {\n    return statusCode == NUMBER;\n  }\n}\n",
    ),
    ("javascript", "IMPORT\n\nconst f = (statusCode) => statusCode === NUMBER;\n"),
    ("lua", "ngx.status = NUMBER\n"),
    ("perl", "IMPORT\n\nmy $same = $status_code == NUMBER;\n"),
    ("php", "<?php\n\nIMPORT\n\n$same = $statusCode === NUMBER;\n"),
    ("python", "IMPORT\n\n\ndef f(status_code):\n    return status_code == NUMBER\n"),
    (
        "scala",
        "package a\n\nIMPORT\n\nobject A {\n  def f(statusCode: Int) = statusCode == NUMBER\n}\n",
    ),
    ("typescript", "IMPORT\n\nconst f = (statusCode: number) => statusCode === NUMBER;\n"),
];

/// The rows of a language's table that may be written for a number: current, and preferred.
fn written(language: Language) -> impl Iterator<Item = &'static Constant> {
    let rows = language.own_constants();
    rows.iter().filter(move |row| {
        let same = |other: &&Constant| other.library == row.library && other.code == row.code;
        let preferred = || rows.iter().filter(same).any(|other| other.preferred);
        row.drop_in && row.deprecated_alias_of.is_empty() && (row.preferred || !preferred())
    })
}

fn document(language: Language) -> &'static str {
    let found = DOCUMENTS.iter().find(|(id, _)| *id == language.id());
    found.unwrap_or_else(|| panic!("no document of {}", language.id())).1
}

fn offered(text: &str, language: Language) -> Vec<Fix> {
    let report = analyze(text, language, &Settings::default());
    rewrites(text, language, &report, &(0..text.len()))
}

#[test]
fn every_library_names_its_codes() {
    let mut report = String::new();
    let mut libraries = BTreeSet::new();
    let of_its_own = |language: &Language| DOCUMENTS.iter().any(|(id, _)| *id == language.id());
    for language in Language::all().filter(of_its_own) {
        for row in written(language) {
            let code = row.code.to_string();
            let text = document(language).replace("IMPORT", row.import).replace("NUMBER", &code);
            let fixes = offered(&text, language);
            let wanted = format!("Replace {code} with {}", row.expression);
            if !fixes.iter().any(|fix| fix.title == wanted && fix.edits.len() == 1) {
                let titles: Vec<_> = fixes.iter().map(|fix| &fix.title).collect();
                let _ = writeln!(report, "{} {}: {wanted}: {titles:?}", language.id(), row.library);
            }
            libraries.insert((language.id(), row.library));
        }
    }
    assert!(report.is_empty(), "\n{report}");
    assert!(libraries.len() > 40, "{libraries:?}");
}

#[test]
fn every_language_with_such_libraries_has_a_document() {
    // A family shares its tables; kinds of markup hold the code of another language.
    for language in Language::all().filter(|language| !language.is_markup()) {
        if written(language).next().is_some() && language.id() != "tsx" {
            assert!(language.numbers().is_some(), "{}", language.id());
            assert!(!document(language).is_empty());
        }
    }
}

#[test]
fn every_number_comes_back() {
    let of_its_own = |language: &Language| DOCUMENTS.iter().any(|(id, _)| *id == language.id());
    let mut back = 0;
    for language in Language::all().filter(of_its_own) {
        for row in written(language).filter(|row| row.code.get() == 404) {
            let text =
                document(language).replace("IMPORT", row.import).replace("NUMBER", row.expression);
            let title = format!("Replace {} with 404", row.expression);
            back += usize::from(offered(&text, language).iter().any(|fix| fix.title == title));
        }
    }
    assert!(back > 30, "{back} come back");
}
