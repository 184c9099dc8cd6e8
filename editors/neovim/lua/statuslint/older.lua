-- Starts the server where Neovim does not do it by itself, from 0.7 to 0.10.
local folders = require('statuslint.folders')

local M = {}

-- One server a root, for 0.7, which does not see to that itself.
local clients = {}

local function start_config(config, path)
  local root = folders.root(path, config.root_markers)
  local start = vim.tbl_extend('force', config, {
    name = 'statuslint',
    root_dir = root,
    -- What is given here stands in for Neovim's own, up to 0.9.
    capabilities = vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(),
      config.capabilities or {}),
    workspace_folders = root and { { uri = vim.uri_from_fname(root), name = root } } or nil,
  })
  -- There is no event for it before 0.8.
  if vim.fn.exists('##LspAttach') == 0 then
    start.on_attach = function(client, buffer)
      require('statuslint.server').attached(client, buffer)
      if config.on_attach then config.on_attach(client, buffer) end
    end
  end
  return start
end

local function client_for(start)
  local key = start.root_dir or ''
  if not clients[key] or not vim.lsp.get_client_by_id(clients[key]) then
    clients[key] = vim.lsp.start_client(start)
  end
  return clients[key]
end

-- Attaches a buffer to the server of its root, which is started where there is none.
function M.attach(buffer)
  local config = require('statuslint').config()
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' or vim.bo[buffer].buftype ~= '' then return end
  if not vim.tbl_contains(config.filetypes, vim.bo[buffer].filetype) then return end
  if require('statuslint.server').is_missing(config) then return end
  local start = start_config(config, path)
  if vim.lsp.start then
    vim.api.nvim_buf_call(buffer, function() vim.lsp.start(start) end)
    return
  end
  local client = client_for(start)
  if client then vim.lsp.buf_attach_client(buffer, client) end
end

function M.attach_all()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) then M.attach(buffer) end
  end
end

function M.start()
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('statuslint_older', {}),
    desc = 'Starts statuslint',
    callback = function(event) M.attach(event.buf) end,
  })
  if vim.v.vim_did_enter == 1 then M.attach_all() end
end

return M
