// Wrong values in the user's settings are told by VS Code itself, from the schema of statuslint.toml.
'use strict';

async function run(ctx) {
  const instance = await ctx.instance('settings', { settings: { 'statuslint.evidence': 'sure' } });
  const window = await ctx.browser.window(instance, { folder: ctx.folder('settings') });
  await window.command('Preferences: Open User Settings (JSON)');
  await window.see('.tab.active', 'settings.json');
  await window.openProblems();
  await window.command('View: Toggle Maximized Panel');
  console.log(`a wrong setting: ${(await window.problem('Value is not accepted')).replace(/\n/g, ' ')}`);
  await window.shot('settings');
  await window.close();
}

module.exports = { run };
