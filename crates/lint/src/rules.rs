//! The list of rules, one file each beside its page.

mod body_not_allowed;
mod deprecated_code;
mod error_helper_code;
mod invalid_code;
mod missing_header;
mod name_mismatch;
mod redirect_code;
mod reserved_code;
mod unknown_code;
mod unquoted_code;
mod unused_allow;
mod unused_code;

use statuslint_codes::StatusCode;

use crate::{Rule, Settings};

/// Every rule, in the order of the documentation: registry, names, protocol, documents, upkeep.
pub(crate) static RULES: &[Rule] = &[
    invalid_code::RULE,
    unknown_code::RULE,
    unused_code::RULE,
    reserved_code::RULE,
    deprecated_code::RULE,
    name_mismatch::RULE,
    body_not_allowed::RULE,
    redirect_code::RULE,
    error_helper_code::RULE,
    missing_header::RULE,
    unquoted_code::RULE,
    unused_allow::RULE,
];

/// A code with its name where it has one: `404 (Not Found)`, `306 (Unused)`.
fn titled(settings: &Settings, code: StatusCode) -> String {
    match settings.name(code) {
        Some(name) => format!("{code} ({})", bare(name)),
        None => code.to_string(),
    }
}

/// A registry name without the parentheses that `(Unused)` has there.
fn bare(name: &str) -> &str {
    name.trim_start_matches('(').trim_end_matches(')')
}
