//! `statuslint codes`: lists the catalogue.

use std::io::{self, Write};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;
use statuslint_codes::{
    Class, Content, Entry, Reference, State, StatusCode, VendorEntry, registry, vendor_codes,
};
use statuslint_config::vendor;

use super::table;
use crate::Status;
use crate::arguments::{CodesArgs, ListFormat};
use crate::terminal::{Terminal, deliver};

/// One line of the list.
#[derive(Debug, Clone, Copy)]
enum Listed {
    Registered(&'static Entry),
    Vendor(&'static VendorEntry),
}

/// Writes the list.
pub(crate) fn run(terminal: Terminal, arguments: &CodesArgs) -> anyhow::Result<Status> {
    for id in &arguments.vendor {
        vendor(id).map_err(anyhow::Error::msg)?;
    }
    let list = listed(arguments);
    if list.is_empty() {
        terminal.warning("No code is like that");
    }
    let color = terminal.color();
    deliver(None, |out| match arguments.output_format {
        ListFormat::Text => text(out, &list, color),
        ListFormat::Json => {
            table::write_json(out, "codes", list.iter().map(|listed| CodeObject::new(*listed)))
        }
    })?;
    Ok(Status::Clean)
}

/// What the filters leave, by code, the registered meaning of a code before those of vendors.
fn listed(arguments: &CodesArgs) -> Vec<Listed> {
    let registered = registry()
        .iter()
        .filter(|_| arguments.vendor.is_empty())
        .filter(|entry| arguments.state.is_empty() || arguments.state.contains(&entry.state))
        .map(Listed::Registered);
    let vendors = vendor_codes()
        .iter()
        .filter(|_| arguments.state.is_empty())
        .filter(|entry| {
            arguments.vendor.is_empty() || arguments.vendor.iter().any(|id| id == entry.vendor)
        })
        .map(Listed::Vendor);
    let mut list: Vec<Listed> = registered
        .chain(vendors)
        .filter(|listed| {
            arguments.class.is_empty()
                || listed.code().class().is_some_and(|class| arguments.class.contains(&class))
        })
        .collect();
    list.sort_by_key(|listed| listed.code());
    list
}

fn text(out: &mut dyn Write, list: &[Listed], color: bool) -> io::Result<()> {
    let rows: Vec<_> = list
        .iter()
        .map(|listed| match listed {
            Listed::Registered(entry) => [
                entry.code.to_string(),
                entry.name.to_owned(),
                entry.state.as_str().to_owned(),
                entry.reference.to_string(),
            ],
            Listed::Vendor(entry) => [
                entry.code.to_string(),
                entry.name.to_owned(),
                "vendor".to_owned(),
                entry.owner().title.to_owned(),
            ],
        })
        .collect();
    table::write(out, ["CODE", "NAME", "STATE", "REFERENCE"], &rows, color)
}

#[derive(Debug, Serialize)]
struct CodeObject {
    code: u16,
    name: &'static str,
    class: Option<u8>,
    /// Null for a code that is not registered.
    state: Option<&'static str>,
    /// Null for a registered code.
    vendor: Option<&'static str>,
    reference: Option<ReferenceObject>,
    older_names: &'static [&'static str],
    /// Null where nothing is laid down, as for vendors' codes.
    cacheable: Option<bool>,
    content: Option<&'static str>,
    headers: &'static [&'static str],
    meaning: &'static str,
}

#[derive(Debug, Serialize)]
struct ReferenceObject {
    rfc: Option<u16>,
    section: &'static str,
    url: String,
}

impl Listed {
    fn code(self) -> StatusCode {
        match self {
            Self::Registered(entry) => entry.code,
            Self::Vendor(entry) => entry.code,
        }
    }
}

impl CodeObject {
    fn new(listed: Listed) -> Self {
        let code = listed.code();
        let class = code.class().map(Class::digit);
        match listed {
            Listed::Registered(entry) => Self {
                code: code.get(),
                name: entry.name,
                class,
                state: Some(entry.state.as_str()),
                vendor: None,
                reference: Some(ReferenceObject::new(entry.reference)),
                older_names: entry.older_names,
                cacheable: Some(entry.cacheable),
                content: Some(content_name(entry.content)),
                headers: entry.headers,
                meaning: entry.meaning,
            },
            Listed::Vendor(entry) => Self {
                code: code.get(),
                name: entry.name,
                class,
                state: None,
                vendor: Some(entry.vendor),
                reference: None,
                older_names: &[],
                cacheable: None,
                content: None,
                headers: &[],
                meaning: entry.meaning,
            },
        }
    }
}

impl ReferenceObject {
    fn new(reference: Reference) -> Self {
        Self { rfc: reference.rfc, section: reference.section, url: reference.url() }
    }
}

fn content_name(content: Content) -> &'static str {
    match content {
        Content::Allowed => "allowed",
        Content::Never => "never",
        Content::MustNotGenerate => "must-not-generate",
    }
}

/// The standing of a code on the command line.
pub(crate) fn states() -> impl TypedValueParser<Value = State> {
    PossibleValuesParser::new(State::ALL.map(State::as_str)).map(|word| {
        let state = State::ALL.into_iter().find(|state| state.as_str() == word);
        state.expect("only the words of states are let through")
    })
}

/// A class as people write it: `4`, `4xx`, `client-error`.
pub(crate) fn parse_class(text: &str) -> Result<Class, String> {
    let lower = text.to_lowercase();
    let digit = lower.strip_suffix("xx").unwrap_or(&lower);
    let named = match lower.replace(['_', ' '], "-").as_str() {
        "informational" => Some(Class::Informational),
        "successful" | "success" => Some(Class::Successful),
        "redirection" | "redirect" => Some(Class::Redirection),
        "client-error" => Some(Class::ClientError),
        "server-error" => Some(Class::ServerError),
        _ => None,
    };
    named
        .or_else(|| digit.parse().ok().and_then(Class::from_digit))
        .ok_or_else(|| "a class is 1xx to 5xx, or a name such as client-error".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_understood() {
        for text in ["4", "4xx", "4XX", "client-error", "Client Error", "CLIENT_ERROR"] {
            assert_eq!(parse_class(text), Ok(Class::ClientError), "{text}");
        }
        for text in ["", "6xx", "0", "xx", "404", "client", "4x"] {
            assert!(parse_class(text).is_err(), "{text}");
        }
    }
}
