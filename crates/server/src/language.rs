//! The language of a document: the editor's word first, then its path.

use statuslint_languages::Language;

/// The language an editor means by its language id.
pub(crate) fn from_id(id: &str) -> Option<Language> {
    let ours = match id {
        "javascriptreact" => "javascript",
        "typescriptreact" => "tsx",
        "jsonc" => "json",
        other => other,
    };
    Language::from_id(ours)
}

#[cfg(test)]
mod tests {
    use super::from_id;

    #[test]
    fn knows_the_ids_of_editors() {
        for (id, language) in [
            ("go", "go"),
            ("rust", "rust"),
            ("python", "python"),
            ("json", "json"),
            ("jsonc", "json"),
            ("yaml", "yaml"),
            ("javascript", "javascript"),
            ("javascriptreact", "javascript"),
            ("typescript", "typescript"),
            ("typescriptreact", "tsx"),
        ] {
            assert_eq!(from_id(id).map(statuslint_languages::Language::id), Some(language), "{id}");
        }
        assert_eq!(from_id("plaintext"), None);
        assert_eq!(from_id(""), None);
    }
}
