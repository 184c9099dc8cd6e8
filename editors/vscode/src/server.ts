// Which `statuslint` to run: the one of the settings, the one this extension came with, or the one on PATH.

import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, relative } from "node:path";

/** What the choice depends on. */
export interface Surroundings {
  /** The setting `statuslint.path`, as far as this workspace may say it. */
  configured: string | undefined;
  /** The folder of this extension. */
  extension: string;
  /** The environment variable PATH. */
  path: string | undefined;
  /** The folders of the workspace: nothing in them is run unless the user's own settings name it. */
  folders: readonly string[];
  platform: NodeJS.Platform;
}

/** Where a binary was found. */
export type Source = "setting" | "bundled" | "PATH";

/** The binary to run, if there is one, and what is wrong with the setting, if anything is. */
export interface Choice {
  found: { command: string; source: Source } | undefined;
  problem: string | undefined;
}

/** Chooses the binary; nothing is run for that. */
export function chooseServer(around: Surroundings): Choice {
  const name = around.platform === "win32" ? "statuslint.exe" : "statuslint";
  const configured = around.configured?.trim() ?? "";
  let problem: string | undefined;
  if (configured !== "") {
    const command = configured.replace(/^~(?=[/\\])/, homedir());
    problem = reasonAgainst(command);
    if (problem === undefined) {
      return { found: { command, source: "setting" }, problem };
    }
  }
  const bundled = join(around.extension, "server", name);
  if (isExecutable(bundled)) {
    return { found: { command: bundled, source: "bundled" }, problem };
  }
  for (const folder of (around.path ?? "").split(delimiter)) {
    const command = join(folder, name);
    // A relative entry, or one within the workspace, would run what the workspace brought along.
    if (isAbsolute(folder) && isExecutable(command) && !isWithin(command, around.folders)) {
      return { found: { command, source: "PATH" }, problem };
    }
  }
  return { found: undefined, problem };
}

function reasonAgainst(command: string): string | undefined {
  if (!isAbsolute(command)) {
    return `The setting statuslint.path is "${command}", which is no absolute path.`;
  }
  if (!isExecutable(command)) {
    return `The setting statuslint.path is "${command}", which is no program that can be run.`;
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether a file is in one of the folders, by its own path or by the one that links lead to. */
function isWithin(file: string, folders: readonly string[]): boolean {
  const inside = (inner: string, outer: string): boolean => {
    const path = relative(outer, inner);
    return path === "" || (path !== ".." && !/^\.\.[/\\]/.test(path) && !isAbsolute(path));
  };
  return folders.some((folder) => inside(file, folder) || inside(real(file), real(folder)));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
