//! The registered codes and the codes vendors use beside them.

use std::fmt;

use crate::generated::{REGISTRY, VENDOR_CODES, VENDORS};
use crate::{StatusCode, names};

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
    /// Further names libraries and servers use for it (`Entity Too Large`).
    pub aliases: &'static [&'static str],
    /// Names libraries use for it that are too general to tell the code (`Timeout`).
    pub loose_aliases: &'static [&'static str],
    /// Whether a response is cacheable without explicit freshness (RFC 9110 section 15.1).
    pub cacheable: bool,
    /// Whether a response with this code can have content.
    pub content: Content,
    /// Header fields that belong to it, each with its requirement: `Allow (required)`,
    /// `Retry-After (recommended, if temporary)`. The requirement is `required` for MUST,
    /// `recommended` for SHOULD, `optional` for MAY, and `expected` where the text counts on the
    /// field without such a word.
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

impl State {
    /// Every standing, in the order of declaration.
    pub const ALL: [Self; 6] = [
        Self::Registered,
        Self::Temporary,
        Self::Unused,
        Self::Reserved,
        Self::Deprecated,
        Self::Obsoleted,
    ];

    /// As the command line and its JSON spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Temporary => "temporary",
            Self::Unused => "unused",
            Self::Reserved => "reserved",
            Self::Deprecated => "deprecated",
            Self::Obsoleted => "obsoleted",
        }
    }
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

/// A vendor whose unregistered codes are known.
#[derive(Debug)]
pub struct Vendor {
    /// What the configuration's `vendors` calls it (`aws-elb`).
    pub id: &'static str,
    /// What messages call it (`AWS Elastic Load Balancing`).
    pub title: &'static str,
    /// Whether it is a library that has constants for codes which others send.
    pub library: bool,
    /// The libraries and modules in whose documents its codes are at home (`openresty`).
    pub home: &'static [&'static str],
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
    /// Other spellings of the name.
    pub aliases: &'static [&'static str],
    /// What it means there.
    pub meaning: &'static str,
}

/// Every registered code, ascending.
pub fn registry() -> &'static [Entry] {
    &REGISTRY
}

/// Every code of the vendor catalogues, ascending by code; those who send it come before
/// libraries that only name it.
pub fn vendor_codes() -> &'static [VendorEntry] {
    &VENDOR_CODES
}

/// Every vendor, ascending by id.
pub fn vendors() -> &'static [Vendor] {
    &VENDORS
}

/// The ids the configuration's `vendors` may hold, ascending.
pub fn vendor_ids() -> impl Iterator<Item = &'static str> {
    VENDORS.iter().map(|vendor| vendor.id)
}

/// The vendors' codes with this name in any spelling, too general names included.
pub fn vendor_codes_named(name: &str) -> impl Iterator<Item = &'static VendorEntry> {
    let key = names::key(name);
    VENDOR_CODES.iter().filter(move |entry| {
        std::iter::once(&entry.name).chain(entry.aliases).any(|name| names::key(name) == key)
    })
}

/// The code in good standing that somebody most likely meant: digits transposed first, then the
/// closest of the same class, ties downwards.
///
/// A code in good standing is its own nearest; a number outside 100–599 has none.
pub fn nearest(code: StatusCode) -> Option<&'static Entry> {
    let class = code.class()?;
    let good = |entry: &&Entry| entry.state == State::Registered;
    let exact = std::iter::once(code).chain(transpositions(code));
    exact.filter_map(StatusCode::entry).find(good).or_else(|| {
        REGISTRY
            .iter()
            .filter(|entry| entry.code.class() == Some(class))
            .filter(good)
            .min_by_key(|entry| (entry.code.get().abs_diff(code.get()), entry.code))
    })
}

/// The codes with two neighbouring digits exchanged: the last two, then the first two.
fn transpositions(code: StatusCode) -> [StatusCode; 2] {
    let (hundreds, tens, ones) = (code.get() / 100, code.get() / 10 % 10, code.get() % 10);
    [
        StatusCode::new(hundreds * 100 + ones * 10 + tens),
        StatusCode::new(tens * 100 + hundreds * 10 + ones),
    ]
}

impl StatusCode {
    /// The registry's entry of this code.
    pub fn entry(self) -> Option<&'static Entry> {
        REGISTRY.binary_search_by_key(&self, |entry| entry.code).ok().map(|at| &REGISTRY[at])
    }

    /// The vendors that use this code, with their names for it; libraries that only name it come
    /// last.
    pub fn vendors(self) -> impl Iterator<Item = &'static VendorEntry> {
        VENDOR_CODES.iter().filter(move |entry| entry.code == self)
    }
}

impl Entry {
    /// Whether this is a name of the code in any spelling: current, older or a library's, names
    /// that are too general to tell the code on their own included.
    pub fn is_known_name(&self, name: &str) -> bool {
        names::names_code(name, self.code)
    }
}

impl VendorEntry {
    /// The vendor with its title.
    pub fn owner(&self) -> &'static Vendor {
        VENDORS
            .iter()
            .find(|vendor| vendor.id == self.vendor)
            .expect("both tables are generated from the same list of vendors")
    }
}

impl Reference {
    /// The address of the text.
    pub fn url(self) -> String {
        match self.rfc {
            Some(rfc) => {
                format!("https://www.rfc-editor.org/rfc/rfc{rfc}.html#section-{}", self.section)
            }
            None => format!("https://datatracker.ietf.org/doc/html/{}", self.section),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rfc {
            Some(rfc) => write!(f, "RFC {rfc} section {}", self.section),
            None => f.write_str(self.section),
        }
    }
}
