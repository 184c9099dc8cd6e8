//! `--statistics`: how many findings each rule has, in place of the findings.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use statuslint_lint::Severity;
use statuslint_workspace::Outcome;

use super::text::{level_style, summary};
use super::{Look, all_findings, paint};

/// The counts of a run, the most frequent rule first.
#[derive(Debug)]
pub(crate) struct Statistics(Vec<Row>);

#[derive(Debug, Serialize)]
struct Row {
    rule: &'static str,
    severity: &'static str,
    count: usize,
    #[serde(skip)]
    level: Severity,
}

impl Statistics {
    /// Counts the findings of a run by rule and severity.
    pub(crate) fn new(run: &Outcome) -> Self {
        let mut counts: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
        for (_, finding) in all_findings(run) {
            *counts.entry((finding.rule, finding.severity)).or_default() += 1;
        }
        let mut rows: Vec<Row> = counts
            .into_iter()
            .map(|((rule, level), count)| Row { rule, severity: level.as_str(), count, level })
            .collect();
        rows.sort_by(|a, b| b.count.cmp(&a.count).then(b.level.cmp(&a.level)));
        Self(rows)
    }

    /// Writes them as a table.
    pub(crate) fn write_text(
        &self,
        out: &mut dyn Write,
        run: &Outcome,
        look: Look,
    ) -> io::Result<()> {
        let digits = self.0.first().map_or(1, |row| row.count.to_string().len());
        for row in &self.0 {
            let severity = paint(look, level_style(row.level), &format!("{:7}", row.severity));
            writeln!(out, "{:digits$}  {severity}  {}", row.count, row.rule)?;
        }
        summary(out, run, look)
    }

    /// Writes them as one JSON object.
    pub(crate) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"version\":1,\"statistics\":")?;
        serde_json::to_writer(&mut *out, &self.0)?;
        writeln!(out, "}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{look, sample, written};

    #[test]
    fn a_sample_is_counted() {
        let run = sample();
        let statistics = Statistics::new(&run);
        insta::assert_snapshot!(written(|out| statistics.write_text(out, &run, look())));
        insta::assert_snapshot!(written(|out| statistics.write_json(out)));
    }
}
