// The values of VS Code's API that the language client makes and reads.
"use strict";

const path = require("node:path");

class Disposable {
  constructor(dispose) {
    this.dispose = dispose;
  }

  static from(...disposables) {
    return new Disposable(() => disposables.forEach((it) => it.dispose()));
  }
}

class EventEmitter {
  #listeners = new Set();

  event = (listener, self, disposables) => {
    const entry = { call: listener.bind(self) };
    this.#listeners.add(entry);
    const disposable = new Disposable(() => this.#listeners.delete(entry));
    disposables?.push(disposable);
    return disposable;
  };

  fire(event) {
    for (const entry of [...this.#listeners]) entry.call(event);
  }

  dispose() {
    this.#listeners.clear();
  }
}

class CancellationTokenSource {
  #emitter = new EventEmitter();

  constructor() {
    this.token = { isCancellationRequested: false, onCancellationRequested: this.#emitter.event };
  }

  cancel() {
    if (this.token.isCancellationRequested) return;
    this.token.isCancellationRequested = true;
    this.#emitter.fire();
  }

  dispose() {
    this.#emitter.dispose();
  }
}

class CancellationError extends Error {
  constructor() {
    super("Canceled");
    this.name = "Canceled";
  }
}

// VS Code escapes more than it has to: every byte that is no letter, digit, or one of `-._~/`.
const escaped = (text, kept) =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase())
    .replaceAll("%2F", kept);

class Uri {
  constructor(scheme, authority, path, query, fragment) {
    Object.assign(this, { scheme, authority, path, query, fragment });
  }

  static parse(text) {
    const parts = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i.exec(text);
    if (!parts) throw new Error(`${text} is no URI`);
    return new Uri(...parts.slice(1).map((part) => decodeURIComponent(part ?? "")));
  }

  static file(name) {
    return new Uri("file", "", path.resolve(name), "", "");
  }

  get fsPath() {
    return this.path;
  }

  with(change) {
    const { scheme, authority, path, query, fragment } = { ...this, ...change };
    return new Uri(scheme, authority, path, query, fragment);
  }

  toString() {
    const authority = this.authority || this.scheme === "file" ? `//${escaped(this.authority, "/")}` : "";
    const query = this.query ? `?${escaped(this.query, "%2F")}` : "";
    const fragment = this.fragment ? `#${escaped(this.fragment, "%2F")}` : "";
    return `${this.scheme}:${authority}${escaped(this.path, "/")}${query}${fragment}`;
  }

  toJSON() {
    return this.toString();
  }
}

class Position {
  constructor(line, character) {
    if (!(line >= 0 && character >= 0)) throw new Error(`${line}:${character} is no position`);
    Object.assign(this, { line, character });
  }

  isBefore(other) {
    return this.line < other.line || (this.line === other.line && this.character < other.character);
  }

  isEqual(other) {
    return this.line === other.line && this.character === other.character;
  }
}

class Range {
  constructor(start, end, ...rest) {
    if (rest.length > 0) {
      const [endLine, endCharacter] = rest;
      [start, end] = [new Position(start, end), new Position(endLine, endCharacter)];
    }
    if (!(start instanceof Position && end instanceof Position)) throw new Error("no range");
    [this.start, this.end] = end.isBefore(start) ? [end, start] : [start, end];
  }

  get isEmpty() {
    return this.start.isEqual(this.end);
  }

  isEqual(other) {
    return this.start.isEqual(other.start) && this.end.isEqual(other.end);
  }
}

// A class whose instances keep what they are made of under these names.
const record = (...names) =>
  class {
    constructor(...values) {
      names.forEach((name, index) => {
        if (values[index] !== undefined) this[name] = values[index];
      });
    }
  };

// Names for numbers, and numbers for the names.
const numbered = (first, ...names) => {
  const kinds = {};
  names.forEach((name, index) => {
    kinds[name] = first + index;
    kinds[first + index] = name;
  });
  return kinds;
};

class MarkdownString {
  constructor(value = "") {
    this.value = value;
  }

  appendCodeblock(code, language = "") {
    this.value += `\n\`\`\`${language}\n${code}\n\`\`\`\n`;
    return this;
  }
}

class Hover {
  constructor(contents, range) {
    this.contents = Array.isArray(contents) ? contents : [contents];
    this.range = range;
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value;
  }

  append(part) {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }

  contains(other) {
    return this.value === "" || other.value === this.value || other.value.startsWith(`${this.value}.`);
  }
}
CodeActionKind.Empty = new CodeActionKind("");
for (const [name, value] of Object.entries({
  QuickFix: "quickfix",
  Refactor: "refactor",
  RefactorExtract: "refactor.extract",
  RefactorInline: "refactor.inline",
  RefactorMove: "refactor.move",
  RefactorRewrite: "refactor.rewrite",
  Source: "source",
  SourceOrganizeImports: "source.organizeImports",
  SourceFixAll: "source.fixAll",
})) {
  CodeActionKind[name] = new CodeActionKind(value);
}

class WorkspaceEdit {
  #entries = new Map();

  // An edit may come as a pair with what to tell about it.
  set(uri, edits) {
    const plain = edits.map((it) => (Array.isArray(it) ? it[0] : it));
    this.#entries.set(uri.toString(), [uri, plain]);
  }

  entries() {
    return [...this.#entries.values()];
  }

  get size() {
    return this.#entries.size;
  }
}

class Diagnostic extends record("range", "message", "severity") {
  constructor(range, message, severity = 0) {
    super(range, message, severity);
  }
}

module.exports = {
  CallHierarchyItem: record("kind", "name", "detail", "uri", "range", "selectionRange"),
  CancellationError,
  CancellationTokenSource,
  CodeAction: record("title", "kind"),
  CodeActionKind,
  CodeActionTriggerKind: numbered(1, "Invoke", "Automatic"),
  CodeLens: record("range", "command"),
  CompletionItem: record("label", "kind"),
  CompletionItemKind: numbered(
    0,
    "Text",
    "Method",
    "Function",
    "Constructor",
    "Field",
    "Variable",
    "Class",
    "Interface",
    "Module",
    "Property",
    "Unit",
    "Value",
    "Enum",
    "Keyword",
    "Snippet",
    "Color",
    "File",
    "Reference",
    "Folder",
    "EnumMember",
    "Constant",
    "Struct",
    "Event",
    "Operator",
    "TypeParameter",
  ),
  CompletionItemTag: numbered(1, "Deprecated"),
  CompletionList: record("items", "isIncomplete"),
  CompletionTriggerKind: numbered(0, "Invoke", "TriggerCharacter", "TriggerForIncompleteCompletions"),
  Diagnostic,
  DiagnosticRelatedInformation: record("location", "message"),
  DiagnosticSeverity: numbered(0, "Error", "Warning", "Information", "Hint"),
  DiagnosticTag: numbered(1, "Unnecessary", "Deprecated"),
  Disposable,
  DocumentHighlight: record("range", "kind"),
  DocumentHighlightKind: numbered(0, "Text", "Read", "Write"),
  DocumentLink: record("range", "target"),
  EventEmitter,
  Hover,
  InlayHint: record("position", "label", "kind"),
  InlayHintKind: numbered(1, "Type", "Parameter"),
  InlayHintLabelPart: record("value"),
  Location: record("uri", "range"),
  LogLevel: numbered(0, "Off", "Trace", "Debug", "Info", "Warning", "Error"),
  MarkdownString,
  Position,
  ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
  Range,
  RelativePattern: record("baseUri", "pattern"),
  SnippetString: record("value"),
  SymbolInformation: record("name", "kind", "containerName", "location"),
  SymbolKind: numbered(
    0,
    "File",
    "Module",
    "Namespace",
    "Package",
    "Class",
    "Method",
    "Property",
    "Field",
    "Constructor",
    "Enum",
    "Interface",
    "Function",
    "Variable",
    "Constant",
    "String",
    "Number",
    "Boolean",
    "Array",
    "Object",
    "Key",
    "Null",
    "EnumMember",
    "Struct",
    "Event",
    "Operator",
    "TypeParameter",
  ),
  SymbolTag: numbered(1, "Deprecated"),
  TabInputCustom: record("uri", "viewType"),
  TabInputNotebook: record("uri", "notebookType"),
  TabInputText: record("uri"),
  TabInputTextDiff: record("original", "modified"),
  TextDocumentSaveReason: numbered(1, "Manual", "AfterDelay", "FocusOut"),
  TextEdit: record("range", "newText"),
  TypeHierarchyItem: record("kind", "name", "detail", "uri", "range", "selectionRange"),
  Uri,
  WorkspaceEdit,
};
