// What somebody does and sees in a window of VS Code, by the names they have on its screen.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { LIMIT, until, check } = require('./wait');

/** Texts of the editor have no-break spaces for spaces. */
const plain = text => text.replace(/[\u00a0\u200b]/g, found => (found === '\u00a0' ? ' ' : '')).replace(/[ \t]+/g, ' ').trim();

const TREE = '.pane:has(.pane-header[aria-label*="HTTP Status Codes"])';

class Workbench {
  constructor(page, instance, shots) {
    Object.assign(this, { page, instance, shots });
  }

  async shot(name, clip) {
    await this.page.screenshot({ path: path.join(this.shots, `${name}.png`), clip });
  }

  /** What is around all of these, with a margin. */
  async box(selectors, margin = 8) {
    const boxes = [];
    for (const selector of selectors) boxes.push(await (await this.see(selector)).boundingBox());
    const left = Math.max(0, Math.min(...boxes.map(box => box.x)) - margin);
    const top = Math.max(0, Math.min(...boxes.map(box => box.y)) - margin);
    const { width, height } = this.page.viewportSize();
    const right = Math.min(width, Math.max(...boxes.map(box => box.x + box.width)) + margin);
    const bottom = Math.min(height, Math.max(...boxes.map(box => box.y + box.height)) + margin);
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text) {
    await this.page.keyboard.type(text);
  }

  async see(selector, text) {
    const found = this.page.locator(selector, text ? { hasText: text } : undefined).first();
    await found.waitFor({ state: 'visible' });
    return found;
  }

  async gone(selector, text) {
    await this.page.locator(selector, text ? { hasText: text } : undefined).first().waitFor({ state: 'hidden' });
  }

  // Quick input: files, commands, lists of an extension.

  async rows() {
    const texts = await this.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    return texts.map(plain);
  }

  /**
   * Opens the quick input, writes into it, and does what follows. Whatever takes the focus meanwhile closes
   * it, which a workbench that starts may do: then once more.
   */
  async quickInput(text, then) {
    await until(`the quick input with ${text}`, async () => {
      try {
        await this.press('F1');
        await this.page.locator('.quick-input-widget input').fill(text, { timeout: 5_000 });
        await then();
        return true;
      } catch (problem) {
        if (problem.name !== 'TimeoutError') throw problem;
        await this.press('Escape');
        return false;
      }
    });
  }

  async pick(text, limit = LIMIT) {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click({ timeout: limit });
    // Away from everything that says something when the mouse is over it.
    await this.page.mouse.move(1000, 8);
  }

  async command(title) {
    await this.quickInput(`>${title}`, () => this.pick(title, 5_000));
  }

  async openFile(name) {
    await this.quickInput(name, () => this.pick(name, 5_000));
    await this.see('.tab.active', name);
    await this.see('.monaco-editor .view-line');
  }

  // The editor.

  /** Puts the cursor before a piece of the file, which is as it is on disk. */
  async cursorBefore(file, piece) {
    const before = fs.readFileSync(file, 'utf8').split(piece);
    check(before.length > 1, `${piece} is not in ${file}`);
    const lines = before[0].split('\n');
    await this.cursor(lines.length, lines.at(-1).length + 1);
  }

  async cursor(line, column) {
    const place = `Ln ${line}, Col ${column}`;
    await this.quickInput(`:${line}:${column}`, async () => {
      await this.press('Enter');
      await this.page.locator('.statusbar-item', { hasText: place }).waitFor({ timeout: 5_000 });
    });
  }

  async lines() {
    const texts = await this.page.locator('.editor-instance .view-line').allInnerTexts();
    return texts.map(plain);
  }

  async line(text) {
    return until(`a line with ${text}`, async () => (await this.lines()).find(line => line.includes(text)));
  }

  async save(file, text) {
    await this.press('Control+s');
    await until(`${text} in ${path.basename(file)} on disk`, () => fs.readFileSync(file, 'utf8').includes(text));
  }

  /** The hover at the cursor, asked for with the keys. */
  async hover(text) {
    await this.press('Control+k', 'Control+i');
    const hover = await this.see('.monaco-hover:not(.hidden)', text);
    return plain(await hover.innerText());
  }

  async quickFix(title) {
    await this.press('Control+.');
    const action = await this.see('.action-widget .monaco-list-row', title);
    await action.click();
    await this.gone('.action-widget');
  }

  /** What stands in the frames of a web view. */
  webView(text) {
    return until(`${text} in a web view`, async () => {
      for (const frame of this.page.frames().slice(1)) {
        const said = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
        if (said.includes(text)) return said;
      }
      return undefined;
    });
  }

  // The view of the codes of the workspace.

  /** Shows the view, with all the room that the explorer has. */
  async openTree() {
    await this.command('Explorer: Focus on HTTP Status Codes View');
    const files = this.page.locator('.pane:has(.explorer-folders-view) > .pane-header');
    if (await files.getAttribute('aria-expanded') === 'true') await files.click();
  }

  async treeRows() {
    return (await this.page.locator(`${TREE} .monaco-list-row`).allInnerTexts()).map(text => plain(text.replace(/\s+/g, ' ')));
  }

  treeRow(text) {
    return until(`a row of the tree with ${text}`, async () => (await this.treeRows()).find(row => row.includes(text)));
  }

  async clickTree(text) {
    await this.page.locator(`${TREE} .monaco-list-row`, { hasText: text }).first().click();
    await this.page.mouse.move(1000, 8);
  }

  /** Opens what a row holds; one that is being drawn anew may miss a click. */
  async expand(text) {
    const row = this.page.locator(`${TREE} .monaco-list-row`, { hasText: text }).first();
    await until(`${text} to open in the tree`, async () => {
      if (await row.getAttribute('aria-expanded') === 'true') return true;
      await this.clickTree(text);
      await row.and(this.page.locator('[aria-expanded="true"]')).waitFor({ timeout: 2_000 }).catch(() => {});
      return false;
    });
  }

  // Panels, the status bar and what pops up.

  async openProblems() {
    await this.command('Problems: Focus on Problems View');
    await this.see('.markers-panel');
  }

  async problems() {
    const texts = await this.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
    return texts.map(plain);
  }

  problem(text) {
    return until(`a problem with ${text}`, async () => (await this.problems()).find(row => row.includes(text)));
  }

  noProblem(text) {
    return until(`no problem with ${text}`, async () => !(await this.problems()).some(row => row.includes(text)));
  }

  /** That nothing popped up that says this. */
  async quiet(text) {
    const toasts = await this.page.locator('.notifications-toasts .notification-list-item').allInnerTexts();
    const said = toasts.map(plain).find(toast => toast.includes(text));
    check(!said, `a message pops up: ${said}`);
  }

  async dismissNotifications() {
    await this.command('Notifications: Clear All Notifications');
    await this.gone('.notifications-toasts .notification-list-item');
  }

  /** A message, which pops up, or is in the list behind the bell when others kept it from that. */
  async notification(text) {
    const items = '.notifications-toasts .notification-list-item, .notifications-center.visible .notification-list-item';
    const message = this.page.locator(items, { hasText: text }).first();
    const shown = await message.waitFor({ timeout: 10_000 }).then(() => true, () => false);
    if (!shown) await this.command('Notifications: Show Notifications');
    return plain(await (await this.see(items, text)).innerText());
  }
}

module.exports = { TREE, Workbench };
