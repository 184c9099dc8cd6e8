//! Switches, maps and lists that do nothing but give codes their names are tables of codes.

use crate::{Role, Site, Usage};

/// Fewer rows may as well each be handled for itself.
const ROWS: usize = 6;

/// So many bytes may stand between the codes of two rows.
const APART: usize = 120;

/// Makes entries of a table of all the codes of every run of rows most of which name their code.
pub(crate) fn mark(usage: &mut Usage) {
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
