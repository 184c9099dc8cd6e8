// Sessions of the language client with a server of their own, and what was said in them.
"use strict";

require("./hook");
const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { LanguageClient } = require("vscode-languageclient/node");

const GO = `\
package shop

import "net/http"

func f(w http.ResponseWriter) {
\tw.WriteHeader(http.StatusNotFound)
\tw.WriteHeader(306)
}
`;
const QUIET = 'allow = [209, 306]\n[rules]\nunused-allow = "off"\n';

// What was said in all sessions: the methods of the client, and the messages of the server.
const driven = new Set();
const heard = { messages: 0, methods: new Set() };

// A client of older times, which is told of diagnostics and does not ask.
class OlderClient extends LanguageClient {
  registerFeature(feature) {
    if (feature.registrationType?.method !== "textDocument/diagnostic") super.registerFeature(feature);
  }
}

async function start(Client = LanguageClient, initializationOptions = undefined) {
  const server = spawn(process.env.STATUSLINT, ["lsp"]);
  const published = [];
  const client = new Client("statuslint", "statuslint", async () => server, {
    documentSelector: [{ scheme: "file" }],
    initializationOptions,
    connectionOptions: {
      messageStrategy: {
        handleMessage(message, next) {
          heard.messages += 1;
          if (message.method) heard.methods.add(message.method);
          next(message);
        },
      },
    },
    middleware: {
      sendRequest(type, params, ...rest) {
        const next = rest.pop();
        driven.add(type.method ?? type);
        return next(type, params, ...rest);
      },
      sendNotification(type, next, params) {
        driven.add(type.method ?? type);
        return next(type, params);
      },
      handleDiagnostics(uri, diagnostics, next) {
        published.push({ uri: uri.toString(), count: diagnostics.length });
        next(uri, diagnostics);
      },
    },
  });
  await client.start();
  return { client, server, published };
}

async function stop({ client, server }) {
  const ended = once(server, "exit");
  await client.stop();
  assert.deepEqual(await ended, [0, null]);
}

// Looks until it is as wanted, for as long as the server may take.
async function eventually(look, wanted) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const seen = await look();
    try {
      return assert.deepEqual(seen, wanted);
    } catch (difference) {
      if (Date.now() > deadline) throw difference;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// A folder whose name VS Code spells otherwise than the server does.
function workspace() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop (é) @1 "));
  fs.writeFileSync(path.join(folder, "shop.go"), GO);
  fs.writeFileSync(path.join(folder, "own.toml"), QUIET);
  return folder;
}

module.exports = { OlderClient, QUIET, driven, eventually, heard, start, stop, workspace };
