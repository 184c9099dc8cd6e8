//! Short and full forms of long tests.

/// Whether tests run in their full form, which takes minutes: when `STATUSLINT_FULL` is `1`.
pub fn full() -> bool {
    std::env::var_os("STATUSLINT_FULL").is_some_and(|value| value == "1")
}
