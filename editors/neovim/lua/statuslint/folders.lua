-- Where things are on disk: the root of a project, and the configuration that counts for a file.
local M = {}

M.CONFIGURATIONS = { 'statuslint.toml', '.statuslint.toml' }

function M.exists(path) return vim.loop.fs_stat(path) ~= nil end

-- The folder of a path and those above it, the nearest first.
function M.upward(path)
  local folders = {}
  local folder = vim.fn.fnamemodify(path, ':p:h')
  while folder ~= folders[#folders] do
    table.insert(folders, folder)
    folder = vim.fn.fnamemodify(folder, ':h')
  end
  return folders
end

-- The nearest folder above a file with the first marker that any of them has.
function M.root(path, markers)
  for _, marker in ipairs(markers) do
    for _, folder in ipairs(M.upward(path)) do
      if M.exists(folder .. '/' .. marker) then return folder end
    end
  end
end

-- The configuration file that counts for a file: the nearest one above it.
function M.configuration(path)
  for _, folder in ipairs(M.upward(path)) do
    for _, name in ipairs(M.CONFIGURATIONS) do
      local file = folder .. '/' .. name
      if M.exists(file) then return file end
    end
  end
end

return M
