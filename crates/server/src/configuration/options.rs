//! What an editor's settings say under `statuslint`, each key by itself: one that is wrong does not
//! take the others with it.

use std::path::PathBuf;

use serde_json::{Map, Value};
use statuslint_config::{Complaint, Overrides, PREFERENCES, Preferences, suggestion};

use super::{Problem, SECTION};

/// The settings there are beside the keys of the configuration file.
pub(super) const KEYS: [&str; 4] = ["config", "select", "ignore", "inlayHints"];

/// No message about a setting is longer, in characters: what somebody put there may be.
const LONGEST: usize = 300;

/// Keys of the section that are the client's own: language clients keep their trace there, and
/// extensions where the server is.
const FOREIGN: [&str; 2] = ["trace", "path"];

/// What an editor's settings say; what they do not say is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct EditorOptions {
    /// One configuration file for every document.
    pub(crate) config: Option<PathBuf>,
    /// What holds where the configuration files say nothing.
    pub(crate) preferences: Preferences,
    /// The only rules that run.
    pub(crate) select: Option<Vec<String>>,
    /// Rules that do not run.
    pub(crate) ignore: Option<Vec<String>>,
    /// Whether inlay hints are shown.
    pub(crate) inlay_hints: Option<bool>,
}

impl EditorOptions {
    /// Reads settings, whole or their section `statuslint`, and what is wrong with them.
    pub(crate) fn read(settings: &Value) -> (Self, Vec<Problem>) {
        let settings = settings.get(SECTION).unwrap_or(settings);
        let (mut options, mut problems) = (Self::default(), Vec::new());
        let entries = match settings {
            Value::Null => return (options, problems),
            Value::Object(entries) => entries,
            other => {
                problems.push(wrong("", "an object with settings", other));
                return (options, problems);
            }
        };
        let mut preferences = Map::new();
        for (key, value) in entries.iter().filter(|(_, value)| !value.is_null()) {
            let mut expected = |what: &str| problems.push(wrong(key, what, value));
            match key.as_str() {
                "config" => match value.as_str() {
                    // A text field that was emptied says nothing.
                    Some(path) => options.config = (!path.is_empty()).then(|| path.into()),
                    None => expected("the path of a file"),
                },
                "select" | "ignore" => match rules(value) {
                    Some(Ok(rules)) if key == "select" => options.select = Some(rules),
                    Some(Ok(rules)) => options.ignore = Some(rules),
                    Some(Err(problem)) => {
                        problems.push(Problem::error(format!("{SECTION}.{key}: {problem}")));
                    }
                    None => expected("a list of rules"),
                },
                "inlayHints" => match value.get("enable").unwrap_or(value).as_bool() {
                    Some(shown) => options.inlay_hints = Some(shown),
                    None => expected("true or false"),
                },
                key if FOREIGN.contains(&key) => {}
                key if PREFERENCES.contains(&key) => {
                    preferences.insert(key.to_owned(), value.clone());
                }
                key => problems.push(unknown(key)),
            }
        }
        let (preferences, complaints) = Preferences::read(preferences);
        options.preferences = preferences;
        problems.extend(complaints.iter().map(problem));
        (options, problems)
    }

    /// These settings, and where they say nothing, those.
    pub(crate) fn over(&self, others: &Self) -> Self {
        let (own, others) = (self.clone(), others.clone());
        Self {
            config: own.config.or(others.config),
            preferences: own.preferences.over(&others.preferences),
            select: own.select.or(others.select),
            ignore: own.ignore.or(others.ignore),
            inlay_hints: own.inlay_hints.or(others.inlay_hints),
        }
    }

    /// What they add to the configuration files.
    pub(crate) fn overrides(&self) -> Overrides {
        let list = |rules: &Option<Vec<String>>| rules.clone().unwrap_or_default();
        Overrides::new(None, &list(&self.select), &list(&self.ignore))
            .expect("the rules were looked up when they were read")
    }
}

/// A list of rules; the inner error says which one there is not.
fn rules(value: &Value) -> Option<Result<Vec<String>, String>> {
    let names = value.as_array()?.iter().map(|name| name.as_str().map(str::to_owned));
    let names: Vec<String> = names.collect::<Option<_>>()?;
    Some(Overrides::new(None, &names, &[]).map(|_| names))
}

fn wrong(key: &str, expected: &str, found: &Value) -> Problem {
    let dot = if key.is_empty() { "" } else { "." };
    // What somebody put there may be long.
    let found: String = found.to_string().chars().take(60).collect();
    Problem::error(format!("{SECTION}{dot}{key} is {expected}, not {found}"))
}

/// Something wrong with a key of the configuration file.
fn problem(complaint: &Complaint) -> Problem {
    let Complaint { key, message, is_unknown } = complaint;
    let message = format!("{SECTION}.{key}: {message}").chars().take(LONGEST).collect();
    if *is_unknown { Problem::warning(message) } else { Problem::error(message) }
}

fn unknown(key: &str) -> Problem {
    let keys = || KEYS.iter().chain(PREFERENCES).copied();
    let all = || format!("there are {}", keys().collect::<Vec<_>>().join(", "));
    let meant = suggestion(key, keys(), all);
    let key: String = key.chars().take(60).collect();
    Problem::warning(format!("there is no setting {SECTION}.{key}; {meant}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::EditorOptions;

    #[test]
    fn what_is_wrong_leaves_the_rest() {
        let (options, problems) = EditorOptions::read(&json!({
            "config": "a.toml", "evidence": "maybe", "select": ["magic-cod"], "ignore": ["magic-code"],
            "inlayHints": {"enable": false}, "inlayHint": true, "trace": {"server": "off"},
            "allow": [402, "x"], "rules": {"magic-code": "hint", "magic-cod": "off"}, "extends": "x",
            "override": [{"paths": ["a"], "path": "b"}, {"paths": 7}], "call": null,
        }));
        let expected = json!({
            "config": "a.toml", "ignore": ["magic-code"], "inlayHints": false,
            "allow": [402, "x"], "rules": {"magic-code": "hint", "magic-cod": "off"},
            "override": [{"paths": ["a"], "path": "b"}, {"paths": 7}],
        });
        assert_eq!(options, EditorOptions::read(&expected).0);
        let mut told: Vec<_> = problems.iter().map(|it| it.message.as_str()).collect();
        told.sort_unstable();
        assert_eq!(
            told,
            [
                "statuslint.allow[1]: expected a whole number such as 402, found a string",
                "statuslint.evidence: \"maybe\" is not a degree of evidence; use one of \"certain\", \"likely\"",
                "statuslint.override[0].path: unknown key; did you mean \"paths\"?",
                "statuslint.override[1].paths: expected an array such as [\"tests/**\"], found a whole number",
                "statuslint.rules.magic-cod: there is no rule \"magic-cod\"; did you mean \"magic-code\"?",
                "statuslint.select: there is no rule \"magic-cod\"; did you mean \"magic-code\"?",
                "there is no setting statuslint.extends; there are config, select, ignore, inlayHints, \
                 vendors, allow, exclude, evidence, test-severity, rules, call, name, code, override",
                "there is no setting statuslint.inlayHint; did you mean \"inlayHints\"?",
            ]
        );
        for settings in [json!(null), json!({}), json!({"statuslint": null})] {
            assert_eq!(EditorOptions::read(&settings), Default::default(), "{settings}");
        }
        for settings in [json!(7), json!([]), json!({"statuslint": "x"}), json!({"select": [7]})] {
            let (options, problems) = EditorOptions::read(&settings);
            assert_eq!((options, problems.len()), (EditorOptions::default(), 1), "{settings}");
        }
    }

    #[test]
    fn the_settings_of_the_extension_itself_are_no_matter() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../editors/vscode/settings.json");
        let own: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let keys =
            own.as_object().unwrap().keys().map(|key| key.split('.').nth(1).unwrap().to_owned());
        let settings = keys.map(|key| (key, json!({}))).collect();
        assert_eq!(EditorOptions::read(&serde_json::Value::Object(settings)), Default::default());
    }

    #[test]
    fn what_is_not_said_holds_from_before() {
        let read = |settings| EditorOptions::read(&settings).0;
        let before = read(json!({"evidence": "likely", "config": "a.toml", "allow": [402]}));
        let now = read(json!({"evidence": "certain", "config": "", "allow": 402}));
        let both = json!({"evidence": "certain", "config": "a.toml", "allow": [402]});
        assert_eq!(now.over(&before), read(both));
    }
}
