//! What the client can do, as far as an answer depends on it.

use lsp_types::{ClientCapabilities, CompletionItemTag, MarkupKind, ResourceOperationKind};

/// What the client can do, as far as an answer depends on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub(crate) struct Abilities {
    /// Shows Markdown in a hover.
    pub(crate) markdown: bool,
    /// Shows Markdown beside a completion.
    pub(crate) completion_markdown: bool,
    /// Says in what formats it shows the documentation of completions; else it knows only text.
    pub(crate) completion_markup: bool,
    /// Shows what stands behind the label of a completion.
    pub(crate) label_details: bool,
    /// Shows that a completion should not be chosen any more.
    pub(crate) deprecated_tag: bool,
    /// Takes edits with the version of the document they are for.
    pub(crate) document_changes: bool,
    /// Takes edits that create a file.
    pub(crate) creates_files: bool,
    /// Shows what belongs to a diagnostic.
    pub(crate) related_information: bool,
    /// Shows what a link leads to.
    pub(crate) link_tooltips: bool,
    /// Watches files for us.
    pub(crate) watches_files: bool,
    /// Tells of changed settings when asked to.
    pub(crate) registers_settings: bool,
    /// Tells its settings when asked.
    pub(crate) configuration: bool,
    /// Asks for inlay hints again when told.
    pub(crate) inlay_refresh: bool,
    /// Asks for diagnostics, so that it need not be told.
    pub(crate) pulls: bool,
    /// Wants to know when there are other places of statuses.
    pub(crate) follows_sites: bool,
    /// Asks for diagnostics again when told.
    pub(crate) diagnostic_refresh: bool,
}

impl Abilities {
    /// Reads them out of what the client said.
    pub(crate) fn of(capabilities: &ClientCapabilities) -> Self {
        let workspace = capabilities.workspace.as_ref();
        let documents = capabilities.text_document.as_ref();
        let hover = documents.and_then(|documents| documents.hover.as_ref());
        let publish = documents.and_then(|documents| documents.publish_diagnostics.as_ref());
        let links = documents.and_then(|documents| documents.document_link.as_ref());
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files);
        let settings = workspace.and_then(|workspace| workspace.did_change_configuration);
        let hints = workspace.and_then(|workspace| workspace.inlay_hint.as_ref());
        let pulls = workspace.and_then(|workspace| workspace.diagnostic.as_ref());
        let completion = documents.and_then(|documents| documents.completion.as_ref());
        let items = completion.and_then(|completion| completion.completion_item.as_ref());
        let tags = items.and_then(|items| items.tag_support.as_ref());
        Self {
            completion_markup: items
                .and_then(|items| items.documentation_format.as_ref())
                .is_some_and(|kinds| !kinds.is_empty()),
            completion_markdown: items
                .and_then(|items| items.documentation_format.as_ref())
                .is_some_and(|kinds| kinds.contains(&MarkupKind::Markdown)),
            label_details: items.and_then(|items| items.label_details_support).unwrap_or(false),
            deprecated_tag: tags
                .is_some_and(|tags| tags.value_set.contains(&CompletionItemTag::DEPRECATED)),
            follows_sites: capabilities
                .experimental
                .as_ref()
                .and_then(|ours| ours.pointer("/statuslint/sites")?.as_bool())
                .unwrap_or(false),
            pulls: documents.is_some_and(|documents| documents.diagnostic.is_some()),
            diagnostic_refresh: pulls.and_then(|it| it.refresh_support).unwrap_or(false),
            markdown: hover
                .and_then(|hover| hover.content_format.as_ref())
                .is_some_and(|kinds| kinds.contains(&MarkupKind::Markdown)),
            creates_files: edit.is_some_and(|edit| {
                let kinds = edit.resource_operations.as_deref().unwrap_or_default();
                edit.document_changes == Some(true)
                    && kinds.contains(&ResourceOperationKind::Create)
            }),
            document_changes: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            related_information: publish.and_then(|it| it.related_information).unwrap_or(false),
            link_tooltips: links.and_then(|links| links.tooltip_support).unwrap_or(false),
            watches_files: watching.and_then(|it| it.dynamic_registration).unwrap_or(false),
            registers_settings: settings.and_then(|it| it.dynamic_registration).unwrap_or(false),
            configuration: workspace.and_then(|it| it.configuration).unwrap_or(false),
            inlay_refresh: hints.and_then(|hints| hints.refresh_support).unwrap_or(false),
        }
    }
}
