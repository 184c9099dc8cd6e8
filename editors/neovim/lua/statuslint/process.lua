-- Runs the binary for a question beside the server's, while the editor goes on.
local M = {}

local PATIENCE = 5000

-- The words by which the binary is called: the server's command without its `lsp`.
function M.command(arguments)
  local config = require('statuslint').config() or {}
  local command = type(config.cmd) == 'table' and vim.deepcopy(config.cmd) or { 'statuslint' }
  if #command > 1 and command[#command] == 'lsp' then table.remove(command) end
  return vim.list_extend(command, arguments)
end

local function without_last_empty(lines)
  if lines[#lines] == '' then table.remove(lines) end
  return lines
end

-- Why it failed, in a line.
local function problem_of(command, status, errors)
  local said = vim.trim(table.concat(errors, ' ')):gsub('^error: ', '')
  if said ~= '' then return said end
  return ('`%s` ended with exit status %d'):format(table.concat(command, ' '), status)
end

-- Calls `done(lines)`, or `done(nil, problem)`; returns the job, or nothing.
function M.run(arguments, done)
  local command = M.command(arguments)
  if vim.fn.executable(command[1]) == 0 then
    done(nil, ('there is no command `%s`; :checkhealth statuslint tells more'):format(command[1]))
    return
  end
  local output, errors, overdue = {}, {}, false
  local job = vim.fn.jobstart(command, {
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, lines) output = without_last_empty(lines) end,
    on_stderr = function(_, lines) errors = without_last_empty(lines) end,
    on_exit = function(_, status)
      if overdue then
        done(nil, ('`%s` did not answer'):format(table.concat(command, ' ')))
      elseif status == 0 then
        done(output)
      else
        done(nil, problem_of(command, status, errors))
      end
    end,
  })
  if job <= 0 then
    done(nil, ('`%s` cannot be run'):format(command[1]))
    return
  end
  -- A binary that hangs must not be waited for.
  vim.defer_fn(function()
    if vim.fn.jobwait({ job }, 0)[1] == -1 then
      overdue = true
      vim.fn.jobstop(job)
    end
  end, PATIENCE)
  return job
end

return M
