//! What the tests of the workspace share; the end-to-end tests themselves are in `e2e/`.

mod annotations;
mod binary;
mod dice;
mod full;

pub use annotations::{Annotation, annotations, assert_exact, difference};
pub use binary::binary;
pub use dice::Dice;
pub use full::full;
