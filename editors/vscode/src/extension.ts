// Where the editor starts and ends the extension.

import * as vscode from "vscode";

import { Server } from "./client";
import { Explainer } from "./explain";
import { SitesView } from "./sites";
import type { Node } from "./siteTree";
import { StatusBar } from "./statusBar";
import { checkWorkspace, createConfiguration, openReport } from "./workspace";

/** Called by the editor at the first document of a language we know, or the first command. */
export function activate(context: vscode.ExtensionContext): void {
  const refresh = (): void => {
    sites.refresh();
    statusBar.refresh();
  };
  const server = new Server(context, { onState: refresh, onSites: refresh });
  const sites = new SitesView(server, context.workspaceState);
  const statusBar = new StatusBar(server);
  const explainer = new Explainer(() => server.binary());
  const commands: Record<string, (argument?: Node) => unknown> = {
    explain: (node) => explainer.explain(node?.kind === "code" ? (node.code ?? undefined) : undefined),
    checkWorkspace: () => checkWorkspace(server),
    openReport: () => openReport(server, context.globalStorageUri),
    restart: () => server.restart(),
    showLog: () => server.log.show(),
    createConfiguration: () => createConfiguration(server),
    groupByFile: () => sites.group("file"),
    groupByCode: () => sites.group("code"),
    refreshSites: () => sites.refresh(),
  };
  context.subscriptions.push(
    server,
    sites,
    statusBar,
    explainer,
    ...Object.entries(commands).map(([name, does]) => vscode.commands.registerCommand(`statuslint.${name}`, does)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("statuslint.path")) {
        void server.restart();
      }
    }),
  );
  // Not awaited: the editor need not wait for the server.
  void server.restart();
}
