//! What is said about codes, classes and rules, and where.

use statuslint_codes::StatusCode;
use statuslint_languages::{Evidence, Kind, Language, Name, Role, Site, Usage, Value};
use statuslint_lint::{
    Explanation, Finding, PrivateCode, Report, Settings, Severity, Subject, explain_class,
    explain_code, hover, inlay_hints, subject,
};

fn about(input: &str) -> Explanation {
    match subject(input) {
        Some(Subject::Code(code)) => explain_code(code, &Settings::default()),
        Some(Subject::Class(class)) => explain_class(class),
        other => panic!("{input} is {other:?}"),
    }
}

fn fact<'a>(explanation: &'a Explanation, label: &str) -> Option<&'a str> {
    let mut facts = explanation.facts.iter();
    facts.find(|fact| fact.label == label).map(|fact| fact.value.as_str())
}

/// A report of one site that is the first occurrence of a piece of the text.
fn report(text: &str, piece: &str, value: Value, role: Role) -> Report {
    let start = text.find(piece).expect("the piece is in the text");
    let site = Site::new(start..start + piece.len(), Kind::Number, value, role, Evidence::Likely);
    let usage = Usage { sites: vec![site], ..Usage::default() };
    Report { usage, findings: Vec::new() }
}

fn code(number: u16) -> Value {
    Value::Code(StatusCode::new(number))
}

fn rust() -> Language {
    Language::from_id("rust").expect("Rust is supported")
}

#[test]
fn a_code_is_explained_from_the_catalogue() {
    let explanation = about("NOT_FOUND");
    assert_eq!(explanation.title, "404 Not Found");
    assert_eq!(fact(&explanation, "Class"), Some("4xx Client Error"));
    assert_eq!(fact(&explanation, "Reference"), Some("RFC 9110 section 15.5.5"));
    assert_eq!(fact(&explanation, "Standing"), None);
    let url = explanation.url.as_deref().expect("a registered code has a reference");
    assert!(url.starts_with("https://www.rfc-editor.org/rfc/rfc9110"), "{url}");
    assert!(url.ends_with("#section-15.5.5"), "{url}");
}

#[test]
fn standing_content_and_older_names_are_said() {
    assert_eq!(fact(&about("306"), "Standing"), Some("registered as unused"));
    assert_eq!(fact(&about("402"), "Standing"), Some("reserved for future use"));
    assert_eq!(fact(&about("209"), "Standing"), Some("not registered"));
    assert_eq!(fact(&about("2000"), "Standing"), Some("invalid"));
    assert!(fact(&about("204"), "Content").is_some_and(|content| content.starts_with("never")));
    assert!(fact(&about("205"), "Content").is_some_and(|content| content.starts_with("none")));
    let older = about("413");
    assert!(fact(&older, "Older names").is_some_and(|names| names.contains("Payload Too Large")));
    assert!(fact(&about("499"), "Used by").is_some());
}

#[test]
fn languages_with_the_same_names_share_a_row() {
    let rows = about("404").by_language();
    let names = |titles: &str| rows.iter().find(|(known, _)| known == titles).map(|row| &row.1);
    let rust = names("Rust").expect("Rust has libraries of its own");
    assert!(rust.iter().any(|name| name.starts_with("StatusCode::NOT_FOUND (")), "{rust:?}");
    let script = names("Astro, HTML, JavaScript, Svelte, TSX, TypeScript, Vue")
        .expect("these share their libraries");
    assert!(script.contains(&"HttpStatusCode.NotFound (@angular/common/http, axios)".to_owned()));
    assert_eq!(about("4xx").by_language(), []);
}

#[test]
fn a_class_lists_its_codes_when_asked_about_but_not_in_a_hover() {
    let codes = about("4xx");
    assert!(fact(&codes, "Codes").is_some_and(|codes| codes.contains("404 Not Found")));
    let text = "if status >= 400 {}";
    let report = report(text, "400", code(400), Role::Bound);
    let hover = hover(text, &report, rust(), &Settings::default(), 14).expect("a site is there");
    assert_eq!(hover.explanation.title, "4xx Client Error");
    assert_eq!(fact(&hover.explanation, "Codes"), None);
}

#[test]
fn hover_is_on_the_site_and_on_its_name_only() {
    let text = "const GONE: u16 = 410;";
    let mut report = report(text, "410", code(410), Role::Define);
    report.usage.sites[0].name = Some(Name { text: "GONE".to_owned(), range: 6..10, judged: true });
    let at = |offset| hover(text, &report, rust(), &Settings::default(), offset);
    assert_eq!(at(18).map(|hover| hover.range), Some(18..21));
    assert_eq!(at(21).map(|hover| hover.range), Some(18..21));
    assert_eq!(at(8).map(|hover| hover.range), Some(6..10));
    assert_eq!(at(12), None);
    assert_eq!(at(2), None);
}

#[test]
fn hover_brings_findings_and_the_projects_own_names() {
    let text = "send(470)";
    let mut report = report(text, "470", code(470), Role::Emit);
    report.findings.push(Finding {
        rule: "unknown-code",
        severity: Severity::Warning,
        message: "`470` is *not* <b>registered</b>".to_owned(),
        help: Some("allow `470`".to_owned()),
        code: None,
        range: 5..8,
        evidence: Evidence::Certain,
        fixes: Vec::new(),
    });
    let name = "Tenant [Suspended](x)".to_owned();
    let codes = vec![PrivateCode { code: StatusCode::new(470), name }];
    let settings = Settings { codes, ..Settings::default() };
    let hover = hover(text, &report, rust(), &settings, 6).expect("a site is there");
    assert_eq!(hover.findings.len(), 1);
    let markdown = hover.to_markdown();
    assert!(markdown.starts_with("### 470 Tenant \\[Suspended\\](x)\n"), "{markdown}");
    assert!(markdown.contains("`470` is \\*not\\* \\<b\\>registered"), "{markdown}");
    assert!(markdown.contains("allow `470`"), "{markdown}");
}

#[test]
fn hover_names_the_constants_of_imported_libraries_only() {
    let text = "send(404)";
    let with = |imports: &[&str]| {
        let mut report = report(text, "404", code(404), Role::Emit);
        report.usage.imports = imports.iter().map(|&import| import.to_owned()).collect();
        let hover = hover(text, &report, rust(), &Settings::default(), 6).expect("a site");
        let mut libraries: Vec<&str> =
            hover.explanation.constants.iter().map(|constant| constant.library).collect();
        libraries.sort_unstable();
        libraries
    };
    assert_eq!(with(&[]), [] as [&str; 0]);
    assert_eq!(with(&["std::fmt"]), [] as [&str; 0]);
    assert_eq!(with(&["axum::Json"]), ["axum"]);
    assert_eq!(with(&["rocket"]), ["rocket"]);
}

#[test]
fn hover_on_what_is_no_code_says_what_would_be_one() {
    let text = "'2xX':";
    let report = report(text, "'2xX'", Value::Malformed, Role::Declare);
    let hover = hover(text, &report, rust(), &Settings::default(), 2).expect("a site is there");
    assert_eq!(hover.explanation.title, "`2xX`");
    assert!(hover.to_markdown().starts_with("### `2xX`\n\nNot a status code"));
}

#[test]
fn hints_name_numbers_whose_phrase_is_not_there_yet() {
    let hint = |text: &str, piece: &str, number, role| {
        let report = report(text, piece, code(number), role);
        let hints = inlay_hints(text, &report, &Settings::default());
        hints.into_iter().map(|hint| (hint.offset, hint.label)).next()
    };
    assert_eq!(hint("send(404)", "404", 404, Role::Emit), Some((8, "Not Found".to_owned())));
    assert_eq!(hint("{ok: send(200)}", "200", 200, Role::Emit), Some((13, "OK".to_owned())));
    assert_eq!(hint("send(404, \"not found\")", "404", 404, Role::Emit), None);
    assert_eq!(hint("send(200) // OK", "200", 200, Role::Emit), None);
    assert_eq!(hint("status >= 400", "400", 400, Role::Bound), None);
    assert_eq!(hint("send(209)", "209", 209, Role::Emit), None);
}
