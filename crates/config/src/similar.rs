//! What somebody who mistyped a name most likely meant.

/// `did you mean "…"?` with the candidate most like the word, or what `otherwise` says when none
/// is like it at all.
pub fn suggestion<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    match similar(word, candidates) {
        Some(candidate) => format!("did you mean \"{candidate}\"?"),
        None => otherwise(),
    }
}

/// The candidate most like the word, when one is like it at all.
fn similar<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = fold(word);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((unlikeness(&folded, &fold(candidate))?, candidate)))
        .min_by_key(|(unlikeness, _)| *unlikeness)
        .map(|(_, candidate)| candidate)
}

/// How far two words are apart, or `None` when too far for one to be the other mistyped.
fn unlikeness(word: &str, candidate: &str) -> Option<usize> {
    let distance = strsim::osa_distance(word, candidate);
    let shorter = word.chars().count().min(candidate.chars().count());
    let near = distance <= (shorter / 3).max(1) && distance < shorter;
    let begins = candidate.starts_with(word) || word.starts_with(candidate);
    (near || (begins && shorter >= 3)).then_some(distance)
}

/// The word as it counts: how its parts are joined and its letter case do not.
fn fold(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let severities = ["error", "warning", "info", "hint", "off"];
        for (word, meant) in [
            ("warn", Some("warning")),
            ("Error", Some("error")),
            ("errro", Some("error")),
            ("hnit", Some("hint")),
            ("information", Some("info")),
            ("never", None),
            ("", None),
        ] {
            assert_eq!(similar(word, severities), meant, "{word}");
        }
        let names = ["Gone", "Not Found", "Not Modified", "unknown-code"];
        for (word, meant) in [
            ("not_foud", Some("Not Found")),
            ("NOT MODIFED", Some("Not Modified")),
            ("unknwon_code", Some("unknown-code")),
            ("kitten", None),
            ("nope", None),
            ("x", None),
        ] {
            assert_eq!(similar(word, names), meant, "{word}");
        }
    }

    #[test]
    fn says_something_else_when_nothing_is_like_it() {
        let says = |word| suggestion(word, ["nginx"], || "there is nginx".to_owned());
        assert_eq!(says("ngnix"), "did you mean \"nginx\"?");
        assert_eq!(says("apache"), "there is nginx");
    }
}
