//! The folders of `languages/`: their tables against the grammars, their fixtures against what is
//! found.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use statuslint_tests::difference;

use crate::folder::{FOLDERS, LanguageFile};
use crate::place::Place;
use crate::syntax::SyntaxFile;
use crate::vocabulary::VocabularyFile;
use crate::{Context, Evidence, Language, Usage, Value, usage};

fn folder(id: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("languages").join(id)
}

/// The fixtures of a language: path and text.
fn fixtures(id: &str) -> Vec<(PathBuf, String)> {
    let Ok(entries) = fs::read_dir(folder(id).join("fixtures")) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn found(path: &Path, text: &str, language: Language) -> Usage {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    usage(text, language, &Context { path: name, ..Context::default() })
}

fn describe(usage: &Usage) -> Vec<(std::ops::Range<usize>, String)> {
    let site = |site: &crate::Site| {
        let value = match site.value {
            Value::Code(code) => code.to_string(),
            Value::Class(class) => format!("{}XX", class.digit()),
            Value::Malformed => "malformed".to_owned(),
        };
        let likely = if site.evidence == Evidence::Likely { " likely" } else { "" };
        (site.range.clone(), format!("{} {value}{likely}", site.role.as_str()))
    };
    usage.sites.iter().map(site).collect()
}

#[test]
fn fixtures_are_found_exactly() {
    let mut differences = String::new();
    for language in Language::all() {
        let fixtures = fixtures(language.id());
        if fixtures.is_empty() {
            let _ = writeln!(differences, "no fixtures for {}", language.id());
        }
        for (path, text) in fixtures {
            let usage = found(&path, &text, language);
            if let Some(difference) = difference(&text, describe(&usage)) {
                let _ = writeln!(differences, "{}\n{difference}", path.display());
            }
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn every_language_has_what_is_found_what_is_silent_and_what_is_broken() {
    for language in Language::all() {
        let names: Vec<String> = fixtures(language.id())
            .iter()
            .map(|(path, _)| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        for kind in ["found", "silent", "broken"] {
            assert!(
                names.iter().any(|name| name.starts_with(kind)),
                "{} has no {kind} fixture",
                language.id()
            );
        }
    }
}

#[test]
fn line_ends_and_emoji_move_nothing() {
    for language in Language::all() {
        for (path, text) in fixtures(language.id()) {
            let plain = found(&path, &text, language);
            let crlf = text.replace('\n', "\r\n");
            let windows = found(&path, &crlf, language);
            let texts = |usage: &Usage, text: &str| -> Vec<(String, &'static str)> {
                usage
                    .sites
                    .iter()
                    .map(|site| (text[site.range.clone()].to_owned(), site.role.as_str()))
                    .collect()
            };
            assert_eq!(texts(&plain, &text), texts(&windows, &crlf), "{}", path.display());
        }
    }
}

#[test]
fn every_kind_and_field_of_a_syntax_table_is_one_of_its_grammars() {
    for folder in &FOLDERS {
        let file: SyntaxFile = toml::from_str(folder.syntax).unwrap();
        let grammars: Vec<tree_sitter::Language> = FOLDERS
            .iter()
            .filter(|other| other.chain().any(|link| link.id == folder.id))
            .filter_map(|other| other.grammar.map(|grammar| grammar()))
            .collect();
        for (kind, row) in &file.shape {
            let kind = kind.split(' ').next().unwrap();
            let known = grammars.iter().any(|grammar| grammar.id_for_node_kind(kind, true) != 0);
            assert!(known, "{}: no grammar has the kind {kind}", folder.id);
            let steps = row.places().into_iter().flatten().flat_map(|path| path.split(' '));
            for place in steps.map(|step| step.trim_end_matches('?')) {
                let known = grammars.iter().any(|grammar| Place::read(place, grammar).is_some());
                assert!(known, "{}: {kind}: no grammar has the part {place}", folder.id);
            }
        }
    }
}

#[test]
fn every_table_reads() {
    for folder in &FOLDERS {
        let file: LanguageFile = toml::from_str(folder.language).unwrap();
        assert!(!file.title.is_empty());
        let rows =
            folder.constants.lines().filter(|line| !line.is_empty()).count().saturating_sub(1);
        let own = folder.tables().constants.len();
        assert!(own >= rows, "{}: {} of {rows} constants read", folder.id, own);
    }
}

#[test]
fn every_entry_of_a_vocabulary_stands_in_a_fixture() {
    let mut absent = Vec::new();
    for folder in &FOLDERS {
        let vocabulary: VocabularyFile = toml::from_str(folder.vocabulary).unwrap();
        let apis: BTreeSet<&str> = vocabulary.api.iter().map(|api| api.name.as_str()).collect();
        let texts: Vec<String> = FOLDERS
            .iter()
            .filter(|other| other.libraries().any(|link| link.id == folder.id))
            .flat_map(|other| fixtures(other.id))
            .map(|(_, text)| text)
            .collect();
        let stands = |needle: &str| texts.iter().any(|text| text.contains(needle));
        for call in &vocabulary.call {
            assert!(apis.contains(call.api.as_str()), "{}: no [[api]] {}", folder.id, call.api);
            for name in &call.names {
                // Calls of some languages need no brackets: `head 404`, curried ones none at all.
                let bare = match folder.id {
                    "clojure" | "elixir" | "haskell" | "ruby" => " ",
                    _ => "(",
                };
                let opens = ["(", "!(", "<", "::<", "`", bare];
                if !opens.iter().any(|open| stands(&format!("{name}{open}"))) {
                    absent.push(format!("{}: no fixture calls {name}", folder.id));
                }
            }
        }
        let places = vocabulary.script.iter().map(|script| &script.place);
        for place in places.chain(vocabulary.entry.iter().map(|entry| &entry.place)) {
            for key in place.keys.iter().filter(|key| *key != "*" && !stands(key)) {
                absent.push(format!("{}: no fixture has the key {key}", folder.id));
            }
        }
        for entry in &vocabulary.entry {
            assert!(apis.contains(entry.api.as_str()), "{}: no [[api]] {}", folder.id, entry.api);
        }
        for directive in &vocabulary.directive {
            for name in &directive.names {
                let begin = name.strip_suffix('*').unwrap_or(name);
                if !(stands(&format!("{begin} ")) || begin != name && stands(begin)) {
                    absent.push(format!("{}: no fixture has the directive {name}", folder.id));
                }
            }
        }
        for field in &vocabulary.field {
            assert!(apis.contains(field.api.as_str()), "{}: no [[api]] {}", folder.id, field.api);
            if !stands(&field.name) {
                absent.push(format!("{}: no fixture has the field {}", folder.id, field.name));
            }
        }
    }
    assert!(absent.is_empty(), "{absent:#?}");
}

#[test]
fn sites_are_ascending_and_apart_whatever_the_text() {
    // Every prefix of every fixture is a broken document; none may panic or overlap.
    for language in Language::all() {
        for (path, text) in fixtures(language.id()) {
            let cuts = text.char_indices().map(|(at, _)| at).step_by(97);
            for cut in cuts {
                let usage = found(&path, &text[..cut], language);
                for pair in usage.sites.windows(2) {
                    assert!(
                        pair[0].range.end <= pair[1].range.start,
                        "{} cut at {cut}",
                        path.display()
                    );
                }
            }
        }
    }
}

/// Each of these took minutes once: work per candidate that grew with the document.
#[test]
fn long_chains_lists_and_nests_are_read_to_their_end() {
    let cases = [
        ("javascript", format!("x={};", vec!["res.status === 404"; 5_000].join("+")), 0),
        ("javascript", format!("x={};", vec!["res.status === 404"; 5_000].join("&&")), 5_000),
        ("json", "{\"responses\":".repeat(20_000) + "404" + &"}".repeat(20_000), 0),
        ("rust", format!("const TABLE: [u16; 90000] = [{}];", "404, ".repeat(90_000)), 0),
        ("python", format!("import requests\nX = [{}]", "{'status': 404}, ".repeat(5_000)), 5_000),
        (
            "go",
            format!("package x\nvar status = {}404{}", "(".repeat(50_000), ")".repeat(50_000)),
            0,
        ),
    ];
    for (id, text, sites) in cases {
        let language = Language::from_id(id).unwrap();
        assert_eq!(usage(&text, language, &Context::default()).sites.len(), sites, "{id}");
    }
}
