//! Runs the rules over a usage, then applies suppressions, severities and the evidence asked for.

use std::ops::Range;

use statuslint_codes::{StatusCode, code_of_phrase};
use statuslint_languages::{Evidence, Kind, Language, Phrase, Role, Site, Usage};

use crate::suppressions::Suppressions;
use crate::{Edit, Finding, Fix, Rule, Safety, Settings, Severity, failpoint, rules};

#[cfg(test)]
pub(crate) mod tests;

/// So many ascending codes in a row are a list of all there are, not each meant for itself.
const LISTED: usize = 6;

/// The rules that are silent about codes which the user knows.
const OF_REGISTRY: [&str; 5] =
    ["invalid-code", "unknown-code", "unused-code", "reserved-code", "deprecated-code"];

/// Whether a rule is silent about the codes that the settings allow, name or take from a vendor.
pub fn respects_allow(rule: &str) -> bool {
    OF_REGISTRY.contains(&rule)
}

/// What a rule looks at.
#[derive(Debug)]
pub(crate) enum Check {
    /// Each site by itself.
    Site(fn(&Ctx, &Site, &mut Findings)),
    /// The document as a whole: its conditions, branches, titles, or its sites beside each other.
    Usage(fn(&Ctx, &mut Findings)),
    /// The suppression comments, once everything else is known.
    Suppressions(fn(&Ctx, &Suppressions, &mut Findings)),
}

/// The document a rule judges and what the user wants of it.
pub(crate) struct Ctx<'a> {
    pub(crate) text: &'a str,
    pub(crate) language: Language,
    pub(crate) settings: &'a Settings,
    pub(crate) usage: &'a Usage,
}

/// What the rules found so far.
#[derive(Default)]
pub(crate) struct Findings(Vec<Draft>);

/// A finding as a rule writes it: severity and evidence are the engine's.
pub(crate) struct Draft {
    range: Range<usize>,
    message: String,
    help: Option<String>,
    code: Option<StatusCode>,
    severity: Option<Severity>,
    evidence: Option<Evidence>,
    fixes: Vec<Fix>,
}

/// Everything wrong with a document's usage, ascending by position, then by rule.
pub(crate) fn judge(
    text: &str,
    language: Language,
    settings: &Settings,
    usage: &Usage,
) -> Vec<Finding> {
    let ctx = Ctx { text, language, settings, usage };
    let mut suppressions = Suppressions::read(text, &usage.comments);
    let mut findings = Vec::new();
    for rule in rules::RULES {
        failpoint(rule.name, text);
        match rule.check {
            Check::Site(check) => {
                for site in &usage.sites {
                    collect(&ctx, rule, site.evidence, &mut findings, |out| check(&ctx, site, out));
                }
            }
            Check::Usage(check) => {
                collect(&ctx, rule, Evidence::Certain, &mut findings, |out| check(&ctx, out));
            }
            Check::Suppressions(_) => {}
        }
    }
    // Suppressions see every finding, so that one does not count as unused only because less
    // evidence was asked for.
    findings.retain(|(finding, _)| !suppressions.silence(finding));
    for rule in rules::RULES {
        if let Check::Suppressions(check) = rule.check {
            let known = findings.len();
            collect(&ctx, rule, Evidence::Certain, &mut findings, |out| {
                check(&ctx, &suppressions, out);
            });
            let own = findings.split_off(known);
            findings.extend(own.into_iter().filter(|(own, _)| !suppressions.silence(own)));
        }
    }
    let mut findings: Vec<Finding> =
        findings.into_iter().filter_map(|(finding, shown)| shown.then_some(finding)).collect();
    findings.sort_by_key(|finding| (finding.range.start, finding.range.end, finding.rule));
    findings
}

/// Runs one check and adds what it found, each with whether it is to be shown.
fn collect(
    ctx: &Ctx,
    rule: &'static Rule,
    evidence: Evidence,
    findings: &mut Vec<(Finding, bool)>,
    check: impl FnOnce(&mut Findings),
) {
    let mut drafts = Findings::default();
    check(&mut drafts);
    for draft in drafts.0 {
        let in_test = ctx.in_test(&draft.range);
        let severity = severity(ctx.settings, rule, draft.severity, in_test);
        let evidence = draft.evidence.unwrap_or(evidence);
        let shown = severity.is_some() && evidence >= ctx.settings.evidence;
        let finding = Finding {
            rule: rule.name,
            severity: severity.unwrap_or(Severity::Hint),
            message: draft.message,
            help: draft.help,
            code: draft.code,
            range: draft.range,
            evidence,
            fixes: draft.fixes,
        };
        findings.push((finding, shown));
    }
}

/// The severity of a rule's finding: the user's, else the code's own, else the rule's; in tests
/// no more than the settings' test severity. `None` is off.
pub(crate) fn severity(
    settings: &Settings,
    rule: &Rule,
    own: Option<Severity>,
    in_test: bool,
) -> Option<Severity> {
    let severity = match settings.rules.get(rule.name) {
        Some(chosen) => (*chosen)?,
        None => rule.severity.map(|usual| own.unwrap_or(usual))?,
    };
    if in_test && rule.quiet_in_tests {
        settings.test_severity.map(|most| severity.min(most))
    } else {
        Some(severity)
    }
}

impl Ctx<'_> {
    /// The source of a range.
    pub(crate) fn source(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Whether a place is test code: by the document's path, or by the language's own marks.
    pub(crate) fn in_test(&self, range: &Range<usize>) -> bool {
        self.settings.in_test
            || self
                .usage
                .tests
                .iter()
                .any(|test| test.start <= range.start && range.end <= test.end)
    }

    /// The code of a site where the rules of the registry judge it, unless the user knows it.
    ///
    /// A table or a definition of codes is no mistake, and the end of a range is no code.
    pub(crate) fn registry_code(&self, site: &Site) -> Option<StatusCode> {
        let judged = !matches!(site.role, Role::Bound | Role::Define | Role::Table);
        let defined = site.namesake || site.listed || is_row(site) || self.is_enumerated(site);
        let judged = judged && !defined;
        let code = site.code().filter(|_| judged)?;
        let at_home = code.vendors().any(|entry| {
            Some(entry.vendor) == site.api
                || entry.owner().home.iter().any(|home| self.is_home(home))
        });
        (!at_home && !self.settings.knows(code)).then_some(code)
    }

    /// Whether a site is one of many codes in ascending order, as those who list all of them write.
    fn is_enumerated(&self, site: &Site) -> bool {
        let sites = &self.usage.sites;
        let at = sites.partition_point(|other| other.range.start < site.range.start);
        let goes_on = |pair: &[Site]| {
            let between = self.source(&(pair[0].range.end..pair[1].range.start));
            let separates =
                between.len() < 80 && !between.contains(|c: char| c.is_alphanumeric() || c == '(');
            separates && pair[0].role == pair[1].role && pair[0].code() < pair[1].code()
        };
        let after =
            sites[at.min(sites.len())..].windows(2).take(LISTED).take_while(|pair| goes_on(pair));
        let first = at.saturating_sub(LISTED);
        let before = sites[first..=at.min(sites.len().saturating_sub(1))].windows(2);
        let before = before.rev().take_while(|pair| goes_on(pair));
        after.count() + before.count() + 1 >= LISTED
    }

    /// Whether the document runs in, or is made with, this library or module.
    fn is_home(&self, home: &str) -> bool {
        let imported = |path: &String| {
            path.strip_prefix(home).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        self.usage.imports.iter().any(imported)
            || self.usage.sites.iter().any(|site| site.api == Some(home))
    }

    /// The least evidence of the sites within a range; certain where there are none.
    pub(crate) fn evidence_within(&self, range: &Range<usize>) -> Evidence {
        let sites = self.sites_within(range);
        sites.map(|site| site.evidence).min().unwrap_or(Evidence::Certain)
    }

    /// The sites within a range, in their order.
    pub(crate) fn sites_within(&self, range: &Range<usize>) -> impl Iterator<Item = &Site> {
        let first = self.usage.sites.partition_point(|site| site.range.start < range.start);
        let end = range.end;
        self.usage.sites[first..].iter().take_while(move |site| site.range.end <= end)
    }

    /// Whether a rule is switched on at all.
    pub(crate) fn is_on(&self, rule: &Rule) -> bool {
        severity(self.settings, rule, None, self.settings.in_test).is_some()
    }

    /// The fix that puts another code where a site's number or string stands.
    pub(crate) fn replace(&self, site: &Site, code: StatusCode) -> Option<Fix> {
        let source = self.source(&site.range);
        let digits = match site.kind {
            Kind::Number | Kind::String => digits(source)?,
            Kind::Name | Kind::Line => return None,
        };
        let start = site.range.start;
        let name = self.settings.name(code).map(|name| format!(" {name}")).unwrap_or_default();
        Some(Fix {
            title: format!("Replace {} with {code}{name}", &source[digits.clone()]),
            safety: Safety::Unsafe,
            edits: vec![Edit {
                range: start + digits.start..start + digits.end,
                text: code.to_string(),
            }],
        })
    }
}

/// Whether a code stands beside its own phrase, as in a table: `{ USE_PROXY, "Use Proxy" }`.
fn is_row(site: &Site) -> bool {
    let own = |phrase: &Phrase| {
        !phrase.given && site.code().is_some() && code_of_phrase(&phrase.text) == site.code()
    };
    site.kind != Kind::Line && site.reason.as_ref().is_some_and(own)
}

/// The only run of decimal digits in a literal: not in `0x194`, but in `404u16`.
fn digits(literal: &str) -> Option<Range<usize>> {
    let is_digit = |c: char| c.is_ascii_digit() || c == '_';
    let start = literal.find(|c: char| c.is_ascii_digit())?;
    let end = literal[start..].find(|c| !is_digit(c)).map_or(literal.len(), |at| start + at);
    let suffix = literal[end..].trim_end_matches(['"', '\'', '`']);
    let is_suffix = matches!(suffix, "" | "u16" | "u32" | "u64" | "i32" | "i64" | "usize" | "n");
    is_suffix.then_some(start..end)
}

impl Findings {
    /// Adds a finding.
    pub(crate) fn push(&mut self, draft: Draft) {
        self.0.push(draft);
    }

    /// Adds a finding where there is one.
    pub(crate) fn extend(&mut self, draft: Option<Draft>) {
        self.0.extend(draft);
    }
}

impl Draft {
    /// A finding at a place: what is wrong and why it matters.
    pub(crate) fn new(range: &Range<usize>, message: String) -> Self {
        Self {
            range: range.clone(),
            message,
            help: None,
            code: None,
            severity: None,
            evidence: None,
            fixes: Vec::new(),
        }
    }

    /// The code it is about.
    pub(crate) fn code(mut self, code: StatusCode) -> Self {
        self.code = Some(code);
        self
    }

    /// What to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The default severity where this code's differs from the rule's.
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// How sure it is that this is about statuses, where it is about more than one site.
    pub(crate) fn evidence(mut self, evidence: Evidence) -> Self {
        self.evidence = Some(evidence);
        self
    }

    /// Something that would mend it, when there is something.
    pub(crate) fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fixes.extend(fix);
        self
    }
}
