//! Whether what is typed may become a status: its number, its phrase, the name a library gives it.

use statuslint_codes::words;

use super::names::starts;

/// The ways to write what a code is called, for whoever compares them with what is typed.
pub(crate) struct Spellings {
    number: String,
    /// The words of its phrase, and of its older ones.
    names: Vec<Vec<String>>,
}

impl Spellings {
    /// The spellings of a code with these names, the current one first.
    pub(crate) fn of<'n>(number: u16, names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { number: number.to_string(), names: names.into_iter().map(words).collect() }
    }

    /// Whether the code is meant by these letters: one of its names has a word that they, and what
    /// follows it, begin with.
    pub(crate) fn says(&self, typed: &str) -> bool {
        self.names.iter().any(|name| begins(name, &plain(typed)))
    }

    /// A text that begins as what is typed, by which editors keep the item while more is typed.
    pub(crate) fn filter(&self, typed: &str, expression: Option<&str>) -> String {
        let mut forms: Vec<String> = Vec::new();
        let last = expression.map(last_name);
        forms.extend(last.map(str::to_owned));
        forms.extend(expression.map(str::to_owned));
        for name in &self.names {
            for first in 0..name.len() {
                forms.extend(written(&name[first..]));
            }
        }
        forms.push(self.number.clone());
        let lower = typed.to_lowercase();
        let starts = |form: &&String| form.starts_with(typed);
        let fits = |form: &&String| form.to_lowercase().starts_with(&lower);
        let best = forms.iter().find(starts).or_else(|| forms.iter().find(fits));
        let name = self.names.first().map(|name| written(name)).unwrap_or_default();
        let rest = std::iter::once(&self.number).chain(&name).chain(&forms[..forms.len().min(1)]);
        let mut text = best.filter(|_| !typed.is_empty()).cloned().unwrap_or_default();
        for form in rest {
            if !text.split(' ').any(|known| known == form) && !text.contains(form.as_str()) {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(form);
            }
        }
        text
    }
}

/// Whether an expression is meant by these letters: its path, or a word of its last name.
pub(crate) fn means(expression: &str, typed: &str) -> bool {
    starts(expression, typed) || starts(last_name(expression), typed)
}

/// The last name of a path.
pub(crate) fn last_name(expression: &str) -> &str {
    expression.rsplit(['.', ':', '\\']).next().unwrap_or(expression)
}

/// Words as they are written: `not found`, `NotFound`, `NOT_FOUND`, `not_found`, `notfound`.
fn written(words: &[String]) -> Vec<String> {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
    };
    let capitals: Vec<String> = words.iter().map(capital).collect();
    vec![
        capitals.join(" "),
        words.join(" "),
        capitals.concat(),
        words.join("_"),
        words.join("_").to_uppercase(),
        words.concat(),
    ]
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the words from one of them on begin with these letters.
fn begins(words: &[String], typed: &str) -> bool {
    (0..words.len()).any(|first| {
        let mut rest = typed;
        for word in &words[first..] {
            match rest.strip_prefix(word.as_str()) {
                Some(more) if !more.is_empty() => rest = more,
                Some(_) => return true,
                None => return word.starts_with(rest),
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::{Spellings, means};

    #[test]
    fn letters_mean_what_a_word_of_a_name_begins_with() {
        let not_found = Spellings::of(404, ["Not Found"]);
        for typed in ["n", "Not", "not f", "NotF", "NOT_FO", "notfound", "found", "Fo"] {
            assert!(not_found.says(typed), "{typed}");
        }
        for typed in ["x", "ot", "nf", "notfoundx", "foundry"] {
            assert!(!not_found.says(typed), "{typed}");
        }
        assert!(means("http.StatusNotFound", "ht") && means("http.StatusNotFound", "statusN"));
        assert!(!means("http.StatusNotFound", "NotF"));
    }

    #[test]
    fn a_filter_begins_with_what_is_typed_and_has_the_rest() {
        let not_found = Spellings::of(404, ["Not Found"]);
        for (typed, expression, begin) in [
            ("", None, "404 "),
            ("40", None, "404 "),
            ("not f", None, "not found "),
            ("NotF", None, "NotFound "),
            ("NOT_F", None, "NOT_FOUND "),
            ("notf", None, "notfound "),
            ("fou", None, "found "),
            ("Status", Some("http.StatusNotFound"), "StatusNotFound "),
            ("htt", Some("http.StatusNotFound"), "http.StatusNotFound "),
        ] {
            let filter = not_found.filter(typed, expression);
            assert!(filter.starts_with(begin), "{typed}: {filter}");
            assert!(filter.contains("404") && filter.contains("NOT_FOUND"), "{filter}");
        }
    }
}
