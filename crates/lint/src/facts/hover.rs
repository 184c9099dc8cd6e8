//! What an editor shows when somebody points at a status code.

use std::collections::BTreeSet;
use std::ops::Range;

use statuslint_codes::{Class, StatusCode};
use statuslint_languages::{Constant, Language, Role, Site, Value};

use super::explanation::{Explanation, Fact, NamedConstant, explain_class, named, of_code};
use crate::quote::quoted;
use crate::{Finding, Report, Settings};

/// What there is to say about one place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The bytes it is about.
    pub range: Range<usize>,
    /// The code or class that stands there, with the constants of the libraries in use.
    pub explanation: Explanation,
    /// What is wrong there.
    pub findings: Vec<Finding>,
}

/// The status that stands at an offset of a document, and the bytes there that are about it: its
/// own, or those of the name it is given.
pub fn site_at(report: &Report, offset: usize) -> Option<(&Site, Range<usize>)> {
    report.usage.sites.iter().find_map(|site| {
        let name = site.name.as_ref().map(|name| &name.range);
        let places = [Some(&site.range), name];
        let touches = |range: &&Range<usize>| range.start <= offset && offset <= range.end;
        places.into_iter().flatten().find(touches).map(|range| (site, range.clone()))
    })
}

/// What there is to say about the place at an offset of a document, when a status stands there.
pub fn hover(
    text: &str,
    report: &Report,
    language: Language,
    settings: &Settings,
    offset: usize,
) -> Option<Hover> {
    let (site, range) = site_at(report, offset)?;
    let explanation = match site.value {
        Value::Code(code) => match edge(site, code) {
            Some(class) => brief(class),
            None => Explanation {
                constants: in_use(language, code, &report.usage.imports),
                ..of_code(code, settings)
            },
        },
        Value::Class(class) => brief(class),
        Value::Malformed => malformed(text.get(site.range.clone())?),
    };
    let overlaps =
        |finding: &&Finding| finding.range.start < range.end && range.start < finding.range.end;
    let findings = report.findings.iter().filter(overlaps).cloned().collect();
    Some(Hover { range, explanation, findings })
}

/// The class that a range's end opens or closes: `>= 400` is about errors, not about 400.
fn edge(site: &Site, code: StatusCode) -> Option<Class> {
    let is_edge = matches!(code.get() % 100, 0 | 99);
    code.class().filter(|_| site.role == Role::Bound && is_edge)
}

/// What there is to say about text that stands where a status must stand and is none.
fn malformed(source: &str) -> Explanation {
    Explanation {
        title: quoted(source.trim_matches(['"', '\''])),
        meaning: "Not a status code: those are 100 to 599 (RFC 9110 section 15). A responses \
                  object of OpenAPI also takes ranges from 1XX to 5XX, and default."
            .to_owned(),
        facts: Vec::new(),
        constants: Vec::new(),
        url: None,
    }
}

/// The explanation of a class without the list of its codes.
fn brief(class: Class) -> Explanation {
    let mut explanation = explain_class(class);
    explanation.facts.retain(|fact| fact.label != Fact::CODES);
    explanation
}

/// The constants of the libraries that a document imports.
fn in_use(language: Language, code: StatusCode, imports: &BTreeSet<String>) -> Vec<NamedConstant> {
    let imported = |constant: &&Constant| constant.code == code && constant.is_imported(imports);
    named(language, &language.constants().iter().filter(imported))
}
