-- What only the plug-in has: its commands, the health check, the help, and its list of filetypes.
local Editor = require('editor')

local M = {}

local ROOT = assert(os.getenv('ROOT'), 'ROOT is not set')

local function explain(editor)
  editor:keys(':StatuslintExplain 404<CR>')
  editor:wait_float('RFC 9110 section 15.5.5')
  editor:check(editor:float():find('^404 Not Found'), 'the window does not begin with the code')
  editor:capture('explain')
  editor:close_float()
  editor:keys(':StatuslintExplain not found<CR>')
  editor:wait_float('404 Not Found')
  editor:close_float()
  -- Without a subject it is the word at the cursor.
  editor:go_to('HTTP_410_GONE')
  editor:keys(':StatuslintExplain<CR>')
  editor:wait_float('410 Gone')
  editor:close_float()
  editor:keys(':StatuslintExplain unknown-code<CR>')
  editor:wait_float('Default severity')
  editor:close_float()
  editor:keys(':StatuslintExplain nonsense<CR>')
  editor:wait_message('statuslint: there is no status code, class or rule "nonsense"')
  editor:check(not editor:messages():find('traceback'), 'there is an error: ' .. editor:messages())
end

local function completion(editor)
  for lead, expected in pairs({ ['41'] = '410', not_f = 'Not_Found', ['unknown-c'] = 'unknown-code' }) do
    editor:wait_for(('%s completed to %s'):format(lead, expected), function()
      local found = editor:lua("return vim.fn.getcompletion('StatuslintExplain ' .. ..., 'cmdline')", lead)
      return vim.tbl_contains(found, expected)
    end)
  end
  local all = editor:lua("return #vim.fn.getcompletion('StatuslintExplain ', 'cmdline')")
  editor:check(all > 100, 'only ' .. all .. ' can be completed')
  editor:keys(':StatuslintExplain Gone<Tab>')
  editor:wait_on_screen(':StatuslintExplain Gone')
  editor:keys('<CR>')
  editor:wait_float('410 Gone')
  editor:close_float()
end

local function health(editor, it, folder)
  editor:keys(':checkhealth statuslint<CR>')
  editor:wait('a report', "return vim.bo.filetype == 'checkhealth'")
  local report = editor:wait('the end of the report', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return text:find('iagnostics are asked for') or text:find('iagnostics come') and text or nil
  ]])
  report = editor:lua("return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')")
  for _, expected in ipairs({
    it.statuslint .. ' is statuslint ',
    'the buffer ' .. folder .. '/api.py',
    'the server is attached: client 1, root ' .. folder .. ',',
    folder .. '/statuslint.toml counts',
    'it can be read',
    'Neovim 0.' .. it.version .. '.',
    it.version >= 11 and 'inlay hints are shown' or 'no inlay hints before 0.10',
  }) do
    editor:check(report:find(expected, 1, true), ('the report lacks `%s`:\n%s'):format(expected, report))
  end
  editor:check(not report:find('ERROR'), 'the report has an error:\n' .. report)
  editor:keys(it.version >= 11 and ':tabonly<CR>:buffer api.py<CR>' or ':bdelete<CR>:buffer api.py<CR>')
end

local function health_of_what_is_wrong(it)
  local folder = it.workspace('unwell')
  vim.fn.writefile({ 'allow = "all"' }, folder .. '/statuslint.toml')
  local editor = Editor.start({ nvim = it.nvim, name = 'unwell-0-' .. it.version, setup = it.setup,
    file = folder .. '/api.py' })
  editor:keys(':checkhealth statuslint<CR>')
  editor:wait('what is wrong with the configuration', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return vim.bo.filetype == 'checkhealth' and text:find('ERROR[^\n]*statuslint%.toml') ~= nil
  ]])
  editor:quit()
end

-- Every tag that the help names is there, and every command and option is named.
local function help(editor, it)
  local folder = it.workspace('help') .. '/doc'
  vim.fn.system({ 'cp', '-r', ROOT .. '/editors/neovim/doc', folder })
  editor:lua("vim.cmd('helptags ' .. vim.fn.fnameescape(...))", folder)
  local tags = table.concat(vim.fn.readfile(folder .. '/tags'), '\n')
  local text = table.concat(vim.fn.readfile(folder .. '/statuslint.txt'), '\n')
  for tag in text:gmatch('|(%S*statuslint%S*)|') do
    editor:check(tags:find(tag .. '\t', 1, true), 'the help has no ' .. tag)
  end
  for command in pairs(editor:lua('return vim.api.nvim_get_commands({})')) do
    if command:find('^Statuslint') then
      editor:check(tags:find(':' .. command .. '\t', 1, true), 'the help has no :' .. command)
    end
  end
  for option in text:gmatch('%*statuslint%-option%-(%S-)%*') do
    local known = option == 'inlay_hints' or option == 'init_options'
      or editor:lua("return require('statuslint').config()[...] ~= nil", option)
    editor:check(known, option .. ' is no option')
  end
end

-- The server is started for every kind of file there is: by Neovim's own name for it.
local OTHERS = {
  bb = 'bitbake', -- Clojure is the rarer of the two
  t = 'tads', -- without the first lines of a test in Perl
  tf = 'tf', -- likewise, without any Terraform
}

local function filetypes(editor)
  local listed = editor:lua("return require('statuslint').config().filetypes")
  local names = { 'haproxy.cfg', 'Caddyfile', '.htaccess', 'nginx/nginx.conf', 'Rakefile' }
  for _, path in ipairs(vim.fn.glob(ROOT .. '/crates/languages/languages/*/language.toml', true, true)) do
    local text = table.concat(vim.fn.readfile(path), '\n')
    for extension in text:match('extensions = %[(.-)%]'):gmatch('"(.-)"') do
      table.insert(names, 'name.' .. extension)
    end
  end
  editor:check(#names > 80, 'only ' .. #names .. ' kinds of file were found')
  local found = editor:lua([[
    return vim.tbl_map(function(name)
      vim.cmd('silent noautocmd hide edit ' .. vim.fn.fnameescape(name))
      vim.bo.swapfile = false
      vim.cmd('silent! doautocmd filetypedetect BufNewFile')
      local filetype = vim.bo.filetype
      vim.cmd('bwipeout!')
      return filetype
    end, ...)
  ]], vim.tbl_map(function(name) return '/tmp/statuslint/none/' .. name end, names))
  for at, name in ipairs(names) do
    local filetype = found[at]
    local known = filetype == '' or vim.tbl_contains(listed, filetype)
      or OTHERS[name:match('[^.]*$')] == filetype
    editor:check(known, ('%s is a %s, for which no server is started'):format(name, filetype))
  end
end

-- Neovim's name for C# is none of the protocol's; the file's own name tells the server.
local function another_name(editor, folder)
  vim.fn.writefile({ 'class A { void B(HttpResponse response) { response.StatusCode = 209; } }' },
    folder .. '/A.cs')
  editor:keys((':edit %s/A.cs<CR>'):format(folder))
  editor:wait_marked('209')
end

function M.tell(it)
  local folder = it.workspace('plugin')
  local editor = Editor.start({ nvim = it.nvim, name = 'plugin-0-' .. it.version, setup = it.setup,
    file = folder .. '/api.py' })
  editor:wait_marked('209 306 402 answer.status_code == 200 or 201')
  explain(editor)
  completion(editor)
  health(editor, it, folder)
  help(editor, it)
  filetypes(editor)
  another_name(editor, folder)
  editor:quit()
  health_of_what_is_wrong(it)
end

return M
