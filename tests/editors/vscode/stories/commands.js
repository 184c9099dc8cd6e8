// The commands: explain a code, check the workspace, the report, the log, a configuration, the walkthrough.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { command, manifest } = require('../driver/extension');
const { check, until } = require('../driver/wait');

async function run(ctx) {
  const folder = ctx.folder('commands', { 'more/jobs.py': 'from fastapi import HTTPException\n\nraise HTTPException(status_code=299)\n' });
  fs.rmSync(path.join(folder, 'statuslint.toml'));
  const instance = await ctx.instance('commands');
  const window = await ctx.browser.window(instance, { folder, files: [path.join(folder, 'api.py')] }, { height: 1200 });
  await window.see('.squiggly-warning');
  await explain(window);
  await checkWorkspace(window);
  await report(window);
  await log(window);
  await configuration(window, folder);
  await walkthrough(window);
  await window.close();
}

/** By number and by words; the page that is shown is a preview of Markdown. */
async function explain(window) {
  await window.command(command('explain'));
  await window.see('.quick-input-title', 'Explain a status code');
  const input = window.page.locator('.quick-input-widget input');
  await input.fill('client closed');
  await window.see('.quick-input-list .monaco-list-row', '499');
  await window.shot('explain-words');
  await input.fill('404');
  await window.see('.quick-input-list .monaco-list-row', '404 Not Found');
  await window.shot('explain');
  await window.pick('404 Not Found');
  await window.see('.tab.active', '404 Not Found');
  await window.webView('404 Not Found');
  await window.shot('explained');
}

async function checkWorkspace(window) {
  await window.command(command('checkWorkspace'));
  const said = await window.notification('statuslint found');
  check(/5 problems with status codes in 2 files/.test(said), `it counts otherwise: ${said}`);
  await window.problem('`299`');
  await window.shot('check-workspace');
}

async function report(window) {
  await window.command(command('openReport'));
  await window.see('.tab.active', 'Status codes');
  await window.webView('Status codes in commands');
  await window.shot('report');
}

async function log(window) {
  await window.command(command('showLog'));
  await until('the log of statuslint', () => window.page.evaluate(() =>
    [...document.querySelectorAll('.part.panel select')].some(list => list.selectedOptions[0]?.text === 'statuslint')));
}

async function configuration(window, folder) {
  await window.command(command('createConfiguration'));
  await window.see('.tab.active', 'statuslint.toml');
  await until('the file', () => fs.existsSync(path.join(folder, 'statuslint.toml')));
}

async function walkthrough(window) {
  const { title, steps } = manifest.contributes.walkthroughs[0];
  await window.command('Welcome: Open Walkthrough...');
  await window.pick(title);
  for (const step of steps) await window.see('.gettingStartedContainer', step.title);
  await window.shot('walkthrough');
}

module.exports = { run };
