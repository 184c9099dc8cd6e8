//! Hand-made usages for the unit tests of the rules: one site, judged under chosen settings.

use statuslint_codes::StatusCode;
use statuslint_languages::{
    Context, Evidence, Helper, Kind, Language, Name, Phrase, Role, Site, Usage, Value, usage,
};

use super::judge;
use crate::{Finding, PrivateCode, Safety, Settings, Severity};

/// One site in a text of its own, and the settings to judge it by.
#[derive(Clone)]
pub(crate) struct Case {
    text: String,
    site: Site,
    comments: Vec<std::ops::Range<usize>>,
    language: &'static str,
    settings: Settings,
}

/// The value of a code.
pub(crate) fn code(number: u16) -> Value {
    Value::Code(StatusCode::new(number))
}

impl Case {
    /// A number that is sent in Rust, written like this.
    pub(crate) fn new(text: &str) -> Self {
        let is_digit = |c: &char| c.is_ascii_digit();
        let digits: String =
            text.chars().skip_while(|c| !is_digit(c)).take_while(is_digit).collect();
        let number = if text.starts_with("0x") { 492 } else { digits.parse().unwrap_or(209) };
        let site =
            Site::new(0..text.len(), Kind::Number, code(number), Role::Emit, Evidence::Certain);
        let settings = Settings::default();
        Self { text: text.to_owned(), site, comments: Vec::new(), language: "rust", settings }
    }

    pub(crate) fn kind(mut self, kind: Kind) -> Self {
        self.site.kind = kind;
        self
    }

    pub(crate) fn value(mut self, value: Value) -> Self {
        self.site.value = value;
        self
    }

    pub(crate) fn role(mut self, role: Role) -> Self {
        self.site.role = role;
        self
    }

    pub(crate) fn lenient(mut self) -> Self {
        self.site.lenient = true;
        self
    }

    /// Compares it with a value of another type.
    pub(crate) fn mistyped(mut self) -> Self {
        self.site.mistyped = true;
        self
    }

    /// Makes it the key of a responses object.
    pub(crate) fn key(mut self) -> Self {
        self.site.key = true;
        self
    }

    pub(crate) fn api(mut self, api: &'static str) -> Self {
        self.site.api = Some(api);
        self
    }

    pub(crate) fn evidence(mut self, evidence: Evidence) -> Self {
        self.site.evidence = evidence;
        self
    }

    pub(crate) fn language(mut self, id: &'static str) -> Self {
        self.language = id;
        self
    }

    /// The name the code is given, standing after it.
    pub(crate) fn named(mut self, name: &str, judged: bool) -> Self {
        let start = self.text.len() + 1;
        let range = start..start + name.len();
        self.text = format!("{} {name}", self.text);
        self.site.name = Some(Name { text: name.to_owned(), range, judged });
        self
    }

    /// The phrase that stands with the code, after it.
    pub(crate) fn reason(mut self, phrase: &str, given: bool) -> Self {
        let start = self.text.len() + 1;
        self.text = format!("{} {phrase}", self.text);
        let range = start..self.text.len();
        self.site.reason = Some(Phrase { text: phrase.to_owned(), range, given });
        self
    }

    /// The content sent along, standing after the code.
    pub(crate) fn sending(mut self, content: &str) -> Self {
        let start = self.text.len() + 1;
        self.text = format!("{} {content}", self.text);
        self.site.content = Some(start..self.text.len());
        self
    }

    /// Makes it an argument of such a call.
    pub(crate) fn helper(mut self, helper: Helper) -> Self {
        self.site.helper = Some(helper);
        self
    }

    /// The names of the headers sent along, in lower case.
    pub(crate) fn headers(mut self, names: &[&str]) -> Self {
        self.site.headers = Some(names.iter().map(|name| (*name).to_owned()).collect());
        self
    }

    /// Text before the site.
    pub(crate) fn before(mut self, text: &str) -> Self {
        self.text.insert_str(0, text);
        self.site.range = self.site.range.start + text.len()..self.site.range.end + text.len();
        self
    }

    /// Declares the first occurrence of a text a comment.
    pub(crate) fn comment(mut self, comment: &str) -> Self {
        let start = comment.find('/').unwrap_or(0);
        let end = comment.find("*/").map_or(comment.len(), |at| at + 2);
        let at = self.text.find(&comment[start..end]).expect("the comment is in the text");
        self.comments.push(at..at + end - start);
        self
    }

    pub(crate) fn allow(mut self, number: u16) -> Self {
        self.settings.allow.push(StatusCode::new(number));
        self
    }

    pub(crate) fn vendor(mut self, vendor: &str) -> Self {
        self.settings.vendors.push(vendor.to_owned());
        self
    }

    pub(crate) fn own_code(mut self, number: u16, name: &str) -> Self {
        let code = StatusCode::new(number);
        self.settings.codes.push(PrivateCode { code, name: name.to_owned() });
        self
    }

    pub(crate) fn set(mut self, rule: &'static str, severity: Option<Severity>) -> Self {
        self.settings.rules.insert(rule, severity);
        self
    }

    pub(crate) fn in_test(mut self, most: Option<Severity>) -> Self {
        self.settings.in_test = true;
        self.settings.test_severity = most;
        self
    }

    pub(crate) fn findings(&self) -> Vec<Finding> {
        let language = Language::from_id(self.language).expect("the test names a language");
        let usage = Usage {
            sites: vec![self.site.clone()],
            comments: self.comments.clone(),
            ..Usage::default()
        };
        judge(&self.text, language, &self.settings, &usage)
    }

    /// Asserts the rules that find something, in the order of the findings.
    #[track_caller]
    pub(crate) fn finds(self, rules: &[&str]) -> Self {
        let found: Vec<&str> = self.findings().iter().map(|finding| finding.rule).collect();
        assert_eq!(found, rules, "{:?} {:?}", self.text, self.site);
        self
    }

    /// Asserts that some finding or its help says this.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        let findings = self.findings();
        let said = |finding: &Finding| {
            finding.message.contains(text)
                || finding.help.as_ref().is_some_and(|h| h.contains(text))
        };
        assert!(findings.iter().any(said), "{text:?} is not in {findings:#?}");
        self
    }

    /// Asserts the severity of the first finding.
    #[track_caller]
    pub(crate) fn is(self, severity: Severity) -> Self {
        assert_eq!(self.findings().first().map(|finding| finding.severity), Some(severity));
        self
    }

    /// Asserts the text after the first safe fix.
    #[track_caller]
    pub(crate) fn fixed(&self, expected: &str) {
        self.mended(Safety::Safe, expected);
    }

    /// Asserts the text after the first unsafe fix, up to the name.
    #[track_caller]
    pub(crate) fn unsafely_fixed(&self, expected: &str) {
        let name = self.site.name.as_ref().map(|name| format!(" {}", name.text));
        self.mended(Safety::Unsafe, &format!("{expected}{}", name.unwrap_or_default()));
    }

    #[track_caller]
    fn mended(&self, safety: Safety, expected: &str) {
        let findings = self.findings();
        let mut fixes = findings.iter().flat_map(|finding| &finding.fixes);
        let fix = fixes.find(|fix| fix.safety == safety).expect("there is such a fix");
        let mut text = self.text.clone();
        for edit in fix.edits.iter().rev() {
            text.replace_range(edit.range.clone(), &edit.text);
        }
        assert_eq!(text, expected);
    }

    #[track_caller]
    pub(crate) fn has_no_fix(self) {
        let fixes: Vec<_> = self.findings().into_iter().flat_map(|finding| finding.fixes).collect();
        assert_eq!(fixes, []);
    }
}

/// What is found in a text of that language: each rule with the source it is about.
pub(crate) fn found(language: &str, text: &str) -> Vec<String> {
    let language = Language::from_id(language).expect("the test names a language");
    let usage = usage(text, language, &Context::default());
    let findings = judge(text, language, &Settings::default(), &usage);
    let said = |it: &Finding| format!("{} `{}`", it.rule, &text[it.range.clone()]);
    findings.iter().map(said).collect()
}

/// The rules that find something in a text of a language, each with what it points at.
pub(crate) fn rules_in<'a>(id: &str, text: &'a str) -> Vec<(&'static str, &'a str)> {
    let language = Language::from_id(id).expect("the test names a language");
    let usage =
        statuslint_languages::usage(text, language, &statuslint_languages::Context::default());
    let found = judge(text, language, &Settings::default(), &usage);
    found.into_iter().map(|finding| (finding.rule, &text[finding.range])).collect()
}
