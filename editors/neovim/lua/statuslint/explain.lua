-- `:StatuslintExplain`: what a status code or a rule means, in a window beside the cursor.
local process = require('statuslint.process')

local M = {}

local COLOURS = vim.api.nvim_create_namespace('statuslint_explain')

-- How many times something was asked: an answer that another question overtook is not shown.
local questions = 0

-- What can be explained, by how it is written. It is asked of the binary once.
local names, asked

-- How many lists of them have not come yet.
local awaited = 0

local function colour(buffer)
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  local function mark(line, first, last, group)
    vim.api.nvim_buf_set_extmark(buffer, COLOURS, line - 1, first,
      { end_col = last, hl_group = group })
  end
  mark(1, 0, #lines[1], 'Title')
  for number, line in ipairs(lines) do
    -- The names of its rows stand before at least two blanks.
    local label = line:match('^  %u[^%s].-  ')
    if label and not line:match('^  [^%s].-[%.:]$') then mark(number, 0, #label, 'Identifier') end
  end
end

local function show(subject, lines)
  local page = vim.tbl_filter(function(line) return line:match('^## ') end, lines)
  local is_rule = #page > 0
  local buffer = vim.lsp.util.open_floating_preview(lines, is_rule and 'markdown' or '', {
    border = 'rounded',
    -- Asked once more, it is entered.
    focus_id = 'statuslint ' .. subject,
    max_width = 84,
    max_height = math.max(10, math.floor(vim.o.lines * 0.6)),
  })
  if not is_rule and buffer then colour(buffer) end
end

-- Explains a code, a class, a name or a rule; without one, the word at the cursor.
function M.explain(subject)
  subject = vim.trim(subject or '')
  if subject == '' then subject = vim.fn.expand('<cword>') end
  if subject == '' then
    vim.notify('statuslint: say what to explain: :StatuslintExplain 404', vim.log.levels.WARN)
    return
  end
  questions = questions + 1
  local question = questions
  process.run({ 'explain', '--', subject }, function(lines, problem)
    if question ~= questions then return end
    if lines and #lines > 0 then
      show(subject, lines)
    else
      vim.notify('statuslint: ' .. (problem or 'there is nothing to say'), vim.log.levels.WARN)
    end
  end)
end

local function add_codes(lines)
  local ok, list = pcall(vim.fn.json_decode, table.concat(lines, '\n'))
  local seen = {}
  for _, row in ipairs(ok and list.codes or {}) do
    -- A number of several vendors stands there several times.
    for _, name in ipairs({ tostring(row.code), (row.name:gsub('[^%w]+', '_')) }) do
      if not seen[name] and name ~= '_Unused_' then table.insert(names, name) end
      seen[name] = true
    end
  end
end

local function add_rules(lines)
  local ok, list = pcall(vim.fn.json_decode, table.concat(lines, '\n'))
  for _, row in ipairs(ok and list.rules or {}) do table.insert(names, row.rule or row.name) end
end

-- Asks what there is; a binary that is not there is asked again.
function M.prepare()
  if asked then return end
  asked, names = true, { '1xx', '2xx', '3xx', '4xx', '5xx' }
  for list, add in pairs({ codes = add_codes, rules = add_rules }) do
    awaited = awaited + 1
    process.run({ list, '--output-format', 'json' }, function(lines)
      awaited = awaited - 1
      if lines then add(lines) else asked = false end
    end)
  end
end

-- What begins with what is written, then what has it elsewhere.
function M.complete(lead)
  M.prepare()
  -- Tab has to be answered at once, and the list is there within milliseconds.
  vim.wait(300, function() return awaited == 0 end, 5)
  local wanted = lead:lower():gsub('[^%w]+', '_')
  local first, later = {}, {}
  for _, name in ipairs(names) do
    local at = name:lower():gsub('[^%w]+', '_'):find(wanted, 1, true)
    if at then table.insert(at == 1 and first or later, name) end
  end
  table.sort(first)
  table.sort(later)
  -- A number is written from its start.
  if lead:match('^%d') then return first end
  return vim.list_extend(first, later)
end

return M
