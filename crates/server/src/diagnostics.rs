//! Findings as the editor's diagnostics.

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, NumberOrString, Url,
};
use statuslint_lint::{Finding, Severity};

use crate::abilities::Abilities;
use crate::documents::Snapshot;
use crate::positions::Positions;

const SOURCE: &str = "statuslint";

/// The diagnostic of a finding.
pub(crate) fn diagnostic(
    finding: &Finding,
    snapshot: &Snapshot,
    positions: &Positions<'_>,
    abilities: Abilities,
) -> Diagnostic {
    let range = positions.range(&finding.range);
    let help = finding.help.as_ref().filter(|_| abilities.related_information).map(|help| {
        let location = Location::new(snapshot.url.clone(), range);
        vec![DiagnosticRelatedInformation { location, message: format!("help: {help}") }]
    });
    let deprecated = finding.rule == "deprecated-code";
    Diagnostic {
        range,
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        code_description: page(finding.rule).map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: help,
        tags: deprecated.then(|| vec![DiagnosticTag::DEPRECATED]),
        data: None,
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// Where the rule's page can be read.
fn page(rule: &str) -> Option<Url> {
    let rule = statuslint_lint::rules().iter().find(|known| known.name == rule)?;
    Url::parse(&rule.url()).ok()
}

#[cfg(test)]
mod tests {
    use lsp_types::{DiagnosticSeverity, DiagnosticTag, NumberOrString, Position, Range};
    use statuslint_languages::Evidence;
    use statuslint_lint::{Finding, Severity};

    use super::{diagnostic, severity};
    use crate::abilities::Abilities;
    use crate::documents::Snapshot;
    use crate::positions::Encoding;

    fn finding(rule: &'static str) -> Finding {
        Finding {
            rule,
            severity: Severity::Warning,
            message: "what".to_owned(),
            help: Some("do".to_owned()),
            code: None,
            range: 5..8,
            evidence: Evidence::Certain,
            fixes: Vec::new(),
        }
    }

    fn snapshot() -> Snapshot {
        Snapshot::of("file:///a.py", 1, "🦀\n306", Encoding::Utf16)
    }

    #[test]
    fn says_what_the_finding_says() {
        let snapshot = snapshot();
        let shown = diagnostic(
            &finding("unused-code"),
            &snapshot,
            &snapshot.positions(),
            Abilities::default(),
        );
        assert_eq!(shown.range, Range::new(Position::new(1, 0), Position::new(1, 3)));
        assert_eq!(shown.severity, Some(DiagnosticSeverity::WARNING));
        assert_eq!(shown.code, Some(NumberOrString::String("unused-code".to_owned())));
        assert_eq!(shown.source.as_deref(), Some("statuslint"));
        assert_eq!(shown.message, "what");
        assert_eq!((shown.tags, shown.related_information, shown.data), (None, None, None));
    }

    #[test]
    fn marks_what_is_deprecated() {
        let snapshot = snapshot();
        let shown = diagnostic(
            &finding("deprecated-code"),
            &snapshot,
            &snapshot.positions(),
            Abilities::default(),
        );
        assert_eq!(shown.tags, Some(vec![DiagnosticTag::DEPRECATED]));
    }

    #[test]
    fn gives_help_to_clients_that_show_it() {
        let snapshot = snapshot();
        let abilities = Abilities { related_information: true, ..Abilities::default() };
        let shown =
            diagnostic(&finding("unused-code"), &snapshot, &snapshot.positions(), abilities);
        let related = shown.related_information.unwrap();
        assert_eq!((related.len(), related[0].message.as_str()), (1, "help: do"));
        assert_eq!(related[0].location.range, shown.range);
    }

    #[test]
    fn keeps_the_order_of_severities() {
        let shown =
            [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint].map(severity);
        assert!(shown.is_sorted());
        assert_eq!(shown[0], DiagnosticSeverity::ERROR);
    }
}
