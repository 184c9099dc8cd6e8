//! The least version that a requirement allows, however its ecosystem writes it.

use statuslint_lint::Version;

/// The least version of `>= 3.1, < 4`, `^1.7 || ^2`, `~> 3.1`, `[6.0,7.0)`, `==3.*`, `1.2.3`;
/// `None` where any is allowed.
pub(super) fn lower_bound(requirement: &str) -> Option<Version> {
    let requirement = requirement.replace(" or ", "||");
    let mut least: Option<Version> = None;
    for way in requirement.split("||") {
        let bound = all_of(way)?;
        least = Some(least.map_or(bound, |known| known.min(bound)));
    }
    least
}

/// The least version that meets every part: the highest of the parts' own.
fn all_of(requirement: &str) -> Option<Version> {
    let mut bound: Option<Version> = None;
    let mut rest = requirement.trim_start();
    // `1.2 - 2.0` begins with its least.
    if let Some((first, _)) = rest.split_once(" - ") {
        rest = first;
    }
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, version) = rest.split_at(at);
        let is_end = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '*' | '+' | '-');
        let length = version.find(is_end).unwrap_or(version.len());
        let operator = before.trim_end_matches(['v', 'V']).trim_end();
        // `[6.0,7.0)` and `(,7.0)`: what stands behind the comma is the end.
        let is_upper = operator.ends_with(['<', '!'])
            || operator.ends_with("<=")
            || operator.ends_with("!=")
            || (operator.ends_with(',') && requirement.trim_end().ends_with([')', ']']));
        if !is_upper && let Some(version) = Version::parse(&version[..length]) {
            bound = Some(bound.map_or(version, |known| known.max(version)));
        }
        rest = &version[length..];
    }
    bound
}

#[cfg(test)]
mod tests {
    use statuslint_lint::Version;

    use super::lower_bound;

    #[test]
    fn requirements_of_every_ecosystem_have_a_least_version() {
        for (requirement, least) in [
            ("1.2.3", Some("1.2.3")),
            ("^1.7", Some("1.7")),
            ("~> 3.1", Some("3.1")),
            (">= 3.1, < 4", Some("3.1")),
            (">=0.48,<0.50", Some("0.48")),
            ("<4, >= 3.1", Some("3.1")),
            ("==3.*", Some("3.0")),
            ("^1.7 || ^2.0", Some("1.7")),
            ("~> 1.14 or ~> 1.15", Some("1.14")),
            ("[6.0,7.0)", Some("6.0")),
            ("(,7.0)", None),
            ("1.2 - 2.0", Some("1.2")),
            (">v1.5.0", Some("1.5")),
            ("< 4", None),
            ("!= 2.0", None),
            ("<= 4.1", None),
            ("^1.7 || *", None),
            ("*", None),
            ("latest", None),
            ("", None),
        ] {
            assert_eq!(lower_bound(requirement), least.and_then(Version::parse), "{requirement}");
        }
    }
}
