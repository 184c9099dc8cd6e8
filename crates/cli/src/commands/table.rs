//! Lists as tables for people and as JSON for programs.

use std::io::{self, Write};

use anstyle::Style;
use serde::Serialize;

/// Writes rows under headings, each column as wide as its longest cell; the first one is bold.
pub(super) fn write<const N: usize>(
    out: &mut dyn Write,
    headings: [&str; N],
    rows: &[[String; N]],
    color: bool,
) -> io::Result<()> {
    let widths: [usize; N] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([headings[column].len()]).max().unwrap_or(0)
    });
    let headings = headings.map(str::to_owned);
    line(out, &headings, &widths, |_| styled(color, Style::new().dimmed()))?;
    for row in rows {
        line(out, row, &widths, |column| styled(color && column == 0, Style::new().bold()))?;
    }
    Ok(())
}

fn styled(color: bool, style: Style) -> Style {
    if color { style } else { Style::new() }
}

fn line<const N: usize>(
    out: &mut dyn Write,
    cells: &[String; N],
    widths: &[usize; N],
    style: impl Fn(usize) -> Style,
) -> io::Result<()> {
    let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
    for (column, cell) in cells[..=last].iter().enumerate() {
        let style = style(column);
        write!(out, "{style}{cell}{style:#}")?;
        if column < last {
            write!(out, "{:1$}", "", widths[column] - cell.chars().count() + 2)?;
        }
    }
    writeln!(out)
}

/// Writes `{"version":1,"<name>":[…]}`, an object on each line.
pub(super) fn write_json(
    out: &mut dyn Write,
    name: &str,
    objects: impl Iterator<Item = impl Serialize>,
) -> io::Result<()> {
    write!(out, "{{\"version\":1,\"{name}\":[")?;
    for (at, object) in objects.enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &object)?;
    }
    writeln!(out, "\n]}}")
}
