// Wrong values in the user's settings are told by VS Code itself, from the schema of statuslint.toml.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

async function run(ctx) {
  const folder = ctx.folder('settings');
  // No other problems, so that this one is in sight.
  fs.rmSync(path.join(folder, 'api.py'));
  const instance = await ctx.instance('settings', { settings: { 'statuslint.evidence': 'sure' } });
  const window = await ctx.browser.window(instance, { folder });
  await window.command('Preferences: Open User Settings (JSON)');
  await window.see('.tab.active', 'settings.json');
  await window.openProblems();
  console.log(`a wrong setting: ${(await window.problem('Value is not accepted')).replace(/\n/g, ' ')}`);
  await window.shot('settings');
  await window.close();
}

module.exports = { run };
