// As much of the module `vscode` as the language client needs to run outside of VS Code: documents,
// folders and settings that change, and registries that remember what is registered.
//
// `editor` is for the tests: it does what a user does, and tells what a user sees.
"use strict";

const values = require("./values");
const { Disposable, EventEmitter, Position, Range, TabInputText, Uri } = values;

class TextDocument {
  constructor(uri, languageId, text) {
    Object.assign(this, { uri, languageId, version: 1, isDirty: false, isClosed: false, text });
    this.fileName = uri.fsPath;
  }

  getText(range) {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }

  get lineCount() {
    return this.text.split("\n").length;
  }

  offsetAt(position) {
    const lines = this.text.split("\n");
    const before = lines.slice(0, position.line).reduce((sum, line) => sum + line.length + 1, 0);
    return Math.min(before + position.character, this.text.length);
  }

  positionAt(offset) {
    const before = this.text.slice(0, offset).split("\n");
    return new Position(before.length - 1, before.at(-1).length);
  }

  // Where a piece stands for the first time, or after so many others.
  range(piece, count = 0) {
    let start = -1;
    for (let index = 0; index <= count; index += 1) {
      start = this.text.indexOf(piece, start + 1);
      if (start < 0) throw new Error(`${piece} is not in the document`);
    }
    return new Range(this.positionAt(start), this.positionAt(start + piece.length));
  }
}

const emitters = {};
const event = (name) => (emitters[name] ??= new EventEmitter()).event;

const state = { documents: [], folders: [], settings: {}, collections: [], messages: [], log: [] };
let providers = [];
let watchers = [];

const workspace = {
  get textDocuments() {
    return [...state.documents];
  },
  notebookDocuments: [],
  get workspaceFolders() {
    return state.folders.length > 0 ? [...state.folders] : undefined;
  },
  getWorkspaceFolder(uri) {
    return state.folders.find((folder) => `${uri}/`.startsWith(`${folder.uri}/`));
  },
  getConfiguration(section) {
    const found = (key) =>
      [section, key]
        .filter(Boolean)
        .join(".")
        .split(".")
        .reduce((part, name) => part?.[name], state.settings);
    return { get: (key, other) => found(key) ?? other, has: (key) => found(key) !== undefined };
  },
  createFileSystemWatcher(pattern, ignoresCreate, ignoresChange, ignoresDelete) {
    const kinds = { create: !ignoresCreate, change: !ignoresChange, delete: !ignoresDelete };
    const made = Object.keys(kinds).map((kind) => [kind, new EventEmitter()]);
    const watcher = { pattern, kinds, emitters: Object.fromEntries(made) };
    watchers.push(watcher);
    return {
      onDidCreate: watcher.emitters.create.event,
      onDidChange: watcher.emitters.change.event,
      onDidDelete: watcher.emitters.delete.event,
      dispose: () => (watchers = watchers.filter((it) => it !== watcher)),
    };
  },
  async applyEdit(edit) {
    for (const [uri, edits] of edit.entries()) {
      const document = state.documents.find((it) => it.uri.toString() === uri.toString());
      if (!document) return false;
      editor.write(document, edits);
    }
    return true;
  },
};
for (const name of [
  "onDidChangeConfiguration",
  "onDidChangeNotebookDocument",
  "onDidChangeTextDocument",
  "onDidChangeWorkspaceFolders",
  "onDidCloseNotebookDocument",
  "onDidCloseTextDocument",
  "onDidCreateFiles",
  "onDidDeleteFiles",
  "onDidOpenNotebookDocument",
  "onDidOpenTextDocument",
  "onDidRenameFiles",
  "onDidSaveNotebookDocument",
  "onDidSaveTextDocument",
  "onWillCreateFiles",
  "onWillDeleteFiles",
  "onWillRenameFiles",
  "onWillSaveTextDocument",
]) {
  workspace[name] = event(name);
}

const languages = {
  match(selector, document) {
    const filters = Array.isArray(selector) ? selector : [selector];
    const matches = (filter) =>
      typeof filter === "string"
        ? filter === document.languageId
        : (filter.language ?? document.languageId) === document.languageId &&
          (filter.scheme ?? document.uri.scheme) === document.uri.scheme;
    return filters.some(matches) ? 10 : 0;
  },
  createDiagnosticCollection(name) {
    const entries = new Map();
    const collection = {
      name,
      set: (uri, diagnostics) => entries.set(uri.toString(), [uri, diagnostics ?? []]),
      delete: (uri) => entries.delete(uri.toString()),
      clear: () => entries.clear(),
      get: (uri) => entries.get(uri.toString())?.[1],
      has: (uri) => entries.has(uri.toString()),
      forEach: (call) => entries.forEach(([uri, diagnostics]) => call(uri, diagnostics, collection)),
      dispose: () => (state.collections = state.collections.filter((it) => it !== collection)),
    };
    state.collections.push(collection);
    return collection;
  },
};
const register =
  (kind) =>
  (selector, provider, ...rest) => {
    const entry = { kind, selector, provider, rest };
    providers.push(entry);
    return new Disposable(() => (providers = providers.filter((it) => it !== entry)));
  };
for (const kind of [
  "CodeActions",
  "CompletionItem",
  "DocumentHighlight",
  "DocumentLink",
  "Hover",
  "InlayHints",
  "Reference",
]) {
  languages[`register${kind}Provider`] = register(kind);
}
// This one is for no documents in particular.
languages.registerWorkspaceSymbolProvider = (provider) => register("WorkspaceSymbol")(undefined, provider);

const show = (kind) => async (message) => void state.messages.push({ kind, message });
const window = {
  activeTextEditor: undefined,
  get visibleTextEditors() {
    return state.documents.map((document) => ({ document }));
  },
  tabGroups: {
    get all() {
      return [{ tabs: state.documents.map((document) => ({ input: new TabInputText(document.uri) })) }];
    },
    onDidChangeTabs: event("onDidChangeTabs"),
  },
  onDidChangeActiveTextEditor: event("onDidChangeActiveTextEditor"),
  onDidChangeVisibleTextEditors: event("onDidChangeVisibleTextEditors"),
  showErrorMessage: show("error"),
  showWarningMessage: show("warning"),
  showInformationMessage: show("information"),
  createOutputChannel(name) {
    const write = (level) => (text) => state.log.push({ level, text });
    return {
      name,
      logLevel: values.LogLevel.Info,
      append: write("info"),
      appendLine: write("info"),
      ...Object.fromEntries(["trace", "debug", "info", "warn", "error"].map((it) => [it, write(it)])),
      clear: () => {},
      show: () => {},
      hide: () => {},
      dispose: () => {},
      onDidChangeLogLevel: event("onDidChangeLogLevel"),
    };
  },
  async withProgress(_options, task) {
    return task({ report: () => {} }, new values.CancellationTokenSource().token);
  },
};

// Whether a path matches a pattern of stars and braces.
function matches(pattern, path) {
  const text = typeof pattern === "string" ? pattern : pattern.pattern;
  const source = text
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(
      /\*\*\/|\*|\?|\{|\}|,/g,
      (sign) => ({ "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")", ",": "|" })[sign],
    );
  return new RegExp(`^${source}$`).test(path.slice(1));
}

const editor = {
  open(name, languageId, text) {
    const document = new TextDocument(Uri.file(name), languageId, text);
    state.documents.push(document);
    emitters.onDidOpenTextDocument.fire(document);
    emitters.onDidChangeTabs.fire({ opened: [document], closed: [], changed: [] });
    return document;
  },
  // Writes the new text of edits into a document, the last first.
  write(document, edits) {
    const sorted = [...edits].sort(
      (one, other) => document.offsetAt(other.range.start) - document.offsetAt(one.range.start),
    );
    const contentChanges = sorted.map(({ range, newText }) => {
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      document.text = document.text.slice(0, start) + newText + document.text.slice(end);
      return { range, rangeOffset: start, rangeLength: end - start, text: newText };
    });
    document.version += 1;
    document.isDirty = true;
    emitters.onDidChangeTextDocument.fire({ document, contentChanges, reason: undefined });
  },
  replace(document, piece, newText) {
    editor.write(document, [{ range: document.range(piece), newText }]);
  },
  save(document) {
    document.isDirty = false;
    emitters.onDidSaveTextDocument.fire(document);
  },
  close(document) {
    state.documents = state.documents.filter((it) => it !== document);
    document.isClosed = true;
    emitters.onDidCloseTextDocument.fire(document);
    emitters.onDidChangeTabs.fire({ opened: [], closed: [document], changed: [] });
  },
  folders(names) {
    const before = state.folders;
    state.folders = names.map((name, index) => ({ uri: Uri.file(name), name, index }));
    const missing = (these, those) => these.filter((one) => !those.some((it) => it.name === one.name));
    emitters.onDidChangeWorkspaceFolders.fire({
      added: missing(state.folders, before),
      removed: missing(before, state.folders),
    });
  },
  settings(settings) {
    state.settings = settings;
    emitters.onDidChangeConfiguration.fire({ affectsConfiguration: (section) => section === "statuslint" });
  },
  // Tells the watchers of a file; gives how many wanted to know.
  file(kind, name) {
    const interested = watchers.filter((watcher) => watcher.kinds[kind] && matches(watcher.pattern, name));
    interested.forEach((watcher) => watcher.emitters[kind].fire(Uri.file(name)));
    return interested.length;
  },
  // What the problems panel shows for a file.
  problems(uri) {
    return state.collections.flatMap((collection) => collection.get(uri) ?? []);
  },
  // The one provider of a kind for a document.
  provider(kind, document) {
    const found = providers.filter(
      (it) => it.kind === kind && (!document || languages.match(it.selector, document)),
    );
    if (found.length !== 1) throw new Error(`${found.length} providers of ${kind}`);
    return found[0];
  },
  providers: () => providers.map((it) => it.kind).sort(),
  watchers: () => watchers.length,
  messages: () => state.messages,
  log: () => state.log,
};

module.exports = {
  ...values,
  commands: { registerCommand: () => new Disposable(() => {}) },
  editor,
  env: { appName: "a shim", language: "en", openExternal: async () => true },
  languages,
  version: "1.106.0",
  window,
  workspace,
};
