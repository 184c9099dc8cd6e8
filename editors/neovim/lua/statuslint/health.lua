-- `:checkhealth statuslint`: the binary, the buffer one comes from, its configuration, the client.
local folders = require('statuslint.folders')
local process = require('statuslint.process')
local server = require('statuslint.server')

local M = {}

local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local info = health.info or health.report_info
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

-- What the binary says, and the problem if it cannot. A check may be waited for; meanwhile nothing
-- else happens, since 0.7 takes what another part of the editor complains of for a failed check.
local function ask(arguments)
  local said, problem
  local job = process.run(arguments, function(lines, what) said, problem = lines, what end)
  if job and vim.fn.jobwait({ job }, 6000)[1] == -1 then
    vim.fn.jobstop(job)
    return nil, 'it does not answer'
  end
  return said, problem
end

local function check_binary()
  start('statuslint: the command')
  local command = process.command({})
  local found = vim.fn.exepath(command[1])
  if found == '' then
    fail(('there is no command `%s`'):format(command[1]), {
      'Install statuslint: https://github.com/statuslint/statuslint',
      "Or say where it is: require('statuslint').setup({ cmd = { '/path/to/statuslint', 'lsp' } })",
      'Then :StatuslintRestart',
    })
    return false
  end
  local version, problem = ask({ '--version' })
  if not version then
    fail(('%s does not run: %s'):format(found, problem or 'it did not answer'))
    return false
  end
  ok(('%s is %s'):format(found, table.concat(version, ' ')))
  return true
end

local function check_buffer(buffer, path)
  start('statuslint: the buffer ' .. (path ~= '' and path or 'without a name'))
  local filetype = vim.bo[buffer].filetype
  local config = require('statuslint').config()
  local attached
  for _, client in ipairs(server.clients()) do
    if vim.lsp.buf_is_attached(buffer, client.id) then attached = client end
  end
  if attached then
    ok(('the server is attached: client %d, root %s, positions in %s'):format(attached.id,
      tostring(attached.config.root_dir or '(none)'), tostring(attached.offset_encoding)))
  elseif not require('statuslint').enabled() then
    warn('nobody has asked for the server', {
      "require('statuslint').setup(), or from 0.11 on vim.lsp.enable('statuslint')",
    })
  elseif not vim.tbl_contains(config.filetypes, filetype) then
    info(('the filetype `%s` is none that statuslint reads'):format(filetype))
  else
    warn('the server is not attached', { ':StatuslintRestart', 'its log: ' .. require('vim.lsp.log').get_filename() })
  end
  return attached
end

local function check_configuration(path, client, runs)
  start('statuslint: the configuration in force')
  local file = path ~= '' and folders.configuration(path)
  if file then ok(file .. ' counts') else info('no statuslint.toml above the file: the defaults count') end
  local options = client and client.config.init_options or (require('statuslint').config() or {}).init_options
  if options and next(options) then info('what the editor adds: ' .. vim.inspect(options)) end
  if not runs or path == '' or not folders.exists(path) then return end
  local _, problem = ask({ 'check', '--exit-zero', '--quiet', path })
  if problem then fail(problem) else ok('it can be read') end
end

local function check_client(client)
  start('statuslint: what this Neovim can show')
  local version = vim.version()
  local starts = require('statuslint').modern() and 'servers are started by vim.lsp.enable'
    or "servers are started by require('statuslint').setup"
  ok(('Neovim %d.%d.%d: %s'):format(version.major, version.minor, version.patch, starts))
  if not vim.lsp.inlay_hint then
    info('no inlay hints before 0.10')
  elseif vim.g.statuslint_inlay_hints == false then
    info('inlay hints are switched off (vim.g.statuslint_inlay_hints)')
  else
    ok('inlay hints are shown')
  end
  local offered = client and client.server_capabilities or {}
  if offered.diagnosticProvider then
    ok('diagnostics are asked for')
  else
    info('diagnostics come by themselves')
  end
end

function M.check()
  -- The report has a buffer of its own; the question is about the one before.
  local buffer = vim.fn.bufnr('#')
  if buffer < 1 then buffer = vim.api.nvim_get_current_buf() end
  local path = vim.api.nvim_buf_get_name(buffer)
  local runs = check_binary()
  local client = check_buffer(buffer, path)
  check_configuration(path, client, runs)
  check_client(client)
end

return M
