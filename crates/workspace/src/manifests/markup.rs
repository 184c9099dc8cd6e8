//! Manifests in XML: the few elements that matter, wherever they stand.

use super::Packages;

/// `pom.xml`
pub(super) fn pom(text: &str, packages: &mut Packages) {
    for element in ["parent", "dependency"] {
        for inner in contents(text, element) {
            let own = |name| contents(inner, name).next().map(str::trim);
            let Some(artifact) = own("artifactId") else { continue };
            let version = own("version").unwrap_or_default();
            // `${spring.version}` is a property of this document, or of one that is not read.
            let property = version.strip_prefix("${").and_then(|it| it.strip_suffix('}'));
            let version = match property {
                Some(name) => contents(text, name).next().unwrap_or_default(),
                None => version,
            };
            if !version.is_empty() {
                packages.require(artifact, version);
            }
        }
    }
}

/// `*.csproj`
pub(super) fn project(text: &str, packages: &mut Packages) {
    let frameworks = contents(text, "TargetFramework").chain(contents(text, "TargetFrameworks"));
    for framework in frameworks.flat_map(|list| list.split(';')) {
        let version = framework.trim().strip_prefix("net").unwrap_or_default();
        // `netstandard2.0` and `net48` are other frameworks.
        let is_core = version.starts_with(|c: char| c.is_ascii_digit()) && version.contains('.');
        packages.require(".net", if is_core { version } else { "" });
    }
    for element in text.split("<Package").skip(1) {
        let element = element.split('>').next().unwrap_or_default();
        let attribute = |name: &str| {
            let (_, rest) = element.split_once(&format!("{name}=\""))?;
            rest.split('"').next()
        };
        if let (Some(name), Some(version)) = (attribute("Include"), attribute("Version")) {
            packages.require(name, version);
        }
    }
}

/// What stands in the elements of that name.
fn contents<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&open)?;
        let (inner, next) = after.split_once(&close)?;
        rest = next;
        Some(inner)
    })
}
