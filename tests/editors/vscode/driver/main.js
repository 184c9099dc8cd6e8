// Drives the stories, each with its own folders and editors: the first alone, for it measures, the others
// two at a time.
//
//     main.js [STORY…]           all of them, or those named
//     main.js --pictures         writes the pictures of the extension's README
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Browser } = require('./browser');
const { EDITORS, Instance, installExtension } = require('./instance');

const STORIES = ['story', 'together', 'trust', 'missing', 'tree', 'commands', 'folders', 'settings'];

const LANES = 2;

class Context {
  constructor(scratch, browser, pictures) {
    Object.assign(this, { scratch, browser, pictures, instances: [] });
    this.workspace = process.env.STATUSLINT_WORKSPACE;
    this.extensions = { full: path.join(scratch, 'full'), bare: path.join(scratch, 'bare') };
  }

  /** The extension as it is shipped, and one that somebody packaged without its server. */
  async install() {
    for (const kind of ['full', 'bare']) {
      await installExtension(path.join(EDITORS, `statuslint-${kind}.vsix`), this.extensions[kind], this.scratch);
    }
  }

  async instance(name, { extensions = 'full', ...options } = {}) {
    const made = new Instance({ scratch: this.scratch, name, extensions: this.extensions[extensions], ...options });
    this.instances.push(made);
    return made.start();
  }

  /** The language servers of the editors of this story. */
  servers() {
    return this.instances.flatMap(instance => instance.servers());
  }

  /** A fresh folder with these files, on which nobody has an editor open. */
  folder(name, files = {}) {
    const folder = path.join(this.scratch, 'folders', name);
    fs.cpSync(path.join(__dirname, '../../workspace'), folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    return folder;
  }

  shown(feature) {
    console.log(`shown: ${feature}`);
  }

  stop() {
    for (const instance of this.instances) instance.stop();
  }
}

async function tell(ctx, story) {
  const began = Date.now();
  let problem;
  try {
    await require(`../stories/${story}`).run(ctx);
  } catch (thrown) {
    problem = thrown;
    console.log(`FAILED: ${story}: ${thrown.stack}`);
    await ctx.browser.report(story, ctx.instances);
  }
  ctx.stop();
  console.log(`${story}: ${problem ? 'failed' : 'done'} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return !problem;
}

/** How many of the stories failed. */
async function tellAll(stories, context) {
  const left = [...stories];
  let failed = 0;
  const next = async () => {
    if (!await tell(context(), left.shift())) failed += 1;
  };
  await next();
  await Promise.all(Array.from({ length: LANES }, async () => {
    while (left.length) await next();
  }));
  return failed;
}

async function main() {
  const given = process.argv.slice(2);
  const pictures = given[0] === '--pictures' ? path.join(__dirname, '../../../../editors/vscode/images') : undefined;
  const stories = pictures ? ['pictures'] : given.length ? given : STORIES;
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'statuslint-vscode-'));
  const browser = await Browser.launch();
  const contexts = [];
  const context = () => {
    contexts.push(new Context(scratch, browser, pictures));
    return contexts.at(-1);
  };
  try {
    await context().install();
    if (await tellAll(stories, context)) process.exitCode = 1;
  } finally {
    for (const each of contexts) each.stop();
    await browser.close();
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

main();
