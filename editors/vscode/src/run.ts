// Runs the binary for a command: what it prints, and how it ended.

import { execFile } from "node:child_process";

/** What a run gave. */
export interface Outcome {
  /** The exit status: 0 nothing found, 1 something found, 2 it could not be done. */
  status: number;
  stdout: string;
  stderr: string;
}

const MOST_OUTPUT = 64 * 1024 * 1024;
const LONGEST = 10 * 60 * 1000;

/** Runs a binary to its end; rejects when it cannot be started or is stopped. */
export function run(command: string, args: readonly string[], cwd?: string, signal?: AbortSignal): Promise<Outcome> {
  const options = { maxBuffer: MOST_OUTPUT, timeout: LONGEST, windowsHide: true, ...(cwd && { cwd }), ...(signal && { signal }) };
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve({ status: 0, stdout, stderr });
      } else if (typeof error.code === "number") {
        resolve({ status: error.code, stdout, stderr });
      } else {
        reject(error);
      }
    });
  });
}

/** The first line of what went wrong, for a message. */
export function reason(outcome: Outcome): string {
  return outcome.stderr.split("\n").find((line) => line.trim() !== "")?.trim() ?? `it ended with status ${outcome.status}`;
}
