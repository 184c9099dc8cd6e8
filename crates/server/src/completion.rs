//! Completions: statuses where one can stand, as the client can show them.

use lsp_types::{
    CompletionContext, CompletionItem, CompletionItemKind, CompletionItemLabelDetails,
    CompletionItemTag, CompletionList, CompletionOptions, CompletionOptionsCompletionItem,
    CompletionResponse, CompletionTextEdit, Documentation, MarkupContent, MarkupKind, Position,
    Range, TextEdit, Url,
};
use serde::{Deserialize, Serialize};
use statuslint_codes::StatusCode;
use statuslint_lint::{Completion, Completions, Known, Settings, completions};

use crate::abilities::Abilities;
use crate::documents::Snapshot;
use crate::hover::plain_explanation;
use crate::positions::Positions;
use crate::session::Session;

/// What makes a client ask, beside letters: the digits that codes begin with, which many editors
/// take for no word, and what stands between a library and its names. Nothing that stands in
/// every line of code.
const TRIGGERS: [&str; 7] = ["1", "2", "3", "4", "5", ".", ":"];

/// What an item carries until it is looked at.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    code: u16,
    /// The document, whose settings may give the code a meaning of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Url>,
}

/// How completions are asked for.
pub(crate) fn options() -> CompletionOptions {
    CompletionOptions {
        resolve_provider: Some(true),
        trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
        completion_item: Some(CompletionOptionsCompletionItem {
            label_details_support: Some(true),
        }),
        ..CompletionOptions::default()
    }
}

/// What may be put at a position of a document, by its last analysis: none is made for this,
/// unless there is none yet.
pub(crate) fn completion(
    session: &Session,
    snapshot: &Snapshot,
    position: Position,
    context: Option<&CompletionContext>,
) -> Option<CompletionResponse> {
    let positions = snapshot.positions();
    let offset = positions.byte(position);
    let trigger = context.and_then(|context| context.trigger_character.as_deref());
    let before = snapshot.text.get(..offset)?;
    if is_in_passing(before, trigger) {
        return None;
    }
    let last = session.analyses.last(&snapshot.url);
    let analysis = last.or_else(|| session.analyze(snapshot))?;
    let checked = analysis.checked.as_ref().filter(|_| !analysis.excluded)?;
    let known = Known { text: &checked.text, usage: &checked.report.usage };
    let (language, settings) = (checked.language?, &checked.settings);
    let found = completions(&snapshot.text, language, settings, Some(known), offset)?;
    if !found.members && matches!(trigger, Some("." | ":")) {
        return None;
    }
    Some(list(&found, snapshot, &positions, session.abilities()))
}

/// An item with what there is to say about its code.
pub(crate) fn resolved(session: &Session, item: CompletionItem) -> CompletionItem {
    let data = item.data.as_ref().and_then(|data| Data::deserialize(data).ok());
    let Some(Data { code, url }) = data else { return item };
    let analysis = url.and_then(|url| session.analyses.last(&url));
    let settings = analysis.and_then(|it| it.checked.as_ref().map(|it| it.settings.clone()));
    let code = StatusCode::new(code);
    let explanation = match settings {
        Some(settings) => Completion::explain(code, &settings),
        None => Completion::explain(code, &Settings::default()),
    };
    let abilities = session.abilities();
    let markup = |kind, value| Documentation::MarkupContent(MarkupContent { kind, value });
    let documentation = Some(if abilities.completion_markdown {
        markup(MarkupKind::Markdown, explanation.to_markdown())
    } else if abilities.completion_markup {
        markup(MarkupKind::PlainText, plain_explanation(&explanation))
    } else {
        Documentation::String(plain_explanation(&explanation))
    });
    CompletionItem { documentation, ..item }
}

/// Whether a sign was typed for something else: the colon after a name, the dot of a sentence.
fn is_in_passing(before: &str, trigger: Option<&str>) -> bool {
    let Some(head) = trigger.and_then(|trigger| before.strip_suffix(trigger)) else { return false };
    match trigger {
        Some(":") => head.ends_with(|c: char| c.is_alphanumeric() || "_)]}\"'".contains(c)),
        Some(".") => head.ends_with([' ', '"', '\'']) && !head.trim_end().ends_with(OPENERS),
        _ => false,
    }
}

/// Signs after which a name may begin with its dot: `.notFound`.
const OPENERS: [char; 6] = ['(', '=', ',', ':', '[', '|'];

fn list(
    found: &Completions,
    snapshot: &Snapshot,
    positions: &Positions<'_>,
    abilities: Abilities,
) -> CompletionResponse {
    let range = positions.range(&found.range);
    let items = found.items.iter().map(|it| item(it, range, snapshot, positions, abilities));
    CompletionResponse::List(CompletionList { is_incomplete: !found.whole, items: items.collect() })
}

fn item(
    completion: &Completion,
    range: Range,
    snapshot: &Snapshot,
    positions: &Positions<'_>,
    abilities: Abilities,
) -> CompletionItem {
    let Completion { code, label, text, named, filter, import, name, deprecated } = completion;
    let phrase = named.then(|| format!("{code} {name}"));
    let (details, detail) = if abilities.label_details {
        let details =
            |phrase| CompletionItemLabelDetails { detail: None, description: Some(phrase) };
        (phrase.map(details), None)
    } else {
        (None, phrase)
    };
    let registered = code.entry().is_some();
    let data = Data { code: code.get(), url: (!registered).then(|| snapshot.url.clone()) };
    let import =
        import.as_ref().map(|it| TextEdit::new(positions.range(&it.range), it.text.clone()));
    let kind = if *named { CompletionItemKind::CONSTANT } else { CompletionItemKind::VALUE };
    let tags = *deprecated && abilities.deprecated_tag;
    CompletionItem {
        label: label.clone(),
        label_details: details,
        kind: Some(kind),
        detail,
        sort_text: Some(format!("{code}{}", u8::from(*named))),
        filter_text: Some(filter.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, text.clone()))),
        additional_text_edits: import.map(|import| vec![import]),
        tags: tags.then(|| vec![CompletionItemTag::DEPRECATED]),
        data: serde_json::to_value(data).ok(),
        ..CompletionItem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::is_in_passing;

    #[test]
    fn signs_that_end_something_ask_for_nothing() {
        for (before, trigger) in
            [("status:", ":"), ("f(x):", ":"), ("\"a\":", ":"), ("Found .", "."), ("\"a\" .", ".")]
        {
            assert!(is_in_passing(before, Some(trigger)), "{before}");
            assert!(!is_in_passing(before, None), "{before}");
        }
        for (before, trigger) in
            [("StatusCode::", ":"), ("head :", ":"), ("http.", "."), ("Abort(.", "."), ("4", "4")]
        {
            assert!(!is_in_passing(before, Some(trigger)), "{before}");
        }
    }
}
