//! What is known about HTTP status codes: the registry, vendor catalogues, names and references.
//!
//! Everything here is data compiled in; nothing does IO and nothing can fail.

mod code;
#[rustfmt::skip]
mod generated;
mod names;
mod registry;

pub use code::{Class, StatusCode};
pub use names::{code_of_name, code_of_phrase, code_of_vendor_name, digits_in_name, words};
pub use registry::{
    Content, Entry, Reference, State, Vendor, VendorEntry, nearest, registry, vendor_codes,
    vendor_codes_named, vendor_ids, vendors,
};
