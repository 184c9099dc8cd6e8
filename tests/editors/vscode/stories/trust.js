// A workspace that brings its own `statuslint`, wherever one might be looked for: it never runs.
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { command } = require('../driver/extension');
const { check, until } = require('../driver/wait');

const PLANTED = ['statuslint', 'bin/statuslint', 'server/statuslint', 'node_modules/.bin/statuslint', '.venv/bin/statuslint'];

async function run(ctx) {
  const marker = path.join(ctx.scratch, 'planted-ran');
  const folder = plant(ctx.folder('hostile'), marker);
  const unhurt = instance => harmless(ctx, instance, marker);
  await settings(ctx, folder, unhurt);
  await onPath(ctx, folder, unhurt);
}

/** The bundled server runs, whatever the settings of the workspace say. */
async function settings(ctx, folder, unhurt) {
  const instance = await ctx.instance('trust', { trusting: false });
  say(folder, './statuslint');
  const window = await ctx.browser.window(instance, { folder });
  await window.see('.statusbar-item', 'Restricted Mode');
  await window.openFile('api.py');
  await window.see('.squiggly-warning');
  await window.shot('restricted');
  unhurt(instance);
  for (const value of [...relative(), ...absolute(folder)]) await restarted(instance, window, folder, value, unhurt);

  // Once trusted, a workspace may name a program by its whole path, as with any extension, but not by part of it.
  say(folder, './statuslint');
  await window.command('Workspaces: Manage Workspace Trust');
  await (await window.see('.workspace-trust-editor .monaco-button', 'Trust')).click();
  await window.see('.workspace-trust-editor', 'You trust this folder');
  // Before anything else: what is typed next may close the message.
  await window.notification('no absolute path');
  await window.openFile('api.py');
  await window.shot('trusted');
  for (const value of relative()) await restarted(instance, window, folder, value, unhurt);
  await window.close();
}

/** Without a server of its own the extension looks on PATH, but not where that leads into the workspace. */
async function onPath(ctx, folder, unhurt) {
  const entries = ['.', '', 'node_modules/.bin', './bin', folder, path.join(folder, 'bin'), path.join(folder, 'node_modules/.bin')];
  const link = path.join(ctx.scratch, 'looks-harmless');
  fs.symlinkSync(path.join(folder, 'bin'), link);
  const instance = await ctx.instance('trust-path', { trusting: false, extensions: 'bare', PATH: [...entries, link].join(':') });
  const window = await ctx.browser.window(instance, { folder });
  await window.openFile('api.py');
  await window.notification('none on your PATH');
  check(instance.servers().length === 0, 'a server runs all the same');
  unhurt(instance);
  await window.command(command('restart'));
  await window.notification('none on your PATH');
  await window.command(command('explain'));
  await window.notification('none on your PATH');
  unhurt(instance);
  console.log(`a planted statuslint in ${PLANTED.length} places did not run: ${relative().length + absolute(folder).length} settings, ${entries.length + 1} entries of PATH`);
  await window.close();
}

/** Puts executables there that tell when they run, and proves that they would. */
function plant(folder, marker) {
  for (const name of PLANTED) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `#!/bin/sh\necho "$0 $*" >>'${marker}'\nexit 1\n`, { mode: 0o755 });
    try {
      execFileSync(file, ['--version']);
    } catch { /* It ends with 1. */ }
    check(fs.readFileSync(marker, 'utf8').includes(name), `${name} does not tell that it ran`);
    fs.rmSync(marker);
  }
  return folder;
}

function relative() {
  return ['./statuslint', 'statuslint', 'node_modules/.bin/statuslint', '${workspaceFolder}/statuslint'];
}

function absolute(folder) {
  return [path.join(folder, 'statuslint'), `~/../../folders/${path.basename(folder)}/statuslint`];
}

/** What a workspace may say in its settings, under any name that a server's path could have. */
function say(folder, value) {
  const settings = { 'terminal.integrated.env.linux': { PATH: folder } };
  for (const name of ['path', 'server.path', 'serverPath', 'executable', 'command']) settings[`statuslint.${name}`] = value;
  fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

async function restarted(instance, window, folder, value, unhurt) {
  say(folder, value);
  const before = instance.servers().map(server => server.id);
  await window.command(command('restart'));
  await until('the server to restart', () => instance.servers().some(server => !before.includes(server.id)));
  await window.see('.squiggly-warning');
  unhurt(instance);
}

function harmless(ctx, instance, marker) {
  check(!fs.existsSync(marker), `the planted one ran: ${fs.existsSync(marker) && fs.readFileSync(marker, 'utf8')}`);
  for (const { executable } of instance.servers()) {
    check(executable.startsWith(ctx.extensions.full), `another server than the bundled one runs: ${executable}`);
  }
}

module.exports = { run };
