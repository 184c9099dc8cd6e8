//! The places of a code in the whole workspace: in the open documents as they are, and in the files
//! that had it when they were last read.

use std::path::PathBuf;

use lsp_types::{Location, Position, SymbolInformation, SymbolKind, Url};
use statuslint_codes::{StatusCode, registry, vendor_codes};
use statuslint_languages::{Role, Site};
use statuslint_lint::{Subject, subject};
use statuslint_workspace::Checked;

use crate::analysis::Analysis;
use crate::documents::Snapshot;
use crate::positions::Positions;
use crate::session::Session;

/// More symbols than this nobody reads.
const MOST: usize = 512;

/// So many digits of a query say enough to look for.
const DIGITS: usize = 2;

/// So many letters of a query say enough to look for.
const LETTERS: usize = 3;

/// Everywhere in the workspace where the code at a position stands, in all its spellings. Where it
/// is given a name counts as a declaration.
pub(crate) fn references(
    session: &Session,
    snapshot: &Snapshot,
    analysis: &Analysis,
    position: Position,
    declarations: bool,
) -> Option<Vec<Location>> {
    let report = &analysis.checked.as_ref()?.report;
    let offset = snapshot.positions().byte(position);
    let (asked, _) = statuslint_lint::site_at(report, offset)?;
    let code = asked.code()?;
    let mut found = Vec::new();
    each_place(session, &[code], |site, location, _| {
        if declarations || site.role != Role::Define {
            found.push(location);
        }
    });
    Some(found)
}

/// The places of the codes that a query speaks of, by number or by name.
pub(crate) fn symbols(session: &Session, query: &str) -> Vec<SymbolInformation> {
    let wanted = wanted(query);
    let mut found = Vec::new();
    each_place(session, &wanted, |site, location, written| {
        let Some(code) = site.code().filter(|_| found.len() < MOST) else { return };
        let name = code.entry().map_or(String::new(), |entry| format!(" {}", entry.name));
        #[expect(deprecated, reason = "the field must be given")]
        found.push(SymbolInformation {
            name: format!("{code}{name}"),
            kind: SymbolKind::CONSTANT,
            tags: None,
            deprecated: None,
            location,
            container_name: Some(written.to_owned()),
        });
    });
    found
}

/// The codes a query speaks of: `404`, `40`, `not found`, `StatusCode.NOT_FOUND`, `forbid`.
fn wanted(query: &str) -> Vec<StatusCode> {
    let query = query.trim();
    let lower = query.to_lowercase();
    let digits = query.bytes().all(|byte| byte.is_ascii_digit());
    let letters = lower.len() >= LETTERS;
    let known = registry().iter().map(|entry| (entry.code, entry.name));
    let known = known.chain(vendor_codes().iter().map(|entry| (entry.code, entry.name)));
    let mut wanted: Vec<StatusCode> = known
        .filter(|(code, name)| {
            (digits && query.len() >= DIGITS && code.to_string().starts_with(query))
                || (letters && name.to_lowercase().contains(&lower))
        })
        .map(|(code, _)| code)
        .collect();
    // Fewer digits than a code has are the beginning of many, not a code.
    let whole = !digits || query.len() == 3;
    if let Some(Subject::Code(code)) = subject(query).filter(|_| whole) {
        wanted.push(code);
    }
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// Tells every place of these codes, with its location and what is written there: documents in the
/// order of their addresses, places from the top.
fn each_place(
    session: &Session,
    wanted: &[StatusCode],
    mut tell: impl FnMut(&Site, Location, &str),
) {
    if wanted.is_empty() {
        return;
    }
    let mut tell_all = |url: &Url, checked: &Checked, positions: &Positions<'_>| {
        let has = |site: &&Site| {
            site.role != Role::Bound && site.code().is_some_and(|code| wanted.contains(&code))
        };
        for site in checked.report.usage.sites.iter().filter(has) {
            let location = Location::new(url.clone(), positions.range(&site.range));
            let written = checked.text.get(site.range.clone()).unwrap_or_default();
            tell(site, location, written);
        }
    };
    let mut open = session.documents.urls();
    open.sort_unstable();
    for url in &open {
        let Some(snapshot) = session.documents.snapshot(url) else { continue };
        let analysis = session.analyze(&snapshot);
        if let Some(checked) = analysis.as_ref().and_then(|it| it.checked.as_ref()) {
            tell_all(url, checked, &snapshot.positions());
        }
    }
    let open: Vec<PathBuf> = open.iter().filter_map(|url| url.to_file_path().ok()).collect();
    let closed = {
        let mentions = session.mentions();
        let files =
            mentions.files(wanted).into_iter().filter(|path| !open.iter().any(|it| it == path));
        files.map(PathBuf::from).collect()
    };
    for checked in session.read(closed) {
        if let Ok(url) = Url::from_file_path(&checked.path) {
            let positions = Positions::new(&checked.text, session.documents.encoding());
            tell_all(&url, &checked, &positions);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn a_query_speaks_of_codes_by_number_and_by_name() {
        for (query, codes) in [
            ("404", &[404][..]),
            ("50", &[500, 501, 502, 503, 504, 505, 506, 507, 508, 509]),
            ("not found", &[404]),
            ("StatusCode.NOT_FOUND", &[404]),
            ("gateway t", &[504]),
            ("470", &[470]),
            ("4040", &[]),
            ("", &[]),
            ("4", &[]),
            ("no", &[]),
            ("orders", &[]),
        ] {
            let found: Vec<u16> = wanted(query).iter().map(|code| code.get()).collect();
            assert_eq!(found, codes, "{query}");
        }
    }
}
