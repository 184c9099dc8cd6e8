//! Sources of every language and every rule, each a project of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One file of a project.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The editor's name for its language; `None` of what only stands beside the sources.
    pub(crate) language: Option<String>,
    /// What it holds.
    pub(crate) text: String,
}

/// The projects to compare: their files, by path; the first two folders are the project's.
pub(crate) type Sources = BTreeMap<String, Source>;

/// A name that Rack 3.1 replaced.
const OUTDATED: &str = "\
class OrdersController < ApplicationController
  def create
    render json: {}, status: :unprocessable_entity
  end
end
";

/// The fixtures of the languages and of the rules, and the examples of the rules' pages.
pub(crate) fn sources() -> Sources {
    let mut sources = languages();
    sources.extend(manifests());
    sources.extend(pages());
    sources.extend(rules());
    sources
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates")
}

/// The fixtures of the languages.
fn languages() -> Sources {
    let languages = crates().join("languages/languages");
    let is_fixture = |path: &&PathBuf| path.iter().any(|part| part == "fixtures");
    let all = files(&languages);
    let fixtures: Vec<_> = all.iter().filter(is_fixture).collect();
    for folder in fs::read_dir(&languages).unwrap().map(|entry| entry.unwrap().path()) {
        let has_any = fixtures.iter().any(|file| file.starts_with(&folder));
        assert!(has_any, "{} has no fixtures to compare", folder.display());
    }
    let source = |file: &&PathBuf| {
        let name = file.strip_prefix(&languages).unwrap().to_str().unwrap();
        let own = format!("/{}/", stem(file));
        let path = name.replace("/fixtures/", &own);
        let language = language_id(&path);
        (path, Source { language: Some(language), text: fs::read_to_string(file).unwrap() })
    };
    fixtures.iter().map(source).collect()
}

/// What a manifest proves counts in both.
fn manifests() -> Sources {
    let mut sources = Sources::new();
    for (manifest, script) in [
        ("GEM\n  specs:\n    rack (3.1.8)\n", "proved"),
        ("GEM\n  specs:\n    rack (3.0.11)\n", "older"),
    ] {
        let manifest = Source { language: None, text: manifest.to_owned() };
        sources.insert(format!("ruby/{script}/Gemfile.lock"), manifest);
        let app = Source { language: Some("ruby".to_owned()), text: OUTDATED.to_owned() };
        sources.insert(format!("ruby/{script}/app.rb"), app);
    }
    sources
}

/// The examples of the rules' pages.
fn pages() -> Sources {
    let mut sources = Sources::new();
    for page in files(&crates().join("lint/src/rules")) {
        if page.extension().is_some_and(|it| it == "md") {
            let blocks = blocks(&fs::read_to_string(&page).unwrap());
            for (index, (info, text)) in blocks.into_iter().enumerate() {
                let language = info.split_whitespace().next().unwrap_or("plaintext").to_owned();
                let path = format!("pages/{}_{index}/page.{}", stem(&page), extension(&language));
                sources.insert(path, Source { language: Some(language), text });
            }
        }
    }
    sources
}

/// The fixtures of the rules, each with its rule on and the path its first line may give it.
fn rules() -> Sources {
    let mut sources = Sources::new();
    let folder = crates().join("lint/fixtures");
    for file in files(&folder) {
        let name = file.strip_prefix(&folder).unwrap().to_str().unwrap();
        let Some((rule, name)) = name.split_once('/') else { continue };
        // No rule: what may be typed at marked places.
        if rule == "completion" {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let first = text.lines().next().unwrap_or_default();
        let settings = first.split_once("settings:").map_or("", |(_, settings)| settings);
        let own = settings.split_whitespace().find_map(|word| word.strip_prefix("path="));
        let project = format!("rule-{rule}/{name}");
        let configuration = format!("[rules]\n{rule} = \"warning\"\n");
        let configuration = Source { language: None, text: configuration };
        sources.insert(format!("{project}/statuslint.toml"), configuration);
        let path = format!("{project}/{}", own.unwrap_or(name));
        sources.insert(path, Source { language: Some(language_id(name)), text });
    }
    sources
}

/// The files of a folder and of those in it, ascending.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { paths.extend(files(&path)) } else { paths.push(path) }
    }
    paths.sort();
    paths
}

fn stem(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// The fenced blocks of a page: what stands after the fence, and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.split_inclusive('\n') {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some((info.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

/// The extension of files of a fenced block's language.
fn extension(language: &str) -> &str {
    match language {
        "python" => "py",
        "rust" => "rs",
        "javascript" => "js",
        "typescript" => "ts",
        "ruby" => "rb",
        "csharp" => "cs",
        "plaintext" => "txt",
        other => other,
    }
}

/// The editor's language id of a fixture, whose path begins with its language.
fn language_id(path: &str) -> String {
    let id = match path.rsplit('.').next().unwrap_or_default() {
        "jsx" => "javascriptreact",
        "tsx" => "typescriptreact",
        // Known by its place alone, in the terminal and in the editor.
        "cfg" => "plaintext",
        _ => path.split(['/', '.', '_']).next().unwrap_or_default(),
    };
    id.to_owned()
}
