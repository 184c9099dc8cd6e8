//! Which codes the descriptions of a project's interfaces document, and which its code sends.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use statuslint_codes::StatusCode;

use crate::{Context, Evidence, Language, Role, Site, Value};

/// The codes that descriptions document.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Described {
    /// Whether there is a whole description at all, not only fragments of one.
    pub(crate) whole: bool,
    /// Whether any response stands for all codes that are not listed.
    pub(crate) others: bool,
    #[serde(with = "numbers")]
    pub(crate) codes: BTreeSet<StatusCode>,
    /// The first digits of whole classes.
    pub(crate) classes: BTreeSet<u8>,
}

impl Described {
    /// Adds the key of a response.
    pub(crate) fn add(&mut self, key: Value) {
        match key {
            Value::Code(code) => drop(self.codes.insert(code)),
            Value::Class(class) => drop(self.classes.insert(class.digit())),
            Value::Malformed => {}
        }
    }

    /// Adds what another description documents.
    pub(crate) fn join(&mut self, other: &Self) {
        self.whole |= other.whole;
        self.others |= other.others;
        self.codes.extend(&other.codes);
        self.classes.extend(&other.classes);
    }

    /// Whether there is a description, and nothing in it stands for this code.
    pub(crate) fn lacks(&self, code: StatusCode) -> bool {
        let listed = self.codes.contains(&code)
            || code.class().is_some_and(|class| self.classes.contains(&class.digit()));
        // A document of workflows describes no response at all.
        let any = !self.codes.is_empty() || !self.classes.is_empty();
        self.whole && any && !self.others && !listed
    }
}

/// The codes that code outside of tests surely sends.
pub(crate) fn sent(sites: &[Site], language: Language, context: &Context) -> BTreeSet<StatusCode> {
    if !language.is_code() || language.is_test_path(&context.path) {
        return BTreeSet::new();
    }
    let sure =
        sites.iter().filter(|site| site.role == Role::Emit && site.evidence == Evidence::Certain);
    sure.filter_map(Site::code).collect()
}

/// Codes as numbers, where they are written down.
pub(crate) mod numbers {
    use std::collections::BTreeSet;

    use serde::{Deserialize as _, Deserializer, Serializer};
    use statuslint_codes::StatusCode;

    pub(crate) fn serialize<S: Serializer>(
        codes: &BTreeSet<StatusCode>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(codes.iter().map(|code| code.get()))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeSet<StatusCode>, D::Error> {
        let numbers = Vec::<u16>::deserialize(deserializer)?;
        Ok(numbers.into_iter().map(StatusCode::new).collect())
    }
}
