// Takes the pictures of the extension's README, in a dark and a light theme.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { command } = require('../driver/extension');
const { check } = require('../driver/wait');
const { TREE } = require('../driver/workbench');

const THEMES = { dark: 'Dark Modern', light: 'Light Modern' };
const LARGEST = 150_000;
const ORDERS = `import httpx
from fastapi import FastAPI, HTTPException, Response

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int) -> Response:
    answer = httpx.get(f"https://stock.example/{number}")
    if answer.status_code == 200 or 201:
        return Response(status_code=200)
    if answer.status_code == 404:
        raise HTTPException(status_code=404, detail="no such order")
    return Response(status_code=209)
`;

async function run(ctx) {
  for (const [theme, id] of Object.entries(THEMES)) {
    const folder = ctx.folder(`pictures-${theme}`, { 'orders.py': ORDERS });
    fs.rmSync(path.join(folder, 'api.py'));
    const file = path.join(folder, 'orders.py');
    const settings = {
      'workbench.colorTheme': id, 'breadcrumbs.enabled': false, 'editor.hover.above': false, 'editor.occurrencesHighlight': 'off', 'editor.stickyScroll.enabled': false,
    };
    const instance = await ctx.instance(`pictures-${theme}`, { settings });
    const window = await ctx.browser.window(instance, { folder, files: [file] }, { width: 1000, height: 640 });
    const take = (name, clip) => picture(ctx, window, `${name}-${theme}`, clip);
    await window.see('.squiggly-warning');
    await window.openProblems();
    await window.problem('always true');
    await tree(window, take);
    await window.command('View: Toggle Primary Side Bar Visibility');
    await window.gone('.part.sidebar');
    await diagnostics(window, take);
    await hover(window, file, take);
    await explain(window, take);
    await window.close();
  }
}

async function tree(window, take) {
  await window.openTree();
  await window.treeRow('404 Not Found');
  await window.expand('404 Not Found');
  await window.treeRow('orders.py');
  await window.expand('orders.py');
  await window.treeRow('line 12');
  const { x, width } = await window.box(['.part.sidebar'], 0);
  const { y, height } = await window.box([`${TREE} > .pane-header`, `${TREE} .monaco-list-row:has-text("line 13")`]);
  await take('tree', { x, y, width, height });
}

async function explain(window, take) {
  await window.command(command('explain'));
  await (await window.see('.quick-input-widget input')).fill('redirect');
  await window.see('.quick-input-list .monaco-list-row', '308 Permanent Redirect');
  await take('explain', await window.box(['.quick-input-widget']));
  await window.press('Escape');
}

async function diagnostics(window, take) {
  await window.press('Control+1');
  await window.cursor(3, 1);
  await window.line('404Not Found');
  await take('diagnostics', await window.box(['.part.editor', '.part.panel']));
}

async function hover(window, file, take) {
  await window.command('View: Toggle Panel Visibility');
  await window.gone('.markers-panel');
  await window.cursorBefore(file, '404:');
  await window.hover('404 Not Found');
  const { x, width } = await window.box(['.part.editor'], 0);
  const { y, height } = await window.box(['.monaco-hover:not(.hidden)', '.view-line:has-text("def order")']);
  await take('hover', { x, y, width, height });
  await window.press('Escape');
}

async function picture(ctx, window, name, clip) {
  const file = path.join(ctx.pictures, `${name}.png`);
  await window.page.screenshot({ path: file, clip });
  const { size } = fs.statSync(file);
  check(size < LARGEST, `${name}.png has ${size} bytes`);
  console.log(`${name}.png: ${Math.round(clip.width)} × ${Math.round(clip.height)}, ${Math.ceil(size / 1000)} kB`);
}

module.exports = { run };
