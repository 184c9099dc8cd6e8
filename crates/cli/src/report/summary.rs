//! What a browser shows that runs no script: how often each code is used.

use std::collections::BTreeMap;
use std::io::{self, Write};

use statuslint_codes::StatusCode;
use statuslint_languages::Role;
use statuslint_workspace::Outcome;

/// The columns, with the roles that each counts.
const COLUMNS: [(&str, &[Role]); 6] = [
    ("sent", &[Role::Emit]),
    ("expected", &[Role::Expect]),
    ("compared", &[Role::Compare, Role::Branch, Role::Bound]),
    ("documented", &[Role::Declare]),
    ("defined", &[Role::Define, Role::Table]),
    ("configured", &[Role::Config]),
];

/// Writes the table; nothing in it comes from the tree but numbers.
pub(super) fn write(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    let mut counts: BTreeMap<StatusCode, [usize; 6]> = BTreeMap::new();
    for site in run.files.iter().flat_map(|file| &file.report.usage.sites) {
        let column = COLUMNS.iter().position(|(_, roles)| roles.contains(&site.role));
        if let (Some(code), Some(column)) = (site.code(), column) {
            counts.entry(code).or_default()[column] += 1;
        }
    }
    write!(out, "<table><thead><tr><th>code</th>")?;
    for (title, _) in COLUMNS {
        write!(out, "<th>{title}</th>")?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for (code, numbers) in counts {
        write!(out, "<tr><th>{code}</th>")?;
        for number in numbers {
            write!(out, "<td>{number}</td>")?;
        }
        writeln!(out, "</tr>")?;
    }
    write!(out, "</tbody></table>")
}
