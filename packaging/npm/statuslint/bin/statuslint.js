#!/usr/bin/env node
// Runs the binary of this platform, which npm has installed beside this package.
"use strict";
const { spawn } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;

/** The path of the binary: the one somebody names, else that of the platform's package. */
function binary() {
  if (process.env.STATUSLINT_BINARY) return process.env.STATUSLINT_BINARY;
  const name = process.platform === "win32" ? "statuslint.exe" : "statuslint";
  try {
    return require.resolve(`@statuslint/${platform}/${name}`);
  } catch {
    return undefined;
  }
}

function run(command) {
  const child = spawn(command, process.argv.slice(2), { stdio: "inherit" });
  // Whoever stops this process means that one; a terminal tells both, which is as good.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`cannot run ${command}: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}

const command = binary();
if (command === undefined) {
  fail(
    `npm has installed no statuslint for ${platform}. Install without --omit=optional or --no-optional; ` +
      "where there is no package for this platform, build it with cargo and name it in STATUSLINT_BINARY.",
  );
} else {
  run(command);
}
