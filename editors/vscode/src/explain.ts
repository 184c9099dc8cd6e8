// The command that explains a code: a list to choose from, by number or by words, and a page for the chosen one.

import * as vscode from "vscode";

import { explanation, readCatalogue, summary, type Entry } from "./catalogue";
import { reason, run } from "./run";

const SCHEME = "statuslint-code";

/** Explains status codes from the catalogue of the binary. */
export class Explainer implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private known: { command: string; catalogue: Entry[] } | undefined;
  private readonly provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly binary: () => string | undefined) {}

  /** Lets the user choose a code, unless one is said, and shows what it means. */
  async explain(said?: number): Promise<void> {
    const catalogue = await this.catalogue();
    if (catalogue === undefined) {
      return;
    }
    const code = said ?? (await choose(catalogue, numberAtCursor()));
    if (code !== undefined) {
      const name = catalogue.find((entry) => entry.code === code)?.name ?? "";
      const title = `${code} ${name}`.trim().replaceAll("/", " ");
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}.md`, query: String(code) });
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    }
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return explanation(Number(uri.query), this.known?.catalogue ?? []);
  }

  dispose(): void {
    this.provider.dispose();
  }

  private async catalogue(): Promise<Entry[] | undefined> {
    const command = this.binary();
    if (command === undefined) {
      return undefined;
    }
    if (this.known?.command !== command) {
      try {
        const outcome = await run(command, ["codes", "--output-format", "json"]);
        if (outcome.status !== 0) {
          throw new Error(reason(outcome));
        }
        this.known = { command, catalogue: readCatalogue(outcome.stdout) };
      } catch (error) {
        void vscode.window.showErrorMessage(`The list of status codes cannot be read: ${String(error)}`);
        return undefined;
      }
    }
    return this.known.catalogue;
  }
}

/** A number of three digits at the cursor. */
function numberAtCursor(): string {
  const editor = vscode.window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /\b[1-5]\d\d\b/);
  return range === undefined ? "" : (editor?.document.getText(range) ?? "");
}

function choose(catalogue: readonly Entry[], initial: string): Promise<number | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { code: number }>();
  pick.title = "Explain a status code";
  pick.placeholder = "A number (404) or words (not found, nginx, redirect)";
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = catalogue.map((entry) => ({ ...summary(entry), detail: entry.meaning, code: entry.code }));
  pick.value = initial;
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.code);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
