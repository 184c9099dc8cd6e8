//! Divisions of statuses, which ask for their class.

use std::ops::Range;

use statuslint_codes::StatusCode;

use crate::Evidence;

/// A status divided by the first code of a class: `status / 200`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Its bytes in the document.
    pub range: Range<usize>,
    /// What the status is divided by.
    pub divisor: StatusCode,
    /// The bytes of that number.
    pub at: Range<usize>,
    /// What the result is compared with, where that is a digit.
    pub quotient: Option<Quotient>,
    /// How sure it is that a status is divided.
    pub evidence: Evidence,
}

/// The digit that the result of a division is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotient {
    /// The digit, from 1 to 9.
    pub digit: u8,
    /// Its bytes.
    pub at: Range<usize>,
}
