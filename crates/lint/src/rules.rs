//! The list of rules, one file each beside its page.

mod always_true_condition;
mod body_not_allowed;
mod class_division;
mod deprecated_code;
mod duplicate_branch;
mod error_helper_code;
mod impossible_condition;
mod invalid_code;
mod magic_code;
mod missing_header;
mod name_mismatch;
mod outdated_name;
mod pair_as_range;
mod range_boundary;
mod reason_mismatch;
mod redirect_code;
mod reserved_code;
mod string_comparison;
mod title_mismatch;
mod undocumented_code;
mod unknown_code;
mod unknown_name;
mod unquoted_code;
mod unreachable_branch;
mod unused_allow;
mod unused_code;

pub use unused_allow::unused_allowance;

use statuslint_codes::StatusCode;

use crate::{Rule, Settings};

/// Every rule, in the order of the documentation: registry, names, logic, protocol, documents, upkeep.
pub(crate) static RULES: &[Rule] = &[
    invalid_code::RULE,
    unknown_code::RULE,
    unused_code::RULE,
    reserved_code::RULE,
    deprecated_code::RULE,
    name_mismatch::RULE,
    reason_mismatch::RULE,
    outdated_name::RULE,
    title_mismatch::RULE,
    unknown_name::RULE,
    impossible_condition::RULE,
    always_true_condition::RULE,
    range_boundary::RULE,
    pair_as_range::RULE,
    class_division::RULE,
    duplicate_branch::RULE,
    unreachable_branch::RULE,
    string_comparison::RULE,
    body_not_allowed::RULE,
    redirect_code::RULE,
    error_helper_code::RULE,
    missing_header::RULE,
    unquoted_code::RULE,
    undocumented_code::RULE,
    magic_code::RULE,
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
