//! What is known about HTTP status codes: the registry, vendor catalogues, names and references.
//!
//! Everything here is data compiled in; nothing does IO and nothing can fail.

mod code;
mod names;
mod registry;

pub use code::{Class, StatusCode};
pub use names::{code_of_name, words};
pub use registry::{
    Content, Entry, Reference, State, VendorEntry, nearest, registry, vendor_codes,
};
