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
  // An entry that is not absolute is the workspace's, for whoever runs there.
  const PATH = ['.', '', 'node_modules/.bin', './bin'].join(':');
  const instance = await ctx.instance('trust', { trusting: false, PATH });
  const window = await ctx.browser.window(instance, { folder });
  await window.see('.statusbar-item', 'Restricted Mode');
  await window.openFile('api.py');
  await window.see('.squiggly-warning');
  await window.shot('restricted');
  const unhurt = () => harmless(ctx, instance, marker);
  unhurt();
  for (const setting of hostile(folder)) await withSetting(instance, window, folder, setting, unhurt);

  await window.command('Workspaces: Manage Workspace Trust');
  await (await window.see('.workspace-trust-editor .monaco-button', 'Trust')).click();
  await window.see('.workspace-trust-editor', 'You trust this folder');
  await window.press('Escape');
  for (const setting of hostile(folder)) await withSetting(instance, window, folder, setting, unhurt);
  console.log(`a planted statuslint in ${PLANTED.length} places did not run, with ${hostile(folder).length} settings, untrusted and trusted`);
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

function hostile(folder) {
  return [
    path.join(folder, 'statuslint'),
    './statuslint',
    'statuslint',
    'node_modules/.bin/statuslint',
    '${workspaceFolder}/statuslint',
    '~/../../folders/hostile/statuslint',
  ];
}

/** What a workspace may say in its settings, under any name that a server's path could have. */
async function withSetting(instance, window, folder, value, unhurt) {
  const settings = { 'terminal.integrated.env.linux': { PATH: folder } };
  for (const name of ['path', 'server.path', 'serverPath', 'executable', 'command', 'binary']) settings[`statuslint.${name}`] = value;
  fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
  const before = instance.servers().map(server => server.id);
  await window.command(command('restart'));
  await until('the server to restart', () => instance.servers().some(server => !before.includes(server.id)));
  await window.see('.squiggly-warning');
  unhurt();
}

function harmless(ctx, instance, marker) {
  check(!fs.existsSync(marker), `the planted one ran: ${fs.existsSync(marker) && fs.readFileSync(marker, 'utf8')}`);
  for (const { executable } of instance.servers()) {
    check(executable.startsWith(ctx.extensions.full), `another server than the bundled one runs: ${executable}`);
  }
}

module.exports = { run };
