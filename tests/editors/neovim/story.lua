-- What somebody sees in Neovim: a diagnostic for 306, a hover for 404, and both gone with the cause.
-- STATUSLINT is the binary, STATUSLINT_WORKSPACE the folder with api.py in it.
local workspace = assert(os.getenv('STATUSLINT_WORKSPACE'), 'STATUSLINT_WORKSPACE is not set')

local function say(text) io.stdout:write(text .. '\n') end

local function wait_for(what, condition)
  assert(vim.wait(20000, condition, 50), 'waited in vain for ' .. what)
end

-- The line and column of a piece of the buffer, from 0.
local function find(piece)
  for line, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = text:find(piece, 1, true)
    if column then return line - 1, column - 1 end
  end
  error(piece .. ' is not in the buffer')
end

local function diagnostic_at(piece)
  local line, column = find(piece)
  for _, found in ipairs(vim.diagnostic.get(0)) do
    if found.lnum == line and found.col == column then return found end
  end
end

-- The text of the floating window, once there is one.
local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local buffer = vim.api.nvim_win_get_buf(window)
      return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
    end
  end
end

local function hover(piece)
  local line, column = find(piece)
  vim.api.nvim_win_set_cursor(0, { line + 1, column + 1 })
  vim.lsp.buf.hover()
  wait_for('the hover of ' .. piece, function() return floating_text() ~= nil end)
  return floating_text()
end

local function story()
  local version = vim.version()
  say(('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch))
  require('statuslint').setup({ cmd = { assert(os.getenv('STATUSLINT')), 'lsp' } })
  vim.cmd('edit ' .. vim.fn.fnameescape(workspace .. '/api.py'))
  assert(vim.bo.filetype == 'python', 'the file is not taken for Python')

  wait_for('a diagnostic of 306', function() return diagnostic_at('306') end)
  for _, found in ipairs(vim.diagnostic.get(0)) do
    say(('%d:%d %s %s: %s'):format(found.lnum + 1, found.col + 1, found.source,
      tostring(found.code or found.user_data.lsp.code), found.message))
  end
  local unused = diagnostic_at('306')
  assert((unused.code or unused.user_data.lsp.code) == 'unused-code', 'another rule found 306')
  assert(unused.message:find('306', 1, true), 'the message does not name 306')
  assert(diagnostic_at('402'), '402 has no diagnostic')
  assert(diagnostic_at('209'), '209 has no diagnostic')
  assert(not diagnostic_at('404'), '404 has a diagnostic')

  local text = hover('404')
  say('hover on 404:\n' .. text)
  assert(text:find('404 Not Found', 1, true), 'the hover does not say what 404 is')

  local line, column = find('306')
  vim.api.nvim_buf_set_text(0, line, column, line, column + 3, { '307' })
  local before = #vim.diagnostic.get(0)
  wait_for('the diagnostic to go', function() return #vim.diagnostic.get(0) == before - 1 end)
  assert(not diagnostic_at('307'), '307 has a diagnostic')
  say('307 in its place: nothing to say')
end

local ok, problem = pcall(story)
if not ok then
  io.stderr:write('FAILED: ' .. tostring(problem) .. '\n')
  vim.cmd('cquit 1')
end
vim.cmd('qall!')
