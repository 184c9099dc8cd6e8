//! `statuslint/sites`: every place of a status in the workspace, for the tree an editor shows.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::{Range, Url};
use serde::{Deserialize, Serialize};
use statuslint_codes::{Class, StatusCode};
use statuslint_languages::{Site, Value};
use statuslint_workspace::{Checked, Options, each};

use crate::analysis::Analysis;
use crate::documents::Snapshot;
use crate::positions::{Encoding, Positions};
use crate::session::Session;
use crate::workspace::{Stamp, stamp};

/// The name of the request.
pub(crate) const METHOD: &str = "statuslint/sites";

/// More places than this no tree shows.
const MOST: usize = 20_000;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct SitesParams {
    /// The only document; without one, the whole workspace.
    pub(crate) uri: Option<Url>,
}

/// The places, in the order of documents and positions.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct SitesAnswer {
    pub(crate) sites: Vec<Place>,
    /// Whether there are more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) truncated: bool,
}

/// A place of a status; the words are those of `statuslint sites --output-format json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    uri: Url,
    range: Range,
    code: Option<u16>,
    class: Option<u8>,
    name: Option<String>,
    text: String,
    kind: &'static str,
    role: &'static str,
    evidence: &'static str,
}

/// The places in the files that are not open, as they were last read.
#[derive(Debug, Default)]
pub(crate) struct KnownSites(Mutex<HashMap<PathBuf, Known>>);

#[derive(Debug)]
struct Known {
    stamp: Stamp,
    epoch: u64,
    places: Places,
}

type Places = Arc<Vec<Place>>;

impl KnownSites {
    /// The places in a file, if it and what it is judged by are as they were.
    fn get(&self, path: &Path, stamp: Stamp, epoch: u64) -> Option<Places> {
        let files = self.files();
        let known = files.get(path).filter(|it| (it.stamp, it.epoch) == (stamp, epoch))?;
        Some(Arc::clone(&known.places))
    }

    fn files(&self) -> MutexGuard<'_, HashMap<PathBuf, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The places in a document; `None` when it has changed since the client asked. This takes its
/// time: not for the reactor.
pub(crate) fn of_document(session: &Session, url: &Url) -> Option<SitesAnswer> {
    let places = if let Some(snapshot) = session.documents.snapshot(url) {
        of_analysis(&*session.analyze(&snapshot)?, &snapshot)
    } else {
        let path = url.to_file_path().ok();
        let path = path.filter(|path| session.configuration().root_of(path).is_some());
        of_files(session, path.into_iter().collect()).into_values().next().unwrap_or_default()
    };
    Some(limited(places.iter()))
}

/// The places in the whole workspace: in the open documents as they are, else as they were last
/// analysed, and in files. This takes its time: not for the reactor.
pub(crate) fn of_workspace(session: &Session) -> SitesAnswer {
    let mut all: BTreeMap<Url, Places> = BTreeMap::new();
    let mut open = HashSet::new();
    for url in session.documents.urls() {
        open.extend(url.to_file_path());
        let Some(snapshot) = session.documents.snapshot(&url) else { continue };
        let analysis = session.analyze(&snapshot).or_else(|| session.analyses.last(&url));
        if let Some(analysis) = analysis {
            all.insert(url, of_analysis(&analysis, &snapshot));
        }
    }
    let mut files: Vec<PathBuf> = session
        .mentions()
        .all()
        .filter(|path| !open.contains(*path))
        .map(Path::to_path_buf)
        .collect();
    files.retain(|path| session.configuration().root_of(path).is_some());
    all.extend(of_files(session, files));
    limited(all.values().flat_map(|places| places.iter()))
}

fn limited<'p>(places: impl Iterator<Item = &'p Place>) -> SitesAnswer {
    let mut sites: Vec<Place> = places.take(MOST + 1).cloned().collect();
    let truncated = sites.len() > MOST;
    sites.truncate(MOST);
    SitesAnswer { sites, truncated }
}

/// The places in a document as it was analysed, unless it is excluded.
fn of_analysis(analysis: &Analysis, snapshot: &Snapshot) -> Places {
    let checked = analysis.checked.as_ref().filter(|_| !analysis.excluded);
    checked.map(|checked| places(checked, &snapshot.url, snapshot.encoding)).unwrap_or_default()
}

/// The places in files that are not open; those that are not known are read, those of each root by
/// its settings.
fn of_files(session: &Session, files: Vec<PathBuf>) -> BTreeMap<Url, Places> {
    let epoch = session.analyses.epoch();
    let mut found = BTreeMap::new();
    let mut unknown: HashMap<Option<PathBuf>, HashMap<PathBuf, Stamp>> = HashMap::new();
    for path in files {
        let (Some(stamp), Ok(url)) = (stamp(&path), Url::from_file_path(&path)) else { continue };
        if let Some(places) = session.sites.get(&path, stamp, epoch) {
            found.insert(url, places);
        } else {
            let root = session.configuration().root_of(&path).map(Path::to_path_buf);
            unknown.entry(root).or_default().insert(path, stamp);
        }
    }
    for stamps in unknown.into_values() {
        found.extend(read(session, &stamps, epoch));
    }
    found
}

/// Reads files of one root, and keeps what is found there.
fn read(session: &Session, stamps: &HashMap<PathBuf, Stamp>, epoch: u64) -> Vec<(Url, Places)> {
    let mut paths: Vec<PathBuf> = stamps.keys().cloned().collect();
    paths.sort_unstable();
    let options: Options = session.options(paths);
    let encoding = session.documents.encoding();
    let found = Mutex::new(Vec::new());
    let index = |path: &Path| session.surveys().index(path);
    each(
        &options,
        |_| true,
        index,
        &AtomicBool::new(false),
        |told| {
            let Some(&stamp) = stamps.get(told.path) else { return };
            let Ok(url) = Url::from_file_path(told.path) else { return };
            let excluded =
                options.configs.for_path(told.path).is_ok_and(|it| it.excludes(told.path));
            let checked = told.checked.as_ref().filter(|_| !excluded);
            let places = checked.map(|checked| places(checked, &url, encoding)).unwrap_or_default();
            let known = Known { stamp, epoch, places: Arc::clone(&places) };
            session.sites.files().insert(told.path.to_path_buf(), known);
            found.lock().unwrap_or_else(PoisonError::into_inner).push((url, places));
        },
    );
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The places in a document that are as sure as its settings ask for.
fn places(checked: &Checked, url: &Url, encoding: Encoding) -> Places {
    let positions = Positions::new(&checked.text, encoding);
    let sites = checked.report.usage.sites.iter();
    let mut sites: Vec<&Site> =
        sites.filter(|site| site.evidence >= checked.settings.evidence).collect();
    sites.sort_by_key(|site| (site.range.start, site.range.end));
    let place = |site: &Site| {
        let code = site.code();
        let class = match site.value {
            Value::Class(class) => Some(class),
            _ => code.and_then(StatusCode::class),
        };
        Place {
            uri: url.clone(),
            range: positions.range(&site.range),
            code: code.map(StatusCode::get),
            class: class.map(Class::digit),
            name: code.and_then(|code| checked.settings.name(code)).map(str::to_owned),
            text: checked.text.get(site.range.clone()).unwrap_or_default().to_owned(),
            kind: site.kind.as_str(),
            role: site.role.as_str(),
            evidence: site.evidence.as_str(),
        }
    };
    Arc::new(sites.into_iter().map(place).collect())
}

#[cfg(test)]
mod tests {
    use lsp_types::Range;

    use super::{MOST, Place, limited};

    #[test]
    fn more_places_than_a_tree_shows_are_cut_off_and_that_is_said() {
        let place = Place {
            uri: "file:///a.py".parse().unwrap(),
            range: Range::default(),
            code: None,
            class: Some(4),
            name: None,
            text: "4XX".to_owned(),
            kind: "string",
            role: "declare",
            evidence: "certain",
        };
        for (count, kept, truncated) in
            [(0, 0, false), (MOST, MOST, false), (MOST + 1, MOST, true), (3 * MOST, MOST, true)]
        {
            let answer = limited(std::iter::repeat_n(&place, count));
            assert_eq!((answer.sites.len(), answer.truncated), (kept, truncated));
            let told = serde_json::to_value(&answer).unwrap().get("truncated").cloned();
            assert_eq!(told, truncated.then_some(true.into()));
        }
    }
}
