//! The data files of the catalogue as they are written, read and checked.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// `registry.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registry {
    pub(crate) code: Vec<Code>,
}

/// One registered code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Code {
    #[serde(rename = "code")]
    pub(crate) number: u16,
    pub(crate) name: String,
    pub(crate) reference: String,
    #[serde(default)]
    pub(crate) state: State,
    #[serde(default)]
    pub(crate) older_names: Vec<String>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) loose_aliases: Vec<String>,
    #[serde(default)]
    pub(crate) cacheable: bool,
    #[serde(default)]
    pub(crate) content: Content,
    #[serde(default)]
    pub(crate) headers: Vec<String>,
    pub(crate) meaning: String,
}

/// The variants of `statuslint_codes::State`, spelled the same.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    #[default]
    Registered,
    Temporary,
    Unused,
    Reserved,
    Deprecated,
    Obsoleted,
}

/// The variants of `statuslint_codes::Content`, spelled the same.
#[derive(Deserialize, Debug, Clone, Copy, Default)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Content {
    #[default]
    Allowed,
    Never,
    MustNotGenerate,
}

/// `vendors.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vendors {
    pub(crate) vendor: Vec<Vendor>,
}

/// One vendor and its codes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vendor {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) library: bool,
    #[serde(default)]
    pub(crate) home: Vec<String>,
    pub(crate) codes: Vec<VendorCode>,
}

/// One code of a vendor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VendorCode {
    #[serde(rename = "code")]
    pub(crate) number: u16,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) loose: bool,
    pub(crate) meaning: String,
}

/// Both files of one folder.
pub(crate) struct Catalogue {
    pub(crate) registry: Registry,
    pub(crate) vendors: Vendors,
}

impl Catalogue {
    /// Reads and checks the data files of this folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let catalogue = Self {
            registry: read(&folder.join("registry.toml"))?,
            vendors: read(&folder.join("vendors.toml"))?,
        };
        catalogue.registry.check().context("registry.toml")?;
        catalogue.vendors.check().context("vendors.toml")?;
        Ok(catalogue)
    }

    /// The keys of all names that tell their code, in order.
    pub(crate) fn names(&self) -> Result<BTreeMap<String, u16>> {
        let mut names = BTreeMap::new();
        for code in &self.registry.code {
            let current = (code.state != State::Unused).then_some(&code.name);
            for name in current.into_iter().chain(&code.older_names).chain(&code.aliases) {
                insert(&mut names, key(name), code.number)
                    .with_context(|| format!("registry.toml: `{name}` of {}", code.number))?;
            }
        }
        Ok(names)
    }

    /// The keys of names that only count when something else says the code too, in order.
    pub(crate) fn loose_names(&self) -> Vec<(String, u16)> {
        let mut names = Vec::new();
        for code in &self.registry.code {
            let unused = (code.state == State::Unused).then_some(&code.name);
            for name in unused.into_iter().chain(&code.loose_aliases) {
                names.push((key(name), code.number));
            }
        }
        names.sort();
        names
    }

    /// Reason phrases, current and older, in the spelling they are compared in, in order.
    pub(crate) fn phrases(&self) -> Result<BTreeMap<String, u16>> {
        let mut phrases = BTreeMap::new();
        for code in &self.registry.code {
            let current = (code.state != State::Unused).then_some(&code.name);
            for name in current.into_iter().chain(&code.older_names) {
                insert(&mut phrases, phrase(name), code.number)
                    .with_context(|| format!("registry.toml: `{name}` of {}", code.number))?;
            }
        }
        Ok(phrases)
    }

    /// The keys of the vendors' names that tell their code, in order.
    pub(crate) fn vendor_names(&self) -> Result<BTreeMap<String, u16>> {
        let registered = self.names()?;
        let mut names = BTreeMap::new();
        for (vendor, code) in self.vendors.codes().filter(|(_, code)| !code.loose) {
            for name in std::iter::once(&code.name).chain(&code.aliases) {
                let what = format!("vendors.toml: `{name}` of {} {}", vendor.id, code.number);
                if registered.get(&key(name)).is_some_and(|other| *other != code.number) {
                    bail!("{what} is also a name of a registered code; mark it `loose = true`");
                }
                insert(&mut names, key(name), code.number).context(what)?;
            }
        }
        Ok(names)
    }
}

impl Registry {
    fn check(&self) -> Result<()> {
        for pair in self.code.windows(2) {
            let [one, next] = pair else { continue };
            ensure!(one.number < next.number, "{} must stand before {}", next.number, one.number);
        }
        for code in &self.code {
            let number = code.number;
            ensure!((100..=599).contains(&number), "{number} is outside 100–599");
            ensure!(code.meaning.ends_with('.'), "the meaning of {number} must end in a full stop");
            for header in &code.headers {
                let known = ["(required", "(recommended", "(expected", "(optional"];
                ensure!(
                    known.iter().any(|requirement| header.contains(requirement)),
                    "header `{header}` of {number} has none of the requirements {known:?}"
                );
            }
        }
        Ok(())
    }
}

impl Vendors {
    /// Every code with its vendor, vendor by vendor.
    pub(crate) fn codes(&self) -> impl Iterator<Item = (&Vendor, &VendorCode)> {
        self.vendor.iter().flat_map(|vendor| vendor.codes.iter().map(move |code| (vendor, code)))
    }

    fn check(&self) -> Result<()> {
        for pair in self.vendor.windows(2) {
            let [one, next] = pair else { continue };
            ensure!(one.id < next.id, "`{}` must stand before `{}`", next.id, one.id);
        }
        for vendor in &self.vendor {
            let id = &vendor.id;
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            ensure!(id.chars().all(plain), "vendor id `{id}` may have only a-z, 0-9 and `-`");
            for pair in vendor.codes.windows(2) {
                let [one, next] = pair else { continue };
                ensure!(
                    one.number < next.number,
                    "{id}: {} must stand before {}",
                    next.number,
                    one.number
                );
            }
            for code in &vendor.codes {
                let number = code.number;
                ensure!(
                    code.meaning.ends_with('.'),
                    "{id}: the meaning of {number} must end in a full stop"
                );
            }
        }
        Ok(())
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("cannot parse {}", path.display()))
}

fn insert(names: &mut BTreeMap<String, u16>, name: String, code: u16) -> Result<()> {
    match names.insert(name, code) {
        Some(other) if other != code => {
            bail!("is also a name of {other}; make one of the two loose")
        }
        _ => Ok(()),
    }
}

/// A name without its spelling of spaces: letters and digits, in lower case.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A phrase without letter case and punctuation: words with single spaces between them.
fn phrase(name: &str) -> String {
    let plain: String = name.chars().filter(|c| *c != '\'').collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}
