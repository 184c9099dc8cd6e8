"""What concerns more than a document: the places of a code, settings, files, folders, the whole."""

import asyncio

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from server import EMACS, HELIX, MINIMAL, NEOVIM, SOURCE, VSCODE, Profile, recorded

GO = """\
package shop

import "net/http"

func f(w http.ResponseWriter) {
	w.WriteHeader(http.StatusNotFound)
	w.WriteHeader(306)
}
"""
QUIET = 'allow = [209, 306]\n[rules]\nunused-allow = "off"\n'
ALL = ["unused-code", "unknown-code", "unused-allow"]


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.as_uri()


async def places(client, document, place, declarations=True):
    """Where the code of a place stands, as documents and lines."""
    context = types.ReferenceContext(declarations)
    params = types.ReferenceParams(context, document.identifier, place)
    found = await client.text_document_references_async(params)
    return [(it.uri, it.range.start.line) for it in found]


async def changed(client, uri, kind=types.FileChangeType.Changed):
    """Says that a file has changed."""
    params = types.DidChangeWatchedFilesParams([types.FileEvent(uri, kind)])
    client.workspace_did_change_watched_files(params)


async def test_references(client, profile, tmp_path):
    shop = write(tmp_path, "shop.go", GO)
    await client.begin(profile, tmp_path)
    document = client.open()
    own = [(document.uri, 3), (document.uri, 9), (document.uri, 14)]

    async def references():
        return await places(client, document, document.inside("404", 1))

    await client.eventually(references, [*own, (shop, 5)])
    uses = await places(client, document, document.inside("404", 1), declarations=False)
    assert uses == [*own[1:], (shop, 5)]


async def test_symbols(client, profile, tmp_path):
    shop = write(tmp_path, "shop.go", GO)
    await client.begin(profile, tmp_path)
    document = client.open()

    async def symbols(query):
        found = await client.workspace_symbol_async(types.WorkspaceSymbolParams(query))
        assert all(it.kind == types.SymbolKind.Constant for it in found)
        return [(it.name, it.container_name, it.location.uri) for it in found]

    async def missing():
        return await symbols("not found")

    spellings = ["404", "404", "status.HTTP_404_NOT_FOUND"]
    wanted = [("404 Not Found", written, document.uri) for written in spellings]
    await client.eventually(missing, [*wanted, ("404 Not Found", "http.StatusNotFound", shop)])
    assert await symbols("209") == [("209", "209", document.uri)]
    assert await symbols("nothing of ours") == []


@pytest.mark.parametrize("profile", [VSCODE, EMACS, MINIMAL], ids=str)
async def test_sites(client, profile, tmp_path):
    shop = write(tmp_path, "shop.go", GO)
    await client.begin(profile, tmp_path)
    document = client.open()

    async def sites(params):
        answer = await client.protocol.send_request_async("statuslint/sites", params)
        return [(it.uri, it.code, it.range.start.line) for it in answer.sites]

    here = [(document.uri, code, line) for code, line in [(404, 3), (306, 7), (209, 8), (404, 9)]]
    here.append((document.uri, 404, 14))
    assert await sites({"uri": document.uri}) == here
    assert await sites({}) == [*here, (shop, 404, 5), (shop, 306, 6)]


@pytest.mark.parametrize("profile", [VSCODE, HELIX, EMACS], ids=str)
async def test_settings_that_are_asked_for(client, profile, tmp_path):
    write(tmp_path, "own.toml", QUIET)
    client.set_configuration({"config": "own.toml"}, section="statuslint")
    await client.begin(profile, tmp_path)
    document = client.open()
    await client.eventually(document.codes, [])
    client.set_configuration({"evidence": "perhaps"}, section="statuslint")
    params = types.DidChangeConfigurationParams(settings=None)
    client.workspace_did_change_configuration(params)
    await client.eventually(document.codes, ALL)

    async def told():
        return [message.type for message in client.messages if "perhaps" in message.message]

    await client.eventually(told, [types.MessageType.Error])


@pytest.mark.parametrize("profile", [NEOVIM, MINIMAL], ids=str)
async def test_settings_that_are_told(client, profile, tmp_path):
    write(tmp_path, "own.toml", QUIET)
    # Neovim can be asked too; this one cannot.
    capabilities = recorded("neovim-0.7") if profile is NEOVIM else types.ClientCapabilities()
    if capabilities.workspace:
        capabilities.workspace.configuration = False
    await client.begin(Profile("told", capabilities, "utf-16"), tmp_path)
    document = client.open()
    assert await document.codes() == ALL
    params = types.DidChangeConfigurationParams({"statuslint": {"config": "own.toml"}})
    client.workspace_did_change_configuration(params)
    await client.eventually(document.codes, [])


async def test_settings_at_the_start(client, profile, tmp_path):
    # They count while the client, when it is asked, has no others.
    write(tmp_path, "own.toml", QUIET)
    await client.begin(profile, tmp_path, {"config": "own.toml"})
    document = client.open()
    assert await document.codes() == []
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings={}))
    document.replace("#" + SOURCE)
    assert await document.codes() == []


async def test_registrations(client, profile, tmp_path):
    await client.begin(profile, tmp_path)

    async def methods():
        return sorted(it.method for it in client.registrations)

    await client.eventually(methods, profile.registrations)


@pytest.mark.parametrize("profile", [VSCODE, HELIX, EMACS], ids=str)
async def test_watched_files(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()
    assert await document.codes() == ALL
    uri = write(tmp_path, "statuslint.toml", QUIET)
    refreshed = len(client.refreshed)
    await changed(client, uri, types.FileChangeType.Created)
    if profile.pulls:
        await client.refresh_of("diagnostic", refreshed)
        await client.refresh_of("inlayHint", refreshed)
    await client.eventually(document.codes, [])
    write(tmp_path, "statuslint.toml", "[rules]\nunused-code = 7\n")
    await changed(client, uri)
    await client.eventually(document.codes, ALL)

    async def told():
        return any("statuslint.toml" in message.message for message in client.messages)

    await client.eventually(told, True)
    (tmp_path / "statuslint.toml").unlink()
    await changed(client, uri, types.FileChangeType.Deleted)
    assert await document.codes() == ALL


async def test_folders_come_and_go(client, profile, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    first, second = write(one, "shop.go", GO), write(two, "shop.go", GO)
    await client.begin(profile, one)
    document = client.open("from http import HTTPStatus\n\nx = HTTPStatus.NOT_FOUND\n")

    async def references():
        return [uri for uri, _ in await places(client, document, document.inside("NOT_FOUND"))]

    await client.eventually(references, [document.uri, first])
    folder = [types.WorkspaceFolder(two.as_uri(), "two")]

    def change(**event):
        event = types.WorkspaceFoldersChangeEvent(**event)
        params = types.DidChangeWorkspaceFoldersParams(event)
        client.workspace_did_change_workspace_folders(params)

    change(added=folder, removed=[])
    await client.eventually(references, [document.uri, first, second])
    change(added=[], removed=folder)
    await client.eventually(references, [document.uri, first])


async def test_two_folders_have_their_own_settings(client, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    write(one, "statuslint.toml", QUIET)
    two.mkdir()
    await client.begin(VSCODE, one, others=[two])
    assert await client.open().codes() == []
    assert await client.open(name="../two/api.py").codes() == ALL


async def test_whole_workspace(client, profile, tmp_path):
    result = await client.begin(profile, tmp_path)
    assert result.capabilities.diagnostic_provider.workspace_diagnostics
    shop = write(tmp_path, "shop.go", GO)
    clean = write(tmp_path, "clean.py", "print(404)\n")
    document = client.open()
    found = await whole(client, "first")
    assert {uri: codes for uri, codes in found.items() if codes} == {
        document.uri: ALL,
        shop: ["unused-code"],
    }
    assert found.get(clean, []) == []


async def test_whole_workspace_by_result_ids(client, tmp_path):
    await client.begin(VSCODE, tmp_path)
    write(tmp_path, "shop.go", GO)
    write(tmp_path, "api.py", SOURCE)
    reports = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    known = [types.PreviousResultId(it.uri, it.result_id) for it in reports.items]
    assert {it.kind for it in reports.items} == {"full"}
    again = asyncio.create_task(
        client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
    )
    # What is unchanged may be held back until something changes.
    done, _ = await asyncio.wait([again], timeout=1)
    if done:
        assert {it.kind for it in again.result().items} <= {"unchanged"}
    write(tmp_path, "shop.go", GO.replace("306", "404"))
    await changed(client, (tmp_path / "shop.go").as_uri())
    if not done:
        await asyncio.wait_for(again, 20)
    mended = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
    full = {it.uri: list(it.items) for it in mended.items if it.kind == "full"}
    assert full == {(tmp_path / "shop.go").as_uri(): []}


async def whole(client, name):
    """The rules that found something, by document, with progress and partial results."""
    partial, done = f"{name}-partial", f"{name}-done"
    client.protocol.partial[partial] = types.WorkspaceDiagnosticReportPartialResult
    params = types.WorkspaceDiagnosticParams(
        [], partial_result_token=partial, work_done_token=done, identifier="statuslint"
    )
    result = await client.workspace_diagnostic_async(params)
    values = [it.value for it in client.progress if it.token == partial]
    told = [it.value["kind"] for it in client.progress if it.token == done]
    assert told[0] == "begin" and told[-1] == "end"
    assert set(told[1:-1]) <= {"report"}
    found = {}
    for item in [item for value in values for item in value["items"]]:
        assert item["uri"] not in found, "a document is reported once"
        found[item["uri"]] = [it["code"] for it in item["items"]]
    for item in result.items:
        assert item.uri not in found, "a document is reported once"
        found[item.uri] = [it.code for it in item.items]
    return found


async def test_cancelled_requests_are_answered_once(client, tmp_path):
    await client.begin(MINIMAL, tmp_path)
    document = client.open(SOURCE * 200)
    params = types.HoverParams(document.identifier, document.inside("306"))
    for number in range(20):
        answer = client.protocol.send_request_async("textDocument/hover", params, number)
        answer = asyncio.ensure_future(answer)
        await asyncio.sleep(0)
        client.cancel_request(types.CancelParams(number))
        try:
            hover = await asyncio.wait_for(answer, 20)
            assert "306" in hover.contents.value
        except JsonRpcException as problem:
            assert problem.code == types.LSPErrorCodes.RequestCancelled


async def test_traces(client, tmp_path):
    await client.begin(MINIMAL, tmp_path)
    client.set_trace(types.SetTraceParams(types.TraceValue.Messages))
    await client.open().diagnostics()

    async def traced():
        return any(it.message.startswith("analyzed ") for it in client.traces)

    await client.eventually(traced, True)
