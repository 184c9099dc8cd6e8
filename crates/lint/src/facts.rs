//! Everything there is to say about a code or a class, as plain data.

mod explanation;
mod hints;
mod hover;
mod markdown;
mod subject;

pub(crate) use explanation::of_code;
pub use explanation::{Explanation, Fact, NamedConstant, explain_class, explain_code};
pub use hints::{InlayHint, inlay_hints};
pub use hover::{Hover, hover, site_at};
pub use subject::{Subject, subject};
