//! The places of one code in a document, and where its meaning is written down.

use lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentLink, Position, Url};
use statuslint_languages::{Kind, Role, Site, Value};
use statuslint_workspace::Checked;

use crate::abilities::Abilities;
use crate::documents::Snapshot;

/// Everywhere in the document where the status of a position stands, in all its spellings.
pub(crate) fn highlights(
    checked: &Checked,
    position: Position,
    snapshot: &Snapshot,
) -> Option<Vec<DocumentHighlight>> {
    let positions = snapshot.positions();
    let (asked, _) = statuslint_lint::site_at(&checked.report, positions.byte(position))?;
    let sites = checked.report.usage.sites.iter().filter(|site| is_same(site, asked));
    let highlights = sites.map(|site| DocumentHighlight {
        range: positions.range(&site.range),
        kind: Some(match site.role {
            Role::Emit | Role::Define | Role::Config => DocumentHighlightKind::WRITE,
            _ => DocumentHighlightKind::READ,
        }),
    });
    Some(highlights.collect())
}

/// Whether two sites stand for the same: `404`, `"404"` and `NOT_FOUND`, but no end of a range.
fn is_same(site: &Site, asked: &Site) -> bool {
    let bound = |site: &Site| site.role == Role::Bound;
    site.value == asked.value && site.value != Value::Malformed && bound(site) == bound(asked)
}

/// From each number of the document that is a status to the section that defines it. A name leads
/// to its own definition.
pub(crate) fn links(
    checked: &Checked,
    snapshot: &Snapshot,
    abilities: Abilities,
) -> Vec<DocumentLink> {
    let positions = snapshot.positions();
    let sites = checked
        .report
        .usage
        .sites
        .iter()
        .filter(|site| site.role != Role::Bound && site.kind != Kind::Name);
    let link = |site: &Site| {
        let reference = site.code()?.entry()?.reference;
        Some(DocumentLink {
            range: positions.range(&site.range),
            target: Some(Url::parse(&reference.url()).ok()?),
            tooltip: abilities.link_tooltips.then(|| reference.to_string()),
            data: None,
        })
    };
    sites.filter_map(link).collect()
}
