//! What somebody who mistyped a name most likely meant.

/// The candidate most like `word`, when one is like it at all.
pub(crate) fn similar<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let folded = word.to_lowercase().replace(['_', ' '], "-");
    candidates
        .into_iter()
        .filter_map(|candidate| Some((unlikeness(&folded, candidate)?, candidate)))
        .min_by_key(|(unlikeness, _)| *unlikeness)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean "…"?`, or what `otherwise` says.
pub(crate) fn suggestion<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    match similar(word, candidates) {
        Some(candidate) => format!("did you mean \"{candidate}\"?"),
        None => otherwise(),
    }
}

/// How far two words are apart, or `None` when too far for one to be the other mistyped.
fn unlikeness(word: &str, candidate: &str) -> Option<usize> {
    let distance = distance(word, candidate);
    let shorter = word.chars().count().min(candidate.chars().count());
    let begins = candidate.starts_with(word) || word.starts_with(candidate);
    (distance <= shorter.div_ceil(3) || (begins && shorter >= 3)).then_some(distance)
}

/// Insertions, deletions, substitutions and swaps of neighbours from one word to the other.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut rows = vec![(0..=right.len()).collect::<Vec<usize>>()];
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(a != b)).min(rows[i][j + 1] + 1);
            best = best.min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
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
        assert_eq!(similar("magic_code", ["magic-code"]), Some("magic-code"));
    }

    #[test]
    fn counts_edits() {
        for (left, right, edits) in
            [("", "", 0), ("ab", "ba", 1), ("nginx", "ngnix", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(left, right), edits, "{left} {right}");
        }
    }
}
