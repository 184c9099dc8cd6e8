// The extension without its server: it says so with a button, and takes one from PATH or the settings.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { command } = require('../driver/extension');
const { check, until } = require('../driver/wait');

async function run(ctx) {
  const folder = ctx.folder('missing');
  const programs = path.join(ctx.scratch, 'programs');
  fs.mkdirSync(programs);
  const instance = await ctx.instance('missing', { extensions: 'bare', PATH: programs });
  const window = await ctx.browser.window(instance, { folder });
  await window.openFile('api.py');
  const said = await window.notification('statuslint');
  const buttons = await window.page.locator('.notifications-toasts .monaco-button').allInnerTexts();
  console.log(`without a server: ${said.replace(/\s*\n\s*/g, ' | ')}`);
  check(buttons.length > 0, `no button in: ${said}`);
  check(instance.servers().length === 0, 'a server runs all the same');
  await window.shot('missing');
  ctx.shown('missing');

  await onPath(ctx, instance, window, programs);
  await setting(ctx, instance, window);
  await window.close();
}

/** Installed meanwhile, it is found on PATH. */
async function onPath(ctx, instance, window, programs) {
  const installed = path.join(programs, 'statuslint');
  fs.copyFileSync(process.env.STATUSLINT, installed);
  await window.command(command('restart'));
  await window.see('.squiggly-warning');
  await until('the server of PATH', () => instance.servers().some(server => server.executable === installed));
}

/** What the user's settings name comes before PATH, as soon as it is written. */
async function setting(ctx, instance, window) {
  const named = path.join(ctx.scratch, 'my-statuslint');
  fs.copyFileSync(process.env.STATUSLINT, named);
  await window.dismissNotifications();
  fs.writeFileSync(instance.machine, JSON.stringify({ 'statuslint.path': named }));
  await until('the server of the settings', () => instance.servers().some(server => server.executable === named));
  await window.see('.squiggly-warning');
  await window.quiet('failed');
}

module.exports = { run };
