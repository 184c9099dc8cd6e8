//! Tables of cases that a function gives to a test which names it: `#[DataProvider('answers')]`,
//! `@dataProvider answers`, `@MethodSource("answers")`.

use std::collections::HashMap;

use tree_sitter::Node;

use crate::Role;
use crate::climb::Way;
use crate::document::Document;
use crate::facts::Candidate;
use crate::verdict::Verdict;
use crate::vocabulary::Vocabulary;

/// Between the name of an annotation and that of the function it names there is no more than this.
const NEAR: usize = 12;

impl<'t> Document<'t> {
    /// A value in a row of what a function returns or yields, by the parameter of the test that is
    /// given the row.
    pub(crate) fn provided(
        &self,
        node: Node<'t>,
        candidate: &Candidate<'t>,
        way: &Way,
    ) -> Option<Verdict> {
        let &column = way.lists.first().filter(|_| way.lists.len() <= 2)?;
        if self.facts.providers.is_empty() {
            return None;
        }
        let provider = self.function_name(self.function_around(node)?)?;
        let parameter = self.test_given(provider)?.get(column)?;
        self.compared(self.name_subject(parameter), candidate, Role::Expect)
    }

    /// The parameters of the test whose annotation names this function.
    fn test_given(&self, provider: &str) -> Option<&[&'t str]> {
        let named = *self.facts.providers.get(provider)?;
        // The annotation stands within the function, or its comment right before.
        let after = self.facts.functions.iter().filter(|function| function.range.end > named);
        after
            .min_by_key(|function| function.range.start)
            .map(|function| function.parameters.as_slice())
    }
}

/// The functions that annotations name, each with where the first does.
pub(crate) fn providers<'t>(text: &'t str, words: &Vocabulary) -> HashMap<&'t str, usize> {
    let mut providers = HashMap::new();
    let is_sign = |c: char| !(c.is_alphanumeric() || c == '_');
    for word in words.providers() {
        for (at, _) in text.match_indices(word) {
            let rest = &text[at + word.len()..];
            let name = rest.trim_start_matches(is_sign);
            let end = name.find(is_sign).unwrap_or(name.len());
            if (1..=NEAR).contains(&(rest.len() - name.len())) && end > 0 {
                providers.entry(&name[..end]).or_insert(at);
            }
        }
    }
    providers
}
