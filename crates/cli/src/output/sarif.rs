//! `--output-format sarif`: SARIF 2.1.0, as code scanning services read it.
//!
//! The structs below are the few objects of the format we write. The crate `serde-sarif` has all
//! of them, but makes them in a build script with a parser of JSON schemas and an old `syn`, and
//! would cost more to build than the rest of this binary.

mod log;

use std::io::{self, Write};

use statuslint_lint::{Fix, Rule, Severity, rules};
use statuslint_workspace::{Checked, Outcome, Problem, ProblemSeverity};

use self::log::{
    ArtifactChange, ArtifactLocation, BaseIds, Configuration, Described, Descriptor,
    DescriptorProperties, Driver, Help, Invocation, Location, Log, Message, Notification,
    PartialFingerprints, PhysicalLocation, Region, Replacement, ResultObject, Run, SarifFix,
    SarifFixProperties, Tool,
};
use super::escape::{slashed, uri_path};
use super::fingerprint::Fingerprints;
use super::lines::LineIndex;
use super::{all_findings, errors};

/// Writes the findings of a run.
pub(super) fn findings(out: &mut dyn Write, run: &Outcome) -> io::Result<()> {
    let found: Vec<&Rule> = rules()
        .iter()
        .filter(|rule| all_findings(run).any(|(_, finding)| finding.rule == rule.name))
        .collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "statuslint",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: env!("CARGO_PKG_REPOSITORY"),
                    rules: found.iter().map(|rule| descriptor(rule)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: errors(run).next().is_none(),
                tool_execution_notifications: run.problems.iter().map(notification).collect(),
            }],
            original_uri_base_ids: BaseIds {
                source_root: Described::new("The folder statuslint ran in."),
            },
            // Columns are counted in Unicode scalars, and a lone carriage return ends a line.
            column_kind: "unicodeCodePoints",
            newline_sequences: ["\r\n", "\n", "\r"],
            results: results(run, &found),
        }],
    };
    serde_json::to_writer(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(rule: &Rule) -> Descriptor {
    Descriptor {
        id: rule.name,
        short_description: Message::new(rule.summary),
        full_description: Message::new(first_paragraph(rule.page).unwrap_or(rule.summary.into())),
        help: Help { text: rule.page, markdown: rule.page },
        help_uri: rule.url(),
        default_configuration: Configuration {
            enabled: rule.severity.is_some(),
            level: level(rule.severity.unwrap_or(Severity::Warning)),
        },
        properties: DescriptorProperties { tags: ["http"], precision: "high" },
    }
}

/// The first paragraph of a page's first section on one line: what the rule finds.
fn first_paragraph(page: &str) -> Option<String> {
    let (_, section) = page.split_once("\n## ")?;
    let paragraph = section.split("\n\n").nth(1).filter(|text| !text.starts_with("```"))?;
    Some(paragraph.lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

fn results<'a>(run: &'a Outcome, found: &[&Rule]) -> Vec<ResultObject<'a>> {
    let mut results = Vec::new();
    for file in run.files.iter().filter(|file| !file.report.findings.is_empty()) {
        let lines = LineIndex::new(&file.text);
        let mut prints = Fingerprints::new(file, &lines);
        for finding in &file.report.findings {
            results.push(ResultObject {
                rule_id: finding.rule,
                rule_index: found.iter().position(|rule| rule.name == finding.rule),
                level: level(finding.severity),
                message: Message::new(match &finding.help {
                    Some(help) => format!("{}\n{help}", finding.message),
                    None => finding.message.clone(),
                }),
                locations: [Location {
                    physical_location: PhysicalLocation {
                        artifact_location: artifact(&file.path),
                        region: Some(region(&lines, &finding.range)),
                    },
                }],
                partial_fingerprints: PartialFingerprints { statuslint: prints.of(finding) },
                fixes: finding.fixes.iter().map(|fix| sarif_fix(file, &lines, fix)).collect(),
            });
        }
    }
    results
}

fn sarif_fix<'a>(file: &'a Checked, lines: &LineIndex<'_>, fix: &'a Fix) -> SarifFix<'a> {
    let replacements = fix
        .edits
        .iter()
        .map(|edit| Replacement {
            deleted_region: region(lines, &edit.range),
            inserted_content: Message::new(edit.text.as_str()),
        })
        .collect();
    SarifFix {
        description: Message::new(fix.title.as_str()),
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(&file.path),
            replacements,
        }],
        properties: SarifFixProperties { safety: fix.safety.as_str() },
    }
}

fn notification(problem: &Problem) -> Notification<'_> {
    Notification {
        level: match problem.severity {
            ProblemSeverity::Error => "error",
            ProblemSeverity::Note => "note",
        },
        message: Message::new(problem.message.as_str()),
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: artifact(&problem.path),
                region: problem.place.as_ref().map(|place| Region {
                    start_line: place.line,
                    start_column: place.column,
                    end_line: None,
                    end_column: None,
                    byte_offset: place.range.start,
                    byte_length: place.range.len(),
                }),
            },
        }],
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// A relative path stays relative, to the folder the command ran in.
fn artifact(path: &str) -> ArtifactLocation {
    let absolute = std::path::Path::new(path).is_absolute();
    let uri = uri_path(&slashed(path));
    match absolute {
        true if uri.starts_with('/') => {
            ArtifactLocation { uri: format!("file://{uri}"), uri_base_id: None }
        }
        true => ArtifactLocation { uri: format!("file:///{uri}"), uri_base_id: None },
        false => ArtifactLocation { uri, uri_base_id: Some("%SRCROOT%") },
    }
}

fn region(lines: &LineIndex<'_>, range: &std::ops::Range<usize>) -> Region {
    let (start, end) = (lines.position(range.start), lines.position(range.end));
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: Some(end.line),
        end_column: Some(end.column),
        byte_offset: start.byte,
        byte_length: end.byte - start.byte,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{file, finding, hostile_texts, run, sample, written};

    fn object(run: &Outcome) -> serde_json::Value {
        serde_json::from_str(&written(|out| findings(out, run))).unwrap()
    }

    #[test]
    fn a_sample_reads_well() {
        // The pages of rules are long and have tests of their own.
        let mut log = object(&sample());
        log["runs"][0]["tool"]["driver"]["rules"] = "…".into();
        log["runs"][0]["tool"]["driver"]["semanticVersion"] = "…".into();
        insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
    }

    #[test]
    fn results_point_at_their_rules() {
        let log = object(&sample());
        let run = &log["runs"][0];
        for result in run["results"].as_array().unwrap() {
            if let Some(index) = result["ruleIndex"].as_u64() {
                let rule = &run["tool"]["driver"]["rules"][usize::try_from(index).unwrap()];
                assert_eq!(rule["id"], result["ruleId"]);
            }
        }
    }

    #[test]
    fn hostile_texts_are_read_back_as_written() {
        for text in hostile_texts() {
            let source = format!("{text}404");
            let found = finding(&source, "404", Severity::Error, &text);
            let log = object(&run(vec![file(&text, &source, vec![found])]));
            let result = &log["runs"][0]["results"][0];
            assert_eq!(result["message"]["text"], text.as_str());
            let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
            assert!(place["uri"].as_str().unwrap().is_ascii());
        }
    }

    #[test]
    fn absolute_paths_are_file_uris() {
        let uri = |path| serde_json::to_value(artifact(path)).unwrap();
        assert_eq!(uri("./a b.py")["uri"], "a%20b.py");
        assert_eq!(uri("a.py")["uriBaseId"], "%SRCROOT%");
        if cfg!(unix) {
            assert_eq!(uri("/srv/a.py"), serde_json::json!({"uri": "file:///srv/a.py"}));
        }
    }

    #[test]
    fn every_rule_has_a_full_description() {
        for rule in rules() {
            let paragraph = first_paragraph(rule.page).unwrap_or_default();
            assert!(paragraph.ends_with('.') && !paragraph.contains('\n'), "{}", rule.name);
        }
        assert_eq!(
            first_paragraph("# a\n\n## b\n\nOne\n two.\n\nx\n").as_deref(),
            Some("One two.")
        );
        assert_eq!(first_paragraph("# a\n\n## b\n\n```\nx\n```\n"), None);
    }
}
