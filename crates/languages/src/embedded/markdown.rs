//! Fenced code in Markdown, wherever the fence stands: in lists and quotes too.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{Excerpt, Found};
use crate::Language;

/// Languages as fences call them, where that is neither an id nor an extension.
const NAMES: &[(&str, &str)] = &[
    ("c++", "cpp"),
    ("c#", "csharp"),
    ("golang", "go"),
    ("node", "javascript"),
    ("objective-c", "c"),
    ("python3", "python"),
    ("shell", "bash"),
    ("yml", "yaml"),
];

/// The fences whose info string names a language.
pub(crate) fn read(text: &str) -> Found<'_> {
    let mut found = Found::default();
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_TABLES;
    let mut fence: Option<Excerpt<'_>> = None;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fence = named(&info).map(Excerpt::new);
                if let Some(fence) = &mut fence {
                    fence.name = info.to_string();
                }
            }
            Event::Text(_) => {
                if let Some(fence) = &mut fence {
                    if fence.text.is_empty() && starts_bare(fence.language, &text[range.clone()]) {
                        fence.glue("<?php ");
                    }
                    fence.push(text, range);
                }
            }
            Event::End(TagEnd::CodeBlock) => found.excerpts.extend(fence.take()),
            Event::Html(_) | Event::InlineHtml(_) if text[range.clone()].starts_with("<!--") => {
                found.usage.comments.push(range);
            }
            _ => {}
        }
    }
    found
}

/// The language an info string begins with: `js`, `rust,no_run`, `{.python .numberLines}`.
fn named(info: &str) -> Option<Language> {
    let info = info.trim_start_matches(['{', '.', ' ']);
    let end = |c: char| c.is_whitespace() || ",{}:;=".contains(c);
    let word = info.split(end).next()?.to_ascii_lowercase();
    let id = NAMES.iter().find(|(name, _)| *name == word).map_or(word.as_str(), |(_, id)| id);
    Language::from_id(id).or_else(|| Language::detect(&format!(".{id}"), ""))
}

/// Whether PHP stands there without the tag its grammar waits for.
fn starts_bare(language: Language, code: &str) -> bool {
    language.id() == "php" && !code.trim_start().starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::Language;

    #[test]
    fn info_strings_name_languages() {
        let cases = [
            ("js", Some("javascript")),
            ("TS twoslash", Some("typescript")),
            ("rust,no_run", Some("rust")),
            ("{.python .numberLines}", Some("python")),
            ("C#", Some("csharp")),
            ("sh", Some("bash")),
            ("http", Some("http")),
            ("text", None),
            ("", None),
        ];
        for (info, expected) in cases {
            assert_eq!(named(info).map(Language::id), expected, "{info}");
        }
    }
}
