-- Starts the server in every Neovim since 0.7: `require('statuslint').setup()`.
local M = {}

local chosen

local function defaults()
  return dofile(vim.api.nvim_get_runtime_file('lsp/statuslint.lua', false)[1])
end

-- Whether this Neovim starts servers by itself.
function M.modern() return vim.lsp.config ~= nil and vim.lsp.enable ~= nil end

-- The configuration of the server as it is now, whoever has set it.
function M.config()
  if M.modern() then return vim.lsp.config.statuslint end
  return chosen or defaults()
end

-- Whether anybody has asked for the server.
function M.enabled()
  if not M.modern() then return chosen ~= nil end
  return not vim.lsp.is_enabled or vim.lsp.is_enabled('statuslint')
end

-- What is given replaces the same keys of `lsp/statuslint.lua`; |statuslint-setup| has them.
function M.setup(options)
  options = vim.deepcopy(options or {})
  if options.inlay_hints ~= nil then
    vim.g.statuslint_inlay_hints = options.inlay_hints
    options.inlay_hints = nil
  end
  if options.cmd ~= nil and type(options.cmd) ~= 'table' then
    vim.notify("statuslint: `cmd` is a list, like { 'statuslint', 'lsp' }; the default is used",
      vim.log.levels.ERROR)
    options.cmd = nil
  end
  local theirs = options.on_exit
  if theirs then
    options.on_exit = function(...)
      require('statuslint.server').exited(...)
      theirs(...)
    end
  end
  if M.modern() then
    vim.lsp.config('statuslint', options)
    vim.lsp.enable('statuslint')
    return
  end
  chosen = vim.tbl_extend('force', defaults(), options)
  require('statuslint.older').start()
end

return M
