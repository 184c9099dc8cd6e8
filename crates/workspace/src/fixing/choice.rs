//! Which fixes of a document can be applied together, and their application.

use std::collections::BTreeMap;

use statuslint_lint::{Edit, Finding, Safety};

/// The mark some files begin with, which stays where it is.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Fixes that go together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Their edits, ascending and without overlap; what several of them do is there once.
    pub edits: Vec<Edit>,
    /// The rule of each finding that they fix.
    pub rules: Vec<&'static str>,
}

/// Chooses the first fix of each finding, as far as `most` allows.
///
/// Of fixes whose edits overlap, that of the earlier finding is chosen: the other may be right
/// after another look at the text.
pub fn choose(text: &str, findings: &[Finding], most: Safety) -> Choice {
    let mut chosen: BTreeMap<(usize, usize), String> = BTreeMap::new();
    let mut rules = Vec::new();
    for finding in findings {
        let Some(fix) = finding.fixes.first().filter(|fix| allows(most, fix.safety)) else {
            continue;
        };
        let edits: Vec<_> = fix.edits.iter().map(|edit| settled(text, edit)).collect();
        let in_text = |edit: &Edit| text.get(edit.range.clone()).is_some();
        if edits.iter().all(|edit| in_text(edit) && goes_with(&chosen, edit))
            && !edits.iter().enumerate().any(|(at, edit)| {
                edits[at + 1..].iter().any(|other| clashes(key(edit), key(other)))
            })
        {
            rules.push(finding.rule);
            chosen.extend(edits.into_iter().map(|edit| (key(&edit), edit.text)));
        }
    }
    // What puts there what stands there anyway is no change.
    chosen.retain(|(start, end), new| text[*start..*end] != *new);
    if chosen.is_empty() {
        return Choice::default();
    }
    let edits = chosen.into_iter().map(|((start, end), text)| Edit { range: start..end, text });
    Choice { edits: edits.collect(), rules }
}

/// The text after some edits, which are ascending and without overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        result.push_str(&text[at..edit.range.start]);
        result.push_str(&edit.text);
        at = edit.range.end;
    }
    result.push_str(&text[at..]);
    result
}

/// Whether a fix of this safety may be applied when `most` is the least safe one wanted.
pub(super) fn allows(most: Safety, safety: Safety) -> bool {
    most == Safety::Unsafe || safety == Safety::Safe
}

/// The edit as this text takes it: behind the byte order mark, and with the text's line ends.
fn settled(text: &str, edit: &Edit) -> Edit {
    let first = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let range = edit.range.start.max(first)..edit.range.end.max(first);
    let breaks_with_return = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    let mut new = edit.text.replace("\r\n", "\n");
    if breaks_with_return {
        new = new.replace('\n', "\r\n");
    }
    Edit { range, text: new }
}

fn key(edit: &Edit) -> (usize, usize) {
    (edit.range.start, edit.range.end)
}

/// Whether an edit overlaps none of those chosen, or is one of them.
fn goes_with(chosen: &BTreeMap<(usize, usize), String>, edit: &Edit) -> bool {
    if let Some(same) = chosen.get(&key(edit)) {
        return *same == edit.text;
    }
    // They do not overlap each other, so that only the neighbours can overlap this one.
    let before = chosen.range(..key(edit)).next_back();
    let after = chosen.range(key(edit)..).next();
    !before.into_iter().chain(after).any(|(other, _)| clashes(*other, key(edit)))
}

/// Whether two stretches share a byte, or stand at the same place.
fn clashes(one: (usize, usize), other: (usize, usize)) -> bool {
    one == other || (one.0 < other.1 && other.0 < one.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statuslint_languages::Evidence;
    use statuslint_lint::{Fix, Severity};

    /// The edits of a fix, and its safety.
    type Sample<'a> = (Safety, &'a [(usize, usize, &'a str)]);

    fn finding(safety: Safety, edits: &[(usize, usize, &str)]) -> Finding {
        let edits = edits.iter();
        let edits =
            edits.map(|(start, end, text)| Edit { range: *start..*end, text: (*text).to_owned() });
        let fix = Fix { title: "Mend".to_owned(), safety, edits: edits.collect() };
        Finding {
            rule: "unknown-code",
            severity: Severity::Warning,
            message: "wrong".to_owned(),
            help: None,
            code: None,
            range: 0..1,
            evidence: Evidence::Certain,
            fixes: vec![fix],
        }
    }

    fn made(text: &str, most: Safety, fixes: &[Sample<'_>]) -> String {
        let findings: Vec<_> =
            fixes.iter().map(|(safety, edits)| finding(*safety, edits)).collect();
        apply(text, &choose(text, &findings, most).edits)
    }

    #[test]
    fn overlapping_fixes_are_never_both_applied() {
        use Safety::{Safe, Unsafe};
        type Case<'a> = (&'a [Sample<'a>], &'a str);
        let cases: [Case<'_>; 10] = [
            (&[(Safe, &[(0, 2, "x")]), (Safe, &[(1, 3, "y")])], "xcdef"),
            (&[(Safe, &[(1, 3, "y")]), (Safe, &[(0, 2, "x")])], "aydef"),
            (&[(Safe, &[(0, 6, "x")]), (Safe, &[(2, 3, "y")])], "x"),
            (&[(Safe, &[(0, 2, "x")]), (Safe, &[(2, 4, "y")])], "xyef"),
            (&[(Safe, &[(3, 3, "+")]), (Safe, &[(3, 3, "+")])], "abc+def"),
            (&[(Safe, &[(3, 3, "+")]), (Safe, &[(3, 3, "-")])], "abc+def"),
            (
                &[(Safe, &[(0, 0, "+"), (4, 5, "x")]), (Safe, &[(0, 0, "+"), (5, 6, "y")])],
                "+abcdxy",
            ),
            (
                &[(Safe, &[(0, 0, "+"), (4, 5, "x")]), (Safe, &[(0, 0, "-"), (5, 6, "y")])],
                "+abcdxf",
            ),
            (&[(Safe, &[(0, 3, "x"), (2, 5, "y")])], "abcdef"),
            (&[(Unsafe, &[(0, 1, "x")]), (Safe, &[(7, 9, "y")])], "abcdef"),
        ];
        for (fixes, expected) in cases {
            assert_eq!(made("abcdef", Safe, fixes), expected, "{fixes:?}");
        }
        assert_eq!(made("abcdef", Unsafe, &[(Unsafe, &[(0, 1, "x")])]), "xbcdef");
        assert_eq!(choose("abc", &[finding(Safe, &[(0, 1, "a")])], Safe), Choice::default());
    }

    #[test]
    fn line_ends_and_the_byte_order_mark_stay() {
        let import: &[Sample<'_>] = &[(Safety::Safe, &[(0, 0, "use a;\n")])];
        for (text, expected) in [
            ("b\n", "use a;\nb\n"),
            ("b\r\nc\n", "use a;\r\nb\r\nc\n"),
            ("b", "use a;\nb"),
            ("\u{feff}b\r\n", "\u{feff}use a;\r\nb\r\n"),
        ] {
            assert_eq!(made(text, Safety::Safe, import), expected);
        }
    }

    #[test]
    fn only_the_first_fix_counts() {
        let mut found = finding(Safety::Unsafe, &[(0, 1, "x")]);
        found.fixes.extend(finding(Safety::Safe, &[(0, 1, "y")]).fixes);
        assert!(choose("abc", &[found.clone()], Safety::Safe).edits.is_empty());
        assert_eq!(choose("abc", &[found], Safety::Unsafe).edits[0].text, "x");
    }
}
