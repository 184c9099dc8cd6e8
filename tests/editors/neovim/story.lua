-- What somebody sees in Neovim who opens the workspace, from the first diagnostic to completion.
local Editor = require('editor')

local M = {}

-- The condition that is always true, which the workspace has beside its codes.
local CONDITION = 'answer.status_code == 200 or 201'

local function diagnostics(editor)
  editor:wait_marked('209 306 402 ' .. CONDITION)
  local found = editor:lua('return vim.diagnostic.get(0)')
  for _, one in ipairs(found) do
    editor:check(one.source == 'statuslint', 'a diagnostic comes from ' .. tostring(one.source))
  end
  print('shown: diagnostics')
end

local function hover(editor, version)
  editor:go_to('404')
  editor:keys(version >= 11 and 'K' or ':lua vim.lsp.buf.hover()<CR>')
  editor:wait_float('404 Not Found')
  editor:capture('hover')
  editor:close_float()
  editor:go_to('HTTP_410_GONE', 4)
  editor:keys(':lua vim.lsp.buf.hover()<CR>')
  editor:wait_float('410 Gone')
  print('shown: hover')
  editor:close_float()
end

local function hints(editor)
  editor:wait('hints', [[
    for name, namespace in pairs(vim.api.nvim_get_namespaces()) do
      if name:find('inlayhint', 1, true) then
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
          local line = vim.api.nvim_buf_get_lines(0, mark[2], mark[2] + 1, false)[1]
          local text = ''
          for _, chunk in ipairs(mark[4].virt_text or {}) do text = text .. chunk[1] end
          if line:find('404', 1, true) and text:find('Not Found', 1, true) then return true end
        end
      end
    end
    return false
  ]])
  editor:wait_on_screen('404 Not Found')
  print('shown: hints')
end

local function fix(editor, file)
  editor:go_to('209')
  editor:keys(':lua vim.lsp.buf.code_action()<CR>')
  editor:wait_on_screen('Replace 209 with 208 Already Reported')
  local number = editor:screen():match('(%d+): Replace 209 with 208 Already Reported')
  editor:keys(number .. '<CR>')
  editor:wait('the fix', "return vim.fn.search('status_code=208', 'nw') > 0")
  editor:keys(':silent write<CR>')
  editor:wait_for('the fix on disk', function()
    return table.concat(vim.fn.readfile(file), '\n'):find('status_code=208', 1, true)
  end)
  editor:wait_marked('306 402 ' .. CONDITION)
  print('shown: fix')
end

local function edit(editor)
  editor:go_to('306')
  editor:keys('cw307<Esc>')
  editor:wait_marked('402 ' .. CONDITION)
  print('shown: edit')
end

local function configuration(editor, folder)
  vim.fn.writefile({ 'allow = [402]' }, folder .. '/statuslint.toml')
  editor:wait_marked(CONDITION)
  print('shown: configuration')
end

-- How many steps it is in the menu from what is selected to 404, and the word for it.
local TO_404 = [[
  local menu = vim.fn.complete_info({ 'items', 'selected' })
  for at, item in ipairs(menu.items) do
    if (item.abbr .. ' ' .. item.menu):find('404 Not Found', 1, true) then
      return { at - 1 - menu.selected, item.word }
    end
  end
]]

local function complete(editor, typed)
  editor:go_to('detail=')
  editor:keys('Oreturn Response(status_code=' .. typed .. '<C-x><C-o>')
  local steps, word = unpack(editor:wait('404 in the menu for ' .. typed, TO_404))
  editor:capture('completion')
  editor:keys(('<C-n>'):rep(steps) .. '<C-y>)<Esc>')
  editor:wait(word .. ' in its place',
    "return vim.trim(vim.api.nvim_get_current_line()) == 'return Response(status_code=' .. ... .. ')'",
    word)
  editor:keys('dd')
end

local function completion(editor, version)
  complete(editor, '404')
  -- 0.7 offers nothing that does not begin with what was typed.
  if version < 11 then return end
  complete(editor, 'not')
  print('shown: completion')
end

function M.tell(it)
  local folder = it.workspace('story')
  local file = folder .. '/api.py'
  local editor = Editor.start({
    nvim = it.nvim, name = 'story-0-' .. it.version, setup = it.setup, file = file })
  diagnostics(editor)
  hover(editor, it.version)
  if it.version >= 10 then hints(editor) end
  fix(editor, file)
  edit(editor)
  configuration(editor, folder)
  completion(editor, it.version)
  editor:quit()
end

return M
