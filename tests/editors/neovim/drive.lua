-- Tells the story in a Neovim, and what only this editor has.
--     nvim -l drive.lua NVIM
package.path = vim.fn.fnamemodify(arg[0], ':p:h') .. '/?.lua;' .. package.path

local WORKSPACE = assert(os.getenv('STATUSLINT_WORKSPACE'), 'STATUSLINT_WORKSPACE is not set')
local STATUSLINT = assert(os.getenv('STATUSLINT'), 'STATUSLINT is not set')
local SCRATCH = assert(os.getenv('SCRATCH'), 'SCRATCH is not set')

-- Written at once, in the order of what happens.
function print(text) io.stdout:write(text .. '\n') io.stdout:flush() end

local setup = ("require('statuslint').setup({ cmd = { %q, 'lsp' } })"):format(STATUSLINT)

-- A copy of the workspace that nobody else changes.
local function workspace(name)
  local folder = ('%s/%s'):format(SCRATCH, name)
  vim.fn.system({ 'cp', '-r', WORKSPACE, folder })
  return folder
end

local function drive(nvim)
  local line = vim.split(vim.fn.system({ nvim, '--version' }), '\n')[1]
  local full, minor = line:match('v(0%.(%d+)%.%d+)')
  local version = tonumber(minor)
  print(('client: neovim-0.%d Neovim %s'):format(version, full))
  local it = { nvim = nvim, version = version, setup = setup, statuslint = STATUSLINT,
    workspace = function(name) return workspace(name .. '-' .. version) end }
  for _, part in ipairs({ 'story', 'server', 'plugin' }) do require(part).tell(it) end
end

local ok, problem = pcall(drive, arg[1])
if not ok then
  print('FAILED: ' .. tostring(problem))
  os.exit(1)
end
