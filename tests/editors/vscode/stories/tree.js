// The view of the workspace's codes and the item of the status bar: both follow what is edited.
'use strict';
const path = require('node:path');
const { check, until } = require('../driver/wait');
const { TREE } = require('../driver/workbench');

async function run(ctx) {
  const folder = ctx.folder('tree', { 'jobs.py': 'from fastapi import HTTPException\n\nraise HTTPException(status_code=404)\n' });
  const file = path.join(folder, 'api.py');
  const instance = await ctx.instance('tree');
  const window = await ctx.browser.window(instance, { folder, files: [file] }, { height: 1200 });
  await window.see('.squiggly-warning');
  await statusBar(window);
  await byCode(window);
  await follows(window, file);
  await byFile(window);
  await window.close();
}

async function statusBar(window) {
  const item = await window.see('.statusbar-item', /8 statuses\s+4/);
  await item.hover();
  await window.see('.monaco-hover', '404 Not Found');
  await window.shot('status-bar');
  await window.page.mouse.move(1000, 8);
}

async function byCode(window) {
  await window.openTree();
  check((await window.treeRow('404 Not Found')).includes('2 places'), `404 is counted otherwise: ${await window.treeRows()}`);
  check((await window.treeRow('306')).includes('1 place'), `306 is counted otherwise: ${await window.treeRows()}`);
  await window.expand('404 Not Found');
  await window.treeRow('jobs.py');
  await window.shot('tree');
}

async function follows(window, file) {
  await window.press('Control+1');
  await window.cursorBefore(file, '306');
  await window.press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await window.type('308');
  await window.treeRow('308 Permanent Redirect');
  await until('306 to leave the tree', async () => !(await window.treeRows()).some(row => row.includes('306')));
  await window.see('.statusbar-item', /8 statuses\s+3/);
  check((await window.treeRows()).some(row => row.includes('jobs.py')), 'what was open in the tree is not open any more');
}

/** By file, and from a place in the tree to the place in the file. */
async function byFile(window) {
  await window.page.locator(TREE).hover();
  await window.page.locator(`${TREE} .action-label[aria-label="Group by File"]`).click();
  await until('the tree by file', async () => !(await window.treeRows()).some(row => row.includes('404 Not Found 2 places')));
  await window.instance.settled();
  await window.expand('jobs.py');
  await window.treeRow('line 3');
  await window.clickTree('line 3');
  await window.see('.tab.active', 'jobs.py');
  await window.see('.statusbar-item', /Ln 3, Col 3\d/);
  await window.shot('tree-by-file');
}

module.exports = { run };
