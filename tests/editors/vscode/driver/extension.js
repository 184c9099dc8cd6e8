// What the extension calls its commands and settings, as its manifest says it.
'use strict';
const { check } = require('./wait');

const manifest = require('../../../../editors/vscode/package.json');

/** The title of a command as the command palette shows it. */
function command(id) {
  const found = manifest.contributes.commands.find(each => each.command === `statuslint.${id}`);
  check(found, `there is no command statuslint.${id}`);
  return found.category ? `${found.category}: ${found.title}` : found.title;
}

module.exports = { command, manifest };
