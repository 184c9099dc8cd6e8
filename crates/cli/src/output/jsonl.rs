//! `--output-format jsonl`: an object on a line for each finding or site, nothing around them.

use std::io::{self, Write};

use statuslint_workspace::Outcome;

use super::json;

/// Writes the findings of a run.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    json::each_finding(run, |finding| {
        serde_json::to_writer(&mut *out, finding)?;
        writeln!(out)
    })
}

/// Writes the sites of a run.
pub(super) fn sites(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    json::each_site(run, |site| {
        serde_json::to_writer(&mut *out, site)?;
        writeln!(out)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{sample, written};

    #[test]
    fn a_sample_has_an_object_on_each_line() {
        insta::assert_snapshot!(written(|out| findings(out, &sample())));
        insta::assert_snapshot!(written(|out| sites(out, &sample())));
    }
}
