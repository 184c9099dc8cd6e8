//! What there is in a tree that a configuration may have to speak of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use statuslint_config::{Configs, absolute};
use statuslint_languages::{Evidence, Language};
use statuslint_lint::rules;
use statuslint_workspace::{Checked, Outcome};

use super::codes::Codes;
use crate::output::counted;
use crate::output::escape::visible;

/// Folders of code that others wrote, wherever they are.
const FOREIGN: [&str; 4] = ["bower_components", "node_modules", "third-party", "third_party"];

/// What marks a folder `vendor` as one of dependencies, rather than one about vendors.
const VENDORED: [&str; 4] = ["modules.txt", "autoload.php", "composer", "bundle"];

/// What `init` knows about a tree.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// How many files were looked at.
    pub(super) checked: usize,
    /// How many of them have status codes.
    pub(super) files: usize,
    /// How many places there are.
    pub(super) places: usize,
    /// How many of them are only likely.
    pub(super) likely: usize,
    /// The languages, those with most places first.
    pub(super) languages: Vec<Spoken>,
    /// Patterns of what others wrote, ascending.
    pub(super) foreign: BTreeSet<&'static str>,
    /// The folders tests are in, each with its files.
    pub(super) tests: BTreeMap<String, usize>,
    /// The descriptions of interfaces.
    pub(super) descriptions: BTreeSet<String>,
    /// How often the rules that are off would find something.
    pub(super) off: BTreeMap<&'static str, usize>,
    /// The codes that nobody registered, or that are reserved.
    pub(super) codes: Codes,
}

/// A language of a tree.
#[derive(Debug)]
pub(super) struct Spoken {
    pub(super) title: &'static str,
    pub(super) places: usize,
    /// The libraries that told what is a status, those with most places first.
    pub(super) libraries: Vec<&'static str>,
}

impl Tree {
    /// Reads what a run over a folder found, every rule asked.
    pub(crate) fn new(outcome: &Outcome, configs: &Configs, folder: &Path) -> Self {
        let mut tree = Self { checked: outcome.checked, ..Self::default() };
        let folder = absolute(folder);
        let mut languages: BTreeMap<&'static str, (usize, BTreeMap<&'static str, usize>)> =
            BTreeMap::new();
        for file in &outcome.files {
            let Some(language) = file.language else { continue };
            let path = absolute(file.path.as_ref());
            let below = path.strip_prefix(&folder).unwrap_or(&path);
            if let Some(foreign) = foreign(&folder, below) {
                tree.foreign.insert(foreign);
                continue;
            }
            // The name will stand in comments, and must not end them.
            let shown = visible(&below.display().to_string()).into_owned();
            tree.read(file, language, &shown, &mut languages);
            // A folder with a configuration of its own allows for itself.
            let config = configs.for_path(&path).ok();
            let config = config.as_ref().and_then(|config| config.path());
            let elsewhere = config
                .and_then(Path::parent)
                .is_some_and(|above| above.starts_with(&folder) && above != folder);
            if !elsewhere {
                tree.codes.read(file, &shown);
            }
        }
        tree.languages = languages.into_iter().map(spoken).collect();
        tree.languages.sort_by(|a, b| b.places.cmp(&a.places).then(a.title.cmp(b.title)));
        tree
    }

    /// What was seen, in a line.
    pub(crate) fn summary(&self) -> String {
        let places = counted(self.places, "status code");
        format!(
            "{places} in {} of {}",
            counted(self.files, "file").replace(" files", "").replace(" file", ""),
            counted(self.checked, "file")
        )
    }

    fn read(
        &mut self,
        file: &Checked,
        language: Language,
        shown: &str,
        languages: &mut BTreeMap<&'static str, (usize, BTreeMap<&'static str, usize>)>,
    ) {
        let sites = &file.report.usage.sites;
        self.files += usize::from(!sites.is_empty());
        self.places += sites.len();
        self.likely += sites.iter().filter(|site| site.evidence == Evidence::Likely).count();
        if !sites.is_empty() {
            let (places, libraries) = languages.entry(language.title()).or_default();
            *places += sites.len();
            for api in sites.iter().filter_map(|site| site.api).filter(|api| *api != "project") {
                *libraries.entry(api).or_default() += 1;
            }
        }
        if file.settings.in_test {
            *self.tests.entry(first_folder(shown)).or_default() += 1;
        }
        let data = matches!(language.id(), "json" | "yaml");
        if data && sites.iter().any(|site| site.key && site.api == Some("openapi")) {
            self.descriptions.insert(shown.to_owned());
        }
        for finding in &file.report.findings {
            let rule = rules().iter().find(|rule| rule.name == finding.rule);
            if rule.is_some_and(|rule| rule.severity.is_none()) {
                *self.off.entry(finding.rule).or_default() += 1;
            }
        }
    }
}

fn spoken(
    (title, (places, libraries)): (&'static str, (usize, BTreeMap<&'static str, usize>)),
) -> Spoken {
    let mut libraries: Vec<_> = libraries.into_iter().collect();
    libraries.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    Spoken { title, places, libraries: libraries.into_iter().map(|(name, _)| name).collect() }
}

/// The pattern for what others wrote that a file is in.
fn foreign(folder: &Path, below: &Path) -> Option<&'static str> {
    let mut folders = below.parent()?.iter().filter_map(|name| name.to_str());
    if folders.clone().next() == Some("vendor")
        && VENDORED.iter().any(|mark| folder.join("vendor").join(mark).exists())
    {
        return Some("/vendor");
    }
    folders.find_map(|name| FOREIGN.into_iter().find(|foreign| *foreign == name))
}

/// The folder at the top that a file is in, or the file itself.
fn first_folder(shown: &str) -> String {
    let path = Path::new(shown);
    let first = path.iter().next().unwrap_or_default().to_string_lossy();
    let inside = path.iter().nth(1).is_some();
    if inside { format!("{first}/") } else { first.into_owned() }
}
