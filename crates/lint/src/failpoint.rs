//! Places where a test makes the program fail, to see that nothing else does.

/// What a document says before the name of what shall fail on it.
#[cfg(debug_assertions)]
const MARK: &str = "statuslint-failpoint:";

/// Panics when the document asks for it: `statuslint-failpoint: unknown-code` in a comment makes
/// that rule fail, and a method of the protocol instead of the rule makes the server's handler
/// fail. Only in builds with debug assertions; in others this is nothing.
#[cfg(debug_assertions)]
pub fn failpoint(name: &str, text: &str) {
    let finder = memchr::memmem::Finder::new(MARK);
    let asked = finder.find_iter(text.as_bytes()).filter_map(|at| text.get(at + MARK.len()..));
    let names = |rest: &str| {
        rest.trim_start_matches(' ').strip_prefix(name).is_some_and(|rest| !continues(rest))
    };
    let fails = asked.into_iter().any(names);
    assert!(!fails, "the document asks {name} to fail");
}

#[cfg(debug_assertions)]
fn continues(rest: &str) -> bool {
    rest.starts_with(|next: char| next.is_alphanumeric() || next == '-' || next == '/')
}

/// Nothing: failpoints are for tests.
#[cfg(not(debug_assertions))]
pub fn failpoint(_: &str, _: &str) {}

#[cfg(all(test, debug_assertions))]
mod tests {
    use std::panic::catch_unwind;

    use super::failpoint;

    #[test]
    fn only_what_is_asked_fails() {
        let text = "# statuslint-failpoint: unknown-code\n# statuslint-failpoint:x/hover";
        for (name, fails) in
            [("unknown-code", true), ("x/hover", true), ("unknown", false), ("hover", false)]
        {
            assert_eq!(catch_unwind(|| failpoint(name, text)).is_err(), fails, "{name}");
        }
    }
}
