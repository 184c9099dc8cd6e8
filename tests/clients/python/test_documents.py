"""What a document is told: for every kind of client, in its encoding and its form."""

from lsprotocol import types

from server import HELIX, MINIMAL, SOURCE, VSCODE

WARNING = types.DiagnosticSeverity.Warning
FIXED = "Apply all safe fixes of statuslint"


async def test_says_who_it_is(client, profile, tmp_path):
    result = await client.begin(profile, tmp_path)
    assert result.server_info.name == "statuslint"
    assert result.capabilities.position_encoding == profile.encoding
    assert result.capabilities.diagnostic_provider.identifier == "statuslint"


async def test_diagnostics(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()
    found = await document.diagnostics()
    assert [(it.code, it.severity, it.source, it.range) for it in found] == [
        ("unused-code", WARNING, "statuslint", document.range("306")),
        ("unknown-code", WARNING, "statuslint", document.range("209")),
        ("unused-allow", WARNING, "statuslint", document.range("unused-code")),
    ]
    assert "`306` is registered as unused" in found[0].message
    assert found[0].code_description.href.endswith("/unused_code.md")
    assert all(profile.related or it.related_information is None for it in found)

    document.change("306", "308")
    assert await document.codes() == ["unknown-code", "unused-allow"]
    document.replace(SOURCE.replace("209", "208"))
    assert await document.codes() == ["unused-code", "unused-allow"]
    document.save()
    document.close()
    if profile.pulls:
        assert list((await document.pull()).items) == []
        assert client.published == []
    else:

        async def last():
            return (client.published[-1].version, list(client.published[-1].diagnostics))

        await client.eventually(last, (None, []))


async def test_hover(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()

    async def hover(place):
        return await client.text_document_hover_async(types.HoverParams(document.identifier, place))

    number = await hover(document.inside("404", 1))
    assert number.range == document.range("404", 1)
    kind = types.MarkupKind.Markdown if profile.markdown else types.MarkupKind.PlainText
    assert number.contents.kind == kind
    assert "404 Not Found" in number.contents.value
    assert "RFC 9110 section 15.5.5" in number.contents.value
    constant = await hover(document.inside("HTTP_404_NOT_FOUND"))
    assert constant.range == document.range("status.HTTP_404_NOT_FOUND")
    unknown = await hover(document.inside("209"))
    assert "is not a registered status code" in unknown.contents.value
    assert await hover(document.inside("kind")) is None


async def test_inlay_hints(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()

    async def hints(place):
        params = types.InlayHintParams(document.identifier, place)
        found = await client.text_document_inlay_hint_async(params)
        return [(it.label, it.position) for it in found]

    unused = ("(Unused)", document.range("306").end)
    missing = ("Not Found", document.range("404", 1).end)
    assert await hints(document.all()) == [unused, missing]
    assert await hints(document.range("raise HTTPException(404, kind)")) == [missing]


async def test_quick_fix(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()
    found = (await document.diagnostics())[1]
    actions = await document.actions(found.range, [found], [types.CodeActionKind.QuickFix])
    [fix] = [it for it in actions if it.title == "Replace 209 with 208 Already Reported"]
    assert fix.kind == types.CodeActionKind.QuickFix
    assert list(fix.diagnostics) == [found]
    assert fix.is_preferred is False
    assert document.edited(document.edits(fix)) == SOURCE.replace("209", "208")
    for action in actions:
        assert action.kind == types.CodeActionKind.QuickFix
        if action.edit is not None and action is not fix:
            assert document.edited(document.edits(action)) != SOURCE


async def test_rewrites(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()

    async def rewrite(place):
        actions = await document.actions(place, only=[types.CodeActionKind.RefactorRewrite])
        return [(it.title, it.kind, document.edited(document.edits(it))) for it in actions]

    constant = "status.HTTP_404_NOT_FOUND"
    kind = types.CodeActionKind.RefactorRewrite
    named = SOURCE.replace("(404, kind)", f"({constant}, kind)")
    title = f"Replace 404 with {constant}"
    assert await rewrite(document.range("404", 1)) == [(title, kind, named)]
    plain = SOURCE.replace(f"== {constant}", "== 404")
    title = f"Replace {constant} with 404"
    assert await rewrite(document.range(constant)) == [(title, kind, plain)]


async def test_fix_all(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()
    fixed = SOURCE.replace("    # statuslint: allow(unused-code)\n", "")
    for kind in [types.CodeActionKind.SourceFixAll, "source.fixAll.statuslint"]:
        [action] = await document.actions(document.all(), only=[kind])
        assert (action.title, action.kind) == (FIXED, "source.fixAll.statuslint")
        assert document.edited(document.edits(action)) == fixed
    document.replace(fixed)
    assert not await document.actions(document.all(), only=["source.fixAll.statuslint"])


async def test_highlights(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()

    async def highlights(place):
        params = types.DocumentHighlightParams(document.identifier, place)
        found = await client.text_document_document_highlight_async(params)
        return found and [(it.range, it.kind) for it in found]

    write, read = types.DocumentHighlightKind.Write, types.DocumentHighlightKind.Read
    all_of_404 = [
        (document.range("404"), write),
        (document.range("404", 1), write),
        (document.range("status.HTTP_404_NOT_FOUND"), read),
    ]
    assert await highlights(document.inside("404")) == all_of_404
    assert await highlights(document.inside("HTTP_404_NOT_FOUND")) == all_of_404
    assert await highlights(document.inside("306")) == [(document.range("306"), write)]
    assert await highlights(document.inside("app")) is None


async def test_links(client, profile, tmp_path):
    await client.begin(profile, tmp_path)
    document = client.open()
    params = types.DocumentLinkParams(document.identifier)
    found = await client.text_document_document_link_async(params)
    links = profile.capabilities.text_document and profile.capabilities.text_document.document_link
    rfc = "https://www.rfc-editor.org/rfc/rfc9110.html#section-"
    section = "RFC 9110 section "

    def tooltip(text):
        return section + text if links and links.tooltip_support else None

    assert [(it.range, it.target, it.tooltip) for it in found] == [
        (document.range("404"), rfc + "15.5.5", tooltip("15.5.5")),
        (document.range("306"), rfc + "15.4.7", tooltip("15.4.7")),
        (document.range("404", 1), rfc + "15.5.5", tooltip("15.5.5")),
    ]


async def test_completion(client, profile, tmp_path):
    result = await client.begin(profile, tmp_path)
    assert result.capabilities.completion_provider.resolve_provider
    document = client.open(SOURCE.replace("306", "40"))

    async def complete(place):
        params = types.CompletionParams(document.identifier, place)
        answer = await client.text_document_completion_async(params)
        return list(answer.items) if answer else []

    items = await complete(document.range("status_code=40").end)
    texts = [it.text_edit.new_text for it in items]
    assert len(texts) == len(set(texts))
    for item in items:
        edits = [item.text_edit, *(item.additional_text_edits or [])]
        assert document.edited(edits) == SOURCE.replace("306", item.text_edit.new_text)
        assert profile.label_details or item.label_details is None
    missing = [it for it in items if it.text_edit.new_text in ("404", "status.HTTP_404_NOT_FOUND")]
    assert missing, texts
    for item in missing:
        shown = await client.completion_item_resolve_async(item)
        kind = (
            types.MarkupKind.Markdown if profile.completes_markdown else types.MarkupKind.PlainText
        )
        assert shown.documentation.kind == kind
        assert "404 Not Found" in shown.documentation.value
        assert shown.text_edit == item.text_edit

    document.replace(SOURCE.replace("306", "not_f"))
    named = await complete(document.range("not_f").end)
    assert any("404" in it.text_edit.new_text for it in named)
    assert await complete(document.inside("kind")) == []


async def test_pull_by_result_ids(client, tmp_path):
    await client.begin(VSCODE, tmp_path)
    document = client.open()
    first = await document.pull()
    assert (first.kind, len(first.items)) == ("full", 3)
    again = await document.pull(first.result_id)
    assert (again.kind, again.result_id) == ("unchanged", first.result_id)
    document.change("306", "308")
    other = await document.pull(first.result_id)
    assert (other.kind, len(other.items)) == ("full", 2)
    assert other.result_id != first.result_id


async def test_what_is_not_open_has_nothing(client, tmp_path):
    await client.begin(MINIMAL, tmp_path)
    identifier = types.TextDocumentIdentifier((tmp_path / "none.py").as_uri())
    start = types.Position(0, 0)
    hover = types.HoverParams(identifier, start)
    assert await client.text_document_hover_async(hover) is None
    links = types.DocumentLinkParams(identifier)
    assert await client.text_document_document_link_async(links) is None


async def test_every_language_is_spoken(client, tmp_path):
    await client.begin(HELIX, tmp_path)
    go = 'package a\n\nimport "net/http"\n\nfunc f(w http.ResponseWriter) {\n\tw.WriteHeader(306)\n}\n'
    assert await client.open(go, "a.go", "go").codes() == ["unused-code"]
    js = 'import express from "express";\nexpress().get("/", (q, r) => r.status(306).end());\n'
    assert await client.open(js, "a.js", "javascript").codes() == ["unused-code"]
    assert await client.open("306 209 999\n", "a.txt", "plaintext").codes() == []
