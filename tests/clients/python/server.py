"""The sessions of the tests: whose client it is, its workspace, and how it is written to."""

import asyncio
import json
import os
import time
from pathlib import Path

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from strict import StrictProtocol

RECORDED = Path(__file__).parents[2] / "e2e/lsp/initialize"
PATIENCE = 20.0

SOURCE = """\
from fastapi import FastAPI, HTTPException, Response, status

app = FastAPI()
NOT_FOUND = 404


def answer(kind: str, response: Response) -> None:
    if kind == "é🦀": raise HTTPException(status_code=306)
    if kind == "𝄞": response.status_code = 209
    raise HTTPException(404, kind)


def check(response):
    # statuslint: allow(unused-code)
    return response.status_code == status.HTTP_404_NOT_FOUND
"""


class Profile:
    """A kind of client: what it can do, and what is to be expected of the server then."""

    def __init__(self, name, capabilities, encoding):
        self.name = name
        self.capabilities = capabilities
        self.encoding = encoding
        documents = capabilities.text_document or types.TextDocumentClientCapabilities()
        workspace = capabilities.workspace or types.WorkspaceClientCapabilities()
        edits = workspace.workspace_edit
        hover = documents.hover
        publish = documents.publish_diagnostics
        watching = workspace.did_change_watched_files
        self.pulls = documents.diagnostic is not None
        self.document_changes = bool(edits and edits.document_changes)
        self.markdown = types.MarkupKind.Markdown in ((hover and hover.content_format) or ())
        self.related = bool(publish and publish.related_information)
        item = documents.completion and documents.completion.completion_item
        formats = item and item.documentation_format
        self.completes_markdown = types.MarkupKind.Markdown in (formats or ())
        self.label_details = bool(item and item.label_details_support)
        settings = workspace.did_change_configuration
        self.registrations = sorted(
            method
            for method, ability in [
                (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watching),
                (types.WORKSPACE_DID_CHANGE_CONFIGURATION, settings),
            ]
            if ability and ability.dynamic_registration
        )

    def __repr__(self):
        return self.name


def recorded(name):
    """The capabilities that a client was seen to have."""
    params = json.loads((RECORDED / f"{name}.json").read_text())
    return get_converter().structure(params, types.InitializeParams).capabilities


def only_utf_32():
    """No known client wants this one above all, but the protocol has it."""
    capabilities = recorded("eglot-emacs-30")
    capabilities.general.position_encodings = [types.PositionEncodingKind.Utf32]
    return capabilities


VSCODE = Profile("VS Code", recorded("vscode"), "utf-16")
NEOVIM = Profile("Neovim", recorded("neovim-0.7"), "utf-16")
HELIX = Profile("Helix", recorded("helix"), "utf-8")
EMACS = Profile("Emacs, UTF-32", only_utf_32(), "utf-32")
MINIMAL = Profile("minimal", types.ClientCapabilities(), "utf-16")
PROFILES = [VSCODE, NEOVIM, HELIX, EMACS, MINIMAL]


class Client(LanguageClient):
    """A client that keeps what it is told, and knows how it likes to be told."""

    protocol: StrictProtocol

    def __init__(self):
        super().__init__(protocol_cls=StrictProtocol, converter_factory=default_converter)
        self.published = []
        self.refreshed = []
        self.registrations = []
        self.traces = []
        self.progress = []
        own = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: on_publish,
            types.CLIENT_REGISTER_CAPABILITY: on_register,
            types.WORKSPACE_DIAGNOSTIC_REFRESH: on_refresh("diagnostic"),
            types.WORKSPACE_INLAY_HINT_REFRESH: on_refresh("inlayHint"),
            types.LOG_TRACE: on_trace,
            types.PROGRESS: on_progress,
        }
        register_lsp_features(self, DEFAULT_CLIENT_FEATURES | own)

    async def begin(self, profile, folder, options=None, others=()):
        """Introduces a client of this kind to the server, with a folder or more."""
        self.profile = profile
        self.folder = folder
        folders = [types.WorkspaceFolder(it.as_uri(), it.name) for it in (folder, *others)]
        params = types.InitializeParams(
            capabilities=profile.capabilities,
            root_uri=folder.as_uri(),
            workspace_folders=folders,
            initialization_options=options,
        )
        result = await asyncio.wait_for(self.initialize_session(params), PATIENCE)
        self.abilities = result.capabilities
        return result

    async def end(self):
        """Leaves, and sees how the server ends."""
        await asyncio.wait_for(self.shutdown_session(), PATIENCE)
        assert self._server.returncode == 0

    def open(self, text=SOURCE, name="api.py", language="python"):
        """Opens a document of the workspace, which need not be a file."""
        uri = (self.folder / name).as_uri()
        document = types.TextDocumentItem(uri, language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return Document(self, uri, text)

    async def eventually(self, ask, wanted):
        """Asks until the answer is the one, for as long as the server may take."""
        deadline = time.monotonic() + PATIENCE
        while (answer := await ask()) != wanted:
            assert time.monotonic() < deadline, f"{answer!r} and not {wanted!r}"
            await asyncio.sleep(0.02)

    async def refresh_of(self, what, after=0):
        """Waits until the server has asked for something to be asked for again."""

        async def asked():
            return self.refreshed[after:].count(what) > 0

        await self.eventually(asked, True)


class Document:
    """An open document."""

    def __init__(self, client, uri, text):
        self.client = client
        self.uri = uri
        self.text = text
        self.version = 1
        self.identifier = types.TextDocumentIdentifier(uri)

    def position(self, offset):
        """The position of a character of the text, counted as was agreed."""
        before = self.text[:offset]
        line = before[before.rfind("\n") + 1 :]
        encoding = self.client.profile.encoding
        if encoding == "utf-8":
            character = len(line.encode())
        elif encoding == "utf-16":
            character = len(line.encode("utf-16-le")) // 2
        else:
            character = len(line)
        return types.Position(before.count("\n"), character)

    def offset(self, position):
        """The character at a position."""
        for offset in range(len(self.text) + 1):
            if self.position(offset) == position:
                return offset
        raise AssertionError(f"{position} is not in the text")

    def range(self, piece, count=0):
        """Where a piece stands for the first time, or after so many others."""
        start = -1
        for _ in range(count + 1):
            start = self.text.index(piece, start + 1)
        return types.Range(self.position(start), self.position(start + len(piece)))

    def inside(self, piece, count=0):
        """A position within a piece."""
        start = self.range(piece, count).start
        return types.Position(start.line, start.character + 1)

    def all(self):
        """The range of the whole text."""
        return types.Range(self.position(0), self.position(len(self.text)))

    def edited(self, edits):
        """The text after edits."""
        spans = [(self.offset(it.range.start), self.offset(it.range.end), it) for it in edits]
        text = self.text
        for start, end, edit in sorted(spans, key=lambda it: it[0], reverse=True):
            text = text[:start] + edit.new_text + text[end:]
        return text

    def change(self, piece, new, count=0):
        """Writes something else in the place of a piece."""
        place = self.range(piece, count)
        start = self.offset(place.start)
        self._changed(types.TextDocumentContentChangePartial(range=place, text=new))
        self.text = self.text[:start] + new + self.text[start + len(piece) :]

    def replace(self, text):
        """Writes the whole text anew."""
        self._changed(types.TextDocumentContentChangeWholeDocument(text))
        self.text = text

    def _changed(self, change):
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        params = types.DidChangeTextDocumentParams(document, [change])
        self.client.text_document_did_change(params)

    def save(self):
        """Says that it is saved."""
        params = types.DidSaveTextDocumentParams(self.identifier)
        self.client.text_document_did_save(params)

    def close(self):
        """Closes it."""
        params = types.DidCloseTextDocumentParams(self.identifier)
        self.client.text_document_did_close(params)

    async def pull(self, previous=None):
        """Asks for the diagnostics."""
        params = types.DocumentDiagnosticParams(self.identifier, previous_result_id=previous)
        return await self.client.text_document_diagnostic_async(params)

    async def diagnostics(self):
        """The diagnostics of the text as it is, asked for or told."""
        if self.client.profile.pulls:
            return list((await self.pull()).items)
        deadline = time.monotonic() + PATIENCE
        while True:
            for params in reversed(self.client.published):
                if params.uri == self.uri and params.version == self.version:
                    return list(params.diagnostics)
            assert time.monotonic() < deadline, "no diagnostics were told"
            await asyncio.sleep(0.01)

    async def codes(self):
        """The rules that found something, in the order of the findings."""
        return [found.code for found in await self.diagnostics()]

    async def actions(self, place, diagnostics=(), only=None):
        """The code actions for a place."""
        context = types.CodeActionContext(diagnostics, only=only)
        params = types.CodeActionParams(self.identifier, place, context)
        return await self.client.text_document_code_action_async(params)

    def edits(self, action):
        """The edits of an action, which has to have the form that the client takes."""
        if not self.client.profile.document_changes:
            assert action.edit.document_changes is None
            assert list(action.edit.changes) == [self.uri]
            return action.edit.changes[self.uri]
        assert action.edit.changes is None
        [change] = action.edit.document_changes
        assert change.text_document.uri == self.uri
        assert change.text_document.version == self.version
        return change.edits


def on_publish(client: Client, params: types.PublishDiagnosticsParams):
    client.published.append(params)


def on_register(client: Client, params: types.RegistrationParams):
    client.registrations += params.registrations


def on_refresh(what):
    def refresh(client: Client, params: None):
        client.refreshed.append(what)

    return refresh


def on_trace(client: Client, params: types.LogTraceParams):
    client.traces.append(params)


def on_progress(client: Client, params: types.ProgressParams):
    client.progress.append(params)


SERVER = ClientServerConfig(server_command=[os.environ["STATUSLINT"], "lsp"], client_factory=Client)
