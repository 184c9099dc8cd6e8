//! What somebody who mistyped a name most likely meant.

/// `did you mean …?` with the candidate most like the word, when one is like it at all.
pub(super) fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    let folded = fold(word);
    let (distance, candidate) = candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .min_by_key(|(distance, _)| *distance)?;
    let length = folded.chars().count().min(candidate.chars().count());
    let near = distance <= (length / 3).max(1) && distance < length;
    near.then(|| format!("did you mean `{candidate}`?"))
}

/// The word as it counts: spelling conventions do not.
fn fold(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_meant() {
        let names = ["Gone", "Not Found", "Not Modified", "unknown-code"];
        for (word, meant) in [
            ("not_foud", Some("Not Found")),
            ("NOT MODIFED", Some("Not Modified")),
            ("unknwon_code", Some("unknown-code")),
            ("kitten", None),
            ("nope", None),
            ("x", None),
            ("", None),
        ] {
            let meant = meant.map(|meant| format!("did you mean `{meant}`?"));
            assert_eq!(did_you_mean(word, names), meant, "{word}");
        }
    }
}
