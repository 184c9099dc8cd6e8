//! Moves what was found in a part of a document to where it stands in the whole.

use std::ops::Range;

use crate::{
    Arm, Branches, Comparison, Condition, Division, Member, Membership, Misnomer, Name, Operation,
    Phrase, Quotient, Site, Test, Title,
};

/// Where a range of the part stands in the whole; `None` when it does not stand there.
pub(crate) type Place<'a> = &'a dyn Fn(Range<usize>) -> Option<Range<usize>>;

impl Site {
    pub(crate) fn placed(self, place: Place<'_>) -> Option<Self> {
        let range = place(self.range)?;
        let name = self.name.and_then(|name| Some(Name { range: place(name.range)?, ..name }));
        let reason =
            self.reason.and_then(|phrase| Some(Phrase { range: place(phrase.range)?, ..phrase }));
        let content = self.content.and_then(place);
        Some(Self { range, name, reason, content, ..self })
    }
}

impl Condition {
    pub(crate) fn placed(self, place: Place<'_>) -> Option<Self> {
        let range = place(self.range)?;
        let all = |parts: Vec<Self>| -> Option<Vec<Self>> {
            parts.into_iter().map(|part| part.placed(place)).collect()
        };
        let test = match self.test {
            Test::Compare(compared) => {
                Test::Compare(Comparison { at: place(compared.at)?, ..compared })
            }
            Test::In(asked) => {
                let members = asked.members.into_iter().map(|member| member.placed(place));
                Test::In(Membership { members: members.collect::<Option<_>>()?, ..asked })
            }
            Test::And(parts) => Test::And(all(parts)?),
            Test::Or(parts) => Test::Or(all(parts)?),
            Test::Not(part) => Test::Not(Box::new(part.placed(place)?)),
            test @ (Test::Code(_) | Test::Boolean(_) | Test::Other) => test,
        };
        Some(Self { range, test })
    }
}

impl Division {
    pub(crate) fn placed(self, place: Place<'_>) -> Option<Self> {
        let (range, at) = (place(self.range)?, place(self.at)?);
        let quotient = self
            .quotient
            .and_then(|quotient| Some(Quotient { at: place(quotient.at)?, ..quotient }));
        Some(Self { range, at, quotient, ..self })
    }
}

impl Member {
    fn placed(self, place: Place<'_>) -> Option<Self> {
        let end = |end: Option<(_, Range<usize>)>| match end {
            Some((code, range)) => place(range).map(|range| Some((code, range))),
            None => Some(None),
        };
        Some(match self {
            Self::Code { code, at } => Self::Code { code, at: place(at)? },
            Self::Span { first, last, inclusive } => {
                Self::Span { first: end(first)?, last: end(last)?, inclusive }
            }
            Self::Other => Self::Other,
        })
    }
}

impl Branches {
    pub(crate) fn placed(self, place: Place<'_>) -> Option<Self> {
        let arms = self
            .arms
            .into_iter()
            .map(|arm| Some(Arm { condition: arm.condition.placed(place)?, ..arm }));
        Some(Self { range: place(self.range)?, arms: arms.collect::<Option<_>>()?, ..self })
    }
}

impl Operation {
    pub(crate) fn placed(self, place: Place<'_>) -> Option<Self> {
        Some(Self { range: place(self.range)?, ..self })
    }
}

impl Title {
    pub(crate) fn placed(self, place: Place<'_>) -> Option<Self> {
        Some(Self { range: place(self.range)?, test: place(self.test)?, ..self })
    }
}

impl Misnomer {
    pub(crate) fn placed(self, place: Place<'_>) -> Option<Self> {
        Some(Self { range: place(self.range)?, ..self })
    }
}
