//! The registered codes and the codes vendors use beside them.

use crate::StatusCode;

/// One registered status code.
#[derive(Debug)]
pub struct Entry {
    /// The code.
    pub code: StatusCode,
    /// Its current name in the registry: the reason phrase (`Not Found`).
    pub name: &'static str,
    /// What the registry says of its standing.
    pub state: State,
    /// Where it is defined.
    pub reference: Reference,
    /// Names it had in earlier RFCs (`Request Entity Too Large`).
    pub older_names: &'static [&'static str],
    /// Whether a response is cacheable without explicit freshness (RFC 9110 section 15.1).
    pub cacheable: bool,
    /// Whether a response with this code can have content.
    pub content: Content,
    /// Header fields that belong to it, each with its requirement (`WWW-Authenticate: MUST`).
    pub headers: &'static [&'static str],
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
}

/// The standing of a registered code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In use.
    Registered,
    /// Registered for a limited time: 104.
    Temporary,
    /// Registered as "(Unused)": 306 and 418.
    Unused,
    /// Reserved for future use: 402.
    Reserved,
    /// Deprecated by its RFC, or dropped by the next one: 305, 102.
    Deprecated,
    /// Its specification became historic: 510.
    Obsoleted,
}

/// Where a code is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The number of the RFC, or `None` when it is an Internet-Draft.
    pub rfc: Option<u16>,
    /// The section (`15.5.5`), or the draft's name.
    pub section: &'static str,
}

/// Whether a response can have content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// It can.
    Allowed,
    /// It never has any: 1xx, 204, 304 end after the header section (RFC 9112 section 6.3).
    Never,
    /// The server must not generate any: 205 (RFC 9110 section 15.3.6).
    MustNotGenerate,
}

/// A code some product uses without registration.
#[derive(Debug)]
pub struct VendorEntry {
    /// The code.
    pub code: StatusCode,
    /// Whose it is, as the configuration's `vendors` names it (`nginx`, `cloudflare`).
    pub vendor: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// What it means there.
    pub meaning: &'static str,
}

/// Every registered code, ascending.
pub fn registry() -> &'static [Entry] {
    &[]
}

/// Every code of the vendor catalogues, ascending by code.
pub fn vendor_codes() -> &'static [VendorEntry] {
    &[]
}

/// The registered code somebody most likely meant: digits transposed first, then the closest.
pub fn nearest(code: StatusCode) -> Option<&'static Entry> {
    let _ = code;
    None
}

impl StatusCode {
    /// The registry's entry of this code.
    pub fn entry(self) -> Option<&'static Entry> {
        let entries = registry();
        entries.binary_search_by_key(&self, |entry| entry.code).ok().map(|at| &entries[at])
    }

    /// The vendors that use this code, with their names for it.
    pub fn vendors(self) -> impl Iterator<Item = &'static VendorEntry> {
        vendor_codes().iter().filter(move |entry| entry.code == self)
    }
}
