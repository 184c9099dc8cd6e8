//! Switches, maps and lists that do nothing but give codes their names are tables of codes.

use crate::{Role, Site, Usage};

/// Fewer rows may as well each be handled for itself.
const ROWS: usize = 6;

/// Whoever writes so many different codes in ascending order lists all that there are.
const LISTED: usize = 16;

/// So many bytes may stand between the codes of two rows.
const APART: usize = 120;

/// Makes entries of a table of all the codes of every run of rows most of which name their code.
pub(crate) fn mark(usage: &mut Usage) {
    mark_listed(&mut usage.sites);
    let next = |pair: &[Site]| pair[1].range.start.saturating_sub(pair[0].range.end) <= APART;
    let mut rest = usage.sites.as_mut_slice();
    while !rest.is_empty() {
        let run = 1 + rest.windows(2).take_while(|pair| next(pair)).count();
        let (rows, after) = rest.split_at_mut(run);
        let named = rows.iter().filter(|row| row.role == Role::Table).count();
        if run >= ROWS && named * 2 > run {
            let rows = rows.iter_mut();
            for row in rows.filter(|row| matches!(row.role, Role::Branch | Role::Compare)) {
                row.role = Role::Table;
            }
        }
        rest = after;
    }
}

/// Marks the sites of every long ascending run of codes, but for the responses of a document,
/// which are declared because they are given.
fn mark_listed(sites: &mut [Site]) {
    let mut rest = sites;
    while !rest.is_empty() {
        let ascends = |pair: &[Site]| pair[0].code().is_some() && pair[0].code() <= pair[1].code();
        let run = 1 + rest.windows(2).take_while(|pair| ascends(pair)).count();
        let (listed, after) = rest.split_at_mut(run);
        let different =
            1 + listed.windows(2).filter(|pair| pair[0].code() < pair[1].code()).count();
        if different >= LISTED {
            let listed = listed.iter_mut().filter(|site| site.role != Role::Declare);
            listed.for_each(|site| site.listed = true);
        }
        rest = after;
    }
}
