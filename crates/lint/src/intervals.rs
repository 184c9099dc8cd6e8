//! Sets of numbers as intervals, and which values of an operand let a condition hold.

use statuslint_languages::{Comparator, Comparison, Condition, Member, Membership, Test};

/// Conditions with more comparisons than this are not judged: it bounds the work.
const MOST: usize = 128;

/// A set of numbers: disjoint intervals in ascending order, ends included, no two adjacent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set(Vec<(i32, i32)>);

impl Set {
    pub(crate) fn empty() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn everything() -> Self {
        Self(vec![(i32::MIN, i32::MAX)])
    }

    /// The numbers from one to another, both included.
    pub(crate) fn span(first: i32, last: i32) -> Self {
        Self(if first <= last { vec![(first, last)] } else { Vec::new() })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn is_everything(&self) -> bool {
        *self == Self::everything()
    }

    pub(crate) fn complement(&self) -> Self {
        let mut gaps = Vec::with_capacity(self.0.len() + 1);
        let mut next = Some(i32::MIN);
        for &(first, last) in &self.0 {
            if let Some(start) = next.filter(|start| *start < first) {
                gaps.push((start, first - 1));
            }
            next = last.checked_add(1);
        }
        gaps.extend(next.map(|start| (start, i32::MAX)));
        Self(gaps)
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut all: Vec<(i32, i32)> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        let mut joined: Vec<(i32, i32)> = Vec::with_capacity(all.len());
        for (first, last) in all {
            match joined.last_mut() {
                Some((_, end)) if *end == i32::MAX || first <= *end + 1 => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    pub(crate) fn intersection(&self, other: &Self) -> Self {
        self.complement().union(&other.complement()).complement()
    }
}

/// When a condition holds: for which values of an operand it may, and for which it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holds {
    may: Set,
    must: Set,
}

impl Holds {
    /// What is not known may hold and need not.
    fn unknown() -> Self {
        Self { may: Set::everything(), must: Set::empty() }
    }

    fn exactly(set: Set) -> Self {
        Self { may: set.clone(), must: set }
    }

    fn always(holds: bool) -> Self {
        Self::exactly(if holds { Set::everything() } else { Set::empty() })
    }

    fn not(&self) -> Self {
        Self { may: self.must.complement(), must: self.may.complement() }
    }

    fn and(&self, other: &Self) -> Self {
        let may = self.may.intersection(&other.may);
        Self { may, must: self.must.intersection(&other.must) }
    }

    fn or(&self, other: &Self) -> Self {
        Self { may: self.may.union(&other.may), must: self.must.union(&other.must) }
    }
}

/// What is certain about a condition whatever its operands are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// It can never hold.
    Impossible,
    /// It always holds.
    AlwaysTrue,
}

/// What is certain about a condition, if anything is.
pub(crate) fn certainty(condition: &Condition) -> Option<Certainty> {
    if leaves(condition) > MOST {
        return None;
    }
    let mut operands = Vec::new();
    gather(condition, &mut operands);
    operands.sort_unstable();
    operands.dedup();
    // Of a condition without operands, such as `200 <= status <= 299` where that is always true.
    let judged = operands.into_iter().map(|operand| holds(condition, operand));
    judged.chain([holds(condition, "")]).find_map(|holds| {
        if holds.may.is_empty() {
            Some(Certainty::Impossible)
        } else if holds.must.is_everything() {
            Some(Certainty::AlwaysTrue)
        } else {
            None
        }
    })
}

/// For which values of one operand a condition holds.
pub(crate) fn holds(condition: &Condition, operand: &str) -> Holds {
    match &condition.test {
        Test::Compare(it) if it.operand == operand => Holds::exactly(compared(it)),
        Test::In(it) if it.operand == operand => member(it),
        Test::Compare(_) | Test::In(_) | Test::Other => Holds::unknown(),
        Test::And(parts) => parts
            .iter()
            .map(|part| holds(part, operand))
            .fold(Holds::always(true), |all, part| all.and(&part)),
        Test::Or(parts) => parts
            .iter()
            .map(|part| holds(part, operand))
            .fold(Holds::always(false), |any, part| any.or(&part)),
        Test::Not(inner) => holds(inner, operand).not(),
        Test::Code(_) => Holds::always(true),
        Test::Boolean(always) => Holds::always(*always),
    }
}

/// The values for which a comparison holds.
fn compared(comparison: &Comparison) -> Set {
    let code = i32::from(comparison.code.get());
    match comparison.operator {
        Comparator::Equal => Set::span(code, code),
        Comparator::NotEqual => Set::span(code, code).complement(),
        Comparator::Less => Set::span(i32::MIN, code - 1),
        Comparator::LessOrEqual => Set::span(i32::MIN, code),
        Comparator::Greater => Set::span(code + 1, i32::MAX),
        Comparator::GreaterOrEqual => Set::span(code, i32::MAX),
    }
}

fn member(membership: &Membership) -> Holds {
    let members = membership.members.iter().map(|member| match member {
        Member::Code { code, .. } => {
            Holds::exactly(Set::span(i32::from(code.get()), i32::from(code.get())))
        }
        Member::Span { first, last, inclusive } => {
            let first = first.as_ref().map_or(i32::MIN, |(code, _)| i32::from(code.get()));
            let last = last
                .as_ref()
                .map_or(i32::MAX, |(code, _)| i32::from(code.get()) - i32::from(!*inclusive));
            Holds::exactly(Set::span(first, last))
        }
        Member::Other => Holds::unknown(),
    });
    members.fold(Holds::always(false), |any, member| any.or(&member))
}

/// The operands a condition asks about.
fn gather<'a>(condition: &'a Condition, operands: &mut Vec<&'a str>) {
    match &condition.test {
        Test::Compare(it) => operands.push(&it.operand),
        Test::In(it) => operands.push(&it.operand),
        Test::And(parts) | Test::Or(parts) => {
            for part in parts {
                gather(part, operands);
            }
        }
        Test::Not(inner) => gather(inner, operands),
        Test::Code(_) | Test::Boolean(_) | Test::Other => {}
    }
}

/// How much a condition asks, members of lists included.
fn leaves(condition: &Condition) -> usize {
    match &condition.test {
        Test::And(parts) | Test::Or(parts) => parts.iter().map(leaves).sum(),
        Test::Not(inner) => leaves(inner),
        Test::In(it) => it.members.len(),
        Test::Compare(_) | Test::Code(_) | Test::Boolean(_) | Test::Other => 1,
    }
}

#[cfg(test)]
mod tests {
    use statuslint_codes::StatusCode;

    use super::*;

    const COMPARATORS: [Comparator; 6] = [
        Comparator::Equal,
        Comparator::NotEqual,
        Comparator::Less,
        Comparator::LessOrEqual,
        Comparator::Greater,
        Comparator::GreaterOrEqual,
    ];

    fn condition(test: Test) -> Condition {
        Condition { range: 0..0, test }
    }

    fn compare(operator: Comparator, code: u16) -> Condition {
        let code = StatusCode::new(code);
        condition(Test::Compare(Comparison { operand: "s".to_owned(), operator, code, at: 0..0 }))
    }

    fn span(first: u16, last: u16, inclusive: bool) -> Condition {
        let end = |code| Some((StatusCode::new(code), 0..0));
        let members = vec![Member::Span { first: end(first), last: end(last), inclusive }];
        condition(Test::In(Membership { operand: "s".to_owned(), members }))
    }

    /// Whether a condition without unknown parts holds for a value.
    fn brute(condition: &Condition, value: u16) -> bool {
        match &condition.test {
            Test::Compare(it) => match it.operator {
                Comparator::Equal => value == it.code.get(),
                Comparator::NotEqual => value != it.code.get(),
                Comparator::Less => value < it.code.get(),
                Comparator::LessOrEqual => value <= it.code.get(),
                Comparator::Greater => value > it.code.get(),
                Comparator::GreaterOrEqual => value >= it.code.get(),
            },
            Test::In(it) => it.members.iter().any(|member| match member {
                Member::Code { code, .. } => value == code.get(),
                Member::Span { first: Some((first, _)), last: Some((last, _)), inclusive } => {
                    first.get() <= value
                        && (value < last.get() || *inclusive && value == last.get())
                }
                Member::Span { .. } | Member::Other => true,
            }),
            Test::And(parts) => parts.iter().all(|part| brute(part, value)),
            Test::Or(parts) => parts.iter().any(|part| brute(part, value)),
            Test::Not(inner) => !brute(inner, value),
            Test::Boolean(always) => *always,
            Test::Code(_) | Test::Other => true,
        }
    }

    /// Pseudo-random numbers, the same in every run.
    struct Dice(u32);

    impl Dice {
        fn roll(&mut self, sides: u32) -> u32 {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (self.0 >> 8) % sides
        }

        fn code(&mut self) -> u16 {
            let edge = 100 * u16::try_from(self.roll(7)).expect("less than seven");
            edge + [0, 1, 99][self.roll(3) as usize]
        }

        fn condition(&mut self, depth: usize) -> Condition {
            match self.roll(if depth == 0 { 2 } else { 6 }) {
                0 => compare(COMPARATORS[self.roll(6) as usize], self.code()),
                1 => span(self.code(), self.code(), self.roll(2) == 0),
                2 => condition(Test::Not(Box::new(self.condition(depth - 1)))),
                kind => {
                    let parts = (0..=self.roll(3)).map(|_| self.condition(depth - 1)).collect();
                    condition(if kind == 3 { Test::And(parts) } else { Test::Or(parts) })
                }
            }
        }
    }

    #[test]
    fn sets_say_what_trying_every_value_says() {
        let mut dice = Dice(7);
        for _ in 0..400 {
            let condition = dice.condition(4);
            let Holds { may, must } = holds(&condition, "s");
            assert_eq!(may, must, "nothing is unknown in {condition:?}");
            for value in 0..1000 {
                let contained =
                    may.0.iter().any(|(first, last)| (*first..=*last).contains(&i32::from(value)));
                assert_eq!(contained, brute(&condition, value), "{value} in {condition:?}");
            }
        }
    }

    #[test]
    fn intervals_stay_apart_and_in_order() {
        let mut dice = Dice(11);
        for _ in 0..400 {
            let Set(intervals) = holds(&dice.condition(4), "s").may;
            assert!(intervals.iter().all(|(first, last)| first <= last), "{intervals:?}");
            let apart = |pair: &[(i32, i32)]| pair[0].1 < pair[1].0 - 1;
            assert!(intervals.windows(2).all(apart), "{intervals:?}");
        }
    }

    #[test]
    fn what_is_unknown_may_hold_and_need_not() {
        let other = || condition(Test::Other);
        let below = || compare(Comparator::Less, 200);
        let above = || compare(Comparator::Greater, 299);
        let and = |parts| condition(Test::And(parts));
        let or = |parts| condition(Test::Or(parts));
        assert_eq!(certainty(&and(vec![below(), other(), above()])), Some(Certainty::Impossible));
        assert_eq!(certainty(&and(vec![below(), or(vec![other(), above()])])), None);
        assert_eq!(certainty(&or(vec![below(), other(), above()])), None);
        let rest = compare(Comparator::GreaterOrEqual, 200);
        assert_eq!(certainty(&or(vec![below(), other(), rest])), Some(Certainty::AlwaysTrue));
        assert_eq!(certainty(&other()), None);
    }

    #[test]
    fn operands_are_judged_apart() {
        let mut above = compare(Comparator::Greater, 299);
        if let Test::Compare(it) = &mut above.test {
            it.operand = "t".to_owned();
        }
        let both = Test::And(vec![compare(Comparator::Less, 200), above]);
        assert_eq!(certainty(&condition(both)), None);
    }

    #[test]
    fn long_conditions_are_left_alone() {
        let long = vec![compare(Comparator::NotEqual, 200); 20_000];
        assert_eq!(certainty(&condition(Test::Or(long))), None);
    }
}
