//! The rows `[[entry]]` and `[[script]]` of a vocabulary.

use serde::Deserialize;

use crate::vocabulary::{WordRole, one_or_more};

/// Where an entry of a document has to stand; what is empty holds anywhere.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Place {
    /// Its key, or several; `*` is any.
    #[serde(rename = "key", deserialize_with = "one_or_more")]
    pub(crate) keys: Vec<String>,
    /// One of these must be the keys around it, nearest last: `http.route`; `*` is any key.
    #[serde(default)]
    pub(crate) under: Vec<String>,
    /// One of these keys must stand beside it, or a key with its value: `type=statusCode`.
    #[serde(default)]
    pub(crate) beside: Vec<String>,
    /// The document must hold one of these texts.
    #[serde(default)]
    pub(crate) text: Vec<String>,
    /// The path must end in one of these.
    #[serde(default)]
    pub(crate) file: Vec<String>,
}

/// An entry of a document whose value is a status.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    /// The format.
    pub(crate) api: String,
    #[serde(flatten)]
    pub(crate) place: Place,
    #[serde(default)]
    pub(crate) form: Form,
    /// Whether it is certain only where the document speaks of HTTP.
    #[serde(default)]
    pub(crate) likely: bool,
    pub(crate) role: WordRole,
}

/// How an entry says codes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    /// One code, several, or ranges of them: `404`, `[200, 204]`, `"404,500-599"`.
    #[default]
    Codes,
    /// Codes among other words: `error timeout http_502`.
    Words,
    /// Comparisons: `$statusCode == 200`.
    Text,
    /// The keys of the map: `{"404": …}`.
    Keys,
}

/// An entry of a document that is code of another language.
#[derive(Debug, Deserialize)]
pub(crate) struct Script {
    #[serde(flatten)]
    pub(crate) place: Place,
    /// The language; empty: that of the file that the key names.
    #[serde(default)]
    pub(crate) language: String,
    /// The key beside it whose value names another language.
    #[serde(default)]
    pub(crate) named_by: String,
}
