// The commands about the whole workspace: check it, report on it, configure it.

import { mkdir, readFile } from "node:fs/promises";
import * as vscode from "vscode";

import type { Server } from "./client";
import { reason, run, type Outcome } from "./run";

interface Summary {
  summary: { files: number; findings: number };
}

/** Checks all folders, and shows the list of problems. */
export async function checkWorkspace(server: Server): Promise<void> {
  const outcomes = await overFolders(server, "Checking the workspace", (folder) => ["check", "--output-format", "json", folder]);
  if (outcomes === undefined) {
    return;
  }
  let [files, findings] = [0, 0];
  for (const outcome of outcomes) {
    if (outcome.stdout === "") {
      void vscode.window.showErrorMessage(`The workspace cannot be checked: ${reason(outcome)}`);
      return;
    }
    const { summary } = JSON.parse(outcome.stdout) as Summary;
    files += summary.files;
    findings += summary.findings;
  }
  await vscode.commands.executeCommand("workbench.actions.view.problems");
  const found = findings === 1 ? "1 problem" : `${findings === 0 ? "no" : findings} problems`;
  void vscode.window.showInformationMessage(`statuslint found ${found} with status codes in ${files === 1 ? "1 file" : `${files} files`}.`);
}

/** Shows the report about all folders in a tab. */
export async function openReport(server: Server, storage: vscode.Uri): Promise<void> {
  await mkdir(storage.fsPath, { recursive: true });
  const page = vscode.Uri.joinPath(storage, "report.html").fsPath;
  const outcomes = await overFolders(server, "Writing the report", (...folders) => ["report", "-o", page, ...folders], true);
  const failed = outcomes?.find((outcome) => outcome.status !== 0);
  if (outcomes === undefined) {
    return;
  }
  if (failed !== undefined) {
    void vscode.window.showErrorMessage(`There is no report: ${reason(failed)}`);
    return;
  }
  const panel = vscode.window.createWebviewPanel("statuslint.report", "Status codes", vscode.ViewColumn.Active, { enableScripts: true, enableFindWidget: true });
  panel.webview.html = inTheme(await readFile(page, "utf8"));
}

/** The page in the colours of the editor, rather than in those of the system. */
function inTheme(page: string): string {
  const { Dark, HighContrast } = vscode.ColorThemeKind;
  const dark = [Dark, HighContrast].includes(vscode.window.activeColorTheme.kind);
  return page.replace("<html ", `<html data-theme="${dark ? "dark" : "light"}" `);
}

/** Writes a configuration into a folder, and opens it. */
export async function createConfiguration(server: Server): Promise<void> {
  const command = server.binary();
  const folder = await chosenFolder("The folder that gets a statuslint.toml");
  if (command === undefined || folder === undefined) {
    return;
  }
  try {
    const outcome = await run(command, ["init"], folder.uri.fsPath);
    if (outcome.status !== 0) {
      void vscode.window.showErrorMessage(`There is no new configuration: ${reason(outcome)}`);
    }
  } catch (error) {
    void vscode.window.showErrorMessage(`There is no new configuration: ${String(error)}`);
  }
  const file = vscode.Uri.joinPath(folder.uri, "statuslint.toml");
  await vscode.window.showTextDocument(file).then(undefined, () => undefined);
}

/** Runs the binary for each folder, or once for all, with a notification that can stop it. */
async function overFolders(
  server: Server,
  title: string,
  args: (...folders: string[]) => string[],
  atOnce = false,
): Promise<Outcome[] | undefined> {
  const command = server.binary();
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  if (command === undefined) {
    return undefined;
  }
  if (folders.length === 0) {
    void vscode.window.showInformationMessage("Open a folder first: statuslint looks at all files of the folders that are open.");
    return undefined;
  }
  const options = { location: vscode.ProgressLocation.Notification, title: `statuslint: ${title}`, cancellable: true };
  return vscode.window.withProgress(options, async (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    try {
      const runs = atOnce ? [folders] : folders.map((folder) => [folder]);
      return await Promise.all(runs.map((of) => run(command, args(...of), of[0], stop.signal)));
    } catch (error) {
      if (!token.isCancellationRequested) {
        void vscode.window.showErrorMessage(`statuslint cannot be run: ${String(error)}`);
      }
      return undefined;
    }
  });
}

async function chosenFolder(placeHolder: string): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick({ placeHolder }) : folders[0];
}
