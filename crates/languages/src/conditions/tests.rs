//! Conditions of every language, written down in one notation.

use crate::{Comparator, Condition, Context, Language, Member, Test, usage};

/// A condition in the notation of these tests: `(and s>=200 (not s<300))`.
fn written(condition: &Condition) -> String {
    match &condition.test {
        Test::Compare(it) => {
            let sign = match it.operator {
                Comparator::Equal => "==",
                Comparator::NotEqual => "!=",
                Comparator::Less => "<",
                Comparator::LessOrEqual => "<=",
                Comparator::Greater => ">",
                Comparator::GreaterOrEqual => ">=",
            };
            format!("{}{sign}{}", it.operand, it.code)
        }
        Test::In(it) => {
            let members: Vec<String> = it.members.iter().map(member).collect();
            format!("{} in [{}]", it.operand, members.join(" "))
        }
        Test::And(parts) => format!("(and {})", all(parts)),
        Test::Or(parts) => format!("(or {})", all(parts)),
        Test::Not(inner) => format!("(not {})", written(inner)),
        Test::Code(code) => code.to_string(),
        Test::Boolean(always) => always.to_string(),
        Test::Other => "?".to_owned(),
    }
}

fn all(parts: &[Condition]) -> String {
    parts.iter().map(written).collect::<Vec<_>>().join(" ")
}

fn member(member: &Member) -> String {
    let code = |end: &Option<(statuslint_codes::StatusCode, _)>| {
        end.as_ref().map_or(String::new(), |(code, _)| code.to_string())
    };
    match member {
        Member::Code { code, .. } => code.to_string(),
        Member::Span { first, last, inclusive } => {
            let sign = if *inclusive { ".." } else { "..<" };
            format!("{}{sign}{}", code(first), code(last))
        }
        Member::Other => "?".to_owned(),
    }
}

/// What of these is not as expected: languages, texts, and the conditions in them.
fn differences<'a>(cases: impl IntoIterator<Item = (&'a str, &'a str, String)>) -> String {
    let cases = cases.into_iter().map(|(language, text, expected)| {
        let found = conditions(language, text);
        let differs = format!("{language}: {text}\n  found    {found}\n  expected {expected}\n");
        if found == expected { String::new() } else { differs }
    });
    cases.collect()
}

/// The conditions of a text, one a line.
fn conditions(language: &str, text: &str) -> String {
    let language = Language::from_id(language).unwrap();
    let usage = usage(text, language, &Context::default());
    usage.conditions.iter().map(written).collect::<Vec<_>>().join("\n")
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of one row a language")]
fn every_language_says_and_or_and_not() {
    let c = "s.status_code";
    let expected =
        |operand: &str| format!("(and (not (or {operand}<200 {operand}>=300)) {operand}!=304 ?)");
    let cases = [
        (
            "python",
            "r.status_code",
            "if not (r.status_code < 200 or 300 <= r.status_code) and r.status_code != 304 and ok: pass",
        ),
        (
            "javascript",
            "r.statusCode",
            "if (!(r.statusCode < 200 || 300 <= r.statusCode) && r.statusCode !== 304 && ok) {}",
        ),
        (
            "typescript",
            "r.statusCode",
            "if (!(r.statusCode < 200 || 300 <= r.statusCode) && r.statusCode !== 304 && ok) {}",
        ),
        (
            "tsx",
            "r.statusCode",
            "if (!(r.statusCode < 200 || 300 <= r.statusCode) && r.statusCode !== 304 && ok) {}",
        ),
        (
            "go",
            "r.StatusCode",
            "package a\nfunc f() { if !(r.StatusCode < 200 || 300 <= r.StatusCode) && r.StatusCode != 304 && ok {} }",
        ),
        (
            "rust",
            c,
            "fn f() { if !(s.status_code < 200 || 300 <= s.status_code) && s.status_code != 304 && ok {} }",
        ),
        (
            "java",
            "r.statusCode()",
            "class A { void f() { if (!(r.statusCode() < 200 || 300 <= r.statusCode()) && r.statusCode() != 304 && ok) {} } }",
        ),
        (
            "kotlin",
            "r.statusCode",
            "fun f() { if (!(r.statusCode < 200 || 300 <= r.statusCode) && r.statusCode != 304 && ok) {} }",
        ),
        (
            "scala",
            "r.statusCode",
            "object A { def f() = if (!(r.statusCode < 200 || 300 <= r.statusCode) && r.statusCode != 304 && ok) {} }",
        ),
        (
            "csharp",
            "r.StatusCode",
            "class A { void F() { if (!(r.StatusCode < 200 || 300 <= r.StatusCode) && r.StatusCode != 304 && ok) {} } }",
        ),
        (
            "c",
            "r->status_code",
            "void f() { if (!(r->status_code < 200 || 300 <= r->status_code) && r->status_code != 304 && ok) {} }",
        ),
        (
            "cpp",
            "r.status_code",
            "void f() { if (!(r.status_code < 200 || 300 <= r.status_code) && r.status_code != 304 && ok) {} }",
        ),
        (
            "php",
            "$r->statusCode",
            "<?php if (!($r->statusCode < 200 || 300 <= $r->statusCode) && $r->statusCode !== 304 && $ok) {}",
        ),
        (
            "ruby",
            "r.status_code",
            "x if !(r.status_code < 200 || 300 <= r.status_code) && r.status_code != 304 && ok",
        ),
        (
            "ruby",
            "r.status_code",
            "x unless not (r.status_code < 200 or 300 <= r.status_code) and r.status_code != 304 and ok",
        ),
        (
            "swift",
            "r.statusCode",
            "func f() { if !(r.statusCode < 200 || 300 <= r.statusCode) && r.statusCode != 304 && ok {} }",
        ),
        (
            "dart",
            "r.statusCode",
            "void f() { if (!(r.statusCode < 200 || 300 <= r.statusCode) && r.statusCode != 304 && ok) {} }",
        ),
        (
            "elixir",
            "r.status_code",
            "if not (r.status_code < 200 or 300 <= r.status_code) and r.status_code != 304 and ok, do: 1",
        ),
        (
            "lua",
            "r.status_code",
            "if not (r.status_code < 200 or 300 <= r.status_code) and r.status_code ~= 304 and ok then end",
        ),
        (
            "perl",
            "$status_code",
            "if (!($status_code < 200 || 300 <= $status_code) && $status_code != 304 && $ok) {}",
        ),
        (
            "haskell",
            "statusCode",
            "f statusCode = if not (statusCode < 200 || 300 <= statusCode) && statusCode /= 304 && ok then 1 else 2",
        ),
        (
            "clojure",
            "status-code",
            "(if (and (not (or (< status-code 200) (<= 300 status-code))) (not= status-code 304) ok) 1 2)",
        ),
    ];
    let cases = cases.map(|(language, operand, text)| (language, text, expected(operand)));
    let differences = differences(cases);
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn every_language_says_in_its_own_way() {
    let cases = [
        (
            "python",
            "a = r.status_code in (200, 201) or r.status_code not in range(200, 300)",
            "(or r.status_code in [200 201] (not r.status_code in [200..<300]))",
        ),
        ("javascript", "a = [200, 201].includes(r.statusCode)", "r.statusCode in [200 201]"),
        (
            "rust",
            "fn f() { let a = (200..300).contains(&s.status_code) || matches!(s.status_code, 400..=499 | 503); }",
            "(or s.status_code in [200..<300] s.status_code in [400..499 503])",
        ),
        (
            "java",
            "class A { boolean a = List.of(200, 201).contains(r.statusCode()); }",
            "r.statusCode() in [200 201]",
        ),
        (
            "kotlin",
            "val a = r.statusCode in 200..299 && r.statusCode !in listOf(200, 201)",
            "(and r.statusCode in [200..299] (not r.statusCode in [200 201]))",
        ),
        ("kotlin", "val a = r.statusCode in 200 until 300", "r.statusCode in [200..<300]"),
        (
            "scala",
            "object A { val a = (200 until 300).contains(r.statusCode) || (200 to 299 contains r.statusCode) }",
            "(or r.statusCode in [200..<300] r.statusCode in [200..299])",
        ),
        ("swift", "let a = 200..<300 ~= r.statusCode", "r.statusCode in [200..<300]"),
        (
            "swift",
            "let a = (200...299).contains(r.statusCode) && !([200, 201].contains(r.statusCode))",
            "(and r.statusCode in [200..299] (not r.statusCode in [200 201]))",
        ),
        (
            "ruby",
            "a = (200..299).include?(r.status_code) || r.status_code.between?(200, 299)",
            "(or r.status_code in [200..299] r.status_code in [200..299])",
        ),
        ("ruby", "a = (200...300) === r.status_code", "r.status_code in [200..<300]"),
        (
            "php",
            "<?php $a = in_array($r->statusCode, [200, 201]) && !in_array($r->statusCode, range(200, 299));",
            "(and $r->statusCode in [200 201] (not $r->statusCode in [200..299]))",
        ),
        (
            "csharp",
            "class A { bool a = (r.StatusCode is >= 200 and < 300) || (r.StatusCode is 200 or 201); }",
            "(or (and r.StatusCode>=200 r.StatusCode<300) r.StatusCode==200 r.StatusCode==201)",
        ),
        (
            "csharp",
            "class A { bool a = new[] { 200, 201 }.Contains(r.StatusCode); }",
            "r.StatusCode in [200 201]",
        ),
        ("dart", "bool a = [200, 201].contains(r.statusCode);", "r.statusCode in [200 201]"),
        (
            "elixir",
            "a = r.status_code in 200..299 and r.status_code not in [200, 201]",
            "(and r.status_code in [200..299] (not r.status_code in [200 201]))",
        ),
        ("haskell", "a = statusCode r `elem` [200, 201]", "statusCoder in [200 201]"),
        (
            "clojure",
            "(def a (or (<= 200 status-code 299) (contains? #{200 201} status-code)))",
            "(or (and status-code>=200 status-code<=299) status-code in [200 201])",
        ),
    ];
    let cases = cases.map(|(language, text, expected)| (language, text, expected.to_owned()));
    let differences = differences(cases);
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn chains_read_as_the_language_reads_them() {
    let cases = [
        ("python", "a = 200 <= r.status_code < 300", "(and r.status_code>=200 r.status_code<300)"),
        ("javascript", "a = 200 <= r.statusCode <= 299", "true"),
        ("typescript", "if (200 <= r.statusCode >= 299) {}", "false"),
        ("cpp", "void f() { if (200 <= r.status_code <= 299) {} }", "true"),
        ("java", "class A { boolean a = 200 <= r.statusCode() <= 299; }", ""),
    ];
    let cases = cases.map(|(language, text, expected)| (language, text, expected.to_owned()));
    let differences = differences(cases);
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn a_code_stands_for_a_condition_only_behind_a_comparison() {
    let cases = [
        ("javascript", "if (r.statusCode === 200 || 201) {}", "(or r.statusCode==200 201)"),
        ("python", "if r.status_code == 200 or 201: pass", "(or r.status_code==200 201)"),
        (
            "lua",
            "local code = r.status_code == 404 and 404 or 200",
            "(or (and r.status_code==404 ?) ?)",
        ),
        ("javascript", "const code = err.statusCode || 500", ""),
    ];
    let cases = cases.map(|(language, text, expected)| (language, text, expected.to_owned()));
    let differences = differences(cases);
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn what_may_change_is_something_else() {
    for (language, text) in [
        ("javascript", "if (next().statusCode < 200 && next().statusCode > 299) {}"),
        ("c", "void f() { if ((status_code = read_it()) < 200) {} }"),
        ("python", "if port < 200 and port > 299: pass"),
    ] {
        assert_eq!(conditions(language, text), "", "{language}: {text}");
    }
}

#[test]
fn long_and_deep_expressions_are_read() {
    let long = vec!["r.status_code == 200"; 1500].join(" or ");
    assert_eq!(conditions("python", &format!("a = {long}")).matches("==").count(), 1500);
    let deep = format!("a = {}r.status_code == 200{}", "(not ".repeat(2000), ")".repeat(2000));
    assert_eq!(conditions("python", &deep), "");
    let nested = format!("a = {}r.statusCode === 200{}", "(ok && ".repeat(2000), ")".repeat(2000));
    assert_eq!(conditions("javascript", &nested), "");
}
