//! Annotated texts with the settings that words beside them ask for.

use std::sync::Arc;

use statuslint_codes::StatusCode;
use statuslint_languages::{Context, Evidence, Index, Language, usage};
use statuslint_lint::{Finding, Settings, Severity, Version, Versions, analyze, rules};
use statuslint_tests::{annotations, difference};

/// A text to be analysed as the words say: `path=`, `vendors=`, `allow=`, `versions=rack:3.1` and
/// `evidence=` set the settings, `documents=` gives the project an OpenAPI document with these
/// responses, `on=` switches rules on, `severity` puts the severity before each rule.
pub(crate) struct Sample<'a> {
    pub(crate) language: Language,
    pub(crate) words: Vec<&'a str>,
    pub(crate) text: String,
}

impl Sample<'_> {
    fn values(&self, key: &str) -> impl Iterator<Item = &str> {
        let values = self.words.iter().filter_map(move |word| word.strip_prefix(key));
        values.filter_map(|value| value.strip_prefix('=')).flat_map(|value| value.split(','))
    }

    pub(crate) fn settings(&self) -> Settings {
        let path = self.values("path").next().unwrap_or_default();
        let mut settings = Settings {
            vendors: self.values("vendors").map(str::to_owned).collect(),
            in_test: self.language.is_test_path(path),
            ..Settings::default()
        };
        for number in self.values("allow") {
            settings.allow.push(StatusCode::new(number.parse().expect("allow holds numbers")));
        }
        if self.words.contains(&"evidence=likely") {
            settings.evidence = Evidence::Likely;
        }
        let mut versions = Versions::default();
        for proved in self.values("versions") {
            let (package, version) = proved.split_once(':').expect("a package, then its version");
            versions.prove(package, Version::parse(version).expect("versions are numbers"));
        }
        settings.versions = versions.into();
        for name in self.values("on") {
            let rule = rules().iter().find(|rule| rule.name == name).expect("on names a rule");
            settings.rules.insert(rule.name, Some(Severity::Warning));
        }
        path.clone_into(&mut settings.context.path);
        settings.context.index = self.index();
        settings
    }

    /// What a project knows that describes its interface with these responses.
    fn index(&self) -> Arc<Index> {
        let keys = self.values("documents").fold(String::new(), |keys, key| {
            keys + "        '" + key + "': {description: As documented}\n"
        });
        let text = "openapi: 3.1.0\npaths:\n  /:\n    get:\n      responses:\n".to_owned() + &keys;
        let yaml = Language::from_id("yaml").expect("YAML is a language");
        let survey = usage(&text, yaml, &Context::default()).survey;
        Arc::new(if keys.is_empty() { Index::default() } else { Index::new([(yaml, &survey)]) })
    }

    pub(crate) fn findings(&self, text: &str, settings: &Settings) -> Vec<Finding> {
        analyze(text, self.language, settings).findings
    }

    /// How what is found differs from the annotations.
    pub(crate) fn difference(&self, settings: &Settings) -> Option<String> {
        let with_severity = self.words.contains(&"severity");
        let found = self.findings(&self.text, settings).into_iter().map(|finding| {
            let severity = finding.severity.as_str();
            let rule = finding.rule;
            let said = if with_severity { format!("{severity} {rule}") } else { rule.to_owned() };
            (finding.range, said)
        });
        difference(&self.text, found.collect())
    }

    /// The text without its annotations, the first of the chosen fixes of each finding applied.
    pub(crate) fn fixed(
        &self,
        settings: &Settings,
        chosen: impl Fn(&Finding, &statuslint_lint::Fix) -> bool,
    ) -> String {
        let mut text = without_annotations(&self.text);
        let findings = self.findings(&text, settings);
        let fixes = findings
            .iter()
            .filter_map(|finding| finding.fixes.iter().find(|fix| chosen(finding, fix)));
        let mut edits: Vec<_> = fixes.flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        // Two fixes may add the same import.
        edits.dedup();
        for edit in edits.into_iter().rev() {
            text.replace_range(edit.range.clone(), &edit.text);
        }
        text
    }
}

fn without_annotations(text: &str) -> String {
    let is_annotation = |line: &str| !annotations(&format!("{:200}\n{line}\n", "")).is_empty();
    text.lines().filter(|line| !is_annotation(line)).flat_map(|line| [line, "\n"]).collect()
}
