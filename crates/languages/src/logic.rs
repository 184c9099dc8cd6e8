//! Boolean expressions over statuses that stand in a text no grammar reads as such: tests of a
//! shell, conditions in the strings of documents.

mod backed;
mod tokens;

use std::ops::Range;

use statuslint_codes::{Class, StatusCode};

use self::tokens::{Dialect, Sign, Token, tokens};
use crate::{Comparator, Comparison, Condition, Member, Membership, Test, Value};

use backed::compares;
pub(crate) use backed::{asks, back};
pub(crate) use tokens::Dialect as LogicDialect;

/// Longer texts are no conditions that somebody wrote by hand.
const LONGEST: usize = 4_000;

/// Parentheses within parentheses: deeper than this nobody writes.
const DEEPEST: usize = 24;

/// The condition that a part of a text is; `None` when it is none, or compares nothing with a code.
pub(crate) fn condition(text: &str, range: Range<usize>, dialect: Dialect) -> Option<Condition> {
    let source = text.get(range.clone()).filter(|source| source.len() <= LONGEST)?;
    let tokens = tokens(source, range.start, dialect)?;
    let mut reader = Reader { text, tokens: &tokens, at: 0, dialect };
    let condition = reader.any(0)?;
    let whole = matches!(reader.sign(), None | Some(Sign::Question));
    (whole && compares(&condition)).then_some(condition)
}

/// The conditions of a text in which expressions stand between double braces, or that is one.
pub(crate) fn templated(text: &str, range: Range<usize>) -> Vec<Condition> {
    let source = &text[range.clone()];
    if !source.contains("{{") {
        return condition(text, range, Dialect::Template).into_iter().collect();
    }
    let starts = source.match_indices("{{").map(|(at, _)| at + 2);
    let inside = starts.filter_map(|start| {
        let length = source[start..].find("}}").or_else(|| source[start..].find("%}"))?;
        let start = range.start + start;
        condition(text, start..start + length, Dialect::Template)
    });
    inside.take(16).collect()
}

/// All codes of a class.
fn span(class: Class, at: &Range<usize>) -> Member {
    let first = u16::from(class.digit()) * 100;
    let end = |code| Some((StatusCode::new(code), at.clone()));
    Member::Span { first: end(first), last: end(first + 99), inclusive: true }
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    dialect: Dialect,
}

impl Reader<'_> {
    fn sign(&self) -> Option<Sign> {
        self.tokens.get(self.at).map(|token| token.sign)
    }

    /// Takes a token of this kind, when it is the next.
    fn take(&mut self, sign: Sign) -> bool {
        let taken = self.sign() == Some(sign);
        self.at += usize::from(taken);
        taken
    }

    fn any(&mut self, depth: usize) -> Option<Condition> {
        let mut parts = vec![self.every(depth)?];
        while self.take(Sign::Or) {
            parts.push(self.every(depth)?);
        }
        Some(joined(parts, Test::Or))
    }

    fn every(&mut self, depth: usize) -> Option<Condition> {
        let mut parts = vec![self.one(depth)?];
        while self.take(Sign::And) {
            parts.push(self.one(depth)?);
        }
        Some(joined(parts, Test::And))
    }

    fn one(&mut self, depth: usize) -> Option<Condition> {
        if depth > DEEPEST {
            return None;
        }
        let start = self.tokens.get(self.at)?.range.start;
        if self.take(Sign::Not) {
            let inner = self.one(depth + 1)?;
            let range = start..inner.range.end;
            return Some(Condition { range, test: Test::Not(Box::new(inner)) });
        }
        if self.sign() == Some(Sign::Open) && self.is_group() {
            self.at += 1;
            let inner = self.any(depth + 1)?;
            let end = self.tokens.get(self.at)?.range.end;
            return self.take(Sign::Close).then_some(Condition { range: start..end, ..inner });
        }
        self.comparison()
    }

    /// Whether the parenthesis that opens here has a whole condition inside.
    fn is_group(&self) -> bool {
        let Some(close) = self.closing() else { return false };
        let after = self.tokens.get(close + 1).map(|token| token.sign);
        let ends = [None, Some(Sign::And), Some(Sign::Or), Some(Sign::Close), Some(Sign::Question)];
        ends.contains(&after)
    }

    /// Where the parenthesis that opens here closes.
    fn closing(&self) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at) {
            match token.sign {
                Sign::Open => depth += 1,
                Sign::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(at);
            }
        }
        None
    }

    /// An operand, and what it is compared with, if it is.
    fn comparison(&mut self) -> Option<Condition> {
        let left = self.operand()?;
        let start = left.start;
        let mut parts = Vec::new();
        let mut before = left.clone();
        while let Some(sign @ (Sign::Compare(_) | Sign::In | Sign::NotIn | Sign::Match)) =
            self.sign()
        {
            self.at += 1;
            let right = self.operand()?;
            let range = before.start..right.end;
            let test = match sign {
                // In the arithmetic of a shell what is compared next is 0 or 1.
                Sign::Compare(operator) if !parts.is_empty() && self.dialect == Dialect::Shell => {
                    self.boolean(operator, &right)
                }
                Sign::Compare(operator) => self.compared(&before, operator, &right),
                Sign::In => self.asked(&before, &right),
                Sign::NotIn => {
                    let test = self.asked(&before, &right);
                    Test::Not(Box::new(Condition { range: range.clone(), test }))
                }
                _ => self.alternatives(&before, &right),
            };
            parts.push(Condition { range, test });
            before = right;
        }
        if parts.is_empty() {
            let test = match self.code(&left) {
                Some((code, _)) => Test::Code(code),
                None => self.called(&left),
            };
            return Some(Condition { range: left, test });
        }
        if self.dialect == Dialect::Shell && parts.len() > 1 {
            let last = parts.pop()?;
            return Some(Condition { range: start..before.end, ..last });
        }
        Some(joined(parts, Test::And))
    }

    /// The bytes of the operand that begins here.
    fn operand(&mut self) -> Option<Range<usize>> {
        let first = self.tokens.get(self.at)?.range.clone();
        let mut end = None;
        loop {
            match self.sign() {
                Some(Sign::Word) => {}
                Some(Sign::Open) => self.at = self.closing()?,
                _ => break,
            }
            end = self.tokens.get(self.at).map(|token| token.range.end);
            self.at += 1;
        }
        Some(first.start..end?)
    }

    fn boolean(&self, operator: Comparator, right: &Range<usize>) -> Test {
        if self.code(right).is_none() {
            return Test::Other;
        }
        let holds =
            matches!(operator, Comparator::Less | Comparator::LessOrEqual | Comparator::NotEqual);
        Test::Boolean(holds)
    }

    fn compared(&self, left: &Range<usize>, operator: Comparator, right: &Range<usize>) -> Test {
        if let Some(members) = self.list(right, "any(").filter(|_| operator == Comparator::Equal) {
            return Test::In(Membership { operand: self.named(left), members });
        }
        let (operand, operator, code) = match (self.code(left), self.code(right)) {
            (None, Some(code)) => (left, operator, code),
            (Some(code), None) => (right, turned(operator), code),
            (None, None) => return self.patterned(left, operator, right),
            (Some(_), Some(_)) => return Test::Other,
        };
        let (code, at) = code;
        Test::Compare(Comparison { operand: self.named(operand), operator, code, at })
    }

    /// `[[ $code == 2* ]]`
    fn patterned(&self, left: &Range<usize>, operator: Comparator, right: &Range<usize>) -> Test {
        let class = crate::shell::class(&self.text[right.clone()]);
        let Some(Value::Class(class)) = class.filter(|_| self.dialect == Dialect::Shell) else {
            return Test::Other;
        };
        let members = vec![span(class, right)];
        let test = Test::In(Membership { operand: self.named(left), members });
        match operator {
            Comparator::Equal => test,
            Comparator::NotEqual => {
                Test::Not(Box::new(Condition { range: left.start..right.end, test }))
            }
            _ => Test::Other,
        }
    }

    /// `[[ $code =~ ^(200|204)$ ]]`
    fn alternatives(&self, left: &Range<usize>, right: &Range<usize>) -> Test {
        let matched =
            self.dialect == Dialect::Shell && self.text[left.end..right.start].trim() == "=~";
        let pattern = &self.text[right.clone()];
        let inside = pattern.strip_prefix("^(").and_then(|rest| rest.strip_suffix(")$"));
        let Some(inside) = inside.filter(|_| matched) else { return Test::Other };
        let mut at = right.start + "^(".len();
        let mut members = Vec::new();
        for item in inside.split('|') {
            let range = at..at + item.len();
            at = range.end + 1;
            members.push(match self.code(&range) {
                Some((code, at)) => Member::Code { code, at },
                None => Member::Other,
            });
        }
        Test::In(Membership { operand: self.named(left), members })
    }

    fn asked(&self, left: &Range<usize>, right: &Range<usize>) -> Test {
        let members = self.list(right, "[").or_else(|| self.list(right, "("));
        match members {
            Some(members) => Test::In(Membership { operand: self.named(left), members }),
            None => Test::Other,
        }
    }

    /// `contains([200, 204], self.status_code)`
    fn called(&self, call: &Range<usize>) -> Test {
        let source = &self.text[call.clone()];
        let Some(rest) = source.strip_prefix("contains(") else { return Test::Other };
        let Some(end) = rest.find(']') else { return Test::Other };
        let start = call.start + "contains(".len();
        let operand = rest[end + 1..].trim_start().strip_prefix(',');
        let operand = operand.and_then(|rest| rest.strip_suffix(')')).map(str::trim);
        match (self.list(&(start..start + end + 1), "["), operand) {
            (Some(members), Some(operand)) => {
                let operand = operand.to_owned();
                Test::In(Membership { operand, members })
            }
            _ => Test::Other,
        }
    }

    /// The members of a list in brackets.
    fn list(&self, range: &Range<usize>, opening: &str) -> Option<Vec<Member>> {
        let inside = self.text[range.clone()].strip_prefix(opening)?;
        let inside = inside.strip_suffix([']', ')'])?;
        let mut at = range.start + opening.len();
        let mut members = Vec::new();
        for item in inside.split(',') {
            let start = at + item.len() - item.trim_start().len();
            let bare = start..start + item.trim().len();
            members.push(match self.code(&bare) {
                Some((code, at)) => Member::Code { code, at },
                None => Member::Other,
            });
            at += item.len() + 1;
        }
        Some(members)
    }

    /// The code that an operand is, and its bytes.
    fn code(&self, range: &Range<usize>) -> Option<(StatusCode, Range<usize>)> {
        let bare = crate::value::unquote(&self.text[range.clone()]);
        let digits = bare.len() == 3 && bare.bytes().all(|byte| byte.is_ascii_digit());
        let code = bare.parse().ok().filter(|_| digits)?;
        Some((StatusCode::new(code), range.clone()))
    }

    /// What an operand is called, whichever way it is written.
    fn named(&self, range: &Range<usize>) -> String {
        named(&self.text[range.clone()], self.dialect)
    }
}

/// What an operand is called, whichever way it is written: `"$code"` and `${code}` are the same.
pub(crate) fn named(operand: &str, dialect: Dialect) -> String {
    let mut bare: String = operand.chars().filter(|c| !c.is_whitespace()).collect();
    if dialect == Dialect::Shell {
        let inner = bare.trim_matches(['"', '\'']);
        let inner = inner.strip_prefix('$').unwrap_or(inner);
        let inner = inner.strip_prefix('{').and_then(|it| it.strip_suffix('}')).unwrap_or(inner);
        return inner.to_owned();
    }
    for filter in ["|int", "|string", "|default(0)"] {
        if let Some(rest) = bare.strip_suffix(filter) {
            bare.truncate(rest.len());
        }
    }
    bare
}

/// One part is itself.
fn joined(mut parts: Vec<Condition>, test: fn(Vec<Condition>) -> Test) -> Condition {
    let start = parts.first().map_or(0, |part| part.range.start);
    let end = parts.last().map_or(start, |part| part.range.end);
    match parts.len() {
        1 => parts.remove(0),
        _ => Condition { range: start..end, test: test(parts) },
    }
}

/// The operator with its sides exchanged.
fn turned(operator: Comparator) -> Comparator {
    match operator {
        Comparator::Less => Comparator::Greater,
        Comparator::LessOrEqual => Comparator::GreaterOrEqual,
        Comparator::Greater => Comparator::Less,
        Comparator::GreaterOrEqual => Comparator::LessOrEqual,
        same => same,
    }
}

#[cfg(test)]
mod tests;
