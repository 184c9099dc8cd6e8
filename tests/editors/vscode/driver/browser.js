// The browser that shows workbenches, and what was on screen when something failed.
'use strict';
const path = require('node:path');
const { EDITORS } = require('./instance');
const { LIMIT } = require('./wait');
const { Workbench } = require('./workbench');
const { chromium } = require(path.join(EDITORS, 'node_modules/playwright-core'));

const SHOTS = process.env.STATUSLINT_SHOTS;

class Browser {
  static async launch() {
    const made = new Browser();
    made.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
    });
    made.open = new Set();
    return made;
  }

  /** A window that nobody has used yet: what the workbench keeps in a browser is empty. */
  async window(instance, where, { width = 1280, height = 800, scale = 1 } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT);
    const workbench = new Workbench(page, instance, SHOTS);
    workbench.close = async () => {
      this.open.delete(workbench);
      await context.close();
    };
    this.open.add(workbench);
    await page.goto(instance.url(where), { waitUntil: 'domcontentloaded' });
    await page.waitForSelector('.monaco-workbench .part.editor');
    return workbench;
  }

  /** Leaves a picture of every window of a story that failed, and says what stands in it. */
  async report(story, instances) {
    const windows = [...this.open].filter(workbench => instances.includes(workbench.instance));
    for (const [index, workbench] of windows.entries()) {
      const name = `failed-${story}-${index}`;
      await workbench.shot(name).catch(problem => console.log(`no picture: ${problem.message}`));
      const text = await workbench.page.evaluate(() => document.body.innerText).catch(() => '');
      console.log(`--- ${name}.png: ${text.replace(/\s*\n\s*/g, ' | ').slice(0, 3000)}`);
      console.log(`--- servers: ${JSON.stringify(workbench.instance.servers())}`);
      await workbench.close();
    }
  }

  async close() {
    await this.browser.close();
  }
}

module.exports = { Browser };
