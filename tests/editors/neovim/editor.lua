-- A Neovim in a terminal of its own (tmux), steered over its socket by another Neovim.
-- Keys go through its input, so menus and prompts are met as somebody at the keyboard meets them.
local Editor = {}
Editor.__index = Editor

local PATIENCE = 10000
local ROOT = assert(os.getenv('ROOT'), 'ROOT is not set')
local SCRATCH = assert(os.getenv('SCRATCH'), 'SCRATCH is not set')

local function run(command)
  local output = vim.fn.system(command)
  assert(vim.v.shell_error == 0, table.concat(command, ' ') .. ': ' .. output)
  return output
end

local function quoted(words)
  return table.concat(vim.tbl_map(vim.fn.shellescape, words), ' ')
end

-- `nvim`: the program; `name`: of its terminal; `setup`: Lua it begins with; `file`: what it opens.
function Editor.start(options)
  local home = SCRATCH .. '/home-' .. options.name
  vim.fn.mkdir(home, 'p')
  local self = setmetatable({
    name = options.name,
    socket = SCRATCH .. '/' .. options.name .. '.socket',
  }, Editor)
  -- With room for messages of several lines, an editor seldom waits for somebody to have read them.
  -- It looks for no Python to run plug-ins in, which takes seconds where there are many.
  local setup = 'vim.o.cmdheight = 4\nvim.g.loaded_python3_provider = 0\n' .. options.setup
  vim.fn.writefile(vim.split(setup, '\n'), home .. '/init.lua')
  -- What the Neovim that runs this says of itself is not true of the other one.
  local command = { 'env', '-u', 'VIMRUNTIME', '-u', 'VIM', '-u', 'NVIM', 'HOME=' .. home, 'XDG_CONFIG_HOME=' .. home, 'XDG_DATA_HOME=' .. home,
    'XDG_STATE_HOME=' .. home, 'XDG_CACHE_HOME=' .. home, 'COLORTERM=truecolor',
    options.nvim, '--clean', '-n', '--listen', self.socket,
    '--cmd', 'set runtimepath^=' .. ROOT .. '/editors/neovim', '-u', home .. '/init.lua',
    options.file }
  run({ 'tmux', '-L', SCRATCH:gsub('.*/', ''), '-f', '/dev/null', 'new-session', '-d', '-s',
    self.name, '-x', '110', '-y', '36', '-c', vim.fn.fnamemodify(options.file, ':h'),
    quoted(command) })
  assert(vim.wait(PATIENCE, function()
    local ok, channel = pcall(vim.fn.sockconnect, 'pipe', self.socket, { rpc = true })
    self.channel = ok and channel > 0 and channel or nil
    return self.channel
  end, 20), options.name .. ' does not answer')
  self.back = vim.rpcrequest(self.channel, 'nvim_get_api_info')[1]
  return self
end

function Editor:tmux(...)
  return run({ 'tmux', '-L', (SCRATCH:gsub('.*/', '')), ... })
end

function Editor:screen(...) return self:tmux('capture-pane', '-p', '-t', self.name, ...) end

local answers, asked = {}, 0

-- What the editor calls here with the result of Lua there.
function Editor.answer(id, ok, result) answers[id] = { ok = ok, result = result } end

local ASK = [[
  local channel, id, code, arguments = ...
  local ok, result = pcall(loadstring(code), unpack(arguments))
  local call = "return require('editor').answer(...)"
  vim.rpcnotify(channel, 'nvim_exec_lua', call, { id, ok, result })
]]

-- The result of Lua in the editor; `...` is given to it. It is not waited for by `rpcrequest`: an
-- editor that asks something of its user answers nothing, and then this would never end.
function Editor:lua(code, ...)
  asked = asked + 1
  local id = asked
  vim.rpcnotify(self.channel, 'nvim_exec_lua', ASK, { self.back, id, code, { ... } })
  local function answered() return answers[id] ~= nil end
  local deadline = vim.loop.hrtime() + PATIENCE * 1e6
  while not vim.wait(100, answered, 5) do
    if vim.loop.hrtime() > deadline then self:fail('it does not answer') end
    local mode = vim.rpcrequest(self.channel, 'nvim_get_mode').mode
    -- A message that is too long is dismissed.
    if mode == 'r' or mode == 'rm' then self:keys('<CR>') end
  end
  local answer = answers[id]
  answers[id] = nil
  if not answer.ok then self:fail(answer.result) end
  -- What is nothing there would be true here.
  if answer.result == vim.NIL then return nil end
  return answer.result
end

function Editor:keys(keys) vim.rpcrequest(self.channel, 'nvim_input', keys) end

function Editor:fail(problem)
  error(('%s: %s; on its screen:\n%s'):format(self.name, problem, self:screen()), 0)
end

function Editor:wait_for(what, condition)
  -- A condition waits itself, for the editor's answer, which `vim.wait` must not be asked within.
  local deadline = vim.loop.hrtime() + PATIENCE * 1e6
  repeat
    local found = condition()
    if found then return found end
    vim.wait(10)
  until vim.loop.hrtime() > deadline
  self:fail('waited in vain for ' .. (type(what) == 'function' and what() or what))
end

-- Waits until Lua in the editor is true.
function Editor:wait(what, code, ...)
  local arguments = { ... }
  return self:wait_for(what, function() return self:lua(code, unpack(arguments)) end)
end

function Editor:wait_on_screen(text)
  return self:wait_for(text .. ' on the screen', function()
    return self:screen():find(text, 1, true) ~= nil
  end)
end

function Editor:check(condition, problem)
  if not condition then self:fail(problem) end
end

-- Puts the cursor on a piece of the text, some columns into it.
function Editor:go_to(piece, columns)
  self:lua([[
    local piece, columns = ...
    for line, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
      local column = text:find(piece, 1, true)
      if column then return vim.api.nvim_win_set_cursor(0, { line, column - 1 + columns }) end
    end
    error(piece .. ' is not in the buffer')
  ]], piece, columns or 0)
end

-- The codes that diagnostics are about, ascending: the text below them.
function Editor:marked()
  return self:lua([[
    local texts = {}
    for _, found in ipairs(vim.diagnostic.get(0)) do
      local line = vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, false)[1] or ''
      table.insert(texts, line:sub(found.col + 1, found.end_col))
    end
    table.sort(texts)
    return table.concat(texts, ' ')
  ]])
end

function Editor:wait_marked(expected)
  local marked
  self:wait_for(function() return ('the marks `%s`, there is `%s`'):format(expected, marked) end,
    function()
      marked = self:marked()
      return marked == expected
    end)
end

-- The text of the floating window.
function Editor:float()
  return self:lua([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        local buffer = vim.api.nvim_win_get_buf(window)
        return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
      end
    end
  ]])
end

function Editor:wait_float(text)
  self:wait_for('a window with ' .. text, function()
    local float = self:float()
    return type(float) == 'string' and float:find(text, 1, true)
  end)
end

function Editor:close_float()
  self:lua([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then vim.api.nvim_win_close(window, true) end
    end
  ]])
end

function Editor:messages()
  return self:lua("return vim.api.nvim_exec(':messages', true)")
end

function Editor:wait_message(text)
  self:wait_for('the message: ' .. text, function()
    return self:messages():find(text, 1, true) ~= nil
  end)
end

-- The process of its server, if one runs.
function Editor:server()
  local pid = self:lua('return vim.fn.getpid()')
  local children = vim.fn.system({ 'pgrep', '-P', tostring(pid), '-f', 'lsp$' })
  return tonumber(vim.trim(children))
end

-- Keeps what is on the screen, with its colours.
function Editor:capture(name)
  self:lua("vim.cmd('redraw')")
  -- What the terminal has not drawn yet is not there to be kept.
  vim.wait(100)
  local shots = assert(os.getenv('STATUSLINT_SHOTS'), 'STATUSLINT_SHOTS is not set')
  local lines = vim.split(self:screen('-e'), '\n')
  vim.fn.writefile(lines, ('%s/%s-%s.ansi'):format(shots, self.name, name))
end

-- Ends it; what it has not saved is lost.
function Editor:quit()
  pcall(vim.rpcnotify, self.channel, 'nvim_command', 'qall!')
  vim.wait(2000, function()
    vim.fn.system({ 'tmux', '-L', (SCRATCH:gsub('.*/', '')), 'has-session', '-t', self.name })
    return vim.v.shell_error ~= 0
  end, 20)
end

return Editor
