//! Everything there is to say about a code, a class or a rule, as plain data.

mod explanation;
mod hints;
mod hover;
mod markdown;
mod subject;

pub use explanation::{Explanation, Fact, NamedConstant, explain};
pub use hints::{InlayHint, inlay_hints};
pub use hover::{Hover, hover};
pub use subject::{Subject, subject};
