//! Boolean expressions over statuses, and what takes one of several ways by a status.

use std::ops::Range;

use statuslint_codes::StatusCode;

/// A boolean expression over comparisons of statuses, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Its bytes in the document.
    pub range: Range<usize>,
    /// What it asks.
    pub test: Test,
}

/// What a condition asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `status >= 400`, written either way around.
    Compare(Comparison),
    /// `status in (200, 201)`, `(200..300).contains(&status)`.
    In(Membership),
    /// All of them hold.
    And(Vec<Condition>),
    /// At least one of them holds.
    Or(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A code where a condition should stand, which is always true: the `201` of `status == 200 || 201`.
    Code(StatusCode),
    /// A code compared with the boolean that another comparison gave, which is always true or
    /// false: `200 <= status <= 299` in JavaScript. Holds what the expression always is.
    Boolean(bool),
    /// Something else, which may hold or not.
    Other,
}

/// An operand compared with a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The text of the operand without spaces and parentheses around it: two operands of the same text are the same.
    pub operand: String,
    /// How, with the operand on the left.
    pub operator: Comparator,
    /// The code.
    pub code: StatusCode,
    /// The code's bytes: a site stands there.
    pub at: Range<usize>,
}

/// How an operand is compared with a code, the operand on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// An operand looked for in a list of codes or in a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The operand, as in a [`Comparison`].
    pub operand: String,
    /// The members, in their order.
    pub members: Vec<Member>,
}

/// What a membership asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// One code.
    Code {
        /// The code.
        code: StatusCode,
        /// Its bytes.
        at: Range<usize>,
    },
    /// All codes between two ends: `200..300`, `range(200, 300)`, `BETWEEN 200 AND 299`.
    Span {
        /// The least code, and its bytes.
        first: Option<(StatusCode, Range<usize>)>,
        /// The end, and its bytes.
        last: Option<(StatusCode, Range<usize>)>,
        /// Whether the end belongs to it.
        inclusive: bool,
    },
    /// Something that is no literal code.
    Other,
}

/// What takes one of several ways by a status: a switch, a chain of `else if`, a map, a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branches {
    /// Its bytes in the document.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BranchesKind,
    /// The ways, in their order. The last `else` and `default` are none of them.
    pub arms: Vec<Arm>,
}

/// What takes one of several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BranchesKind {
    /// A switch or match over one operand.
    Switch,
    /// An `if` with its `else if`s. Early returns in a row are none.
    Chain,
    /// A map literal keyed by codes.
    Map,
    /// A set literal of codes.
    Set,
}

/// One of the ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// When it is taken. The subject of a switch and the key of a map are its operand.
    pub condition: Condition,
    /// Whether more must hold than the condition says: a guard, a destructuring pattern. Such an
    /// arm takes nothing away from those after it.
    pub guarded: bool,
    /// Whether it goes on into the next arm on purpose.
    pub falls_through: bool,
}
