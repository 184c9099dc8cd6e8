//! What the user wants for one document, every override applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use statuslint_codes::StatusCode;
use statuslint_languages::{Context, Evidence};

use crate::{Severity, Versions};

/// The settings of one document.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The vendor catalogues that count beside the registry (`nginx`).
    pub vendors: Vec<String>,
    /// Codes the project uses knowingly: the registry rules are silent on them.
    pub allow: Vec<StatusCode>,
    /// Private codes with a meaning.
    pub codes: Vec<PrivateCode>,
    /// The least evidence a site needs to be judged.
    pub evidence: Evidence,
    /// Severities that differ from the default, by rule; `None` switches a rule off.
    pub rules: BTreeMap<&'static str, Option<Severity>>,
    /// Whether the document is a test, where registry rules are quieter.
    pub in_test: bool,
    /// What the registry rules drop to in tests.
    pub test_severity: Option<Severity>,
    /// The versions of libraries that the project's manifests prove.
    pub versions: Arc<Versions>,
    /// What the project says about its own code.
    pub context: Context,
}

/// A code of the project's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateCode {
    /// The code.
    pub code: StatusCode,
    /// Its name.
    pub name: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            vendors: Vec::new(),
            allow: Vec::new(),
            codes: Vec::new(),
            evidence: Evidence::Certain,
            rules: BTreeMap::new(),
            in_test: false,
            test_severity: Some(Severity::Info),
            versions: Arc::default(),
            context: Context::default(),
        }
    }
}

impl Settings {
    /// Whether the project uses this code knowingly: allowed, its own, or an enabled vendor's.
    pub fn knows(&self, code: StatusCode) -> bool {
        self.allow.contains(&code) || self.own_name(code).is_some()
    }

    /// The name of a code: the project's own, an enabled vendor's, the registry's, any vendor's.
    pub fn name(&self, code: StatusCode) -> Option<&str> {
        self.own_name(code)
            .or_else(|| code.entry().map(|entry| entry.name))
            .or_else(|| code.vendors().next().map(|entry| entry.name))
    }

    /// The name the project or one of its enabled vendors gives to a code.
    fn own_name(&self, code: StatusCode) -> Option<&str> {
        let own = self.codes.iter().find(|own| own.code == code).map(|own| own.name.as_str());
        own.or_else(|| {
            let mut vendors = code.vendors();
            let enabled = |vendor| self.vendors.iter().any(|name| name == vendor);
            vendors.find(|entry| enabled(entry.vendor)).map(|entry| entry.name)
        })
    }
}
