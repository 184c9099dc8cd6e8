//! Conditions as tools write them, and what is read from them.

use super::{Dialect, condition, templated};
use crate::{Comparator, Condition, Member, Test};

/// A condition in one line.
fn shown(condition: &Condition) -> String {
    let all = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(shown).collect();
        format!("({})", parts.join(word))
    };
    match &condition.test {
        Test::Compare(compared) => {
            let sign = match compared.operator {
                Comparator::Equal => "==",
                Comparator::NotEqual => "!=",
                Comparator::Less => "<",
                Comparator::LessOrEqual => "<=",
                Comparator::Greater => ">",
                Comparator::GreaterOrEqual => ">=",
            };
            format!("{}{sign}{}", compared.operand, compared.code)
        }
        Test::In(asked) => {
            let member = |member: &Member| match member {
                Member::Code { code, .. } => code.to_string(),
                Member::Span { first, last, .. } => {
                    let end = |end: &Option<(_, _)>| {
                        end.as_ref().map_or(
                            String::new(),
                            |(code, _): &(statuslint_codes::StatusCode, _)| code.to_string(),
                        )
                    };
                    format!("{}..{}", end(first), end(last))
                }
                Member::Other => "?".to_owned(),
            };
            let members: Vec<String> = asked.members.iter().map(member).collect();
            format!("{} in {}", asked.operand, members.join(","))
        }
        Test::And(parts) => all(parts, " and "),
        Test::Or(parts) => all(parts, " or "),
        Test::Not(part) => format!("not {}", shown(part)),
        Test::Code(code) => code.to_string(),
        Test::Boolean(holds) => holds.to_string(),
        Test::Other => "?".to_owned(),
    }
}

#[test]
fn tests_of_a_shell_are_read() {
    let cases: &[(&str, &str)] = &[
        ("\"$code\" -lt 200", "code<200"),
        ("$code -ge 200 -a \"${code}\" -lt 300", "(code>=200 and code<300)"),
        ("! \"$code\" = 200", "not code==200"),
        ("$code == 2* || $code == \"304\"", "(code in 200..299 or code==304)"),
        ("$code != 5??", "not code in 500..599"),
        ("code >= 200 && code <= 300", "(code>=200 and code<=300)"),
        ("200 <= code <= 299", "true"),
        ("code == 200 || 201", "(code==200 or 201)"),
        ("\\( $code = 200 -o $code = 201 \\) -a -n \"$body\"", "((code==200 or code==201) and ?)"),
        (
            "\"$(curl -s -w '%{http_code}' \"$url\")\" = 200",
            "$(curl-s-w'%{http_code}'\"$url\")==200",
        ),
    ];
    for (text, expected) in cases {
        let found = condition(text, 0..text.len(), Dialect::Shell);
        let found = found.as_ref().map(shown).unwrap_or_default();
        let expected = expected.strip_prefix('$').unwrap_or(expected);
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn conditions_of_documents_are_read() {
    let cases: &[(&str, &[&str])] = &[
        ("[STATUS] <= 300", &["[STATUS]<=300"]),
        ("[STATUS] == any(200, 429)", &["[STATUS] in 200,429"]),
        ("status_code not in [200, 299]", &["not status_code in 200,299"]),
        ("r.status | int >= 200 and r.status <= 300", &["(r.status>=200 and r.status<=300)"]),
        ("200 <= r.status < 300", &["(r.status>=200 and r.status<300)"]),
        ("not (r.status == 200 or r.status == 201)", &["not (r.status==200 or r.status==201)"]),
        ("${{ steps.probe.outputs.status != '200' }}", &["steps.probe.outputs.status!=200"]),
        ("contains([200, 204], self.status_code)", &["self.status_code in 200,204"]),
        ("self.status_code == 200 ? 1 : 0", &["self.status_code==200"]),
        ("rate(requests{code=\"500\"}[5m]) > 0.5", &[]),
        ("the status is 200 or so", &[]),
        ("(status == 200", &[]),
        ("status == 200)", &[]),
    ];
    for (text, expected) in cases {
        let found: Vec<String> = templated(text, 0..text.len()).iter().map(shown).collect();
        assert_eq!(&found, expected, "{text}");
    }
}

#[test]
fn the_bytes_of_codes_are_those_of_the_text() {
    let text = "if status >= '200' and status < 300";
    let found = condition(text, 3..text.len(), Dialect::Template).unwrap();
    assert_eq!(&text[found.range.clone()], "status >= '200' and status < 300");
    let Test::And(parts) = found.test else { panic!("two comparisons") };
    let codes = parts.iter().map(|part| match &part.test {
        Test::Compare(compared) => &text[compared.at.clone()],
        _ => "",
    });
    assert_eq!(codes.collect::<Vec<_>>(), ["'200'", "300"]);
}

#[test]
fn hostile_texts_end_soon() {
    for text in
        ["(".repeat(3_000), "!".repeat(3_000), "s == 200 && ".repeat(300), "[\"$(".repeat(900)]
    {
        assert_eq!(condition(&text, 0..text.len(), Dialect::Template), None);
    }
}

/// The conditions and then the branches that are found in a document.
fn found(id: &str, text: &str) -> Vec<String> {
    let language = crate::Language::from_id(id).unwrap();
    let usage = crate::usage(text, language, &crate::Context::default());
    let conditions = usage.conditions.iter().map(shown);
    let branches = usage.branches.iter().map(|branches| {
        let arm = |arm: &crate::Arm| {
            let more = if arm.guarded { "*" } else { "" };
            let through = if arm.falls_through { ">" } else { "" };
            format!("{}{more}{through}", shown(&arm.condition))
        };
        let arms: Vec<String> = branches.arms.iter().map(arm).collect();
        format!("{:?} {}", branches.kind, arms.join(" | "))
    });
    conditions.chain(branches).collect()
}

#[test]
fn scripts_are_asked_as_a_whole() {
    let script = "code=$(curl -s -o /dev/null -w '%{http_code}' \"$url\")\n\
        [ \"$code\" -lt 200 ] || [ \"$code\" -gt 300 ] && exit 1\n\
        if [[ $code == 2* ]]; then a; elif ! test \"$code\" = 404 -a -n \"$x\"; then b; fi\n\
        case \"$code\" in\n200|201) a;;\n404) b;&\n4??) c;;&\n*) d;;\nesac\n\
        [ -n \"$other\" ] && [ \"$size\" -gt 200 ]\n";
    let expected = [
        "((code<200 or code>300) and ?)",
        "code in 200..299",
        "not (code==404 and ?)",
        "code in 200,201",
        "Chain code in 200..299 | not (code==404 and ?)",
        "Switch code in 200,201 | code==404> | code in 400..499* | ?",
    ];
    assert_eq!(found("bash", script), expected);
}

#[test]
fn alternatives_of_a_whole_pattern_are_members() {
    let script = "code=$(curl -s -o /dev/null -w '%{http_code}' \"$url\")\n\
        if [[ \"$code\" =~ ^(200|204)$ ]]; then a; fi\n\
        if [[ $code =~ (404|410) ]]; then b; fi\n";
    assert_eq!(found("bash", script), ["code in 200,204"]);
}

#[test]
fn configurations_of_servers_are_asked() {
    let nginx = "map $status $loggable {\n    ~^[23] 0;\n    404 1;\n    404 0;\n    default 1;\n}\n\
        server {\n    if ($status = 404) { return 410; }\n}\n";
    assert_eq!(found("nginx", nginx), ["$status==404", "Map ?* | $status==404 | $status==404"]);
    let haproxy = "frontend www\n    bind :80\n    acl bad status 500:599\n    \
        acl worse status ge 500\n    http-response set-header x y if { status 200 299 }\n";
    let expected = ["status in 500..599", "status>=500", "status in 200,299"];
    assert_eq!(found("nginx", haproxy), expected);
}

#[test]
fn conditions_of_terraform_are_asked() {
    let text = "data \"http\" \"probe\" {\n  lifecycle {\n    postcondition {\n      \
        condition = self.status_code >= 200 && self.status_code <= 300\n    }\n    \
        postcondition {\n      condition = contains([200, 204], self.status_code)\n    }\n  }\n}\n";
    let expected =
        ["(self.status_code>=200 and self.status_code<=300)", "self.status_code in 200,204"];
    assert_eq!(found("hcl", text), expected);
}

#[test]
fn conditions_in_documents_are_asked() {
    let gatus = "endpoints:\n  - name: a\n    url: https://a.example\n    conditions:\n      \
        - \"[STATUS] <= 300\"\n      - \"[STATUS] == any(200, 429)\"\n";
    assert_eq!(found("yaml", gatus), ["[STATUS]<=300", "[STATUS] in 200,429"]);
    let ansible = "- ansible.builtin.uri:\n    url: https://a.example\n  register: page\n  \
        until: page.status >= 200 and page.status <= 300\n";
    assert_eq!(found("yaml", ansible), ["(page.status>=200 and page.status<=300)"]);
}
