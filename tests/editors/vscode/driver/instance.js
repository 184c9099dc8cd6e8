// One VS Code as somebody has it: a profile, its extensions, a PATH, and the server of the workbench.
'use strict';
const { spawn, execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { until } = require('./wait');

const EDITORS = path.join(process.env.STATUSLINT_EDITORS, 'vscode');
const CODE_SERVER = path.join(EDITORS, 'node_modules/code-server/out/node/entry.js');

// Nothing of this asks a network, starts a tour or moves while a picture is taken.
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.editor.useModal': 'off',
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Dark Modern',
  'window.autoDetectColorScheme': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.cursorBlinking': 'solid',
};

/** A profile in a folder of its own that holds nothing but what is given here. */
class Instance {
  constructor({ scratch, name, extensions, settings = {}, trusting = true, PATH = '' }) {
    this.name = name;
    this.folder = path.join(scratch, name);
    this.extensions = extensions;
    this.trusting = trusting;
    this.settings = path.join(this.folder, 'user/User/settings.json');
    // What a user says about the machine that the workbench reaches, such as the path of a program there.
    this.machine = path.join(this.folder, 'user/Machine/settings.json');
    this.environment = {
      PATH: ['/usr/bin', '/bin', PATH].filter(Boolean).join(':'),
      HOME: path.join(this.folder, 'home'),
      TMPDIR: path.join(this.folder, 'tmp'),
      XDG_RUNTIME_DIR: path.join(this.folder, 'tmp'),
      LANG: 'C.UTF-8',
      // No marketplace to ask.
      EXTENSIONS_GALLERY: '{}',
    };
    for (const made of ['home', 'tmp', 'user/User', 'user/Machine']) fs.mkdirSync(path.join(this.folder, made), { recursive: true });
    // The workbench asks a login shell for the environment, and that begins with the system's PATH.
    fs.writeFileSync(path.join(this.folder, 'home/.profile'), `export PATH='${this.environment.PATH}'\n`);
    this.set(settings);
  }

  /** Writes the user's settings; an open workbench follows. */
  set(settings) {
    fs.writeFileSync(this.settings, JSON.stringify({ ...QUIET, ...settings }, null, 2));
  }

  async start() {
    const options = ['--user-data-dir', path.join(this.folder, 'user'), '--extensions-dir', this.extensions,
      '--bind-addr', '127.0.0.1:0', '--auth', 'none', '--disable-telemetry', '--disable-update-check',
      '--disable-getting-started-override', '--reconnection-grace-time', '1'];
    if (this.trusting) options.push('--disable-workspace-trust');
    const log = fs.openSync(this.log(), 'w');
    this.process = spawn(process.execPath, [CODE_SERVER, ...options],
      { env: this.environment, cwd: this.folder, stdio: ['ignore', log, log], detached: true });
    fs.closeSync(log);
    const said = await until(`${this.name} to listen`, () => /listening on (http:\S+?)\/?\s/.exec(fs.readFileSync(this.log(), 'utf8')));
    this.address = said[1];
    return this;
  }

  log() {
    return path.join(this.folder, 'log');
  }

  /** The whole process group: the server of the workbench, its extension hosts, and what they started. */
  stop() {
    if (!this.process) return;
    try {
      process.kill(-this.process.pid, 'SIGKILL');
    } catch { /* It has ended by itself. */ }
    this.process = undefined;
  }

  /** Waits until the workbench has started what it starts by itself: its processes have nothing to do. */
  async settled() {
    let before = -Infinity;
    await until(`${this.name} to settle`, async () => {
      const now = descendants(this.process.pid).reduce((sum, each) => sum + each.ticks, 0);
      await new Promise(resolve => setTimeout(resolve, 400));
      const quiet = now - before <= 2;
      before = now;
      return quiet;
    });
  }

  /** Language servers that run below this instance: process id, command and executable. */
  servers() {
    return descendants(this.process.pid).filter(each => each.command.includes('lsp') && !each.command[0].endsWith('node'));
  }

  /** The addresses of a folder, a `.code-workspace` file, or a window with nothing, with files opened in it. */
  url({ folder, workspace, files = [] }) {
    const address = new URL(this.address);
    if (folder) address.searchParams.set('folder', folder);
    else if (workspace) address.searchParams.set('workspace', workspace);
    else address.searchParams.set('ew', 'true');
    const payload = files.map(file => ['openFile', `vscode-remote://${address.host}${file}`]);
    if (payload.length) address.searchParams.set('payload', JSON.stringify(payload));
    return address.href;
  }
}

/** Every process below another, as the kernel tells it. */
function descendants(root) {
  const processes = [];
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state, parent] = fields;
      if (state === 'Z') continue;
      const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').filter(Boolean);
      processes.push({
        id: Number(name),
        parent: Number(parent),
        ticks: Number(fields[11]) + Number(fields[12]),
        command,
        executable: fs.readlinkSync(`/proc/${name}/exe`),
      });
    } catch { /* It ended meanwhile, or is a thread of the kernel. */ }
  }
  const below = new Set([root]);
  for (let before = 0; before !== below.size;) {
    before = below.size;
    for (const each of processes) if (below.has(each.parent)) below.add(each.id);
  }
  return processes.filter(each => below.has(each.id) && each.id !== root);
}

/** Puts a VSIX into a folder of extensions, as its user would. */
function installExtension(vsix, extensions, scratch) {
  const options = [CODE_SERVER, '--user-data-dir', path.join(scratch, 'installing'), '--extensions-dir', extensions, '--install-extension', vsix];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, options, { env: { PATH: '/usr/bin:/bin', HOME: scratch }, timeout: 120_000 }, (problem, said, complained) => {
      if (problem) reject(new Error(`${path.basename(vsix)} was not installed: ${said}${complained}`));
      else resolve(said);
    });
  });
}

module.exports = { EDITORS, Instance, installExtension };
