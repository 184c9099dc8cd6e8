// A window without a folder, and one with several, each with its own configuration.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { LIMIT, until } = require('../driver/wait');

async function run(ctx) {
  const instance = await ctx.instance('folders');
  await none(ctx, instance);
  await several(ctx, instance);
}

async function none(ctx, instance) {
  const file = path.join(ctx.folder('alone'), 'api.py');
  const window = await ctx.browser.window(instance, { files: [file] });
  await window.openProblems();
  await window.problem('`306`');
  await window.shot('no-folder');
  await window.close();
}

async function several(ctx, instance) {
  const strict = ctx.folder('strict');
  const lenient = ctx.folder('lenient', { 'statuslint.toml': 'allow = [402]\n' });
  const workspace = path.join(ctx.scratch, 'both.code-workspace');
  fs.writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'folders/strict' }, { path: 'folders/lenient' }] }));
  const files = [path.join(strict, 'api.py'), path.join(lenient, 'api.py')];
  const window = await withFolders(() => ctx.browser.window(instance, { workspace, files }));
  await window.openProblems();
  await onlyPanel(window);
  await until('402 in one folder alone', async () => {
    const rows = await window.problems();
    const count = text => rows.filter(row => row.includes(text)).length;
    return count('`306`') === 2 && count('`402`') === 1;
  });
  await window.shot('several-folders');
  await window.close();
}

/** A window that has read its workspace: one that starts too soon has none of the folders, and stays so. */
async function withFolders(open) {
  return until('a window with its folders', async () => {
    const window = await open();
    const folder = window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'lenient' });
    const there = await folder.waitFor({ timeout: 20_000 }).then(() => true, () => false);
    if (!there) await window.close();
    return there && window;
  }, 3 * LIMIT);
}

/** Gives the panel all the room, or its list would show only the rows there is room for. */
async function onlyPanel(window) {
  const editor = window.page.locator('.editor-instance').first();
  await until('the panel to have all the room', async () => {
    if (!(await editor.isVisible())) return true;
    await window.command('View: Toggle Maximized Panel');
    await editor.waitFor({ state: 'hidden', timeout: 5_000 }).catch(() => {});
    return false;
  });
}

module.exports = { run };
