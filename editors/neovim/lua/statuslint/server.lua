-- What becomes of the server: attached to a buffer, missing, ended, started again.
local M = {}

-- As many ends within this time are an accident each; one more is a server that cannot run.
local ACCIDENTS, WITHIN = 4, 180

-- When the server ended without having been asked to, in seconds.
local ends = {}

-- The commands that were said to be missing.
local told = {}

local function say(text, level) vim.notify('statuslint: ' .. text, level or vim.log.levels.WARN) end

function M.clients()
  local all = vim.lsp.get_clients or vim.lsp.get_active_clients
  return vim.tbl_filter(function(client) return client.name == 'statuslint' end, all())
end

local function stop(client, force)
  if vim.fn.has('nvim-0.11') == 1 then client:stop(force) else client.stop(force) end
end

-- Whether there is no such command. That is said once, not at each buffer.
function M.is_missing(config)
  local command = type(config.cmd) == 'table' and config.cmd[1]
  if not command or vim.fn.executable(command) == 1 then return false end
  if not told[command] then
    told[command] = true
    -- A line that fits most screens: a longer one has to be dismissed.
    say(('there is no command `%s`: install it or set `cmd`, see :checkhealth statuslint')
      :format(command))
  end
  return true
end

-- Neovim from 0.11 on passes over a server that is missing, so that nobody learns of it.
function M.opened(buffer)
  local statuslint = require('statuslint')
  if vim.bo[buffer].buftype ~= '' or not statuslint.modern() or not statuslint.enabled() then return end
  local config = statuslint.config()
  if config and vim.tbl_contains(config.filetypes or {}, vim.bo[buffer].filetype) then
    M.is_missing(config)
  end
end

local function show_hints(buffer)
  if vim.g.statuslint_inlay_hints == false or not vim.lsp.inlay_hint then return end
  -- 0.10 took its arguments in another order before its release.
  pcall(vim.lsp.inlay_hint.enable, true, { bufnr = buffer })
end

function M.attached(client, buffer)
  show_hints(buffer)
  -- 0.7 leaves completion to whoever sets it up; later ones do this themselves.
  if vim.bo[buffer].omnifunc == '' then vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc' end
  require('statuslint.watch').start(client, buffer)
end

-- Neovim's handler of the server's wish that diagnostics be asked for again.
function M.refresh(problem, result, ctx)
  local theirs = vim.lsp.handlers['workspace/diagnostic/refresh']
  if theirs then return theirs(problem, result, ctx) end
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  for _, buffer in ipairs(vim.lsp.get_buffers_by_client_id(ctx.client_id)) do
    local params = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
    if vim.fn.has('nvim-0.11') == 1 then
      client:request('textDocument/diagnostic', params, nil, buffer)
    else
      client.request('textDocument/diagnostic', params, nil, buffer)
    end
  end
  return vim.NIL
end

local function start_all()
  if require('statuslint').modern() then
    -- This starts it in the buffers that are already open, too.
    vim.lsp.enable('statuslint')
  else
    require('statuslint.older').attach_all()
  end
end

local function recent(now)
  return vim.tbl_filter(function(time) return now - time < WITHIN end, ends)
end

local function start_again(reason)
  if vim.v.exiting ~= vim.NIL or not require('statuslint').enabled() then return end
  local now = vim.loop.now() / 1000
  ends = recent(now)
  table.insert(ends, now)
  if #ends > ACCIDENTS then
    say(('the server ended %d times (%s) and stays away, see :checkhealth statuslint')
      :format(#ends, reason), vim.log.levels.ERROR)
    return
  end
  -- At once after the first end, later each time: what hinders it may pass.
  vim.defer_fn(start_all, 100 * (#ends - 1) ^ 2)
end

-- Neovim's `on_exit`. A server that was asked to end, or was terminated, stays away.
function M.exited(code, signal, client_id)
  vim.schedule(function()
    require('statuslint.watch').stop(client_id)
    if signal == 15 or (code == 0 and signal == 0) then return end
    start_again(signal ~= 0 and 'signal ' .. signal or 'exit status ' .. code)
  end)
end

-- Stops the server, and starts it in every buffer it is for.
function M.restart()
  ends, told = {}, {}
  for _, client in ipairs(M.clients()) do stop(client) end
  local began = vim.loop.now()
  local function start_when_stopped()
    if #M.clients() == 0 then
      start_all()
    elseif vim.loop.now() - began < 5000 then
      vim.defer_fn(start_when_stopped, 50)
    else
      for _, client in ipairs(M.clients()) do stop(client, true) end
      vim.defer_fn(start_all, 500)
    end
  end
  start_when_stopped()
end

return M
