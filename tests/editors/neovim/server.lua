-- Two editors at once, a server that is killed, one that cannot run, and one that is not there.
local Editor = require('editor')

local M = {}

local ALL = '209 306 402 answer.status_code == 200 or 201'

local function open(it, name, folder, setup)
  return Editor.start({ nvim = it.nvim, name = ('%s-0-%d'):format(name, it.version),
    setup = setup or it.setup, file = folder .. '/api.py' })
end

local function count(text, piece)
  local found = 0
  for _ in text:gmatch(vim.pesc(piece)) do found = found + 1 end
  return found
end

-- What one editor saves, the other follows when it reads it; the configuration, both at once.
local function two(it)
  local folder = it.workspace('two')
  local first = open(it, 'first', folder)
  local second = open(it, 'second', folder, it.setup
    .. "\nvim.g.statuslint_inlay_hints = false")
  first:wait_marked(ALL)
  second:wait_marked(ALL)
  first:check(first:server() ~= second:server(), 'two editors share a server')
  first:go_to('306')
  first:keys('cw307<Esc>:silent write<CR>')
  first:wait_marked((ALL:gsub('306 ', '')))
  second:keys(':set autoread | checktime<CR>')
  second:wait_marked((ALL:gsub('306 ', '')))
  vim.fn.writefile({ 'allow = [402]' }, folder .. '/statuslint.toml')
  for _, editor in ipairs({ first, second }) do
    editor:wait_marked((ALL:gsub('306 402 ', '')))
  end
  -- The first one has hints where there are any, and the second was told to have none.
  if it.version >= 10 then first:wait_on_screen('404 Not Found') end
  second:check(not second:screen():find('404 Not Found', 1, true), 'there are hints')
  print('shown: two')
  first:quit()
  second:quit()
end

-- From 0.11 on nobody need call the plug-in's `setup`.
local function without_setup(it)
  if it.version < 11 then return it.setup end
  return ("vim.lsp.config('statuslint', { cmd = { %q, 'lsp' } })\nvim.lsp.enable('statuslint')")
    :format(it.statuslint)
end

local function killed(it)
  local editor = open(it, 'killed', it.workspace('killed'), without_setup(it))
  editor:wait_marked(ALL)
  for _ = 1, 2 do
    local before = editor:wait_for('a server', function() return editor:server() end)
    assert(vim.loop.kill(before, 'sigkill') == 0, 'the server cannot be killed')
    editor:wait_for('another server', function()
      local now = editor:server()
      return now and now ~= before
    end)
    editor:wait_marked(ALL)
  end
  -- It knows the buffer as it is now, not as it was read.
  editor:go_to('306')
  editor:keys('cw307<Esc>')
  editor:wait_marked((ALL:gsub('306 ', '')))
  print('shown: killed')
  -- One that was asked to end is not started again.
  editor:keys(it.version >= 11 and ":lua vim.lsp.enable('statuslint', false)<CR>"
    or ':lua vim.lsp.stop_client(vim.lsp.get_active_clients())<CR>')
  editor:wait_marked('')
  editor:wait_for('no server', function() return not editor:server() end)
  vim.wait(500)
  editor:check(not editor:server(), 'a server that was asked to end was started again')
  editor:quit()
end

-- A server that ends at once is started a few times, and then left alone.
local function hopeless(it)
  local folder = it.workspace('hopeless')
  local script, starts = folder .. '/hopeless', folder .. '/starts'
  vim.fn.writefile({ '#!/bin/sh', ('echo >>%s'):format(starts), 'exit 7' }, script)
  assert(vim.loop.fs_chmod(script, tonumber('755', 8)))
  local editor = open(it, 'hopeless', folder,
    ("require('statuslint').setup({ cmd = { %q, 'lsp' } })"):format(script))
  editor:wait_message('the server ended 5 times (exit status 7) and stays away')
  vim.wait(800)
  editor:check(#vim.fn.readfile(starts) == 5, 'it was started more than five times')
  editor:check(count(editor:messages(), 'stays away') == 1, 'that is said more than once')
  editor:quit()
end

local function missing(it)
  local folder = it.workspace('missing')
  local command = folder .. '/not-there'
  local editor = open(it, 'missing', folder,
    ("require('statuslint').setup({ cmd = { %q, 'lsp' } })"):format(command))
  editor:wait_message(('there is no command `%s`: install it or set `cmd`'):format(command))
  for name in ('a b c'):gmatch('%S') do
    editor:keys((':edit %s/%s.py<CR>'):format(folder, name))
    editor:wait('another buffer', "return vim.fn.expand('%:t') == ... and vim.bo.filetype == 'python'",
      name .. '.py')
  end
  vim.wait(300)
  local messages = editor:messages()
  editor:check(count(messages, 'there is no command') == 1, 'that is not said once: ' .. messages)
  editor:check(not messages:find('E%d+:') and not messages:find('traceback'), 'errors: ' .. messages)
  -- Once it is there, it can be started without leaving the editor.
  assert(vim.loop.fs_symlink(it.statuslint, command))
  editor:keys(':buffer api.py<CR>:StatuslintRestart<CR>')
  editor:wait_marked(ALL)
  print('shown: missing')
  editor:quit()
end

function M.tell(it)
  two(it)
  killed(it)
  hopeless(it)
  missing(it)
end

return M
