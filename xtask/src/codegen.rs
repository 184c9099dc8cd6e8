//! `codegen`: the catalogue's data files as static tables in Rust.

use std::fmt::{Display, Write};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::data::{Catalogue, Code, Vendor, VendorCode};

const DATA: &str = "crates/codes/data";
const GENERATED: &str = "crates/codes/src/generated.rs";

/// Writes the generated file of the repository at `root`.
pub(crate) fn run(root: &Path) -> Result<()> {
    let path = root.join(GENERATED);
    let text = generate(&Catalogue::read(&root.join(DATA))?)?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The text of the generated file.
fn generate(catalogue: &Catalogue) -> Result<String> {
    let mut out = String::from(
        "//! The catalogue as static tables, generated from `data/` by `cargo xtask codegen`.\n\n\
         use crate::{Content, Entry, Reference, State, StatusCode, Vendor, VendorEntry};\n",
    );
    let entries: Vec<String> = catalogue.registry.code.iter().map(entry).collect::<Result<_>>()?;
    table(&mut out, "Every registered code, ascending.", "REGISTRY", "Entry", &entries);

    let vendors: Vec<String> = catalogue.vendors.vendor.iter().map(vendor).collect();
    table(&mut out, "Every vendor, ascending by id.", "VENDORS", "Vendor", &vendors);

    let mut codes: Vec<_> = catalogue.vendors.codes().collect();
    codes.sort_by_key(|(vendor, code)| (code.number, vendor.library));
    let codes: Vec<String> =
        codes.into_iter().map(|(vendor, code)| vendor_entry(&vendor.id, code)).collect();
    let about = "Every code of a vendor, ascending by code; libraries after those who send it.";
    table(&mut out, about, "VENDOR_CODES", "VendorEntry", &codes);

    let about = "Names that tell their code: letters and digits in lower case, ascending.";
    pairs(&mut out, about, "NAMES", catalogue.names()?);
    let about = "Names that count only when something else says the code too, ascending.";
    pairs(&mut out, about, "LOOSE_NAMES", catalogue.loose_names());
    let about = "Reason phrases: words in lower case with spaces between them, ascending.";
    pairs(&mut out, about, "PHRASES", catalogue.phrases()?);
    let about = "Names of vendors that tell their code, spelled as in `NAMES`, ascending.";
    pairs(&mut out, about, "VENDOR_NAMES", catalogue.vendor_names()?);
    Ok(out)
}

fn entry(code: &Code) -> Result<String> {
    let (rfc, section) = reference(&code.reference)
        .with_context(|| format!("registry.toml: reference `{}`", code.reference))?;
    Ok(format!(
        "Entry {{\n        code: StatusCode::new({}),\n        name: {:?},\n        \
         state: State::{:?},\n        reference: Reference {{ rfc: {rfc:?}, section: {section:?} }},\n        \
         older_names: &{:?},\n        aliases: &{:?},\n        loose_aliases: &{:?},\n        \
         cacheable: {},\n        content: Content::{:?},\n        headers: &{:?},\n        \
         meaning: {:?},\n    }}",
        code.number,
        code.name,
        code.state,
        code.older_names,
        code.aliases,
        code.loose_aliases,
        code.cacheable,
        code.content,
        code.headers,
        code.meaning,
    ))
}

fn vendor(vendor: &Vendor) -> String {
    let Vendor { id, title, library, home, .. } = vendor;
    format!("Vendor {{ id: {id:?}, title: {title:?}, library: {library}, home: &{home:?} }}")
}

fn vendor_entry(vendor: &str, code: &VendorCode) -> String {
    format!(
        "VendorEntry {{\n        code: StatusCode::new({}),\n        vendor: {vendor:?},\n        \
         name: {:?},\n        aliases: &{:?},\n        meaning: {:?},\n    }}",
        code.number, code.name, code.aliases, code.meaning,
    )
}

/// `RFC 9110 15.5.5` as number and section; anything else must be the name of a draft.
fn reference(text: &str) -> Result<(Option<u16>, &str)> {
    let Some(rfc) = text.strip_prefix("RFC ") else {
        anyhow::ensure!(text.starts_with("draft-"), "is neither an RFC nor a draft");
        return Ok((None, text));
    };
    let (number, section) = rfc.split_once(' ').context("has no section")?;
    Ok((Some(number.parse().context("has no number")?), section))
}

fn table(out: &mut String, about: &str, name: &str, kind: &str, rows: &[String]) {
    let mut body = String::new();
    for row in rows {
        put(&mut body, format_args!("    {row},\n"));
    }
    let count = rows.len();
    put(
        out,
        format_args!("\n/// {about}\npub(crate) static {name}: [{kind}; {count}] = [\n{body}];\n"),
    );
}

fn pairs(
    out: &mut String,
    about: &str,
    name: &str,
    pairs: impl IntoIterator<Item = (String, u16)>,
) {
    let rows: Vec<String> =
        pairs.into_iter().map(|(text, code)| format!("({text:?}, {code})")).collect();
    table(out, about, name, "(&str, u16)", &rows);
}

fn put(out: &mut String, text: impl Display) {
    write!(out, "{text}").expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generated_file_is_fresh() {
        let root = crate::root();
        let catalogue = Catalogue::read(&root.join(DATA)).expect("the data files are in order");
        let fresh = generate(&catalogue).expect("the data files are consistent");
        let checked_in = fs::read_to_string(root.join(GENERATED)).expect("the file is checked in");
        let line = fresh.lines().zip(checked_in.lines()).take_while(|(a, b)| a == b).count() + 1;
        assert!(
            fresh == checked_in,
            "{GENERATED}:{line} is not what {DATA} says: run `cargo xtask codegen`"
        );
    }

    #[test]
    fn references_are_an_rfc_with_a_section_or_a_draft() {
        assert_eq!(reference("RFC 9110 15.5.5").expect("is one"), (Some(9110), "15.5.5"));
        assert_eq!(reference("draft-x-05").expect("is one"), (None, "draft-x-05"));
        for wrong in ["RFC 9110", "RFC x 1", "9110 15.5.5", ""] {
            assert!(reference(wrong).is_err(), "{wrong}");
        }
    }
}
