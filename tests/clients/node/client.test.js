// The client of VS Code's extensions, against the built server: what it makes of the answers is what
// VS Code would be given. STATUSLINT is the binary.
"use strict";

// First, because it finds `vscode` for all others.
const { OlderClient, QUIET, driven, eventually, heard, start, stop, workspace } = require("./session");
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, describe, test } = require("node:test");
const vscode = require("vscode");

const { editor } = vscode;

const SOURCE = `\
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
`;
const ALL = ["unused-code", "unknown-code", "unused-allow"];
const RFC = "https://www.rfc-editor.org/rfc/rfc9110.html#section-";

const { token } = new vscode.CancellationTokenSource();

const plain = (value) => JSON.parse(JSON.stringify(value));
const codes = (uri) => editor.problems(uri).map((it) => it.code.value);

describe("the client of VS Code", () => {
  const folder = workspace();
  const shop = vscode.Uri.file(path.join(folder, "shop.go")).toString();
  const inFolder = (name) => path.join(folder, name);
  let session, document;

  before(async () => {
    editor.folders([folder]);
    session = await start();
    document = editor.open(inFolder("api.py"), "python", SOURCE);
  });
  after(async () => {
    editor.close(document);
    await stop(session);
    editor.folders([]);
    fs.rmSync(folder, { recursive: true });
  });

  test("registers a provider for each feature", () => {
    const { capabilities, serverInfo } = session.client.initializeResult;
    assert.equal(serverInfo.name, "statuslint");
    assert.equal(capabilities.positionEncoding, "utf-16");
    assert.deepEqual(editor.providers(), [
      "CodeActions",
      "CompletionItem",
      "DocumentHighlight",
      "DocumentLink",
      "Hover",
      "InlayHints",
      "Reference",
      "WorkspaceSymbol",
    ]);
  });

  test("shows problems, and no more when they are mended", async () => {
    await eventually(() => codes(document.uri), ALL);
    const [unused, unknown, allow] = editor.problems(document.uri);
    assert.deepEqual(unused.range, document.range("306"));
    assert.deepEqual(unknown.range, document.range("209"));
    assert.deepEqual(allow.range, document.range("unused-code"));
    assert.equal(unused.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(unused.source, "statuslint");
    assert.match(unused.message, /^`306` is registered as unused/);
    assert.match(unused.code.target.path, /\/unused_code\.md$/);
    assert.match(unused.relatedInformation[0].message, /^help: /);
    assert.equal(unused.relatedInformation[0].location.uri.toString(), document.uri.toString());
    editor.replace(document, "306", "308");
    await eventually(() => codes(document.uri), ALL.slice(1));
    editor.replace(document, "308", "306");
    await eventually(() => codes(document.uri), ALL);
    editor.save(document);
  });

  test("shows problems of files that are not open", async () => {
    await eventually(() => codes(vscode.Uri.parse(shop)), ["unused-code"]);
  });

  test("hovers", async () => {
    const { provider } = editor.provider("Hover", document);
    const hover = await provider.provideHover(document, document.range("404", 1).start, token);
    assert.deepEqual(hover.range, document.range("404", 1));
    assert.equal(hover.contents.length, 1);
    assert.ok(hover.contents[0] instanceof vscode.MarkdownString);
    assert.match(hover.contents[0].value, /404 Not Found/);
    assert.equal(hover.contents[0].isTrusted, false);
    assert.equal(await provider.provideHover(document, document.range("kind").start, token), undefined);
  });

  test("hints", async () => {
    const { provider } = editor.provider("InlayHints", document);
    const all = new vscode.Range(new vscode.Position(0, 0), document.positionAt(SOURCE.length));
    const hints = await provider.provideInlayHints(document, all, token);
    assert.deepEqual(
      plain(hints.map((it) => [it.label, it.position, it.paddingLeft])),
      plain([
        ["(Unused)", document.range("306").end, true],
        ["Not Found", document.range("404", 1).end, true],
      ]),
    );
  });

  test("completes", async () => {
    const { provider } = editor.provider("CompletionItem", document);
    editor.replace(document, "status_code=306", "status_code=");
    const place = document.range("status_code=").end;
    const context = { triggerKind: vscode.CompletionTriggerKind.Invoke, triggerCharacter: undefined };
    const found = await provider.provideCompletionItems(document, place, token, context);
    const items = found.items ?? found;
    const missing = items.find((it) => /404/.test(`${it.label.label ?? it.label} ${it.filterText ?? ""}`));
    assert.ok(missing, `${items.length} items, but none for 404`);
    const resolved = provider.resolveCompletionItem
      ? await provider.resolveCompletionItem(missing, token)
      : missing;
    assert.ok(resolved.documentation, "an item says what the code means");
    const edit = { range: resolved.range?.replacing ?? resolved.range ?? new vscode.Range(place, place) };
    editor.write(document, [{ ...edit, newText: resolved.insertText?.value ?? resolved.insertText }]);
    assert.match(document.getText(), /status_code=(404|status\.HTTP_404_NOT_FOUND)\)/);
    editor.write(document, [
      {
        range: new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.text.length)),
        newText: SOURCE,
      },
    ]);
    await eventually(() => codes(document.uri), ALL);
  });

  async function actions(range, only) {
    const { provider } = editor.provider("CodeActions", document);
    const diagnostics = editor.problems(document.uri).filter((it) => it.range.isEqual(range));
    const context = { diagnostics, only, triggerKind: vscode.CodeActionTriggerKind.Invoke };
    const found = (await provider.provideCodeActions(document, range, context, token)) ?? [];
    assert.ok(found.every((it) => it instanceof vscode.CodeAction));
    return Promise.all(found.map((it) => (it.edit ? it : provider.resolveCodeAction(it, token))));
  }

  // The text after an action, which is taken back then.
  async function withAction(action) {
    assert.equal(await vscode.workspace.applyEdit(action.edit), true);
    const text = document.getText();
    const all = new vscode.Range(new vscode.Position(0, 0), document.positionAt(text.length));
    editor.write(document, [{ range: all, newText: SOURCE }]);
    await eventually(() => codes(document.uri), ALL);
    return text;
  }

  test("mends", async () => {
    const { rest } = editor.provider("CodeActions", document);
    const kinds = ["quickfix", "refactor.rewrite", "source.fixAll.statuslint"];
    assert.deepEqual(
      rest[0].providedCodeActionKinds.map((it) => it.value),
      kinds,
    );
    const found = await actions(document.range("209"), vscode.CodeActionKind.QuickFix);
    const fix = found.find((it) => it.title === "Replace 209 with 208 Already Reported");
    assert.equal(fix.kind, vscode.CodeActionKind.QuickFix);
    assert.equal(fix.diagnostics[0].code.value, "unknown-code");
    assert.equal(await withAction(fix), SOURCE.replace("209", "208"));
  });

  test("allows what was found, here or in a configuration that it makes", async () => {
    const found = await actions(document.range("209"), vscode.CodeActionKind.QuickFix);
    const titled = (title) => found.find((it) => it.title === title);
    const file = inFolder("statuslint.toml");
    await vscode.workspace.applyEdit(titled("Allow 209 in a new statuslint.toml").edit);
    assert.equal(fs.readFileSync(file, "utf8"), "allow = [209]\n");
    await eventually(() => codes(document.uri), ["unused-code", "unused-allow"]);
    fs.rmSync(file);
    editor.file("delete", file);
    await eventually(() => codes(document.uri), ALL);
    const text = await withAction(titled("Allow unknown-code on this line"));
    assert.match(text, /statuslint: allow\(unknown-code\)/);
  });

  test("writes a constant for a number, and all safe fixes at once", async () => {
    const [rewrite] = await actions(document.range("404", 1), vscode.CodeActionKind.RefactorRewrite);
    assert.equal(rewrite.title, "Replace 404 with status.HTTP_404_NOT_FOUND");
    assert.equal(
      await withAction(rewrite),
      SOURCE.replace("(404, kind)", "(status.HTTP_404_NOT_FOUND, kind)"),
    );
    const all = await actions(document.range("app"), vscode.CodeActionKind.SourceFixAll);
    assert.deepEqual(
      all.map((it) => it.kind.value),
      ["source.fixAll.statuslint"],
    );
    assert.equal(await withAction(all[0]), SOURCE.replace("    # statuslint: allow(unused-code)\n", ""));
  });

  test("highlights", async () => {
    const { provider } = editor.provider("DocumentHighlight", document);
    const found = await provider.provideDocumentHighlights(document, document.range("404").start, token);
    const { Read, Write } = vscode.DocumentHighlightKind;
    assert.deepEqual(
      plain(found),
      plain([
        { range: document.range("404"), kind: Write },
        { range: document.range("404", 1), kind: Write },
        { range: document.range("status.HTTP_404_NOT_FOUND"), kind: Read },
      ]),
    );
  });

  test("links", async () => {
    const { provider } = editor.provider("DocumentLink", document);
    const found = await provider.provideDocumentLinks(document, token);
    assert.deepEqual(
      found.map((it) => decodeURIComponent(it.target.toString())),
      [`${RFC}15.5.5`, `${RFC}15.4.7`, `${RFC}15.5.5`],
    );
    assert.deepEqual(found[1].range, document.range("306"));
    assert.equal(found[1].tooltip, "RFC 9110 section 15.4.7");
  });

  test("finds references in open and closed files", async () => {
    const { provider } = editor.provider("Reference", document);
    const own = document.uri.toString();
    const references = async (includeDeclaration) => {
      const found = await provider.provideReferences(
        document,
        document.range("404").start,
        { includeDeclaration },
        token,
      );
      return found.map((it) => [it.uri.toString(), it.range.start.line]);
    };
    await eventually(
      () => references(true),
      [
        [own, 3],
        [own, 9],
        [own, 14],
        [shop, 5],
      ],
    );
    assert.deepEqual(await references(false), [
      [own, 9],
      [own, 14],
      [shop, 5],
    ]);
  });

  test("lists every place of a status", async () => {
    const { sites } = await session.client.sendRequest("statuslint/sites", {});
    const own = document.uri.toString();
    // Clients and servers may escape the same address in different ways.
    const places = (of) => of.map(([uri, line]) => [decodeURIComponent(uri), line]);
    assert.deepEqual(
      places(sites.filter((it) => it.code === 404).map((it) => [it.uri, it.range.start.line])),
      places([[own, 3], [own, 9], [own, 14], [shop, 5]]),
    );
  });

  test("finds symbols by what they mean", async () => {
    const { provider } = editor.provider("WorkspaceSymbol");
    const found = await provider.provideWorkspaceSymbols("not found", token);
    assert.ok(found.every((it) => it.kind === vscode.SymbolKind.Constant && it.name === "404 Not Found"));
    assert.deepEqual(
      found.map((it) => it.containerName),
      ["404", "404", "status.HTTP_404_NOT_FOUND", "http.StatusNotFound"],
    );
    assert.equal(found.at(-1).location.uri.toString(), shop);
  });

  test("judges anew when the settings change", async () => {
    editor.settings({ statuslint: { config: "own.toml" } });
    await eventually(() => codes(document.uri), []);
    editor.settings({ statuslint: { evidence: "perhaps" } });
    await eventually(() => codes(document.uri), ALL);
    await eventually(() => editor.messages().map((it) => it.kind), ["error"]);
    assert.match(editor.messages()[0].message, /"perhaps"/);
    editor.settings({});
  });

  test("judges anew when a file changes", async () => {
    await eventually(() => codes(document.uri), ALL);
    fs.writeFileSync(inFolder("statuslint.toml"), QUIET);
    assert.equal(editor.file("create", inFolder("statuslint.toml")), 1);
    await eventually(() => codes(document.uri), []);
    fs.rmSync(inFolder("statuslint.toml"));
    assert.equal(editor.file("delete", inFolder("statuslint.toml")), 1);
    await eventually(() => codes(document.uri), ALL);
    assert.equal(editor.file("change", inFolder("picture.png")), 0);
  });

  test("follows the folders", async () => {
    const other = workspace();
    const far = vscode.Uri.file(path.join(other, "shop.go")).toString();
    const { provider } = editor.provider("WorkspaceSymbol");
    const gone = async () =>
      (await provider.provideWorkspaceSymbols("StatusNotFound", token)).map((it) =>
        it.location.uri.toString(),
      );
    const files = async () => [...new Set(await gone())].filter((it) => it.endsWith(".go")).sort();
    editor.folders([folder, other]);
    await eventually(files, [shop, far].sort());
    editor.folders([folder]);
    await eventually(files, [shop]);
    fs.rmSync(other, { recursive: true });
  });

  test("is asked nothing that it cannot answer, and has nothing to complain of", () => {
    const complaints = editor.log().filter((it) => it.level === "error" || it.level === "warn");
    assert.deepEqual(complaints, []);
  });
});

test("a client that is told, and its options", async () => {
  const folder = workspace();
  editor.folders([folder]);
  const session = await start(OlderClient);
  const document = editor.open(path.join(folder, "api.py"), "python", SOURCE);
  const told = (uri, { published }) =>
    published.filter((it) => it.uri === uri.toString()).map((it) => it.count);
  await eventually(() => told(document.uri, session).at(-1), 3);
  assert.deepEqual(codes(document.uri), ALL);
  editor.replace(document, "209", "208");
  await eventually(() => codes(document.uri), ["unused-code", "unused-allow"]);
  editor.close(document);
  await eventually(() => told(document.uri, session).at(-1), 0);
  await stop(session);

  const quiet = await start(OlderClient, { config: "own.toml" });
  const other = editor.open(path.join(folder, "other.py"), "python", SOURCE);
  await eventually(() => told(other.uri, quiet)[0], 0);
  editor.close(other);
  await stop(quiet);
  editor.folders([]);
  fs.rmSync(folder, { recursive: true });
});

test("everything that the server offers was driven", () => {
  const wanted = [
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didSave",
    "textDocument/didClose",
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/inlayHint",
    "textDocument/codeAction",
    "textDocument/documentHighlight",
    "textDocument/documentLink",
    "textDocument/references",
    "textDocument/diagnostic",
    "workspace/diagnostic",
    "workspace/symbol",
    "statuslint/sites",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
  ];
  assert.deepEqual(
    wanted.filter((method) => !driven.has(method)),
    [],
  );
  console.log(
    `${heard.messages} messages of the server, ${driven.size} methods driven: ${[...driven].sort().join(", ")}`,
  );
  console.log(`the server asked and told: ${[...heard.methods].sort().join(", ")}`);
});
