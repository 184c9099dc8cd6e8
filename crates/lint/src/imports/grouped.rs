//! Imports in groups, as Go writes them: the standard library's first, each group in order.

use std::ops::Range;

use super::Imports;
use crate::Edit;

impl Imports<'_> {
    /// The edit that adds a package to the imports of a document.
    pub(super) fn add_grouped(&self, module: &str) -> Option<Edit> {
        let specs: Vec<(&Range<usize>, &str)> = self
            .statements
            .iter()
            .filter_map(|range| Some((range, path_of(self.text.get(range.clone())?)?)))
            // What stands above the import of C is code, and belongs to it.
            .filter(|(_, path)| *path != "C")
            .collect();
        let Some((last, last_path)) = specs.last() else {
            return Some(self.after_line(&self.package()?, 2, &format!("import \"{module}\"")));
        };
        let in_group =
            |range: &Range<usize>| !self.line_at(range.start).1.trim_start().starts_with("import");
        let Some((first, first_path)) = specs.iter().find(|(range, _)| in_group(range)) else {
            return Some(self.after_line(last, 1, &format!("import \"{module}\"")));
        };
        let line = format!("\"{module}\"");
        let newline = self.newline();
        if !is_standard(module) {
            let last = if in_group(last) { last } else { first };
            let gap = if is_standard(last_path) { 2 } else { 1 };
            return Some(self.after_line(last, gap, &line));
        }
        if !is_standard(first_path) {
            let range = first.start..first.start;
            return Some(Edit { range, text: format!("{line}{newline}{newline}\t") });
        }
        let standard = specs.iter().filter(|(range, path)| in_group(range) && is_standard(path));
        let before = standard.take_while(|(_, path)| *path < module).last();
        Some(if let Some((range, _)) = before {
            self.after_line(range, 1, &line)
        } else {
            let range = first.start..first.start;
            Edit { range, text: format!("{line}{newline}\t") }
        })
    }
}

/// The path of a package between its quotes.
fn path_of(spec: &str) -> Option<&str> {
    spec.split(['"', '`']).nth(1)
}

/// Whether a package is of the standard library: the first part of its path is no host.
fn is_standard(path: &str) -> bool {
    !path.split('/').next().unwrap_or(path).contains('.')
}
