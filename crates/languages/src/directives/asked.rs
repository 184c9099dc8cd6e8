//! What a configuration asks of a status: a map from statuses, a list of codes in an ACL.

use std::ops::Range;

use super::{Configuration, NEAR, names_status, read_code};
use crate::directives::statements::{Statement, Word};
use crate::{
    Arm, Branches, BranchesKind, Comparator, Comparison, Condition, Member, Membership, Test,
    Value, logic,
};

impl Configuration<'_> {
    /// The maps from statuses: `map $status $loggable { ~^[23] 0; 404 1; }`.
    pub(super) fn maps(&self) -> Vec<Branches> {
        if self.server != "nginx" {
            return Vec::new();
        }
        let mut maps: Vec<(usize, Branches)> = Vec::new();
        for (statement, around) in
            self.statements.all.iter().filter_map(|it| Some((it, it.around?)))
        {
            let Some(block) = self.block(statement) else { continue };
            let words: Vec<&str> = block.words.iter().map(|word| self.word(word)).collect();
            let ["map", from, _] = words.as_slice() else { continue };
            let Some(arm) = self.arm(from, statement).filter(|_| names_status(from)) else {
                continue;
            };
            let end = arm.condition.range.end;
            if let Some((_, map)) = maps.last_mut().filter(|(of, _)| *of == around) {
                map.range.end = end;
                map.arms.push(arm);
            } else {
                let start = block.words.first().map_or(end, |word| word.range.start);
                let kind = BranchesKind::Map;
                maps.push((around, Branches { range: start..end, kind, arms: vec![arm] }));
            }
        }
        maps.into_iter().map(|(_, map)| map).collect()
    }

    /// One entry of a map: `404 1;`. Patterns are looked at after all codes.
    fn arm(&self, from: &str, statement: &Statement) -> Option<Arm> {
        let [key, _] = statement.words.as_slice() else { return None };
        let said = self.word(key);
        if matches!(said, "default" | "include" | "hostnames" | "volatile") {
            return None;
        }
        let value = read_code(said).filter(|value| matches!(value, Value::Code(_)));
        let test = match value {
            Some(value) => logic::asks(from, &[(value, key.range.clone())]),
            None => Test::Other,
        };
        let guarded = test == Test::Other;
        let condition = Condition { range: key.range.clone(), test };
        Some(Arm { condition, guarded, falls_through: false })
    }

    /// What a statement asks of a status: `if ($status = 404)`, `acl failed status 500 503`.
    pub(super) fn asked(&self, statement: &Statement) -> Option<Condition> {
        let (name, words) = statement.words.split_first()?;
        match (self.server, self.word(name)) {
            ("nginx", "if") => self.compared(words),
            ("haproxy", _) => self.listed(words),
            _ => None,
        }
    }

    /// `($status = 404)`
    fn compared(&self, words: &[Word]) -> Option<Condition> {
        let [variable, operator, given] = words else { return None };
        let operand = self.word(variable).trim_start_matches('(');
        let operator = match self.word(operator) {
            "=" => Comparator::Equal,
            "!=" => Comparator::NotEqual,
            _ => return None,
        };
        let inner = given.inner(self.text);
        let code = self.text[inner.clone()].trim_end_matches(')');
        let Value::Code(code) = read_code(code).filter(|_| operand.starts_with('$'))? else {
            return None;
        };
        let start = if given.quoted { given.range.start } else { inner.start };
        let at = start..start + 3;
        let operand = operand.to_owned();
        let test = Test::Compare(Comparison { operand, operator, code, at });
        Some(Condition { range: variable.range.start..given.range.end, test })
    }

    /// `status ge 500`, `{ status 200 299 }`, `expect rstatus`, `status 200-399`
    fn listed(&self, words: &[Word]) -> Option<Condition> {
        let asks = |word: &Word| matches!(self.word(word), "status" | "res.status" | "status,int");
        let at = words.iter().position(asks)?;
        let operand = self.word(&words[at]).to_owned();
        let mut rest = words[at + 1..].iter().take(NEAR).peekable();
        let operator = rest.next_if(|word| comparator(self.word(word)).is_some());
        let operator = operator.and_then(|word| comparator(self.word(word)));
        let mut members = Vec::new();
        let mut end = None;
        for word in rest {
            let said = self.word(word);
            if matches!(said, "-m" | "int") {
                continue;
            }
            let Some(read) = self.members(word) else { break };
            members.extend(read);
            end = Some(word.range.end);
        }
        let range = words[at].range.start..end?;
        let test = match (operator, members.as_slice()) {
            (Some(operator), [Member::Code { code, at }]) => {
                Test::Compare(Comparison { operand, operator, code: *code, at: at.clone() })
            }
            (None | Some(Comparator::Equal), _) => Test::In(Membership { operand, members }),
            _ => return None,
        };
        Some(Condition { range, test })
    }

    /// `404`, `200-399`, `500:599`, `404,429`
    fn members(&self, word: &Word) -> Option<Vec<Member>> {
        let code = |range: Range<usize>| match read_code(&self.text[range.clone()])? {
            Value::Code(code) => Some((code, range)),
            _ => None,
        };
        let inner = word.inner(self.text);
        let mut start = inner.start;
        let mut members = Vec::new();
        for item in self.text[inner].split(',') {
            let end = start + item.len();
            members.push(if let Some(between) = item.find(['-', ':']) {
                Member::Span {
                    first: Some(code(start..start + between)?),
                    last: Some(code(start + between + 1..end)?),
                    inclusive: true,
                }
            } else {
                let (code, at) = code(start..end)?;
                Member::Code { code, at }
            });
            start = end + 1;
        }
        Some(members)
    }
}

/// The operators of numbers in an ACL.
fn comparator(word: &str) -> Option<Comparator> {
    Some(match word {
        "eq" => Comparator::Equal,
        "ge" => Comparator::GreaterOrEqual,
        "gt" => Comparator::Greater,
        "le" => Comparator::LessOrEqual,
        "lt" => Comparator::Less,
        _ => return None,
    })
}
