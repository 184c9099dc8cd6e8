// The story that every editor is driven through, in a profile in which nothing was ever opened.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { check } = require('../driver/wait');

const RULES = 'https://github.com/statuslint/statuslint/blob/main/crates/lint/src/rules/';
const FOUND = { 306: 'unused-code', 402: 'reserved-code', 209: 'unknown-code' };
// On a machine with nothing else to do it takes a second or two; a loaded one may take longer.
const OPENING_LIMIT = 30_000;

async function run(ctx) {
  const folder = ctx.workspace;
  const file = path.join(folder, 'api.py');
  const instance = await ctx.instance('story');
  // A configuration would wake the extension before any file is opened.
  const configured = path.join(folder, 'statuslint.toml');
  const text = fs.readFileSync(configured, 'utf8');
  fs.rmSync(configured);
  const window = await ctx.browser.window(instance, { folder });
  await instance.settled();
  await opening(ctx, window);
  fs.writeFileSync(configured, text);
  await diagnostics(ctx, window);
  await hover(ctx, window, file);
  await hints(ctx, window);
  await fix(ctx, window, file);
  await edit(ctx, window, file);
  await configuration(ctx, window, folder);
  await completion(ctx, window, file);
  await window.close();
}

/** From the click on a file to its first diagnostic: the extension wakes, finds its server and asks it. */
async function opening(ctx, window) {
  const row = await window.see('.explorer-folders-view .monaco-list-row', 'api.py');
  // Documents of the workbench's own may have woken the extension already.
  const before = ctx.servers().length === 0 ? 'no server ran before' : 'the server ran already';
  const began = Date.now();
  await row.dblclick();
  await window.see('.squiggly-warning');
  const took = Date.now() - began;
  console.log(`a diagnostic ${(took / 1000).toFixed(1)} s after opening a file in an empty profile; ${before}`);
  check(took < OPENING_LIMIT, `the first diagnostic took ${took} ms`);
  const [server] = ctx.servers();
  check(server?.executable.startsWith(ctx.extensions.full), `the server is not the bundled one: ${JSON.stringify(server)}`);
}

async function diagnostics(ctx, window) {
  await window.openProblems();
  for (const [code, rule] of Object.entries(FOUND)) {
    check((await window.problem(`\`${code}\``)).includes(rule), `${rule} is not what is said of ${code}`);
  }
  await window.problem('always true');
  const links = await window.page.locator('.markers-panel a.monaco-link').evaluateAll(found => found.map(link => [link.innerText, link.href]));
  for (const rule of Object.values(FOUND)) {
    const page = RULES + rule.replaceAll('-', '_') + '.md';
    check(links.some(([text, to]) => text.includes(rule) && to === page), `the name of ${rule} does not lead to its page: ${links}`);
  }
  check(!(await window.problems()).some(row => row.includes('`404`')), 'there is a problem at 404');
  await window.shot('problems');
  ctx.shown('diagnostics');
}

async function hover(ctx, window, file) {
  await window.press('Control+1');
  await window.cursorBefore(file, '404');
  const number = await window.hover('404 Not Found');
  check(number.includes('RFC 9110'), `the hover on 404 names no source: ${number}`);
  await window.shot('hover-number');
  await window.press('Escape');
  await window.cursorBefore(file, 'HTTP_410_GONE');
  await window.hover('410 Gone');
  await window.shot('hover-constant');
  await window.press('Escape');
  ctx.shown('hover');
}

async function hints(ctx, window) {
  const line = await window.line('no such order');
  check(line.includes('404Not Found') || line.includes('404 Not Found'), `no name beside 404: ${line}`);
  await window.shot('hints');
  ctx.shown('hints');
}

async function fix(ctx, window, file) {
  await window.cursorBefore(file, '209');
  await window.quickFix('Replace 209 with 208 Already Reported');
  await window.noProblem('`209`');
  await window.save(file, 'status_code=208');
  ctx.shown('fix');
}

async function edit(ctx, window, file) {
  await window.cursorBefore(file, '306');
  await window.press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await window.type('307');
  await window.noProblem('`306`');
  await window.problem('`402`');
  check(!(await window.problems()).some(row => row.includes('307')), 'there is a problem at 307');
  await window.save(file, 'status_code=307');
  ctx.shown('edit');
}

async function configuration(ctx, window, folder) {
  const file = path.join(folder, 'statuslint.toml');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('allow = []', 'allow = [402]'));
  await window.noProblem('`402`');
  await window.problem('always true');
  ctx.shown('configuration');
}

/** A code by the words of its name; what is offered is a constant of a library that the file imports. */
async function completion(ctx, window, file) {
  await window.cursorBefore(file, '208');
  await window.press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await window.type('not f');
  await window.press('Control+Space');
  const row = await window.see('.suggest-widget.visible .monaco-list-row', '404 Not Found');
  await window.shot('completion');
  const [constant] = /\S*NOT_FOUND/.exec(await row.innerText());
  await row.click();
  await window.line(`status_code=${constant}`);
  await window.save(file, `status_code=${constant}`);
  ctx.shown('completion');
}

module.exports = { run };
