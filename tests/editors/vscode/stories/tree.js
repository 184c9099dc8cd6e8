// The view of the workspace's codes and the item of the status bar: both follow what is edited.
'use strict';
const path = require('node:path');
const { check, until } = require('../driver/wait');

const VIEW = '.pane:has(.pane-header[aria-label*="HTTP Status Codes"])';
const ROWS = `${VIEW} .monaco-list-row`;

async function run(ctx) {
  const folder = ctx.folder('tree', { 'jobs.py': 'from fastapi import HTTPException\n\nraise HTTPException(status_code=404)\n' });
  const file = path.join(folder, 'api.py');
  const instance = await ctx.instance('tree');
  const window = await ctx.browser.window(instance, { folder, files: [file] });
  await window.see('.squiggly-warning');
  await statusBar(window, file);
  await byCode(window);
  await follows(window, file);
  await byFile(window);
  await window.close();
}

const rows = async window => (await window.page.locator(ROWS).allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim());

const row = (window, text) => until(`a row with ${text}`, async () => (await rows(window)).find(each => each.includes(text)));

async function statusBar(window) {
  const item = await window.see('.statusbar-item', /\d+ status/);
  const text = (await item.innerText()).trim();
  check(/\b8 statuses\b/.test(text) && /\b4\b/.test(text), `the status bar counts otherwise: ${text}`);
  await item.hover();
  await window.see('.monaco-hover', '404 Not Found');
  await window.shot('status-bar');
  await window.page.mouse.move(640, 300);
}

async function byCode(window) {
  await window.command('Explorer: Focus on HTTP Status Codes View');
  check((await row(window, '404 Not Found')).includes('2 places'), `404 is counted otherwise: ${await rows(window)}`);
  await row(window, '306');
  await window.page.locator(ROWS, { hasText: '404 Not Found' }).click();
  await row(window, 'jobs.py');
  await window.shot('tree');
}

async function follows(window, file) {
  await window.press('Control+1');
  await window.cursorBefore(file, '306');
  await window.press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await window.type('308');
  await row(window, '308 Permanent Redirect');
  await until('306 to leave the tree', async () => !(await rows(window)).some(each => each.includes('306')));
  await window.see('.statusbar-item', /8 statuses\s+3/);
}

/** By file, and from a place in the tree to the place in the file. */
async function byFile(window) {
  await window.command('Explorer: Focus on HTTP Status Codes View');
  await window.page.locator(VIEW).hover();
  await window.page.locator(`${VIEW} .action-label[aria-label="Group by File"]`).click();
  await window.page.locator(ROWS, { hasText: 'jobs.py' }).click();
  await window.page.locator(ROWS, { hasText: 'line 3' }).first().click();
  await window.see('.tab.active', 'jobs.py');
  await window.see('.statusbar-item', /Ln 3, Col 3\d/);
  await window.shot('tree-by-file');
}

module.exports = { run };
