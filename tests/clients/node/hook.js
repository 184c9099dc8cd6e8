// Lets `require("vscode")` find ours; VS Code does the same with its own.
"use strict";

const Module = require("node:module");
const path = require("node:path");

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request === "vscode"
    ? path.join(__dirname, "vscode/index.js")
    : resolve.call(this, request, ...rest);
};
