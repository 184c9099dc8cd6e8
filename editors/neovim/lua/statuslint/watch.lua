-- Tells the server of files that change beside the open ones: its configuration above all.
-- Neovim watches no files on Linux, since that takes a watch for every folder of a workspace. The
-- folders from an open file up to its root hold what counts for it, and those are few.
local folders = require('statuslint.folders')

local M = {}

local PAUSE = 100

-- client id → { handles = folder → handle, changed = the set of paths, timer = pending or not }
local watches = {}

local function watches_itself(client)
  local offered = client.capabilities or client.config.capabilities or {}
  local files = (offered.workspace or {}).didChangeWatchedFiles or {}
  return files.dynamicRegistration == true
end

local function notify(client, changes)
  local method, params = 'workspace/didChangeWatchedFiles', { changes = changes }
  if vim.fn.has('nvim-0.11') == 1 then client:notify(method, params)
  else client.notify(method, params) end
end

local function tell(client_id)
  local watch, client = watches[client_id], vim.lsp.get_client_by_id(client_id)
  if not watch or not client then return M.stop(client_id) end
  local changes = {}
  for path in pairs(watch.changed) do
    -- 2: changed or new, 3: deleted.
    local kind = folders.exists(path) and 2 or 3
    table.insert(changes, { uri = vim.uri_from_fname(path), type = kind })
  end
  watch.changed, watch.pending = {}, false
  notify(client, changes)
end

local function on_change(client_id, path)
  local watch = watches[client_id]
  if not watch then return end
  watch.changed[path] = true
  if watch.pending then return end
  watch.pending = true
  -- A file is often written in several steps.
  vim.defer_fn(function() tell(client_id) end, PAUSE)
end

local function watch_folder(client_id, folder)
  local handles = watches[client_id].handles
  if handles[folder] then return end
  local handle = vim.loop.new_fs_event()
  if not handle then return end
  -- A folder that cannot be watched is none that must be.
  local started = handle:start(folder, {}, vim.schedule_wrap(function(problem, name)
    if not problem and name then on_change(client_id, folder .. '/' .. name) end
  end))
  if started then handles[folder] = handle else handle:close() end
end

-- The folders that hold what counts for a file.
local function relevant(path, client)
  local configuration = folders.configuration(path)
  local tops = { client.config.root_dir, configuration and vim.fn.fnamemodify(configuration, ':h') }
  local above, last = folders.upward(path), 1
  for at, folder in ipairs(above) do
    if folder == tops[1] or folder == tops[2] then last = at end
  end
  return vim.list_slice(above, 1, last)
end

function M.start(client, buffer)
  if watches_itself(client) then return end
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' or not folders.exists(path) then return end
  watches[client.id] = watches[client.id] or { handles = {}, changed = {}, pending = false }
  for _, folder in ipairs(relevant(path, client)) do watch_folder(client.id, folder) end
end

function M.stop(client_id)
  local watch = watches[client_id]
  watches[client_id] = nil
  for _, handle in pairs(watch and watch.handles or {}) do handle:close() end
end

return M
