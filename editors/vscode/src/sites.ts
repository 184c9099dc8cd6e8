// The view of the status codes of the workspace; it follows what is edited while somebody sees it.

import * as vscode from "vscode";

import type { Server } from "./client";
import { count, label, tree, type Grouping, type Node, type Site } from "./siteTree";

/** What the server answers to `statuslint/sites`. */
export interface Sites {
  sites: Site[];
  truncated?: boolean;
}

const PAUSE = 200;

/** The tree view `statuslint.sites`. */
export class SitesView implements vscode.Disposable, vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private grouping: Grouping;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    this.grouping = memory.get<Grouping>("grouping", "code");
    this.view = vscode.window.createTreeView("statuslint.sites", { treeDataProvider: this, showCollapseAll: true });
    void this.group(this.grouping);
  }

  /** Shows what there is now, soon. */
  refresh(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.fire(), PAUSE);
  }

  /** Orders the tree by code or by file. */
  async group(grouping: Grouping): Promise<void> {
    this.grouping = grouping;
    await this.memory.update("grouping", grouping);
    await vscode.commands.executeCommand("setContext", "statuslint.byFile", grouping === "file");
    this.changed.fire();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) {
      return node.kind === "site" ? [] : node.children;
    }
    const answer = await this.server.ask<Sites>("statuslint/sites", {});
    const sites = answer?.sites ?? [];
    this.view.description = sites.length === 0 ? "" : count(sites.length);
    this.view.message = answer?.truncated === true ? "There are more than can be shown." : "";
    return tree(sites, this.grouping);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === "site") {
      return siteItem(node.site, this.grouping);
    }
    const item = new vscode.TreeItem("", vscode.TreeItemCollapsibleState.Collapsed);
    item.contextValue = node.kind;
    item.description = count(node.sites.length);
    if (node.kind === "code") {
      item.label = node.label;
      item.id = `code ${node.label}`;
      item.iconPath = new vscode.ThemeIcon("symbol-number", colour(node.sites[0]?.class ?? null));
    } else {
      item.label = undefined as unknown as string;
      item.resourceUri = vscode.Uri.parse(node.uri);
      item.iconPath = vscode.ThemeIcon.File;
    }
    return item;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.view.dispose();
    this.changed.dispose();
  }
}

function siteItem(site: Site, grouping: Grouping): vscode.TreeItem {
  const { start, end } = site.range;
  const item = new vscode.TreeItem(grouping === "file" ? label(site) : site.text);
  item.description = `line ${start.line + 1}, ${site.role}${site.evidence === "likely" ? ", perhaps" : ""}`;
  item.contextValue = "site";
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  item.command = { command: "vscode.open", title: "Open", arguments: [vscode.Uri.parse(site.uri), { selection }] };
  return item;
}

/** The colours that charts have for what goes well, elsewhere, and wrong. */
function colour(kind: number | null): vscode.ThemeColor {
  const colours = ["foreground", "blue", "green", "purple", "yellow", "red"];
  return new vscode.ThemeColor(`charts.${colours[kind ?? 0] ?? "foreground"}`);
}
