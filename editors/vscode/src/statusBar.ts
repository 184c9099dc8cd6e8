// The item of the status bar: how many status codes the current file holds, and how many of them are wrong.

import * as vscode from "vscode";

import type { Server } from "./client";
import { label } from "./siteTree";
import type { Sites } from "./sites";

const PAUSE = 200;
const SHOWN = 20;

/** The item, which follows the active editor. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("statuslint.codes", vscode.StatusBarAlignment.Right, 90);
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.item.name = "HTTP Status Codes";
    this.item.command = "statuslint.openReport";
    this.listeners = [
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh()),
      vscode.languages.onDidChangeDiagnostics(() => this.refresh()),
    ];
  }

  /** Shows what there is now, soon. */
  refresh(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.show(), PAUSE);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item.dispose();
    this.listeners.forEach((listener) => listener.dispose());
  }

  private async show(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const uri = document && this.server.uriOf(document);
    const answer = uri === undefined ? undefined : await this.server.ask<Sites>("statuslint/sites", { uri });
    if (document !== vscode.window.activeTextEditor?.document) {
      return;
    }
    const sites = answer?.sites.filter((site) => site.evidence === "certain") ?? [];
    const findings = document === undefined ? [] : vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "statuslint");
    if (document === undefined || (sites.length === 0 && findings.length === 0)) {
      this.item.hide();
      return;
    }
    const codes = sites.length === 1 ? "1 status" : `${sites.length} statuses`;
    this.item.text = `$(globe) ${codes}${findings.length > 0 ? ` $(warning) ${findings.length}` : ""}`;
    this.item.tooltip = tooltip(sites.map(label), findings.length);
    this.item.show();
  }
}

function tooltip(labels: readonly string[], findings: number): vscode.MarkdownString {
  const counts = new Map<string, number>();
  labels.forEach((text) => counts.set(text, (counts.get(text) ?? 0) + 1));
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, times]) => `- ${text}${times > 1 ? ` × ${times}` : ""}`);
  const more = rows.length > SHOWN ? [`- and ${rows.length - SHOWN} more`] : [];
  const problems = findings === 1 ? "1 finding" : `${findings} findings`;
  return new vscode.MarkdownString(["HTTP status codes in this file:", "", ...rows.slice(0, SHOWN), ...more, "", `${problems}. Click for the report.`].join("\n"));
}
