// Which binary is run, and which never is.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, test } from "node:test";

import { chooseServer, type Surroundings } from "../src/server";

const root = mkdtempSync(join(tmpdir(), "statuslint-"));
after(() => rmSync(root, { recursive: true }));

/** A program at a path below the root. */
function program(path: string, mode = 0o755): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, mode);
  return file;
}

const bundled = program("with/server/statuslint");
const onPath = program("bin/statuslint");
const planted = program("workspace/bin/statuslint");
const base: Surroundings = {
  configured: undefined,
  extension: join(root, "without"),
  path: join(root, "bin"),
  folders: [join(root, "workspace")],
  platform: "linux",
};

test("the setting comes first, then the extension's own, then PATH", () => {
  const own = program("own/statuslint");
  const all = { ...base, extension: join(root, "with") };
  assert.deepEqual(chooseServer({ ...all, configured: own }).found, { command: own, source: "setting" });
  assert.deepEqual(chooseServer(all).found, { command: bundled, source: "bundled" });
  assert.deepEqual(chooseServer(base).found, { command: onPath, source: "PATH" });
  assert.deepEqual(chooseServer({ ...base, path: "" }), { found: undefined, problem: undefined });
});

test("a setting that cannot be used is told of, and the next is taken", () => {
  for (const configured of ["statuslint", "./bin/statuslint", join(root, "nowhere"), root, program("plain", 0o644)]) {
    const choice = chooseServer({ ...base, configured });
    assert.match(choice.problem ?? "", /statuslint\.path/);
    assert.deepEqual(choice.found, { command: onPath, source: "PATH" }, configured);
  }
  assert.equal(chooseServer({ ...base, configured: "  " }).problem, undefined);
});

test("what the workspace brings along is not found on PATH", () => {
  symlinkSync(join(root, "workspace"), join(root, "link"));
  symlinkSync(planted, join(program("linked/other"), "..", "statuslint"));
  for (const folder of ["", ".", "bin", dirname(planted), join(root, "link", "bin"), join(root, "linked")]) {
    assert.equal(chooseServer({ ...base, path: folder }).found, undefined, folder);
    const path = [folder, join(root, "bin")].join(delimiter);
    assert.equal(chooseServer({ ...base, path }).found?.command, onPath, folder);
  }
});

test("a folder whose name begins like the workspace is not in it", () => {
  const beside = program("workspace-tools/statuslint");
  assert.equal(chooseServer({ ...base, path: dirname(beside) }).found?.command, beside);
  const dots = program("workspace/..hidden/statuslint");
  assert.equal(chooseServer({ ...base, path: dirname(dots) }).found, undefined);
});
