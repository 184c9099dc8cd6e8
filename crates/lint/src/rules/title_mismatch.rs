//! A test whose title says one code and whose assertion another.

use std::ops::Range;

use statuslint_codes::{Class, StatusCode, code_of_phrase};
use statuslint_languages::{Role, Title};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "title-mismatch",
    severity: Some(Severity::Info),
    fixable: false,
    summary: "A test whose title says one code and whose only status assertion another",
    page: include_str!("title_mismatch.md"),
    quiet_in_tests: false,
    check: Check::Usage(check),
};

/// Verbs that say what the tested code answers.
const ANSWERS: &[&str] = &[
    "answer",
    "answers",
    "emit",
    "emits",
    "get",
    "gets",
    "give",
    "gives",
    "is",
    "produce",
    "produces",
    "raise",
    "raises",
    "receive",
    "receives",
    "reply",
    "replies",
    "respond",
    "responds",
    "response",
    "return",
    "returned",
    "returning",
    "returns",
    "send",
    "sends",
    "status",
    "throw",
    "throws",
    "yield",
    "yields",
    "with",
    "code",
    "expect",
    "expects",
    "be",
];

/// What may stand between such a verb and the code.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "the",
    "http",
    "https",
    "status",
    "statuscode",
    "code",
    "of",
    "with",
    "as",
    "error",
];

/// Words after which a code is a circumstance, not the answer, or is not meant at all.
const TURNS: &[&str] = &[
    "after", "and", "as", "because", "besides", "but", "except", "for", "from", "if", "instead",
    "into", "like", "never", "no", "non", "nor", "not", "on", "or", "other", "over", "rather",
    "since", "than", "though", "to", "unless", "until", "upstream", "upon", "when", "whenever",
    "where", "while", "without", "cannot", "t", "doesnt", "dont", "isnt", "any", "every", "given",
    "converts", "maps", "mapped", "ignores", "handles", "even",
];

/// What may follow a code: others are what it counts.
const AFTER: &[&str] = &[
    "and",
    "as",
    "because",
    "by",
    "code",
    "error",
    "errors",
    "for",
    "from",
    "if",
    "in",
    "on",
    "once",
    "reply",
    "response",
    "responses",
    "status",
    "to",
    "unless",
    "until",
    "upon",
    "when",
    "whenever",
    "where",
    "while",
    "with",
    "without",
    "after",
    "before",
    "http",
    "exception",
    "at",
];

fn check(ctx: &Ctx, out: &mut Findings) {
    for title in &ctx.usage.titles {
        let Some(said) = said(&title.text) else { continue };
        if let Some((asserted, at)) = only_assertion(ctx, title).filter(|(code, _)| *code != said) {
            let message = format!(
                "The title says {}, but the test expects {}: one of the two is wrong",
                super::titled(ctx.settings, said),
                super::titled(ctx.settings, asserted),
            );
            let help = format!("write {asserted} in the title, or expect {said}");
            let evidence = ctx.evidence_within(&at);
            out.push(
                Draft::new(&title.range, message).code(asserted).help(help).evidence(evidence),
            );
        }
    }
}

/// The code that a test expects, once or again and again, where it expects no other and nothing in it has the code of the title.
fn only_assertion(ctx: &Ctx, title: &Title) -> Option<(StatusCode, Range<usize>)> {
    let said = said(&title.text)?;
    let mut found: Option<(StatusCode, Range<usize>)> = None;
    for site in ctx.sites_within(&title.test) {
        if title.range.start <= site.range.start && site.range.end <= title.range.end {
            continue;
        }
        let code = site.code();
        if code == Some(said) {
            return None;
        }
        match (site.role, code) {
            (Role::Expect, Some(code)) if found.as_ref().is_none_or(|(it, _)| *it == code) => {
                found = Some((code, site.range.clone()));
            }
            (Role::Expect | Role::Compare | Role::Bound, _) => return None,
            _ => {}
        }
    }
    found
}

/// The words of a title, in lower case; those of a name are told by their letters.
fn words_of(title: &str) -> Vec<String> {
    let title: String = title.chars().filter(|c| !matches!(c, '\'' | '’' | '`')).collect();
    if title.contains(' ') {
        let parts = title.split(|c: char| !c.is_alphanumeric());
        return parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    }
    statuslint_codes::words(&title)
}

/// The only code a title says that the tested code answers with.
fn said(title: &str) -> Option<StatusCode> {
    let mut words = words_of(title);
    // `test_not_found`, `testNotFound`
    let whole = words.first().is_some_and(|word| word == "test") && !title.contains(' ');
    if words.first().is_some_and(|word| matches!(word.as_str(), "test" | "it" | "should")) {
        words.remove(0);
    }
    let mentions = mentions(&words);
    let [(code, at)] = mentions.as_slice() else { return None };
    // An interim response comes before the final one, which is what a test expects too.
    if code.class() == Some(Class::Informational) {
        return None;
    }
    let before = &words[..at.start];
    if before.iter().any(|word| TURNS.contains(&word.as_str()) || word == "t") {
        return None;
    }
    let after = words.get(at.end).map(String::as_str);
    if after.is_some_and(|word| !AFTER.contains(&word)) {
        return None;
    }
    // `returns 404 and then 200` has two codes; `returns 404 or more` is none.
    let verb = before.iter().rev().find(|word| !FILLERS.contains(&word.as_str()));
    let filled = before.last().is_some_and(|word| matches!(word.as_str(), "status" | "code"));
    let answers =
        verb.is_some_and(|verb| ANSWERS.contains(&verb.as_str())) || (verb.is_none() && filled);
    let exact = whole && before.is_empty() && after.is_none();
    (answers || exact).then_some(*code)
}

/// The codes and phrases in the words of a title, each with the words it takes. A phrase right
/// beside its own code is the same mention.
fn mentions(words: &[String]) -> Vec<(StatusCode, Range<usize>)> {
    let mut found: Vec<(StatusCode, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let number = Some(&words[at])
            .filter(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|word| word.parse().ok())
            .map(StatusCode::new)
            .filter(|code| code.is_valid());
        let phrase = || {
            (1..=5.min(words.len() - at)).rev().find_map(|length| {
                let text = words[at..at + length].join(" ");
                code_of_phrase(&text).filter(|_| is_telling(&text)).map(|code| (code, length))
            })
        };
        let mention = number.map(|code| (code, 1)).or_else(phrase);
        let Some((code, length)) = mention else {
            at += 1;
            continue;
        };
        match found.last_mut() {
            Some((last, range)) if *last == code && range.end == at => range.end = at + length,
            _ => found.push((code, at..at + length)),
        }
        at += length;
    }
    found
}

/// Whether a phrase is more than a word of everyday.
fn is_telling(phrase: &str) -> bool {
    phrase.contains(' ') || matches!(phrase, "unauthorized" | "forbidden")
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn titles_that_say_what_is_answered() {
        for (title, code) in [
            ("returns 403 if you are not authorized", 403),
            ("Should return 401 response", 401),
            ("responds with not found", 404),
            ("should respond with HTTP status code 404 Not Found", 404),
            ("test_not_found", 404),
            ("testNotFound", 404),
            ("TestReturns404WhenMissing", 404),
            ("test_returns_bad_request_when_empty", 400),
            ("it gives a 404", 404),
        ] {
            assert_eq!(said(title).map(statuslint_codes::StatusCode::get), Some(code), "{title}");
        }
    }

    #[test]
    fn titles_that_say_something_else() {
        for title in [
            "not set a 304 status if last-modified is too short",
            "does not change a status other than 200",
            "doesn't return 304",
            "Should return a server error if the server returns a 404",
            "returns 404 or 410",
            "returns 200 items",
            "user not found",
            "test_user_not_found",
            "retries when upstream returns 503",
            "returns 103 Early Hints",
            "turns 404 into 200",
            "creates a conflict",
            "returns the order",
            "",
        ] {
            assert_eq!(said(title), None, "{title}");
        }
    }
}
