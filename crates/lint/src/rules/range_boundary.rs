//! Bounds that are off by one at the edge of a class.

use std::ops::Range;

use statuslint_codes::StatusCode;
use statuslint_languages::{Comparator, Comparison, Condition, Member, Role, Site, Test};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::logic::{certain, covers};
use crate::quote::quoted;
use crate::{Edit, Fix, Rule, Safety, Severity};

pub(super) const RULE: Rule = Rule {
    name: "range-boundary",
    severity: Some(Severity::Warning),
    fixable: true,
    summary: "A bound that is off by one at the edge of a class",
    page: include_str!("range_boundary.md"),
    quiet_in_tests: true,
    check: Check::Usage(check),
};

/// How far around a bound the code at its edge may be handled on its own, in bytes and lines.
const NEAR: (usize, usize) = (800, 8);

/// A bound on the wrong side of an edge.
struct Bound {
    /// What is shown.
    range: Range<usize>,
    /// The code at the edge, and its place.
    code: StatusCode,
    at: Range<usize>,
    /// Whether the code is taken in, not left out.
    takes_in: bool,
    severity: Severity,
    /// The place of the sign, and the sign that should stand there.
    sign: Option<(Range<usize>, &'static str)>,
}

fn check(ctx: &Ctx, out: &mut Findings) {
    let mut bounds = Vec::new();
    let arms = ctx.usage.branches.iter().flat_map(|it| &it.arms).map(|arm| &arm.condition);
    for condition in ctx.usage.conditions.iter().chain(arms) {
        gather(ctx, condition, &[], &mut bounds);
    }
    bounds.sort_by_key(|bound| bound.at.start);
    bounds.dedup_by_key(|bound| bound.at.start);
    if bounds.is_empty() {
        return;
    }
    let certain = certain(ctx);
    for bound in bounds {
        if !covers(&certain, &bound.at) && !is_handled_nearby(ctx, &bound) {
            out.push(draft(ctx, &bound));
        }
    }
}

fn draft(ctx: &Ctx, bound: &Bound) -> Draft {
    let written = quoted(ctx.source(&bound.range));
    let (code, number) = (super::titled(ctx.settings, bound.code), bound.code.get());
    let message = match (bound.takes_in, number) {
        (true, 600) => format!("{written} takes in 600, which is no status code"),
        (true, _) => format!("{written} takes in {code}, the first code of the next class"),
        (false, _) if number.is_multiple_of(100) => {
            format!("{written} leaves out {code}, the first code of its class")
        }
        (false, _) => format!("{written} leaves out {code}, the last code of its class"),
    };
    let message = format!("{message}; a code's class is its first digit (RFC 9110 section 15)");
    let help = match &bound.sign {
        Some((_, sign)) => format!("write `{sign}` here, or handle {number} on its own"),
        None => format!("move the bound by one, or handle {number} on its own"),
    };
    let fix = bound.sign.as_ref().map(|(range, sign)| Fix {
        title: format!("Write `{sign}`"),
        safety: Safety::Unsafe,
        edits: vec![Edit { range: range.clone(), text: (*sign).to_owned() }],
    });
    Draft::new(&bound.range, message)
        .help(help)
        .code(bound.code)
        .severity(bound.severity)
        .evidence(ctx.evidence_within(&bound.at))
        .fix(fix)
}

/// Adds the bounds of a condition; `beside` is what else must hold.
fn gather(ctx: &Ctx, condition: &Condition, beside: &[Condition], bounds: &mut Vec<Bound>) {
    match &condition.test {
        Test::Compare(it) => {
            if let Some((takes_in, severity)) = wrong(it).filter(|_| !is_open_interval(it, beside))
            {
                bounds.push(Bound {
                    range: without_parentheses(ctx, &condition.range),
                    code: it.code,
                    at: it.at.clone(),
                    takes_in,
                    severity,
                    sign: sign(ctx, &it.at),
                });
            }
        }
        Test::In(it) => bounds.extend(it.members.iter().filter_map(|it| span(ctx, it))),
        Test::And(parts) | Test::Or(parts) => {
            for part in parts {
                gather(ctx, part, parts, bounds);
            }
        }
        Test::Not(inner) => gather(ctx, inner, &[], bounds),
        Test::Code(_) | Test::Boolean(_) | Test::Other => {}
    }
}

/// Whether a comparison is off by one, whether it takes the edge in then, and how bad that is:
/// 200 and 500 themselves are often meant to be something else than the rest of their class.
fn wrong(comparison: &Comparison) -> Option<(bool, Severity)> {
    Some(match (comparison.operator, comparison.code.get()) {
        (Comparator::LessOrEqual, 300 | 400 | 600) => (true, Severity::Warning),
        (Comparator::LessOrEqual, 500) => (true, Severity::Info),
        (Comparator::Greater, 300 | 400) | (Comparator::Less, 299 | 399 | 499 | 599) => {
            (false, Severity::Warning)
        }
        (Comparator::Greater, 200 | 500) => (false, Severity::Info),
        _ => return None,
    })
}

/// `300 < status && status < 400`: who ends the class rightly begins it behind its first code on
/// purpose. `status <= 300 || status >= 400` is the same from outside.
fn is_open_interval(lower: &Comparison, beside: &[Condition]) -> bool {
    let start = lower.code.get();
    let ends = |other: &Comparison| match (lower.operator, other.operator) {
        (Comparator::Greater, Comparator::Less)
        | (Comparator::LessOrEqual, Comparator::GreaterOrEqual) => {
            (start + 1..=start + 100).contains(&other.code.get())
        }
        (Comparator::Greater, Comparator::LessOrEqual)
        | (Comparator::LessOrEqual, Comparator::Greater) => {
            (start + 1..start + 100).contains(&other.code.get())
        }
        _ => false,
    };
    beside.iter().any(|part| {
        matches!(&part.test, Test::Compare(other) if other.operand == lower.operand && ends(other))
    })
}

/// A range whose end is off by one.
fn span(ctx: &Ctx, member: &Member) -> Option<Bound> {
    let Member::Span { first: Some((first, from)), last: Some((last, at)), inclusive } = member
    else {
        return None;
    };
    let severity = match (inclusive, last.get()) {
        (true, 300 | 400 | 600) | (false, 299 | 399 | 499 | 599 | 999) => Severity::Warning,
        (true, 500) => Severity::Info,
        _ => return None,
    };
    let (start, end) = (from.start.min(at.start), from.end.max(at.end));
    let between = ctx.text.get(from.end..at.start).unwrap_or_default();
    let written = between.trim();
    let is_written = ctx.language.range_sign(*inclusive).is_some_and(|sign| sign == written);
    let sign = if is_written { ctx.language.range_sign(!*inclusive) } else { None };
    let before = from.end + between.len() - between.trim_start().len();
    let sign = sign.map(|sign| (before..before + between.trim().len(), sign));
    first.get().is_multiple_of(100).then(|| Bound {
        range: start..end,
        code: *last,
        at: at.clone(),
        takes_in: *inclusive,
        severity,
        sign,
    })
}

/// Whether a code is handled on its own around a bound that has it on the wrong side.
fn is_handled_nearby(ctx: &Ctx, bound: &Bound) -> bool {
    let (bytes, lines) = NEAR;
    let near = |site: &Site| {
        let (from, to) = if site.range.start < bound.at.start {
            (site.range.end, bound.at.start)
        } else {
            (bound.at.end, site.range.start)
        };
        let between = ctx.text.get(from..to).unwrap_or_default();
        between.len() <= bytes && between.bytes().filter(|byte| *byte == b'\n').count() <= lines
    };
    let around = bound.at.start.saturating_sub(bytes)..bound.at.end + bytes + 64;
    ctx.sites_within(&around).any(|site| {
        site.range != bound.at
            && site.code() == Some(bound.code)
            && matches!(site.role, Role::Compare | Role::Branch)
            && near(site)
            && !ctx.usage.conditions.iter().any(|it| asks_more(it, &site.range))
    })
}

/// Whether a condition asks more than for the code there: `status == 400 && body.taken` handles
/// only some of the responses with 400.
fn asks_more(condition: &Condition, at: &Range<usize>) -> bool {
    if at.start < condition.range.start || condition.range.end < at.end {
        return false;
    }
    match &condition.test {
        Test::And(parts) => {
            parts.iter().any(|part| matches!(part.test, Test::Other))
                || parts.iter().any(|part| asks_more(part, at))
        }
        Test::Or(parts) => parts.iter().any(|part| asks_more(part, at)),
        Test::Not(part) => asks_more(part, at),
        Test::Compare(_) | Test::In(_) | Test::Code(_) | Test::Boolean(_) | Test::Other => false,
    }
}

/// The sign beside a code, and the one that should stand there.
fn sign(ctx: &Ctx, at: &Range<usize>) -> Option<(Range<usize>, &'static str)> {
    let other = |sign: &str| match sign {
        "<=" => Some("<"),
        ">=" => Some(">"),
        "<" => Some("<="),
        ">" => Some(">="),
        _ => None,
    };
    let is_sign = |c: char| matches!(c, '<' | '>' | '=');
    let before = ctx.text.get(..at.start)?.trim_end_matches(' ');
    let start = before.trim_end_matches(is_sign).len();
    if let Some(sign) = other(&before[start..]) {
        return Some((start..before.len(), sign));
    }
    let rest = ctx.text.get(at.end..)?;
    let after = rest.trim_start_matches(' ');
    let start = at.end + rest.len() - after.len();
    let length = after.len() - after.trim_start_matches(is_sign).len();
    other(&after[..length]).map(|sign| (start..start + length, sign))
}

/// A range without parentheses around the whole of it.
fn without_parentheses(ctx: &Ctx, range: &Range<usize>) -> Range<usize> {
    let source = ctx.source(range);
    match source.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        // `(<= status 300)` is no comparison without them.
        Some(inner) if !inner.contains(['(', ')']) && !inner.starts_with(['<', '>']) => {
            range.start + 1..range.end - 1
        }
        _ => range.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::tests::found;

    #[test]
    fn bounds_at_class_edges_are_found_either_way_around() {
        for bound in [
            "<= 300", "<= 400", "<= 500", "<= 600", "> 200", "> 300", "> 400", "> 500", "< 299",
            "< 399", "< 499", "< 599",
        ] {
            let text = format!("a = r.status_code {bound}");
            let expected = format!("range-boundary `r.status_code {bound}`");
            assert_eq!(found("python", &text), [expected]);
        }
        assert_eq!(
            found("python", "a = 300 >= r.status_code"),
            ["range-boundary `300 >= r.status_code`"]
        );
    }

    #[test]
    fn right_bounds_are_silent() {
        let none: [&str; 0] = [];
        for bound in [
            ">= 100", "<= 599", "< 600", "< 300", ">= 400", "<= 299", "> 299", "< 200", "> 599",
            "<= 404",
        ] {
            assert_eq!(found("python", &format!("a = r.status_code {bound}")), none, "{bound}");
        }
    }

    #[test]
    fn a_code_handled_on_its_own_is_silent() {
        let none: [&str; 0] = [];
        for text in [
            "if r.status_code > 400:\n    fail()\nelif r.status_code == 400:\n    explain()\n",
            "if r.status_code == 300:\n    choose()\nif r.status_code <= 300:\n    go()\n",
            "a = 300 < r.status_code < 400",
        ] {
            assert_eq!(found("python", text), none, "{text}");
        }
    }
}
