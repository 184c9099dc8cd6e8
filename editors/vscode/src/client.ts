// The language client: starts the server, restarts it, and says plainly when there is none.

import * as vscode from "vscode";
import {
  ErrorCodes,
  LanguageClient,
  ResponseError,
  State,
  type DocumentSelector,
  type StaticFeature,
} from "vscode-languageclient/node";

import documents from "./documents.json";
import { chooseServer, type Choice, type Source } from "./server";

const INSTALLING = "https://github.com/statuslint/statuslint#try-it";

/** Where a binary was found, in words. */
const PLACES: Record<Source, string> = { setting: "of the settings", bundled: "in this extension", PATH: "on your PATH" };

/** What can be told of the server. */
export interface ServerEvents {
  /** It runs, or it does not any more. */
  onState: (running: boolean) => void;
  /** The status codes of the workspace are not what they were. */
  onSites: () => void;
}

/** The server of this window, if there is one. */
export class Server implements vscode.Disposable {
  /** What the server and the client write. */
  readonly log = vscode.window.createOutputChannel("statuslint", { log: true });
  private client: LanguageClient | undefined;
  /** One that is about to be stopped: nothing more is said to it. */
  private leaving: LanguageClient | undefined;
  /** Starting and stopping, one after another. */
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly events: ServerEvents,
  ) {}

  /** The binary that is to be run; tells the user when there is none. */
  binary(): string | undefined {
    const choice = this.choose();
    if (choice.problem !== undefined) {
      this.log.warn(choice.problem);
      const instead = choice.found ? ` The one ${PLACES[choice.found.source]} is used instead.` : "";
      void this.complain(choice.problem + instead);
    } else if (choice.found === undefined) {
      void this.complain("statuslint is not installed: there is none in this extension, and none on your PATH.");
    }
    return choice.found?.command;
  }

  /** Starts the server anew, whatever state it was in. */
  restart(): Promise<void> {
    this.leaving = this.client;
    this.turn = this.turn.then(async () => {
      await this.stop();
      await this.start();
    });
    return this.turn;
  }

  /** How the server knows a document; `undefined` when it does not. */
  uriOf(document: vscode.TextDocument): string | undefined {
    const known = vscode.languages.match(selector() as vscode.DocumentSelector, document) > 0;
    return known ? this.client?.code2ProtocolConverter.asUri(document.uri) : undefined;
  }

  /** Asks the server; `undefined` when none runs, or it does not know the question. */
  async ask<T>(method: string, params: object): Promise<T | undefined> {
    if (this.client?.state !== State.Running) {
      return undefined;
    }
    try {
      return await this.client.sendRequest<T>(method, params);
    } catch (error) {
      this.log.debug(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  dispose(): void {
    void this.stop().finally(() => this.log.dispose());
  }

  private choose(): Choice {
    const setting = vscode.workspace.getConfiguration("statuslint").inspect<string>("path");
    // A workspace that is not trusted must not say what is run.
    const said = vscode.workspace.isTrusted ? (setting?.workspaceFolderValue ?? setting?.workspaceValue) : undefined;
    return chooseServer({
      configured: said ?? setting?.globalValue,
      extension: this.context.extensionPath,
      path: process.env["PATH"],
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      platform: process.platform,
    });
  }

  private async start(): Promise<void> {
    const command = this.binary();
    if (command === undefined) {
      this.events.onState(false);
      return;
    }
    this.log.info(`starting ${command} lsp`);
    const client: LanguageClient = new LanguageClient(
      "statuslint",
      "statuslint",
      { command, args: ["lsp"] },
      {
        documentSelector: selector(),
        outputChannel: this.log,
        traceOutputChannel: this.log,
        connectionOptions: { maxRestartCount: 4 },
        diagnosticCollectionName: "statuslint",
        markdown: { isTrusted: false },
        middleware: {
          // One on its way to a server that is being stopped is refused; the client would tell everybody.
          sendRequest: (type, param, token, next) =>
            next(type, param, token).catch((error: unknown) => {
              throw this.leaving === client ? new ResponseError(ErrorCodes.PendingResponseRejected, String(error)) : error;
            }),
          workspace: {
            didChangeConfiguration: (sections, next) => (this.leaving === client ? Promise.resolve() : next(sections)),
          },
        },
      },
    );
    client.registerFeature(tellsOfSites);
    client.onDidChangeState(({ newState }) => this.events.onState(newState === State.Running));
    client.onNotification("statuslint/sitesChanged", () => this.events.onSites());
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.log.error(`${command} does not start: ${String(error)}`);
      this.events.onState(false);
      void this.complain(`statuslint does not start (${command}).`);
    }
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // One that never started, or ended already, has nothing to stop.
    await client?.dispose().catch((error: unknown) => this.log.debug(String(error)));
  }

  private async complain(message: string): Promise<void> {
    const [settings, installing, log] = ["Open Settings", "How to Install", "Show Log"] as const;
    const chosen = await vscode.window.showErrorMessage(message, settings, installing, log);
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "statuslint.path");
    } else if (chosen === installing) {
      await vscode.env.openExternal(vscode.Uri.parse(INSTALLING));
    } else if (chosen === log) {
      this.log.show();
    }
  }
}

/** Says to the server that it may tell when the codes of the workspace change. */
const tellsOfSites: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), statuslint: { sites: true } };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

/** The documents the server knows: by language, and by name where an editor may have no language for them. */
function selector(): DocumentSelector {
  const languages = documents.languages.map((language) => ({ language }));
  return ["file", "untitled"].flatMap((scheme) => [
    ...languages.map((filter) => ({ scheme, ...filter })),
    { scheme, pattern: `**/*.{${documents.extensions.join(",")}}` },
    ...documents.paths.map((pattern) => ({ scheme, pattern })),
  ]);
}
