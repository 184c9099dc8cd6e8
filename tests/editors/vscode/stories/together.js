// Two windows on one folder, each with a server of its own, and what happens when servers are killed.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { check, until } = require('../driver/wait');

async function run(ctx) {
  const folder = ctx.folder('together');
  const file = path.join(folder, 'api.py');
  const instance = await ctx.instance('together');
  const windows = [];
  for (let window = 0; window < 2; window += 1) windows.push(await ctx.browser.window(instance, { folder, files: [file] }));
  for (const window of windows) {
    await window.openProblems();
    await window.problem('`306`');
    await watching(window, folder);
  }
  await until('a server for each window', () => instance.servers().length === 2);
  await follow(ctx, windows, file);
  await killed(ctx, instance, windows, file);
  for (const window of windows) await window.close();
}

/** A window begins to watch its folder some time after it is open, and is not told what happened before. */
async function watching(window, folder) {
  for (let number = 0; number < 12; number += 1) {
    const marker = path.join(folder, `marker-${number}.txt`);
    fs.writeFileSync(marker, '');
    const row = window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: path.basename(marker) });
    const watches = await row.waitFor({ timeout: 5_000 }).then(() => true, () => false);
    fs.rmSync(marker);
    if (watches) return;
  }
  check(false, 'the window does not watch its folder');
}

/** What one window saves is read by the other, and both servers say the same. */
async function follow(ctx, [one, other], file) {
  await replace(one, file, '306', '307');
  await one.save(file, 'status_code=307');
  for (const window of [one, other]) {
    await window.noProblem('`306`');
    await window.problem('`402`');
  }
  await replace(other, file, '402', '499');
  await other.problem('`499`');
  await one.problem('`402`');
  await other.save(file, 'status_code=499');
  await one.problem('`499`');
  ctx.shown('two');
}

/** Only a server that started anew can tell of a number that was written after the others were killed. */
async function killed(ctx, instance, windows, file) {
  const before = instance.servers().map(server => server.id);
  for (const id of before) process.kill(id, 'SIGKILL');
  await until('servers to start again', () => {
    const now = instance.servers().map(server => server.id);
    return now.length === 2 && !now.some(id => before.includes(id));
  });
  for (const window of windows) {
    await window.problem('`209`');
    await window.problem('`499`');
  }
  const [one, other] = windows;
  await replace(one, file, '499', '599');
  await one.problem('`599`');
  await one.noProblem('`499`');
  await one.save(file, 'status_code=599');
  await other.problem('`599`');
  for (const window of windows) await window.quiet('failed');
  await one.shot('killed');
  ctx.shown('killed');
}

async function replace(window, file, before, after) {
  await window.press('Control+1');
  await window.cursorBefore(file, before);
  for (let key = 0; key < before.length; key += 1) await window.press('Shift+ArrowRight');
  await window.type(after);
}

module.exports = { run };
