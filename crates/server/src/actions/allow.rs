//! Allowing what was found: by a comment on the line, or in the configuration file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{
    CodeAction, CodeActionKind, CreateFile, CreateFileOptions, Diagnostic, DocumentChangeOperation,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit,
    TextEdit, Url, WorkspaceEdit,
};
use statuslint_codes::StatusCode;
use statuslint_config::{Change, Config, FILE_NAMES, replacement};
use statuslint_lint::{Finding, allow_on_line};
use statuslint_workspace::Checked;

use super::workspace_edit;
use crate::configuration::Wishes;
use crate::diagnostics::diagnostic;
use crate::documents::Snapshot;
use crate::positions::Positions;
use crate::session::Session;

/// Of so many findings at once at most: who selects more wants to allow none of them by itself.
const MOST: usize = 4;

/// A configuration file is no larger than this, in bytes.
const LARGEST: u64 = 1_000_000;

/// The comments that silence findings, each rule once a line.
pub(super) fn on_lines(
    session: &Session,
    snapshot: &Snapshot,
    checked: &Checked,
    findings: &[&Finding],
) -> Vec<CodeAction> {
    let Some(language) = checked.language else { return Vec::new() };
    let (positions, abilities) = (snapshot.positions(), session.abilities());
    let line = |finding: &Finding| positions.position(finding.range.start).line;
    let mut seen = BTreeSet::new();
    let each = findings.iter().filter(|finding| seen.insert((line(finding), finding.rule)));
    let action = |finding: &&Finding| {
        let Checked { text, settings, report, .. } = checked;
        let fix = allow_on_line(text, language, settings, report, finding)?;
        let same = |other: &&&Finding| (line(other), other.rule) == (line(finding), finding.rule);
        let same = findings.iter().filter(same);
        let diagnostics = same.map(|it| diagnostic(it, snapshot, &positions, abilities)).collect();
        let edit = workspace_edit(&fix, snapshot, &positions, abilities);
        Some(action(fix.title, diagnostics, edit))
    };
    each.take(MOST).filter_map(action).collect()
}

/// The changes of the configuration file that silence findings, each once.
pub(super) fn in_configuration(
    session: &Session,
    snapshot: &Snapshot,
    findings: &[&Finding],
) -> Vec<CodeAction> {
    if findings.is_empty() {
        return Vec::new();
    }
    let Some(file) = Governing::of(session, snapshot) else { return Vec::new() };
    let (positions, abilities) = (snapshot.positions(), session.abilities());
    let mut actions: Vec<(Change, CodeAction)> = Vec::new();
    for finding in findings.iter().take(MOST) {
        let shown = diagnostic(finding, snapshot, &positions, abilities);
        for change in changes(finding) {
            if let Some((_, known)) = actions.iter_mut().find(|(known, _)| *known == change) {
                known.diagnostics.get_or_insert_default().push(shown.clone());
            } else if let Some(edit) = file.with(change, session) {
                let made = action(file.title(change), vec![shown.clone()], edit);
                actions.push((change, made));
            }
        }
    }
    // What allows least comes first.
    actions.sort_by_key(|(change, _)| match change {
        Change::Allow(_) => 0,
        Change::Vendor(_) => 1,
        Change::Off(_) => 2,
    });
    actions.into_iter().map(|(_, action)| action).collect()
}

fn action(title: String, diagnostics: Vec<Diagnostic>, edit: WorkspaceEdit) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(diagnostics),
        edit: Some(edit),
        ..CodeAction::default()
    }
}

/// What silences a finding for the whole project.
fn changes(finding: &Finding) -> Vec<Change> {
    let judged = statuslint_lint::respects_allow(finding.rule);
    let code = finding.code.filter(|_| judged);
    let vendors = code.into_iter().flat_map(StatusCode::vendors).map(|entry| entry.vendor);
    let vendors: BTreeSet<&'static str> = vendors.collect();
    let allow = code.into_iter().map(Change::Allow);
    allow
        .chain(vendors.into_iter().map(Change::Vendor))
        .chain([Change::Off(finding.rule)])
        .collect()
}

/// The configuration file that governs a document.
struct Governing {
    /// The document.
    document: PathBuf,
    wishes: Wishes,
    path: PathBuf,
    url: Url,
    /// Its text: that in the editor, else that on the disk; `None` when there is no file yet.
    text: Option<Arc<String>>,
    /// The version of that in the editor.
    version: Option<i32>,
}

impl Governing {
    fn of(session: &Session, snapshot: &Snapshot) -> Option<Self> {
        let (document, wishes, root) = {
            let configuration = session.configuration();
            let document = configuration.path_of(&snapshot.url);
            let root = configuration.root_of(&document).map(Path::to_path_buf);
            (document.clone(), configuration.wishes(&document), root)
        };
        let config = wishes.configs.for_path(&document).ok()?;
        let path = config.path().map(Path::to_path_buf);
        let is_new = path.is_none();
        let path = path.or_else(|| Some(root?.join(FILE_NAMES[0])))?;
        let url = Url::from_file_path(&path).ok()?;
        let same = |url: &Url| url.to_file_path().is_ok_and(|other| other == path);
        let open = session.documents.urls().into_iter().find(same);
        if let Some(open) = open.and_then(|url| session.documents.snapshot(&url)) {
            let (url, version, text) = (open.url, Some(open.version), Some(open.text));
            return Some(Self { document, wishes, path, url, text, version });
        }
        let text = if is_new {
            // One that is there after all may say anything.
            let can = session.abilities().creates_files && fs::symlink_metadata(&path).is_err();
            can.then_some(None)?
        } else {
            let is_small = fs::metadata(&path).is_ok_and(|file| file.len() <= LARGEST);
            is_small.then(|| fs::read_to_string(&path).ok())??.into()
        };
        let text = text.map(Arc::new);
        Some(Self { document, wishes, path, url, text, version: None })
    }

    /// The edit that makes a change, if it does what it says.
    fn with(&self, change: Change, session: &Session) -> Option<WorkspaceEdit> {
        let before = self.text.as_deref().map_or("", String::as_str);
        let after = change.made(before)?;
        let (config, _) = Config::parse(&self.path, &after).ok()?;
        config.silences(change, &self.document, &self.wishes.overrides).then_some(())?;
        let (range, text) = replacement(before, &after);
        let range = Positions::new(before, session.documents.encoding()).range(&range);
        Some(self.edit(TextEdit::new(range, text.to_owned()), session))
    }

    fn edit(&self, edit: TextEdit, session: &Session) -> WorkspaceEdit {
        if !session.abilities().document_changes {
            return WorkspaceEdit::new([(self.url.clone(), vec![edit])].into());
        }
        let text_document = OptionalVersionedTextDocumentIdentifier {
            uri: self.url.clone(),
            version: self.version,
        };
        let change = TextDocumentEdit { text_document, edits: vec![OneOf::Left(edit)] };
        let changes = if self.text.is_some() {
            DocumentChanges::Edits(vec![change])
        } else {
            let options =
                CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
            let create =
                CreateFile { uri: self.url.clone(), options: Some(options), annotation_id: None };
            let create = DocumentChangeOperation::Op(ResourceOp::Create(create));
            DocumentChanges::Operations(vec![create, DocumentChangeOperation::Edit(change)])
        };
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    }

    /// What a change does, for people.
    fn title(&self, change: Change) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let new = if self.text.is_some() { "" } else { "a new " };
        match change {
            Change::Allow(code) => format!("Allow {code} in {new}{name}"),
            Change::Vendor(vendor) => format!("Allow the codes of {vendor} in {new}{name}"),
            Change::Off(rule) => format!("Turn off {rule} in {new}{name}"),
        }
    }
}
