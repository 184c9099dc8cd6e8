//! The signs and words of conditions: which compare, join, negate and make ranges in a language.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::Comparator;
use crate::syntax::SyntaxFile;

/// What a sign in a condition means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sign {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// The right one holds the left one.
    In,
    /// The right one does not hold the left one.
    NotIn,
    /// The left one holds the right one.
    Holds,
    /// The left one matches the pattern on the right.
    Is,
    And,
    Or,
    Not,
}

/// Whether the end of a range belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum End {
    Inclusive,
    Exclusive,
}

/// How a language reads `200 <= status <= 299`. Most do not compile it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Chain {
    /// Both comparisons must hold.
    All,
    /// What the first comparison gave, a boolean, is compared with the second number.
    Boolean,
}

/// `[conditions]` of a `syntax.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConditionFile {
    chain: Option<Chain>,
    /// Signs that only this language has, or means otherwise than most.
    #[serde(default)]
    signs: BTreeMap<String, Sign>,
    /// Signs, words and functions that make a range.
    #[serde(default)]
    ranges: BTreeMap<String, End>,
}

/// The signs most languages share. Words bind less than the signs that mean the same.
#[rustfmt::skip]
const SHARED: &[(&str, Sign)] = &[
    ("==", Sign::Equal), ("===", Sign::Equal), ("!=", Sign::NotEqual), ("!==", Sign::NotEqual),
    ("<>", Sign::NotEqual), ("<", Sign::Less), ("<=", Sign::LessOrEqual), (">", Sign::Greater),
    (">=", Sign::GreaterOrEqual), ("in", Sign::In), ("not in", Sign::NotIn), ("is", Sign::Is),
    ("is not", Sign::NotEqual), ("&&", Sign::And), ("and", Sign::And), ("||", Sign::Or),
    ("or", Sign::Or), ("!", Sign::Not), ("not", Sign::Not),
];

/// The signs of one language.
#[derive(Debug)]
pub(crate) struct Signs {
    pub(super) chain: Option<Chain>,
    written: HashMap<&'static str, Sign>,
    ranges: HashMap<&'static str, End>,
}

impl Signs {
    /// The shared signs with those of the files, of which earlier ones come before later ones.
    pub(crate) fn new(files: &'static [SyntaxFile]) -> Self {
        let mut signs: HashMap<&'static str, Sign> = SHARED.iter().copied().collect();
        let mut ranges = HashMap::new();
        for file in files.iter().rev().map(|file| &file.conditions) {
            signs.extend(file.signs.iter().map(|(written, sign)| (written.as_str(), *sign)));
            ranges.extend(file.ranges.iter().map(|(written, end)| (written.as_str(), *end)));
        }
        let chain = files.iter().find_map(|file| file.conditions.chain);
        Self { chain, written: signs, ranges }
    }

    /// Whether `200 <= status <= 299` says something in the language.
    pub(crate) fn reads_chains(&self) -> bool {
        self.chain.is_some()
    }

    pub(super) fn sign(&self, written: &str) -> Option<Sign> {
        self.written.get(written).copied()
    }

    pub(crate) fn range(&self, written: &str) -> Option<End> {
        self.ranges.get(written).copied()
    }

    /// The sign, not a word, of ranges with their last number, or without it.
    pub(crate) fn range_sign(&self, inclusive: bool) -> Option<&'static str> {
        let end = if inclusive { End::Inclusive } else { End::Exclusive };
        let mut written = self.ranges.iter().filter(|(_, it)| **it == end).map(|(sign, _)| *sign);
        written.find(|sign| sign.starts_with('.'))
    }
}

impl Sign {
    /// How it compares by order or equality, where it does.
    pub(super) fn comparator(self) -> Option<Comparator> {
        Some(match self {
            Self::Equal | Self::Is => Comparator::Equal,
            Self::NotEqual => Comparator::NotEqual,
            Self::Less => Comparator::Less,
            Self::LessOrEqual => Comparator::LessOrEqual,
            Self::Greater => Comparator::Greater,
            Self::GreaterOrEqual => Comparator::GreaterOrEqual,
            Self::In | Self::NotIn | Self::Holds | Self::And | Self::Or | Self::Not => return None,
        })
    }

    /// How tightly it binds between two operands; a word binds less than a sign.
    pub(super) fn level(self, written: &str) -> usize {
        let is_word = written.starts_with(char::is_alphabetic);
        match self {
            Self::Or if is_word => 0,
            Self::And if is_word => 1,
            Self::Or => 2,
            Self::And => 3,
            _ => COMPARISON,
        }
    }
}

/// The level of everything that compares.
pub(super) const COMPARISON: usize = 4;

/// The same comparison seen from its right operand.
pub(super) fn turned(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Less => Comparator::Greater,
        Comparator::LessOrEqual => Comparator::GreaterOrEqual,
        Comparator::Greater => Comparator::Less,
        Comparator::GreaterOrEqual => Comparator::LessOrEqual,
        same @ (Comparator::Equal | Comparator::NotEqual) => same,
    }
}
