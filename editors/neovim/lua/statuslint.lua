-- Starts the server in every Neovim since 0.7: `require('statuslint').setup()`.
-- What is given to `setup` replaces the same keys of `lsp/statuslint.lua`.
local M = {}

local folder = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h')

-- The nearest folder above a file that holds one of the markers.
local function root(path, markers)
  local above = vim.fn.fnameescape(vim.fn.fnamemodify(path, ':p:h')) .. ';'
  for _, marker in ipairs(markers) do
    local file = vim.fn.findfile(marker, above)
    if file ~= '' then return vim.fn.fnamemodify(file, ':p:h') end
    local inner = vim.fn.finddir(marker, above)
    if inner ~= '' then return vim.fn.fnamemodify(inner, ':p:h:h') end
  end
  return vim.fn.fnamemodify(path, ':p:h')
end

-- One server a root, for versions that do not see to that themselves.
local clients = {}

local function attach(buffer, config)
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' or vim.bo[buffer].buftype ~= '' then return end
  local root_dir = root(path, config.root_markers)
  local start = { name = 'statuslint', cmd = config.cmd, root_dir = root_dir,
    init_options = config.init_options, settings = config.settings, on_attach = config.on_attach,
    capabilities = config.capabilities,
    workspace_folders = { { uri = vim.uri_from_fname(root_dir), name = root_dir } } }
  if vim.lsp.start then
    vim.lsp.start(start, { bufnr = buffer })
    return
  end
  local client = clients[root_dir]
  if not client or not vim.lsp.get_client_by_id(client) then
    client = vim.lsp.start_client(start)
    clients[root_dir] = client
  end
  if client then vim.lsp.buf_attach_client(buffer, client) end
end

function M.setup(options)
  local config = vim.tbl_extend('force', dofile(folder .. '/lsp/statuslint.lua'), options or {})
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config('statuslint', config)
    vim.lsp.enable('statuslint')
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    pattern = config.filetypes,
    callback = function(event) attach(event.buf or vim.api.nvim_get_current_buf(), config) end,
  })
end

return M
