//! What `statuslint init` sees in a tree, and the configuration it proposes for that.

mod codes;
mod text;
mod tree;

pub(crate) use text::configuration;
pub(crate) use tree::Tree;
