//! The versions of libraries that a project's manifests prove.

use std::collections::BTreeMap;

/// The lowest versions of packages that a project can be built with, by the names of the packages
/// in lower case.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Versions(BTreeMap<String, Version>);

/// A release: the first three numbers of a version; what stands behind them counts for nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second one, or 0.
    pub minor: u32,
    /// The third one, or 0.
    pub patch: u32,
}

impl Versions {
    /// Takes note that a package is of this version or a later one; of two proofs the stronger
    /// holds.
    pub fn prove(&mut self, package: &str, version: Version) {
        let known = self.0.entry(package.to_lowercase()).or_default();
        *known = version.max(*known);
    }

    /// The proved minimum of a package; `None` where nothing is proved.
    pub fn minimum(&self, package: &str) -> Option<Version> {
        self.0.get(package).copied()
    }

    /// Whether a package, named in lower case, is proved to be of this version or a later one.
    pub fn at_least(&self, package: &str, major: u32, minor: u32) -> bool {
        self.meets(package, Version { major, minor, patch: 0 })
    }

    /// Whether what a table of names says about a name's first version is proved: `Rack 3.1/3.2`,
    /// `starlette 0.48`. What names no version is never proved.
    pub(crate) fn prove_since(&self, since: &str) -> bool {
        let Some(at) = since.find(|c: char| c.is_ascii_digit()) else { return false };
        let (package, versions) = since.split_at(at);
        let first = versions.split(['/', ' ']).next().and_then(Version::parse);
        first.is_some_and(|first| self.meets(&package.trim().to_lowercase(), first))
    }

    fn meets(&self, package: &str, version: Version) -> bool {
        self.minimum(package).is_some_and(|minimum| minimum >= version)
    }
}

impl Version {
    /// The numbers a version begins with, a `v` before them aside; `None` where it has none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let mut numbers = text.split('.').map(|part| {
            let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            (part[..end].parse::<u32>().ok(), end == part.len())
        });
        let (major, whole) = numbers.next()?;
        let mut version = Self { major: major?, ..Self::default() };
        // `1.2rc1.7` ends with what is no number.
        let mut rest = numbers.scan(whole, |whole, (number, is_whole)| {
            let number = if *whole { number } else { None };
            *whole = is_whole;
            number
        });
        version.minor = rest.next().unwrap_or_default();
        version.patch = rest.next().unwrap_or_default();
        Some(version)
    }
}

#[cfg(test)]
mod tests {
    use super::{Version, Versions};

    fn version(major: u32, minor: u32, patch: u32) -> Version {
        Version { major, minor, patch }
    }

    #[test]
    fn versions_are_their_first_three_numbers() {
        for (text, expected) in [
            ("3.1.4", Some(version(3, 1, 4))),
            ("v0.48", Some(version(0, 48, 0))),
            ("7", Some(version(7, 0, 0))),
            ("10.4.0.1", Some(version(10, 4, 0))),
            ("2.0.0-M1", Some(version(2, 0, 0))),
            ("1.2rc1.7", Some(version(1, 2, 0))),
            ("3.*", Some(version(3, 0, 0))),
            ("99999999999", None),
            ("latest", None),
            ("", None),
        ] {
            assert_eq!(Version::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn only_what_is_proved_counts() {
        let mut versions = Versions::default();
        versions.prove("Rack", version(3, 1, 0));
        versions.prove("rack", version(2, 2, 0));
        assert!(versions.at_least("rack", 3, 1) && !versions.at_least("rack", 3, 2));
        assert!(!versions.at_least("plug", 0, 1));
        for (since, proved) in [
            ("Rack 3.1/3.2", true),
            ("Rack 2.2/3.0", true),
            ("rack 3.2", false),
            ("starlette 0.48", false),
            ("newer", false),
            ("", false),
        ] {
            assert_eq!(versions.prove_since(since), proved, "{since}");
        }
    }
}
