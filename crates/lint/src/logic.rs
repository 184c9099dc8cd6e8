//! The conditions of a document judged once for all rules: what can never hold, what always does.

use std::ops::Range;

use statuslint_languages::{Condition, Test};

use crate::engine::Ctx;
use crate::intervals::{Certainty, certainty};

/// Parts in a row beyond which no pair is looked for that suffices.
const MOST: usize = 24;

/// A condition, or a part of one, of which it is certain whether it holds.
pub(crate) struct Certain {
    pub(crate) range: Range<usize>,
    pub(crate) certainty: Certainty,
    /// Why it is.
    pub(crate) cause: Cause,
}

/// What makes a condition certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The values that its parts leave to an operand.
    Values,
    /// A code that stands where a condition should: `status == 200 || 201`.
    Code,
    /// A comparison whose result is compared with a code: `200 <= status <= 299`.
    Boolean,
}

/// The smallest parts of a document's conditions that are certain.
pub(crate) fn certain(ctx: &Ctx) -> Vec<Certain> {
    let mut found = Vec::new();
    for condition in &ctx.usage.conditions {
        judge(condition, &mut found);
    }
    found
}

/// Whether a place is within something that is certain: one mistake is one finding.
pub(crate) fn covers(certain: &[Certain], at: &Range<usize>) -> bool {
    certain.iter().any(|it| it.range.start <= at.start && at.end <= it.range.end)
}

/// Adds the smallest certain parts of a condition; of a negated one, the negation.
fn judge(condition: &Condition, found: &mut Vec<Certain>) {
    let known = found.len();
    match &condition.test {
        Test::And(parts) | Test::Or(parts) => {
            for part in parts {
                judge(part, found);
            }
        }
        Test::Not(inner) => {
            judge(inner, found);
            let whole = found.len() == known + 1 && found[known].range == inner.range;
            if let Some(negated) = found.get_mut(known).filter(|_| whole) {
                negated.range = condition.range.clone();
                negated.certainty = match negated.certainty {
                    Certainty::Impossible => Certainty::AlwaysTrue,
                    Certainty::AlwaysTrue => Certainty::Impossible,
                };
            }
        }
        // What makes an `or` true is reported with it.
        Test::Code(_) => return,
        Test::Compare(_) | Test::In(_) | Test::Boolean(_) | Test::Other => {}
    }
    if found.len() > known {
        return;
    }
    let Some(certainty) = certainty(condition) else { return };
    let cause = cause(condition);
    let range = if cause == Cause::Values { pair(condition, certainty) } else { None };
    let range = range.unwrap_or_else(|| condition.range.clone());
    found.push(Certain { range, certainty, cause });
}

fn cause(condition: &Condition) -> Cause {
    match &condition.test {
        Test::Boolean(_) => Cause::Boolean,
        Test::Or(parts) if parts.iter().any(|part| matches!(part.test, Test::Code(_))) => {
            Cause::Code
        }
        _ => Cause::Values,
    }
}

/// The two neighbours in a row of parts that are certain by themselves.
fn pair(condition: &Condition, sought: Certainty) -> Option<Range<usize>> {
    let (parts, all) = match &condition.test {
        Test::And(parts) => (parts, true),
        Test::Or(parts) => (parts, false),
        _ => return None,
    };
    if parts.len() < 3 || parts.len() > MOST {
        return None;
    }
    parts.windows(2).find_map(|two| {
        let range = two[0].range.start..two[1].range.end;
        let test = if all { Test::And(two.to_vec()) } else { Test::Or(two.to_vec()) };
        let both = Condition { range: range.clone(), test };
        (certainty(&both) == Some(sought)).then_some(range)
    })
}
