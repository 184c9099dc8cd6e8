//! Every code has its hover in every language.

use std::fs;
use std::path::{Path, PathBuf};

use statuslint_codes::{StatusCode, registry, vendor_codes};
use statuslint_languages::{Context, Evidence, Kind, Language, Role, Site, Value};
use statuslint_lint::{Settings, analyze, explain_code, hover};

/// The fixtures of a language that have statuses: path and text.
fn fixtures(language: Language) -> Vec<(PathBuf, String)> {
    let languages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../languages/languages");
    let folder = languages.join(language.id()).join("fixtures");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.file_name().is_some_and(|it| it.to_string_lossy().starts_with("found")))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).expect("a fixture is UTF-8")))
        .collect()
}

fn settings(path: &Path) -> Settings {
    let path = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Settings { context: Context { path, ..Context::default() }, ..Settings::default() }
}

#[test]
fn every_site_of_every_fixture_has_a_hover() {
    for language in Language::all() {
        for (path, text) in fixtures(language) {
            let settings = settings(&path);
            let report = analyze(&text, language, &settings);
            for site in &report.usage.sites {
                let shown = hover(&text, &report, language, &settings, site.range.start)
                    .unwrap_or_else(|| panic!("{}: {site:?}", path.display()));
                assert!(!shown.explanation.meaning.is_empty(), "{}: {site:?}", path.display());
            }
        }
    }
}

/// Whether a site shows one certain code by its digits, and another could stand there.
fn is_plain(site: &Site, text: &str) -> bool {
    let written = text[site.range.clone()].trim_matches(['"', '\'']);
    site.evidence == Evidence::Certain
        && matches!(site.kind, Kind::Number | Kind::String)
        && !matches!(site.role, Role::Bound | Role::Table | Role::Define)
        && site.value == Value::Code(StatusCode::new(404))
        && written == "404"
}

#[test]
fn registered_and_vendor_codes_are_explained_in_every_language() {
    let mut codes: Vec<StatusCode> = registry().iter().map(|entry| entry.code).collect();
    codes.extend(vendor_codes().iter().map(|entry| entry.code).filter(|code| code.is_valid()));
    codes.sort_unstable();
    codes.dedup();
    assert!(codes.len() > 80, "only {} codes", codes.len());
    for language in Language::all() {
        // The place that takes the most of them; the others ask for more evidence of odd codes.
        let mut best: Vec<StatusCode> = codes.clone();
        for (path, text) in fixtures(language) {
            let settings = settings(&path);
            let report = analyze(&text, language, &settings);
            for site in report.usage.sites.iter().filter(|site| is_plain(site, &text)).take(3) {
                let silent = |code: &&StatusCode| {
                    let mut text = text.clone();
                    let at = site.range.start + text[site.range.clone()].find('4').unwrap_or(0);
                    text.replace_range(at..at + 3, &code.to_string());
                    let report = analyze(&text, language, &settings);
                    let shown = hover(&text, &report, language, &settings, at);
                    let title = explain_code(**code, &settings).title;
                    shown.is_none_or(|shown| shown.explanation.title != title)
                };
                let silent: Vec<_> = codes.iter().filter(silent).copied().collect();
                if silent.len() < best.len() {
                    best = silent;
                }
            }
            if best.is_empty() {
                break;
            }
        }
        assert!(best.is_empty(), "{} has no hover for {best:?}", language.id());
    }
}
